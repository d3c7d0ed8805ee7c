//! Outside formats: how people, phones, dates and tables look outside of Quen, and how to read and write them.
//!
//! Everything here is pure: bytes or text in, values out. No SQL, no files, no clock, nothing of the other
//! rooms. Hostile input gives an error or a note, never a panic.
//!
//! | module | what for |
//! |---|---|
//! | [`fold`] | text for search: "tran thi duc" finds "Trần Thị Đức" |
//! | [`name`] | sorting by given name, initials, cleaning, likeness for duplicates |
//! | [`phone`] | every writing of a Vietnamese number to E.164, with what was repaired |
//! | [`email`] | addresses found, lowered and checked |
//! | [`date`] | dates and moments; the order of day and month of a whole column |
//! | [`text`] | bytes to text: UTF-8, UTF-16, windows-1258, TCVN3, VNI |
//! | [`table`] | CSV, XLSX, XLS, ODS, vCard, JSON and pasted text to rows, one by one |
//! | [`address_book`] | vCard 2.1 to 4.0 and Google Contacts in the same columns; writing of vCard |
//! | [`mapping`] | what the columns of a table probably mean |
//! | [`write`] | CSV, XLSX and JSON out |

pub mod address_book;
pub mod date;
pub mod email;
pub mod fold;
pub mod mapping;
pub mod name;
pub mod phone;
pub mod table;
pub mod text;
pub mod write;
