//! Filters: which people, as a value. Used by lists, saved views, bulk actions and exports alike.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::bounds::{
    self, COLUMNS_MAX, Excess, FILTER_VALUES_MAX, KEY_CHARS_MAX, SEARCH_CHARS_MAX, SORTS_MAX, VIEW_BYTES_MAX,
};

/// Which people: a tree of rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum Filter {
    /// Every one of these holds; all people when empty.
    All {
        /// The parts.
        of: Vec<Filter>,
    },
    /// At least one of these holds.
    Any {
        /// The parts.
        of: Vec<Filter>,
    },
    /// This does not hold.
    Not {
        /// The part.
        of: Box<Filter>,
    },
    /// One rule.
    Rule(Rule),
}

impl Default for Filter {
    fn default() -> Self {
        Self::All { of: Vec::new() }
    }
}

/// A rule on one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// fullName, kind, status, branch, owner, source, level, school, gender, phone, email, tag, interest, `interest.<kind>`,
    /// birthOn, age, birthday, createdAt, updatedAt, statusSince, lastInteractionAt, nextStepAt, consent, relation,
    /// hasConflict, or `custom.<id>`.
    pub field: String,
    /// How to compare.
    pub op: Operator,
    /// With what.
    pub value: FilterValue,
}

/// How a rule compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Operator {
    /// Equal to the value, or to one of the values.
    Is,
    /// Equal to none of the values.
    IsNot,
    /// Contains the text, marks and case aside.
    Contains,
    /// Has a value.
    IsSet,
    /// Has no value.
    IsEmpty,
    /// Carries every one of the values (tags, interests).
    HasAll,
    /// Before the date; for numbers: less.
    Before,
    /// After the date; for numbers: more.
    After,
    /// Within the last N days.
    InLastDays,
    /// Within the next N days.
    InNextDays,
    /// More than N days ago, or never.
    OlderThanDays,
    /// From the first to the second value, both included.
    Between,
}

/// The value that a rule compares with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum FilterValue {
    /// No value.
    None,
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// Several texts.
    List(Vec<String>),
}

/// A sorting key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Sort {
    /// fullName (by given name), createdAt, updatedAt, lastInteractionAt, nextStepAt, birthOn, status...
    pub field: String,
    /// Greatest first.
    pub is_descending: bool,
}

/// What a list shows.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ViewSpec {
    /// Which people.
    pub filter: Filter,
    /// Words typed into the list's own search field.
    pub search: String,
    /// In which order; by given name when empty.
    pub sort: Vec<Sort>,
    /// Grouped by this field: status, branch, owner, source, level, kind.
    pub group_by: Option<String>,
    /// Field keys of the columns, in order.
    pub columns: Vec<String>,
}

impl ViewSpec {
    /// Refuses a view that asks for too much.
    ///
    /// # Errors
    /// [`Excess`] that says of what.
    pub fn check(&self) -> Result<(), Excess> {
        bounds::text("search", &self.search, SEARCH_CHARS_MAX)?;
        bounds::at_most("sort", SORTS_MAX, self.sort.len())?;
        bounds::at_most("columns", COLUMNS_MAX, self.columns.len())?;
        let keys = self.sort.iter().map(|sort| &sort.field).chain(&self.columns).chain(&self.group_by);
        keys.into_iter().try_for_each(|key| bounds::text("columns", key, KEY_CHARS_MAX))?;
        let mut size = Size::default();
        size.add(&self.filter, 1);
        bounds::at_most("filterDepth", DEPTH_MAX, size.depth)?;
        bounds::at_most("rules", RULES_MAX, size.rules)?;
        bounds::at_most("values", FILTER_VALUES_MAX, size.values)
    }

    /// Refuses a view that is too much to be kept.
    ///
    /// # Errors
    /// [`Excess`] that says of what.
    pub fn check_kept(&self) -> Result<(), Excess> {
        self.check()?;
        // A view is plain values and can always be written.
        let bytes = serde_json::to_vec(self).map_or(usize::MAX, |json| json.len());
        bounds::at_most("bytes", VIEW_BYTES_MAX, bytes)
    }
}

/// How large a filter is.
#[derive(Default)]
struct Size {
    depth: usize,
    rules: usize,
    values: usize,
}

impl Size {
    fn add(&mut self, filter: &Filter, depth: usize) {
        self.depth = self.depth.max(depth);
        self.rules += 1;
        match filter {
            Filter::All { of } | Filter::Any { of } => of.iter().for_each(|part| self.add(part, depth + 1)),
            Filter::Not { of } => self.add(of, depth + 1),
            Filter::Rule(Rule { value: FilterValue::List(values), .. }) => self.values += values.len(),
            Filter::Rule(_) => {}
        }
    }
}

/// A number of days that is too great makes no sense in a relative date.
pub const DAYS_MAX: f64 = 36_500.0;
/// How deep a filter may nest.
pub const DEPTH_MAX: usize = 8;
/// How many rules a filter may have.
pub const RULES_MAX: usize = 100;
