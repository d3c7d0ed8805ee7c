//! Bytes to text: the encodings in which Vietnamese lists are still found.
//!
//! UTF-8 and UTF-16 are recognised by their form. Everything else is decoded in each of the likely ways and
//! the way wins that gives the most well-formed Vietnamese syllables.

mod legacy;
mod syllable;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use ts_rs::TS;

use crate::fold::nfc;

/// An encoding that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum TextEncoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16, little end first: "Unicode text" of Excel.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// Windows Vietnamese, tone marks as characters of their own.
    #[serde(rename = "windows-1258")]
    Windows1258,
    /// Windows Western European.
    #[serde(rename = "windows-1252")]
    Windows1252,
    /// TCVN 5712, the encoding of the `.VnTime` fonts ("ABC").
    Tcvn3,
    /// The encoding of the `VNI-Times` fonts.
    Vni,
}

/// Text read from bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodedText {
    /// The text, composed (NFC), without byte order mark.
    pub text: String,
    /// The encoding it was read in.
    pub encoding: TextEncoding,
    /// Whether some bytes had no meaning in that encoding; they are `U+FFFD` in the text.
    pub had_errors: bool,
}

/// How many bytes are decoded in each of the likely ways; of a longer file those lines that have marks.
const GUESS_BYTES_MAX: usize = 512 * 1024;

/// Decodes bytes in `encoding`, or in the likeliest one.
pub fn decode_text(bytes: &[u8], encoding: Option<TextEncoding>) -> DecodedText {
    let encoding = encoding.unwrap_or_else(|| guess_encoding(bytes));
    let (text, had_errors) = decode(bytes, encoding);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    DecodedText { text: nfc(text), encoding, had_errors }
}

/// Guesses the encoding of a text file.
pub fn guess_encoding(bytes: &[u8]) -> TextEncoding {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => return TextEncoding::Utf8,
        [0xff, 0xfe, ..] => return TextEncoding::Utf16Le,
        [0xfe, 0xff, ..] => return TextEncoding::Utf16Be,
        _ => {}
    }
    if let Some(utf16) = guess_utf16(&bytes[..bytes.len().min(GUESS_BYTES_MAX)]) {
        return utf16;
    }
    // The first mark may stand behind a hundred thousand names without any.
    if is_mostly_utf8(bytes) {
        return TextEncoding::Utf8;
    }
    let sample = &marked_lines(bytes);
    let legacy = [TextEncoding::Windows1258, TextEncoding::Tcvn3, TextEncoding::Vni];
    let best = legacy
        .into_iter()
        .map(|encoding| (syllable::score(&nfc(&decode(sample, encoding).0)), encoding))
        .max_by_key(|(score, encoding)| (*score, *encoding == TextEncoding::Windows1258));
    match best {
        Some((score, encoding)) if score > 0 => encoding,
        _ => TextEncoding::Windows1252,
    }
}

/// Repairs text that was read in the wrong encoding: `Nguyá»…n`, `NguyÔn`, `Nguyeãn` are all `Nguyễn`.
///
/// For cells of spreadsheets, which are Unicode but were filled by old fonts or careless programs. Gives the
/// text and the encoding it really was in; none when the text is fine or cannot be helped.
pub fn repair_text(text: &str) -> Option<(String, TextEncoding)> {
    if text.is_ascii() {
        return None;
    }
    let (bytes, _, had_errors) = WINDOWS_1252.encode(text);
    if had_errors {
        return None;
    }
    if let Ok(utf8) = std::str::from_utf8(&bytes) {
        return Some((nfc(utf8), TextEncoding::Utf8));
    }
    let before = syllable::score(text);
    [TextEncoding::Tcvn3, TextEncoding::Vni]
        .into_iter()
        .map(|encoding| (nfc(&decode(&bytes, encoding).0), encoding))
        .map(|(text, encoding)| (syllable::score(&text), text, encoding))
        .filter(|(score, ..)| *score > before.max(0))
        .max_by_key(|(score, ..)| *score)
        .map(|(_, text, encoding)| (text, encoding))
}

fn decode(bytes: &[u8], encoding: TextEncoding) -> (Cow<'_, str>, bool) {
    let standard = match encoding {
        TextEncoding::Utf8 => UTF_8,
        TextEncoding::Utf16Le => UTF_16LE,
        TextEncoding::Utf16Be => UTF_16BE,
        TextEncoding::Windows1258 => WINDOWS_1258,
        TextEncoding::Windows1252 => WINDOWS_1252,
        TextEncoding::Tcvn3 => return (Cow::Owned(legacy::decode_tcvn3(bytes)), false),
        TextEncoding::Vni => return (Cow::Owned(legacy::decode_vni(bytes)), false),
    };
    standard.decode_without_bom_handling(bytes)
}

/// Lines that are not plain ASCII, as many as the guess needs.
fn marked_lines(bytes: &[u8]) -> Vec<u8> {
    if bytes.len() <= GUESS_BYTES_MAX {
        return bytes.to_vec();
    }
    let mut sample = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        let room = GUESS_BYTES_MAX - sample.len();
        sample.extend_from_slice(&line[..line.len().min(room)]);
        if sample.len() >= GUESS_BYTES_MAX {
            break;
        }
    }
    sample
}

/// UTF-16 without a mark shows by its zero bytes: most letters and separators are below U+0100.
fn guess_utf16(sample: &[u8]) -> Option<TextEncoding> {
    let pairs = sample.len() / 2;
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if pairs < 2 || (even + odd) * 4 < pairs {
        return None;
    }
    if odd > even * 4 {
        Some(TextEncoding::Utf16Le)
    } else if even > odd * 4 {
        Some(TextEncoding::Utf16Be)
    } else {
        None
    }
}

/// Whether the bytes are UTF-8, a few damaged ones among many good ones allowed.
fn is_mostly_utf8(sample: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good > bad * 8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    const TEXT: &str = "Họ và tên,Số điện thoại\nNguyễn Thị Phương Thuỳ,0912345678\nĐỗ Hữu Được,0987654321\n";

    /// Writes Vietnamese in windows-1258: base letters composed, tones apart, as Windows does.
    fn windows_1258(text: &str) -> Vec<u8> {
        let mut out = String::new();
        for c in text.chars() {
            let marks: Vec<char> = std::iter::once(c).nfd().collect();
            let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
            out.extend(marks.iter().filter(|c| !is_tone(c)).copied().nfc());
            out.extend(marks.iter().filter(|c| is_tone(c)));
        }
        let (bytes, _, had_errors) = WINDOWS_1258.encode(&out);
        assert!(!had_errors);
        bytes.into_owned()
    }

    fn utf16(text: &str, is_little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    }

    #[test]
    fn every_encoding_is_recognised_and_reads_the_same() {
        let marked = format!("\u{feff}{TEXT}");
        for (bytes, encoding) in [
            (TEXT.as_bytes().to_vec(), TextEncoding::Utf8),
            (marked.as_bytes().to_vec(), TextEncoding::Utf8),
            (TEXT.nfd().collect::<String>().into_bytes(), TextEncoding::Utf8),
            (utf16(TEXT, true), TextEncoding::Utf16Le),
            (utf16(&marked, true), TextEncoding::Utf16Le),
            (utf16(TEXT, false), TextEncoding::Utf16Be),
            (utf16(&marked, false), TextEncoding::Utf16Be),
            (windows_1258(TEXT), TextEncoding::Windows1258),
            (legacy::encode_tcvn3(TEXT), TextEncoding::Tcvn3),
            (legacy::encode_vni(TEXT), TextEncoding::Vni),
        ] {
            let decoded = decode_text(&bytes, None);
            assert_eq!(decoded.encoding, encoding);
            // The capital tones of TCVN3 live in another font.
            let same = |text: &str| {
                if encoding == TextEncoding::Tcvn3 { text.to_lowercase() } else { text.to_owned() }
            };
            assert_eq!(same(&decoded.text), same(TEXT), "{encoding:?}");
            assert!(!decoded.had_errors);
        }
    }

    #[test]
    fn marks_far_down_in_a_file_count() {
        let plain = "Le Van An,0912345678\n".repeat(60_000);
        assert!(plain.len() > 2 * GUESS_BYTES_MAX);
        for (marked, encoding) in [
            (windows_1258(TEXT), TextEncoding::Windows1258),
            (legacy::encode_tcvn3(TEXT), TextEncoding::Tcvn3),
            (TEXT.as_bytes().to_vec(), TextEncoding::Utf8),
        ] {
            let bytes = [plain.as_bytes(), &marked].concat();
            let decoded = decode_text(&bytes, None);
            assert_eq!((decoded.encoding, decoded.had_errors), (encoding, false));
            assert!(decoded.text.to_lowercase().contains("nguyễn thị phương thuỳ"));
        }
    }

    #[test]
    fn western_text_is_not_taken_for_vietnamese() {
        let (bytes, ..) = WINDOWS_1252.encode("Name,City\nJosé Müller,Zürich\nFrançois Lefèvre,Besançon\n");
        assert_eq!(guess_encoding(&bytes), TextEncoding::Windows1252);
        assert_eq!(guess_encoding(b"Name,Phone\nAn,0912345678\n"), TextEncoding::Utf8);
        assert_eq!(guess_encoding(b""), TextEncoding::Utf8);
    }

    #[test]
    fn damaged_utf8_is_still_utf8() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.push(0xc3);
        let decoded = decode_text(&bytes, None);
        assert_eq!(decoded.encoding, TextEncoding::Utf8);
        assert!(decoded.had_errors);
    }

    #[test]
    fn text_read_in_the_wrong_encoding_is_repaired() {
        let wrong = |bytes: &[u8]| WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
        let name = "Nguyễn Thị Thuỷ";
        for (bytes, encoding) in [
            (name.as_bytes().to_vec(), TextEncoding::Utf8),
            (legacy::encode_tcvn3(name), TextEncoding::Tcvn3),
            (legacy::encode_vni(name), TextEncoding::Vni),
        ] {
            assert_eq!(repair_text(&wrong(&bytes)), Some((name.to_owned(), encoding)));
        }
        for fine in [name, "Đỗ Hà", "José Müller", "Tô Sơn", "lan", ""] {
            assert_eq!(repair_text(fine), None, "{fine}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_decoded(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            decode_text(&bytes, None);
            for encoding in [TextEncoding::Utf16Le, TextEncoding::Windows1258, TextEncoding::Tcvn3, TextEncoding::Vni] {
                decode_text(&bytes, Some(encoding));
            }
        }

        #[test]
        fn any_text_is_examined(text in any::<String>()) {
            repair_text(&text);
        }
    }
}
