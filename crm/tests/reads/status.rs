//! Where a person stood in the life cycle, and for how long.

use crm::{
    api::args::ContactArgs,
    contact::{edit::ContactEdit, query, status_log::status_log, view::StatusStay},
    engine::dump::canonical_dump,
    id::ContactId,
};

use super::{
    context,
    device::{Device, fact},
    filtered,
};

const DAY_MS: i64 = 86_400_000;

fn stays(desk: &Device, id: ContactId) -> Vec<StatusStay> {
    status_log(desk.engine.conn(), &context(desk), ContactArgs { id }).expect("the log reads")
}

fn words(stays: &[StatusStay]) -> Vec<(&str, &str, Option<i64>)> {
    let days = |stay: &StatusStay| stay.duration_ms.map(|ms| ms / DAY_MS);
    stays
        .iter()
        .map(|stay| {
            let from = stay.from.as_deref().unwrap_or_default();
            (from, stay.to.as_deref().unwrap_or_default(), days(stay))
        })
        .collect()
}

#[test]
fn log_tells_from_where_to_where_when_and_for_how_long() {
    let mut desk = Device::new(1);
    let an = desk.enter("An", &[], &[]);
    let entered = desk.now;
    desk.now += 3 * DAY_MS;
    desk.set(an, "status", "trial");
    desk.set(an, "school", "Lê Lợi");
    desk.now += 10 * DAY_MS;
    desk.set(an, "status", "active");
    let log = stays(&desk, an);
    assert_eq!(words(&log), [("trial", "active", None), ("new", "trial", Some(10)), ("", "new", Some(3))]);
    assert_eq!((log[2].at_ms.0, log[2].cause.as_str()), (entered, "person"));
    let row = query::get(desk.engine.conn(), &context(&desk), ContactArgs { id: an }).unwrap().row;
    assert_eq!(row.status_since_ms, Some(log[0].at_ms));
}

#[test]
fn filter_finds_who_stands_in_a_status_for_more_than_so_many_days() {
    let mut desk = Device::new(1);
    let old = desk.enter("An", &[fact("status", "trial")], &[]);
    let moved = desk.enter("Bình", &[fact("status", "contacted")], &[]);
    desk.now += 20 * DAY_MS;
    desk.set(moved, "status", "trial");
    // Other edits do not begin a new stay.
    desk.set(old, "school", "Lê Lợi");
    let filter = r#"{"is":"all","of":[{"is":"rule","field":"status","op":"is","value":["trial"]},
        {"is":"rule","field":"statusSince","op":"olderThanDays","value":14}]}"#;
    assert_eq!(filtered(&desk, filter).unwrap(), ["An"]);
    desk.now += 15 * DAY_MS;
    assert_eq!(filtered(&desk, filter).unwrap(), ["An", "Bình"]);
}

#[test]
fn moves_made_apart_stand_in_order_on_both_devices_and_after_a_rebuild() {
    let (mut ada, mut ben) = (Device::new(1), Device::new(2));
    let an = ada.enter("An", &[], &[]);
    ada.send(an, &mut ben);
    ada.set(an, "status", "trial");
    ben.now += DAY_MS;
    ben.set(an, "status", "lost");
    ada.send(an, &mut ben);
    ben.send(an, &mut ada);
    for desk in [&mut ada, &mut ben] {
        let log = stays(desk, an);
        assert_eq!(words(&log).iter().map(|each| each.1).collect::<Vec<_>>(), ["lost", "trial", "new"]);
        let before = canonical_dump(desk.engine.conn()).unwrap();
        desk.engine.rebuild(|_| {}).unwrap();
        assert_eq!(canonical_dump(desk.engine.conn()).unwrap(), before);
    }
    let shown = |desk: &Device| desk.text(an, "status_since_ms || ''");
    assert_eq!(shown(&ada), shown(&ben));
}

#[test]
fn merged_person_keeps_the_log_of_the_status_that_is_shown() {
    let mut desk = Device::new(1);
    let an = desk.enter("An", &[], &[]);
    let same = desk.enter("An", &[], &[]);
    desk.set(same, "status", "active");
    desk.act_contact(an, ContactEdit::MergeWith { other: same });
    assert_eq!(words(&stays(&desk, same)), [("", "new", None)]);
}

#[test]
fn who_studies_is_a_student_unless_something_else_is_said() {
    let mut desk = Device::new(1);
    for (facts, kind) in [
        (vec![fact("status", "active")], "student"),
        (vec![fact("status", "trial")], "lead"),
        (vec![], "lead"),
        (vec![fact("status", "active"), fact("kind", "other")], "other"),
    ] {
        let id = desk.enter("An", &facts, &[]);
        assert_eq!(desk.text(id, "kind").as_deref(), Some(kind), "{facts:?}");
    }
}
