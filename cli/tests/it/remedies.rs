//! What a person is told of an error: what happened, and what to do about it, in both languages.

use crate::desk::Desk;

/// What a person is told to do, by the code of the error: in English and in Vietnamese.
const REMEDIES: &[(&str, &str, &str)] = &[
    ("bad_address", "write it as https://", "viết như https://"),
    ("bad_argument", "see `quen call --help`", "xem"),
    ("bad_field", "correct the value", "sửa lại"),
    ("bad_invite", "copy all of it", "hãy chép lại"),
    ("database_newer", "update the program", "hãy cập nhật"),
    ("database_unreadable", "put your copy back, or join again", "đặt lại bản sao"),
    ("file_damaged", "save it and try again", "lưu lại rồi thử lại"),
    ("file_empty", "write the list to a file again", "xuất lại"),
    ("file_missing", "check its name and folder", "xem lại tên"),
    ("folder_in_use", "close it first", "hãy đóng nó"),
    ("folder_not_writable", "check its rights", "kiểm tra quyền"),
    ("no_relay", "name one with `quen sync --relay`", "đặt bằng `quen sync --relay`"),
    ("keys_damaged", "put keys.sealed back from a copy", "đặt lại keys.sealed từ bản sao"),
    ("name_twice", "give each a name of its own", "một tên riêng"),
    ("no_header_row", "check the number, or leave --header-row out", "xem lại số dòng"),
    ("no_screens", "with their index.html", "chỉ ra thư mục"),
    ("not_found", "look for it with `quen list`", "hãy tìm bằng `quen list`"),
    ("passphrase_short", "choose one of at least 8 characters", "hãy đặt mật khẩu ít nhất 8"),
    ("required", "fill it in", "hãy điền vào"),
    ("too_long", "shorten it", "hãy rút ngắn"),
    ("unknown_call", "see `quen call --help`", "xem `quen call --help`"),
    ("unknown_sheet", "check the name, or leave --sheet out", "xem lại tên, hoặc bỏ --sheet"),
    ("wrong_encoding", "leave --encoding out, or choose another", "chọn bảng mã khác"),
    ("wrong_passphrase", "type it again", "hãy gõ lại"),
];

/// The command is refused with this code; a person is told what happened, and what to do about it, in English first
/// and then in Vietnamese.
pub(crate) fn refused(desk: &Desk, args: &[&str], code: &str, vietnamese: &str) {
    let (found, told) = desk.refusal(args);
    assert_eq!(found, code, "{told}");
    let (_, english_remedy, vietnamese_remedy) =
        REMEDIES.iter().find(|(known, ..)| *known == code).unwrap_or_else(|| panic!("no remedy of {code}"));
    // What runs meanwhile may be told before.
    let english = told.lines().position(|line| line.starts_with("quen: ") && line.contains(english_remedy));
    let english = english.unwrap_or_else(|| panic!("no {english_remedy}: {told}"));
    let second = told.lines().skip(english + 1).collect::<String>();
    assert!(second.contains(vietnamese_remedy) && second.contains(vietnamese), "{told}");
}
