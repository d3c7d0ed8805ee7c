//! Nobody is left nameless and no note empty, whichever door an edit comes through.

use crdt::{Cause, Put};
use crm::{
    comment::{edit::CommentEdit, model::Subject},
    contact::{edit::ContactEdit, field::FieldError},
    edit::Edit,
    engine::{Action, EditError},
    id::{CommentId, ContactId, InteractionId},
    interaction::edit::InteractionEdit,
};

use super::device::{Device, fact};

fn clear(field: &str) -> ContactEdit {
    ContactEdit::Set { field: field.to_owned(), value: None }
}

fn record(kind: &str, body: &str) -> InteractionEdit {
    InteractionEdit::Record {
        kind: kind.to_owned(),
        happened_at_ms: None,
        direction: None,
        outcome: None,
        body: body.to_owned(),
    }
}

fn is_bare(result: Result<impl std::fmt::Debug, EditError>) -> bool {
    matches!(result, Err(EditError::Field { field, source: FieldError::Required }) if field == "fullName")
}

fn about(contact: ContactId, id: InteractionId, edit: InteractionEdit) -> Edit {
    Edit::Interaction { contact, id, edit }
}

#[test]
fn the_last_by_which_a_person_is_known_stays() {
    let mut desk = Device::new(1);
    let id = desk.enter("Lê An", &[fact("phone.1", "0912 345 678")], &[]);
    desk.act_contact(id, clear("fullName"));
    assert!(is_bare(desk.try_contact(id, clear("phone.1"))));
    let resolved = ContactEdit::Resolve { field: "phone.1".to_owned(), value: None };
    assert!(is_bare(desk.try_contact(id, resolved)));
    assert_eq!(desk.text(id, "phone").as_deref(), Some("+84912345678"));

    // One action that gives as it takes leaves somebody; one that takes all by and by does not.
    let action = desk.action();
    let name = ContactEdit::Set { field: "fullName".to_owned(), value: Some("Lê An".to_owned()) };
    let both = [clear("phone.1"), name].map(|edit| Edit::Contact { id, edit });
    desk.engine.act(action, &both).unwrap();
    let action = desk.action();
    let create = ContactEdit::Create { facts: vec![fact("fullName", "Vũ Bình")], tags: vec![] };
    let other = super::device::contact_id(9);
    let edits = [create, clear("fullName")].map(|edit| Edit::Contact { id: other, edit });
    assert!(is_bare(desk.engine.act(action, &edits)));

    // A sheet, row by row: the others go in.
    let action = Action { cause: Cause::IMPORT, ..desk.action() };
    let groups = [vec![Edit::Contact { id, edit: clear("fullName") }], vec![]];
    let mut refused = 0;
    let rows = desk.engine.act_in_groups(action, &groups, |_, rows| {
        refused = rows.len();
        Ok(())
    });
    assert!(rows.unwrap().docs.is_empty());
    assert_eq!((refused, desk.text(id, "full_name").as_deref()), (1, Some("Lê An")));
}

#[test]
fn records_of_one_person_are_known_by_each_other() {
    let mut desk = Device::new(1);
    let an = desk.enter("Lê An", &[], &[]);
    let same = desk.enter("Lê Văn An", &[fact("phone.1", "0912 345 678")], &[]);
    desk.act_contact(an, ContactEdit::MergeWith { other: same });
    desk.act_contact(an, clear("fullName"));
    assert!(is_bare(desk.try_contact(same, clear("phone.1"))), "it was the last");
}

#[test]
fn an_undo_leaves_the_last_by_which_a_person_is_known() {
    let mut desk = Device::new(1);
    let id = desk.enter("Lê An", &[fact("phone.1", "0912 345 678")], &[]);
    desk.act_contact(id, clear("fullName"));
    let named = desk.set(id, "fullName", "Lê Thị An");
    desk.act_contact(id, clear("phone.1"));
    let action = desk.action();
    let (done, _) = desk.engine.undo(named, action).unwrap();
    assert_eq!((done.restored, done.skipped), (0, 1));
    assert_eq!(desk.text(id, "full_name").as_deref(), Some("Lê Thị An"));
}

#[test]
fn a_note_and_a_remark_say_something() {
    let mut desk = Device::new(1);
    let an = desk.enter("Lê An", &[], &[]);
    let id = InteractionId([7; 16]);
    let empty = desk.try_edit(about(an, id, record("note", " \n")));
    assert!(matches!(empty, Err(EditError::Missing)), "{empty:?}");
    desk.record(an, record("call", ""));
    let note = desk.record(an, record("note", "Hẹn học thử"));
    let emptied = InteractionEdit::Correct { happened_at_ms: None, outcome: None, body: Some("  ".into()) };
    let refused = desk.try_edit(about(an, note, emptied.clone()));
    assert!(matches!(refused, Err(EditError::Missing)), "{refused:?}");
    let edit = CommentEdit::Write { body: " ".into(), mentions: vec![] };
    let remark = Edit::Comment { contact: an, about: Subject::Person, id: CommentId([1; 16]), edit };
    assert!(matches!(desk.try_edit(remark), Err(EditError::Missing)));

    // A sheet may know no more than the day, and what stands may stay.
    let action = Action { cause: Cause::IMPORT, ..desk.action() };
    desk.engine.act_in_groups(action, &[vec![about(an, id, record("note", ""))]], |_, _| Ok(())).unwrap();
    assert_eq!(desk.count("SELECT count(*) FROM interaction WHERE body = ''"), 2);
    desk.try_edit(about(an, id, emptied.clone())).expect("it is as it was");
    desk.take_from_elsewhere(an, &[Put::new(format!("interaction/{note}/body"), "")]);
    desk.try_edit(about(an, note, emptied)).expect("another device emptied it");
}
