//! What the import screens receive and send.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::{ActionId, AtMs, BranchId, ContactId, ImportId, JobId, StaffId};

/// A file that was opened and looked at; nothing is written yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportDraft {
    /// The import.
    pub id: ImportId,
    /// The file's name.
    pub file_name: String,
    /// csv, xlsx, vcard, googleCsv or pasted.
    pub kind: String,
    /// How it is read; each part can be overruled.
    pub reading: ImportReading,
    /// Sheets of a workbook.
    pub sheets: Vec<String>,
    /// Column names.
    pub header: Vec<String>,
    /// The first rows below the header.
    pub sample: Vec<Vec<String>>,
    /// How many rows follow the header.
    pub row_count: u32,
    /// How the columns are understood, from the last import of such a file or guessed.
    pub mapping: ImportMapping,
    /// Whether the mapping comes from an earlier import of a file with this header.
    pub is_mapping_remembered: bool,
    /// Things worth saying: bytes that could not be decoded, ambiguous dates...
    pub warnings: Vec<String>,
}

/// How a file is read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ImportReading {
    /// utf-8, utf-16le, utf-16be, windows-1258...
    pub encoding: Option<String>,
    /// What stands between cells: one character, usually `,` `;` tab `|`.
    pub delimiter: Option<String>,
    /// Which line holds the column names, from 1; 0 when there is none.
    pub header_row: Option<u32>,
    /// Which sheet of a workbook.
    pub sheet: Option<String>,
}

/// How columns become fields.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ImportMapping {
    /// One per column: a target field (`fullName`, `phone`, `guardianPhone`, `custom.<id>`...) or `ignore`.
    pub columns: Vec<String>,
    /// How sure the guess is, 0 to 100, one per column.
    pub confidence: Vec<u32>,
    /// Words of the sheet to values of ours, by target field: `status` -> { "đang học": "active" }.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// By what a row finds the person it is about, in order: externalId, phone, email, nameBirth.
    pub match_keys: Vec<String>,
    /// dmy, mdy or ymd.
    pub date_order: String,
    /// create, update or both.
    pub mode: String,
    /// Branch of rows that name none.
    pub branch: Option<BranchId>,
    /// Advisor of rows that name none.
    pub owner: Option<StaffId>,
    /// Source of rows that name none.
    pub source: Option<String>,
    /// Tags for every row.
    pub tags: Vec<String>,
    /// Fields whose column mixes orders of day and month. The dry run finds it out, whoever sends what.
    #[ts(skip)]
    pub mixed_dates: Vec<String>,
}

/// What an import would do, or did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ImportCounts {
    /// Rows that make a new person.
    pub new: u32,
    /// Rows that change somebody.
    pub updated: u32,
    /// Rows that say what is known.
    pub unchanged: u32,
    /// Rows about somebody who is named twice in the file or may be here already.
    pub duplicate: u32,
    /// Rows that cannot be used.
    pub error: u32,
    /// Guardians who are entered besides, no rows of their own.
    pub guardians: u32,
}

/// One row of a dry run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportRow {
    /// Line in the file, from 1.
    pub line: u32,
    /// new, updated, unchanged, duplicate or error.
    pub outcome: String,
    /// The name in the row.
    pub name: String,
    /// Who it is about.
    pub contact: Option<ContactId>,
    /// Field by field, what would change.
    pub cells: Vec<ImportCell>,
    /// What is wrong or worth knowing: codes that the screen translates.
    pub notes: Vec<ImportNote>,
}

/// One cell of a dry run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportCell {
    /// Field key.
    pub field: String,
    /// What stands in the file.
    pub raw: String,
    /// What stands here.
    pub before: String,
    /// What would stand here.
    pub after: String,
}

/// Something worth saying about a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportNote {
    /// noName, badPhone, lostDigits, elevenDigits, badDate, badEmail, twoPhones, sameAsLine, too_long...
    pub code: String,
    /// In which column.
    pub column: String,
    /// The text in question.
    pub text: String,
}

/// A stretch of rows of a dry run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportRows {
    /// How many rows have the outcome asked for.
    pub total: u32,
    /// The rows.
    pub rows: Vec<ImportRow>,
}

/// An import in the list of imports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportView {
    /// Which.
    pub id: ImportId,
    /// The file's name.
    pub file_name: String,
    /// draft, checked, running, paused, done, failed or undone.
    pub state: String,
    /// When it was begun.
    pub started_at_ms: AtMs,
    /// Rows handled so far.
    pub rows_done: u32,
    /// Rows in all.
    pub rows_total: u32,
    /// What came of them.
    pub counts: ImportCounts,
    /// The job that works on it now.
    pub job: Option<JobId>,
    /// The action under which everything was written, to undo by.
    pub action: Option<ActionId>,
}
