//! Whoever types a phone or e-mail hears at which branch somebody has it, though their device does not hold the person.

use crdt::Cause;
use crm::{
    api::args::HintArgs,
    contact::edit::{ContactEdit, Fact},
    edit::Edit,
    engine::Action,
    id::{ActionId, AtMs, BranchId, ContactId, PageId},
    listing::{
        model::{Generation, Listing, PointHash},
        query::elsewhere,
        view::ElsewhereHint,
    },
    read::ReadContext,
    store::change_log,
};
use wire::membership::Role;
use world::{Dice, World};

const FOUNDER: usize = 0;
const MANAGER: usize = 1;
const DESK_A: usize = 2;
const DESK_B: usize = 3;

fn enter(world: &mut World, phone: &str, email: &str) -> (ContactId, ActionId) {
    let id = ContactId::in_space(world.dice.array(), world.branches.spaces[0]);
    let fact = |field: &str, value: &str| Fact { field: field.to_owned(), value: value.to_owned() };
    let facts = vec![fact("fullName", "Trần Lan"), fact("phone.1", phone), fact("email.1", email)];
    (id, act(world, DESK_A, id, ContactEdit::Create { facts, tags: Vec::new() }))
}

fn act(world: &mut World, place: usize, id: ContactId, edit: ContactEdit) -> ActionId {
    let (action, at) = (ActionId(world.dice.array()), world.at(place));
    world.nodes[place].act(action, at, &[Edit::Contact { id, edit }]).expect("the edit holds");
    action
}

fn set(field: &str, value: Option<&str>) -> ContactEdit {
    ContactEdit::Set { field: field.to_owned(), value: value.map(str::to_owned) }
}

fn hints(world: &World, place: usize, phone: &str, email: &str) -> Vec<ElsewhereHint> {
    let context = ReadContext { now: AtMs(0), utc_offset_minutes: 420, staff: None, kept: None };
    let args = HintArgs { phone: phone.to_owned(), email: email.to_owned(), ..HintArgs::default() };
    elsewhere(world.nodes[place].conn(), &context, args).expect("readable")
}

fn at(branch: BranchId, reasons: &[&str]) -> Vec<ElsewhereHint> {
    let reasons = reasons.iter().map(|reason| (*reason).to_owned()).collect();
    vec![ElsewhereHint { branch: Some(branch), reasons }]
}

#[test]
fn phone_and_email_of_another_branch_are_known_by_branch_alone() {
    let mut world = World::seeded(31);
    let branch = world.branches.ids[0];
    let (lan, _) = enter(&mut world, "0912 345 678", "lan@example.com");
    assert_eq!(hints(&world, DESK_B, "0912345678", ""), [], "nothing has travelled yet");
    world.heal();
    assert_eq!(world.contacts_at(DESK_B), [], "the desk does not hold the person");
    assert_eq!(hints(&world, DESK_B, "+84 912.345.678", ""), at(branch, &["phone"]));
    assert_eq!(hints(&world, DESK_B, "0912345678", "Lan@Example.com"), at(branch, &["email", "phone"]));
    assert_eq!(hints(&world, DESK_B, "0912345679", "an@example.com"), []);
    for place in [FOUNDER, MANAGER, DESK_A] {
        assert_eq!(world.contacts_at(place), [lan]);
        assert_eq!(hints(&world, place, "0912345678", ""), [], "who holds the person sees the person");
    }
}

#[test]
fn what_is_changed_deleted_and_brought_back_is_listed_as_it_stands() {
    let mut world = World::seeded(32);
    let branch = world.branches.ids[0];
    let (lan, _) = enter(&mut world, "0912345678", "");
    world.heal();
    act(&mut world, MANAGER, lan, set("phone.1", Some("0987654321")));
    world.heal();
    assert_eq!(hints(&world, DESK_B, "0912345678", ""), []);
    assert_eq!(hints(&world, DESK_B, "0987654321", ""), at(branch, &["phone"]));
    let deleted = act(&mut world, DESK_A, lan, ContactEdit::Delete);
    world.heal();
    assert_eq!(hints(&world, DESK_B, "0987654321", ""), []);
    let undo = Action {
        id: ActionId(world.dice.array()),
        at: world.at(DESK_A),
        cause: Cause::UNDO,
        new_space: None,
    };
    world.nodes[DESK_A].replica().engine.undo(deleted, undo).expect("taken back");
    world.heal();
    assert_eq!(hints(&world, DESK_B, "0987654321", ""), at(branch, &["phone"]));
}

#[test]
fn number_on_which_two_devices_disagree_is_listed_with_both_until_one_is_chosen() {
    let mut world = World::seeded(33);
    let branch = world.branches.ids[0];
    let (lan, _) = enter(&mut world, "0912345678", "");
    world.heal();
    act(&mut world, MANAGER, lan, set("phone.1", Some("0987654321")));
    act(&mut world, DESK_A, lan, set("phone.1", Some("0909090909")));
    world.heal();
    for phone in ["0987654321", "0909090909"] {
        assert_eq!(hints(&world, DESK_B, phone, ""), at(branch, &["phone"]), "{phone}");
    }
    let chosen = ContactEdit::Resolve { field: "phone.1".to_owned(), value: Some("0909090909".to_owned()) };
    act(&mut world, FOUNDER, lan, chosen);
    world.heal();
    assert_eq!(hints(&world, DESK_B, "0987654321", ""), []);
    assert_eq!(hints(&world, DESK_B, "0909090909", ""), at(branch, &["phone"]));
    assert_eq!(hints(&world, DESK_B, "0912345678", ""), []);
}

#[test]
fn records_shown_as_one_person_are_each_listed_by_what_is_theirs() {
    let mut world = World::seeded(34);
    let branch = world.branches.ids[0];
    let (lan, _) = enter(&mut world, "0912345678", "");
    let (same, _) = enter(&mut world, "0987654321", "");
    world.heal();
    act(&mut world, DESK_A, lan, ContactEdit::MergeWith { other: same });
    world.heal();
    act(&mut world, DESK_A, same, set("email.1", Some("lan@example.com")));
    world.heal();
    for typed in [("0912345678", ""), ("0987654321", "")] {
        assert_eq!(hints(&world, DESK_B, typed.0, typed.1), at(branch, &["phone"]));
    }
    act(&mut world, DESK_A, lan, ContactEdit::Unmerge { other: same });
    world.heal();
    assert_eq!(hints(&world, DESK_B, "0912345678", "lan@example.com"), at(branch, &["email", "phone"]));
}

#[test]
fn crash_between_listing_and_sealing_lists_nobody_twice() {
    let mut world = World::seeded(35);
    let (_, _) = enter(&mut world, "0912345678", "lan@example.com");
    world.wake(DESK_A);
    for _ in 0..6 {
        world.step(DESK_A);
        world.crash(DESK_A);
        world.wake(DESK_A);
    }
    world.heal();
    let count = |world: &World, place: usize| -> (i64, i64) {
        let sql = "SELECT count(*), max(generation) FROM listing";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        world.nodes[place].conn().query_row(sql, [], row).expect("readable")
    };
    assert_eq!(count(&world, DESK_B), (2, 1));
    assert_eq!(count(&world, FOUNDER), (2, 1));
}

#[test]
fn only_who_holds_a_space_lists_its_people() {
    let mut world = World::seeded(36);
    let branch = world.branches.ids[0];
    let (lan, _) = enter(&mut world, "0912345678", "");
    world.heal();
    let (before, space) = (world.dump(FOUNDER), world.branches.spaces[0]);
    let hash = hash_at(&world, FOUNDER);
    // A faulty program at the other desk takes somebody off whom it does not hold: on a page of their space, and on
    // one of its own.
    for (seed, space) in [([1; 16], space), ([2; 16], world.branches.spaces[1])] {
        let generation = Generation::new(2).expect("countable");
        let listing = Listing { hash, person: lan, generation };
        let action = Action { id: ActionId(seed), at: world.at(DESK_B), cause: Cause::RULE, new_space: None };
        let page = PageId::in_space(seed, space);
        world.nodes[DESK_B].replica().engine.list(action, page, &[listing]).expect("written there");
        world.talk(DESK_B);
        world.talk(FOUNDER);
        assert_eq!(world.dump(FOUNDER), before, "nobody else believes it");
    }
    let newcomer = world.join("second desk b", Role::Staff, Some(1));
    world.talk(newcomer);
    assert_eq!(hints(&world, newcomer, "0912345678", ""), at(branch, &["phone"]));
}

fn hash_at(world: &World, place: usize) -> PointHash {
    let hash = |row: &rusqlite::Row<'_>| row.get(0).map(PointHash);
    world.nodes[place].conn().query_row("SELECT hash FROM listing", [], hash).expect("one is listed")
}

#[test]
fn sealing_stops_where_it_is_told_and_goes_on_there() {
    let mut world = World::seeded(37);
    enter(&mut world, "0912345678", "");
    let at = world.at(DESK_A);
    let waits = |world: &World| change_log::count_unsealed(world.nodes[DESK_A].conn()).expect("readable");
    for (made, left) in [(1, 1), (1, 0), (0, 0)] {
        let replica = world.nodes[DESK_A].replica();
        assert_eq!(replica.seal_pending(1, at, &mut Dice::new(1)).expect("sealed"), made);
        assert_eq!(waits(&world), left, "the page of listings waits for the next step");
    }
}
