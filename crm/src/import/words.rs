//! Words of sheets and what they mean here.

use formats::{date::DateOrder, fold::fold, mapping::TargetField};

/// The name by which screens and command lines know a target.
pub fn target_name(field: &TargetField) -> String {
    use TargetField as F;
    let name = match field {
        F::FullName => "fullName",
        F::FamilyName => "familyName",
        F::MiddleName => "middleName",
        F::GivenName => "givenName",
        F::Honorific => "honorific",
        F::Phone => "phone",
        F::Email => "email",
        F::ZaloId => "zalo",
        F::FacebookId => "facebook",
        F::BirthDate => "birthOn",
        F::Gender => "gender",
        F::School => "school",
        F::Level => "level",
        F::Branch => "branch",
        F::Owner => "owner",
        F::Source => "source",
        F::Campaign => "campaign",
        F::Status => "status",
        F::Kind => "kind",
        F::Tags => "tags",
        F::Interests => "interests",
        F::Note => "note",
        F::InteractionAt => "interactionAt",
        F::CreatedOn => "createdOn",
        F::GuardianName => "guardianName",
        F::GuardianPhone => "guardianPhone",
        F::GuardianEmail => "guardianEmail",
        F::GuardianRelation => "guardianRelation",
        F::OtherGuardianName => "otherGuardianName",
        F::OtherGuardianPhone => "otherGuardianPhone",
        F::OtherGuardianEmail => "otherGuardianEmail",
        F::OtherGuardianRelation => "otherGuardianRelation",
        F::ConsentMarketing => "consentMarketing",
        F::Address => "address",
        F::ExternalId => "externalId",
        // Custom fields are defined by managers; a column that merely looks like one is left out.
        F::Custom(_) | F::Ignore => "ignore",
    };
    name.to_owned()
}

/// The order of day and month by its word.
pub fn date_order(word: &str) -> DateOrder {
    match word {
        "mdy" => DateOrder::MonthDayYear,
        "ymd" => DateOrder::YearMonthDay,
        _ => DateOrder::DayMonthYear,
    }
}

/// The word of an order.
pub fn date_order_word(order: DateOrder) -> &'static str {
    match order {
        DateOrder::MonthDayYear => "mdy",
        DateOrder::YearMonthDay => "ymd",
        DateOrder::DayMonthYear => "dmy",
    }
}

/// What a word of a sheet means in one of our fixed lists; `None` if nobody can say.
pub fn guess(target: &str, raw: &str) -> Option<&'static str> {
    let folded = fold(raw);
    match target {
        "status" => status(&folded),
        "kind" => {
            let has = |words: &[&str]| has_any(&folded, words);
            Some(match () {
                () if has(&["khong", "chua", "not"]) => return None,
                () if has(&["phu huynh", "guardian", "parent", "parents"]) => "guardian",
                () if has(&["hoc vien", "hoc sinh", "student", "students"]) => "student",
                () if has(&["tiem nang", "quan tam", "lead", "leads", "khach", "khach hang"]) => "lead",
                () if has(&["khac", "other"]) => "other",
                () => return None,
            })
        }
        "gender" => Some(match folded.as_str() {
            "nam" | "male" | "m" | "trai" | "boy" => "male",
            "nu" | "female" | "f" | "gai" | "girl" => "female",
            _ => return None,
        }),
        _ => None,
    }
}

/// The status that a phrase names. A "no" or "not yet" turns a phrase around, so those are known as a whole.
fn status(folded: &str) -> Option<&'static str> {
    const LOST: [&str; 8] = [
        "khong hoc",
        "khong tiep",
        "khong tiep tuc",
        "khong quan tam",
        "khong co nhu cau",
        "huy",
        "tu choi",
        "lost",
    ];
    const NOT_YET: [&str; 8] = [
        "chua lien he",
        "chua goi",
        "chua tu van",
        "chua hoc thu",
        "chua xu ly",
        "chua dang ky",
        "chua cham",
        "chua test",
    ];
    const ENDED: [&str; 10] = [
        "ket thuc",
        "da hoc xong",
        "hoc xong",
        "hoan thanh",
        "nghi hoc",
        "da nghi",
        "tot nghiep",
        "ended",
        "completed",
        "complete",
    ];
    const CONTACTED: [&str; 10] = [
        "hen goi",
        "hen goi lai",
        "da lien he",
        "da goi",
        "dang tu van",
        "da tu van",
        "dang cham",
        "contacted",
        "contact",
        "tu van",
    ];
    let has = |words: &[&str]| has_any(folded, words);
    Some(match () {
        () if has(&LOST) => "lost",
        () if has(&NOT_YET) => "new",
        () if has(&["chua", "khong", "not", "no"]) => return None,
        () if has(&["bao luu", "tam ngung", "tam nghi", "tam dung", "pause", "paused"]) => "paused",
        () if has(&ENDED) || folded == "end" => "ended",
        () if has(&CONTACTED[..2]) => "contacted",
        () if has(&["hoc thu", "trial", "test dau vao", "hen"]) => "trial",
        () if has(&["dang hoc", "active", "da dong", "da dang ky", "chinh thuc"]) => "active",
        () if has(&CONTACTED) => "contacted",
        () if has(&["moi", "new", "quan tam", "tiem nang"]) => "new",
        () => return None,
    })
}

/// Whether folded text holds one of some words or phrases, as whole words.
fn has_any(folded: &str, phrases: &[&str]) -> bool {
    let padded = format!(" {folded} ");
    phrases.iter().any(|phrase| padded.contains(&format!(" {phrase} ")))
}

/// Whether a cell says yes or no; `None` if nobody can say.
pub fn consent(raw: &str) -> Option<bool> {
    let folded = fold(raw);
    let starts =
        |with: &[&str]| with.iter().any(|with| format!("{folded} ").starts_with(&format!("{with} ")));
    match folded.as_str() {
        "co" | "yes" | "y" | "x" | "1" | "true" | "dong y" | "ok" => Some(true),
        "n" | "0" | "false" => Some(false),
        "" => raw.contains(['✓', '✔', '☑']).then_some(true),
        _ if starts(&["khong", "no", "tu choi", "da rut", "rut lai", "huy"]) => Some(false),
        _ if starts(&["dong y", "da dong y", "co dong y"]) => Some(true),
        _ => None,
    }
}

/// Whether a yes in a column of this name means a no: "Email Opt Out", "Không nhận tin".
pub fn is_opt_out(column: &str) -> bool {
    let folded = fold(&column.replace('_', " "));
    ["opt out", "opted out", "optout", "unsubscribed", "khong nhan", "tu choi"]
        .iter()
        .any(|word| folded.contains(word))
}

/// What a form of address says of the name behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Called {
    /// The guardian of somebody has this name: "phụ huynh Lan".
    Guardian,
    /// The child has this name, and its guardian is meant: "phụ huynh bé An", "mẹ cháu An".
    GuardianOfNamed,
    /// Nothing of the kind.
    Other,
}

/// Reads a form of address.
pub fn called(honorific: &str) -> Called {
    const CHILD: [&str; 8] = ["be", "em", "chau", "con", "hs", "hv", "hoc sinh", "hoc vien"];
    let folded = fold(honorific);
    let first =
        |words: &[&str]| words.iter().any(|word| format!("{folded} ").starts_with(&format!("{word} ")));
    let is_of_child = CHILD.iter().any(|word| folded.ends_with(&format!(" {word}")));
    match (first(&["phu huynh", "phhs", "ph"]), first(&["me", "bo", "ba", "ma", "ong"])) {
        (true, _) | (_, true) if is_of_child => Called::GuardianOfNamed,
        (true, _) => Called::Guardian,
        _ => Called::Other,
    }
}

/// What is to be said of a row, for the file of errors.
pub fn reason(code: &str, text: &str) -> String {
    let words = match code {
        "noName" => "Không có tên, số điện thoại hay email",
        "noMatch" => "Không tìm thấy người này để cập nhật",
        "badPhone" => "Số điện thoại không đúng",
        "lostDigits" => "Excel đã làm mất chữ số",
        "lostZero" => "Đã thêm lại số 0 ở đầu",
        "elevenDigits" => "Số 11 chữ số đã đổi sang 10",
        "twoPhones" => "Hai số trong một ô, đã tách ra",
        "ambiguousDate" => "Ngày có thể hiểu hai cách",
        "turnedDate" => "Ngày viết ngược thứ tự với cả cột",
        "longPhones" => "Ô số điện thoại quá dài",
        "swallowedRows" => "Dấu ngoặc kép chưa đóng, những dòng sau bị gộp vào ô này",
        "badDate" => "Không đọc được ngày",
        "badEmail" => "Email không đúng",
        "maybeKnown" => "Có thể là một trong những người đã có",
        "knownElsewhere" => "Đã có ở chi nhánh khác",
        "sameAsLine" => "Giống dòng",
        "unknownWord" => "Chưa biết nghĩa",
        "unknownBranch" => "Chưa có chi nhánh này",
        "unknownStaff" => "Chưa có nhân viên này",
        "otherBranch" => "Giữ chi nhánh hiện tại; tệp ghi",
        "onlyNew" => "Đã có người này",
        "guardianNotEntered" => "Chưa có phụ huynh này",
        "guardianNotChanged" => "Đã có phụ huynh này",
        "siblings" => "Anh chị em, chung phụ huynh",
        "headerRow" => "Dòng tên cột lặp lại",
        "totalRow" => "Dòng tổng cộng",
        "unreadable" => "Không đọc được dòng này",
        "too_long" => "Có ô quá dài",
        "list_full" => "Có ô nhiều mục hơn mức một người giữ được",
        "too_many" => "Dòng này quá nhiều chữ",
        "bad_field" => "Có ô không hợp lệ",
        "no_space_for_branch" => "Thiết bị này không giữ người của chi nhánh đó",
        _ => code,
    };
    if text.is_empty() { words.to_owned() } else { format!("{words}: {text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_whole_words_and_not_their_opposite() {
        for (raw, status) in [
            ("Chuyển lớp", None),
            ("chuyển cơ sở", None),
            ("weekend", None),
            ("chưa tư vấn", Some("new")),
            ("chưa học thử", Some("new")),
            ("chưa kết thúc", None),
            ("Hủy", Some("lost")),
            ("Không học nữa", Some("lost")),
            ("Đang học", Some("active")),
            ("Hẹn gọi lại", Some("contacted")),
            ("Hẹn test đầu vào", Some("trial")),
            ("đang tư vấn", Some("contacted")),
            ("Đã kết thúc", Some("ended")),
            ("Bảo lưu", Some("paused")),
            ("Khách mới", Some("new")),
        ] {
            assert_eq!(guess("status", raw), status, "{raw}");
        }
        assert_eq!(guess("kind", "Học viên"), Some("student"));
        assert_eq!(guess("kind", "không phải học viên"), None);
    }

    #[test]
    fn a_form_of_address_says_whose_name_follows() {
        for (honorific, meaning) in [
            ("phụ huynh bé", Called::GuardianOfNamed),
            ("ph bé", Called::GuardianOfNamed),
            ("mẹ cháu", Called::GuardianOfNamed),
            ("phụ huynh", Called::Guardian),
            ("phụ huynh chị", Called::Guardian),
            ("mẹ", Called::Other),
            ("bé", Called::Other),
            ("chị", Called::Other),
            ("", Called::Other),
        ] {
            assert_eq!(called(honorific), meaning, "{honorific}");
        }
    }

    #[test]
    fn consent_is_never_withdrawn_by_words_that_nobody_knows() {
        for (raw, consent) in [
            ("đồng ý nhận tin", Some(true)),
            ("Có", Some(true)),
            ("✓", Some(true)),
            ("Không", Some(false)),
            ("không đồng ý", Some(false)),
            ("hỏi lại sau", None),
            ("", None),
        ] {
            assert_eq!(super::consent(raw), consent, "{raw}");
        }
    }
}
