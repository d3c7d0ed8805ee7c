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
    /// `field:word=ours`: what a word of the file means in status, kind, gender, branch or owner; may be given
    /// several times. Others are guessed.
    #[arg(long = "value", value_name = "FIELD:WORD=OURS")]
    pub values: Vec<String>,
    /// In which encoding the file is; guessed when missing.
    #[arg(long, value_parser = ["utf-8", "utf-16le", "utf-16be", "windows-1258", "windows-1252", "tcvn3", "vni"])]
    pub encoding: Option<String>,
    /// What stands between cells: any one character, or tab; guessed when missing.
    #[arg(long, value_parser = delimiter, value_name = "CHARACTER")]
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
    /// Write the rows that cannot be used to this file, as CSV with the reason beside them: mend it and import it.
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,
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
  quen import lop.csv --value \"status:bảo lưu tạm=paused\" --value \"branch:GV=Gò Vấp\"
  quen import bo-sung.csv --mode update --match phone --match nameBirth
  quen import hoc-vien.xlsx --errors loi.csv

An import that was cut off goes on when the same command is given again.";

/// Help of `export`.
pub const EXPORT_HELP: &str = "\
Columns are those of `quen list --help`.

Examples:
  quen export tat-ca.xlsx
  quen export hoc-thu.csv --view \"Đang học thử\" --columns fullName,phone,level
  quen export go-vap.vcf --branch \"Gò Vấp\"";

/// Help of `list`.
pub const LIST_HELP: &str = "\
Columns:
  fullName honorific kind gender birthOn phone email zalo facebook address
  status statusSince branch owner school level source campaign tags interests
  guardianName guardianPhone guardianEmail otherGuardianName otherGuardianPhone otherGuardianEmail
  nextStep nextStepAt lastInteractionAt createdAt updatedAt externalId, custom.ID for a field of your own

Examples:
  quen list \"tran thi lan\"
  quen list --view \"Chưa liên hệ 14 ngày\" --columns fullName,phone,status,lastInteractionAt
  quen list --filter '{\"is\":\"rule\",\"field\":\"status\",\"op\":\"is\",\"value\":[\"trial\"]}'";

/// Help of `edit`.
pub const EDIT_HELP: &str = "\
Fields:
  fullName honorific kind status branch owner source campaign birthOn gender school level channel address note
  externalId
  phone email zalo facebook (the first; phone.ID for another, as `quen show` tells)
  custom:NAME for a field of your own
Words:
  status: new contacted trial active paused ended lost
  kind: lead student guardian other
  gender: female male other
  branch and owner take names

Examples:
  quen edit \"tran thi lan\" phone=0912345678 level=Movers
  quen edit \"tran thi lan\" status=trial owner=\"Lê Thị Hoa\" birthOn=09/03/2012
  quen edit 01J8Z6M5Q0V1W2X3Y4Z5A6B7C8 note=";

/// Help of `create`.
pub const CREATE_HELP: &str = "\
Examples:
  quen create \"Trung tâm Anh ngữ Sao Mai\" --owner \"Trần Thị Lan\" --branch \"Quận 1\" --branch \"Gò Vấp\"
  quen create \"Sao Mai\" --owner \"Trần Thị Lan\" --branch \"Quận 1\" --relay https://relay.saomai.vn --device \"Máy chủ\"";

/// Help of `invite`.
pub const INVITE_HELP: &str = "\
Examples:
  quen invite --role staff --branch \"Gò Vấp\"
  quen invite --role manager --approve \"3604 1592 7878 8725 4375\"

Without --approve the screens of a manager's device let the newcomer in.";

/// Help of `sign-in`.
pub const SIGN_IN_HELP: &str = "\
Examples:
  quen sign-in \"Trần Thị Lan\"

The members of staff are those that the centre knows; a manager adds more in Settings.";

/// Help of `join`.
pub const JOIN_HELP: &str = "\
Examples:
  quen join quen1:abc... --device \"Quầy Gò Vấp\"

Compare the fingerprint that it prints with the one on the manager's screen.";

/// Help of `show`.
pub const SHOW_HELP: &str = "\
Examples:
  quen show \"tran thi lan\"
  quen --json show 0912345678";

/// Help of `sync`.
pub const SYNC_HELP: &str = "\
Examples:
  quen sync
  quen sync --relay https://relay.saomai.vn --timeout-s 600";

/// Help of `serve`.
pub const SERVE_HELP: &str = "\
Examples:
  quen serve
  quen --data thu serve --sample
  quen serve --listen 0.0.0.0:8080 --i-know-others-can-reach-it --host quay.local

Open the address that it prints; the token in it lets this browser in and nobody else.";

/// Help of `rebuild`.
pub const REBUILD_HELP: &str = "\
Examples:
  quen rebuild

Nothing is lost by it: lists and indexes come from the documents.";

/// Help of `doctor`.
pub const DOCTOR_HELP: &str = "\
Examples:
  quen doctor
  quen --json doctor";

/// Help of `call`.
pub const CALL_HELP: &str = "\
Examples:
  quen call session.get
  quen call contact.list '{\"view\":{\"search\":\"lan\"},\"offset\":0,\"limit\":5}'

crm/src/api.rs lists every call with its arguments.";

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

/// Reads `--delimiter`.
fn delimiter(text: &str) -> Result<String, String> {
    let mut letters = text.chars();
    match (text, letters.next(), letters.next()) {
        ("tab" | "\\t", ..) => Ok("\t".to_owned()),
        (_, Some('"' | '\n' | '\r'), None) => Err("cells cannot be parted by this character".to_owned()),
        (_, Some(_), None) => Ok(text.to_owned()),
        _ => Err("write one character, or tab".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::{EDIT_HELP, IMPORT_HELP, MAP_FIELDS};
    use crate::args::{Args, Command};

    #[test]
    fn every_command_teaches_by_example() {
        for command in Args::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let name = command.get_name();
            let examples: Vec<_> = help.lines().filter(|line| line.starts_with("  quen ")).collect();
            assert!(!examples.is_empty() && examples.iter().any(|line| line.contains(name)), "{name}");
            examples.iter().for_each(|line| is_taken(line));
        }
    }

    #[test]
    fn the_commands_of_the_guide_are_commands() {
        for guide in ["command-line.md", "command-line.en.md"] {
            let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide").join(guide);
            let text = std::fs::read_to_string(file).expect("the guide");
            let lines: Vec<_> = text.lines().filter(|line| line.starts_with("quen ")).collect();
            assert!(lines.len() > 15, "{guide}");
            lines.iter().for_each(|line| is_taken(line));
        }
    }

    /// A command as a person copies it: its words are taken, and its invite looks like one.
    fn is_taken(line: &str) {
        let words = words_of(line);
        let taken = Args::try_parse_from(&words);
        let taken = taken.unwrap_or_else(|error| panic!("{words:?}: {error}"));
        if let Command::Join { invite, .. } = taken.command {
            assert!(invite.starts_with("quen1:"), "no invite begins so: {words:?}");
        }
    }

    /// The words of a line as a shell takes them apart.
    fn words_of(line: &str) -> Vec<String> {
        let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
        for letter in line.trim().chars() {
            match (letter, quote) {
                ('"' | '\'', None) => quote = Some(letter),
                (_, Some(open)) if letter == open => quote = None,
                (' ', None) => words.push(std::mem::take(&mut word)),
                _ => word.push(letter),
            }
        }
        words.push(word);
        words
    }

    #[test]
    fn help_of_edit_names_every_field_and_every_word() {
        let has = |name: &str| EDIT_HELP.split_whitespace().any(|word| word.trim_end_matches(':') == name);
        let plain = crm::contact::field::PLAIN_FIELDS.iter().map(|field| field.key);
        for name in plain.chain(crm::contact::field::PointKind::ALL.map(|kind| kind.key())) {
            assert!(has(name), "{name}");
        }
        let fields = crm::contact::field::PLAIN_FIELDS.iter();
        let words: Vec<_> =
            fields.filter_map(|field| crm::contact::field::words(field.key)).flatten().collect();
        assert!(words.len() > 10, "{words:?}");
        for word in words {
            assert!(has(word), "{word}");
        }
    }

    #[test]
    fn help_of_import_names_every_field_that_map_takes() {
        for field in MAP_FIELDS {
            assert!(IMPORT_HELP.split_whitespace().any(|word| word == *field), "{field}");
        }
    }

    #[test]
    fn any_one_character_may_stand_between_cells() {
        for (text, read) in [("^", "^"), ("§", "§"), ("tab", "\t"), ("\\t", "\t"), (" ", " ")] {
            assert_eq!(super::delimiter(text).as_deref(), Ok(read), "{text:?}");
        }
        for text in ["", "ab", "\"", "\n"] {
            assert!(super::delimiter(text).is_err(), "{text:?}");
        }
    }
}
