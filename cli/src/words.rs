//! What codes mean, on a command line: sentences that name commands and options, and else those of the screens.

use serde_json::Value;

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub english: String,
    /// Vietnamese.
    pub vietnamese: String,
}

const SCREENS_ENGLISH: &str = include_str!("../../ui/src/locales/en/errors.json");
const SCREENS_VIETNAMESE: &str = include_str!("../../ui/src/locales/vi/errors.json");
const ROWS_ENGLISH: &str = include_str!("../../ui/src/locales/en/import.json");
const ROWS_VIETNAMESE: &str = include_str!("../../ui/src/locales/vi/import.json");

/// The sentence of a code of an error, or of the reason why a field was refused.
pub fn of(code: &str) -> Words {
    if let Some((_, english, vietnamese)) = OWN.iter().find(|(known, ..)| *known == code) {
        return Words { english: (*english).to_owned(), vietnamese: (*vietnamese).to_owned() };
    }
    let on_screen = |sentences: &str, otherwise: &str| {
        let all: Value = serde_json::from_str(sentences).unwrap_or_default();
        let known = all[code].as_str().filter(|sentence| !sentence.contains("{{"));
        known.map_or_else(|| format!("{otherwise} ({code})"), str::to_owned)
    };
    Words {
        english: on_screen(SCREENS_ENGLISH, "Something unexpected happened; what was saved is kept"),
        vietnamese: on_screen(SCREENS_VIETNAMESE, "Có lỗi ngoài dự tính; dữ liệu đã lưu vẫn còn"),
    }
}

/// What is said of a row of an import.
pub fn of_row(code: &str, column: &str, text: &str) -> Words {
    let say = |sentences: &str| {
        let all: Value = serde_json::from_str(sentences).unwrap_or_default();
        match all["note"][code].as_str() {
            Some(sentence) => sentence.replace("{{text}}", text).replace("{{column}}", column),
            None => format!("{code} {column} {text}"),
        }
    };
    Words { english: say(ROWS_ENGLISH), vietnamese: say(ROWS_VIETNAMESE) }
}

/// Sentences of the command line's own: a code, English, Vietnamese.
const OWN: &[(&str, &str, &str)] = &[
    (
        "locked",
        "The device is locked: give the passphrase in QUEN_PASSPHRASE or --passphrase-file.",
        "Thiết bị đang khoá: đặt mật khẩu trong QUEN_PASSPHRASE hoặc --passphrase-file.",
    ),
    (
        "wrong_passphrase",
        "The passphrase is wrong; type it again. Nothing was harmed.",
        "Mật khẩu không đúng; hãy gõ lại. Dữ liệu vẫn còn nguyên.",
    ),
    (
        "no_workspace",
        "The device belongs to no centre yet: run `quen create` or `quen join`.",
        "Thiết bị chưa thuộc trung tâm nào: chạy `quen create` hoặc `quen join`.",
    ),
    (
        "has_workspace",
        "The device belongs to a centre already; use another data folder (--data).",
        "Thiết bị đã thuộc một trung tâm; dùng thư mục dữ liệu khác (--data).",
    ),
    (
        "folder_in_use",
        "Another Quen uses this folder; close it first.",
        "Một cửa sổ Quen khác đang dùng thư mục này; hãy đóng nó trước.",
    ),
    (
        "folder_not_writable",
        "The data folder cannot be written; check its rights and the room on the disk.",
        "Không ghi được vào thư mục dữ liệu; kiểm tra quyền và dung lượng đĩa.",
    ),
    (
        "read_only",
        "The data folder cannot be written; check its rights and the room on the disk.",
        "Không ghi được vào thư mục dữ liệu; kiểm tra quyền và dung lượng đĩa.",
    ),
    (
        "disk_full",
        "The disk is full; nothing has changed. Make room and try again.",
        "Đĩa đã đầy; chưa có gì thay đổi. Giải phóng chỗ rồi thử lại.",
    ),
    (
        "database_newer",
        "A newer Quen wrote this data; update the program.",
        "Dữ liệu do bản Quen mới hơn ghi; hãy cập nhật chương trình.",
    ),
    (
        "database_damaged",
        "The database is damaged; keep the file, restore a copy or join again with an invite.",
        "Tệp dữ liệu bị hỏng; giữ lại tệp, khôi phục bản sao lưu hoặc tham gia lại bằng lời mời.",
    ),
    (
        "database_lost",
        "The data of this device is gone; put the file quen.db back from a copy, or begin anew in another folder (--data) and join again with an invite.",
        "Dữ liệu của thiết bị này không còn; chép lại tệp quen.db từ bản sao, hoặc bắt đầu ở thư mục khác (--data) rồi tham gia lại bằng lời mời.",
    ),
    (
        "keys_lost",
        "The keys of this data are gone; put keys.sealed back from a copy, or join the centre again with an invite in another folder (--data).",
        "Mất khoá của dữ liệu này; đặt lại tệp keys.sealed từ bản sao, hoặc tham gia lại trung tâm bằng lời mời trong thư mục khác (--data).",
    ),
    (
        "keys_damaged",
        "The file of the keys (keys.sealed) is damaged; no passphrase opens it. Keep it; put keys.sealed back from a copy, or join the centre again with an invite in another folder (--data). What the relay has is not lost.",
        "Tệp khoá (keys.sealed) bị hỏng; không mật khẩu nào mở được. Hãy giữ tệp lại; đặt lại keys.sealed từ bản sao, hoặc tham gia lại trung tâm bằng lời mời trong thư mục khác (--data). Những gì máy trung chuyển đã có thì không mất.",
    ),
    (
        "database_unreadable",
        "This device's own key does not open the data file: it is damaged, or it is the file of another device. Keep it; put your copy back, or join again with an invite as a new device. What the relay has is not lost. Give it another folder (--data).",
        "Khoá của thiết bị này không mở được tệp dữ liệu: tệp bị hỏng, hoặc là tệp của thiết bị khác. Hãy giữ tệp lại; đặt lại bản sao của bạn, hoặc tham gia lại bằng lời mời như một thiết bị mới. Những gì máy trung chuyển đã có thì không mất. Dùng thư mục khác (--data).",
    ),
    (
        "keys_in_key_store",
        "The keys of this data lie in the key store of the system; run it without QUEN_PASSPHRASE and --passphrase-file.",
        "Khoá của dữ liệu này nằm trong kho khoá của hệ thống; chạy lại, bỏ QUEN_PASSPHRASE và --passphrase-file.",
    ),
    (
        "passphrase_short",
        "The passphrase is too short; choose one of at least 8 characters for a new device.",
        "Mật khẩu quá ngắn; hãy đặt mật khẩu ít nhất 8 ký tự cho thiết bị mới.",
    ),
    (
        "relay_unreadable",
        "The relay's address in the settings cannot be read; name it again with `quen sync --relay`.",
        "Không đọc được địa chỉ máy trung chuyển; đặt lại bằng `quen sync --relay`.",
    ),
    (
        "not_found",
        "It is not here, or not any more; look for it with `quen list`.",
        "Không tìm thấy, hoặc không còn nữa; hãy tìm bằng `quen list`.",
    ),
    (
        "not_allowed",
        "The role of this device does not allow that; ask a manager.",
        "Vai trò của thiết bị này không cho phép việc đó; hãy nhờ quản lý.",
    ),
    ("bad_invite", "The invite is not whole; copy all of it.", "Lời mời không đúng; hãy chép lại đầy đủ."),
    (
        "invite_unusable",
        "The invite was used, taken back or is too old; ask for a new one.",
        "Lời mời đã dùng, đã huỷ hoặc hết hạn; hãy xin lời mời mới.",
    ),
    (
        "no_relay",
        "There is no relay yet; name one with `quen sync --relay`.",
        "Chưa có địa chỉ máy trung chuyển; đặt bằng `quen sync --relay`.",
    ),
    (
        "bad_address",
        "This is no address of a relay; write it as https://relay.example.vn.",
        "Địa chỉ máy trung chuyển không đúng; viết như https://relay.example.vn.",
    ),
    (
        "bad_field",
        "A value cannot stand in its field; see `quen edit --help`, and correct the value.",
        "Có giá trị không hợp lệ cho trường của nó; xem `quen edit --help` rồi sửa lại.",
    ),
    (
        "bad_argument",
        "An argument cannot be used; see --help of the command, and write it again.",
        "Có tham số không dùng được; xem --help của lệnh rồi viết lại.",
    ),
    (
        "bad_request",
        "The request cannot be read; send it again as JSON with a name and its arguments.",
        "Yêu cầu không đọc được; hãy gửi lại dạng JSON với tên và các tham số.",
    ),
    (
        "unknown_call",
        "There is no such call; see `quen call --help`.",
        "Không có lệnh gọi này; xem `quen call --help`.",
    ),
    (
        "unknown_field",
        "There is no such field; see `quen edit --help`, which lists them.",
        "Không có trường này; xem `quen edit --help`.",
    ),
    (
        "not_a_date",
        "Not a date; write it as 09/03/2012 or 2012-03-09.",
        "Không phải ngày; viết như 09/03/2012 hoặc 2012-03-09.",
    ),
    (
        "not_a_number",
        "Not a number; write it as 1.250.000 or 12,5.",
        "Không phải số; viết như 1.250.000 hoặc 12,5.",
    ),
    (
        "not_a_choice",
        "Not one of the choices; see the words in `quen edit --help`.",
        "Không có lựa chọn này; xem các từ trong `quen edit --help`.",
    ),
    (
        "not_an_id",
        "Neither a name that is known here nor an id; write one of the names that the screens and `quen list` show.",
        "Không phải tên đã có ở đây, cũng không phải mã; hãy viết một tên có trong màn hình hoặc `quen list`.",
    ),
    (
        "required",
        "Something is empty that must not be; fill it in.",
        "Có chỗ không được để trống; hãy điền vào.",
    ),
    ("too_long", "A text is too long; shorten it and try again.", "Chữ quá dài; hãy rút ngắn rồi thử lại."),
    (
        "file_cell_too_large",
        "A cell of the file holds far more than any list does; open it in a spreadsheet, shorten that cell, save it and try again.",
        "Có ô trong tệp chứa quá nhiều chữ so với một danh sách; mở bằng bảng tính, rút ngắn ô đó, lưu lại rồi thử lại.",
    ),
    (
        "name_twice",
        "Two branches have the same name; give each a name of its own.",
        "Hai chi nhánh trùng tên; hãy đặt cho mỗi chi nhánh một tên riêng.",
    ),
    (
        "unknown_sheet",
        "The file has no sheet of this name; check the name, or leave --sheet out.",
        "Tệp không có trang tính tên này; xem lại tên, hoặc bỏ --sheet.",
    ),
    (
        "no_header_row",
        "There is no line of this number with names of columns; check the number, or leave --header-row out.",
        "Không có dòng số này mang tên cột; xem lại số dòng, hoặc bỏ --header-row.",
    ),
    (
        "wrong_encoding",
        "Read in this encoding the file makes no sense; leave --encoding out, or choose another.",
        "Đọc theo bảng mã này thì tệp không có nghĩa; bỏ --encoding, hoặc chọn bảng mã khác.",
    ),
    (
        "file_missing",
        "There is no such file; check its name and folder.",
        "Không có tệp này; xem lại tên và thư mục.",
    ),
    (
        "file_unreadable",
        "The file cannot be read; choose a file, not a folder, and check its rights.",
        "Không đọc được tệp; chọn một tệp, không phải thư mục, và xem lại quyền đọc.",
    ),
    (
        "file_empty",
        "The file has no rows; write the list to a file again.",
        "Tệp không có dòng nào; xuất lại danh sách rồi thử lại.",
    ),
    (
        "file_damaged",
        "The file is damaged or not whole; open it in a spreadsheet, save it and try again.",
        "Tệp bị hỏng hoặc chưa chép xong; mở bằng bảng tính, lưu lại rồi thử lại.",
    ),
    (
        "file_unknown",
        "This kind of file cannot be read; use CSV, XLSX or vCard.",
        "Không đọc được loại tệp này; hãy dùng CSV, XLSX hoặc vCard.",
    ),
    (
        "file_too_large",
        "The file is too large; cut it into parts and import one after the other.",
        "Tệp quá lớn; chia nhỏ rồi nhập từng phần.",
    ),
    (
        "database",
        "The data cannot be read or written; try again, and run `quen doctor` if it stays so.",
        "Không đọc ghi được dữ liệu; thử lại, nếu còn lỗi thì chạy `quen doctor`.",
    ),
    (
        "relay_unreachable",
        "The relay cannot be reached; check the network and its address, and try again. Every change is safe on this device.",
        "Không tới được máy trung chuyển; kiểm tra mạng và địa chỉ rồi thử lại. Mọi thay đổi vẫn an toàn trên thiết bị này.",
    ),
    (
        "relay_message_limit",
        "The server before the relay lets no large messages through. Every change is safe on this device; ask who keeps \
         the server to let messages of 8 MB through (nginx: client_max_body_size 8m).",
        "Máy chủ đứng trước máy trung chuyển không cho gói lớn đi qua. Mọi thay đổi vẫn an toàn trên thiết bị này; nhờ \
         người trông máy chủ cho gói 8 MB đi qua (nginx: client_max_body_size 8m).",
    ),
    (
        "not_a_relay",
        "Something answers at this address, but it is no relay of Quen; check the address, and set it with `quen sync --relay`.",
        "Địa chỉ này trả lời nhưng không phải máy trung chuyển của Quen; xem lại địa chỉ rồi đặt bằng `quen sync --relay`.",
    ),
];

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use super::*;

    /// Texts that follow an opening in the sources of a room, tests left out: everywhere, or in one file.
    fn quoted(room: &str, file: Option<&str>, openings: &[&str]) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(room)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("the room is there").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                if file.is_some_and(|file| !path.ends_with(file)) || !path.to_string_lossy().ends_with(".rs")
                {
                    continue;
                }
                let text = std::fs::read_to_string(&path).expect("readable");
                let text = text.split("#[cfg(test)]").next().unwrap_or_default();
                let text: String = text.split_whitespace().collect();
                for opening in openings {
                    let rest = text.split(opening).skip(1);
                    found.extend(rest.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
                }
            }
        }
        found
    }

    /// Every code that a person may be told.
    fn all_codes() -> BTreeSet<String> {
        let room = "../crm/src";
        let mut codes = quoted(room, None, &["ApiError::new(\""]);
        codes.extend(quoted(room, Some("app/error.rs"), &["Self::new(\"", "=>\"", "=>{\""]));
        let screens: Value = serde_json::from_str(SCREENS_VIETNAMESE).expect("JSON");
        let screens = screens.as_object().expect("codes").keys();
        codes.extend(screens.filter(|code| *code != "unknown").cloned());
        codes.extend(OWN.iter().map(|(code, ..)| (*code).to_owned()));
        for code in ["folder_in_use", "not_a_date", "import_not_run", "disk_full", "unbound_id"] {
            assert!(codes.contains(code), "{code} is not found any more");
        }
        codes
    }

    #[test]
    fn every_code_of_an_error_has_words_in_both_languages() {
        for code in all_codes() {
            let words = of(&code);
            for sentence in [&words.english, &words.vietnamese] {
                assert!(!sentence.ends_with(&format!("({code})")), "{code}: {sentence}");
            }
        }
    }

    /// Words with which a person is told what to do: they begin a part of a sentence.
    const REMEDIES_ENGLISH: &[&str] = &[
        "allow", "ask", "check", "choose", "close", "copy", "correct", "cut", "do", "export", "fill", "free",
        "give", "import", "keep", "leave", "look", "make", "name", "open", "paste", "pick", "put", "read",
        "reload", "remove", "restore", "run", "see", "send", "set", "shorten", "split", "sync", "tell",
        "try", "type", "unlock", "update", "use", "wait", "write",
    ];
    const REMEDIES_VIETNAMESE: &[&str] = &[
        "hãy", "báo", "bỏ", "chia", "chọn", "chạy", "chép", "chỉ", "chờ", "cập", "dùng", "giải", "giữ", "gõ",
        "hỏi", "khôi", "kiểm", "mở", "nhờ", "rút", "sửa", "tham", "thử", "tải", "viết", "vui", "xem", "xin",
        "xuất", "điền", "đóng", "đặt", "đồng",
    ];

    /// Whether a part of the sentence begins with a word that tells somebody to do something.
    fn says_what_to_do(sentence: &str, remedies: &[&str]) -> bool {
        let parts = sentence.split(['.', ';', ':', ',']);
        parts.skip(1).any(|part| {
            let first = part.split_whitespace().next().unwrap_or_default().to_lowercase();
            remedies.contains(&first.as_str())
        })
    }

    #[test]
    fn every_sentence_says_what_to_do_in_both_languages() {
        for code in all_codes() {
            let words = of(&code);
            assert!(says_what_to_do(&words.english, REMEDIES_ENGLISH), "{code}: {}", words.english);
            assert!(says_what_to_do(&words.vietnamese, REMEDIES_VIETNAMESE), "{code}: {}", words.vietnamese);
        }
    }

    #[test]
    fn refusals_of_the_command_line_say_something_else_in_each_language() {
        for (code, english, vietnamese) in OWN {
            assert!(english.is_ascii() && english.len() > 10, "{code}");
            assert!(!vietnamese.is_ascii() && !vietnamese.is_empty(), "{code}");
        }
        let of_row = of_row("badPhone", "SĐT", "09");
        assert_eq!(of_row.vietnamese, "Số điện thoại không đúng: 09");
        assert_eq!(of_row.english, "Not a phone number: 09");
    }
}
