//! Options of the commands about people, and what their help teaches.

use std::path::PathBuf;

use clap::Args;

/// How a file is brought in.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The file.
    pub file: PathBuf,
    /// `column=field`, by header name or number; may be given several times. Others are guessed.
    #[arg(long = "map")]
    pub maps: Vec<String>,
    /// utf-8, utf-16le, utf-16be or windows-1258; guessed when missing.
    #[arg(long)]
    pub encoding: Option<String>,
    /// What stands between cells: `,` `;` `|` or `tab`; guessed when missing.
    #[arg(long)]
    pub delimiter: Option<String>,
    /// Which sheet of a workbook; the first when missing.
    #[arg(long)]
    pub sheet: Option<String>,
    /// Which line holds the column names, from 1; 0 when there is none.
    #[arg(long)]
    pub header_row: Option<u32>,
    /// Which comes first in a date: dmy, mdy or ymd.
    #[arg(long, value_parser = ["dmy", "mdy", "ymd"])]
    pub date_order: Option<String>,
    /// By what a row finds the person it is about, in order; may be given several times.
    #[arg(long = "match", value_parser = ["externalId", "phone", "email", "nameBirth"])]
    pub match_keys: Vec<String>,
    /// Enter new people only, change known people only, or both.
    #[arg(long, value_parser = ["create", "update", "both"])]
    pub mode: Option<String>,
    /// The branch of rows that name none.
    #[arg(long)]
    pub branch: Option<String>,
    /// The advisor of rows that name none, by name.
    #[arg(long)]
    pub owner: Option<String>,
    /// The source of rows that name none.
    #[arg(long)]
    pub source: Option<String>,
    /// A tag for every row; may be given several times.
    #[arg(long = "tag")]
    pub tags: Vec<String>,
    /// Only say what would happen.
    #[arg(long)]
    pub dry_run: bool,
}

/// Which people, and what of them.
#[derive(Debug, Args)]
pub struct ViewArgs {
    /// Only people who match these words: a name with or without marks, part of a phone number, a tag.
    #[arg(default_value = "")]
    pub search: String,
    /// A saved view or one that ships, by its name.
    #[arg(long)]
    pub view: Option<String>,
    /// A filter as the screens keep it, JSON.
    #[arg(long)]
    pub filter: Option<String>,
    /// Only people of this branch, by its name.
    #[arg(long)]
    pub branch: Option<String>,
    /// Field keys of the columns, with commas between.
    #[arg(long, value_delimiter = ',')]
    pub columns: Vec<String>,
}

/// Every field into which a column can go, as `--map` names it.
pub const MAP_FIELDS: &[&str] = &[
    "fullName",
    "familyName",
    "middleName",
    "givenName",
    "honorific",
    "kind",
    "gender",
    "birthOn",
    "phone",
    "email",
    "zalo",
    "facebook",
    "address",
    "guardianName",
    "guardianPhone",
    "guardianEmail",
    "guardianRelation",
    "otherGuardianName",
    "otherGuardianPhone",
    "otherGuardianEmail",
    "otherGuardianRelation",
    "status",
    "branch",
    "owner",
    "school",
    "level",
    "source",
    "campaign",
    "interests",
    "createdOn",
    "tags",
    "note",
    "interactionAt",
    "consentMarketing",
    "externalId",
];

/// Help of `import`.
pub const IMPORT_HELP: &str = "\
Fields for --map:
  fullName familyName middleName givenName honorific kind gender birthOn phone email zalo facebook address
  guardianName guardianPhone guardianEmail guardianRelation
  otherGuardianName otherGuardianPhone otherGuardianEmail otherGuardianRelation
  status branch owner school level source campaign
  interests createdOn tags note interactionAt consentMarketing externalId
  custom:NAME for a field of your own, ignore to leave a column out

Examples:
  quen import hoc-vien.xlsx --sheet \"Lớp tối\" --dry-run
  quen import cu.csv --encoding windows-1258 --delimiter ';' --map \"SĐT mẹ=guardianPhone\" --branch \"Gò Vấp\"
  quen import bo-sung.csv --mode update --match phone --match nameBirth

An import that was cut off goes on when the same command is given again.";

/// Help of `export`.
pub const EXPORT_HELP: &str = "\
Examples:
  quen export tat-ca.xlsx
  quen export hoc-thu.csv --view \"Đang học thử\" --columns fullName,phone,level
  quen export go-vap.vcf --branch \"Gò Vấp\"";

/// Help of `list`.
pub const LIST_HELP: &str = "\
Examples:
  quen list \"tran thi lan\"
  quen list --view \"Chưa liên hệ 14 ngày\" --columns fullName,phone,status,lastInteractionAt
  quen list --filter '{\"is\":\"rule\",\"field\":\"status\",\"op\":\"is\",\"value\":[\"trial\"]}'";

/// Help of `edit`.
pub const EDIT_HELP: &str = "\
Examples:
  quen edit \"tran thi lan\" phone.1=0912345678 level=Movers
  quen edit 01J8... note=";

/// Help of `history`.
pub const HISTORY_HELP: &str = "\
Examples:
  quen history \"tran thi lan\"
  quen history \"tran thi lan\" --field status";

/// Help of `note`.
pub const NOTE_HELP: &str = "\
Examples:
  quen note \"tran thi lan\" \"Mẹ hỏi lớp tối\"
  quen note \"tran thi lan\" \"Hẹn thứ 5\" --kind call --outcome booked";

/// Help of `task`.
pub const TASK_HELP: &str = "\
Examples:
  quen task \"tran thi lan\" \"Gọi lại hẹn học thử\" --in-days 1
  quen task \"tran thi lan\" \"Nhắc đóng học phí\" --in-days 3 --repeat monthly";

/// Help of `undo`.
pub const UNDO_HELP: &str = "\
Examples:
  quen undo 01J8Z6M5Q0V1W2X3Y4Z5A6B7C8";

#[cfg(test)]
mod tests {
    use super::{IMPORT_HELP, MAP_FIELDS};

    #[test]
    fn help_of_import_names_every_field_that_map_takes() {
        for field in MAP_FIELDS {
            assert!(IMPORT_HELP.split_whitespace().any(|word| word == *field), "{field}");
        }
    }
}
