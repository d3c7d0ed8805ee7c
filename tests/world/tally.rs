//! How often what happened.

use std::{collections::BTreeMap, fmt};

/// What was reached beside the faults: a world in which one of these never comes about proves nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// A register was compared with what an undo must leave there.
    UndoJudged,
    /// A register was not: its device had begun a new life since, and written the action again.
    UndoNotJudged,
    /// An edit was taken back, and what another device had written beside it stayed.
    UndoneBesideRival,
    /// Taking something back let values wait for a choice again.
    DisputeAgain,
    /// An action that touched several records was taken back at once.
    UndoneOfMany,
    /// One was taken back part by part.
    UndoneInParts,
    /// One thing was done to several people at once.
    DoneToMany,
    /// One was done part by part.
    DoneInParts,
    /// A person whom nobody else had worked with went into the bin when the entry was taken back.
    EntryTakenBack,
    /// A person whom others had worked with stayed.
    EntryKept,
    /// A remark on a person.
    RemarkOnPerson,
    /// A remark on something that happened.
    RemarkOnInteraction,
    /// A remark on something to do.
    RemarkOnTask,
    /// A remark was taken away.
    RemarkRemoved,
    /// A consent was given or withdrawn.
    ConsentNoted,
    /// An interest was taken away.
    InterestRemoved,
    /// A relation was taken away.
    Unrelated,
    /// Something was defined.
    Defined,
    /// A definition was worded anew, retired or brought back.
    DefinedAnew,
    /// A sheet was taken in to its end although a commit of it had failed.
    SheetCut,
    /// In the end values of devices disagreed and waited for a person.
    ConflictLeft,
    /// In the end words of devices disagreed and waited for a person.
    WordsLeft,
    /// Somebody chose between words that were written apart.
    WordsChosen,
    /// In the end two people looked alike.
    DuplicateLeft,
    /// In the end records were one person.
    MergedLeft,
    /// An acknowledged edit was on no disk any more when the faults were over.
    EditLost,
    /// The relay lost something.
    RelayLoss,
    /// It was not let lose anything, for a record of members would have gone from every disk, or parted the log.
    RelayLossPutOff,
    /// It was not, for two devices wrote under one name.
    RelayLossPutOffForTwins,
}

impl Sight {
    /// What every run of some length must reach.
    pub const WANTED: [Self; 25] = [
        Self::UndoJudged,
        Self::UndoneBesideRival,
        Self::DisputeAgain,
        Self::UndoneOfMany,
        Self::UndoneInParts,
        Self::DoneToMany,
        Self::DoneInParts,
        Self::EntryTakenBack,
        Self::EntryKept,
        Self::RemarkOnPerson,
        Self::RemarkOnInteraction,
        Self::RemarkOnTask,
        Self::RemarkRemoved,
        Self::ConsentNoted,
        Self::InterestRemoved,
        Self::Unrelated,
        Self::Defined,
        Self::DefinedAnew,
        Self::SheetCut,
        Self::ConflictLeft,
        Self::WordsLeft,
        Self::WordsChosen,
        Self::DuplicateLeft,
        Self::MergedLeft,
        Self::RelayLoss,
    ];
}

/// How often each of some things happened.
#[derive(Debug, Clone)]
pub struct Tally<K>(BTreeMap<K, u32>);

impl<K> Default for Tally<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Copy + Ord> Tally<K> {
    /// Counts one.
    pub fn count(&mut self, what: K) {
        self.count_many(what, 1);
    }

    /// Counts several.
    pub fn count_many(&mut self, what: K, count: u32) {
        *self.0.entry(what).or_default() += count;
    }

    /// How often one of them happened.
    pub fn of(&self, what: K) -> u32 {
        self.0.get(&what).copied().unwrap_or_default()
    }

    /// How many there were of all kinds.
    pub fn total(&self) -> u32 {
        self.0.values().sum()
    }

    /// Adds another world's.
    pub fn add(&mut self, other: &Self) {
        for (what, count) in &other.0 {
            self.count_many(*what, *count);
        }
    }

    /// The ones of these that never happened.
    pub fn missing(&self, wanted: &[K]) -> Vec<K> {
        wanted.iter().copied().filter(|what| self.of(*what) == 0).collect()
    }
}

impl<K: fmt::Debug> fmt::Display for Tally<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (what, count)) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{what:?} {count}")?;
        }
        Ok(())
    }
}
