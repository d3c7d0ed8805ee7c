//! A relay that lost something gets it again, also when it had no room at first; and what is told of it ends.

use crm::{id::ContactId, sync::SyncNotice};
use wire::{Lineage, membership::Role};
use world::World;

const MANAGER: usize = 1;
const DESK_A: usize = 2;
const ROOM: u64 = 1 << 30;

/// A relay that went back behind what it had acknowledged, and has no room for it. Who is missing there.
fn relay_lacks_somebody(world: &mut World) -> ContactId {
    world.enter(DESK_A).expect("entered");
    world.heal();
    world.relay.back_up();
    let missing = world.enter(DESK_A).expect("entered");
    world.talk(DESK_A);
    assert!(world.relay.restore(0));
    world.relay.restart_with_room(0);
    world.talk(DESK_A);
    assert_eq!(world.nodes[DESK_A].session.notice(), Some(SyncNotice::QuotaFull));
    missing
}

#[test]
fn refill_that_found_no_room_goes_on_after_a_start_of_the_program() {
    let mut world = World::seeded(51);
    let missing = relay_lacks_somebody(&mut world);
    world.crash(DESK_A);
    world.talk(DESK_A);
    world.crash(DESK_A);
    world.relay.restart_with_room(ROOM);
    world.talk(DESK_A);
    assert_eq!(world.nodes[DESK_A].session.notice(), Some(SyncNotice::RelayRefilled));
    world.heal();
    assert!(world.contacts_at(MANAGER).contains(&missing));
    world.check();
}

#[test]
fn refill_that_found_no_room_goes_on_in_the_same_conversation() {
    let mut world = World::seeded(52);
    let missing = relay_lacks_somebody(&mut world);
    world.relay.restart_with_room(ROOM);
    world.talk(DESK_A);
    assert_eq!(world.nodes[DESK_A].session.notice(), Some(SyncNotice::QuotaFull), "it asks now and then");
    world.pass(60_000);
    world.talk(DESK_A);
    assert_ne!(world.nodes[DESK_A].session.notice(), Some(SyncNotice::QuotaFull));
    world.heal();
    assert!(world.contacts_at(MANAGER).contains(&missing));
    world.check();
}

#[test]
fn wiped_relay_without_room_is_compared_with_again_until_it_has_everything() {
    let mut world = World::seeded(53);
    let lan = world.enter(DESK_A).expect("entered");
    world.heal();
    let path = world.new_path("relay.db");
    world.relay.wipe(path, Lineage([9; 16]));
    world.relay.restart_with_room(0);
    for place in 0..world.nodes.len() {
        world.talk(place);
        world.crash(place);
    }
    world.relay.restart_with_room(ROOM);
    world.heal();
    let newcomer = world.join("late desk", Role::Staff, Some(0));
    world.heal();
    assert!(world.contacts_at(newcomer).contains(&lan), "a newcomer gets everything from the new relay");
    world.check();
}

/// Told for ten minutes after the work, and not in each round afterwards.
fn goes_away(world: &mut World, place: usize, notice: SyncNotice) {
    assert_eq!(world.nodes[place].session.notice(), Some(notice));
    world.pass(300_000);
    world.nodes[place].session.disconnect();
    world.talk(place);
    assert_eq!(world.nodes[place].session.notice(), Some(notice), "it can still be read");
    world.pass(300_000);
    world.talk(place);
    assert_eq!(world.nodes[place].session.notice(), None);
}

#[test]
fn refilled_relay_is_told_for_a_while() {
    let mut world = World::seeded(54);
    world.enter(DESK_A).expect("entered");
    world.heal();
    let path = world.new_path("relay.db");
    world.relay.wipe(path, Lineage([9; 16]));
    world.talk(DESK_A);
    goes_away(&mut world, DESK_A, SyncNotice::RelayRefilled);
}

#[test]
fn new_life_of_a_cloned_device_is_told_for_a_while() {
    let mut world = World::seeded(55);
    let lan = world.enter(DESK_A).expect("entered");
    world.heal();
    assert!(world.clone_device(DESK_A));
    let twin = world.nodes.len() - 1;
    for (place, value) in [(DESK_A, "at the original"), (twin, "at the clone")] {
        let field = "note".to_owned();
        let edit = crm::contact::edit::ContactEdit::Set { field, value: Some(value.to_owned()) };
        world.act_contact(place, lan, edit, Vec::new()).expect("the edit is accepted");
        world.talk(place);
    }
    goes_away(&mut world, twin, SyncNotice::NewIncarnation);
}
