//! What cannot be understood is kept with the person.

use serde_json::json;

use super::Desk;

fn notes_of(desk: &Desk, words: &str) -> String {
    let person = desk.person(words);
    let args = json!({ "id": person["row"]["id"], "kinds": ["note"], "offset": 0, "limit": 10 });
    desk.call("contact.timeline", args).to_string()
}

#[test]
fn cells_that_cannot_be_read_become_a_note() {
    let desk = Desk::founded();
    let sheet = "Họ tên,SĐT,Email,Ngày sinh,Trạng thái,Địa chỉ,Địa chỉ\n\
        Nguyễn Văn An (em Bình lớp 7),0901111111,lan.gmail.com,2010,Chuyển lớp,12 Lê Lợi,Quận 1\n";
    let mut draft = desk.draft(sheet);
    draft["mapping"]["columns"] =
        json!(["fullName", "phone", "email", "birthOn", "status", "address", "address"]);
    desk.run(&draft);
    let notes = notes_of(&desk, "nguyen van an");
    for text in ["em Bình lớp 7", "lan.gmail.com", "2010", "Chuyển lớp"] {
        assert!(notes.contains(text), "{text} is lost: {notes}");
    }
    let person = desk.person("nguyen van an");
    assert_eq!(person["fields"]["address"]["value"], "12 Lê Lợi, Quận 1");
    assert_eq!(person["row"]["status"], "new", "a word that nobody knows is no status");
}

#[test]
fn the_second_guardian_of_a_row_is_kept_and_not_mixed_into_the_first() {
    let desk = Desk::founded();
    let sheet = "Họ tên,SĐT,Tên mẹ,SĐT mẹ,Tên bố,SĐT bố\n\
        Nguyễn Văn An,0901111111,Trần Thị Mẹ,0913000001,Nguyễn Văn Bố,0913000002\n";
    let mut draft = desk.draft(sheet);
    draft["mapping"]["columns"] =
        json!(["fullName", "phone", "guardianName", "guardianPhone", "guardianName", "guardianPhone"]);
    desk.run(&draft);
    assert_eq!(desk.person("tran thi me")["row"]["phone"], "+84913000001");
    let notes = notes_of(&desk, "nguyen van an");
    assert!(notes.contains("Nguyễn Văn Bố") && notes.contains("0913000002"), "{notes}");
}

#[test]
fn a_mother_without_a_number_does_not_get_the_fathers() {
    let desk = Desk::founded();
    desk.import(
        "Họ tên,SĐT,Tên mẹ,SĐT mẹ,Tên bố,SĐT bố\n\
        Nguyễn Văn An,0901111111,Trần Thị Mẹ,,Nguyễn Văn Bố,0913000002\n",
    );
    assert_eq!(desk.person("tran thi me")["row"]["phone"], serde_json::Value::Null);
    assert_eq!(desk.person("nguyen van bo")["row"]["phone"], "+84913000002");
}

#[test]
fn both_parents_of_a_row_become_people_and_siblings_share_them() {
    let desk = Desk::founded();
    desk.import(
        "Họ tên,Ngày sinh,Tên mẹ,SĐT mẹ,Tên bố,SĐT bố\n\
        Nguyễn Văn An,01/02/2015,Trần Thị Mẹ,0913000001,Nguyễn Văn Bố,0913000002\n\
        Nguyễn Thị Bình,03/04/2017,Trần Thị Mẹ,0913000001,Nguyễn Văn Bố,0913000002\n",
    );
    for child in ["nguyen van an", "nguyen thi binh"] {
        let page = desk.person(child);
        let links = page["relations"].as_array().unwrap();
        let guardians = links.iter().filter(|link| link["kind"] == "guardian");
        let mut names: Vec<_> = guardians.map(|link| link["contact"]["fullName"].as_str().unwrap()).collect();
        names.sort_unstable();
        assert_eq!(names, ["Nguyễn Văn Bố", "Trần Thị Mẹ"], "{child}");
    }
    let children = desk.person("nguyen van bo");
    assert_eq!(children["relations"].as_array().unwrap().len(), 2, "entered once for both");
}

#[test]
fn a_row_that_is_called_after_the_child_is_the_guardian() {
    let desk = Desk::founded();
    desk.import(
        "Họ tên,SĐT\nPhụ huynh bé Nguyễn Văn An,0901111111\nNguyễn Văn An,0902222222\n\
         Phụ huynh Trần Thị Mai,0903333333\nPhụ huynh bé Nguyễn Văn An,0901111111\n",
    );
    assert_eq!(desk.names(), ["Nguyễn Văn An", "Phụ huynh bé Nguyễn Văn An", "Trần Thị Mai"]);
    assert_eq!(desk.person("phu huynh be")["row"]["kind"], "guardian");
    assert_eq!(desk.person("tran thi mai")["row"]["kind"], "guardian");
    assert_eq!(desk.person("0902222222")["row"]["kind"], "lead");
}

#[test]
fn a_yes_to_an_opt_out_is_no_consent() {
    let desk = Desk::founded();
    let columns = json!({ "columns": ["fullName", "phone", "consentMarketing"] });
    desk.import_with("Họ tên,SĐT,Email Opt Out\nTrần An,0901111111,1\nLê Bình,0902222222,0\n", &columns);
    let consents = |words: &str| desk.person(words)["consents"].clone();
    assert_eq!(consents("tran an")[0]["isGranted"], false);
    assert_eq!(consents("le binh"), json!([]), "who has not opted out has not agreed by that");
    desk.import_with("Họ tên,SĐT,Đồng ý\nLê Bình,0902222222,Có\n", &columns);
    assert_eq!(consents("le binh")[0]["isGranted"], true);
}

#[test]
fn what_other_programs_export_comes_in_as_it_was_meant() {
    let desk = Desk::founded();
    desk.import(
        "id\tcreated_time\tad_name\tadset_name\tcampaign_name\tform_name\tplatform\tfull_name\tphone_number\n\
         l:1\t2024-03-12T14:30:00+0700\tQC A\tNhóm\tHè 2024\tForm\tfb\tTrần Thị Phây\tp:+84912999888\n",
    );
    assert_eq!(desk.person("tran thi phay")["fields"]["campaign"]["value"], "Hè 2024");
    desk.import("First Name,Last Name,Lifecycle Stage,Lead Status,Phone\nBình,Lê,lead,New,0903222333\n");
    let binh = desk.person("le binh");
    assert_eq!((&binh["row"]["kind"], &binh["row"]["status"]), (&json!("lead"), &json!("new")));
    assert!(binh["timelineCounts"]["note"].is_null(), "nothing was left over: {binh}");
    desk.import("Họ tên,Danh xưng,SĐT\nChị Võ Thị Dung,Chị,028 3822 1234 máy lẻ 12\n");
    let notes = notes_of(&desk, "vo thi dung");
    assert!(notes.contains("máy lẻ 12") && !notes.contains("Danh xưng"), "{notes}");
}

#[test]
fn nobody_was_in_touch_with_somebody_by_a_note_of_a_sheet() {
    let desk = Desk::founded();
    desk.import(
        "Họ tên,SĐT,Ngày sinh,Ghi chú\nTrần An,0901111111,,thích IELTS\nLê Bình,0902222222,chưa rõ,\n",
    );
    let rule = json!({ "is": "rule", "field": "lastInteractionAt", "op": "olderThanDays", "value": 14 });
    let rows = |filter: &serde_json::Value| {
        let args = json!({ "view": { "filter": filter }, "offset": 0, "limit": 50 });
        desk.call("contact.list", args)["rows"].as_array().map(Vec::len)
    };
    assert_eq!(rows(&rule), Some(2), "both wait for a first call");
    let person = desk.person("tran an");
    assert_eq!(person["row"]["lastInteractionAtMs"], serde_json::Value::Null);
    assert_eq!(person["timelineCounts"]["note"], 1);
    let call = json!({ "do": "record", "kind": "call", "happenedAtMs": null, "direction": "out",
        "outcome": null, "body": "đã gọi" });
    let edit = json!({ "noun": "interaction", "contact": person["row"]["id"],
        "id": "01J00000000000000000000008", "edit": call });
    desk.call("edit", json!({ "edits": [edit] }));
    assert_eq!(rows(&rule), Some(1));
}
