//! Two encodings older than Unicode that live on in files made with old fonts.
//!
//! TCVN 5712:1993 ("ABC", `.VnTime`) gives each small letter a byte; capital letters with tones are the small
//! ones in a font of capitals. VNI writes a plain letter and then a byte for its marks.

/// The upper half of TCVN3 that is used, as (byte, letter).
const TCVN3: [(u8, char); 74] = [
    (0xa1, 'Ă'),
    (0xa2, 'Â'),
    (0xa3, 'Ê'),
    (0xa4, 'Ô'),
    (0xa5, 'Ơ'),
    (0xa6, 'Ư'),
    (0xa7, 'Đ'),
    (0xa8, 'ă'),
    (0xa9, 'â'),
    (0xaa, 'ê'),
    (0xab, 'ô'),
    (0xac, 'ơ'),
    (0xad, 'ư'),
    (0xae, 'đ'),
    (0xb5, 'à'),
    (0xb6, 'ả'),
    (0xb7, 'ã'),
    (0xb8, 'á'),
    (0xb9, 'ạ'),
    (0xbb, 'ằ'),
    (0xbc, 'ẳ'),
    (0xbd, 'ẵ'),
    (0xbe, 'ắ'),
    (0xc6, 'ặ'),
    (0xc7, 'ầ'),
    (0xc8, 'ẩ'),
    (0xc9, 'ẫ'),
    (0xca, 'ấ'),
    (0xcb, 'ậ'),
    (0xcc, 'è'),
    (0xce, 'ẻ'),
    (0xcf, 'ẽ'),
    (0xd0, 'é'),
    (0xd1, 'ẹ'),
    (0xd2, 'ề'),
    (0xd3, 'ể'),
    (0xd4, 'ễ'),
    (0xd5, 'ế'),
    (0xd6, 'ệ'),
    (0xd7, 'ì'),
    (0xd8, 'ỉ'),
    (0xdc, 'ĩ'),
    (0xdd, 'í'),
    (0xde, 'ị'),
    (0xdf, 'ò'),
    (0xe1, 'ỏ'),
    (0xe2, 'õ'),
    (0xe3, 'ó'),
    (0xe4, 'ọ'),
    (0xe5, 'ồ'),
    (0xe6, 'ổ'),
    (0xe7, 'ỗ'),
    (0xe8, 'ố'),
    (0xe9, 'ộ'),
    (0xea, 'ờ'),
    (0xeb, 'ở'),
    (0xec, 'ỡ'),
    (0xed, 'ớ'),
    (0xee, 'ợ'),
    (0xef, 'ù'),
    (0xf1, 'ủ'),
    (0xf2, 'ũ'),
    (0xf3, 'ú'),
    (0xf4, 'ụ'),
    (0xf5, 'ừ'),
    (0xf6, 'ử'),
    (0xf7, 'ữ'),
    (0xf8, 'ứ'),
    (0xf9, 'ự'),
    (0xfa, 'ỳ'),
    (0xfb, 'ỷ'),
    (0xfc, 'ỹ'),
    (0xfd, 'ý'),
    (0xfe, 'ỵ'),
];

/// VNI's small letters that are one byte; the capital is 0x20 lower.
const VNI_LETTERS: [(u8, char); 9] = [
    (0xf4, 'ơ'),
    (0xf6, 'ư'),
    (0xf1, 'đ'),
    (0xed, 'í'),
    (0xec, 'ì'),
    (0xe6, 'ỉ'),
    (0xf3, 'ĩ'),
    (0xf2, 'ị'),
    (0xee, 'ỵ'),
];
/// VNI's marks behind a small letter, as combining characters; behind a capital they are 0x20 lower.
const VNI_MARKS: [(u8, &str); 17] = [
    (0xf9, "\u{301}"),
    (0xf8, "\u{300}"),
    (0xfb, "\u{309}"),
    (0xf5, "\u{303}"),
    (0xef, "\u{323}"),
    (0xe2, "\u{302}"),
    (0xe1, "\u{302}\u{301}"),
    (0xe0, "\u{302}\u{300}"),
    (0xe5, "\u{302}\u{309}"),
    (0xe3, "\u{302}\u{303}"),
    (0xe4, "\u{323}\u{302}"),
    (0xea, "\u{306}"),
    (0xe9, "\u{306}\u{301}"),
    (0xe8, "\u{306}\u{300}"),
    (0xfa, "\u{306}\u{309}"),
    (0xfc, "\u{306}\u{303}"),
    (0xeb, "\u{323}\u{306}"),
];

/// Decodes TCVN3; bytes that it does not use stay as in Latin-1.
pub(super) fn decode_tcvn3(bytes: &[u8]) -> String {
    let letter =
        |byte: u8| TCVN3.iter().find(|(code, _)| *code == byte).map_or(byte as char, |(_, letter)| *letter);
    bytes.iter().map(|byte| if byte.is_ascii() { *byte as char } else { letter(*byte) }).collect()
}

/// Decodes VNI; bytes that it does not use stay as in Latin-1. The result is not composed.
pub(super) fn decode_vni(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut takes_mark = false;
    for byte in bytes.iter().copied() {
        if byte.is_ascii() {
            out.push(byte as char);
            takes_mark = matches!(byte | 0x20, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
            continue;
        }
        let small = byte | 0x20;
        let mark = VNI_MARKS.iter().find(|(code, _)| *code == small && byte >= 0xc0);
        let letter = VNI_LETTERS.iter().find(|(code, _)| *code == small && byte >= 0xc0);
        if let (true, Some((_, mark))) = (takes_mark, mark) {
            out.push_str(mark);
            takes_mark = false;
        } else if let Some((_, letter)) = letter {
            if byte == small {
                out.push(*letter);
            } else {
                out.extend(letter.to_uppercase());
            }
            takes_mark = matches!(letter, 'ơ' | 'ư');
        } else {
            out.push(byte as char);
            takes_mark = false;
        }
    }
    out
}

/// Writes TCVN3; for tests.
#[cfg(test)]
pub(super) fn encode_tcvn3(text: &str) -> Vec<u8> {
    let byte = |c: char| TCVN3.iter().find(|(_, letter)| *letter == c).map(|(code, _)| *code);
    let small = |c: char| c.to_lowercase().next().and_then(byte);
    text.chars().map(|c| if c.is_ascii() { c as u8 } else { byte(c).or_else(|| small(c)).unwrap() }).collect()
}

/// Writes VNI; for tests.
#[cfg(test)]
pub(super) fn encode_vni(text: &str) -> Vec<u8> {
    use unicode_normalization::UnicodeNormalization;
    let mut out = Vec::new();
    for c in text.chars() {
        let lower = c.to_lowercase().next().unwrap();
        let shift = if c.is_uppercase() { 0x20 } else { 0 };
        if let Some((code, _)) = VNI_LETTERS.iter().find(|(_, letter)| *letter == lower) {
            out.push(code - shift);
            continue;
        }
        let parts: Vec<char> = lower.to_string().nfd().collect();
        let (horn, rest): (Vec<char>, Vec<char>) = parts[1..].iter().partition(|mark| **mark == '\u{31b}');
        match (parts[0], horn.is_empty()) {
            ('o', false) => out.push(0xf4 - shift),
            ('u', false) => out.push(0xf6 - shift),
            _ => out.push(if shift > 0 { c.to_string().nfd().next().unwrap() as u8 } else { parts[0] as u8 }),
        }
        let marks: String = rest.iter().collect();
        if let Some((code, _)) = VNI_MARKS.iter().find(|(_, mark)| *mark == marks) {
            out.push(code - shift);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::nfc;

    #[test]
    fn known_words_decode() {
        // "NguyÔn V¨n §øc" and "Nguyeãn Vaên Ñöùc" as Latin-1 shows them.
        let latin1 = |text: &str| text.chars().map(|c| c as u8).collect::<Vec<u8>>();
        assert_eq!(decode_tcvn3(&latin1("NguyÔn V¨n §øc")), "Nguyễn Văn Đức");
        assert_eq!(nfc(&decode_vni(&latin1("Nguyeãn Vaên Ñöùc"))), "Nguyễn Văn Đức");
        assert_eq!(nfc(&decode_vni(&latin1("TRAÀN THÒ MYÕ"))), "TRẦN THỊ MỸ");
    }
}
