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
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    match target {
        "status" => Some(match () {
            () if has(&["khong hoc", "huy", "khong tiep", "tu choi", "lost", "khong quan tam"]) => "lost",
            () if has(&["bao luu", "tam ngung", "tam nghi", "pause"]) => "paused",
            () if has(&[
                "ket thuc",
                "da hoc xong",
                "hoan thanh",
                "nghi hoc",
                "da nghi",
                "tot nghiep",
                "end",
                "complete",
            ]) =>
            {
                "ended"
            }
            () if has(&["hoc thu", "trial", "test dau vao", "hen"]) => "trial",
            () if has(&["dang hoc", "active", "da dong", "da dang ky", "chinh thuc"]) => "active",
            () if has(&["da lien he", "da goi", "dang tu van", "dang cham", "contact", "tu van"]) => {
                "contacted"
            }
            () if has(&["moi", "new", "chua", "quan tam", "tiem nang"]) => "new",
            () => return None,
        }),
        "kind" => Some(match () {
            () if has(&["phu huynh", "guardian", "parent"]) => "guardian",
            () if has(&["hoc vien", "hoc sinh", "student"]) => "student",
            () if has(&["tiem nang", "quan tam", "lead", "khach"]) => "lead",
            () if has(&["khac", "other"]) => "other",
            () => return None,
        }),
        "gender" => Some(match folded.as_str() {
            "nam" | "male" | "m" | "trai" | "boy" => "male",
            "nu" | "female" | "f" | "gai" | "girl" => "female",
            _ => return None,
        }),
        _ => None,
    }
}

/// Whether a cell says yes.
pub fn is_yes(raw: &str) -> bool {
    matches!(fold(raw).as_str(), "co" | "yes" | "y" | "x" | "1" | "true" | "dong y" | "ok")
}
