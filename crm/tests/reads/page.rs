//! A person's page, timeline and history; conflicts and duplicates.

use crm::{
    api::args::{ContactArgs, HintArgs, HistoryArgs, NoArgs, PageArgs, TimelineArgs},
    comment::model::Subject,
    conflict,
    contact::{
        edit::ContactEdit,
        history::history,
        query,
        timeline::timeline,
        view::{HistoryView, TimelineEntry},
    },
    definition::{self, edit::DefinitionEdit},
    duplicate,
    edit::Edit,
    id::{BranchId, ContactId, DefinitionId, TagId},
    interaction::edit::InteractionEdit,
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
    desk.now += 11 * 60_000;
    desk.act_contact(an, ContactEdit::RemoveTag { tag: TagId::of_name("VIP") });
    let lines: Vec<_> = entries(&desk, an, None)
        .into_iter()
        .map(|entry| (entry.kind, entry.actions, entry.changes.len(), entry.action.is_some()))
        .collect();
    // Two edits of one minute stand in one line, a later one in its own.
    let line = |kind: &str, actions, changes, has_action| (kind.to_owned(), actions, changes, has_action);
    assert_eq!(lines[0], line("change", 1, 1, true));
    assert_eq!(lines[1], line("change", 2, 2, false));
    assert_eq!((lines[2].0.as_str(), lines.len()), ("created", 3));
    let grouped = &entries(&desk, an, None)[1];
    assert_eq!(grouped.changes.iter().map(|each| each.field.as_str()).collect::<Vec<_>>(), ["level", "tag"]);
    // Each of them is taken back by itself.
    let steps: Vec<_> = grouped.steps.iter().map(|step| step.changes[0].field.as_str()).collect();
    assert_eq!(steps, ["level", "tag"]);
    assert!(lines.len() == 3 && entries(&desk, an, None)[0].steps.is_empty(), "one edit is the line itself");
    let (target, undo) = (grouped.steps[0].action, desk.action());
    desk.engine.undo(target, undo).unwrap();
    assert_eq!(desk.text(an, "level").as_deref(), Some("A1"));
}

#[test]
fn like_changes_are_not_grouped_over_what_happened_between_or_over_devices() {
    let (mut ada, mut ben) = (Device::new(1), Device::new(2));
    let an = ada.enter("An", &[], &[]);
    ada.send(an, &mut ben);
    ada.set(an, "level", "A1");
    ada.record(an, note("Đã gọi"));
    ada.set(an, "level", "A2");
    ben.now = ada.now + 1_000;
    ben.set(an, "school", "Lê Lợi");
    ben.send(an, &mut ada);
    let kinds: Vec<_> = entries(&ada, an, None).into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, ["change", "change", "note", "change", "created"]);
}

#[test]
fn timeline_of_one_branch_holds_what_happened_there() {
    let mut desk = Device::new(1);
    let [here, there] = [BranchId([7; 16]), BranchId([8; 16])];
    let an = desk.enter("An", &[], &[]);
    for (branch, body) in [(here, "ở đây"), (there, "ở kia")] {
        let staff = DefinitionEdit::Staff { name: "Lan".into(), branch: Some(branch), role: "staff".into() };
        let id = DefinitionId(desk.engine.author().staff.unwrap().0);
        desk.try_edit(Edit::Definition { id, edit: staff }).unwrap();
        desk.record(an, note(body));
    }
    desk.set(an, "level", "A1");
    let bodies = |branch| entries(&desk, an, branch).into_iter().map(|entry| entry.body).collect::<Vec<_>>();
    assert_eq!(bodies(None).len(), 4);
    // Nobody here holds those branches, so that the notes stand at none; the change counts for who made it.
    assert_eq!(entries(&desk, an, Some(there))[0].changes[0].field, "level");
    assert_eq!(entries(&desk, an, Some(here)).len(), 0);
}

#[test]
fn remark_that_arrives_hours_later_is_marked() {
    let (mut ada, mut ben) = (Device::new(1), Device::new(2));
    let an = ada.enter("An", &[], &[]);
    let note = ada.record(an, note("Đã gọi"));
    ada.send(an, &mut ben);
    ben.now = ada.now + 1_000;
    ben.comment(an, Subject::Interaction(note), 9, "Gọi lại", &[]);
    ada.now += 3 * 60 * 60_000;
    ben.send(an, &mut ada);
    let found = entries(&ada, an, None).into_iter().find(|entry| entry.interaction == Some(note)).unwrap();
    assert_eq!((found.is_late, found.comments[0].is_late), (false, true));
    let at_home = entries(&ben, an, None).into_iter().find(|entry| entry.interaction == Some(note)).unwrap();
    assert!(!at_home.comments[0].is_late);
}

fn note(body: &str) -> InteractionEdit {
    let body = body.to_owned();
    InteractionEdit::Record {
        kind: "note".into(),
        happened_at_ms: None,
        direction: None,
        outcome: None,
        body,
    }
}

fn entries(desk: &Device, id: ContactId, branch: Option<BranchId>) -> Vec<TimelineEntry> {
    let args = TimelineArgs { id, kinds: vec![], staff: None, branch, offset: 0, limit: 20 };
    timeline(desk.engine.conn(), &context(desk), args).expect("the timeline reads").entries
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

#[test]
fn words_in_use_come_most_used_first_and_of_people_who_are_shown_alone() {
    let mut desk = Device::new(1);
    let words = |source: &str, school: &str| [fact("source", source), fact("school", school)];
    desk.enter("An", &words("Zalo", "THCS Trần Phú"), &[]);
    desk.enter("Bình", &words("Facebook", "THCS Trần Phú"), &[]);
    desk.enter("Chi", &words("Facebook", "Lê Lợi"), &[]);
    desk.enter("Dung", &words("Bạn bè", ""), &[]);
    let binned = desk.enter("Giang", &words("Báo", "Lê Lợi"), &[]);
    desk.act_contact(binned, ContactEdit::Delete);
    let all = definition::query::list(desk.engine.conn(), &context(&desk), NoArgs {}).unwrap();
    assert_eq!(all.sources, ["Facebook", "Bạn bè", "Zalo"]);
    assert_eq!(all.schools, ["THCS Trần Phú", "Lê Lợi"]);
    assert!(all.levels.is_empty());
}

#[test]
fn likely_pairs_are_counted_as_they_are_listed_whatever_becomes_of_their_people() {
    let mut desk = Device::new(1);
    let phone = || [fact("phone.1", "0911111111")];
    let ids: Vec<_> = (0..3).map(|_| desk.enter("Nguyễn Văn An", &phone(), &[])).collect();
    let pairs = |desk: &Device| {
        let (conn, context) = (desk.engine.conn(), context(desk));
        let listed = duplicate::query::list(conn, &context, PageArgs::default()).unwrap().len();
        let counted = duplicate::query::count(conn, &context, NoArgs {}).unwrap().count;
        assert_eq!(counted as usize, listed);
        listed
    };
    assert_eq!(pairs(&desk), 3);
    desk.act_contact(ids[0], ContactEdit::Delete);
    assert_eq!(pairs(&desk), 1);
    desk.act_contact(ids[0], ContactEdit::Restore);
    assert_eq!(pairs(&desk), 3);
    desk.act_contact(ids[0], ContactEdit::MergeWith { other: ids[1] });
    assert_eq!(pairs(&desk), 1);
    desk.act_contact(ids[0], ContactEdit::Unmerge { other: ids[1] });
    assert_eq!(pairs(&desk), 3);
}

#[test]
fn hint_comes_from_six_digits_on_while_the_number_is_typed() {
    let mut desk = Device::new(1);
    let an = desk.enter("Nguyễn Văn An", &[fact("phone.1", "0912345678")], &[]);
    desk.enter("Trần Thị Bình", &[fact("phone.1", "0987654321")], &[]);
    let hints = |typed: &str| {
        let args = HintArgs { phone: typed.to_owned(), ..HintArgs::default() };
        let hints = query::hint(desk.engine.conn(), &context(&desk), args).unwrap();
        hints.into_iter().map(|hint| (hint.contact.id, hint.reasons)).collect::<Vec<_>>()
    };
    assert_eq!(hints("0912 3"), []);
    assert_eq!(hints("0912 34"), [(an, vec!["phonePart".to_owned()])]);
    assert_eq!(hints("+84 912 345"), [(an, vec!["phonePart".to_owned()])]);
    assert_eq!(hints("0912 345 678"), [(an, vec!["phone".to_owned()])]);
    assert_eq!(hints("0912 345 679"), []);
}

#[test]
fn history_names_whom_a_link_leads_to_and_what_was_agreed_to() {
    let mut desk = Device::new(1);
    let child = desk.enter("Lan", &[], &[]);
    let mother = desk.enter("Hoa", &[], &[]);
    desk.act_contact(child, ContactEdit::Relate { kind: "guardian".into(), other: mother });
    desk.act_contact(child, ContactEdit::Unrelate { kind: "guardian".into(), other: mother });
    desk.act_contact(child, ContactEdit::KeepApart { other: mother });
    let consent = |is_granted| ContactEdit::SetConsent {
        purpose: "marketing".into(),
        channel: "sms".into(),
        is_granted,
        evidence: "phiếu".into(),
    };
    desk.act_contact(child, consent(true));
    desk.act_contact(child, consent(false));
    desk.act_contact(child, ContactEdit::MergeWith { other: mother });
    let args = HistoryArgs { id: child, field: None };
    let views = query_history(&desk, args);
    let told: Vec<_> = views
        .iter()
        .map(|view| (view.change.field.as_str(), view.change.before.join(""), view.change.after.as_str()))
        .filter(|(field, ..)| ["guardian", "apart", "consent", "mergedWith"].contains(field))
        .collect();
    let expected = [
        ("apart", "Hoa".to_owned(), ""),
        ("mergedWith", String::new(), "Hoa"),
        ("consent", String::new(), "withdrawn marketing sms"),
        ("consent", String::new(), "granted marketing sms"),
        ("apart", String::new(), "Hoa"),
        ("guardian", "Hoa".to_owned(), ""),
        ("guardian", String::new(), "Hoa"),
    ];
    let (mut told, mut expected) = (told, expected.to_vec());
    told.sort();
    expected.sort();
    assert_eq!(told, expected);
}

fn query_history(desk: &Device, args: HistoryArgs) -> Vec<HistoryView> {
    history(desk.engine.conn(), &context(desk), args).expect("the person is here")
}
