//! Wordings that a person decides on when devices disagree: the text of an interaction, the title of a task.

use std::str::FromStr;

use crdt::{RegisterValue, Registers, Version};

use crate::{
    id::{InteractionId, TaskId},
    interaction, task,
};

/// Words that somebody wrote and others may correct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// The text of an interaction.
    Body(InteractionId),
    /// The title of a task.
    Title(TaskId),
}

/// Not the key of a wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the key of a wording")]
pub struct NotAWording;

impl Wording {
    /// The wording that a register corrects, if it corrects one.
    pub fn of_register(key: &str) -> Option<Self> {
        Self::of_parts(key.split('/'))
    }

    /// The key by which screens name it.
    pub fn key(&self) -> String {
        match self {
            Self::Body(id) => format!("interaction.{id}.body"),
            Self::Title(id) => format!("task.{id}.title"),
        }
    }

    /// Versions of its register as texts. A correction that was taken back stands for the first words.
    ///
    /// Empty for what was never recorded.
    pub fn as_texts(&self, versions: &[Version], registers: &Registers) -> Vec<Version> {
        let first_words = match self {
            Self::Body(id) => interaction::doc::recorded(registers, *id).map(|record| record.body),
            Self::Title(id) => task::doc::recorded(registers, *id).map(|record| record.title),
        };
        let Some(first_words) = first_words else { return Vec::new() };
        let text_of = |version: &Version| {
            let text = version.value.as_text().unwrap_or(&first_words);
            Version { value: RegisterValue::from(text), ..version.clone() }
        };
        versions.iter().map(text_of).collect()
    }

    fn of_parts<'a>(mut parts: impl Iterator<Item = &'a str>) -> Option<Self> {
        let (noun, id, part) = (parts.next()?, parts.next()?, parts.next()?);
        match (noun, part, parts.next()) {
            ("interaction", "body", None) => id.parse().ok().map(Self::Body),
            ("task", "title", None) => id.parse().ok().map(Self::Title),
            _ => None,
        }
    }
}

impl FromStr for Wording {
    type Err = NotAWording;

    fn from_str(key: &str) -> Result<Self, NotAWording> {
        Self::of_parts(key.split('.')).ok_or(NotAWording)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_registers_read_back() {
        const ID: &str = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
        for (noun, part) in [("interaction", "body"), ("task", "title")] {
            let wording: Wording = format!("{noun}.{ID}.{part}").parse().unwrap();
            assert_eq!(wording.key(), format!("{noun}.{ID}.{part}"));
            assert_eq!(Wording::of_register(&format!("{noun}/{ID}/{part}")), Some(wording));
        }
        for key in ["interaction", "interaction/x/body", "profile/note"] {
            assert_eq!(Wording::of_register(key), None, "{key}");
        }
        assert_eq!(Wording::of_register(&format!("interaction/{ID}/outcome")), None);
        assert_eq!(Wording::of_register(&format!("task/{ID}/title/1")), None);
        assert_eq!("phone.1".parse::<Wording>(), Err(NotAWording));
    }
}
