//! A person's page, timeline and history; conflicts and duplicates.

use crm::{
    api::args::{ContactArgs, HintArgs, HistoryArgs, NoArgs, PageArgs, TimelineArgs},
    conflict,
    contact::{edit::ContactEdit, history::history, query, timeline::timeline},
    definition, duplicate,
};

use super::{
    context,
    device::{Device, fact},
};

#[test]
fn merged_record_shows_the_person_and_relations_read_both_ways() {
    let mut desk = Device::new(1);
    let an = desk.enter("Nguyễn Văn An", &[fact("phone.1", "0911111111")], &["VIP"]);
    let same = desk.enter("Nguyen Van An", &[], &[]);
    let mother = desk.enter("Trần Thị Mẹ", &[fact("kind", "guardian")], &[]);
    desk.act_contact(same, ContactEdit::MergeWith { other: an });
    desk.act_contact(an, ContactEdit::Relate { kind: "guardian".into(), other: mother });
    let page = |id| query::get(desk.engine.conn(), &context(&desk), ContactArgs { id }).unwrap();
    assert_eq!(page(same).row.id, an);
    assert_eq!(page(same).merged[0].id, same);
    assert_eq!(page(same).points[0].display, "0911 111 111");
    assert_eq!((page(an).relations[0].kind.as_str(), page(an).relations[0].contact.id), ("guardian", mother));
    assert_eq!(
        (page(mother).relations[0].kind.as_str(), page(mother).relations[0].contact.id),
        ("child", an)
    );
}

#[test]
fn history_tells_before_and_after_and_the_timeline_groups_by_action() {
    let mut desk = Device::new(1);
    let an = desk.enter("An", &[fact("level", "A1")], &[]);
    desk.set(an, "level", "A2");
    desk.act_contact(an, ContactEdit::AddTag { label: "VIP".into() });
    let args = HistoryArgs { id: an, field: Some("level".into()) };
    let views = history(desk.engine.conn(), &context(&desk), args).unwrap();
    assert_eq!((views.len(), views[0].change.after.as_str()), (2, "A2"));
    assert_eq!(views[0].change.before, ["A1"]);
    let args = TimelineArgs { id: an, kinds: vec![], staff: None, offset: 0, limit: 10 };
    let kinds: Vec<_> = timeline(desk.engine.conn(), &context(&desk), args)
        .unwrap()
        .entries
        .into_iter()
        .map(|entry| (entry.kind, entry.is_late))
        .collect();
    assert_eq!(kinds, [("change".into(), false), ("change".into(), false), ("created".into(), false)]);
}

#[test]
fn both_values_of_a_disagreement_wait_with_their_moments() {
    let (mut ada, mut ben) = (Device::new(1), Device::new(2));
    let an = ada.enter("An", &[fact("phone.1", "0911111111")], &[]);
    ada.send(an, &mut ben);
    ada.set(an, "phone.1", "0922222222");
    ben.now += 60_000;
    ben.set(an, "phone.1", "0933333333");
    ben.send(an, &mut ada);
    let list = conflict::query::list(ada.engine.conn(), &context(&ada), PageArgs::default()).unwrap();
    assert_eq!(list.total, 1);
    let values: Vec<_> = list.rows[0].versions.iter().map(|version| version.value.as_str()).collect();
    assert_eq!(values, ["+84933333333", "+84922222222"]);
    assert!(list.rows[0].versions[0].at_ms > list.rows[0].versions[1].at_ms);
}

#[test]
fn pair_declared_apart_is_not_proposed_again() {
    let mut desk = Device::new(1);
    let an = desk.enter("Nguyễn Văn An", &[fact("phone.1", "0911111111")], &[]);
    let args =
        HintArgs { full_name: "Nguyen Van An".into(), phone: "0911.111.111".into(), ..HintArgs::default() };
    let hints = query::hint(desk.engine.conn(), &context(&desk), args).unwrap();
    assert_eq!((hints.len(), hints[0].contact.id), (1, an));
    assert!(hints[0].reasons.contains(&"phone".to_owned()));
    let other = desk.enter("Nguyen Van An", &[fact("phone.1", "0911111111")], &[]);
    let pairs = |desk: &Device| {
        duplicate::query::list(desk.engine.conn(), &context(desk), PageArgs::default()).unwrap().len()
    };
    assert_eq!(pairs(&desk), 1);
    desk.act_contact(other, ContactEdit::KeepApart { other: an });
    assert_eq!(pairs(&desk), 0);
}

#[test]
fn definitions_count_tags_in_use() {
    let mut desk = Device::new(1);
    desk.enter("An", &[fact("source", "Facebook")], &["VIP"]);
    let binned = desk.enter("Bình", &[], &["VIP"]);
    desk.act_contact(binned, ContactEdit::Delete);
    let all = definition::query::list(desk.engine.conn(), &context(&desk), NoArgs {}).unwrap();
    assert_eq!((all.tags[0].label.as_str(), all.tags[0].count), ("VIP", 1));
    assert_eq!(all.sources, ["Facebook"]);
}
