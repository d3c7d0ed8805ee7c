//! The fields of a person: their keys, what may stand in them, and which need a person when devices disagree.

use std::str::FromStr;

use formats::{date, email, fold, phone};

use crate::id::DefinitionId;

/// A field of a person, as named by screens, imports and history.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Field {
    /// A field with one value.
    Plain(PlainField),
    /// A phone, e-mail, Zalo or Facebook id. The first of each kind has the slot `1`, so that two devices
    /// which both enter a first phone disagree visibly; further ones have a ULID.
    Point {
        /// Of which kind.
        kind: PointKind,
        /// Which one.
        slot: String,
    },
    /// A field that managers defined.
    Custom(DefinitionId),
}

/// A field with one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PlainField {
    /// Its key.
    pub key: &'static str,
    /// What may stand in it.
    pub form: Form,
    /// Whether a person decides when devices disagree.
    pub needs_review: bool,
}

/// What may stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A person's name.
    Name,
    /// Any text.
    Text,
    /// A calendar date, ISO.
    Date,
    /// The identifier of a definition.
    Id,
    /// A word, lower case.
    Word,
    /// One of these words. What another device wrote is shown whatever it is: a newer version may know more.
    OneOf(&'static [&'static str]),
}

/// A way to reach a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PointKind {
    /// A phone number, E.164.
    Phone,
    /// An e-mail address.
    Email,
    /// A Zalo user id or number.
    Zalo,
    /// A Facebook id or address.
    Facebook,
}

/// Why a value cannot stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// There is no such field.
    #[error("no such field")]
    Unknown,
    /// Longer than [`TEXT_CHARS_MAX`].
    #[error("the text is too long")]
    TooLong,
    /// Not a date that can be read.
    #[error("not a date")]
    NotADate,
    /// Not an identifier.
    #[error("not an identifier")]
    NotAnId,
    /// Not a number that can be read.
    #[error("not a number")]
    NotANumber,
    /// Not one of the values that may be chosen.
    #[error("not one of the choices")]
    NotAChoice,
    /// This field cannot be empty.
    #[error("this field cannot be empty")]
    Required,
}

/// Longest text of a plain field, in characters.
pub const TEXT_CHARS_MAX: usize = 2_000;

/// What a person may be.
const KINDS: &[&str] = &["lead", "student", "guardian", "other"];
/// The places of the life cycle.
const STATUSES: &[&str] = &["new", "contacted", "trial", "active", "paused", "ended", "lost"];
const GENDERS: &[&str] = &["female", "male", "other"];

/// The words that a field of a fixed list takes; none if it takes others.
pub fn words(key: &str) -> Option<&'static [&'static str]> {
    PLAIN_FIELDS.iter().find(|plain| plain.key == key).and_then(|plain| match plain.form {
        Form::OneOf(words) => Some(words),
        _ => None,
    })
}

const fn plain(key: &'static str, form: Form, needs_review: bool) -> PlainField {
    PlainField { key, form, needs_review }
}

/// Every plain field, in the order in which a person's page shows them.
pub const PLAIN_FIELDS: &[PlainField] = &[
    plain("fullName", Form::Name, false),
    plain("honorific", Form::Text, false),
    plain("kind", Form::OneOf(KINDS), false),
    plain("status", Form::OneOf(STATUSES), true),
    plain("branch", Form::Id, false),
    plain("owner", Form::Id, true),
    plain("source", Form::Text, false),
    plain("campaign", Form::Text, false),
    plain("birthOn", Form::Date, true),
    plain("gender", Form::OneOf(GENDERS), false),
    plain("school", Form::Text, false),
    plain("level", Form::Text, false),
    plain("channel", Form::Word, false),
    plain("address", Form::Text, false),
    plain("note", Form::Text, false),
    plain("externalId", Form::Text, false),
];

impl PointKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Phone, Self::Email, Self::Zalo, Self::Facebook];

    /// Its key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Zalo => "zalo",
            Self::Facebook => "facebook",
        }
    }

    /// Reads its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The canonical form of a value, if it can be read as such a point.
    pub fn canonical(self, raw: &str) -> Option<String> {
        match self {
            Self::Phone => phone::parse_phone(raw).map(|number| number.as_str().to_owned()),
            Self::Email => email::parse_email(raw),
            Self::Zalo | Self::Facebook => {
                let text = raw.trim();
                (!text.is_empty()).then(|| text.to_owned())
            }
        }
    }
}

impl Field {
    /// The first phone.
    pub fn first(kind: PointKind) -> Self {
        Self::Point { kind, slot: "1".to_owned() }
    }

    /// The key by which screens name it.
    pub fn key(&self) -> String {
        match self {
            Self::Plain(plain) => plain.key.to_owned(),
            Self::Point { kind, slot } => format!("{}.{slot}", kind.key()),
            Self::Custom(id) => format!("custom.{id}"),
        }
    }

    /// The key of its register in the document.
    pub fn register(&self) -> String {
        match self {
            Self::Plain(plain) => format!("profile/{}", plain.key),
            Self::Point { kind, slot } => format!("point/{}.{slot}", kind.key()),
            Self::Custom(id) => format!("custom/{id}"),
        }
    }

    /// The field that a register belongs to, if it is a field's.
    pub fn of_register(key: &str) -> Option<Self> {
        let (section, name) = key.split_once('/')?;
        match section {
            "profile" => PLAIN_FIELDS.iter().find(|plain| plain.key == name).map(|plain| Self::Plain(*plain)),
            "point" if name.ends_with(".raw") => None,
            "point" => name.parse().ok(),
            "custom" => name.parse().ok().map(Self::Custom),
            _ => None,
        }
    }

    /// Whether a person decides when devices disagree.
    pub fn needs_review(&self) -> bool {
        match self {
            Self::Plain(plain) => plain.needs_review,
            Self::Point { kind, .. } => matches!(kind, PointKind::Phone | PointKind::Email),
            Self::Custom(_) => false,
        }
    }

    /// Brings a typed value to its canonical form; `None` clears the field.
    ///
    /// A phone or an e-mail that cannot be read is kept as typed: at a desk nothing may be lost.
    ///
    /// # Errors
    /// [`FieldError`] if the value cannot stand in this field.
    pub fn normalise(&self, typed: &str) -> Result<Option<String>, FieldError> {
        let text = fold::nfc(typed.trim());
        if text.chars().count() > TEXT_CHARS_MAX {
            return Err(FieldError::TooLong);
        }
        if text.is_empty() {
            return Ok(None);
        }
        match self {
            Self::Point { kind, .. } => Ok(Some(kind.canonical(&text).unwrap_or(text))),
            Self::Custom(_) => Ok(Some(text)),
            Self::Plain(plain) => match plain.form {
                Form::Text => Ok(Some(text)),
                Form::Name => Ok(Some(text.split_whitespace().collect::<Vec<_>>().join(" "))),
                Form::Word => Ok(Some(text.to_lowercase())),
                Form::OneOf(words) => {
                    let word = text.to_lowercase();
                    if words.contains(&word.as_str()) { Ok(Some(word)) } else { Err(FieldError::NotAChoice) }
                }
                Form::Id => text
                    .parse::<DefinitionId>()
                    .map(|id| Some(id.to_string()))
                    .map_err(|_| FieldError::NotAnId),
                Form::Date => date::parse_date(&text, date::DateOrder::DayMonthYear)
                    .date()
                    .map(|day| Some(day.format("%Y-%m-%d").to_string()))
                    .ok_or(FieldError::NotADate),
            },
        }
    }
}

impl FromStr for Field {
    type Err = FieldError;

    fn from_str(key: &str) -> Result<Self, FieldError> {
        if let Some(plain) = PLAIN_FIELDS.iter().find(|plain| plain.key == key) {
            return Ok(Self::Plain(*plain));
        }
        let (kind, rest) = key.split_once('.').ok_or(FieldError::Unknown)?;
        if kind == "custom" {
            return rest.parse().map(Self::Custom).map_err(|_| FieldError::Unknown);
        }
        let kind = PointKind::from_key(kind).ok_or(FieldError::Unknown)?;
        let is_slot =
            !rest.is_empty() && rest.len() <= 26 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_slot { Ok(Self::Point { kind, slot: rest.to_owned() }) } else { Err(FieldError::Unknown) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_registers_read_back() {
        for key in ["fullName", "birthOn", "phone.1", "email.01ARZ3NDEKTSV4RRFFQ69G5FAV"] {
            let field: Field = key.parse().unwrap();
            assert_eq!(field.key(), key);
            assert_eq!(Field::of_register(&field.register()), Some(field));
        }
        assert_eq!("phone.".parse::<Field>(), Err(FieldError::Unknown));
        assert_eq!("shoeSize".parse::<Field>(), Err(FieldError::Unknown));
        assert_eq!(Field::of_register("point/phone.1.raw"), None);
    }

    #[test]
    fn values_are_brought_to_their_form() {
        let field = |key: &str| key.parse::<Field>().unwrap();
        let canonical = |key: &str, typed: &str| field(key).normalise(typed).unwrap().unwrap();
        assert_eq!(canonical("phone.1", "0912.345.678"), "+84912345678");
        assert_eq!(canonical("phone.1", "gọi mẹ"), "gọi mẹ");
        assert_eq!(canonical("birthOn", "02/03/2012"), "2012-03-02");
        assert_eq!(canonical("fullName", "  Trần   Thị  Lan "), "Trần Thị Lan");
        assert_eq!(field("birthOn").normalise("khi nào"), Err(FieldError::NotADate));
        assert_eq!(field("owner").normalise("Lan"), Err(FieldError::NotAnId));
        assert_eq!(field("level").normalise("  "), Ok(None));
        assert_eq!(canonical("status", " Trial "), "trial");
        for key in ["status", "kind", "gender"] {
            assert_eq!(field(key).normalise("vip"), Err(FieldError::NotAChoice), "{key}");
            assert_eq!(field(key).normalise(""), Ok(None), "{key}");
        }
    }
}
