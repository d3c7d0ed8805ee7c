//! Planted bugs: the simulated world must catch every one. Without the feature `mutants` none can be switched on,
//! and the compiler leaves no trace of them.

/// A bug that can be planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutant {
    /// The cursor moves in a commit of its own, before the chunks are taken.
    CursorApart,
    /// A change that waits for another is not kept.
    WaitingForgotten,
    /// Some edits are acknowledged without a commit.
    AckBeforeDurable,
    /// What deletes, pins and the like say is acknowledged and not written.
    MarkNotKept,
    /// Of an action on several documents the last is acknowledged and not written.
    LastOfManyDropped,
    /// What arrives of a person who is known is merged and not shown.
    ReceivedUnshown,
    /// Undo writes over what somebody changed since.
    UndoOverLater,
    /// Undo of a choice chooses the value that was shown.
    UndoChooses,
    /// A rebuild leaves merged people out.
    RebuildSkipsMerges,
    /// Leaving a fork forgets what was written apart.
    ForkForgets,
    /// A void chunk stays void, even where a relay holds it.
    VoidForEver,
    /// What a twin wrote is merged as if nothing were wrong.
    TwinUnseen,
    /// A relay that went back behind a put is not noticed.
    PutNotWatched,
    /// A chunk counts as stored when it is sent.
    AckOnSend,
    /// A relay that went back is read from the start, and not filled again.
    RebaseWithoutRefill,
}

impl Mutant {
    /// Every one.
    pub const ALL: [Self; 15] = [
        Self::CursorApart,
        Self::WaitingForgotten,
        Self::AckBeforeDurable,
        Self::MarkNotKept,
        Self::LastOfManyDropped,
        Self::ReceivedUnshown,
        Self::UndoOverLater,
        Self::UndoChooses,
        Self::RebuildSkipsMerges,
        Self::ForkForgets,
        Self::VoidForEver,
        Self::TwinUnseen,
        Self::PutNotWatched,
        Self::AckOnSend,
        Self::RebaseWithoutRefill,
    ];

    /// Whether it is planted in this thread.
    #[cfg(not(feature = "mutants"))]
    pub(crate) const fn is_planted(self) -> bool {
        false
    }

    /// Whether it is planted in this thread.
    #[cfg(feature = "mutants")]
    pub(crate) fn is_planted(self) -> bool {
        PLANTED.get() == Some(self)
    }
}

#[cfg(feature = "mutants")]
thread_local! {
    static PLANTED: std::cell::Cell<Option<Mutant>> = const { std::cell::Cell::new(None) };
}

/// Plants a bug in this thread, or removes it.
#[cfg(feature = "mutants")]
pub fn plant(mutant: Option<Mutant>) {
    PLANTED.set(mutant);
}
