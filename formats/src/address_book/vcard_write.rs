//! Writing of vCard 3.0 and 4.0.

use super::Card;

/// How many bytes a line may have before it is folded (RFC 6350, 3.2).
const LINE_BYTES_MAX: usize = 75;

/// A version of vCard that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VcardVersion {
    /// RFC 2426: what phones and Outlook take.
    #[default]
    V3,
    /// RFC 6350.
    V4,
}

/// Writes one card, with `\r\n` line ends.
pub fn write_vcard(card: &Card, version: VcardVersion) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: String| push_folded(&mut out, &format!("{name}:{value}"));
    line("BEGIN", "VCARD".to_owned());
    line("VERSION", if version == VcardVersion::V3 { "3.0" } else { "4.0" }.to_owned());
    line("FN", escaped(if card.full_name.is_empty() { "-" } else { &card.full_name }));
    line(
        "N",
        [&card.family, &card.given, &card.middle, &card.prefix].map(|part| escaped(part)).join(";") + ";",
    );
    if !card.uid.is_empty() {
        line("UID", escaped(&card.uid));
    }
    for (name, value) in [
        ("NICKNAME", &card.nickname),
        ("BDAY", &card.birthday),
        ("ORG", &card.organisation),
        ("TITLE", &card.title),
        ("NOTE", &card.note),
    ] {
        if !value.is_empty() {
            line(name, escaped(value));
        }
    }
    if version == VcardVersion::V4 && !card.gender.is_empty() {
        line("GENDER", escaped(&card.gender));
    }
    for phone in &card.phones {
        match version {
            VcardVersion::V4 if phone.starts_with('+') => {
                line("TEL;VALUE=uri;TYPE=voice", format!("tel:{}", escaped(phone)))
            }
            VcardVersion::V4 => line("TEL;TYPE=voice", escaped(phone)),
            VcardVersion::V3 => line("TEL;TYPE=CELL,VOICE", escaped(phone)),
        }
    }
    for email in &card.emails {
        line(if version == VcardVersion::V3 { "EMAIL;TYPE=INTERNET" } else { "EMAIL" }, escaped(email));
    }
    for address in &card.addresses {
        line("ADR", format!(";;{};;;;", escaped(address)));
    }
    for url in &card.urls {
        line("URL", escaped(url));
    }
    if !card.categories.is_empty() {
        line("CATEGORIES", card.categories.iter().map(|name| escaped(name)).collect::<Vec<_>>().join(","));
    }
    line("END", "VCARD".to_owned());
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            _ => out.push(c),
        }
    }
    out
}

/// Folds between characters, never inside one.
fn push_folded(out: &mut String, line: &str) {
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > LINE_BYTES_MAX {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address_book::read_vcards;
    use crate::table::Limits;
    use proptest::prelude::*;

    fn card() -> Card {
        Card {
            full_name: "Nguyễn Văn An".into(),
            family: "Nguyễn".into(),
            middle: "Văn".into(),
            given: "An".into(),
            phones: vec!["+84912345678".into()],
            emails: vec!["an@x.vn".into()],
            birthday: "2010-03-12".into(),
            categories: vec!["IELTS, tối".into(), "VIP".into()],
            note: "Mẹ đón; gọi sau 17h\nkhông gửi thư, một dòng dài hơn bảy mươi lăm byte để phải gấp lại"
                .into(),
            uid: "u-1".into(),
            ..Card::default()
        }
    }

    #[test]
    fn a_written_card_reads_back() {
        for version in [VcardVersion::V3, VcardVersion::V4] {
            let text = write_vcard(&card(), version);
            assert!(text.lines().all(|line| line.len() <= LINE_BYTES_MAX));
            assert_eq!(read_vcards(text.as_bytes(), None, &Limits::default()), [card()]);
        }
    }

    proptest! {
        #[test]
        fn any_note_reads_back(note in "[a-zđ,;\\\\:=\n ]{0,120}", given in "[A-Za-zĐễ;]{1,12}") {
            let written = Card { full_name: given.clone(), given, note: note.trim().to_owned(), ..Card::default() };
            let read = read_vcards(write_vcard(&written, VcardVersion::V3).as_bytes(), None, &Limits::default());
            prop_assert_eq!(read, [written]);
        }
    }
}
