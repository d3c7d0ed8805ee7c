//! Taking actions back.

use crm::{contact::edit::ContactEdit, engine::dump::canonical_dump, id::ActionId};

use super::device::{Device, fact};

fn undo(device: &mut Device, target: ActionId) -> crm::edit::UndoDone {
    let action = device.action();
    device.engine.undo(target, action).expect("undo is accepted").0
}

fn shown(device: &Device) -> Vec<String> {
    let lines = canonical_dump(device.engine.conn()).expect("readable");
    lines.into_iter().filter(|line| !line.starts_with("contact:")).collect()
}

#[test]
fn undo_puts_back_and_can_itself_be_undone() {
    let mut desk = Device::new(1);
    let id = desk.enter("Lan", &[fact("phone.1", "0911111111")], &[]);
    let before = shown(&desk);
    let target = desk.set(id, "phone.1", "0922 222 222");
    let after = shown(&desk);
    let done = undo(&mut desk, target);
    assert_eq!((done.skipped, shown(&desk)), (0, before));
    undo(&mut desk, done.action.expect("the undo changed something"));
    assert_eq!(shown(&desk), after);
}

#[test]
fn undo_leaves_what_others_changed_since_and_says_so() {
    let mut desk = Device::new(1);
    let id = desk.enter("Lan", &[], &[]);
    let target = desk.set(id, "level", "A1");
    desk.set(id, "level", "A2");
    let done = undo(&mut desk, target);
    assert_eq!((done.restored, done.skipped), (0, 1));
    assert_eq!(desk.text(id, "level").as_deref(), Some("A2"));
}

#[test]
fn undone_entering_takes_the_person_away_unless_somebody_worked_with_it() {
    let mut desk = Device::new(1);
    let edit = ContactEdit::Create { facts: vec![fact("fullName", "Lan")], tags: vec![] };
    let id = super::contact_id(5);
    let (target, _) = desk.try_contact(id, edit).unwrap();
    undo(&mut desk, target);
    assert_eq!(desk.count("SELECT count(*) FROM contact"), 0);

    let edit = ContactEdit::Create { facts: vec![fact("fullName", "Mai")], tags: vec![] };
    let id = super::contact_id(6);
    let (target, _) = desk.try_contact(id, edit).unwrap();
    desk.set(id, "level", "B1");
    let done = undo(&mut desk, target);
    assert_eq!((done.restored, done.skipped), (0, 1));
    assert_eq!(desk.text(id, "full_name").as_deref(), Some("Mai"));
}
