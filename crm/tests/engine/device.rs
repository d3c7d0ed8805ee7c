//! A device without network: an engine on a temporary database.

use crdt::{Cause, Document, HybridTime, Put, Stamp};
use crm::{
    comment::{edit::CommentEdit, model::Subject},
    contact::edit::{ContactEdit, Fact},
    edit::Edit,
    engine::{Acted, Action, Author, EditError, Engine, RemoteBundle},
    id::{ActionId, AtMs, CommentId, ContactId, InteractionId, StaffId, TaskId},
    interaction::edit::InteractionEdit,
    store::{DatabaseKey, Durability, open},
    task::edit::{NewTask, TaskEdit},
};
use wire::{ActorId, DeviceId, DocId, SpaceId, membership::Role};

/// The space of people without a branch.
pub const SHARED: SpaceId = SpaceId([1; 16]);

pub struct Device {
    pub engine: Engine,
    number: u8,
    count: u64,
    pub now: i64,
    _dir: tempfile::TempDir,
}

pub fn contact_id(number: u64) -> ContactId {
    let mut id = [0; 16];
    id[2..10].copy_from_slice(&number.to_be_bytes());
    ContactId::in_space(id, SHARED)
}

pub fn fact(field: &str, value: &str) -> Fact {
    Fact { field: field.to_owned(), value: value.to_owned() }
}

impl Device {
    pub fn new(number: u8) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let key = DatabaseKey([number; 32].into());
        let conn = open(&dir.path().join("quen.db"), &key, Durability::None).expect("a new database opens");
        let author = Author {
            device: DeviceId([number; 16]),
            actor: ActorId([number; 16]),
            role: Role::Manager,
            staff: Some(StaffId([number; 16])),
            branch: None,
            shared_space: SHARED,
        };
        let engine = Engine::new(conn, author).expect("a new engine starts");
        Self { engine, number, count: 0, now: 1_790_000_000_000, _dir: dir }
    }

    fn fresh(&mut self) -> [u8; 16] {
        self.count += 1;
        let mut id = [0; 16];
        id[0] = self.number;
        id[2..10].copy_from_slice(&self.count.to_be_bytes());
        id
    }

    pub fn action(&mut self) -> Action {
        self.now += 1_000;
        Action { id: ActionId(self.fresh()), at: AtMs(self.now), cause: Cause::PERSON, new_space: None }
    }

    pub fn try_edit(&mut self, edit: Edit) -> Result<(ActionId, Acted), EditError> {
        let action = self.action();
        self.engine.act(action, &[edit]).map(|acted| (action.id, acted))
    }

    pub fn try_contact(&mut self, id: ContactId, edit: ContactEdit) -> Result<(ActionId, Acted), EditError> {
        self.try_edit(Edit::Contact { id, edit })
    }

    pub fn act_contact(&mut self, id: ContactId, edit: ContactEdit) -> Vec<wire::DocId> {
        self.try_contact(id, edit).expect("the edit is accepted").1.docs
    }

    pub fn set(&mut self, id: ContactId, field: &str, value: &str) -> ActionId {
        let edit = ContactEdit::Set { field: field.to_owned(), value: Some(value.to_owned()) };
        self.try_contact(id, edit).expect("the edit is accepted").0
    }

    pub fn enter(&mut self, name: &str, facts: &[Fact], tags: &[&str]) -> ContactId {
        let space = self.engine.homes().expect("readable").of(None);
        let id = ContactId::in_space(self.fresh(), space);
        let mut all = vec![fact("fullName", name)];
        all.extend_from_slice(facts);
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        self.act_contact(id, ContactEdit::Create { facts: all, tags });
        id
    }

    pub fn record(&mut self, contact: ContactId, edit: InteractionEdit) -> InteractionId {
        let id = InteractionId(self.fresh());
        self.try_edit(Edit::Interaction { contact, id, edit }).expect("the edit is accepted");
        id
    }

    pub fn add_task(&mut self, contact: ContactId, task: NewTask) -> TaskId {
        let id = TaskId(self.fresh());
        self.act_task(contact, id, TaskEdit::Add(task));
        id
    }

    pub fn act_task(&mut self, contact: ContactId, id: TaskId, edit: TaskEdit) {
        self.try_edit(Edit::Task { contact, id, edit }).expect("the edit is accepted");
    }

    /// Writes a remark, which gets the number as its identifier.
    pub fn comment(
        &mut self,
        contact: ContactId,
        about: Subject,
        number: u8,
        body: &str,
        to: &[StaffId],
    ) -> ActionId {
        let edit = CommentEdit::Write { body: body.to_owned(), mentions: to.to_vec() };
        let id = CommentId([number; 16]);
        self.try_edit(Edit::Comment { contact, about, id, edit }).expect("the remark is accepted").0
    }

    /// Takes in what a device wrote that knows more words than this one, and no bounds.
    pub fn take_from_elsewhere(&mut self, id: ContactId, puts: &[Put]) {
        self.take_into(id.doc(), puts);
    }

    /// The same for any document.
    pub fn take_into(&mut self, doc: DocId, puts: &[Put]) {
        let changes = self.engine.document(doc).expect("the document loads").changes();
        let mut document = Document::from_changes(doc, changes).expect("the changes fit");
        let stamp = Stamp {
            action: crdt::ActionId([9; 16]),
            time: HybridTime::from_ms(self.now.unsigned_abs() + 1),
            staff: Default::default(),
            cause: Cause::PERSON,
        };
        document.edit(ActorId([9; 16]), stamp, puts).expect("the document takes it");
        let bundle = RemoteBundle { doc, space: SHARED, changes: document.changes() };
        self.engine.receive(vec![bundle], AtMs(self.now), |_| Ok(())).expect("the merge is accepted");
    }

    /// Hands every change of a person to another device.
    pub fn send(&mut self, id: ContactId, to: &mut Self) {
        let changes = self.engine.document(id.doc()).expect("the document loads").changes();
        let bundle = RemoteBundle { doc: id.doc(), space: SpaceId([1; 16]), changes };
        to.engine.receive(vec![bundle], AtMs(to.now), |_| Ok(())).expect("the merge is accepted");
    }

    pub fn text(&self, id: ContactId, column: &str) -> Option<String> {
        let sql = format!("SELECT {column} FROM contact WHERE id = ?1");
        self.engine.conn().query_row(&sql, [id.0], |row| row.get(0)).expect("the person is here")
    }

    pub fn count(&self, sql: &str) -> i64 {
        self.engine.conn().query_row(sql, [], |row| row.get(0)).expect("a number")
    }
}
