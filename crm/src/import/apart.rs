//! Rows that people put between the people of a sheet.

use formats::{fold::fold, table::Row};

use super::values::RowValues;

/// Digits from which on a number may be somebody's.
const NUMBER_DIGITS_MIN: usize = 7;

/// What a row is that people put between the people of a sheet: sums, or the names of the columns once more.
pub fn not_a_person(row: &Row, header: &[String], values: &RowValues) -> Option<&'static str> {
    const SUMS: [&str; 6] = ["tong cong", "tong so", "tong ket", "tong", "total", "grand total"];
    let mut cells =
        row.cells.iter().enumerate().map(|(at, cell)| (at, fold(cell))).filter(|(_, cell)| !cell.is_empty());
    let is_header = cells.clone().count() > 1
        && cells.clone().all(|(at, cell)| header.get(at).is_some_and(|name| fold(name) == cell));
    if is_header {
        return Some("headerRow");
    }
    let letters = |cell: &str| {
        let words = cell.split(' ').filter(|word| word.contains(char::is_alphabetic));
        words.collect::<Vec<_>>().join(" ")
    };
    // Under the numbers of people stands how many they are.
    let is_count =
        |text: &str| text.len() < NUMBER_DIGITS_MIN && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_sum = values.phones.iter().all(|(value, _)| is_count(value))
        && values.emails.is_empty()
        && cells.any(|(_, cell)| SUMS.contains(&letters(&cell).as_str()) || cell.starts_with("tong cong "));
    is_sum.then_some("totalRow")
}

#[cfg(test)]
mod tests {
    use super::{
        super::{values, view::ImportMapping},
        *,
    };

    fn kind_of(cells: [&str; 3]) -> Option<&'static str> {
        let header = ["STT", "Họ và tên", "SĐT"].map(str::to_owned);
        let row = Row { number: 9, cells: cells.map(str::to_owned).to_vec() };
        let columns = ["ignore", "fullName", "phone"].map(str::to_owned).to_vec();
        let mapping = ImportMapping { columns, ..ImportMapping::default() };
        not_a_person(&row, &header, &values::read(&row, &header, &mapping))
    }

    #[test]
    fn sums_and_repeated_headers_are_not_people() {
        assert_eq!(kind_of(["", "TỔNG CỘNG: 412", ""]), Some("totalRow"));
        assert_eq!(kind_of(["Tổng", "412", ""]), Some("totalRow"));
        assert_eq!(kind_of(["", "Tổng cộng", "412"]), Some("totalRow"));
        assert_eq!(kind_of(["", "Tổng cộng học viên", ""]), Some("totalRow"));
        assert_eq!(kind_of(["STT", "HỌ VÀ TÊN", "SĐT"]), Some("headerRow"));
    }

    #[test]
    fn people_whose_family_name_is_tong_stay_people() {
        assert_eq!(kind_of(["3", "Tống Cộng Hòa", "0912345678"]), None);
        assert_eq!(kind_of(["3", "Tống Văn An", ""]), None);
        assert_eq!(kind_of(["3", "Tống Cộng Hòa", "091234567"]), None);
        assert_eq!(kind_of(["", "", ""]), None);
    }
}
