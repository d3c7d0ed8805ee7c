//! Laws of documents: whatever the order in which changes arrive, devices agree and nothing is lost.

use automerge::{ExpandedChange, legacy};
use crdt::{
    ActionId, Cause, DocChange, Document, DocumentError, HybridTime, Put, Register, RegisterValue, Registers,
    StaffId, Stamp, Version,
};
use proptest::prelude::*;
use wire::{ActorId, DocId, DocKind};

fn doc_id() -> DocId {
    DocId { kind: DocKind::CONTACT, key: [1; 16] }
}

fn stamp(at_ms: u64) -> Stamp {
    Stamp {
        action: ActionId([8; 16]),
        time: HybridTime::from_ms(at_ms),
        staff: StaffId([1; 16]),
        cause: Cause::PERSON,
    }
}

fn write(document: &mut Document, device: u8, at_ms: u64, key: &str, value: &str) -> Option<DocChange> {
    let puts = [Put::new(key, value)];
    document
        .edit(ActorId([device; 16]), stamp(at_ms), &puts)
        .expect("own edits fit together")
        .map(|edited| edited.change)
}

fn text(document: &Document, key: &str) -> Option<String> {
    document.register(key).and_then(|register| register.value.as_text().map(str::to_owned))
}

#[test]
fn edit_that_changes_nothing_makes_no_change() {
    let mut document = Document::empty(doc_id());
    assert!(write(&mut document, 1, 1, "profile/name", "An").is_some());
    assert!(write(&mut document, 1, 2, "profile/name", "An").is_none());
    assert!(
        document
            .edit(ActorId([1; 16]), stamp(3), &[Put::new("profile/x", RegisterValue::Empty)])
            .unwrap()
            .is_none()
    );
}

#[test]
fn two_devices_that_create_the_same_document_agree() {
    let (mut a, mut b) = (Document::empty(doc_id()), Document::empty(doc_id()));
    let one = write(&mut a, 1, 1, "profile/name", "An").unwrap();
    let two = write(&mut b, 2, 2, "profile/school", "Lê Lợi").unwrap();
    a.merge(vec![two]).unwrap();
    b.merge(vec![one]).unwrap();
    assert_eq!(a.registers(), b.registers());
    assert_eq!(a.registers().len(), 2);
    assert_eq!(a.heads(), b.heads());
}

#[test]
fn concurrent_values_are_both_kept_and_the_later_hybrid_time_shows() {
    let mut a = Document::empty(doc_id());
    let first = write(&mut a, 1, 1, "points/phone.1", "+84900000000").unwrap();
    let mut b = Document::from_changes(doc_id(), vec![first]).unwrap();
    // More operations on the first device: the merge engine alone would prefer its value.
    write(&mut a, 1, 10, "profile/level", "A1").unwrap();
    write(&mut a, 1, 11, "profile/level", "A2").unwrap();
    write(&mut a, 1, 12, "points/phone.1", "+84911111111").unwrap();
    let late = write(&mut b, 2, 99, "points/phone.1", "+84922222222").unwrap();
    a.merge(vec![late]).unwrap();
    let register = a.register("points/phone.1").unwrap();
    assert_eq!(register.value.as_text(), Some("+84922222222"));
    assert_eq!(register.versions.len(), 2);
    assert_eq!(register.versions[1].value.as_text(), Some("+84911111111"));
}

#[test]
fn writing_the_shown_value_again_settles_a_disagreement_everywhere() {
    let mut a = Document::empty(doc_id());
    let first = write(&mut a, 1, 1, "p/phone", "0").unwrap();
    let mut b = Document::from_changes(doc_id(), vec![first]).unwrap();
    let from_a = write(&mut a, 1, 5, "p/phone", "1").unwrap();
    let from_b = write(&mut b, 2, 6, "p/phone", "2").unwrap();
    a.merge(vec![from_b]).unwrap();
    b.merge(vec![from_a]).unwrap();
    let settled = write(&mut a, 1, 7, "p/phone", "2").expect("settling is a change");
    b.merge(vec![settled]).unwrap();
    for document in [&a, &b] {
        let register = document.register("p/phone").unwrap();
        assert_eq!((register.value.as_text(), register.versions.len()), (Some("2"), 0));
    }
    let last = a.history().pop().unwrap();
    assert_eq!(last.before.len(), 2, "history knows both values that were settled");
}

/// Two devices whose values for one register wait for a choice; the second one's is shown.
fn apart() -> (Document, Document) {
    let mut a = Document::empty(doc_id());
    let first = write(&mut a, 1, 1, "p/phone", "0").expect("it is there");
    let mut b = Document::from_changes(doc_id(), vec![first]).expect("it is there");
    let from_a = write(&mut a, 1, 5, "p/phone", "1").expect("it is there");
    let from_b = write(&mut b, 2, 6, "p/phone", "2").expect("it is there");
    a.merge(vec![from_b]).expect("it is there");
    b.merge(vec![from_a]).expect("it is there");
    (a, b)
}

fn again(document: &mut Document, device: u8, at_ms: u64, versions: &[Version]) -> DocChange {
    let puts = [Put::again("p/phone", versions)];
    document
        .edit(ActorId([device; 16]), stamp(at_ms), &puts)
        .expect("it is there")
        .expect("it is a change")
        .change
}

fn waiting(document: &Document) -> Vec<String> {
    let versions = document.register("p/phone").expect("it is there").versions;
    versions.iter().map(|version| version.value.as_text().expect("it is there").to_owned()).collect()
}

#[test]
fn values_that_wait_again_keep_their_authors_until_somebody_writes() {
    let (mut a, mut b) = apart();
    let waited = a.register("p/phone").unwrap();
    let chosen = write(&mut a, 1, 7, "p/phone", "2").unwrap();
    let reopened = again(&mut a, 1, 8, &waited.versions);
    assert!(
        a.edit(ActorId([1; 16]), stamp(9), &[Put::again("p/phone", &waited.versions)]).unwrap().is_none()
    );
    b.merge(vec![chosen, reopened]).unwrap();
    for document in [&a, &b, &Document::from_changes(doc_id(), b.changes()).unwrap()] {
        assert_eq!(document.register("p/phone"), Some(waited.clone()));
        assert_eq!(document.registers(), Registers::from([("p/phone".to_owned(), waited.clone())]));
    }
    assert_eq!(a.written_at("p/phone"), Some(HybridTime::from_ms(8)));
    let settled = write(&mut b, 2, 9, "p/phone", "2").expect("settling is a change");
    a.merge(vec![settled]).unwrap();
    assert_eq!((waiting(&a), waiting(&b)), (vec![], vec![]));
    let before: Vec<_> = a.history().pop().unwrap().before;
    assert_eq!(before, waited.versions);
}

#[test]
fn what_is_written_beside_values_that_wait_again_waits_with_them() {
    let (mut a, mut b) = apart();
    let waited = a.register("p/phone").unwrap();
    let chosen = write(&mut a, 1, 7, "p/phone", "2").unwrap();
    b.merge(vec![chosen]).unwrap();
    let reopened = again(&mut a, 1, 8, &waited.versions);
    let third = write(&mut b, 2, 20, "p/phone", "3").unwrap();
    a.merge(vec![third]).unwrap();
    b.merge(vec![reopened]).unwrap();
    assert_eq!(waiting(&a), ["3", "2", "1"]);
    assert_eq!(a.registers(), b.registers());
    // Taken back on both devices, they wait once.
    let both = [again(&mut a, 1, 30, &waited.versions), again(&mut b, 2, 31, &waited.versions)];
    a.merge(both.to_vec()).unwrap();
    b.merge(both.to_vec()).unwrap();
    assert_eq!((waiting(&a), waiting(&b)), (vec!["2".to_owned(), "1".to_owned()], waiting(&a)));
}

#[test]
fn a_write_that_was_written_again_in_a_new_life_waits_once() {
    let (mut a, b) = apart();
    // The same write, with the stamp of that time, by the actor of the new life.
    let mut again = Document::from_changes(doc_id(), b.changes()[..1].to_vec()).unwrap();
    let twin = write(&mut again, 9, 5, "p/phone", "1").unwrap();
    a.merge(vec![twin]).unwrap();
    assert_eq!(waiting(&a), ["2", "1"]);
}

#[test]
fn rivals_that_cannot_be_read_or_are_unknown_are_none() {
    for named in ["", "no base64", "AAAA", &"A".repeat(43), &"A".repeat(43 * 200)] {
        let mut a = Document::empty(doc_id());
        write(&mut a, 1, 1, "p/phone", "0").unwrap();
        let puts = [Put::new("p/phone", "1"), Put::new("rivals/p/phone", named), Put::new("rivals/x", named)];
        a.edit(ActorId([1; 16]), stamp(2), &puts).unwrap();
        let alone = Register { value: "1".into(), versions: vec![] };
        assert_eq!(a.registers(), Registers::from([("p/phone".to_owned(), alone)]));
        assert_eq!(a.history().len(), 2);
    }
}

#[test]
fn change_that_lacks_its_ground_waits_and_takes_effect_later() {
    let mut a = Document::empty(doc_id());
    let one = write(&mut a, 1, 1, "p/a", "1").unwrap();
    let two = write(&mut a, 1, 2, "p/a", "2").unwrap();
    let three = write(&mut a, 1, 3, "p/b", "3").unwrap();
    let mut b = Document::empty(doc_id());
    assert_eq!(b.merge(vec![three.clone(), two.clone()]).unwrap().waiting, 2);
    assert!(b.is_empty());
    let merged = b.merge(vec![one]).unwrap();
    assert_eq!((merged.applied.len(), merged.waiting), (3, 0));
    assert_eq!(b.registers(), a.registers());
    assert!(b.merge(vec![two, three]).unwrap().applied.is_empty());
}

#[test]
fn reused_actor_sequence_is_refused_and_harms_nothing() {
    let mut a = Document::empty(doc_id());
    let first = write(&mut a, 1, 1, "p/a", "1").unwrap();
    let mut clone = a.clone();
    write(&mut a, 1, 2, "p/a", "2").unwrap();
    let twin = write(&mut clone, 1, 3, "p/a", "3").unwrap();
    assert!(a.merge(vec![twin]).is_err());
    assert_eq!(text(&a, "p/a").as_deref(), Some("2"));
    assert!(a.merge(vec![first]).is_ok());
    assert!(write(&mut a, 1, 4, "p/a", "4").is_some());
}

#[test]
fn history_tells_before_and_after() {
    let mut a = Document::empty(doc_id());
    write(&mut a, 1, 1, "p/a", "1").unwrap();
    write(&mut a, 2, 2, "p/a", "2").unwrap();
    let history = a.history();
    assert_eq!(history.len(), 2);
    let before: Vec<_> = history[1].before.iter().map(|version| &version.value).collect();
    assert_eq!(before, [&RegisterValue::from("1")]);
    assert_eq!(history[1].after, RegisterValue::from("2"));
    assert_eq!(history[1].actor, ActorId([2; 16]));
}

#[test]
fn hostile_bytes_are_no_change() {
    assert!(DocChange::parse(&[]).is_err());
    assert!(DocChange::parse(b"\x85\x6f\x4a\x83 not a change").is_err());
    assert!(DocChange::parse(&vec![0; DocChange::BYTES_MAX + 1]).is_err());
}

#[derive(Debug, Clone)]
enum Step {
    Write {
        device: usize,
        key: u8,
        value: u8,
    },
    /// What stood before the last write of the register stands again.
    Again {
        device: usize,
        key: u8,
    },
    Exchange {
        from: usize,
        to: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..3usize, 0..4u8, 0..5u8).prop_map(|(device, key, value)| Step::Write { device, key, value }),
        1 => (0..3usize, 0..4u8).prop_map(|(device, key)| Step::Again { device, key }),
        1 => (0..3usize, 0..3usize).prop_map(|(from, to)| Step::Exchange { from, to }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn merge_commutes_is_idempotent_and_loses_nothing(steps in prop::collection::vec(step(), 1..60), seed in 0..1000u64) {
        let mut devices: Vec<_> = (0..3).map(|_| Document::empty(doc_id())).collect();
        let mut all: Vec<DocChange> = Vec::new();
        for (index, step) in steps.into_iter().enumerate() {
            match step {
                Step::Write { device, key, value } => {
                    let made = write(
                        &mut devices[device], device as u8 + 1, 1 + index as u64,
                        &format!("p/{key}"), &value.to_string(),
                    );
                    all.extend(made);
                }
                Step::Again { device, key } => {
                    let key = format!("p/{key}");
                    let last = devices[device].history().into_iter().rev().find(|write| write.key == key);
                    let Some(before) = last.map(|write| write.before) else { continue };
                    let made = devices[device]
                        .edit(ActorId([device as u8 + 1; 16]), stamp(1 + index as u64), &[Put::again(&key, &before)])
                        .unwrap();
                    if let Some(edited) = made {
                        all.push(edited.change);
                        let now = devices[device].register(&key).map(|register| register.versions);
                        let differ = before.iter().any(|version| version.value != before[0].value);
                        prop_assert_eq!(now, Some(if differ { before } else { vec![] }));
                    }
                }
                Step::Exchange { from, to } => {
                    let changes = devices[from].changes();
                    devices[to].merge(changes).unwrap();
                }
            }
        }
        // Any order, with repetitions.
        let mut shuffled = all.clone();
        shuffled.sort_by_key(|change| blake3_like(seed, &change.hash().0));
        let mut fresh = Document::empty(doc_id());
        for change in &shuffled {
            fresh.merge(vec![change.clone()]).unwrap();
            fresh.merge(vec![change.clone()]).unwrap();
        }
        for device in &mut devices {
            device.merge(shuffled.clone()).unwrap();
            prop_assert_eq!(device.registers(), fresh.registers());
            prop_assert_eq!(device.heads(), fresh.heads());
        }
        prop_assert_eq!(fresh.changes().len(), all.len());
        prop_assert_eq!(fresh.registers(), Document::from_changes(doc_id(), all).unwrap().registers());
    }

    #[test]
    fn any_bytes_are_parsed_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = DocChange::parse(&bytes);
        let _ = crdt::decode_payload(&bytes);
    }

    #[test]
    fn flipped_byte_in_a_change_is_noticed_or_gives_another_hash(at in 0..200usize, bit in 0..8u8) {
        let mut a = Document::empty(doc_id());
        let change = write(&mut a, 1, 1, "profile/name", "Trần Thị Đức").unwrap();
        let mut bytes = change.as_bytes().to_vec();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        if let Ok(other) = DocChange::parse(&bytes) {
            prop_assert_ne!(other.hash(), change.hash());
        }
    }
}

fn blake3_like(seed: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(seed, |hash, byte| hash.wrapping_mul(0x0100_0000_01b3) ^ u64::from(*byte))
}

/// A change that no program of ours makes: it claims a place and writes where nothing is.
fn foreign(actor: u8, seq: u64, obj: legacy::ObjectId) -> DocChange {
    let op = legacy::Op {
        action: legacy::OpType::Put("x".into()),
        obj,
        key: legacy::Key::Map("p/a".into()),
        pred: legacy::SortedVec::new(),
        insert: false,
    };
    let expanded = ExpandedChange {
        operations: vec![op],
        actor_id: automerge::ActorId::from(&[actor; 16][..]),
        hash: None,
        seq,
        start_op: std::num::NonZeroU64::MIN,
        time: 1,
        message: None,
        deps: Vec::new(),
        extra_bytes: Vec::new(),
        author: None,
    };
    DocChange::parse(automerge::Change::from(expanded).raw_bytes()).expect("the bytes decode")
}

#[test]
fn change_that_writes_where_nothing_is_cannot_be_merged_and_harms_nothing() {
    let mut a = Document::empty(doc_id());
    write(&mut a, 1, 1, "p/a", "1").unwrap();
    let nowhere = legacy::ObjectId::Id(legacy::OpId(5, automerge::ActorId::from(&[7; 16][..])));
    let bad = foreign(7, 1, nowhere);
    let refused = a.merge(vec![bad.clone()]);
    assert!(matches!(refused, Err(DocumentError::Unusable { change, .. }) if change == bad.hash()));
    assert!(Document::empty(doc_id()).merge(vec![bad]).is_err());
    assert_eq!(text(&a, "p/a").as_deref(), Some("1"));
    assert!(write(&mut a, 1, 2, "p/a", "2").is_some());
}

#[test]
fn change_whose_author_never_began_waits() {
    let mut a = Document::empty(doc_id());
    write(&mut a, 1, 1, "p/a", "1").unwrap();
    assert_eq!(a.merge(vec![foreign(7, 2, legacy::ObjectId::Root)]).unwrap().waiting, 1);
    assert!(write(&mut a, 1, 2, "p/a", "2").is_some());
}
