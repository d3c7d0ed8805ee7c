//! The engine on a real database: edits, merges, undo, rebuild.

mod bounds;
mod branch;
mod comment;
mod device;
mod groups;
mod known;
mod linked;
mod merge;
mod undo;
mod wording;
mod words;

use crm::{
    contact::{edit::ContactEdit, field::FieldError},
    definition,
    edit::Edit,
    engine::{Acted, EditError, dump::canonical_dump},
    id::{ActionId, AtMs, DefinitionId, InteractionId},
    interaction::edit::InteractionEdit,
    task::edit::{NewTask, TaskEdit},
};
use device::{Device, contact_id, fact};

#[test]
fn person_is_entered_normalised_and_projected() {
    let mut desk = Device::new(1);
    let id = desk.enter(
        "Trần Thị Đức",
        &[fact("phone.1", "0912 345 678"), fact("birthOn", "02/03/2012")],
        &["VIP"],
    );
    let row: (String, String, String, String) = desk
        .engine
        .conn()
        .query_row("SELECT full_name, phone, birth_on, name_fold FROM contact WHERE id = ?1", [id.0], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .unwrap();
    assert_eq!(
        row,
        ("Trần Thị Đức".into(), "+84912345678".into(), "2012-03-02".into(), "tran thi duc".into())
    );
}

#[test]
fn asking_twice_is_harmless() {
    let mut desk = Device::new(1);
    let id = desk.enter("An", &[], &[]);
    assert!(
        desk.act_contact(id, ContactEdit::Create { facts: vec![fact("fullName", "An")], tags: vec![] })
            .is_empty()
    );
    let set = ContactEdit::Set { field: "level".into(), value: Some("A1".into()) };
    assert_eq!(desk.act_contact(id, set.clone()).len(), 1);
    assert!(desk.act_contact(id, set).is_empty());
}

#[test]
fn people_entered_alike_by_one_action_are_all_kept() {
    let mut desk = Device::new(1);
    let twins: Vec<_> = (1..=3).map(contact_id).collect();
    let create = ContactEdit::Create { facts: vec![fact("fullName", "Nguyễn Văn An")], tags: vec![] };
    let edits: Vec<_> =
        twins.iter().map(|id| crm::edit::Edit::Contact { id: *id, edit: create.clone() }).collect();
    let action = desk.action();
    assert_eq!(desk.engine.act(action, &edits).unwrap().docs.len(), 3);
    let before = canonical_dump(desk.engine.conn()).unwrap();
    desk.engine.rebuild(|_| ()).unwrap();
    assert_eq!(canonical_dump(desk.engine.conn()).unwrap(), before);
    let mut other = Device::new(2);
    for id in &twins {
        desk.send(*id, &mut other);
    }
    other.engine.rebuild(|_| ()).unwrap();
    assert_eq!(canonical_dump(other.engine.conn()).unwrap(), before);
}

#[test]
fn refused_edit_leaves_nothing_behind() {
    let mut desk = Device::new(1);
    let id = desk.enter("An", &[], &[]);
    let before = canonical_dump(desk.engine.conn()).unwrap();
    let wrong = ContactEdit::Set { field: "birthOn".into(), value: Some("hôm qua".into()) };
    assert!(matches!(desk.try_contact(id, wrong), Err(EditError::Field { field, .. }) if field == "birthOn"));
    let unknown = ContactEdit::Set { field: "level".into(), value: None };
    assert!(matches!(desk.try_contact(contact_id(99), unknown), Err(EditError::UnknownContact { .. })));
    assert_eq!(canonical_dump(desk.engine.conn()).unwrap(), before);
}

#[test]
fn completing_a_task_writes_the_call_down_and_adds_the_next_step() {
    let mut desk = Device::new(1);
    let id = desk.enter("An", &[], &[]);
    let task = desk.add_task(
        id,
        NewTask {
            kind: "call".into(),
            title: "Gọi lại".into(),
            due_at_ms: Some(AtMs(1_000)),
            owner: None,
            repeat: Some("weekly".into()),
        },
    );
    let done = TaskEdit::Complete {
        outcome: "noAnswer".into(),
        note: String::new(),
        interaction: crm::id::InteractionId([7; 16]),
        next: None,
    };
    desk.act_task(id, task, done);
    let count = |sql: &str| -> i64 { desk.engine.conn().query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(count("SELECT count(*) FROM interaction WHERE kind = 'call' AND outcome = 'noAnswer'"), 1);
    assert_eq!(count("SELECT count(*) FROM task WHERE done_at_ms IS NULL"), 1, "the weekly turn follows");
    assert_eq!(count("SELECT next_step_at_ms > 1000 FROM contact"), 1);
}

#[test]
fn rebuilt_tables_equal_incremental_ones() {
    let mut desk = Device::new(1);
    let (a, b) = (desk.enter("Nguyễn Văn An", &[fact("phone.1", "0912345678")], &["VIP"]), contact_id(0));
    let c = desk.enter("Nguyen Van An", &[fact("phone.1", "0912345678")], &[]);
    desk.record(
        a,
        InteractionEdit::Record {
            kind: "note".into(),
            happened_at_ms: None,
            direction: None,
            outcome: None,
            body: "hỏi lớp IELTS".into(),
        },
    );
    desk.act_contact(c, ContactEdit::MergeWith { other: a });
    let _ = b;
    let before = canonical_dump(desk.engine.conn()).unwrap();
    assert!(before.iter().any(|line| line.starts_with("contact_words:")), "the search index is compared too");
    desk.engine.rebuild(|_| ()).unwrap();
    assert_eq!(canonical_dump(desk.engine.conn()).unwrap(), before);
}

#[test]
fn fields_of_ones_own_take_what_their_definition_allows() {
    let mut desk = Device::new(1);
    let an = desk.enter("An", &[], &[]);
    let own = DefinitionId([5; 16]);
    let key = format!("custom.{own}");
    let set = |value: &str| ContactEdit::Set { field: key.clone(), value: Some(value.into()) };
    let code = |refused: Result<(ActionId, Acted), EditError>| match refused {
        Err(EditError::Field { source, .. }) => Some(source),
        _ => None,
    };
    assert_eq!(code(desk.try_contact(an, set("12"))), Some(FieldError::Unknown), "nobody defined it");
    let field = definition::edit::DefinitionEdit::Field {
        label: "Cân nặng".into(),
        kind: "number".into(),
        choices: vec![],
    };
    desk.try_edit(Edit::Definition { id: own, edit: field }).unwrap();
    assert_eq!(code(desk.try_contact(an, set("nặng"))), Some(FieldError::NotANumber));
    desk.act_contact(an, set("32,5"));
    assert_eq!(
        desk.count(&format!("SELECT count(*) FROM contact_field WHERE field = '{key}' AND value = '32.5'")),
        1
    );
    let facts = vec![fact("fullName", "Bình"), fact(&key, "1.250")];
    desk.act_contact(contact_id(9), ContactEdit::Create { facts, tags: vec![] });
    assert_eq!(
        desk.count(&format!("SELECT count(*) FROM contact_field WHERE field = '{key}' AND value = '1250'")),
        1
    );
    desk.act_contact(an, ContactEdit::Set { field: key.clone(), value: None });
}

#[test]
fn outcome_and_due_time_can_be_taken_away_and_brought_back_by_undo() {
    let mut desk = Device::new(1);
    let an = desk.enter("An", &[], &[]);
    let call = InteractionEdit::Record {
        kind: "call".into(),
        happened_at_ms: None,
        direction: None,
        outcome: Some("booked".into()),
        body: "x".into(),
    };
    let call = desk.record(an, call);
    let correct = InteractionEdit::Correct { happened_at_ms: None, outcome: Some(String::new()), body: None };
    desk.try_edit(Edit::Interaction { contact: an, id: call, edit: correct }).unwrap();
    assert_eq!(desk.count("SELECT count(*) FROM interaction WHERE outcome IS NULL"), 1);
    let due_at_ms = Some(AtMs(desk.now));
    let task = desk.add_task(
        an,
        NewTask { kind: "call".into(), title: "Gọi".into(), due_at_ms, owner: None, repeat: None },
    );
    let change =
        TaskEdit::Change { title: None, due_at_ms: None, owner: None, is_due_cleared: true, repeat: None };
    let (action, _) = desk.try_edit(Edit::Task { contact: an, id: task, edit: change }).unwrap();
    assert_eq!(desk.count("SELECT count(*) FROM task WHERE due_at_ms IS NULL"), 1);
    let undo = desk.action();
    desk.engine.undo(action, undo).unwrap();
    assert_eq!(desk.count("SELECT count(*) FROM task WHERE due_at_ms IS NOT NULL"), 1);
}

#[test]
fn how_often_a_task_comes_again_can_be_changed_and_ended() {
    let mut desk = Device::new(1);
    let an = desk.enter("An", &[], &[]);
    let due_at_ms = Some(AtMs(desk.now));
    let new = |repeat: Option<&str>| NewTask {
        kind: "call".into(),
        title: "Gọi".into(),
        due_at_ms,
        owner: None,
        repeat: repeat.map(str::to_owned),
    };
    let change = |repeat: &str| TaskEdit::Change {
        title: None,
        due_at_ms: None,
        owner: None,
        is_due_cleared: false,
        repeat: Some(repeat.to_owned()),
    };
    let done =
        |id| TaskEdit::Complete { outcome: String::new(), note: String::new(), interaction: id, next: None };
    let open = |desk: &Device| desk.count("SELECT count(*) FROM task WHERE done_at_ms IS NULL");
    let weekly = desk.add_task(an, new(Some("weekly")));
    let (ended, _) = desk.try_edit(Edit::Task { contact: an, id: weekly, edit: change("never") }).unwrap();
    desk.act_task(an, weekly, done(InteractionId([7; 16])));
    assert_eq!(open(&desk), 0, "it comes no more");
    let action = desk.action();
    desk.engine.undo(ended, action).unwrap();
    let once = desk.add_task(an, new(None));
    desk.act_task(an, once, change("daily"));
    desk.act_task(an, once, done(InteractionId([8; 16])));
    assert_eq!(open(&desk), 1, "it comes again");
    let refused = desk.try_edit(Edit::Task { contact: an, id: once, edit: change("hourly") });
    assert!(matches!(refused, Err(EditError::Field { .. })), "{refused:?}");
}
