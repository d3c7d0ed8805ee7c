//! Rows with nothing to look anybody up by: names alone, or with a number and a birth date that cannot be read.

use super::Desk;

const SHEET: &str = "Họ tên,SĐT,Ngày sinh,Lớp\n\
    Lê Trung Phát,8.43E+10,1994,IELTS 1\n\
    Trần Ngọc Hòa,,,IELTS 1\n\
    Nguyễn Văn An,,,IELTS 2\n\
    Nguyễn Văn An,,,IELTS 2\n";

#[test]
fn the_same_sheet_again_enters_nobody_twice() {
    let desk = Desk::founded();
    assert_eq!(desk.import(SHEET)["counts"]["new"], 4, "two of one name are two people");
    let again = desk.import(SHEET);
    assert_eq!((&again["counts"]["new"], &again["counts"]["unchanged"]), (&0.into(), &4.into()));
    let other = "Họ tên,SĐT,Ngày sinh,Lớp\nTrần Ngọc Hòa,,,IELTS 3\n";
    assert_eq!(desk.import(other)["counts"]["new"], 1, "other words may be about somebody else");
    assert_eq!(desk.names().len(), 5);
}

#[test]
fn one_row_more_of_the_same_words_is_one_person_more() {
    let desk = Desk::founded();
    desk.import(SHEET);
    let more = desk.import(&format!("{SHEET}Nguyễn Văn An,,,IELTS 2\n"));
    assert_eq!((&more["counts"]["new"], &more["counts"]["unchanged"]), (&1.into(), &4.into()));
}

#[test]
fn who_was_taken_back_is_entered_again() {
    let desk = Desk::founded();
    let first = desk.import(SHEET);
    desk.undo(&first);
    assert!(desk.names().is_empty());
    assert_eq!(desk.import(SHEET)["counts"]["new"], 4);
    assert_eq!(desk.names().len(), 4);
    assert_eq!(desk.import(SHEET)["counts"]["unchanged"], 4);
}
