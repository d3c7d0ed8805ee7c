//! The delimited files: each branch and each service with its own columns, delimiter and encoding.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};

use super::row::Row;
use super::text;

/// A file that rows are put into, one after the other.
pub trait Sheet {
    /// Name of the file.
    fn name(&self) -> &'static str;
    /// Writes one row.
    fn add(&mut self, row: &Row) -> Result<()>;
    /// Ends the file.
    fn close(self: Box<Self>) -> Result<()>;
}

enum Encoding {
    Utf8,
    Windows1258,
    Utf16,
}

/// How one delimited file is laid out.
struct Layout {
    name: &'static str,
    encoding: Encoding,
    has_bom: bool,
    delimiter: u8,
    header: &'static [&'static str],
    cells: fn(&Row, u64) -> Vec<String>,
    /// A blank line after every so many rows, as hands leave them; 0 for none.
    blank_every: u64,
    /// A line of totals at the end.
    has_total: bool,
}

/// A CSV or TSV file.
pub struct Delimited {
    layout: Layout,
    file: BufWriter<File>,
    rows: u64,
}

impl Delimited {
    fn create(dir: &Path, layout: Layout, title: &[&[&str]]) -> Result<Box<dyn Sheet>> {
        let path = dir.join(layout.name);
        let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        let mut sheet = Self { layout, file: BufWriter::new(file), rows: 0 };
        if sheet.layout.has_bom {
            sheet.put("\u{feff}")?;
        }
        for line in title {
            sheet.line(line)?;
        }
        sheet.line(sheet.layout.header)?;
        Ok(Box::new(sheet))
    }

    fn line<S: AsRef<[u8]>>(&mut self, cells: &[S]) -> Result<()> {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(self.layout.delimiter)
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .buffer_capacity(1024)
            .from_writer(Vec::new());
        writer.write_record(cells)?;
        let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("csv buffer: {error}"))?;
        self.put(std::str::from_utf8(&bytes)?)
    }

    fn put(&mut self, text: &str) -> Result<()> {
        match self.layout.encoding {
            Encoding::Utf8 => self.file.write_all(text.as_bytes())?,
            Encoding::Windows1258 => self.file.write_all(&text::windows_1258(text))?,
            Encoding::Utf16 => {
                for unit in text.encode_utf16() {
                    self.file.write_all(&unit.to_le_bytes())?;
                }
            }
        }
        Ok(())
    }
}

impl Sheet for Delimited {
    fn name(&self) -> &'static str {
        self.layout.name
    }

    fn add(&mut self, row: &Row) -> Result<()> {
        self.rows += 1;
        let cells = (self.layout.cells)(row, self.rows);
        self.line(&cells)?;
        if self.layout.blank_every > 0 && self.rows.is_multiple_of(self.layout.blank_every) {
            let empty = vec![""; cells.len()];
            self.line(&empty)?;
        }
        Ok(())
    }

    fn close(mut self: Box<Self>) -> Result<()> {
        if self.layout.has_total {
            let mut cells = vec![String::new(); self.layout.header.len()];
            cells[1] = format!("TỔNG CỘNG: {}", self.rows);
            self.line(&cells)?;
        }
        self.file.flush()?;
        Ok(())
    }
}

/// Branch Quận 1: UTF-8 with BOM, semicolons, a title above the header and totals below.
pub fn quan_1(dir: &Path) -> Result<Box<dyn Sheet>> {
    let layout = Layout {
        name: "quan-1.csv",
        encoding: Encoding::Utf8,
        has_bom: true,
        delimiter: b';',
        header: &[
            "STT",
            "Họ và tên",
            "Ngày sinh",
            "SĐT học viên",
            "Phụ huynh",
            "SĐT phụ huynh",
            "Email",
            "Trường",
            "Trình độ",
            "Tình trạng",
            "Nguồn",
            "Tư vấn viên",
            "Ngày đăng ký",
            "Tags",
            "Ghi chú",
        ],
        cells: |row, place| {
            let row = row.clone();
            vec![
                place.to_string(),
                row.name,
                row.born,
                row.phone,
                row.guardian,
                row.guardian_phone,
                row.email,
                row.school,
                row.level,
                row.status,
                row.source,
                row.advisor,
                row.registered,
                row.tags,
                row.note,
            ]
        },
        blank_every: 500,
        has_total: true,
    };
    let title: [&[&str]; 3] =
        [&["DANH SÁCH HỌC VIÊN - CHI NHÁNH QUẬN 1"], &["Cập nhật: 31/10/2026; người lập: Hồng"], &[""]];
    Delimited::create(dir, layout, &title)
}

/// Branch Gò Vấp: the old Windows code page, commas, short headers in another order.
pub fn go_vap(dir: &Path) -> Result<Box<dyn Sheet>> {
    let layout = Layout {
        name: "go-vap.csv",
        encoding: Encoding::Windows1258,
        has_bom: false,
        delimiter: b',',
        header: &[
            "Họ tên",
            "Điện thoại",
            "ĐT ba mẹ",
            "Tên ba mẹ",
            "Năm sinh",
            "Lớp",
            "Học trường",
            "Địa chỉ",
            "Trạng thái",
            "Biết qua",
            "NV tư vấn",
            "Ngày ĐK",
            "Nhãn",
            "Ghi chú",
        ],
        cells: |row, _| {
            let row = row.clone();
            vec![
                row.name,
                row.phone,
                row.guardian_phone,
                row.guardian,
                row.born,
                row.level,
                row.school,
                row.address,
                row.status,
                row.source,
                row.advisor,
                row.registered,
                row.tags,
                row.note,
            ]
        },
        blank_every: 0,
        has_total: false,
    };
    Delimited::create(dir, layout, &[])
}

/// The lead form export of Facebook: UTF-16 with BOM, tabs, phones as `p:+84...`.
///
/// Fields after Facebook's "Retrieving leads" page.
pub fn facebook(dir: &Path) -> Result<Box<dyn Sheet>> {
    let layout = Layout {
        name: "facebook-leads.csv",
        encoding: Encoding::Utf16,
        has_bom: true,
        delimiter: b'\t',
        header: &[
            "id",
            "created_time",
            "ad_id",
            "ad_name",
            "campaign_id",
            "campaign_name",
            "form_id",
            "form_name",
            "is_organic",
            "platform",
            "bạn_quan_tâm_chi_nhánh_nào?",
            "full_name",
            "phone_number",
            "email",
        ],
        cells: |row, place| {
            let row = row.clone();
            let number = if row.phone.is_empty() { row.guardian_phone } else { row.phone };
            let phone = number.strip_prefix('0').map(|bare| format!("p:+84{bare}")).unwrap_or_default();
            vec![
                format!("l:{}", 7_300_000_000_000_000 + place),
                format!("{}T{:02}:{:02}:00+07:00", row.registered, 8 + place % 14, place % 60),
                format!("ag:{}", 1200 + place % 3),
                "Video hè 2026".to_owned(),
                "c:88001".to_owned(),
                "Tuyển sinh".to_owned(),
                "f:5501".to_owned(),
                "Đăng ký học thử".to_owned(),
                "false".to_owned(),
                if place.is_multiple_of(4) { "ig" } else { "fb" }.to_owned(),
                row.branch,
                row.name,
                phone,
                row.email,
            ]
        },
        blank_every: 0,
        has_total: false,
    };
    Delimited::create(dir, layout, &[])
}

/// An export of Google Contacts with today's header; several values share a cell with ` ::: `.
pub fn google(dir: &Path) -> Result<Box<dyn Sheet>> {
    let layout = Layout {
        name: "google-contacts.csv",
        encoding: Encoding::Utf8,
        has_bom: false,
        delimiter: b',',
        header: &[
            "First Name",
            "Middle Name",
            "Last Name",
            "Nickname",
            "Organization Name",
            "Birthday",
            "Notes",
            "Labels",
            "E-mail 1 - Label",
            "E-mail 1 - Value",
            "Phone 1 - Label",
            "Phone 1 - Value",
            "Relation 1 - Label",
            "Relation 1 - Value",
            "Address 1 - Formatted",
        ],
        cells: google_cells,
        blank_every: 0,
        has_total: false,
    };
    Delimited::create(dir, layout, &[])
}

/// A third of the entries hold the whole name as first name, as many phones save it.
fn google_cells(row: &Row, place: u64) -> Vec<String> {
    let row = row.clone();
    let (family, given) = match row.name.rsplit_once(' ') {
        Some((family, given)) if !place.is_multiple_of(3) => (family.to_owned(), given.to_owned()),
        _ => (String::new(), row.name.clone()),
    };
    let phones: Vec<String> = [row.phone, row.guardian_phone].into_iter().filter(|p| !p.is_empty()).collect();
    vec![
        given,
        String::new(),
        family,
        String::new(),
        row.school,
        row.born,
        row.note,
        format!("{} ::: * myContacts", row.branch),
        if row.email.is_empty() { String::new() } else { "* Home".to_owned() },
        row.email,
        "Mobile".to_owned(),
        phones.join(" ::: "),
        if row.guardian.is_empty() { String::new() } else { "Parent".to_owned() },
        row.guardian,
        row.address,
    ]
}
