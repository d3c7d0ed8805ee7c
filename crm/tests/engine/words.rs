//! Fields that take one of some words.

use crdt::Put;
use crm::{
    contact::{
        edit::ContactEdit,
        field::FieldError,
        model::{CONSENT_CHANNELS, CONSENT_PURPOSES, Consent},
    },
    definition::{
        edit::DefinitionEdit,
        model::{Content, FORMS, ROLES},
    },
    edit::Edit,
    engine::EditError,
    id::{AtMs, ContactId, DefinitionId, InteractionId, TaskId},
    interaction::{
        edit::InteractionEdit,
        model::{DIRECTIONS, InteractionRecord, KINDS, OUTCOMES},
    },
    task::{
        self,
        edit::{NewTask, TaskEdit},
        model::{REPEATS, TaskRecord},
    },
};

use super::device::{Device, contact_id, fact};

const WORDS: [&str; 3] = ["status", "kind", "gender"];

/// What a device with a newer version writes, which knows more words.
fn written_elsewhere(desk: &mut Device, id: ContactId, word: &str) {
    desk.take_from_elsewhere(id, &WORDS.map(|field| Put::new(format!("profile/{field}"), word)));
}

fn refused(result: Result<impl std::fmt::Debug, EditError>, field: &str) {
    let is_refused = matches!(&result,
        Err(EditError::Field { field: named, source: FieldError::NotAChoice }) if named == field);
    assert!(is_refused, "{field}: {result:?}");
}

#[test]
fn a_word_that_nobody_knows_is_refused_and_changes_nothing() {
    let mut desk = Device::new(1);
    let id = desk.enter("Trần An", &[fact("status", "trial"), fact("kind", "student")], &[]);
    for (at, field) in (1..).zip(WORDS) {
        let value = Some("alumni".to_owned());
        let set = ContactEdit::Set { field: field.to_owned(), value: value.clone() };
        refused(desk.try_contact(id, set), field);
        refused(desk.try_contact(id, ContactEdit::Resolve { field: field.to_owned(), value }), field);
        let facts = vec![fact("fullName", "Lê Bình"), fact(field, "alumni")];
        refused(desk.try_contact(contact_id(at), ContactEdit::Create { facts, tags: vec![] }), field);
    }
    assert_eq!(desk.text(id, "status").as_deref(), Some("trial"));
    assert_eq!(desk.text(id, "kind").as_deref(), Some("student"));
    assert_eq!(desk.count("SELECT count(*) FROM contact"), 1);
}

#[test]
fn a_word_of_a_newer_device_is_shown_as_it_is_and_can_be_kept() {
    let mut desk = Device::new(1);
    let id = desk.enter("Trần An", &[], &[]);
    written_elsewhere(&mut desk, id, "Alumni");
    for field in WORDS {
        assert_eq!(desk.text(id, field).as_deref(), Some("Alumni"), "{field}");
        let keep = ContactEdit::Resolve { field: field.to_owned(), value: Some("Alumni".to_owned()) };
        desk.try_contact(id, keep).expect("what stands can be kept");
        let other = ContactEdit::Set { field: field.to_owned(), value: Some("guest".to_owned()) };
        refused(desk.try_contact(id, other), field);
    }
    desk.set(id, "status", "lost");
    assert_eq!(desk.text(id, "status").as_deref(), Some("lost"));
}

fn record(kind: &str, outcome: Option<&str>) -> InteractionEdit {
    InteractionEdit::Record {
        kind: kind.to_owned(),
        happened_at_ms: None,
        direction: None,
        outcome: outcome.map(str::to_owned),
        body: "Đã nói chuyện".to_owned(),
    }
}

fn correct(outcome: &str) -> InteractionEdit {
    InteractionEdit::Correct { happened_at_ms: None, outcome: Some(outcome.to_owned()), body: None }
}

#[test]
fn what_happened_is_of_a_known_kind_and_ends_in_a_known_way() {
    let mut desk = Device::new(1);
    let contact = desk.enter("Trần An", &[], &[]);
    let about = |edit| Edit::Interaction { contact, id: InteractionId([7; 16]), edit };
    refused(desk.try_edit(about(record("pigeon", None))), "kind");
    refused(desk.try_edit(about(record("call", Some("happy")))), "outcome");
    let task = NewTask {
        kind: "call".to_owned(),
        title: "Gọi".to_owned(),
        due_at_ms: None,
        owner: None,
        repeat: None,
    };
    let id: TaskId = desk.add_task(contact, task);
    let complete = |outcome: &str| TaskEdit::Complete {
        outcome: outcome.to_owned(),
        note: String::new(),
        interaction: InteractionId([8; 16]),
        next: None,
    };
    refused(desk.try_edit(Edit::Task { contact, id, edit: complete("happy") }), "outcome");
    assert_eq!(desk.count("SELECT count(*) FROM interaction"), 0);
    for kind in KINDS {
        desk.record(contact, record(kind, OUTCOMES.first().copied()));
    }
    let call = desk.record(contact, record("call", None));
    for outcome in OUTCOMES.iter().chain(&[""]) {
        let edit = Edit::Interaction { contact, id: call, edit: correct(outcome) };
        desk.try_edit(edit).expect("it ends in a known way, or nothing is said");
    }
    refused(desk.try_edit(Edit::Interaction { contact, id: call, edit: correct("happy") }), "outcome");
    desk.act_task(contact, id, complete("reached"));
}

#[test]
fn what_happened_elsewhere_is_shown_as_it_is_and_its_outcome_can_be_kept() {
    let mut desk = Device::new(1);
    let contact = desk.enter("Trần An", &[], &[]);
    let id = InteractionId([7; 16]);
    let written = InteractionRecord {
        kind: "videoCall".to_owned(),
        happened_at_ms: AtMs(desk.now),
        recorded_at_ms: AtMs(desk.now),
        staff: None,
        device: None,
        branch: None,
        direction: None,
        outcome: Some("enrolled".to_owned()),
        body: "Gặp qua mạng".to_owned(),
    };
    let text = serde_json::to_string(&written).expect("JSON");
    desk.take_from_elsewhere(contact, &[Put::new(format!("interaction/{id}"), text)]);
    let shown = |desk: &Device| -> (String, Option<String>) {
        let sql = "SELECT kind, outcome FROM interaction";
        desk.engine.conn().query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).expect("one is here")
    };
    assert_eq!(shown(&desk), ("videoCall".to_owned(), Some("enrolled".to_owned())));
    let about = |edit| Edit::Interaction { contact, id, edit };
    desk.try_edit(about(correct("enrolled"))).expect("what stands can be kept");
    refused(desk.try_edit(about(correct("happy"))), "outcome");
    desk.try_edit(about(correct("booked"))).expect("another that is known");
    assert_eq!(shown(&desk).1.as_deref(), Some("booked"));
}

fn talk(direction: &str) -> InteractionEdit {
    InteractionEdit::Record {
        kind: "call".to_owned(),
        happened_at_ms: None,
        direction: Some(direction.to_owned()),
        outcome: None,
        body: "Đã nói chuyện".to_owned(),
    }
}

fn asked(kind: &str, repeat: Option<&str>) -> TaskEdit {
    TaskEdit::Add(NewTask {
        kind: kind.to_owned(),
        title: "Gọi".to_owned(),
        due_at_ms: None,
        owner: None,
        repeat: repeat.map(str::to_owned),
    })
}

fn consent(purpose: &str, channel: &str, is_granted: bool) -> ContactEdit {
    let (purpose, channel) = (purpose.to_owned(), channel.to_owned());
    ContactEdit::SetConsent { purpose, channel, is_granted, evidence: "giấy".to_owned() }
}

fn member(role: &str) -> DefinitionEdit {
    DefinitionEdit::Staff { name: "Lan".to_owned(), branch: None, role: role.to_owned() }
}

fn own_field(kind: &str) -> DefinitionEdit {
    DefinitionEdit::Field { label: "Cỡ áo".to_owned(), kind: kind.to_owned(), choices: vec![] }
}

#[test]
fn directions_tasks_consents_roles_and_kinds_of_fields_take_known_words_alone() {
    let mut desk = Device::new(1);
    let contact = desk.enter("Trần An", &[], &[]);
    let mut fresh = 0;
    let mut id = || {
        fresh += 1;
        [fresh; 16]
    };
    let mut about = |edit| Edit::Interaction { contact, id: InteractionId(id()), edit };
    refused(desk.try_edit(about(talk("up"))), "direction");
    for word in DIRECTIONS {
        desk.try_edit(about(talk(word))).expect("it is known");
    }
    let mut to_do = |edit| Edit::Task { contact, id: TaskId(id()), edit };
    refused(desk.try_edit(to_do(asked("fax", None))), "kind");
    refused(desk.try_edit(to_do(asked("", None))), "kind");
    refused(desk.try_edit(to_do(asked("call", Some("hourly")))), "repeat");
    for (at, kind) in task::model::KINDS.iter().enumerate() {
        desk.try_edit(to_do(asked(kind, REPEATS.get(at).copied()))).expect("they are known");
    }
    refused(desk.try_contact(contact, consent("spying", "any", true)), "purpose");
    refused(desk.try_contact(contact, consent("", "any", true)), "purpose");
    refused(desk.try_contact(contact, consent("care", "pigeon", true)), "channel");
    for (purpose, channel) in CONSENT_PURPOSES.iter().cycle().zip(CONSENT_CHANNELS) {
        desk.try_contact(contact, consent(purpose, channel, true)).expect("they are known");
    }
    let mut define = |edit| Edit::Definition { id: DefinitionId(id()), edit };
    refused(desk.try_edit(define(member("king"))), "role");
    refused(desk.try_edit(define(own_field("picture"))), "kind");
    let known = ROLES.iter().map(|role| member(role)).chain(FORMS.iter().map(|kind| own_field(kind)));
    for edit in known {
        desk.try_edit(define(edit)).expect("it is known");
    }
    assert_eq!(desk.count("SELECT count(*) FROM interaction"), 2);
    assert_eq!(desk.count("SELECT count(*) FROM task"), 5);
}

#[test]
fn tasks_and_consents_of_a_newer_device_are_shown_as_they_are_and_worked_with() {
    let mut desk = Device::new(1);
    let contact = desk.enter("Trần An", &[], &[]);
    let (id, at_ms) = (TaskId([7; 16]), AtMs(desk.now));
    let task = TaskRecord {
        kind: "fax".to_owned(),
        title: "Gửi fax".to_owned(),
        due_at_ms: None,
        owner: None,
        repeat: Some("hourly".to_owned()),
        created_at_ms: at_ms,
    };
    let said = Consent {
        purpose: "survey".to_owned(),
        channel: "pigeon".to_owned(),
        is_granted: true,
        at_ms,
        evidence: String::new(),
    };
    let json = |record: Result<String, serde_json::Error>| record.expect("JSON");
    let written = [
        Put::new(format!("task/{id}"), json(serde_json::to_string(&task))),
        Put::new("consent/07070707.survey.pigeon", json(serde_json::to_string(&said))),
    ];
    desk.take_from_elsewhere(contact, &written);
    assert_eq!(desk.count("SELECT count(*) FROM task WHERE kind = 'fax' AND repeat = 'hourly'"), 1);
    let consents = "SELECT count(*) FROM consent WHERE purpose = 'survey' AND channel = 'pigeon'";
    assert_eq!(desk.count(consents), 1);
    let title = Some("Gửi lại".to_owned());
    let change =
        TaskEdit::Change { title, due_at_ms: None, owner: None, is_due_cleared: false, repeat: None };
    desk.act_task(contact, id, change);
    desk.now += 1_000;
    desk.try_contact(contact, consent("survey", "pigeon", false)).expect("it can be taken back");
    refused(desk.try_contact(contact, consent("survey", "any", true)), "purpose");
    assert_eq!(desk.count(consents), 2);
}

#[test]
fn role_and_kind_of_field_of_a_newer_device_stay_when_the_name_changes() {
    let mut desk = Device::new(1);
    let (lan, photo) = (DefinitionId([7; 16]), DefinitionId([8; 16]));
    let staff = Content::Staff { name: "Lan".to_owned(), branch: None, role: "coach".to_owned() };
    let field = Content::Field { label: "Ảnh".to_owned(), form: "picture".to_owned(), choices: Vec::new() };
    for (id, content) in [(lan, staff), (photo, field)] {
        let text = serde_json::to_string(&content).expect("JSON");
        desk.take_into(id.doc(), &[Put::new("definition/content", text)]);
    }
    let define = |id, edit| Edit::Definition { id, edit };
    desk.try_edit(define(lan, member("coach"))).expect("what stands can be kept");
    desk.try_edit(define(photo, own_field("picture"))).expect("what stands can be kept");
    refused(desk.try_edit(define(lan, member("king"))), "role");
    refused(desk.try_edit(define(photo, own_field("sound"))), "kind");
}
