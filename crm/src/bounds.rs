//! How much may be asked for at once, and how much one person, definition or view may hold.
//!
//! These bind what is written on this device. What other devices wrote is never held against them: devices that
//! refused different things would show different people for ever. Taking an action back is bound by nothing here.

use std::collections::{BTreeMap, BTreeSet};

use crdt::{Put, RegisterValue, Registers};
use serde_json::Value;

use crate::id::AtMs;

/// Longest word of which any is taken, in characters.
pub const WORD_CHARS_MAX: usize = 40;
/// Longest name of a centre, a branch, a member of staff, a device, a field or a view, in characters.
pub const NAME_CHARS_MAX: usize = 120;
/// Longest evidence of a consent, in characters.
pub const EVIDENCE_CHARS_MAX: usize = 2_000;
/// Most phones of one person; as many e-mails, Zalo and Facebook ids.
pub const POINTS_MAX: usize = 20;
/// Most tags of one person; as many interests.
pub const LABELS_MAX: usize = 100;
/// Most people to whom one is linked.
pub const RELATIONS_MAX: usize = 200;
/// Most choices of a field.
pub const CHOICES_MAX: usize = 200;
/// Longest choice of a field, in characters.
pub const CHOICE_CHARS_MAX: usize = 200;
/// Most people whom a remark calls by name.
pub const MENTIONS_MAX: usize = 50;
/// Longest text that one argument of a call holds, in characters; the content of a file is no argument.
pub const TEXT_CHARS_MAX: usize = 100_000;
/// Longest words by which people are searched, in characters.
pub const SEARCH_CHARS_MAX: usize = 200;
/// Most people who are named one by one in one call.
pub const SELECTED_MAX: usize = 100_000;
/// Most columns of a list or a file.
pub const COLUMNS_MAX: usize = 200;
/// Most keys by which a list is sorted.
pub const SORTS_MAX: usize = 10;
/// Most values in all rules of a filter: the database takes about thirty times as many.
pub const FILTER_VALUES_MAX: usize = 1_000;
/// Longest name of a field in a view or a file, in characters.
pub const KEY_CHARS_MAX: usize = 100;
/// Longest saved view, in bytes of its JSON.
pub const VIEW_BYTES_MAX: usize = 64 * 1024;
/// Longest mapping of an import, in bytes of its JSON.
pub const MAPPING_BYTES_MAX: usize = 1024 * 1024;
/// Most kinds of entries that a timeline is asked for.
pub const KINDS_MAX: usize = 50;
/// Longest name of a file, in characters.
pub const FILE_NAME_CHARS_MAX: usize = 255;
/// Moments that are taken: the years 1 to 9999.
pub const MOMENTS_MS: std::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;
/// Most bytes that one action, or one row of an import, writes about one person. Their change must fit into one
/// chunk even if it does not compress.
pub const WRITTEN_BYTES_MAX: usize = 512 * 1024;

/// Why something is more than fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Excess {
    /// A word is missing.
    #[error("{what} is empty")]
    Missing {
        /// The field or argument.
        what: &'static str,
    },
    /// A text is too long.
    #[error("{what} has more than {max} characters")]
    TooLong {
        /// The field or argument.
        what: &'static str,
        /// The bound.
        max: usize,
    },
    /// Too much in one request.
    #[error("more than {max} {what} at once; do it in parts")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// The bound.
        max: usize,
    },
    /// As many as fit are there already.
    #[error("there are {max} of {what}, which is as many as fit; remove some first")]
    Full {
        /// The field.
        what: &'static str,
        /// The bound.
        max: usize,
    },
    /// A moment before all or after all calendars.
    #[error("{what} is not within the years 1 to 9999")]
    NoMoment {
        /// The field.
        what: &'static str,
    },
}

impl Excess {
    /// The field or argument that is to blame.
    pub fn what(self) -> &'static str {
        match self {
            Self::Missing { what }
            | Self::TooLong { what, .. }
            | Self::TooMany { what, .. }
            | Self::Full { what, .. }
            | Self::NoMoment { what } => what,
        }
    }
}

/// A word that names one of some things, trimmed.
///
/// # Errors
/// [`Excess::Missing`] if it is empty, [`Excess::TooLong`] if it is too long.
pub fn word(what: &'static str, word: &str) -> Result<String, Excess> {
    let word = word.trim();
    if word.is_empty() {
        return Err(Excess::Missing { what });
    }
    text(what, word, WORD_CHARS_MAX)?;
    Ok(word.to_owned())
}

/// Refuses a text of more than so many characters.
///
/// # Errors
/// [`Excess::TooLong`] if it has more.
pub fn text(what: &'static str, text: &str, max: usize) -> Result<(), Excess> {
    // No character takes less than a byte: a short text is not counted.
    if text.len() > max && text.chars().count() > max { Err(Excess::TooLong { what, max }) } else { Ok(()) }
}

/// Refuses a moment of no year that a calendar shows.
///
/// # Errors
/// [`Excess::NoMoment`] if it is one.
pub fn moment(what: &'static str, at: Option<AtMs>) -> Result<(), Excess> {
    if at.is_some_and(|at| !MOMENTS_MS.contains(&at.0)) { Err(Excess::NoMoment { what }) } else { Ok(()) }
}

/// Refuses more than so many.
///
/// # Errors
/// [`Excess::TooMany`] if there are more.
pub fn at_most(what: &'static str, max: usize, count: usize) -> Result<(), Excess> {
    if count > max { Err(Excess::TooMany { what, max }) } else { Ok(()) }
}

/// Refuses arguments of which a text is too long.
///
/// # Errors
/// [`Excess::TooLong`] if one is.
pub fn texts(args: &Value) -> Result<(), Excess> {
    match args {
        Value::String(value) => text("text", value, TEXT_CHARS_MAX),
        Value::Array(parts) => parts.iter().try_for_each(texts),
        Value::Object(parts) => parts.iter().try_for_each(|(key, part)| {
            text("text", key, TEXT_CHARS_MAX)?;
            texts(part)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

/// What a person has several of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Several {
    /// The field by which screens and imports name it.
    what: &'static str,
    /// How the keys of its registers begin.
    registers: &'static str,
    /// How the keys of its values begin, as planned imports keep them; empty if they keep none.
    values: &'static str,
    /// How many at most.
    max: usize,
}

const fn several(what: &'static str, registers: &'static str, values: &'static str, max: usize) -> Several {
    Several { what, registers, values, max }
}

const SEVERAL: [Several; 7] = [
    several("phone", "point/phone.", "phone.", POINTS_MAX),
    several("email", "point/email.", "email.", POINTS_MAX),
    several("zalo", "point/zalo.", "zalo.", POINTS_MAX),
    several("facebook", "point/facebook.", "facebook.", POINTS_MAX),
    several("tags", "tag/", "tag.", LABELS_MAX),
    several("interests", "interest/", "interest.", LABELS_MAX),
    several("relation", "relation/", "", RELATIONS_MAX),
];

impl Several {
    fn counts(&self, key: &str, value: &RegisterValue) -> bool {
        let stands = !value.is_empty() && *value != RegisterValue::Bool(false);
        stands && key.starts_with(self.registers) && !key.ends_with(".raw")
    }

    fn held<'a>(&self, registers: &'a Registers) -> BTreeSet<&'a str> {
        registers
            .range(self.registers.to_owned()..)
            .take_while(|(key, _)| key.starts_with(self.registers))
            .filter(|(key, register)| self.counts(key, &register.value))
            .map(|(key, _)| key.as_str())
            .collect()
    }

    /// What is there already may always be changed, even if another device wrote more than fits.
    fn grows(&self, from: usize, to: usize) -> Result<(), Excess> {
        if to > from && to > self.max { Err(Excess::Full { what: self.what, max: self.max }) } else { Ok(()) }
    }
}

/// Refuses what would make a person hold more of something than fits.
///
/// # Errors
/// [`Excess::Full`] if something new finds no room.
pub fn room(puts: &[Put], registers: &Registers) -> Result<(), Excess> {
    for several in &SEVERAL {
        let added: BTreeSet<&str> = puts
            .iter()
            .filter(|put| several.counts(&put.key, &put.value))
            .map(|put| put.key.as_str())
            .collect();
        if !added.is_empty() {
            let held = several.held(registers);
            several.grows(held.len(), held.union(&added).count())?;
        }
    }
    Ok(())
}

/// How much a person holds of everything of which there are several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held([usize; SEVERAL.len()]);

impl Held {
    /// Counts values by field key, as planned imports keep them.
    pub fn of(values: &BTreeMap<String, String>) -> Self {
        Self(SEVERAL.map(|several| {
            let is_one = |key: &&String| !several.values.is_empty() && key.starts_with(several.values);
            values.keys().filter(is_one).count()
        }))
    }

    /// Refuses what would make a person hold more of something than fits.
    ///
    /// # Errors
    /// [`Excess::Full`] if something new finds no room.
    pub fn grows_to(self, after: Self) -> Result<(), Excess> {
        let counts = self.0.into_iter().zip(after.0);
        SEVERAL.iter().zip(counts).try_for_each(|(several, (from, to))| several.grows(from, to))
    }
}

/// How many bytes puts write.
pub fn written_bytes(puts: &[Put]) -> usize {
    puts.iter().map(|put| put.key.len() + put.value.as_text().map_or(8, str::len)).sum()
}
