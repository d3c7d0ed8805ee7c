use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::{
    api::{Transport, call},
    app::AppError,
    io::FolderError,
};

/// More than two parts of people.
const PEOPLE: usize = 2 * PART_DOCS + 100;

struct Desk {
    app: App,
    ids: Vec<ContactId>,
    folder: TempDir,
}

impl Desk {
    fn crowded() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let app = open(&folder);
        let desk = Self { app, ids: Vec::new(), folder };
        let centre = json!({ "centre": "Sao Mai", "owner": "Trần Thị Hà", "deviceName": "Bàn 1",
            "branches": ["Quận 1"], "relayUrl": null });
        desk.ask("workspace.create", centre);
        let ids: Vec<ContactId> = (0..PEOPLE.div_ceil(PART_DOCS))
            .flat_map(|_| {
                let fresh = desk.ask("contact.newIds", json!({ "branch": null, "count": PART_DOCS }));
                serde_json::from_value::<Vec<ContactId>>(fresh).expect("identifiers")
            })
            .take(PEOPLE)
            .collect();
        for (at, part) in ids.chunks(PART_DOCS).enumerate() {
            let enter = |(no, id)| {
                let name =
                    json!({ "field": "fullName", "value": format!("Nguyễn Văn {}", at * PART_DOCS + no) });
                json!({ "noun": "contact", "id": id, "edit": { "do": "create", "facts": [name], "tags": [] } })
            };
            desk.ask("edit", json!({ "edits": part.iter().enumerate().map(enter).collect::<Vec<_>>() }));
        }
        Self { ids, ..desk }
    }

    fn ask(&self, name: &str, args: Value) -> Value {
        call(&self.app, Transport::CommandLine, name, args).expect("is allowed")
    }

    fn tagged(&self) -> u64 {
        let tags = &self.ask("definition.list", json!({}))["tags"];
        tags.as_array().into_iter().flatten().filter_map(|tag| tag["count"].as_u64()).sum()
    }

    /// The end of a job, as it tells it itself.
    fn end_of(&self, job: &Value) -> Value {
        for _ in 0..3_000 {
            let view = self.ask("job.get", json!({ "job": job }));
            if view["state"] != "running" {
                return view;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("the job did not end");
    }

    /// Ends the program as a power cut does, and starts it again; waits until what it begins by itself is done.
    fn restarted(self) -> Self {
        let Self { app, ids, folder } = self;
        drop(app);
        let app = open(&folder);
        let desk = Self { app, ids, folder };
        let is_clean =
            || desk.app.read(|conn, _| setting::values_under(conn, UNFINISHED)).expect("readable").is_empty();
        (0..3_000)
            .take_while(|_| !is_clean())
            .for_each(|_| std::thread::sleep(std::time::Duration::from_millis(20)));
        assert!(is_clean(), "what was begun was taken back");
        desk
    }
}

/// Opens the device as soon as the work of the run before has let go of its folder.
fn open(folder: &TempDir) -> App {
    for _ in 0..3_000 {
        match App::open(folder.path(), Some("bốn mùa hoa".to_owned().into())) {
            Err(AppError::Folder(FolderError::InUse)) => {
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            opened => return opened.expect("opens"),
        }
    }
    panic!("the folder stays in use");
}

fn tag() -> BulkChange {
    BulkChange::AddTag { label: "Hè 2026".to_owned() }
}

fn everybody() -> Value {
    json!({ "which": "matching", "view": {}, "except": [] })
}

#[test]
fn what_is_done_to_very_many_is_one_action_and_one_undo_takes_it_back() {
    let desk = Desk::crowded();
    let started = desk.ask(
        "bulk.run",
        json!({ "selection": everybody(), "change": { "do": "addTag", "label": "Hè 2026" } }),
    );
    let end = desk.end_of(&started["job"]);
    assert_eq!((&end["state"], &end["did"]["count"]), (&json!("done"), &json!(PEOPLE)));
    assert_eq!(desk.tagged(), PEOPLE as u64);

    let undoing = desk.ask("action.undo", json!({ "action": end["did"]["action"] }));
    let undone = desk.end_of(&undoing["job"]);
    assert_eq!((&undone["did"]["count"], &undone["did"]["skipped"]), (&json!(PEOPLE), &json!(0)));
    assert_eq!(desk.tagged(), 0);

    let redoing = desk.ask("action.undo", json!({ "action": undone["did"]["action"] }));
    assert_eq!(desk.end_of(&redoing["job"])["did"]["count"], json!(PEOPLE));
    assert_eq!(desk.tagged(), PEOPLE as u64);
}

#[test]
fn what_was_cut_off_between_two_parts_is_done_for_nobody_after_the_next_start() {
    let desk = Desk::crowded();
    let action = workspace::new_action(Cause::PERSON);
    let people = Some(in_all(PEOPLE));
    let record = Unfinished { target: action.id, undo: ActionId(workspace::fresh_id()), people };
    for (at, part) in desk.ids.chunks(PART_DOCS).take(2).enumerate() {
        desk.app.bulk_part(action, part, &tag(), |tx| record.keep(tx, at, 3)).expect("is written");
    }
    assert_eq!(desk.tagged(), 2 * PART_DOCS as u64);
    let desk = desk.restarted();
    assert_eq!(desk.tagged(), 0);
    // It is told until somebody has read it, whatever is started in between.
    let desk = desk.restarted();
    let told = desk.ask("bulk.takenBack", json!({}));
    let said = (&told[0]["action"], &told[0]["done"], &told[0]["total"]);
    assert_eq!(said, (&json!(action.id), &json!(2 * PART_DOCS), &json!(PEOPLE)), "{told}");
    desk.ask("bulk.forgetTakenBack", json!({}));
    assert_eq!(desk.restarted().ask("bulk.takenBack", json!({})), json!([]));
}

#[test]
fn an_undo_that_was_cut_off_between_two_parts_goes_on_at_the_next_start() {
    let desk = Desk::crowded();
    let job = desk
        .ask("bulk.run", json!({ "selection": everybody(), "change": { "do": "addTag", "label": "Hè" } }));
    let target: ActionId =
        serde_json::from_value(desk.end_of(&job["job"])["did"]["action"].clone()).expect("an action");
    let undo = workspace::new_action(Cause::UNDO);
    let record = Unfinished { target, undo: undo.id, people: None };
    let docs = desk.app.read(|conn, _| change_log::docs_of_action(conn, target)).expect("readable");
    let cut = desk.app.write(|replica| {
        let part = &docs[..PART_DOCS];
        Ok(replica
            .engine
            .undo_in(target, undo, part, |tx| record.keep(tx, 0, docs.len().div_ceil(PART_DOCS)))?)
    });
    assert_eq!(cut.expect("is written").0.restored, in_all(PART_DOCS));
    let desk = desk.restarted();
    assert_eq!(desk.tagged(), 0);
    assert_eq!(desk.ask("bulk.takenBack", json!({})), json!([]), "what was asked for is done");
    let of_undo = desk.app.read(|conn, _| change_log::docs_of_action(conn, undo.id)).expect("readable");
    assert_eq!(of_undo.len(), PEOPLE, "the undo is one action, which can be taken back as one");
}

#[test]
fn what_is_refused_for_the_last_of_many_changes_nobody() {
    let desk = Desk::crowded();
    let stranger = ContactId([7; 16]);
    let ids: Vec<_> = desk.ids.iter().copied().chain([stranger]).collect();
    let job = desk.app.start_job("bulk", move |app, job| app.bulk_in_parts(&ids, &tag(), job));
    let end = desk.end_of(&serde_json::to_value(job.job).expect("an identifier"));
    assert_eq!((&end["state"], &end["error"]), (&json!("failed"), &json!("not_found")));
    assert_eq!(desk.tagged(), 0);
    assert_eq!(desk.restarted().tagged(), 0);
}
