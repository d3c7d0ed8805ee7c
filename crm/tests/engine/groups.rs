//! Edits in groups: a refused group keeps no other out, and what is written beside them shares their commit.

use crm::{
    contact::edit::ContactEdit,
    edit::Edit,
    engine::EditError,
    store::{StoreError, setting},
};

use super::device::{Device, contact_id, fact};

fn create(number: u64) -> Edit {
    let facts = vec![fact("fullName", "Nguyễn Văn An"), fact("note", &number.to_string())];
    Edit::Contact { id: contact_id(number), edit: ContactEdit::Create { facts, tags: vec![] } }
}

fn relate(number: u64, other: u64) -> Edit {
    let edit = ContactEdit::Relate { kind: "guardian".into(), other: contact_id(other) };
    Edit::Contact { id: contact_id(number), edit }
}

fn people(desk: &Device) -> i64 {
    desk.engine.conn().query_row("SELECT count(*) FROM contact", [], |row| row.get(0)).expect("counts")
}

#[test]
fn a_refused_group_leaves_nothing_and_keeps_no_other_out() {
    let mut desk = Device::new(1);
    let (action, mut said) = (desk.action(), Vec::new());
    // The second enters somebody and then asks for what cannot be: all of it is refused.
    let groups = [vec![create(1)], vec![create(2), relate(2, 2)], vec![relate(1, 3), create(3)]];
    let acted = desk.engine.act_in_groups(action, &groups, |tx, refused| {
        said = refused;
        setting::put(tx, "beside", "1")
    });
    assert_eq!(acted.unwrap().docs, [contact_id(1).doc(), contact_id(3).doc()]);
    assert!(matches!(said.as_slice(), [(1, EditError::LinkToItself { .. })]), "{said:?}");
    assert_eq!(people(&desk), 2);
    assert_eq!(setting::get(desk.engine.conn(), "beside").unwrap().as_deref(), Some("1"));
}

#[test]
fn what_cannot_be_written_beside_them_takes_them_with_it() {
    let mut desk = Device::new(1);
    let action = desk.action();
    let failed = desk.engine.act_in_groups(action, &[vec![create(1)]], |tx, _| {
        setting::put(tx, "beside", "1")?;
        Err(StoreError::Unreadable { what: "row" })
    });
    assert!(failed.is_err());
    assert_eq!(people(&desk), 0);
    assert_eq!(setting::get(desk.engine.conn(), "beside").unwrap(), None);
    assert!(desk.engine.document(contact_id(1).doc()).unwrap().is_empty());
}
