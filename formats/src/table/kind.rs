//! What sort of file some bytes are.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A sort of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Text with a delimiter: CSV, TSV, what is pasted from a sheet.
    Delimited,
    /// Excel from 2007 on.
    Xlsx,
    /// Excel before 2007.
    Xls,
    /// OpenDocument.
    Ods,
    /// Address book cards.
    Vcard,
    /// A list of records.
    Json,
}

/// Finds the kind of a file by its first bytes; the name only decides between readings of text.
///
/// None for what is neither text nor a workbook: pictures, PDF, programs.
pub fn detect_kind(bytes: &[u8], file_name: &str) -> Option<FileKind> {
    let name = file_name.to_lowercase();
    if bytes.starts_with(b"PK\x03\x04") {
        // OpenDocument stores its type first, unpacked.
        let start = &bytes[..bytes.len().min(200)];
        let is_ods = find(start, b"opendocument.spreadsheet") || name.ends_with(".ods");
        return Some(if is_ods { FileKind::Ods } else { FileKind::Xlsx });
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(FileKind::Xls);
    }
    let is_foreign = [
        &b"%PDF"[..],
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x7fELF",
        b"MZ\x90",
        b"\x1f\x8b",
        b"Rar!",
        b"7z\xbc\xaf",
    ]
    .iter()
    .any(|magic| bytes.starts_with(magic));
    if is_foreign || looks_binary(bytes) {
        return None;
    }
    let start: Vec<u8> = bytes.iter().take(400).filter(|byte| **byte != 0).copied().collect();
    let start = String::from_utf8_lossy(&start);
    let start = start.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    if start.get(..11).is_some_and(|begin| begin.eq_ignore_ascii_case("BEGIN:VCARD")) {
        return Some(FileKind::Vcard);
    }
    let is_json = (start.starts_with('[') || start.starts_with('{')) && serde_json_like(start);
    Some(if is_json { FileKind::Json } else { FileKind::Delimited })
}

/// A list or record opens and something of JSON follows.
fn serde_json_like(start: &str) -> bool {
    let rest = start[1..].trim_start();
    rest.starts_with(['{', '"', '[', ']', '}']) || rest.is_empty()
}

/// Control characters that no text has, one in a hundred or more.
fn looks_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(4096)];
    let text = crate::text::decode_text(sample, None).text;
    let is_odd = |c: &char| {
        c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}' | '\u{80}'..='\u{9f}')
    };
    let controls = text.chars().filter(is_odd).count();
    controls * 100 > text.chars().count()
}

fn find(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_show_in_the_first_bytes() {
        for (bytes, name, kind) in [
            (&b"Name,Phone\nAn,1"[..], "a.csv", Some(FileKind::Delimited)),
            (b"Name\tPhone", "", Some(FileKind::Delimited)),
            (b"\xff\xfeN\0a\0m\0e\0\t\0P\0", "leads.csv", Some(FileKind::Delimited)),
            (b"BEGIN:VCARD\r\nVERSION:2.1", "a.txt", Some(FileKind::Vcard)),
            (b"\xef\xbb\xbfbegin:vcard\n", "a.vcf", Some(FileKind::Vcard)),
            (b"[{\"name\":\"An\"}]", "a.json", Some(FileKind::Json)),
            (b"[An],1", "a.csv", Some(FileKind::Delimited)),
            (b"PK\x03\x04....", "a.xlsx", Some(FileKind::Xlsx)),
            (
                b"PK\x03\x04...mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                "a",
                Some(FileKind::Ods),
            ),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", Some(FileKind::Xls)),
            (b"\x89PNG\r\n", "a.csv", None),
            (b"%PDF-1.7", "a.csv", None),
            (b"\x00\x01\x02\x03\x04\x05\x06", "a.csv", None),
        ] {
            assert_eq!(detect_kind(bytes, name), kind, "{name} {bytes:?}");
        }
    }
}
