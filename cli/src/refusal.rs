//! Why a command cannot be carried out, in both languages.

use crm::app::ApiError;

/// A refusal of the command line itself: what is wrong, and what is right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{english}")]
pub struct Refusal {
    /// For programs.
    pub code: String,
    /// For people who read English.
    pub english: String,
    /// For people who read Vietnamese.
    pub vietnamese: String,
}

/// Refuses a command.
pub fn refused(
    code: &str,
    english: impl std::fmt::Display,
    vietnamese: impl std::fmt::Display,
) -> anyhow::Error {
    Refusal { code: code.to_owned(), english: english.to_string(), vietnamese: vietnamese.to_string() }.into()
}

/// Refuses an argument.
pub fn bad(english: impl std::fmt::Display, vietnamese: impl std::fmt::Display) -> anyhow::Error {
    refused("bad_argument", english, vietnamese)
}

/// What a person is told of an error: its code, and a sentence in either language.
pub struct Told {
    /// For programs.
    pub code: String,
    /// English.
    pub english: String,
    /// Vietnamese.
    pub vietnamese: String,
    /// Arguments that were refused, with the code of the reason.
    pub fields: Vec<(String, String)>,
}

impl Told {
    /// Puts an error into words.
    pub fn of(error: &anyhow::Error) -> Self {
        if let Some(refusal) = error.downcast_ref::<Refusal>() {
            return Self {
                code: refusal.code.clone(),
                english: refusal.english.clone(),
                vietnamese: refusal.vietnamese.clone(),
                fields: Vec::new(),
            };
        }
        let (code, detail, fields) = match error.downcast_ref::<ApiError>() {
            Some(api) => {
                let fields = api.fields.iter().map(|(field, reason)| (field.clone(), reason.clone()));
                (api.code.clone(), api.message.clone(), fields.collect())
            }
            None => ("internal".to_owned(), format!("{error:#}"), Vec::new()),
        };
        let words = crate::words::of(&code);
        let with_detail = |sentence: String| {
            if detail.is_empty() || !NEED_DETAIL.contains(&code.as_str()) {
                return sentence;
            }
            format!("{sentence} ({detail})")
        };
        Self { english: with_detail(words.english), vietnamese: with_detail(words.vietnamese), code, fields }
    }
}

/// Codes that stand for many causes: what the core said of this one follows their sentence.
const NEED_DETAIL: &[&str] = &[
    "bad_argument",
    "bad_request",
    "database",
    "document",
    "engine",
    "folder_not_writable",
    "internal",
    "key_store",
    "list_full",
    "membership",
    "too_many",
];
