//! What a timeline holds when it is asked for part of it, in which order, and what of it came late.

use crm::{
    api::args::TimelineArgs,
    contact::{timeline::timeline, view::TimelineEntry},
    id::{ContactId, InteractionId, StaffId},
    interaction::edit::InteractionEdit,
};

use super::{context, device::Device};

const HOUR_MS: i64 = 60 * 60_000;

fn record(kind: &str, body: &str) -> InteractionEdit {
    InteractionEdit::Record {
        kind: kind.to_owned(),
        happened_at_ms: None,
        direction: None,
        outcome: None,
        body: body.to_owned(),
    }
}

fn asked(desk: &Device, id: ContactId, kinds: &[&str], staff: Option<StaffId>) -> Vec<TimelineEntry> {
    let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    let args = TimelineArgs { id, kinds, staff, branch: None, offset: 0, limit: 20 };
    timeline(desk.engine.conn(), &context(desk), args).expect("the timeline reads").entries
}

fn kinds_of(entries: &[TimelineEntry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.kind.as_str()).collect()
}

fn pin(desk: &mut Device, contact: ContactId, id: InteractionId, is_pinned: bool) {
    let edit = InteractionEdit::Pin { is_pinned };
    desk.try_edit(crm::edit::Edit::Interaction { contact, id, edit }).expect("the edit is accepted");
}

#[test]
fn kinds_leave_what_is_of_one_of_them() {
    let mut desk = Device::new(1);
    let an = desk.enter("An", &[], &[]);
    desk.record(an, record("call", "gọi"));
    desk.record(an, record("zalo", "nhắn"));
    desk.set(an, "level", "A1");
    assert_eq!(kinds_of(&asked(&desk, an, &[], None)), ["change", "zalo", "call", "created"]);
    assert_eq!(kinds_of(&asked(&desk, an, &["call"], None)), ["call"]);
    assert_eq!(kinds_of(&asked(&desk, an, &["created", "zalo"], None)), ["zalo", "created"]);
    assert_eq!(kinds_of(&asked(&desk, an, &["change"], None)), ["change"]);
    assert!(asked(&desk, an, &["email"], None).is_empty());
}

#[test]
fn staff_leaves_what_one_person_wrote_down_or_changed() {
    let (mut ada, mut ben) = (Device::new(1), Device::new(2));
    for desk in [&mut ada, &mut ben] {
        for (number, name) in [(1, "Ada"), (2, "Ben")] {
            let staff = crm::definition::edit::DefinitionEdit::Staff {
                name: name.into(),
                branch: None,
                role: "staff".into(),
            };
            let id = crm::id::DefinitionId([number; 16]);
            desk.try_edit(crm::edit::Edit::Definition { id, edit: staff }).expect("defined");
        }
    }
    let an = ada.enter("An", &[], &[]);
    ada.record(an, record("call", "của Ada"));
    ada.send(an, &mut ben);
    ben.now = ada.now + 1_000;
    ben.record(an, record("note", "của Ben"));
    ben.set(an, "level", "A1");
    let of = |number| asked(&ben, an, &[], Some(StaffId([number; 16])));
    assert_eq!(kinds_of(&of(1)), ["call", "created"]);
    assert_eq!(kinds_of(&of(2)), ["change", "note"]);
    assert!(of(3).is_empty());
    assert_eq!(kinds_of(&asked(&ben, an, &["note", "call"], Some(StaffId([2; 16])))), ["note"]);
}

#[test]
fn pinned_entries_come_first_newest_first_among_themselves_until_they_are_let_go() {
    let mut desk = Device::new(1);
    let an = desk.enter("An", &[], &[]);
    let ids: Vec<_> =
        ["một", "hai", "ba", "bốn"].into_iter().map(|body| desk.record(an, record("note", body))).collect();
    pin(&mut desk, an, ids[0], true);
    pin(&mut desk, an, ids[2], true);
    let bodies = |desk: &Device| -> Vec<(String, bool)> {
        asked(desk, an, &["note"], None).into_iter().map(|entry| (entry.body, entry.is_pinned)).collect()
    };
    let line = |body: &str, is_pinned| (body.to_owned(), is_pinned);
    assert_eq!(bodies(&desk), [line("ba", true), line("một", true), line("bốn", false), line("hai", false)]);
    let args =
        TimelineArgs { id: an, kinds: vec!["note".into()], staff: None, branch: None, offset: 1, limit: 1 };
    let page = timeline(desk.engine.conn(), &context(&desk), args).expect("the timeline reads");
    assert_eq!((page.total, page.entries[0].body.as_str()), (4, "một"), "pages are cut after that");
    pin(&mut desk, an, ids[2], false);
    assert_eq!(bodies(&desk)[..2], [line("một", true), line("bốn", false)]);
}

/// Both are late where they arrive after more than an hour, and nowhere else.
#[test]
fn interaction_and_change_that_arrive_hours_later_are_marked() {
    let (mut ada, mut ben) = (Device::new(1), Device::new(2));
    let an = ada.enter("An", &[], &[]);
    ada.send(an, &mut ben);
    ben.now = ada.now + 1_000;
    let late = ben.record(an, record("call", "từ chiều"));
    ben.set(an, "level", "A1");
    ada.now += 3 * HOUR_MS;
    ben.send(an, &mut ada);
    let on_time = ada.record(an, record("call", "vừa gọi"));
    let marks = |desk: &Device| -> Vec<(String, Option<InteractionId>, bool)> {
        asked(desk, an, &["call", "change"], None)
            .into_iter()
            .map(|entry| (entry.kind, entry.interaction, entry.is_late))
            .collect()
    };
    let (call, change) = (|id, is_late| ("call".to_owned(), Some(id), is_late), "change".to_owned());
    assert_eq!(marks(&ada), [call(on_time, false), (change.clone(), None, true), call(late, true)]);
    assert_eq!(marks(&ben), [(change, None, false), call(late, false)], "where it was written it was not");
}
