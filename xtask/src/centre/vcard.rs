//! An address book of a phone: vCard 2.1 with quoted-printable, 3.0 and 4.0 in one file.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};

use super::row::Row;
use super::sheet::Sheet;

/// The vCard file.
pub struct AddressBook {
    file: BufWriter<File>,
    cards: u64,
}

/// Starts `danh-ba.vcf` in `dir`.
pub fn address_book(dir: &Path) -> Result<Box<dyn Sheet>> {
    let path = dir.join("danh-ba.vcf");
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(Box::new(AddressBook { file: BufWriter::new(file), cards: 0 }))
}

impl Sheet for AddressBook {
    fn name(&self) -> &'static str {
        "danh-ba.vcf"
    }

    fn add(&mut self, row: &Row) -> Result<()> {
        let lines = match self.cards % 3 {
            0 => version_2_1(row),
            1 => version_3_0(row),
            _ => version_4_0(row),
        };
        self.cards += 1;
        for line in lines {
            self.file.write_all(line.as_bytes())?;
            self.file.write_all(b"\r\n")?;
        }
        Ok(())
    }

    fn close(mut self: Box<Self>) -> Result<()> {
        self.file.flush()?;
        Ok(())
    }
}

fn family_and_given(name: &str) -> (&str, &str) {
    name.trim().rsplit_once(' ').unwrap_or(("", name))
}

fn number(row: &Row) -> &str {
    if row.phone.is_empty() { &row.guardian_phone } else { &row.phone }
}

fn version_2_1(row: &Row) -> Vec<String> {
    let (family, given) = family_and_given(&row.name);
    let mut lines = vec![
        "BEGIN:VCARD".to_owned(),
        "VERSION:2.1".to_owned(),
        format!(
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{};{};;;",
            quoted_printable(family),
            quoted_printable(given)
        ),
        format!("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{}", quoted_printable(&row.name)),
        format!("TEL;CELL:{}", number(row)),
    ];
    if !row.note.is_empty() {
        lines.push(format!("NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{}", quoted_printable(&row.note)));
    }
    lines.push("END:VCARD".to_owned());
    lines
}

fn version_3_0(row: &Row) -> Vec<String> {
    let (family, given) = family_and_given(&row.name);
    let mut lines = vec![
        "BEGIN:VCARD".to_owned(),
        "VERSION:3.0".to_owned(),
        format!("N:{};{};;;", escaped(family), escaped(given)),
        format!("FN:{}", escaped(&row.name)),
        format!("TEL;TYPE=CELL,VOICE:{}", number(row)),
    ];
    if !row.email.is_empty() {
        lines.push(format!("EMAIL;TYPE=INTERNET:{}", row.email));
    }
    if let Some(born) = row.born_on {
        lines.push(format!("BDAY:{born}"));
    }
    if !row.note.is_empty() {
        lines.push(format!("NOTE:{}", escaped(&row.note)));
    }
    lines.push("END:VCARD".to_owned());
    lines
}

fn version_4_0(row: &Row) -> Vec<String> {
    let (family, given) = family_and_given(&row.name);
    let mut lines = vec![
        "BEGIN:VCARD".to_owned(),
        "VERSION:4.0".to_owned(),
        format!("N:{};{};;;", escaped(family), escaped(given)),
        format!("FN:{}", escaped(&row.name)),
        format!("TEL;VALUE=uri;TYPE=cell:tel:+84-{}", number(row).trim_start_matches('0')),
        format!("CATEGORIES:{}", escaped(&row.branch)),
    ];
    if let Some(born) = row.born_on {
        lines.push(format!("BDAY:{}", born.format("%Y%m%d")));
    }
    lines.push("END:VCARD".to_owned());
    lines
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// Quoted-printable with soft line breaks before 76 columns, as vCard 2.1 asks (RFC 2045, 6.7).
fn quoted_printable(text: &str) -> String {
    let mut out = String::new();
    let mut width = 40;
    for byte in text.bytes() {
        let piece = match byte {
            b' '..=b'<' | b'>'..=b'~' if byte != b';' => (byte as char).to_string(),
            b'\n' => "=0D=0A".to_owned(),
            other => format!("={other:02X}"),
        };
        if width + piece.len() > 72 {
            out.push_str("=\r\n");
            width = 0;
        }
        width += piece.len();
        out.push_str(&piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_escapes_bytes_and_breaks_long_lines() {
        assert_eq!(quoted_printable("Đỗ=1"), "=C4=90=E1=BB=97=3D1");
        assert!(quoted_printable(&"ế".repeat(20)).contains("=\r\n"));
    }

    #[test]
    fn separators_are_escaped() {
        assert_eq!(escaped("a;b,c\nd"), "a\\;b\\,c\\nd");
    }
}
