//! Who may come in, read and write.

use crm::{
    contact::edit::{ContactEdit, Fact},
    engine::EditError,
    id::{ActionId, AtMs, ContactId},
    store::{
        NewChange, change_log,
        chunk::{self, ChunkState},
    },
    sync::{JoinError, JoinTicket, SyncNotice},
};
use wire::{
    Blob, DeviceId,
    membership::Role,
    protocol::{FaultCode, Response},
};
use world::{Dice, Node, World};

const MANAGER: usize = 1;
const DESK_A: usize = 2;
const DESK_B: usize = 3;

fn ticket(world: &mut World, invite: &str) -> JoinTicket {
    let path = world.new_path("stranger.db");
    let node = Node::new("stranger", path, &mut world.dice);
    JoinTicket::new(invite, "máy lạ", &node.keys(), &mut world.dice).expect("the invite is one")
}

fn is_refused(response: &Response) -> bool {
    matches!(response, Response::Fault(fault) if fault.code == FaultCode::InviteUnusable)
}

fn try_enter(world: &mut World, place: usize) -> Result<(), EditError> {
    let (id, action, at) = (ContactId(world.dice.array()), ActionId(world.dice.array()), world.at(place));
    let facts = vec![Fact { field: "fullName".to_owned(), value: "Trần Lan".to_owned() }];
    let edit = ContactEdit::Create { facts, tags: Vec::new() };
    world.nodes[place].act(action, at, &[crm::edit::Edit::Contact { id, edit }]).map(|_| ())
}

#[test]
fn desk_does_not_hold_people_of_another_branch() {
    let mut world = World::seeded(11);
    let (lan, binh) = (world.enter(DESK_A).expect("entered"), world.enter(DESK_B).expect("entered"));
    world.heal();
    assert_eq!(world.contacts_at(DESK_A), [lan]);
    assert_eq!(world.contacts_at(DESK_B), [binh]);
    assert_eq!(world.contacts_at(0).len(), 2);
}

/// The founder's first conversation stands still, or is cut, after any of its steps; an invite is made then.
#[test]
fn invite_made_in_the_middle_of_the_first_conversation_lets_in() {
    for (steps, is_cut) in (0..24).flat_map(|steps| [(steps, false), (steps, true)]) {
        let mut world = World::unheard(16);
        world.wake(0);
        for _ in 0..steps {
            world.step(0);
        }
        if is_cut {
            world.crash(0);
        }
        let at = world.at(0);
        let spaces = world.branches.spaces.clone();
        let link = world.nodes[0].replica().make_invite(
            "https://relay.example",
            Role::Staff,
            spaces,
            at,
            &mut Dice::new(1),
        );
        let ticket = ticket(&mut world, &link.expect("an invite is made").to_string());
        world.talk(0);
        world.talk(0);
        assert!(matches!(world.knock(&ticket), Response::Done), "after {steps} steps, cut: {is_cut}");
    }
}

#[test]
fn manager_on_the_way_in_holds_a_branch_that_was_added_meanwhile() {
    let mut world = World::founded(18);
    let invite = world.invite(Role::Manager, None);
    let at = world.at(0);
    let space = world.nodes[0].replica().add_space(at, &mut Dice::new(2)).expect("the owner adds a branch");
    world.talk(0);
    let manager = world.join_by(&invite, "manager", None);
    world.heal();
    assert!(world.nodes[manager].replica().spaces().contains(&space));
}

#[test]
fn expired_invite_is_refused() {
    let mut world = World::founded(12);
    let invite = world.invite(Role::Staff, Some(0));
    let ticket = ticket(&mut world, &invite);
    world.pass(8 * 86_400_000);
    assert!(is_refused(&world.knock(&ticket)));
}

#[test]
fn withdrawn_invite_is_refused() {
    let mut world = World::founded(13);
    let invite = world.invite(Role::Staff, Some(0));
    let ticket = ticket(&mut world, &invite);
    let at = world.at(0);
    world.nodes[0].replica().withdraw_invite(ticket.link.code.id(), at).expect("withdrawn");
    world.talk(0);
    assert!(is_refused(&world.knock(&ticket)));
}

#[test]
fn altered_invite_is_no_invite() {
    let mut world = World::founded(14);
    let mut invite = world.invite(Role::Staff, Some(0));
    let last = if invite.ends_with('a') { 'b' } else { 'a' };
    invite.pop();
    invite.push(last);
    let node = Node::new("stranger", world.new_path("stranger.db"), &mut world.dice);
    let outcome = JoinTicket::new(&invite, "máy lạ", &node.keys(), &mut world.dice);
    assert!(matches!(outcome, Err(JoinError::Invite(_))));
}

/// The screen on which devices are let in asks who knocks, again and again.
#[test]
fn what_is_new_is_asked_for_while_somebody_looks_who_knocks() {
    let mut world = World::seeded(19);
    let lan = world.enter(DESK_A).expect("entered");
    world.talk(DESK_A);
    world.nodes[0].session.look_for_joins();
    world.talk(0);
    assert_eq!(world.contacts_at(0), [lan], "what others wrote arrives");

    let binh = world.enter(0).expect("entered");
    let stranger = DeviceId(world.dice.array());
    world.nodes[0].session.forget_join(stranger);
    world.talk(0);
    world.talk(MANAGER);
    let mut both = [lan, binh];
    both.sort_unstable();
    assert_eq!(world.contacts_at(MANAGER), both, "and what is written here is sent");
}

#[test]
fn viewer_and_teacher_write_no_people() {
    let mut world = World::founded(15);
    for (name, role) in [("viewer", Role::Viewer), ("teacher", Role::Teacher)] {
        let place = world.join(name, role, Some(0));
        assert!(matches!(try_enter(&mut world, place), Err(EditError::NotAllowed)), "{name}");
    }
}

#[test]
fn altered_or_truncated_chunk_of_a_hostile_relay_changes_nothing() {
    let mut world = World::seeded(16);
    let lan = world.enter(DESK_A).expect("entered");
    world.talk(DESK_A);
    let bytes: Vec<u8> = world.nodes[DESK_A]
        .conn()
        .query_row("SELECT bytes FROM chunk ORDER BY no DESC LIMIT 1", [], |row| row.get(0))
        .expect("a chunk was sealed");
    let before = world.dump(0);
    let at = world.at(0);
    let flipped = (0..bytes.len()).map(|place| {
        let mut altered = bytes.clone();
        altered[place] ^= 1;
        altered
    });
    let truncated = (0..bytes.len()).map(|length| bytes[..length].to_vec());
    for altered in flipped.chain(truncated) {
        let taken = world.nodes[0].replica().take_chunks(&[Blob(altered)], at, |_| Ok(()));
        taken.expect("bad bytes are no failure of the disk");
    }
    assert_eq!(world.dump(0), before, "no altered chunk takes effect");
    world.heal();
    assert!(world.contacts_at(0).contains(&lan), "and the true one still arrives");
    assert_eq!(chunk::count(world.nodes[0].conn(), ChunkState::Unsent).expect("readable"), 0);
}

#[test]
fn member_of_one_branch_cannot_write_under_a_person_of_another() {
    let mut world = World::seeded(17);
    let binh = world.enter(DESK_B).expect("entered");
    world.heal();
    let before = world.dump(0);
    let (here, device) = (world.branches.spaces[0], world.nodes[DESK_A].replica().device());
    let change = {
        let desk = world.nodes[DESK_A].replica();
        let mut document = crdt::Document::empty(binh.doc());
        let stamp = crdt::Stamp {
            action: crdt::ActionId([9; 16]),
            time: crdt::HybridTime::from_ms(1_900_000_000_000),
            staff: crdt::StaffId([9; 16]),
            cause: crdt::Cause::PERSON,
        };
        let puts = [crdt::Put::new("profile/fullName", "Tên khác")];
        let edited = document.edit(desk.engine.author().actor, stamp, &puts).expect("an edit");
        edited.expect("it changes something").change
    };
    // A faulty program seals it with everything that a desk has: its keys and the key of its own branch.
    let node = &mut world.nodes[DESK_A];
    let tx = node.replica().engine.conn_mut().transaction().expect("the disk works");
    let new = NewChange {
        doc: binh.doc(),
        space: here,
        change: &change,
        is_local: true,
        received_at_ms: AtMs(1_900_000_000_000),
    };
    change_log::append(&tx, new).expect("the disk works");
    tx.commit().expect("the disk works");
    world.talk(DESK_A);
    world.talk(0);
    assert_eq!(world.dump(0), before, "nobody shows it");
    let reason: String = world.nodes[0]
        .conn()
        .query_row("SELECT reason FROM chunk WHERE state = 3 AND device = ?1", [device.0], |row| row.get(0))
        .expect("it is set aside");
    assert_eq!(reason, "foreignSpace");
}

#[test]
fn approval_that_comes_too_late_is_told_to_who_gave_it() {
    let mut world = World::seeded(21);
    world.heal();
    let at = world.at(0);
    let spaces = world.branches.spaces.clone();
    let invited = |world: &mut World, seed: u64| {
        let replica = world.nodes[0].replica();
        let invite = replica.make_invite(
            "https://relay.example",
            Role::Staff,
            spaces.clone(),
            at,
            &mut Dice::new(seed),
        );
        let invite = invite.expect("an invite is made");
        world.talk(0);
        world.talk(MANAGER);
        (invite.code.id(), ticket(world, &invite.to_string()))
    };
    let approve = |world: &mut World, ticket: &JoinTicket| {
        let replica = world.nodes[MANAGER].replica();
        replica.admit(&ticket.request, at, &mut Dice::new(4)).expect("the invite is open as far as it knows");
    };
    let (id, late) = invited(&mut world, 3);
    approve(&mut world, &late);
    world.nodes[0].replica().withdraw_invite(id, at).expect("withdrawn");
    world.talk(0);
    world.talk(MANAGER);
    assert_eq!(world.nodes[MANAGER].session.notice(), Some(SyncNotice::ApprovalRefused));
    assert!(matches!(world.knock(&late), response if is_refused(&response)));

    let (_, next) = invited(&mut world, 5);
    approve(&mut world, &next);
    world.talk(MANAGER);
    assert_eq!(world.nodes[MANAGER].session.notice(), None, "the next approval was taken");
}
