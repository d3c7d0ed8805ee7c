//! Recovery kits: a centre whose devices are all gone comes back from paper and its relay.

use crdt::{
    Cause,
    seal::{EpochKey, KeyRing, RecoveryCode, seal_previous_epoch, wrap_key},
};
use crm::{
    contact::edit::{ContactEdit, Fact},
    definition::edit::DefinitionEdit,
    edit::Edit,
    engine::Action,
    id::{ActionId, AtMs, BranchId, ContactId},
    store::chunk::{self, ChunkState},
    sync::{KitState, Kits, MembershipError, Recovery, RecoveryError},
};
use rusqlite::types::ValueRef;
use wire::{
    Lineage, RelayId, SpaceId,
    membership::{AuthorityChanged, Body, DeviceRevoked, Record, Role, Rotation},
    protocol::{Append, Appended, Request, Response},
};
use world::{Dice, Node, World};

const FOUNDER: usize = 0;
const MANAGER: usize = 1;
const DESK_A: usize = 2;

/// The founder makes a kit, and the relay takes it.
fn make_kit(world: &mut World, place: usize) -> String {
    let kit = kit_that_waits(world, place);
    world.talk(place);
    kit
}

fn kit_that_waits(world: &mut World, place: usize) -> String {
    let (at, mut dice) = (world.at(place), Dice::new(u64::from_le_bytes(world.dice.array())));
    let kit = world.nodes[place].replica().make_kit("https://relay.example", at, &mut dice);
    kit.expect("an owner makes a kit").to_string()
}

/// An empty device with a conversation in the name of a kit.
struct Newcomer {
    node: Node,
    recovery: Recovery,
    dice: Dice,
}

impl Newcomer {
    fn new(world: &mut World, kit: &str, name: &str) -> Self {
        let path = world.new_path(&format!("{name}.db"));
        let node = Node::new(name, path, &mut world.dice);
        let mut dice = Dice::new(u64::from_le_bytes(world.dice.array()));
        let recovery = Recovery::new(kit, *node.keys().public(), &mut dice).expect("the kit is one");
        Self { node, recovery, dice }
    }

    /// One question and its answer. Whether the device is in.
    fn step(&mut self, world: &World) -> Result<bool, RecoveryError> {
        let Some((request, token)) = self.recovery.next() else { return Ok(true) };
        let response = world.relay.answer(token.as_ref(), &request, world.now_ms);
        self.recovery.answer(response, AtMs(world.now_ms), &mut self.dice)?;
        Ok(self.recovery.next().is_none())
    }

    fn talk(&mut self, world: &World) -> Result<(), RecoveryError> {
        while !self.step(world)? {}
        Ok(())
    }

    /// Becomes a device of the centre and reads everything. Its place.
    fn enter(mut self, world: &mut World) -> usize {
        let (conn, keys) = (self.node.connect(), self.node.keys());
        let mut replica = self.recovery.enter(conn, keys, &mut self.dice).expect("let in");
        replica.sign_in(self.node.staff, None).expect("somebody sits down");
        self.node.running = Some(replica);
        self.node.renew_start_token(&mut world.dice);
        world.nodes.push(self.node);
        let place = world.nodes.len() - 1;
        world.talk(place);
        place
    }
}

fn recover(world: &mut World, kit: &str, name: &str) -> usize {
    let mut newcomer = Newcomer::new(world, kit, name);
    newcomer.talk(world).expect("the kit lets in");
    newcomer.enter(world)
}

fn refusal(world: &mut World, kit: &str) -> RecoveryError {
    let mut newcomer = Newcomer::new(world, kit, "refused");
    newcomer.talk(world).expect_err("the kit opens nothing")
}

/// A branch is added and somebody is entered there.
fn branch_with_somebody(world: &mut World, place: usize) -> ContactId {
    let space = space_asked_for(world, place);
    world.talk(place);
    let branch = define_branch(world, place, space).to_string();
    let id = ContactId::in_space(world.dice.array(), space);
    let at = world.at(place);
    let action = Action { id: ActionId(world.dice.array()), at, cause: Cause::PERSON, new_space: None };
    let facts = [("fullName", "Trần Lan".to_owned()), ("branch", branch)]
        .map(|(field, value)| Fact { field: field.to_owned(), value });
    let edit = ContactEdit::Create { facts: facts.to_vec(), tags: Vec::new() };
    world.nodes[place].replica().engine.act(action, &[Edit::Contact { id, edit }]).expect("entered");
    world.talk(place);
    id
}

fn space_asked_for(world: &mut World, place: usize) -> SpaceId {
    let (at, mut dice) = (world.at(place), Dice::new(place as u64 + 40));
    world.nodes[place].replica().add_space(at, &mut dice).expect("a branch is added")
}

fn define_branch(world: &mut World, place: usize, space: SpaceId) -> BranchId {
    let (id, branch, at) = (ActionId(world.dice.array()), BranchId(world.dice.array()), world.at(place));
    let action = Action { id, at, cause: Cause::PERSON, new_space: Some(space) };
    let edit =
        Edit::Definition { id: branch.into(), edit: DefinitionEdit::Branch { name: "Ba Đình".to_owned() } };
    world.nodes[place].replica().engine.act(action, &[edit]).expect("a branch is defined");
    world.branches.ids.push(branch);
    world.branches.spaces.push(space);
    branch
}

fn set_aside(world: &World, place: usize) -> u32 {
    let count = |state| chunk::count(world.nodes[place].conn(), state).expect("readable");
    count(ChunkState::Quarantined) + count(ChunkState::Held)
}

#[test]
fn centre_whose_devices_are_gone_comes_back_whole_and_goes_on() {
    let mut world = World::founded(41);
    let kit = make_kit(&mut world, FOUNDER);
    for _ in 0..5 {
        world.enter(FOUNDER).expect("entered");
    }
    world.talk(FOUNDER);
    let (shown, life) = (world.dump(FOUNDER), world.nodes[FOUNDER].replica().incarnation());
    world.nodes.clear();
    let place = recover(&mut world, &kit, "laptop mới");
    assert_eq!(world.dump(place), shown, "everything is there");
    assert_ne!(world.nodes[place].replica().incarnation(), life);
    assert_eq!(world.nodes[place].replica().engine.author().role, Role::Owner);
    assert_eq!(world.nodes[place].replica().kit_state().expect("readable"), KitState::Used);
    assert_eq!(world.nodes[place].session.notice(), None);

    // It is the founder's place now: it lets others in, and makes the next kit.
    let desk = world.join("desk a", Role::Staff, Some(0));
    let lan = world.enter(desk).expect("entered");
    world.heal();
    assert!(world.contacts_at(place).contains(&lan));
    let next = make_kit(&mut world, place);
    assert_eq!(world.nodes[place].replica().kit_state().expect("readable"), KitState::Ready);
    let again = recover(&mut world, &next, "laptop mới nữa");
    world.heal();
    assert_eq!(world.dump(again), world.dump(place));
    assert!((0..world.nodes.len()).all(|place| set_aside(&world, place) == 0));
}

#[test]
fn kit_holds_branches_that_an_owner_or_a_manager_adds_later() {
    for place in [FOUNDER, MANAGER] {
        let mut world = World::seeded(42);
        let kit = make_kit(&mut world, FOUNDER);
        world.heal();
        let lan = branch_with_somebody(&mut world, place);
        let new = recover(&mut world, &kit, "laptop mới");
        assert!(world.contacts_at(new).contains(&lan), "added by {}", world.nodes[place].name);
        assert_eq!(set_aside(&world, new), 0);
    }
}

/// Neither record knows of the other when it is written: the branch is given to the kit in the same conversation.
#[test]
fn kit_and_branch_that_wait_together_find_each_other() {
    for is_kit_first in [true, false] {
        let mut world = World::founded(43);
        let mut kit = String::new();
        if is_kit_first {
            kit = kit_that_waits(&mut world, FOUNDER);
        }
        let space = space_asked_for(&mut world, FOUNDER);
        if !is_kit_first {
            kit = kit_that_waits(&mut world, FOUNDER);
        }
        assert_eq!(world.nodes[FOUNDER].replica().kit_state().expect("readable"), KitState::Waiting);
        world.talk(FOUNDER);
        world.nodes.clear();
        let new = recover(&mut world, &kit, "laptop mới");
        assert!(world.nodes[new].replica().spaces().contains(&space), "kit first: {is_kit_first}");
    }
}

#[test]
fn a_branch_of_a_manager_that_overtook_the_kit_is_given_to_it_by_an_owner() {
    let mut world = World::seeded(44);
    let kit = kit_that_waits(&mut world, FOUNDER);
    let lan = branch_with_somebody(&mut world, MANAGER);
    world.talk(FOUNDER);
    let new = recover(&mut world, &kit, "laptop mới");
    assert!(world.contacts_at(new).contains(&lan));
}

#[test]
fn two_devices_that_one_kit_lets_in_at_once_are_two_devices() {
    let mut world = World::seeded(45);
    let kit = make_kit(&mut world, FOUNDER);
    world.enter(DESK_A).expect("entered");
    world.heal();
    let (mut one, mut other) =
        (Newcomer::new(&mut world, &kit, "một"), Newcomer::new(&mut world, &kit, "hai"));
    // Both have read the log before either is in it.
    let (mut is_in, mut is_other_in) = (false, false);
    while !(is_in && is_other_in) {
        is_in = is_in || one.step(&world).expect("answered");
        is_other_in = is_other_in || other.step(&world).expect("answered");
    }
    let (one, other) = (one.enter(&mut world), other.enter(&mut world));
    let mut keys = [one, other]
        .map(|place| (world.nodes[place].replica().device(), world.nodes[place].replica().incarnation()));
    assert!(keys[0].0 != keys[1].0 && keys[0].1 != keys[1].1);
    let (lan, binh) = (world.enter(one).expect("entered"), world.enter(other).expect("entered"));
    world.heal();
    for place in 0..world.nodes.len() {
        assert_eq!((set_aside(&world, place), world.nodes[place].session.notice()), (0, None));
    }
    assert!([lan, binh].iter().all(|id| world.contacts_at(FOUNDER).contains(id)));
    assert_eq!(world.dump(one), world.dump(other));
    // Everybody sees which devices came by the kit.
    let kits = Kits::of(world.nodes[MANAGER].log());
    keys.sort_unstable();
    assert_eq!(kits.let_in.keys().copied().collect::<Vec<_>>(), keys.map(|(device, _)| device));
    assert_eq!((kits.made.len(), kits.made.values().filter(|kit| kit.used_at.is_some()).count()), (1, 1));
    world.check();
}

#[test]
fn a_lost_answer_is_asked_for_again_by_the_same_device() {
    let mut world = World::founded(46);
    let kit = make_kit(&mut world, FOUNDER);
    let mut first = Newcomer::new(&mut world, &kit, "laptop mới");
    while !matches!(first.recovery.next(), Some((Request::Append(_), _))) {
        first.step(&world).expect("answered");
    }
    let (request, token) = first.recovery.next().expect("a question");
    assert!(matches!(
        world.relay.answer(token.as_ref(), &request, world.now_ms),
        Response::Append(Appended::Ok { .. })
    ));
    let keys = *first.node.keys().public();
    first.recovery = Recovery::new(&kit, keys, &mut first.dice).expect("the kit is one");
    first.talk(&world).expect("let in");
    let place = first.enter(&mut world);
    assert_eq!(Kits::of(world.nodes[place].log()).let_in.len(), 1, "it was let in once");
}

#[test]
fn only_an_owner_makes_a_kit_and_only_once_there_is_a_relay() {
    let mut world = World::seeded(47);
    for place in [MANAGER, DESK_A] {
        let at = world.at(place);
        let refused = world.nodes[place].replica().make_kit("https://relay.example", at, &mut Dice::new(1));
        assert!(matches!(refused, Err(MembershipError::NotAllowed)));
    }
    let mut alone = World::unheard(47);
    let at = alone.at(FOUNDER);
    let refused = alone.nodes[FOUNDER].replica().make_kit("https://relay.example", at, &mut Dice::new(1));
    assert!(matches!(refused, Err(MembershipError::NoAuthority)));
}

/// Every value of every table, as bytes.
fn values(conn: &rusqlite::Connection) -> Vec<Vec<u8>> {
    let mut tables = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").expect("readable");
    let tables: Vec<String> =
        tables.query_map([], |row| row.get(0)).expect("readable").collect::<Result<_, _>>().expect("text");
    let mut all = Vec::new();
    for table in tables {
        let mut statement = conn.prepare(&format!("SELECT * FROM \"{table}\"")).expect("readable");
        let count = statement.column_count();
        let mut rows = statement.query([]).expect("readable");
        while let Some(row) = rows.next().expect("readable") {
            let bytes = |at| match row.get_ref(at).expect("a column") {
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.to_vec(),
                _ => Vec::new(),
            };
            all.extend((0..count).map(bytes));
        }
    }
    all
}

#[test]
fn code_of_a_kit_lies_nowhere_on_the_device_that_made_it() {
    let mut world = World::founded(51);
    let (at, code) = (world.at(FOUNDER), Dice::new(7).array::<16>());
    let kit = world.nodes[FOUNDER].replica().make_kit("https://relay.example", at, &mut Dice::new(7));
    let kit = kit.expect("an owner makes a kit");
    assert_eq!(kit.code, RecoveryCode::from_bytes(code));
    let seeds = kit.code.device_keys().to_secret_bytes();
    let hex: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
    let text = kit.to_string();
    let secrets = [code.as_slice(), &seeds[..32], &seeds[32..], hex.as_bytes(), &text.as_bytes()[60..]];
    // While its record waits for the relay, and once it is in the log.
    for _ in 0..2 {
        let kept = values(world.nodes[FOUNDER].conn());
        let is_kept =
            |secret: &[u8]| kept.iter().any(|value| value.windows(secret.len()).any(|part| part == secret));
        assert!(!secrets.into_iter().any(is_kept));
        assert!(kept.iter().any(|value| value.len() > 100), "something is read at all");
        world.talk(FOUNDER);
    }
}

#[test]
fn kit_opens_nothing_where_its_centre_is_not_or_before_the_relay_has_it() {
    let mut world = World::founded(48);
    let kit = kit_that_waits(&mut world, FOUNDER);
    assert!(matches!(refusal(&mut world, &kit), RecoveryError::NotKnown), "it waits still");
    world.talk(FOUNDER);
    let path = world.new_path("relay.db");
    world.relay.wipe(path, Lineage([7; 16]));
    assert!(matches!(refusal(&mut world, &kit), RecoveryError::NoCentre));
}

#[test]
fn revoked_kit_opens_nothing_and_whom_it_let_in_stays() {
    let mut world = World::founded(49);
    let kit = make_kit(&mut world, FOUNDER);
    let new = recover(&mut world, &kit, "laptop mới");
    let log = world.nodes[new].log().clone();
    let (device, _) = Kits::of(&log).made.into_iter().next().expect("a kit");
    let (keys, held) =
        (world.nodes[new].keys(), &log.state().device(device).expect("known").standing().spaces);
    let (ring, key) = (KeyRing::from_log(&log, &keys), EpochKey::from_bytes([9; 32]));
    let rotations = held.iter().map(|&space| Rotation {
        space,
        epoch: 2,
        commitment: key.commitment(),
        previous_key_sealed: seal_previous_epoch(ring.get(space, 1).expect("held"), &key, space, 2, [3; 24]),
        wraps: vec![wrap_key(&key, space, 2, keys.public(), [4; 32]).expect("wrapped")],
    });
    let revoked = DeviceRevoked { device, cut_offs: Vec::new(), rotations: rotations.collect() };
    append(&mut world, new, &Body::DeviceRevoked(revoked));
    assert!(matches!(refusal(&mut world, &kit), RecoveryError::NotKnown));
    world.talk(new);
    let state = world.nodes[new].replica().kit_state().expect("readable");
    assert_eq!(state, KitState::Missing);
    assert!(world.enter(new).is_some(), "it writes still");
}

#[test]
fn relay_that_does_not_decide_who_belongs_to_the_centre_says_so() {
    let mut world = World::founded(50);
    let kit = make_kit(&mut world, FOUNDER);
    let elsewhere = Body::AuthorityChanged(AuthorityChanged { authority: RelayId([5; 32]) });
    append(&mut world, FOUNDER, &elsewhere);
    assert!(matches!(refusal(&mut world, &kit), RecoveryError::NotAuthority { .. }));
}

/// Puts a record of a device at the end of the relay's log, whoever decides there.
fn append(world: &mut World, place: usize, body: &Body) {
    let (keys, head) = (world.nodes[place].keys(), world.nodes[place].log().head());
    let at_ms = u64::try_from(world.now_ms).expect("after 1970");
    let record = Record::sign(head, at_ms, body, keys.signing()).expect("signed");
    let token = world.hello(&keys);
    let request =
        Request::Append(Append { previous: head, record: record.as_bytes().into(), is_refill: true });
    let answer = world.relay.answer(Some(&token), &request, world.now_ms);
    assert!(matches!(answer, Response::Append(Appended::Ok { .. })), "{answer:?}");
}
