//! What was lost somewhere comes back from where it still is.

use crdt::RegisterValue;
use crm::sync::SyncNotice;
use crm::{contact::edit::ContactEdit, id::ContactId};
use wire::{Lineage, protocol::Request};
use world::{Dice, Wire, World};

const MANAGER: usize = 1;
const DESK_A: usize = 2;

fn set(world: &mut World, place: usize, contact: ContactId, field: &str, value: &str) {
    let edit = ContactEdit::Set { field: field.to_owned(), value: Some(value.to_owned()) };
    world.act_contact(place, contact, edit, Vec::new()).expect("the edit is accepted");
}

fn conflicts(world: &World, place: usize) -> i64 {
    world.nodes[place]
        .conn()
        .query_row("SELECT count(*) FROM conflict", [], |row| row.get(0))
        .expect("readable")
}

fn text(value: &str) -> RegisterValue {
    RegisterValue::from(value)
}

#[test]
fn two_phones_of_two_offline_devices_wait_until_a_person_chooses() {
    let mut world = World::seeded(1);
    let lan = world.enter(DESK_A).expect("entered");
    world.heal();
    set(&mut world, DESK_A, lan, "phone.1", "0912 345 678");
    world.pass(5_000);
    set(&mut world, MANAGER, lan, "phone.1", "0987 654 321");
    world.heal();
    assert_eq!((conflicts(&world, DESK_A), conflicts(&world, MANAGER)), (1, 1));
    assert_eq!(world.register(DESK_A, lan, "point/phone.1"), text("+84987654321"), "the later one is shown");
    let edit = ContactEdit::Resolve { field: "phone.1".to_owned(), value: Some("0912 345 678".to_owned()) };
    world.act_contact(DESK_A, lan, edit, Vec::new()).expect("resolved");
    world.heal();
    assert_eq!((conflicts(&world, DESK_A), conflicts(&world, MANAGER)), (0, 0));
    assert_eq!(world.register(MANAGER, lan, "point/phone.1"), text("+84912345678"));
    world.check();
}

#[test]
fn wiped_relay_is_filled_again_by_its_devices() {
    let mut world = World::seeded(2);
    let lan = world.enter(DESK_A).expect("entered");
    world.heal();
    let path = world.new_path("relay.db");
    world.relay.wipe(path, Lineage([9; 16]));
    world.heal();
    let newcomer = world.join("late desk", wire::membership::Role::Staff, Some(0));
    world.heal();
    assert!(world.contacts_at(newcomer).contains(&lan), "a newcomer gets everything from the new relay");
    world.check();
}

#[test]
fn relay_that_went_back_is_noticed_and_filled_again() {
    let mut world = World::seeded(3);
    world.enter(DESK_A).expect("entered");
    world.heal();
    world.relay.back_up();
    let binh = world.enter(DESK_A).expect("entered");
    world.talk(DESK_A);
    assert!(world.relay.restore(0));
    world.heal();
    assert!(world.contacts_at(MANAGER).contains(&binh), "what was acknowledged is sent again");
    world.check();
}

#[test]
fn restored_device_keeps_what_its_copy_had_not_sent() {
    let mut world = World::seeded(4);
    let lan = world.enter(DESK_A).expect("entered");
    world.heal();
    let life = world.nodes[DESK_A].replica().incarnation();
    set(&mut world, DESK_A, lan, "note", "before the copy");
    world.nodes[DESK_A].back_up();
    set(&mut world, DESK_A, lan, "school", "after the copy");
    world.talk(DESK_A);
    assert!(world.restore_device(DESK_A));
    world.heal();
    assert_ne!(world.nodes[DESK_A].replica().incarnation(), life, "it goes on under a new name");
    assert_eq!(world.register(MANAGER, lan, "profile/note"), text("before the copy"));
    assert_eq!(world.register(DESK_A, lan, "profile/school"), text("after the copy"));
    world.check();
}

#[test]
fn cloned_devices_both_keep_their_edits() {
    let mut world = World::seeded(5);
    let lan = world.enter(DESK_A).expect("entered");
    world.heal();
    assert!(world.clone_device(DESK_A));
    let twin = world.nodes.len() - 1;
    set(&mut world, DESK_A, lan, "note", "at the original");
    set(&mut world, twin, lan, "school", "at the clone");
    world.heal();
    assert_eq!(world.register(MANAGER, lan, "profile/note"), text("at the original"));
    assert_eq!(world.register(MANAGER, lan, "profile/school"), text("at the clone"));
    world.check();
}

#[test]
fn clone_is_noticed_when_its_work_cites_a_record_that_arrives_later() {
    let mut world = World::seeded(6);
    let lan = world.enter(MANAGER).expect("entered");
    world.heal();
    assert!(world.clone_device(MANAGER));
    let twin = world.nodes.len() - 1;
    set(&mut world, MANAGER, lan, "note", "at the original");
    // The original has just read the log when the clone changes it and writes.
    world.wake(MANAGER);
    world.step(MANAGER);
    world.step(MANAGER);
    world.step(MANAGER);
    let at = world.at(twin);
    world.nodes[twin].replica().add_space(at, &mut Dice::new(3)).expect("the clone adds a branch");
    world.talk(twin);
    set(&mut world, twin, lan, "school", "at the clone");
    world.talk(twin);
    world.heal();
    assert_eq!(world.register(0, lan, "profile/note"), text("at the original"));
    assert_eq!(world.register(0, lan, "profile/school"), text("at the clone"));
    world.check();
}

/// What a manager puts lands at a place that it has read already; then the relay goes back once more, and what stood
/// there first is put back: its log ends as the manager knows it, without the put.
fn relay_loses_a_put_and_looks_as_before(is_request_repeated: bool) {
    let mut world = World::seeded(7);
    let lan = world.enter(DESK_A).expect("entered");
    world.heal();
    world.relay.back_up();
    set(&mut world, DESK_A, lan, "note", "read by everybody");
    world.heal();
    set(&mut world, MANAGER, lan, "school", "put after the relay went back");
    step_to_put(&mut world, MANAGER);
    assert!(world.relay.restore(0));
    if is_request_repeated && let Wire::Asked(token, request) = &world.nodes[MANAGER].wire {
        world.relay.answer(token.as_ref(), request, world.now_ms);
    }
    world.step(MANAGER);
    world.step(MANAGER);
    assert!(world.relay.restore(0));
    world.talk(DESK_A);
    world.heal();
    assert_eq!(world.register(0, lan, "profile/school"), text("put after the relay went back"));
    world.check();
}

#[test]
fn put_that_a_relay_loses_twice_is_sent_again_although_the_log_looks_as_it_did() {
    relay_loses_a_put_and_looks_as_before(false);
}

#[test]
fn put_that_was_a_repetition_and_is_lost_is_sent_again() {
    relay_loses_a_put_and_looks_as_before(true);
}

fn step_to_put(world: &mut World, place: usize) {
    world.wake(place);
    while !matches!(world.nodes[place].wire, Wire::Asked(_, Request::Put(_))) {
        world.step(place);
    }
}

#[test]
fn forked_membership_logs_are_told_and_asked_about_no_more() {
    let mut world = World::seeded(31);
    world.heal();
    world.relay.back_up();
    let at = world.at(0);
    world.nodes[0].replica().add_space(at, &mut Dice::new(1)).expect("the owner adds a space");
    world.talk(0);
    assert!(world.relay.restore(0));
    world.nodes[MANAGER].replica().add_space(at, &mut Dice::new(2)).expect("the manager adds another");
    world.talk(MANAGER);
    world.talk(0);
    assert_eq!(world.nodes[0].session.notice(), Some(SyncNotice::LogForked));
    let (lan, own) = (world.enter(DESK_A).expect("entered"), world.enter(0).expect("entered"));
    world.talk(DESK_A);
    world.talk(MANAGER);
    world.talk(0);
    assert!(world.contacts_at(MANAGER).contains(&lan), "the others go on");
    assert!(world.contacts_at(0).contains(&own), "what was written here stays here");
}
