//! Edits about views that one person keeps for themselves: same edit, same undo, but nothing travels.

use crdt::Cause;

use super::{ApiError, App, changed, workspace};
use crate::{
    definition::{
        edit::DefinitionEdit,
        model::Content,
        private_view::{self, PRIVATE_VIEWS_MAX, Step},
        query,
    },
    edit::{Edit, EditDone, UndoDone},
    engine::Acted,
    id::{ActionId, DefinitionId},
    store::change_log,
    sync::Replica,
};

impl App {
    /// Carries out an edit of a private view; nothing if it is about none.
    ///
    /// A view that was for all and becomes private is retired for all; a private one that becomes shared leaves
    /// this device's own list. Both take a manager, as everything shared does.
    pub(super) fn edit_private_view(
        &self,
        id: DefinitionId,
        edit: &DefinitionEdit,
    ) -> Result<Option<EditDone>, ApiError> {
        let action = workspace::new_action(Cause::PERSON);
        let acted = self.write(|replica| {
            let before = private_view::get(replica.engine.conn(), id)?;
            let after = private_view::wished(id, edit)?;
            if before.is_none() && after.is_none() {
                return Ok(None);
            }
            if before == after {
                return Ok(Some(None));
            }
            let edits = beside(replica, id, edit, before.is_some())?;
            let step = Step { id, before, after };
            let acted = replica.engine.act_with(action, &edits, |tx| step.take(tx, action.id))?;
            Ok(Some(Some(acted)))
        })?;
        let Some(acted) = acted else { return Ok(None) };
        let done = EditDone { action: acted.as_ref().map(|_| action.id) };
        self.tell(acted);
        Ok(Some(done))
    }

    /// Takes back what an action did to a private view; nothing if it did nothing to one.
    ///
    /// A view that was shared or made private goes back as a whole, or stays where somebody changed it since: it
    /// must not stand in both lists or in none.
    pub(super) fn undo_private_view(&self, target: ActionId) -> Result<Option<UndoDone>, ApiError> {
        let action = workspace::new_action(Cause::UNDO);
        let undone = self.write(|replica| {
            let conn = replica.engine.conn();
            let Some(step) = Step::of(conn, target)?.map(Step::back) else { return Ok(None) };
            let docs = change_log::docs_of_action(conn, target)?;
            let stands = private_view::get(conn, step.id)?;
            if stands == step.after {
                return Ok(Some((UndoDone { action: None, restored: 0, skipped: 0, job: None }, None)));
            }
            if stands != step.before || !replica.engine.stands_whole(target, &docs)? {
                return Ok(Some((UndoDone { action: None, restored: 0, skipped: 1, job: None }, None)));
            }
            let take = |tx: &rusqlite::Transaction<'_>| step.take(tx, action.id);
            let (done, acted) = replica.engine.undo_in(target, action, &docs, take)?;
            let done = UndoDone { action: Some(action.id), restored: done.restored + 1, ..done };
            Ok(Some((done, Some(acted))))
        })?;
        let Some((done, acted)) = undone else { return Ok(None) };
        self.tell(acted);
        Ok(Some(done))
    }

    fn tell(&self, acted: Option<Acted>) {
        if let Some(mut acted) = acted {
            acted.changed.push(changed("definition"));
            self.announce(acted.changed);
            self.wake_sync();
        }
    }
}

/// What a step of a private view writes for all, which only managers may.
fn beside(
    replica: &Replica,
    id: DefinitionId,
    edit: &DefinitionEdit,
    is_private: bool,
) -> Result<Vec<Edit>, ApiError> {
    let conn = replica.engine.conn();
    let shared = |edit| Edit::Definition { id, edit };
    let is_known = || query::content(conn, id);
    Ok(match (is_private, edit) {
        (true, DefinitionEdit::View { staff: Some(_), .. } | DefinitionEdit::Archive) => Vec::new(),
        (true, DefinitionEdit::View { .. }) => {
            let back = is_known()?.map(|_| shared(DefinitionEdit::Restore));
            [shared(edit.clone())].into_iter().chain(back).collect()
        }
        (true, _) => return Err(ApiError::new("bad_argument", "this is a private view")),
        (false, _) if private_view::all(conn)?.len() >= PRIVATE_VIEWS_MAX => {
            return Err(ApiError::new("too_many", "this device keeps too many views"));
        }
        (false, _) if matches!(is_known()?, Some(Content::View { .. })) => {
            vec![shared(DefinitionEdit::Archive)]
        }
        (false, _) => Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::api::{Transport, call};

    const ID: &str = "01J00000000000000000000001";

    struct Desk {
        app: App,
        me: Value,
        _folder: tempfile::TempDir,
    }

    impl Desk {
        fn founded() -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            let app = App::open(folder.path(), Some("bốn mùa hoa".to_owned().into())).expect("opens");
            let mut desk = Self { app, me: Value::Null, _folder: folder };
            let centre = json!({ "centre": "Sao Mai", "owner": "Trần Thị Hà", "deviceName": "Bàn 1",
                "branches": ["Quận 1"], "relayUrl": null });
            desk.me = desk.ask("workspace.create", centre)["staff"].clone();
            desk
        }

        fn ask(&self, name: &str, args: Value) -> Value {
            call(&self.app, Transport::Window, name, args).expect("is allowed")
        }

        fn put(&self, edit: Value) -> Value {
            let edits = json!([{ "noun": "definition", "id": ID, "edit": edit }]);
            self.ask("edit", json!({ "edits": edits }))["action"].clone()
        }

        fn save(&self, name: &str, staff: &Value) -> Value {
            let spec = json!({ "filter": { "is": "all", "of": [] }, "search": "", "sort": [], "groupBy": null,
                "columns": [] });
            self.put(json!({ "do": "view", "name": name, "staff": staff, "isPinned": true, "view": spec }))
        }

        fn undo(&self, action: &Value) -> Value {
            self.ask("action.undo", json!({ "action": action }))
        }

        /// The views that were saved, by name, and whether each is private.
        fn views(&self) -> Vec<(String, bool)> {
            let all = self.ask("definition.list", json!({}))["views"].clone();
            let saved = all.as_array().into_iter().flatten().filter(|view| view["preset"].is_null());
            let name = |view: &Value| view["name"].as_str().unwrap_or_default().to_owned();
            saved.map(|view| (name(view), view["isPrivate"] == true)).collect()
        }
    }

    fn one(name: &str, is_private: bool) -> Vec<(String, bool)> {
        vec![(name.to_owned(), is_private)]
    }

    #[test]
    fn a_private_view_is_kept_here_shared_and_taken_back() {
        let desk = Desk::founded();
        let waiting = || desk.ask("sync.status", json!({}))["waiting"].clone();
        let before = waiting();
        desk.save("Của tôi", &desk.me);
        assert_eq!(waiting(), before, "nothing travels");
        assert_eq!(desk.views(), one("Của tôi", true));
        for _ in 0..2 {
            desk.save("Của tôi", &Value::Null);
            assert_eq!(desk.views(), one("Của tôi", false));
            desk.save("Của tôi", &desk.me);
            assert_eq!(desk.views(), one("Của tôi", true));
        }
        desk.save("Của tôi", &Value::Null);
        desk.put(json!({ "do": "archive" }));
        assert!(desk.views().is_empty());
    }

    #[test]
    fn whatever_is_done_to_a_private_view_is_taken_back_and_done_again() {
        let desk = Desk::founded();
        let none = Vec::new();
        let me = desk.me.clone();
        let steps: [(&dyn Fn() -> Value, Vec<_>); 5] = [
            (&|| desk.save("Của tôi", &me), one("Của tôi", true)),
            (&|| desk.save("Học thử", &me), one("Học thử", true)),
            (&|| desk.save("Học thử", &Value::Null), one("Học thử", false)),
            (&|| desk.save("Riêng", &me), one("Riêng", true)),
            (&|| desk.put(json!({ "do": "archive" })), none.clone()),
        ];
        let mut before = none;
        for (step, after) in steps {
            let action = step();
            assert_eq!(desk.views(), after);
            let undone = desk.undo(&action);
            assert_eq!((desk.views(), &undone["skipped"]), (before, &json!(0)), "{undone}");
            assert!(undone["restored"].as_u64() > Some(0), "{undone}");
            let redone = desk.undo(&undone["action"]);
            assert_eq!((desk.views(), &redone["skipped"]), (after.clone(), &json!(0)), "{redone}");
            assert_eq!(desk.undo(&undone["action"])["restored"], 0, "it was taken back already");
            before = after;
        }
    }

    #[test]
    fn a_view_that_was_changed_since_stays_as_it_is() {
        let desk = Desk::founded();
        let made = desk.save("Của tôi", &desk.me);
        let renamed = desk.save("Học thử", &desk.me);
        assert_eq!(desk.save("Học thử", &desk.me), Value::Null, "it was so already");
        assert_eq!(desk.undo(&made)["skipped"], 1);
        let shared = desk.save("Học thử", &Value::Null);
        assert_eq!(desk.undo(&renamed)["skipped"], 1);
        desk.save("Của cả nhà", &Value::Null);
        assert_eq!(desk.undo(&shared)["skipped"], 1);
        assert_eq!(desk.views(), one("Của cả nhà", false), "it stands in one list");
    }
}
