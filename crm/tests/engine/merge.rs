//! Devices that were apart.

use crm::{contact::edit::ContactEdit, engine::dump::canonical_dump};

use super::device::{Device, fact};

#[test]
fn two_phones_written_apart_wait_for_a_person_and_different_fields_do_not() {
    let (mut ada, mut ben) = (Device::new(1), Device::new(2));
    let id = ada.enter("Lan", &[fact("phone.1", "0911111111")], &[]);
    ada.send(id, &mut ben);
    ada.set(id, "phone.1", "0922222222");
    ada.set(id, "school", "Lê Lợi");
    ben.now += 60_000;
    ben.set(id, "phone.1", "0933333333");
    ben.set(id, "level", "B1");
    ada.send(id, &mut ben);
    ben.send(id, &mut ada);
    assert_eq!(canonical_dump(ada.engine.conn()).unwrap(), canonical_dump(ben.engine.conn()).unwrap());
    assert_eq!(ada.count("SELECT count(*) FROM conflict"), 1);
    assert_eq!(ada.text(id, "school").as_deref(), Some("Lê Lợi"));
    assert_eq!(ada.text(id, "level").as_deref(), Some("B1"));
    assert_eq!(ada.text(id, "phone").as_deref(), Some("+84933333333"), "the later one shows meanwhile");

    let resolve = ContactEdit::Resolve { field: "phone.1".into(), value: Some("0922222222".into()) };
    ben.act_contact(id, resolve);
    ben.send(id, &mut ada);
    for device in [&ada, &ben] {
        assert_eq!(device.count("SELECT count(*) FROM conflict"), 0);
        assert_eq!(device.text(id, "phone").as_deref(), Some("+84922222222"));
    }
}

#[test]
fn same_value_written_apart_is_no_disagreement() {
    let (mut ada, mut ben) = (Device::new(1), Device::new(2));
    let id = ada.enter("Lan", &[], &[]);
    ada.send(id, &mut ben);
    ada.set(id, "status", "trial");
    ben.set(id, "status", "trial");
    ada.send(id, &mut ben);
    assert_eq!(ben.count("SELECT count(*) FROM conflict"), 0);
}

#[test]
fn tag_put_on_wins_over_tag_taken_off_apart() {
    let (mut ada, mut ben) = (Device::new(1), Device::new(2));
    let id = ada.enter("Lan", &[], &["VIP"]);
    ada.send(id, &mut ben);
    let tag = crm::id::TagId::of_name("vip");
    ada.act_contact(id, ContactEdit::RemoveTag { tag });
    ada.act_contact(id, ContactEdit::AddTag { label: "VIP".into() });
    ben.act_contact(id, ContactEdit::RemoveTag { tag });
    ada.send(id, &mut ben);
    ben.send(id, &mut ada);
    for device in [&ada, &ben] {
        assert_eq!(device.count("SELECT count(*) FROM contact_tag"), 1);
    }
}

#[test]
fn merged_records_show_as_one_whatever_arrives_first_and_come_apart_again() {
    let (mut ada, mut ben) = (Device::new(1), Device::new(2));
    let a = ada.enter("Nguyễn Văn An", &[fact("phone.1", "0911111111")], &["VIP"]);
    let b = ada.enter("Nguyen Van An", &[fact("email.1", "an@example.com")], &["Hè"]);
    ada.act_contact(b, ContactEdit::MergeWith { other: a });
    ada.send(b, &mut ben);
    assert_eq!(
        ben.count("SELECT count(*) FROM contact WHERE merged_into IS NULL"),
        1,
        "the link alone harms nothing"
    );
    ada.send(a, &mut ben);
    assert_eq!(canonical_dump(ada.engine.conn()).unwrap(), canonical_dump(ben.engine.conn()).unwrap());
    assert_eq!(ben.count("SELECT count(*) FROM contact WHERE merged_into IS NULL"), 1);
    assert_eq!(ben.count("SELECT count(*) FROM contact_tag"), 2, "children of both are kept");
    assert_eq!(ben.text(a, "email").as_deref(), Some("an@example.com"));
    ben.act_contact(b, ContactEdit::Unmerge { other: a });
    assert_eq!(ben.count("SELECT count(*) FROM contact WHERE merged_into IS NULL"), 2);
    assert_eq!(ben.text(a, "email"), None);
    ben.send(b, &mut ada);
    assert_eq!(canonical_dump(ada.engine.conn()).unwrap(), canonical_dump(ben.engine.conn()).unwrap());
}

#[test]
fn likely_duplicates_are_found_and_families_are_not() {
    let mut desk = Device::new(1);
    desk.enter("Nguyễn Văn An", &[fact("phone.1", "0911111111")], &[]);
    desk.enter("NGUYEN VAN AN", &[fact("phone.1", "+84 911 111 111")], &[]);
    desk.enter("Nguyễn Thị Bình", &[fact("phone.1", "0911111111")], &[]);
    assert_eq!(desk.count("SELECT count(*) FROM duplicate"), 1);
}

#[test]
fn a_child_entered_twice_with_its_guardian_alone_is_a_likely_duplicate_and_a_sister_is_not() {
    let mut desk = Device::new(1);
    let mother = desk.enter("Trần Thị Mai", &[fact("phone.1", "0911111111")], &[]);
    let relate = || ContactEdit::Relate { kind: "guardian".into(), other: mother };
    let pairs = "SELECT count(*) FROM duplicate WHERE reasons = 'guardian'";
    let mut children = Vec::new();
    for name in ["Nguyễn An", "NGUYEN AN", "Nguyễn Ân", "Nguyễn Thị An"] {
        let child = desk.enter(name, &[], &[]);
        desk.act_contact(child, relate());
        children.push(child);
    }
    assert_eq!(desk.count(pairs), 2, "without marks it may be either of the two with marks");
    desk.set(children[0], "birthOn", "2012-03-04");
    desk.set(children[1], "birthOn", "2014-05-06");
    assert_eq!(desk.count(pairs), 1, "birth dates tell them apart");
    let apart = ContactEdit::Unrelate { kind: "guardian".into(), other: mother };
    desk.act_contact(children[2], apart);
    assert_eq!(desk.count("SELECT count(*) FROM duplicate"), 0);
}
