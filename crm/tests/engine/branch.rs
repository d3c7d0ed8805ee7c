//! Branches: whose people a device may write.

use crm::{
    contact::edit::ContactEdit,
    definition::edit::DefinitionEdit,
    edit::Edit,
    engine::{Action, EditError, RemoteBundle},
    id::{AtMs, DefinitionId},
    store::{change_log, key},
};
use wire::SpaceId;

use crate::device::{Device, contact_id, fact};

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
    let refused = desk.try_contact(contact_id(7), ContactEdit::Create { facts, tags: Vec::new() });
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
