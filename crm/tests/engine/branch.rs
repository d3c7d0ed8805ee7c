//! Branches: whose people a device may write.

use crm::{
    api::args::PageArgs,
    contact::edit::ContactEdit,
    definition::edit::DefinitionEdit,
    duplicate,
    edit::Edit,
    engine::{Action, EditError, RemoteBundle},
    id::{AtMs, ContactId, DefinitionId, InteractionId},
    interaction::edit::InteractionEdit,
    read::ReadContext,
    store::{change_log, key},
    task::edit::{NewTask, TaskEdit},
};
use wire::SpaceId;

use crate::device::{Device, fact};

const HERE: SpaceId = SpaceId([21; 16]);
const AWAY: SpaceId = SpaceId([22; 16]);

/// A desk that knows two branches and holds the key of the first.
fn desk() -> Device {
    let mut desk = Device::new(1);
    for (space, name) in [(HERE, "Quận 1"), (AWAY, "Gò Vấp")] {
        let action = Action { new_space: Some(space), ..desk.action() };
        let edit = DefinitionEdit::Branch { name: name.to_owned() };
        desk.engine.act(action, &[Edit::Definition { id: DefinitionId(space.0), edit }]).expect("defined");
    }
    let tx = desk.engine.conn_mut().transaction().expect("a transaction");
    key::put(&tx, HERE, 1, &[9; 32]).expect("kept");
    tx.commit().expect("committed");
    desk
}

#[test]
fn a_person_of_a_branch_that_is_not_held_here_is_refused() {
    let mut desk = desk();
    let facts = vec![fact("fullName", "An"), fact("branch", &DefinitionId(AWAY.0).to_string())];
    let refused =
        desk.try_contact(ContactId::in_space([7; 16], AWAY), ContactEdit::Create { facts, tags: Vec::new() });
    assert!(matches!(refused, Err(EditError::NoSpaceForBranch { .. })), "{refused:?}");
}

#[test]
fn a_person_without_a_branch_belongs_to_the_only_one_that_is_held() {
    let mut desk = desk();
    let id = desk.enter("An", &[], &[]);
    assert_eq!(change_log::space_of(desk.engine.conn(), id.doc()).unwrap(), Some(HERE));
    let branch: Vec<u8> = desk
        .engine
        .conn()
        .query_row("SELECT branch FROM contact WHERE id = ?1", [id.0], |row| row.get(0))
        .unwrap();
    assert_eq!(branch, HERE.0);
}

#[test]
fn what_is_recorded_stands_at_the_branch_of_this_desk_also_when_a_task_is_done() {
    let mut desk = desk();
    let an = desk.enter("An", &[], &[]);
    let note = |body: &str| InteractionEdit::Record {
        kind: "note".to_owned(),
        happened_at_ms: None,
        direction: None,
        outcome: None,
        body: body.to_owned(),
    };
    desk.record(an, note("ghé quầy"));
    let task =
        NewTask {
            kind: "call".into(), title: "Gọi lại".into(), due_at_ms: None, owner: None, repeat: None
        };
    let id = desk.add_task(an, task);
    let interaction = InteractionId([77; 16]);
    let done = TaskEdit::Complete { outcome: "reached".into(), note: String::new(), interaction, next: None };
    desk.act_task(an, id, done);
    let branches: Vec<Option<Vec<u8>>> = desk
        .engine
        .conn()
        .prepare("SELECT branch FROM interaction")
        .and_then(|mut rows| rows.query_map([], |row| row.get(0))?.collect())
        .unwrap();
    assert_eq!(branches, vec![Some(HERE.0.to_vec()); 2]);
}

/// Lets the desk hold the second branch too, and enters a person there.
fn person_of_the_other_branch(desk: &mut Device) -> ContactId {
    let tx = desk.engine.conn_mut().transaction().expect("a transaction");
    key::put(&tx, AWAY, 1, &[9; 32]).expect("kept");
    tx.commit().expect("committed");
    let id = ContactId::in_space([77; 16], AWAY);
    let facts = vec![fact("fullName", "Bình"), fact("branch", &DefinitionId(AWAY.0).to_string())];
    desk.act_contact(id, ContactEdit::Create { facts, tags: Vec::new() });
    id
}

#[test]
fn a_person_is_not_shown_at_a_branch_whose_devices_do_not_hold_it() {
    let mut desk = desk();
    let an = desk.enter("An", &[], &[]);
    person_of_the_other_branch(&mut desk);
    let set = |value: Option<&str>| ContactEdit::Set { field: "branch".into(), value: value.map(Into::into) };
    let (here, away) = (DefinitionId(HERE.0).to_string(), DefinitionId(AWAY.0).to_string());
    for value in [Some(away.as_str()), None, Some("")] {
        let refused = desk.try_contact(an, set(value));
        assert!(matches!(refused, Err(EditError::OtherBranch { id }) if id == an), "{value:?} {refused:?}");
    }
    let resolve = ContactEdit::Resolve { field: "branch".into(), value: Some(away) };
    assert!(matches!(desk.try_contact(an, resolve), Err(EditError::OtherBranch { .. })));
    assert!(desk.try_contact(an, set(Some(&here))).is_ok(), "what holds already may be said again");
}

#[test]
fn people_of_two_branches_are_not_merged() {
    let mut desk = desk();
    let an = desk.enter("An", &[], &[]);
    let binh = person_of_the_other_branch(&mut desk);
    let refused = desk.try_contact(an, ContactEdit::MergeWith { other: binh });
    assert!(matches!(refused, Err(EditError::OtherBranch { id }) if id == binh), "{refused:?}");
}

#[test]
fn a_pair_is_offered_for_merging_where_the_engine_merges_it() {
    let mut desk = desk();
    let phone = fact("phone.1", "0911111111");
    let an = desk.enter("An", std::slice::from_ref(&phone), &[]);
    let near = desk.enter("An", std::slice::from_ref(&phone), &[]);
    let away = person_of_the_other_branch(&mut desk);
    for (field, value) in [("fullName", "An"), ("phone.1", "0911111111")] {
        desk.act_contact(away, ContactEdit::Set { field: field.into(), value: Some(value.into()) });
    }
    let context = ReadContext {
        now: AtMs(desk.now),
        utc_offset_minutes: 420,
        staff: desk.engine.author().staff,
        kept: None,
    };
    let pairs = duplicate::query::list(desk.engine.conn(), &context, PageArgs::default()).expect("readable");
    assert_eq!(pairs.len(), 3);
    for pair in pairs {
        let (left, right) = (pair.left.id, pair.right.id);
        assert_eq!(pair.can_merge, ![left, right].contains(&away), "{left} {right}");
    }
    let page = duplicate::query::of_contact(desk.engine.conn(), an).expect("readable");
    let mut offered: Vec<_> = page.into_iter().map(|one| (one.contact.id, one.can_merge)).collect();
    offered.sort_unstable();
    let mut expected = vec![(near, true), (away, false)];
    expected.sort_unstable();
    assert_eq!(offered, expected);
    assert!(desk.try_contact(an, ContactEdit::MergeWith { other: away }).is_err());
    assert!(desk.try_contact(an, ContactEdit::MergeWith { other: near }).is_ok());
}

#[test]
fn a_new_person_needs_an_identifier_of_its_branch() {
    let mut desk = desk();
    let id = ContactId::in_space([5; 16], AWAY);
    let create = ContactEdit::Create { facts: vec![fact("fullName", "An")], tags: Vec::new() };
    assert!(matches!(desk.try_contact(id, create.clone()), Err(EditError::UnboundId { .. })));
    assert!(desk.try_contact(ContactId::in_space([5; 16], HERE), create).is_ok());
}

#[test]
fn a_clock_years_ahead_elsewhere_does_not_move_this_one_at_the_next_start() {
    let mut ahead = Device::new(2);
    ahead.now += 10 * 365 * 86_400_000;
    let id = ahead.enter("An", &[], &[]);
    let changes = ahead.engine.document(id.doc()).unwrap().changes();
    let mut desk = Device::new(1);
    desk.enter("Bình", &[], &[]);
    let bundle = RemoteBundle { doc: id.doc(), space: SpaceId([1; 16]), changes };
    desk.engine.receive(vec![bundle], AtMs(desk.now), |_| Ok(())).unwrap();
    let own = change_log::last_own_time(desk.engine.conn()).unwrap();
    assert!((own.wall_ms() as i64) <= desk.now, "{own:?}");
}
