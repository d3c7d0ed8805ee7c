//! Words that two devices wrote differently: the text of an interaction and the title of a task.

use crm::{
    api::args::{HistoryArgs, PageArgs},
    conflict::{self, view::ConflictView},
    contact::{edit::ContactEdit, history::history},
    edit::Edit,
    engine::{EditError, dump::canonical_dump},
    id::{ActionId, AtMs, ContactId, InteractionId, TaskId},
    interaction::edit::InteractionEdit,
    read::ReadContext,
    task::edit::{NewTask, TaskEdit},
};

use super::device::Device;

/// Two devices that hold one person with a note and a task.
struct Apart {
    ada: Device,
    ben: Device,
    lan: ContactId,
    note: InteractionId,
    task: TaskId,
}

impl Apart {
    fn new() -> Self {
        let (mut ada, mut ben) = (Device::new(1), Device::new(2));
        let lan = ada.enter("Lan", &[], &[]);
        let record = InteractionEdit::Record {
            kind: "call".into(),
            happened_at_ms: Some(AtMs(5_000)),
            direction: None,
            outcome: None,
            body: "Mẹ hỏi học phí".into(),
        };
        let note = ada.record(lan, record);
        let due_at_ms = Some(AtMs(9_000));
        let task =
            NewTask { kind: "call".into(), title: "Gọi mẹ".into(), due_at_ms, owner: None, repeat: None };
        let task = ada.add_task(lan, task);
        ada.send(lan, &mut ben);
        ben.now = ada.now + 60_000;
        Self { ada, ben, lan, note, task }
    }

    fn exchange(&mut self) {
        self.ada.send(self.lan, &mut self.ben);
        self.ben.send(self.lan, &mut self.ada);
        let shown = dump(&self.ada);
        assert_eq!(dump(&self.ben), shown, "both show the same");
        self.ada.engine.rebuild(|_| ()).expect("rows are built again");
        assert_eq!(dump(&self.ada), shown, "rebuilt it is the same");
    }
}

fn dump(device: &Device) -> Vec<String> {
    canonical_dump(device.engine.conn()).expect("readable")
}

fn correct(device: &mut Device, contact: ContactId, id: InteractionId, body: &str) -> ActionId {
    let edit = InteractionEdit::Correct { happened_at_ms: None, outcome: None, body: Some(body.to_owned()) };
    touch(device, contact, id, edit)
}

fn touch(device: &mut Device, contact: ContactId, id: InteractionId, edit: InteractionEdit) -> ActionId {
    device.try_edit(Edit::Interaction { contact, id, edit }).expect("the edit is accepted").0
}

fn rename(device: &mut Device, contact: ContactId, id: TaskId, title: &str) -> ActionId {
    let title = Some(title.to_owned());
    let edit = TaskEdit::Change { title, due_at_ms: None, owner: None, is_due_cleared: false, repeat: None };
    device.try_edit(Edit::Task { contact, id, edit }).expect("the edit is accepted").0
}

fn context(device: &Device) -> ReadContext {
    ReadContext { now: AtMs(device.now), utc_offset_minutes: 420, staff: None, kept: None }
}

fn disputes(device: &Device) -> Vec<ConflictView> {
    conflict::query::list(device.engine.conn(), &context(device), PageArgs::default()).expect("readable").rows
}

fn values(dispute: &ConflictView) -> Vec<&str> {
    dispute.versions.iter().map(|version| version.value.as_str()).collect()
}

fn choose(device: &mut Device, contact: ContactId, field: &str, value: &str) -> ActionId {
    let edit = ContactEdit::Resolve { field: field.to_owned(), value: Some(value.to_owned()) };
    device.try_contact(contact, edit).expect("the choice is accepted").0
}

fn body(device: &Device) -> String {
    device.engine.conn().query_row("SELECT body FROM interaction", [], |row| row.get(0)).expect("one note")
}

fn title(device: &Device) -> String {
    device.engine.conn().query_row("SELECT title FROM task", [], |row| row.get(0)).expect("one task")
}

#[test]
fn two_texts_of_a_note_written_apart_wait_until_a_person_chooses() {
    let mut apart = Apart::new();
    let (lan, note) = (apart.lan, apart.note);
    correct(&mut apart.ada, lan, note, "Mẹ hỏi học phí lớp hè");
    correct(&mut apart.ben, lan, note, "Bố hỏi học phí");
    apart.exchange();
    let waiting = disputes(&apart.ada);
    assert_eq!(values(&waiting[0]), ["Bố hỏi học phí", "Mẹ hỏi học phí lớp hè"], "the one shown comes first");
    assert_eq!(body(&apart.ada), "Bố hỏi học phí");
    assert_eq!(waiting[0].field, format!("interaction.{note}.body"));
    let about = waiting[0].about.as_ref().expect("which note it is");
    assert_eq!(
        (about.noun.as_str(), about.kind.as_str(), about.at_ms),
        ("interaction", "call", Some(AtMs(5_000)))
    );
    assert!(waiting[0].versions[0].at_ms > waiting[0].versions[1].at_ms);
    assert_eq!(apart.ada.count("SELECT conflict_count FROM contact"), 1);

    choose(&mut apart.ada, lan, &waiting[0].field, "Mẹ hỏi học phí lớp hè");
    apart.exchange();
    for device in [&apart.ada, &apart.ben] {
        assert_eq!((disputes(device).len(), body(device).as_str()), (0, "Mẹ hỏi học phí lớp hè"));
    }
}

#[test]
fn words_that_were_not_chosen_stay_in_the_history() {
    let mut apart = Apart::new();
    let (lan, note) = (apart.lan, apart.note);
    correct(&mut apart.ada, lan, note, "một");
    correct(&mut apart.ben, lan, note, "hai");
    apart.exchange();
    let field = format!("interaction.{note}.body");
    choose(&mut apart.ada, lan, &field, "một");
    let args = HistoryArgs { id: lan, field: Some(field) };
    let views = history(apart.ada.engine.conn(), &context(&apart.ada), args).expect("readable");
    assert_eq!(views[0].change.before, ["hai", "một"]);
    assert_eq!((views[0].change.after.as_str(), views.len()), ("một", 3));
}

#[test]
fn two_titles_of_a_task_written_apart_wait_until_a_person_chooses() {
    let mut apart = Apart::new();
    let (lan, task) = (apart.lan, apart.task);
    rename(&mut apart.ada, lan, task, "Gọi mẹ về lịch học");
    rename(&mut apart.ben, lan, task, "Gọi bố");
    apart.exchange();
    let waiting = disputes(&apart.ada);
    assert_eq!(waiting[0].field, format!("task.{task}.title"));
    assert_eq!(values(&waiting[0]), ["Gọi bố", "Gọi mẹ về lịch học"]);
    let about = waiting[0].about.as_ref().expect("which task it is");
    assert_eq!((about.noun.as_str(), about.kind.as_str(), about.at_ms), ("task", "call", Some(AtMs(9_000))));
    let blank = ContactEdit::Resolve { field: waiting[0].field.clone(), value: None };
    assert!(matches!(apart.ada.try_contact(lan, blank), Err(EditError::Missing)), "a task has a title");
    // The one that is shown already is a choice too.
    choose(&mut apart.ada, lan, &waiting[0].field, "Gọi bố");
    apart.exchange();
    assert_eq!((disputes(&apart.ben).len(), title(&apart.ben).as_str()), (0, "Gọi bố"));
}

#[test]
fn same_words_written_apart_and_words_over_known_ones_are_no_disagreement() {
    let mut apart = Apart::new();
    let (lan, note, task) = (apart.lan, apart.note, apart.task);
    correct(&mut apart.ada, lan, note, "Bố hỏi học phí");
    correct(&mut apart.ben, lan, note, "Bố hỏi học phí");
    rename(&mut apart.ada, lan, task, "Gọi bố");
    apart.exchange();
    rename(&mut apart.ben, lan, task, "Gọi bố mẹ");
    apart.exchange();
    assert_eq!(disputes(&apart.ada), []);
}

#[test]
fn words_of_what_was_removed_wait_for_nobody_and_come_back_with_it() {
    let mut apart = Apart::new();
    let (lan, note, task) = (apart.lan, apart.note, apart.task);
    correct(&mut apart.ada, lan, note, "một");
    correct(&mut apart.ben, lan, note, "hai");
    rename(&mut apart.ada, lan, task, "ba");
    rename(&mut apart.ben, lan, task, "bốn");
    apart.exchange();
    assert_eq!(disputes(&apart.ada).len(), 2);
    touch(&mut apart.ada, lan, note, InteractionEdit::Delete);
    apart.ada.act_task(lan, task, TaskEdit::Delete);
    apart.exchange();
    assert_eq!(disputes(&apart.ada), []);
    touch(&mut apart.ben, lan, note, InteractionEdit::Restore);
    apart.exchange();
    assert_eq!(values(&disputes(&apart.ada)[0]), ["hai", "một"]);
}

#[test]
fn correction_that_was_taken_back_apart_stands_for_the_first_words() {
    let mut apart = Apart::new();
    let (lan, note) = (apart.lan, apart.note);
    let taken_back = correct(&mut apart.ada, lan, note, "một");
    let action = apart.ada.action();
    apart.ada.engine.undo(taken_back, action).expect("undo is accepted");
    correct(&mut apart.ben, lan, note, "hai");
    apart.exchange();
    assert_eq!(values(&disputes(&apart.ada)[0]), ["hai", "Mẹ hỏi học phí"]);
    choose(&mut apart.ada, lan, &format!("interaction.{note}.body"), "Mẹ hỏi học phí");
    apart.exchange();
    assert_eq!((disputes(&apart.ben).len(), body(&apart.ben).as_str()), (0, "Mẹ hỏi học phí"));
}

#[test]
fn undo_of_a_choice_between_two_wordings_lets_both_wait_again() {
    for is_first_later in [true, false] {
        let mut apart = Apart::new();
        let (lan, note) = (apart.lan, apart.note);
        if is_first_later {
            apart.ada.now = apart.ben.now + 60_000;
        }
        correct(&mut apart.ada, lan, note, "một");
        correct(&mut apart.ben, lan, note, "hai");
        apart.exchange();
        let shown = body(&apart.ada);
        assert_eq!(shown, if is_first_later { "một" } else { "hai" });
        let other = if is_first_later { "hai" } else { "một" };
        let waited = disputes(&apart.ada);
        let choice = choose(&mut apart.ada, lan, &format!("interaction.{note}.body"), other);
        let action = apart.ada.action();
        apart.ada.engine.undo(choice, action).expect("undo is accepted");
        apart.exchange();
        assert_eq!((body(&apart.ben), disputes(&apart.ben)), (shown, waited));
    }
}

#[test]
fn undo_of_words_that_another_device_disputes_leaves_what_the_other_wrote() {
    let mut apart = Apart::new();
    let (lan, note, task) = (apart.lan, apart.note, apart.task);
    apart.ada.now = apart.ben.now + 60_000;
    correct(&mut apart.ben, lan, note, "hai");
    rename(&mut apart.ben, lan, task, "bốn");
    let corrected = correct(&mut apart.ada, lan, note, "một");
    let renamed = rename(&mut apart.ada, lan, task, "ba");
    apart.exchange();
    assert_eq!((body(&apart.ada).as_str(), title(&apart.ada).as_str()), ("một", "ba"));
    for target in [corrected, renamed] {
        let action = apart.ada.action();
        apart.ada.engine.undo(target, action).expect("undo is accepted");
    }
    apart.exchange();
    assert_eq!(disputes(&apart.ben), []);
    assert_eq!((body(&apart.ben).as_str(), title(&apart.ben).as_str()), ("hai", "bốn"));
}

#[test]
fn wording_of_a_hidden_record_is_decided_on_the_shown_page() {
    let mut apart = Apart::new();
    let (lan, note) = (apart.lan, apart.note);
    let older = super::contact_id(0);
    let facts = vec![super::fact("fullName", "Lan")];
    apart.ada.act_contact(older, ContactEdit::Create { facts, tags: vec![] });
    correct(&mut apart.ada, lan, note, "một");
    correct(&mut apart.ben, lan, note, "hai");
    apart.ada.act_contact(lan, ContactEdit::MergeWith { other: older });
    apart.ada.send(older, &mut apart.ben);
    apart.exchange();
    let waiting = disputes(&apart.ada);
    assert_eq!((waiting[0].contact.id, waiting[0].about.is_some()), (older, true));
    choose(&mut apart.ada, older, &waiting[0].field, "một");
    apart.exchange();
    assert_eq!((disputes(&apart.ben).len(), body(&apart.ben).as_str()), (0, "một"));
}
