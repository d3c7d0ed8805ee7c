//! Which row names the columns, and which program wrote a file.

use super::Row;
use crate::mapping::{field_of_header, is_value};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many rows may stand above the header.
const HEADER_ROWS_MAX: usize = 20;

/// A program whose exports are recognised by their columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Google Contacts, columns of today (`First Name`, `Labels`).
    GoogleContacts,
    /// Google Contacts, columns of before 2024 (`Given Name`, `Group Membership`).
    GoogleContactsOld,
    /// Outlook.
    Outlook,
    /// HubSpot.
    Hubspot,
    /// Facebook lead ads.
    FacebookLeads,
}

/// Recognises a program by the columns that only its exports have.
pub fn recognise_origin(columns: &[String]) -> Option<Origin> {
    let has = |name: &str| columns.iter().any(|column| column.trim().eq_ignore_ascii_case(name));
    if has("Labels")
        && has("First Name")
        && (has("Phone 1 - Value") || has("E-mail 1 - Value") || has("File As"))
    {
        Some(Origin::GoogleContacts)
    } else if has("Group Membership") && has("Given Name") {
        Some(Origin::GoogleContactsOld)
    } else if has("First Name") && has("E-mail Address") && (has("Home Phone") || has("Mobile Phone")) {
        Some(Origin::Outlook)
    } else if has("Record ID") && (has("Lifecycle Stage") || has("Contact owner") || has("Lead Status")) {
        Some(Origin::Hubspot)
    } else if (has("created_time") || has("ad_id"))
        && (has("form_id") || has("campaign_id") || has("is_organic"))
    {
        Some(Origin::FacebookLeads)
    } else {
        None
    }
}

/// Finds the header among the first rows, as an index; none if the data begin at once.
///
/// Title lines above the header occur. A header names known columns, is filled about as wide as the rows
/// below it, and holds no phone, e-mail address or date.
pub fn detect_header_row(rows: &[Row]) -> Option<usize> {
    let rows = &rows[..rows.len().min(HEADER_ROWS_MAX)];
    let width = rows.iter().map(filled).max().unwrap_or(0);
    let known = |row: &Row| row.cells.iter().filter(|cell| field_of_header(cell).is_some()).count();
    let values = |row: &Row| row.cells.iter().filter(|cell| is_value(cell)).count();
    let mut best: Option<(usize, usize)> = None;
    for (index, row) in rows.iter().enumerate() {
        let known = known(row);
        let is_title = filled(row) == 1 && width > 1;
        if values(row) == 0 && known > 0 && !is_title && best.is_none_or(|(most, _)| known > most) {
            best = Some((known, index));
        }
    }
    if let Some((_, index)) = best {
        return Some(index);
    }
    // No known name: the first wide row is a header if it looks different from the rows below.
    let index = rows.iter().position(|row| filled(row) * 10 >= width * 6 && filled(row) > 0)?;
    let has_values_below = rows[index + 1..].iter().any(|row| values(row) > 0);
    (values(&rows[index]) == 0 && has_values_below).then_some(index)
}

/// Names of the columns: the header's cells, numbered where they are blank or repeated.
pub(super) fn column_names(header: Option<&Row>, width: usize) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(width);
    for index in 0..width {
        let cell = header.and_then(|row| row.cells.get(index)).map_or("", |cell| cell.trim());
        let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let base = if cell.is_empty() { format!("Column {}", index + 1) } else { cell };
        let mut name = base.clone();
        let mut nth = 2;
        while names.contains(&name) {
            name = format!("{base} ({nth})");
            nth += 1;
        }
        names.push(name);
    }
    names
}

fn filled(row: &Row) -> usize {
    row.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Row> {
        let row = |cells: &[&str]| cells.iter().map(|cell| cell.to_string()).collect();
        rows.iter().enumerate().map(|(at, cells)| Row { number: at as u32 + 1, cells: row(cells) }).collect()
    }

    #[test]
    fn the_header_is_found_below_titles() {
        for (table, index) in [
            (rows(&[&["Họ tên", "SĐT"], &["An", "0912345678"]]), Some(0)),
            (
                rows(&[
                    &["DANH SÁCH HỌC VIÊN", ""],
                    &["Cơ sở Gò Vấp"],
                    &["STT", "Họ và tên", "Điện thoại"],
                    &["1", "An", "0912345678"],
                ]),
                Some(2),
            ),
            (rows(&[&["Nguyễn Văn An", "0912345678"], &["Lan", "0987654321"]]), None),
            (rows(&[&["Aaa", "Bbb"], &["x", "0912345678"]]), Some(0)),
            (rows(&[&["x", "y"], &["z", "w"]]), None),
            (rows(&[]), None),
        ] {
            assert_eq!(detect_header_row(&table), index, "{table:?}");
        }
    }

    #[test]
    fn columns_get_names_of_their_own() {
        let table = rows(&[&["SĐT", "", "SĐT", " Họ \n tên "]]);
        assert_eq!(column_names(table.first(), 5), ["SĐT", "Column 2", "SĐT (2)", "Họ tên", "Column 5"]);
    }

    #[test]
    fn programs_show_in_their_columns() {
        let columns = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
        for (header, origin) in [
            (
                "First Name,Middle Name,Last Name,File As,Labels,E-mail 1 - Value",
                Some(Origin::GoogleContacts),
            ),
            ("Name,Given Name,Family Name,Group Membership,Phone 1 - Value", Some(Origin::GoogleContactsOld)),
            ("Record ID,First Name,Lifecycle Stage", Some(Origin::Hubspot)),
            ("id,created_time,ad_id,form_id,is_organic,full_name", Some(Origin::FacebookLeads)),
            ("First Name,Last Name,E-mail Address,Mobile Phone", Some(Origin::Outlook)),
            ("Họ tên,SĐT", None),
        ] {
            assert_eq!(recognise_origin(&columns(header)), origin, "{header}");
        }
    }
}
