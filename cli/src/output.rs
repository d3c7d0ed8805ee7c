//! What is printed.

use crm::app::ApiError;
use serde_json::{Value, json};

/// Prints a result: JSON for programs, short lines for people.
pub fn print(value: &Value, is_json: bool) {
    if is_json {
        println!("{value}");
        return;
    }
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter().filter(|(_, value)| !value.is_null()) {
                println!("{key}: {}", plain(value));
            }
        }
        Value::Array(rows) => rows.iter().for_each(|row| println!("{}", plain(row))),
        other => println!("{}", plain(other)),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Prints what went wrong, in both languages.
pub fn print_error(error: &anyhow::Error, is_json: bool) {
    let api = error.downcast_ref::<ApiError>();
    if is_json {
        let (code, fields) = api.map_or(("error", json!({})), |api| (api.code.as_str(), json!(api.fields)));
        eprintln!("{}", json!({ "code": code, "message": error.to_string(), "fields": fields }));
        return;
    }
    match api {
        Some(api) => {
            eprintln!("quen: {}", api.message);
            if let Some(vietnamese) =
                vietnamese(&api.code).map(str::to_owned).or_else(|| on_screen(&api.code))
            {
                eprintln!("      {vietnamese}");
            }
            for (field, reason) in &api.fields {
                eprintln!("      {field}: {reason}");
            }
        }
        None => eprintln!("quen: {error:#}"),
    }
}

/// What the screens say about a code, where the command line has no sentence of its own.
fn on_screen(code: &str) -> Option<String> {
    const SENTENCES: &str = include_str!("../../ui/src/locales/vi/errors.json");
    let all: Value = serde_json::from_str(SENTENCES).ok()?;
    all[code].as_str().filter(|sentence| !sentence.contains("{{")).map(str::to_owned)
}

fn vietnamese(code: &str) -> Option<&'static str> {
    Some(match code {
        "locked" => "Thiết bị đang khoá: đặt mật khẩu trong QUEN_PASSPHRASE hoặc --passphrase-file.",
        "wrong_passphrase" => "Mật khẩu không đúng. Dữ liệu vẫn còn nguyên.",
        "no_workspace" => "Thiết bị chưa thuộc trung tâm nào: chạy `quen create` hoặc `quen join`.",
        "has_workspace" => "Thiết bị đã thuộc một trung tâm; dùng thư mục dữ liệu khác.",
        "folder_in_use" => "Một cửa sổ Quen khác đang dùng thư mục này; hãy đóng nó trước.",
        "folder_not_writable" | "read_only" => {
            "Không ghi được vào thư mục dữ liệu; kiểm tra quyền và dung lượng đĩa."
        }
        "disk_full" => "Đĩa đã đầy; chưa có gì thay đổi. Giải phóng chỗ rồi thử lại.",
        "database_newer" => "Dữ liệu do bản Quen mới hơn ghi; hãy cập nhật chương trình.",
        "database_damaged" => "Tệp dữ liệu bị hỏng; khôi phục bản sao lưu hoặc tham gia lại bằng lời mời.",
        "keys_lost" | "wrong_key" => "Mất khoá của dữ liệu này; tham gia lại trung tâm bằng lời mời.",
        "not_found" => "Không tìm thấy.",
        "not_allowed" => "Vai trò của thiết bị này không cho phép việc đó.",
        "bad_invite" => "Lời mời không đúng; hãy chép lại đầy đủ.",
        "invite_unusable" => "Lời mời đã dùng, đã huỷ hoặc hết hạn; hãy xin lời mời mới.",
        "no_relay" => "Chưa có địa chỉ máy chuyển tiếp; đặt bằng `quen sync --relay`.",
        "bad_address" => "Địa chỉ máy chuyển tiếp không đúng.",
        "bad_field" => "Giá trị không hợp lệ cho trường này.",
        "bad_argument" => "Tham số không hợp lệ.",
        "unknown_call" => "Không có lệnh gọi này; xem `quen --help`.",
        "file_missing" => "Không có tệp này; xem lại tên và thư mục.",
        "file_empty" => "Tệp không có dòng nào; xuất lại danh sách rồi thử lại.",
        "file_damaged" => "Tệp bị hỏng hoặc chưa chép xong; mở bằng bảng tính, lưu lại rồi thử lại.",
        "file_unknown" => "Không đọc được loại tệp này; hãy dùng CSV, XLSX hoặc vCard.",
        "file_too_large" => "Tệp quá lớn; chia nhỏ rồi nhập từng phần.",
        "database" => "Không đọc ghi được dữ liệu; thử lại, nếu còn lỗi thì chạy `quen doctor`.",
        "relay_unreachable" => "Không tới được máy chuyển tiếp; mọi thay đổi vẫn an toàn trên máy này.",
        "not_a_relay" => "Địa chỉ này trả lời nhưng không phải máy chuyển tiếp của Quen.",
        "not_loopback" => {
            "Địa chỉ này cho máy khác với tới; thêm --i-know-others-can-reach-it nếu đúng là muốn thế."
        }
        "passphrase_file" => "Không đọc được tệp mật khẩu; xem lại đường dẫn và quyền.",
        "no_home" => "Không thấy thư mục nhà; chỉ ra bằng --data.",
        "no_screens" => "Chưa dựng màn hình; chạy `npm run build` trong ui/ hoặc chỉ ra bằng --ui.",
        "address_in_use" => "Địa chỉ này đang có chương trình khác dùng; chọn cổng khác.",
        "file_not_written" => "Không ghi được tệp; xem lại thư mục, quyền và chỗ trống trên đĩa.",
        "file_left_behind" => "Đã xuất xong, nhưng còn một bản trong thư mục dữ liệu chưa xoá được.",
        "unknown_name" => "Không có tên này; xem các tên ở trên.",
        "several_match" => "Nhiều người khớp; hãy dùng mã ở đầu dòng.",
        "file_unknown_ending" => "Tên tệp phải kết thúc bằng .csv, .xlsx, .vcf hoặc .json.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_that_the_screens_know_is_told_in_vietnamese() {
        let all: Value = serde_json::from_str(include_str!("../../ui/src/locales/vi/errors.json")).unwrap();
        let all = all.as_object().unwrap();
        assert!(all.len() > 50);
        for code in all.keys() {
            let told = vietnamese(code).map(str::to_owned).or_else(|| on_screen(code));
            assert!(told.is_some() || all[code].to_string().contains("{{"), "{code}");
        }
    }
}
