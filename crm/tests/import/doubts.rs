//! What can be read and is probably not what was meant is said, and nothing of it is lost.

use serde_json::{Value, json};

use super::Desk;

fn rows(desk: &Desk, import: &Value, which: Value) -> Value {
    let args = json!({ "import": import["id"], "outcome": which, "offset": 0, "limit": 50 });
    desk.call("import.rows", args)["rows"].clone()
}

fn note(code: &str, column: &str, text: &str) -> Value {
    json!({ "code": code, "column": column, "text": text })
}

#[test]
fn rows_inside_a_quote_that_nobody_closed_are_told_before_anything_is_written() {
    let desk = Desk::founded();
    let sheet = "Họ tên,Ghi chú,SĐT\n\
        Trần An,\"hỏi lớp tối,0901111111\nLê Bình,,0902222222\nVõ Cường,\"gọi lại\",0903333333\n\
        Đỗ Dũng,,0904444444\n";
    let draft = desk.draft(sheet);
    assert_eq!(draft["warnings"], json!(["unclosedQuote:2"]));
    desk.check(&draft);
    let told = note("swallowedRows", "Ghi chú", "Lê Bình,,0902222222");
    let first = rows(&desk, &draft, Value::Null)[0]["notes"].clone();
    assert!(first.as_array().is_some_and(|notes| notes.contains(&told)), "{first}");
    assert_eq!(rows(&desk, &draft, json!("needsPerson"))[0]["name"], "Trần An");
    let fine = desk.draft("Họ tên,Ghi chú,SĐT\nTrần An,\"gọi lại,\nhẹn thứ 5\",0901111111\n");
    assert_eq!(fine["warnings"], json!([]));
}

#[test]
fn a_day_that_could_be_two_is_told_where_the_column_mixes_orders() {
    let desk = Desk::founded();
    let rest: String = (0..100).map(|no| format!("Người {no},25/0{}/2011\n", no % 9 + 1)).collect();
    let sheet = format!("Họ tên,Ngày sinh\nTrần An,03/04/2010\n{rest}Lê Bình,12/25/2012\n");
    let done = desk.import(&sheet);
    let all = rows(&desk, &done, Value::Null);
    assert_eq!(all[0]["notes"], json!([note("ambiguousDate", "Ngày sinh", "03/04/2010")]));
    assert_eq!(all[1]["notes"], json!([]), "a day that is one is not in doubt");
    assert_eq!(desk.person("tran an")["fields"]["birthOn"]["value"], "2010-04-03");
    let binh = desk.person("le binh");
    assert_eq!(binh["fields"]["birthOn"]["value"], "2012-12-25", "there is no 25th month");
    let clear = desk.import("Họ tên,Ngày sinh\nVõ Cường,03/04/2010\nVõ Dũng,25/12/2010\n");
    assert_eq!(rows(&desk, &clear, Value::Null)[0]["notes"], json!([]));
}

#[test]
fn a_cell_of_phones_that_is_too_long_is_told_and_kept_whole() {
    let desk = Desk::founded();
    let words = "mẹ dặn gọi buổi tối ".repeat(25);
    let sheet = format!(
        "Họ tên,SĐT,Tên phụ huynh,SĐT phụ huynh\n\
         Trần An,0901111111 {words} hoặc 0902222222,Trần Thị Mai,0903333333 {words} 0904444444\n"
    );
    let done = desk.import(&sheet);
    let notes = rows(&desk, &done, Value::Null)[0]["notes"].clone();
    let codes: Vec<_> = notes.as_array().unwrap().iter().map(|note| &note["code"]).collect();
    assert_eq!(codes.iter().filter(|code| **code == "longPhones").count(), 2, "{notes}");
    let an = desk.person("tran an");
    assert_eq!(an["row"]["phone"], "+84901111111");
    let args = json!({ "id": an["row"]["id"], "kinds": ["note"], "offset": 0, "limit": 10 });
    let timeline = desk.call("contact.timeline", args).to_string();
    assert!(timeline.contains("0902222222") && timeline.contains("0904444444"), "{timeline}");
}

#[test]
fn when_somebody_was_spoken_with_is_read_off_the_clock_that_the_cell_names() {
    let desk = Desk::founded();
    desk.import_with(
        "Họ tên,SĐT,Liên hệ\nTrần An,0901111111,2024-03-12T19:00:00+0700\n",
        &json!({ "columns": ["fullName", "phone", "interactionAt"] }),
    );
    let an = desk.person("tran an");
    assert_eq!(an["row"]["lastInteractionAtMs"], 1_710_244_800_000_i64, "noon of UTC: {}", an["row"]);
}
