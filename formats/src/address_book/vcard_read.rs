//! Reading of vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350).
//!
//! Our own reader, because old phones write each property in its own character set and encoding: lines are
//! cut as bytes and decoded one by one. What is not understood is left out; nothing is refused.

use super::{Card, display_name};
use crate::table::Limits;
use crate::text::{TextEncoding, decode_text, guess_encoding};

/// How many bytes one property may have, pictures apart.
const PROPERTY_BYTES_MAX: usize = 256 * 1024;
/// How many values of one kind a card may have.
const VALUES_MAX: usize = 64;

/// Reads all cards of a file; cards without any name, phone or e-mail address are left out.
pub fn read_vcards(bytes: &[u8], encoding: Option<TextEncoding>, limits: &Limits) -> Vec<Card> {
    let guessed = encoding.unwrap_or_else(|| guess_encoding(bytes));
    let is_wide = matches!(guessed, TextEncoding::Utf16Le | TextEncoding::Utf16Be);
    let decoded = is_wide.then(|| decode_text(bytes, Some(guessed)).text.into_bytes());
    let bytes = decoded.as_deref().unwrap_or(bytes);
    let fallback = if is_wide { TextEncoding::Utf8 } else { guessed };
    let mut cards = Vec::new();
    let mut open: Option<OpenCard> = None;
    for line in (Lines { rest: bytes }) {
        let Some(property) = Property::parse(&line, fallback) else { continue };
        match property.name.as_str() {
            "BEGIN" => open = Some(OpenCard::default()),
            "END" => {
                if let Some(card) = open.take().and_then(OpenCard::close) {
                    cards.push(card);
                }
            }
            _ => {
                if let Some(open) = &mut open {
                    open.add(property);
                }
            }
        }
        if cards.len() >= limits.rows_max {
            break;
        }
    }
    // A file that was cut off still gives its last card.
    cards.extend(open.and_then(OpenCard::close));
    cards
}

/// Logical lines: folds and soft line breaks undone.
struct Lines<'b> {
    rest: &'b [u8],
}

impl Lines<'_> {
    fn physical(&mut self) -> Option<&[u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let end = self.rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(self.rest.len());
        let line = &self.rest[..end];
        let mut next = end + usize::from(end < self.rest.len());
        if self.rest[end..].starts_with(b"\r\n") {
            next = end + 2;
        }
        self.rest = &self.rest[next..];
        Some(line)
    }
}

impl Iterator for Lines<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let mut line = self.physical()?.to_vec();
        loop {
            let is_soft = line.ends_with(b"=") && is_quoted_printable(&line);
            let is_folded = matches!(self.rest.first(), Some(b' ' | b'\t'));
            if !(is_soft || is_folded) || self.rest.is_empty() {
                return Some(line);
            }
            if is_soft {
                line.pop();
            }
            let skipped = usize::from(is_folded && !is_soft);
            let next = self.physical().unwrap_or_default();
            if line.len() < PROPERTY_BYTES_MAX {
                line.extend_from_slice(next.get(skipped..).unwrap_or_default());
            }
        }
    }
}

fn is_quoted_printable(line: &[u8]) -> bool {
    let head = line.split(|byte| *byte == b':').next().unwrap_or_default();
    String::from_utf8_lossy(head).to_ascii_uppercase().contains("QUOTED-PRINTABLE")
}

/// One property, its value still as it was written but for encoding.
struct Property {
    group: String,
    name: String,
    types: Vec<String>,
    value: String,
}

impl Property {
    fn parse(line: &[u8], fallback: TextEncoding) -> Option<Self> {
        let mut is_quoted = false;
        let colon = line.iter().position(|byte| {
            is_quoted ^= *byte == b'"';
            *byte == b':' && !is_quoted
        })?;
        let head = String::from_utf8_lossy(&line[..colon]).into_owned();
        let mut parts = head.split(';');
        let full_name = parts.next()?.trim().trim_start_matches('\u{feff}');
        let (group, name) = full_name.rsplit_once('.').unwrap_or(("", full_name));
        let name = name.to_ascii_uppercase();
        if name.is_empty() || matches!(name.as_str(), "PHOTO" | "LOGO" | "SOUND" | "KEY") {
            return None;
        }
        let (mut types, mut charset, mut is_qp) = (Vec::new(), None, false);
        for param in parts {
            let (key, value) = param.split_once('=').unwrap_or(("TYPE", param));
            let value = value.trim_matches('"');
            match key.trim().to_ascii_uppercase().as_str() {
                "CHARSET" => charset = encoding_rs::Encoding::for_label(value.as_bytes()),
                "ENCODING" if value.eq_ignore_ascii_case("QUOTED-PRINTABLE") => is_qp = true,
                "ENCODING" if !value.eq_ignore_ascii_case("8BIT") && !value.eq_ignore_ascii_case("7BIT") => {
                    return None;
                }
                "TYPE" if value.eq_ignore_ascii_case("QUOTED-PRINTABLE") => is_qp = true,
                "TYPE" => types.extend(value.split(',').map(str::to_ascii_lowercase)),
                _ => {}
            }
        }
        let raw = &line[colon + 1..];
        let bytes = if is_qp { quoted_printable(raw) } else { raw.to_vec() };
        let is_utf8 = std::str::from_utf8(&bytes).is_ok();
        let value = match charset {
            Some(charset) if !is_utf8 => crate::fold::nfc(&charset.decode_without_bom_handling(&bytes).0),
            _ => decode_text(&bytes, Some(if is_utf8 { TextEncoding::Utf8 } else { fallback })).text,
        };
        Some(Self { group: group.to_owned(), name, types, value })
    }

    /// The whole value as text.
    fn text(&self) -> String {
        unescape(&self.value).trim().to_owned()
    }

    /// The parts of a structured value, at least `count`.
    fn parts(&self, separator: char, count: usize) -> Vec<String> {
        let mut parts = vec![String::new()];
        let mut is_escaped = false;
        for c in self.value.chars() {
            match parts.last_mut() {
                Some(last) if c != separator || is_escaped => last.push(c),
                _ => parts.push(String::new()),
            }
            is_escaped = c == '\\' && !is_escaped;
        }
        let mut parts: Vec<String> = parts.iter().map(|part| unescape(part).trim().to_owned()).collect();
        parts.resize(parts.len().max(count), String::new());
        parts
    }
}

fn quoted_printable(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        let code = raw.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match (raw[at], code.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'=', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(escaped @ (',' | ';' | ':' | '\\')) => out.push(escaped),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
            '\r' => {}
            _ => out.push(c),
        }
    }
    out
}

/// A card between BEGIN and END.
#[derive(Default)]
struct OpenCard {
    card: Card,
    shown: String,
    /// Related people whose label stands in another property of the group.
    relations: Vec<(String, String)>,
}

impl OpenCard {
    fn add(&mut self, property: Property) {
        let card = &mut self.card;
        match property.name.as_str() {
            "FN" => keep_first(&mut self.shown, property.text()),
            "N" => {
                // Several names in one part stand with commas.
                let parts = property.parts(';', 4).into_iter().map(|part| part.replace(',', " "));
                let [family, given, middle, prefix] = first_four(parts.collect());
                (card.family, card.given, card.middle, card.prefix) = (family, given, middle, prefix);
            }
            "NICKNAME" => keep_first(&mut card.nickname, property.text()),
            "TEL" if property.types.iter().any(|kind| matches!(kind.as_str(), "fax" | "pager")) => {
                let kind = if property.types.iter().any(|kind| kind == "fax") { "Fax" } else { "Pager" };
                add_line(&mut card.note, format!("{kind}: {}", property.text().trim_start_matches("tel:")));
            }
            "TEL" => push(&mut card.phones, property.text().trim_start_matches("tel:").to_owned()),
            "EMAIL" => push(&mut card.emails, property.text().trim_start_matches("mailto:").to_owned()),
            "BDAY" => keep_first(&mut card.birthday, property.text()),
            "GENDER" => keep_first(&mut card.gender, property.parts(';', 1).join(" ").trim().to_owned()),
            "ORG" => keep_first(&mut card.organisation, joined(property.parts(';', 1))),
            "TITLE" => keep_first(&mut card.title, property.text()),
            "ADR" => push(&mut card.addresses, joined(property.parts(';', 1))),
            "CATEGORIES" => {
                property.parts(',', 1).into_iter().for_each(|name| push(&mut card.categories, name))
            }
            "NOTE" => add_line(&mut card.note, property.text()),
            "URL" | "X-SOCIALPROFILE" | "IMPP" => push(&mut card.urls, property.text()),
            "RELATED" | "X-ABRELATEDNAMES" => {
                let label = property.types.iter().find(|kind| *kind != "pref").cloned().unwrap_or_default();
                self.relations.push((property.group.clone(), format!("{label}:{}", property.text())));
            }
            "X-ABLABEL" => {
                let label = property.text().replace("_$!<", "").replace(">!$_", "");
                if let Some((_, relation)) =
                    self.relations.iter_mut().find(|(group, _)| *group == property.group)
                {
                    *relation = format!("{label}{}", &relation[relation.find(':').unwrap_or(0)..]);
                }
            }
            "UID" => keep_first(&mut card.uid, property.text()),
            _ => {}
        }
    }

    fn close(mut self) -> Option<Card> {
        let card = &mut self.card;
        card.full_name = display_name(&self.shown, &card.family, &card.middle, &card.given);
        card.relations =
            self.relations.into_iter().map(|(_, text)| text.trim_matches(':').to_owned()).collect();
        card.relations.truncate(VALUES_MAX);
        let is_person = !card.full_name.is_empty() || !card.phones.is_empty() || !card.emails.is_empty();
        is_person.then_some(self.card)
    }
}

fn first_four(parts: Vec<String>) -> [String; 4] {
    let mut parts = parts.into_iter();
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

fn joined(parts: Vec<String>) -> String {
    let filled: Vec<String> =
        parts.iter().filter(|part| !part.is_empty()).map(|part| part.replace('\n', ", ")).collect();
    filled.join(", ")
}

fn add_line(note: &mut String, line: String) {
    if !note.is_empty() {
        note.push('\n');
    }
    note.push_str(&line);
}

fn keep_first(field: &mut String, value: String) {
    if field.is_empty() {
        *field = value;
    }
}

fn push(values: &mut Vec<String>, value: String) {
    if !value.is_empty() && values.len() < VALUES_MAX && !values.contains(&value) {
        values.push(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(text: &str) -> Card {
        let cards = read_vcards(text.as_bytes(), None, &Limits::default());
        assert_eq!(cards.len(), 1, "{cards:?}");
        cards.into_iter().next().unwrap()
    }

    #[test]
    fn an_old_phones_card_is_read() {
        let card = one("BEGIN:VCARD\r\nVERSION:2.1\r\n\
             N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Nguy=E1=BB=85n;An;V=C4=83n;;\r\n\
             FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:An V=C4=83n Nguy=E1=BB=\r\n=85n\r\n\
             TEL;CELL;PREF:0912345678\r\nTEL;HOME:02838221234\r\n\
             NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:d=C3=B2ng 1=0D=0Ad=C3=B2ng 2\r\n\
             PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n SkZJRg\r\n\r\nEND:VCARD\r\n");
        assert_eq!(card.full_name, "Nguyễn Văn An");
        assert_eq!(
            (card.family.as_str(), card.middle.as_str(), card.given.as_str()),
            ("Nguyễn", "Văn", "An")
        );
        assert_eq!(card.phones, ["0912345678", "02838221234"]);
        assert_eq!(card.note, "dòng 1\ndòng 2");
    }

    #[test]
    fn todays_cards_are_read() {
        let card = one("BEGIN:VCARD\nVERSION:3.0\nN:Trần;Lan;Thị;Chị;\nFN:Trần Thị Lan\n\
             item1.TEL;type=CELL;type=pref:+84 912 345 678\nitem1.X-ABLabel:_$!<Mobile>!$_\n\
             EMAIL;TYPE=INTERNET,HOME:lan@x.vn\nBDAY;VALUE=date:1985-03-12\nORG:Trường A;Lớp 5\n\
             ADR;TYPE=HOME:;;12 Lê Lợi\\, P.1;Gò Vấp;TP.HCM;;Việt Nam\nCATEGORIES:PH,IELTS\\, tối\n\
             NOTE:một dòng rất\n  dài\\nhai\nitem2.X-ABRELATEDNAMES:Nguyễn An\nitem2.X-ABLabel:_$!<Child>!$_\n\
             URL:https://facebook.com/lan\nUID:u-1\nX-UNKNOWN:1\nEND:VCARD\n");
        assert_eq!(card.full_name, "Trần Thị Lan");
        assert_eq!(card.prefix, "Chị");
        assert_eq!(card.phones, ["+84 912 345 678"]);
        assert_eq!(card.organisation, "Trường A, Lớp 5");
        assert_eq!(card.addresses, ["12 Lê Lợi, P.1, Gò Vấp, TP.HCM, Việt Nam"]);
        assert_eq!(card.categories, ["PH", "IELTS, tối"]);
        assert_eq!(card.note, "một dòng rất dài\nhai");
        assert_eq!(card.relations, ["Child:Nguyễn An"]);
        let card = one(
            "BEGIN:VCARD\nVERSION:4.0\nFN:Lê Hà\nTEL;VALUE=uri;TYPE=\"voice,cell\":tel:+84-912-345-678\n\
             BDAY:20100312\nGENDER:F\nEND:VCARD",
        );
        assert_eq!((card.phones[0].as_str(), card.gender.as_str()), ("+84-912-345-678", "F"));
    }

    #[test]
    fn nobody_is_called_at_a_fax_or_a_pager_and_their_numbers_are_kept() {
        for card in [
            "TEL;CELL:0912345678\nTEL;WORK;FAX:02838221234\nNOTE:a\nTEL;PAGER:0900000001\nNOTE:b",
            "TEL;TYPE=CELL:0912345678\nTEL;TYPE=WORK,FAX:02838221234\nNOTE:a\nTEL;TYPE=pager:0900000001\nNOTE:b",
        ] {
            let card = one(&format!("BEGIN:VCARD\nFN:An\n{card}\nEND:VCARD"));
            assert_eq!(card.phones, ["0912345678"]);
            assert_eq!(card.note, "Fax: 02838221234\na\nPager: 0900000001\nb");
        }
    }

    #[test]
    fn names_in_western_order_are_turned_only_if_vietnamese() {
        for (shown, n, full) in [
            ("An Nguyễn", "Nguyễn;An;;;", "Nguyễn An"),
            ("Nguyễn Văn An", "An;Nguyễn Văn;;;", "Nguyễn Văn An"),
            ("John Doe", "Doe;John;;;", "John Doe"),
            ("", "Nguyễn;An;Văn;;", "Nguyễn Văn An"),
            ("Cô Ba", ";;;;", "Cô Ba"),
        ] {
            assert_eq!(one(&format!("BEGIN:VCARD\nFN:{shown}\nN:{n}\nEND:VCARD")).full_name, full);
        }
    }

    #[test]
    fn several_cards_other_encodings_and_cut_off_files() {
        let text =
            "BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:\nEND:VCARD\njunk\nBEGIN:VCARD\nFN:Bình\nTEL:1";
        let names = |bytes: &[u8]| -> Vec<String> {
            read_vcards(bytes, None, &Limits::default()).into_iter().map(|card| card.full_name).collect()
        };
        assert_eq!(names(text.as_bytes()), ["A", "Bình"]);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(names(&wide), ["A", "Bình"]);
        assert_eq!(names(b"BEGIN:VCARD\nFN;CHARSET=ISO-8859-1:Jos\xe9\nEND:VCARD"), ["José"]);
        assert_eq!(names(b""), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            read_vcards(&[b"BEGIN:VCARD\nN:", bytes.as_slice()].concat(), None, &Limits::default());
        }

        #[test]
        fn lines_like_cards_never_panic(text in "(BEGIN:VCARD\n|N;|QUOTED-PRINTABLE|ENCODING=|:|=\n|=C3|;|\\\\|\n |X-ABLABEL:|RELATED:|[a-zé]){0,60}") {
            read_vcards(text.as_bytes(), None, &Limits::default());
        }
    }
}
