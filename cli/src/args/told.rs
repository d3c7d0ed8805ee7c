//! What is wrong with the words of a command line, before any command runs.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::refusal::Told;

/// What a program is told: the library says the first line in English, the sentence here says it in Vietnamese.
pub fn told(error: &clap::Error) -> Told {
    let english = error.to_string();
    let english = match error.kind() {
        ErrorKind::InvalidUtf8 => {
            "an argument is not UTF-8; set the terminal to UTF-8 and type it again".to_owned()
        }
        _ => english.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned(),
    };
    Told { code: "bad_argument".to_owned(), english, vietnamese: vietnamese(error), fields: Vec::new() }
}

/// Names the argument that is wrong, and what is right.
pub fn vietnamese(error: &clap::Error) -> String {
    let said = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let (argument, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    let right = said(ContextKind::ValidValue);
    let nearest = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].map(said).concat();
    let maybe = if nearest.is_empty() { String::new() } else { format!(" Có phải là {nearest}?") };
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} cần một giá trị."),
        ErrorKind::InvalidValue => format!("{argument} không nhận “{value}”; dùng một trong: {right}."),
        ErrorKind::ValueValidation => format!("{argument} không nhận “{value}”; xem --help của lệnh này."),
        ErrorKind::UnknownArgument => format!("Không có tham số {argument}.{maybe}"),
        ErrorKind::InvalidSubcommand => {
            format!("Không có lệnh {}.{maybe} Xem `quen --help`.", said(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("Thiếu {argument}; xem --help của lệnh này."),
        ErrorKind::ArgumentConflict => {
            format!("Không dùng {argument} cùng lúc với {}.", said(ContextKind::PriorArg))
        }
        ErrorKind::InvalidUtf8 => {
            "Có tham số không phải chữ UTF-8; đặt cửa sổ lệnh ở UTF-8 rồi gõ lại.".to_owned()
        }
        _ => "Lệnh viết chưa đúng; xem `quen --help`.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::Args;

    fn refused(args: &[&str]) -> String {
        let args = ["quen"].iter().chain(args);
        told(&Args::try_parse_from(args).expect_err("refused")).vietnamese
    }

    #[test]
    fn wrong_words_of_a_command_are_named_in_vietnamese() {
        for (args, names) in [
            (&["import", "a.csv", "--mode", "merge"][..], ["--mode <MODE>", "merge", "create, update, both"]),
            (&["import", "a.csv", "--moed", "both"], ["--moed", "--mode", "Không có tham số"]),
            (&["exprot", "a.csv"], ["exprot", "export", "Không có lệnh"]),
            (&["edit", "lan"], ["Thiếu", "FIELDS", "--help"]),
            (&["list", "--limit", "nhiều"], ["--limit", "nhiều", "--help"]),
            (&["import", "a.csv", "--delimiter", "ab"], ["--delimiter", "ab", "--help"]),
        ] {
            let told = refused(args);
            assert!(names.iter().all(|name| told.contains(name)), "{args:?}: {told}");
        }
    }
}
