//! A faulty device: two changes under one place of its work.

use crm::{
    contact::edit::ContactEdit,
    engine::dump::canonical_dump,
    id::ContactId,
    store::chunk::{self, ChunkState},
};
use wire::Blob;
use world::World;

const FOUNDER: usize = 0;
const MANAGER: usize = 1;
const DESK_A: usize = 2;

fn set(world: &mut World, place: usize, contact: ContactId, field: &str, value: &str) {
    let edit = ContactEdit::Set { field: field.to_owned(), value: Some(value.to_owned()) };
    world.act_contact(place, contact, edit, Vec::new()).expect("the edit is accepted");
}

/// What a device sealed and did not send, oldest first.
fn sealed(world: &mut World, place: usize) -> Vec<Blob> {
    let at = world.at(place);
    world.nodes[place].replica().seal_pending(u32::MAX, at, &mut world.dice).expect("sealed");
    let unsent = chunk::with_state(world.nodes[place].conn(), ChunkState::Unsent, 100).expect("readable");
    unsent.into_iter().map(Blob).collect()
}

fn take(world: &mut World, place: usize, blob: &Blob) {
    let at = world.at(place);
    let blobs = std::slice::from_ref(blob);
    world.nodes[place].replica().take_chunks(blobs, at, |_| Ok(())).expect("the disk works");
    let (replica, dice) = (world.nodes[place].running.as_mut().expect("it runs"), &mut world.dice);
    replica.leave_stranded(at, dice).expect("the disk works");
}

fn note(world: &mut World, place: usize, contact: ContactId, field: &str) -> Option<String> {
    world.register(place, contact, &format!("profile/{field}")).as_text().map(str::to_owned)
}

fn dump(world: &World, place: usize) -> Vec<String> {
    canonical_dump(world.nodes[place].conn()).expect("readable")
}

fn set_aside(world: &World, place: usize) -> u32 {
    chunk::count(world.nodes[place].conn(), ChunkState::Quarantined).expect("readable")
}

/// A desk and its clone write about one person without either noticing the other. Returns the person, and the
/// chunks: the desk's, then the clone's two, of which the second contradicts the desk's.
fn contradicting(world: &mut World) -> (ContactId, [Blob; 3]) {
    let (lan, binh) = (world.enter(DESK_A).expect("entered"), world.enter(DESK_A).expect("entered"));
    world.heal();
    assert!(world.clone_device(DESK_A));
    let twin = world.nodes.len() - 1;
    set(world, DESK_A, lan, "note", "at the desk");
    let desk = sealed(world, DESK_A);
    set(world, twin, binh, "note", "at the clone");
    sealed(world, twin);
    set(world, twin, lan, "note", "at the clone");
    let clone = sealed(world, twin);
    let [desk] = <[Blob; 1]>::try_from(desk).expect("one chunk");
    let [first, second] = <[Blob; 2]>::try_from(clone).expect("two chunks");
    (lan, [desk, first, second])
}

#[test]
fn of_two_contradicting_changes_the_earlier_of_the_chain_counts_in_whatever_order_they_arrive() {
    let mut world = World::seeded(41);
    let (lan, [desk, first, second]) = contradicting(&mut world);
    for blob in [&desk, &first, &second] {
        take(&mut world, MANAGER, blob);
    }
    for blob in [&second, &first, &desk] {
        take(&mut world, FOUNDER, blob);
    }
    for place in [MANAGER, FOUNDER] {
        assert_eq!(note(&mut world, place, lan, "note").as_deref(), Some("at the desk"));
        assert_eq!(set_aside(&world, place), 1, "the other is set aside, and told");
    }
    assert_eq!(dump(&world, MANAGER), dump(&world, FOUNDER));
}

#[test]
fn what_was_set_aside_stays_so_when_it_comes_again() {
    let mut world = World::seeded(42);
    let (lan, [desk, _, second]) = contradicting(&mut world);
    for blob in [&desk, &second, &second, &desk] {
        take(&mut world, MANAGER, blob);
    }
    assert_eq!(note(&mut world, MANAGER, lan, "note").as_deref(), Some("at the desk"));
    assert_eq!(set_aside(&world, MANAGER), 1);
}

#[test]
fn work_that_stood_on_what_was_set_aside_is_written_again() {
    let mut world = World::seeded(43);
    let (lan, [desk, first, second]) = contradicting(&mut world);
    take(&mut world, MANAGER, &second);
    let life = world.nodes[MANAGER].replica().incarnation();
    set(&mut world, MANAGER, lan, "level", "A2");
    let stranded = sealed(&mut world, MANAGER);
    take(&mut world, MANAGER, &desk);
    take(&mut world, MANAGER, &first);
    assert_ne!(world.nodes[MANAGER].replica().incarnation(), life, "it goes on under a new name");
    assert_eq!(note(&mut world, MANAGER, lan, "note").as_deref(), Some("at the desk"));
    assert_eq!(note(&mut world, MANAGER, lan, "level").as_deref(), Some("A2"));
    set(&mut world, MANAGER, lan, "level", "B1");
    let again = sealed(&mut world, MANAGER);
    for blob in [&desk, &first, &second].into_iter().chain(&stranded).chain(&again) {
        take(&mut world, FOUNDER, blob);
    }
    assert_eq!(note(&mut world, FOUNDER, lan, "level").as_deref(), Some("B1"));
    assert_eq!(dump(&world, MANAGER), dump(&world, FOUNDER));
}
