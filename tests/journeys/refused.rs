//! What a relay refuses stays on the device, and holds nothing up.

use crm::{
    contact::edit::ContactEdit,
    id::ContactId,
    store::chunk::{self, ChunkState, NewChunk},
    sync::{SyncNotice, SyncState},
};
use wire::{
    Blob, Chunk, ChunkId, KeyCommitment,
    limits::PUT_CHUNKS_MAX,
    membership::{Body, DeviceRevoked, Record, Rotation},
    protocol::{Append, Appended, Request, Response},
};
use world::{Dice, Wire, World};

const MANAGER: usize = 1;
const DESK_A: usize = 2;

/// Plants chunks that wait to be sent and whose signatures do not hold.
fn plant_refused(world: &mut World, count: usize) -> Vec<ChunkId> {
    world.enter(DESK_A).expect("entered");
    let at = world.at(DESK_A);
    let replica = world.nodes[DESK_A].replica();
    replica.seal_pending(u32::MAX, at, &mut Dice::new(1)).expect("sealed");
    let unsent = chunk::with_state(replica.engine.conn(), ChunkState::Unsent, 1).expect("readable");
    let tx = replica.engine.conn_mut().transaction().expect("the disk works");
    let mut planted = Vec::new();
    for number in 0..count {
        let mut bytes = unsent[0].clone();
        let place = bytes.len() - 1 - number / 255;
        bytes[place] ^= u8::try_from(number % 255 + 1).expect("below 256");
        let forged = Chunk::parse(&bytes).expect("a chunk in form");
        let new = NewChunk { chunk: &forged, state: ChunkState::Unsent, reason: None, received_at_ms: at };
        chunk::put(&tx, new).expect("the disk works");
        planted.push(forged.id());
    }
    // The sound one goes to the end: what comes after the refused ones.
    tx.execute("UPDATE chunk SET no = no + 1000000 WHERE bytes = ?1", [&unsent[0]]).expect("the disk works");
    tx.commit().expect("the disk works");
    planted
}

/// Lets a device talk; how often chunks were put.
fn puts_of(world: &mut World, chunks: &[ChunkId]) -> usize {
    let mut puts = 0;
    world.wake(DESK_A);
    for _ in 0..400 {
        world.step(DESK_A);
        if let Wire::Asked(_, Request::Put(put)) = &world.nodes[DESK_A].wire {
            let ids = put.chunks.iter().filter_map(|blob| Chunk::parse(&blob.0).ok());
            puts += ids.filter(|chunk| chunks.contains(&chunk.id())).count();
        }
    }
    puts
}

fn note(world: &mut World, contact: ContactId, value: &str) {
    let edit = ContactEdit::Set { field: "note".to_owned(), value: Some(value.to_owned()) };
    world.act_contact(DESK_A, contact, edit, Vec::new()).expect("the edit is accepted");
}

fn waiting(world: &World) -> u32 {
    chunk::count(world.nodes[DESK_A].conn(), ChunkState::Unsent).expect("readable")
}

#[test]
fn what_comes_after_refused_chunks_flows_and_they_are_not_put_in_each_round() {
    let mut world = World::seeded(41);
    world.heal();
    let refused = plant_refused(&mut world, PUT_CHUNKS_MAX + 40);
    let people = world.contacts_at(DESK_A);
    assert_eq!(puts_of(&mut world, &refused), refused.len(), "each is put once");
    assert_eq!(waiting(&world) as usize, refused.len(), "and stays here");
    assert_eq!(world.nodes[DESK_A].session.notice(), Some(SyncNotice::NotAccepted));
    note(&mut world, people[0], "written since");
    assert_eq!(puts_of(&mut world, &refused), 0);
    assert_eq!(waiting(&world) as usize, refused.len(), "what was written since is at the relay");
    assert_eq!(world.nodes[DESK_A].session.notice(), Some(SyncNotice::NotAccepted), "it is still told");
    world.talk(MANAGER);
    assert!(people.iter().all(|person| world.contacts_at(MANAGER).contains(person)));
}

#[test]
fn refused_chunk_is_put_again_when_the_answer_may_be_another() {
    let mut world = World::seeded(42);
    world.heal();
    let refused = plant_refused(&mut world, 1);
    assert_eq!(puts_of(&mut world, &refused), 1);
    assert_eq!(puts_of(&mut world, &refused), 0);

    world.nodes[DESK_A].session.disconnect();
    assert_eq!(puts_of(&mut world, &refused), 1, "the relay was away");
    world.crash(DESK_A);
    assert_eq!(puts_of(&mut world, &refused), 1, "the program started again");
    let at = world.at(0);
    world.nodes[0].replica().add_space(at, &mut Dice::new(2)).expect("the owner adds a branch");
    world.talk(0);
    assert_eq!(puts_of(&mut world, &refused), 1, "the membership log grew");
    assert_eq!(puts_of(&mut world, &refused), 0);
}

#[test]
fn refused_chunk_that_is_taken_at_last_is_told_no_more() {
    let mut world = World::seeded(43);
    world.heal();
    let refused = plant_refused(&mut world, 1);
    assert_eq!(puts_of(&mut world, &refused), 1);
    world.nodes[DESK_A].session.disconnect();
    world.wake(DESK_A);
    for _ in 0..400 {
        world.step(DESK_A);
        // A relay that was brought up to date, and takes what it refused.
        if let Wire::Answered(Response::Put(outcomes)) = &mut world.nodes[DESK_A].wire {
            outcomes.fill(wire::protocol::PutOutcome::Ack { seq: 9 });
        }
    }
    assert_eq!(waiting(&world), 0);
    assert_eq!(world.nodes[DESK_A].session.notice(), None);
}

/// The owner's word that a device is out, at the relay.
fn revoke(world: &mut World, place: usize) {
    let device = world.nodes[place].replica().device();
    let (owner, log) = (world.nodes[0].keys(), world.nodes[0].log().clone());
    let spaces = &log.state().device(device).expect("a member").standing().spaces;
    let rotations = spaces.iter().map(|space| Rotation {
        space: *space,
        epoch: log.state().epoch(*space).expect("a space") + 1,
        commitment: KeyCommitment([7; 32]),
        previous_key_sealed: Blob(vec![0; 72]),
        wraps: Vec::new(),
    });
    let body =
        Body::DeviceRevoked(DeviceRevoked { device, cut_offs: Vec::new(), rotations: rotations.collect() });
    let at_ms = u64::try_from(world.now_ms).expect("after 1970");
    let record = Record::sign(log.head(), at_ms, &body, owner.signing()).expect("it holds");
    let append = Append { previous: record.previous(), record: record.as_bytes().into(), is_refill: false };
    let token = world.nodes[0].session.token().cloned();
    let answer = world.relay.answer(token.as_ref(), &Request::Append(append), world.now_ms);
    assert!(matches!(answer, Response::Append(Appended::Ok { .. })), "{answer:?}");
}

#[test]
fn revoked_device_never_counts_as_synced() {
    let mut world = World::seeded(44);
    world.enter(DESK_A).expect("entered");
    world.heal();
    revoke(&mut world, DESK_A);
    for start in 0..3 {
        world.talk(DESK_A);
        assert_eq!(world.nodes[DESK_A].session.state(), SyncState::Revoked, "start {start}");
        world.crash(DESK_A);
    }
}
