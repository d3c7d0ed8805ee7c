//! Opening the file of an import.

use std::sync::Arc;

use formats::{
    fold::fold,
    mapping::{TargetField, guess_columns},
    table::{FileKind, HeaderRow, ReadOptions, Source, TableError},
    text::TextEncoding,
};

use super::{
    view::{ImportMapping, ImportReading},
    words,
};
use crate::{contact::field::Field, id::DefinitionId};

/// Opens the bytes as a person chose, or as was found out.
///
/// # Errors
/// [`TableError`] if the file is empty, too large, of no known kind or damaged.
pub fn open(bytes: Vec<u8>, file_name: &str, reading: &ImportReading) -> Result<Source, TableError> {
    let encoding = reading.encoding.as_deref().and_then(encoding_of);
    let options = ReadOptions {
        encoding,
        delimiter: reading.delimiter.as_deref().and_then(|text| text.chars().next()),
        header_row: match reading.header_row {
            None => HeaderRow::Detect,
            Some(0) => HeaderRow::None,
            Some(row) => HeaderRow::At(row),
        },
        sheet: reading.sheet.clone(),
    };
    Source::open(Arc::<[u8]>::from(bytes), file_name, &options)
}

/// Whether the bytes are plainly in another encoding: no row came out of them, or most of what has a meaning in no
/// language.
///
/// # Errors
/// [`TableError`] if the rows cannot be read.
pub fn is_misread(source: &mut Source) -> Result<bool, TableError> {
    let layout = source.layout();
    let sample = layout.sample.iter().flat_map(|row| &row.cells).chain(&layout.columns);
    let letters = sample.flat_map(|cell| cell.chars()).filter(|letter| !letter.is_ascii_whitespace());
    let (mut all, mut lost) = (0_usize, 0_usize);
    for letter in letters {
        all += 1;
        lost += usize::from(letter == char::REPLACEMENT_CHARACTER);
    }
    Ok(lost * 2 > all || source.rows()?.next().is_none())
}

/// How it is read in the end: what was chosen, filled with what was found out.
pub fn settled(source: &Source) -> ImportReading {
    let layout = source.layout();
    ImportReading {
        encoding: layout.encoding.map(encoding_word),
        delimiter: layout.delimiter.map(String::from),
        header_row: Some(layout.header_row.unwrap_or(0)),
        sheet: layout.sheet.clone(),
    }
}

/// The word of a kind of file.
pub fn kind_word(source: &Source, file_name: &str) -> String {
    let layout = source.layout();
    match layout.kind {
        FileKind::Delimited if file_name.is_empty() => "pasted",
        FileKind::Delimited if layout.origin.is_some() => "googleCsv",
        FileKind::Delimited => "csv",
        FileKind::Vcard => "vcard",
        FileKind::Json => "json",
        FileKind::Xlsx | FileKind::Xls | FileKind::Ods => "xlsx",
    }
    .to_owned()
}

/// Guesses how the columns are understood.
pub fn guess_mapping(source: &Source) -> ImportMapping {
    let layout = source.layout();
    let guesses = guess_columns(&layout.columns, &layout.sample);
    let order = guesses
        .iter()
        .filter(|guess| guess.field == TargetField::BirthDate)
        .chain(&guesses)
        .find_map(|guess| guess.date_order.as_ref());
    ImportMapping {
        columns: guesses.iter().map(|guess| words::target_name(&guess.field)).collect(),
        confidence: guesses.iter().map(|guess| (guess.confidence.clamp(0.0, 1.0) * 100.0) as u32).collect(),
        match_keys: ["externalId", "phone", "email", "nameBirth"].map(str::to_owned).to_vec(),
        date_order: order.map_or("dmy", |guess| words::date_order_word(guess.order)).to_owned(),
        mode: "both".to_owned(),
        ..ImportMapping::default()
    }
}

/// Finds the columns of fields that managers defined, by the heading that an export gives them or by their key.
pub fn name_own_fields(mapping: &mut ImportMapping, header: &[String], own: &[(DefinitionId, String)]) {
    let columns = mapping.columns.iter_mut().zip(&mut mapping.confidence).zip(header);
    let mut left: Vec<_> = own.iter().collect();
    for ((target, confidence), heading) in columns {
        let heading = fold(heading);
        let found = left.iter().position(|(id, own)| fold(own) == heading || fold(&key_of(*id)) == heading);
        if let Some(at) = found {
            *target = key_of(left.swap_remove(at).0);
            *confidence = 100;
        }
    }
}

fn key_of(id: DefinitionId) -> String {
    Field::Custom(id).key()
}

/// Things worth saying about the file: codes for the screens.
pub fn warnings(source: &Source) -> Vec<String> {
    let layout = source.layout();
    let mut warnings = Vec::new();
    if layout.had_decode_errors {
        warnings.push("undecodable".to_owned());
    }
    if layout.repaired_from.is_some() {
        warnings.push("oldFont".to_owned());
    }
    if layout.header_row.is_none() {
        warnings.push("noHeader".to_owned());
    }
    let guesses = guess_columns(&layout.columns, &layout.sample);
    let is_unclear = guesses
        .iter()
        .filter_map(|guess| guess.date_order.as_ref())
        .any(|order| order.ambiguous > 0 && order.confidence < 0.9);
    if is_unclear {
        warnings.push("ambiguousDates".to_owned());
    }
    warnings
}

fn encoding_word(encoding: TextEncoding) -> String {
    match encoding {
        TextEncoding::Utf8 => "utf-8",
        TextEncoding::Utf16Le => "utf-16le",
        TextEncoding::Utf16Be => "utf-16be",
        TextEncoding::Windows1258 => "windows-1258",
        TextEncoding::Windows1252 => "windows-1252",
        TextEncoding::Tcvn3 => "tcvn3",
        TextEncoding::Vni => "vni",
    }
    .to_owned()
}

fn encoding_of(word: &str) -> Option<TextEncoding> {
    Some(match word {
        "utf-8" => TextEncoding::Utf8,
        "utf-16le" => TextEncoding::Utf16Le,
        "utf-16be" => TextEncoding::Utf16Be,
        "windows-1258" => TextEncoding::Windows1258,
        "windows-1252" => TextEncoding::Windows1252,
        "tcvn3" => TextEncoding::Tcvn3,
        "vni" => TextEncoding::Vni,
        _ => return None,
    })
}
