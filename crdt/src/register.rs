//! Registers: what a document is made of.
//!
//! A key is `section/name`, plain text, chosen by the nouns above. A value is a scalar. Clearing a
//! register puts [`RegisterValue::Empty`]; nothing is ever deleted, because deleting would swallow
//! what another device wrote meanwhile.

use std::collections::BTreeMap;

use automerge::{ScalarValue, ScalarValueRef, ValueRef};
use serde::{Deserialize, Serialize};

use crate::{ChangeHash, DocChange, HybridTime, StaffId};

/// A scalar.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum RegisterValue {
    /// Cleared, or never set.
    Empty,
    /// A yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
}

impl RegisterValue {
    /// Borrows the text, if it is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether it is a yes.
    pub fn is_true(&self) -> bool {
        *self == Self::Bool(true)
    }

    /// Whether it is cleared.
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }

    /// The scalar that Automerge stores.
    pub(crate) fn to_scalar(&self) -> ScalarValue {
        match self {
            Self::Empty => ScalarValue::Null,
            Self::Bool(value) => ScalarValue::Boolean(*value),
            Self::Int(value) => ScalarValue::Int(*value),
            Self::Text(value) => ScalarValue::Str(value.as_str().into()),
        }
    }

    /// Reads a stored scalar; kinds that no register uses (newer programs) are `None`.
    pub(crate) fn from_scalar(value: &ScalarValue) -> Option<Self> {
        match value {
            ScalarValue::Null => Some(Self::Empty),
            ScalarValue::Boolean(value) => Some(Self::Bool(*value)),
            ScalarValue::Int(value) => Some(Self::Int(*value)),
            ScalarValue::Str(value) => Some(Self::Text(value.to_string())),
            _ => None,
        }
    }

    pub(crate) fn from_value_ref(value: &ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Scalar(ScalarValueRef::Null) => Some(Self::Empty),
            ValueRef::Scalar(ScalarValueRef::Boolean(value)) => Some(Self::Bool(*value)),
            ValueRef::Scalar(ScalarValueRef::Int(value)) => Some(Self::Int(*value)),
            ValueRef::Scalar(ScalarValueRef::Str(value)) => Some(Self::Text(value.to_string())),
            _ => None,
        }
    }
}

impl From<&str> for RegisterValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for RegisterValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for RegisterValue {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for RegisterValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<T: Into<RegisterValue>> From<Option<T>> for RegisterValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// A wish: this register shall hold this value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// `section/name`.
    pub key: String,
    /// The new value.
    pub value: RegisterValue,
    /// The changes whose values shall stand there beside each other, the one that wrote `value` first; empty if
    /// `value` shall stand alone.
    pub rivals: Vec<ChangeHash>,
}

impl Put {
    /// Wishes `key` to hold `value`.
    pub fn new(key: impl Into<String>, value: impl Into<RegisterValue>) -> Self {
        Self { key: key.into(), value: value.into(), rivals: Vec::new() }
    }

    /// Wishes that values which were written before stand at `key` again, beside each other if they differ; an empty
    /// list clears the register.
    pub fn again(key: impl Into<String>, versions: &[Version]) -> Self {
        let value = versions.first().map_or(RegisterValue::Empty, |version| version.value.clone());
        let differ = versions.iter().any(|version| version.value != value);
        let rivals = versions.iter().filter(|_| differ).map(|version| version.change).collect();
        Self { key: key.into(), value, rivals }
    }
}

/// One of several values that were written while their authors did not know of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The value.
    pub value: RegisterValue,
    /// When it was written.
    pub time: HybridTime,
    /// The actor that wrote it.
    pub actor: wire::ActorId,
    /// In whose name it was written.
    pub staff: StaffId,
    /// The change that wrote it.
    pub change: ChangeHash,
}

impl Version {
    /// A value that a change wrote.
    pub(crate) fn of(change: &DocChange, value: RegisterValue) -> Self {
        let stamp = change.stamp();
        Self {
            value,
            time: stamp.map_or(HybridTime::default(), |stamp| stamp.time),
            actor: change.actor(),
            staff: stamp.map_or_else(StaffId::default, |stamp| stamp.staff),
            change: change.hash(),
        }
    }
}

/// A write of a register that nobody wrote over, and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The change that made it.
    pub change: ChangeHash,
    /// Its value; or several that it let stand again, the one that it shows first.
    pub versions: Vec<Version>,
}

impl Standing {
    pub(crate) fn alone(version: Version) -> Self {
        Self { change: version.change, versions: vec![version] }
    }

    /// The value that it shows.
    pub fn value(&self) -> &RegisterValue {
        const NONE: &RegisterValue = &RegisterValue::Empty;
        self.versions.first().map_or(NONE, |version| &version.value)
    }
}

/// A register's present value, and the rivals when devices disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The value to show: of concurrent ones the greatest (hybrid time, actor).
    pub value: RegisterValue,
    /// Every concurrent version, the shown one first; empty without a disagreement.
    pub versions: Vec<Version>,
}

/// All registers of a document, ordered by key.
pub type Registers = BTreeMap<String, Register>;
