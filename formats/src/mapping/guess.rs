//! Guessing the field of each column.

use super::TargetField;
use super::content::{Looks, look_at};
use super::guardians::settle_guardians;
use super::header::{by_header, key_of};
use crate::date::{OrderGuess, guess_order};
use crate::table::Row;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many rows are looked at.
const SAMPLE_ROWS: usize = 200;
/// From which birth year on a column of dates without a known name is rather one of events.
const EVENT_YEAR: i32 = 2020;

/// Into which field a column probably goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ColumnGuess {
    /// The name of the column.
    pub column: String,
    /// The field.
    pub field: TargetField,
    /// From 0 to 1; below 0.6 a person should look.
    pub confidence: f32,
    /// What the guess rests on.
    pub why: GuessReason,
    /// For a field of dates: the order of day and month of the whole column.
    pub date_order: Option<OrderGuess>,
}

/// What a guess rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GuessReason {
    /// The column has a known name.
    Header,
    /// A known name is part of the column's name.
    PartOfHeader,
    /// The cells look like it.
    Content,
    /// The column has a known name, but its cells look like something else.
    ContentDiffers,
    /// Another column goes into the same field with more reason.
    Taken,
    /// Nothing is known; it is kept as a custom field.
    Unknown,
    /// No name and no cells.
    Empty,
}

/// Guesses the field of each column from its name and from the first rows.
pub fn guess_columns(header: &[String], rows: &[Row]) -> Vec<ColumnGuess> {
    let rows = &rows[..rows.len().min(SAMPLE_ROWS)];
    let column = |index: usize| rows.iter().filter_map(move |row| row.cells.get(index)).map(String::as_str);
    let looks: Vec<Looks> = (0..header.len()).map(|index| look_at(column(index))).collect();
    let mut guesses: Vec<ColumnGuess> =
        header.iter().zip(&looks).map(|(name, looks)| guess_one(name, looks)).collect();
    settle_names(&mut guesses, &looks);
    settle_guardians(&mut guesses);
    settle_repeats(&mut guesses);
    for (index, guess) in guesses.iter_mut().enumerate() {
        if guess.field.is_date() {
            guess.date_order = Some(guess_order(&column(index).collect::<Vec<_>>()));
        }
    }
    guesses
}

fn guess_one(name: &str, looks: &Looks) -> ColumnGuess {
    let guess = |field, confidence, why| ColumnGuess {
        column: name.to_owned(),
        field,
        confidence,
        why,
        date_order: None,
    };
    let seen = by_content(looks);
    match by_header(name) {
        Some((field, why)) => {
            let confidence = if why == GuessReason::Header { 0.95 } else { 0.7 };
            match (fits(&field, looks), seen) {
                (Some(false), Some((seen, share))) => {
                    guess(field_of_content(&field, seen), 0.6 * share, GuessReason::ContentDiffers)
                }
                (Some(false), _) => guess(field, confidence * 0.5, GuessReason::ContentDiffers),
                _ => guess(field, confidence, why),
            }
        }
        None => match seen {
            Some((field, share)) => guess(field, 0.8 * share, GuessReason::Content),
            None if looks.filled == 0 => guess(TargetField::Ignore, 0.9, GuessReason::Empty),
            None => guess(TargetField::Custom(name.to_owned()), 0.3, GuessReason::Unknown),
        },
    }
}

/// Whether the cells fit a field; none when that cannot be seen.
fn fits(field: &TargetField, looks: &Looks) -> Option<bool> {
    use TargetField::*;
    let share = match field {
        Phone | GuardianPhone => looks.phones,
        Email | GuardianEmail => looks.emails,
        BirthDate | InteractionAt | CreatedOn => looks.dates,
        FullName | GuardianName => 1.0 - looks.phones.max(looks.emails).max(looks.dates),
        _ => return None,
    };
    (looks.filled > 0).then_some(share >= 0.3)
}

/// What cells that differ from their column's name are: phones under "Phụ huynh" are the guardian's.
fn field_of_content(named: &TargetField, seen: TargetField) -> TargetField {
    match (named, seen) {
        (TargetField::GuardianName, TargetField::Phone) => TargetField::GuardianPhone,
        (TargetField::GuardianName | TargetField::GuardianPhone, TargetField::Email) => {
            TargetField::GuardianEmail
        }
        (_, seen) => seen,
    }
}

fn by_content(looks: &Looks) -> Option<(TargetField, f32)> {
    let dates = match looks.year {
        Some(year) if year >= EVENT_YEAR => (TargetField::CreatedOn, looks.dates * 0.6),
        _ => (TargetField::BirthDate, looks.dates * 0.7),
    };
    [
        (TargetField::Email, looks.emails),
        (TargetField::Phone, looks.phones),
        (TargetField::FacebookId, looks.facebook),
        (TargetField::Gender, looks.genders),
        (TargetField::FullName, looks.names * 0.9),
        dates,
    ]
    .into_iter()
    .filter(|(_, share)| *share >= 0.4)
    .max_by(|a, b| a.1.total_cmp(&b.1))
}

/// "Họ đệm" beside "Tên" makes the latter the given name; a whole name makes its parts needless.
fn settle_names(guesses: &mut [ColumnGuess], looks: &[Looks]) {
    use TargetField::*;
    let has =
        |guesses: &[ColumnGuess], field: &TargetField| guesses.iter().any(|guess| guess.field == *field);
    if has(guesses, &FamilyName) && !has(guesses, &GivenName) {
        let bare = |guess: &ColumnGuess| {
            guess.field == FullName && matches!(key_of(&guess.column).as_str(), "ten" | "name")
        };
        if let Some(at) =
            guesses.iter().position(bare).filter(|at| looks[*at].filled == 0 || looks[*at].given_names > 0.5)
        {
            guesses[at].field = GivenName;
        }
    }
    if has(guesses, &FullName) {
        for guess in
            guesses.iter_mut().filter(|guess| matches!(guess.field, FamilyName | MiddleName | GivenName))
        {
            guess.field = Ignore;
            guess.why = GuessReason::Taken;
        }
    }
}

/// A field for one column goes to the column with the best reason; the others become custom fields.
fn settle_repeats(guesses: &mut [ColumnGuess]) {
    for at in 0..guesses.len() {
        let field = guesses[at].field.clone();
        if field.may_repeat() {
            continue;
        }
        let is_better = |other: usize| {
            guesses[other].field == field
                && (guesses[other].confidence > guesses[at].confidence
                    || (guesses[other].confidence == guesses[at].confidence && other < at))
        };
        if (0..guesses.len()).any(|other| other != at && is_better(other)) {
            guesses[at].field = TargetField::Custom(guesses[at].column.clone());
            guesses[at].confidence = 0.4;
            guesses[at].why = GuessReason::Taken;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::field_of_header;
    use TargetField::*;

    fn guess(header: &[&str], rows: &[&[&str]]) -> Vec<ColumnGuess> {
        let header: Vec<String> = header.iter().map(|name| name.to_string()).collect();
        let row = |cells: &[&str]| cells.iter().map(|cell| cell.to_string()).collect();
        let rows: Vec<Row> = rows
            .iter()
            .enumerate()
            .map(|(at, cells)| Row { number: at as u32 + 2, cells: row(cells) })
            .collect();
        guess_columns(&header, &rows)
    }

    fn fields(header: &[&str], rows: &[&[&str]]) -> Vec<TargetField> {
        guess(header, rows).into_iter().map(|guess| guess.field).collect()
    }

    #[test]
    fn column_names_are_known_in_both_languages() {
        for (name, field) in [
            ("Họ và tên", FullName),
            ("HỌ TÊN HỌC VIÊN", FullName),
            ("ho ten", FullName),
            ("SĐT", Phone),
            ("Số điện thoại (Zalo)", Phone),
            ("Phone 1 - Value", Phone),
            ("phone_number", Phone),
            ("E-mail 2 - Value", Email),
            ("E-mail Address", Email),
            ("Ngày sinh", BirthDate),
            ("Date of birth", BirthDate),
            ("Cơ sở", Branch),
            ("Tư vấn viên", Owner),
            ("Contact owner", Owner),
            ("Nguồn khách", Source),
            ("campaign_name", Campaign),
            ("Lifecycle Stage", Kind),
            ("Labels", Tags),
            ("Khoá học quan tâm", Interests),
            ("Ghi chú", Note),
            ("created_time", CreatedOn),
            ("Họ tên phụ huynh", GuardianName),
            ("Phụ huynh", GuardianName),
            ("SĐT mẹ", GuardianPhone),
            ("Số điện thoại của phụ huynh", GuardianPhone),
            ("Parent's email", GuardianEmail),
            ("Mối quan hệ", GuardianRelation),
            ("Email Opt In", ConsentMarketing),
            ("Địa chỉ", Address),
            ("Mã HV", ExternalId),
            ("Record ID", ExternalId),
            ("STT", Ignore),
            ("First Name", GivenName),
            ("Link Facebook", FacebookId),
            ("Trường", School),
            ("Lớp", Level),
            ("Giới tính", Gender),
            ("Ngày gọi", InteractionAt),
            ("Danh xưng", Honorific),
        ] {
            assert_eq!(field_of_header(name), Some(field), "{name}");
        }
        for name in ["Màu áo", "", "Email Opt Out", "Abc"] {
            assert_eq!(field_of_header(name), None, "{name}");
        }
    }

    #[test]
    fn cells_decide_where_names_do_not() {
        let guesses = guess(
            &["A", "B", "C", "D", "Liên hệ", "E"],
            &[
                &["Nguyễn Văn An", "an@x.vn", "12/03/2010", "Nam", "0912345678", "đỏ"],
                &["Trần Thị Lan", "lan@x.vn", "25/12/2011", "Nữ", "0901234567", "xanh"],
                &["Lê Hà", "", "01/02/2012", "Nữ", "8.49E+10", ""],
            ],
        );
        let fields: Vec<_> = guesses.iter().map(|guess| guess.field.clone()).collect();
        assert_eq!(fields, [FullName, Email, BirthDate, Gender, Phone, Custom("E".into())]);
        assert!(guesses.iter().take(5).all(|guess| guess.why == GuessReason::Content));
        let order = guesses[2].date_order.as_ref().unwrap();
        assert_eq!((order.day_first, order.ambiguous), (1, 2));
    }

    #[test]
    fn a_name_that_the_cells_contradict_is_doubted() {
        let guesses = guess(
            &["Họ tên", "Phụ huynh", "Email"],
            &[&["An", "0912345678", "x"], &["Lan", "0901234567", "y"]],
        );
        assert_eq!(guesses[1].field, GuardianPhone);
        assert_eq!(guesses[2].why, GuessReason::ContentDiffers);
        assert!(guesses[2].confidence < 0.6);
    }

    #[test]
    fn parts_of_a_name_and_repeats_are_settled() {
        assert_eq!(fields(&["Họ đệm", "Tên"], &[&["Nguyễn Văn", "An"]]), [FamilyName, GivenName]);
        assert_eq!(fields(&["Full name", "Family name", "Given name"], &[]), [FullName, Ignore, Ignore]);
        assert_eq!(fields(&["First Name", "Last Name"], &[]), [GivenName, FamilyName]);
        assert_eq!(fields(&["SĐT", "SĐT 2"], &[]), [Phone, Phone]);
        assert_eq!(fields(&["Ngày sinh", "Sinh nhật"], &[]), [BirthDate, Custom("Sinh nhật".into())]);
    }

    #[test]
    fn exports_of_known_programs_map() {
        assert_eq!(
            fields(
                &[
                    "id",
                    "created_time",
                    "ad_name",
                    "form_id",
                    "is_organic",
                    "platform",
                    "full_name",
                    "phone_number"
                ],
                &[]
            ),
            [ExternalId, CreatedOn, Campaign, Ignore, Ignore, Source, FullName, Phone]
        );
        assert_eq!(
            fields(
                &[
                    "Record ID",
                    "First Name",
                    "Last Name",
                    "Email",
                    "Phone Number",
                    "Lead Status",
                    "Create Date"
                ],
                &[]
            ),
            [ExternalId, GivenName, FamilyName, Email, Phone, Status, CreatedOn]
        );
    }

    #[test]
    fn exports_of_other_programs_are_understood() {
        let header =
            ["Business Fax", "Asst. Phone", "Lifecycle Stage", "Lead Status", "Home Street", "Home City"];
        let row = ["02838220000", "0903000000", "lead", "New", "12 Lê Lợi", "TP HCM"];
        let fields: Vec<_> = guess(&header, &[&row]).into_iter().map(|guess| guess.field).collect();
        assert_eq!(fields, [Ignore, Ignore, Kind, Status, Address, Address]);
    }
}
