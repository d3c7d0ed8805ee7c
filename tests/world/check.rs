//! What must hold when the world is quiet.

use std::collections::{BTreeMap, BTreeSet};

use crdt::{
    HistoryEntry, RegisterValue, decode_payload,
    seal::{KeyRing, VerifiedChunk},
};
use crm::{
    engine::dump::canonical_dump,
    id::{ActionId, ContactId},
    store::chunk::{self, ChunkState},
};
use wire::{
    Chunk, DocId, LogHash,
    protocol::{Pull, PullAnswer, Request, Response},
};

use crate::{
    Promise, Sight, World,
    dispute::is_of,
    ledger::Written,
    shown::Pages,
    violation::{broken, must_hold},
    winner::Winners,
};

/// The device that sees everything and never leaves.
pub(crate) const MANAGER: usize = 1;

impl World {
    /// Checks everything that must hold in the end.
    pub fn check(&mut self) {
        self.check_members();
        self.check_nothing_waits();
        self.check_devices_agree();
        let winners = self.check_winners(MANAGER);
        self.check_promises(&winners);
        self.check_definitions(MANAGER, &winners);
        self.check_rows(MANAGER);
        self.check_disputes(MANAGER);
        for place in 0..self.nodes.len() {
            self.check_rebuild(place);
        }
        self.look_at_the_end();
    }

    /// Counts what stands in the end and what did not come as far.
    fn look_at_the_end(&mut self) {
        let conn = self.nodes[MANAGER].conn();
        let rows = |sql| conn.query_row(sql, [], |row| row.get::<_, u32>(0)).expect("readable");
        let conflicts = rows("SELECT count(*) FROM conflict");
        let duplicates = rows("SELECT count(*) FROM duplicate");
        let merged = rows("SELECT count(*) FROM contact WHERE merged_into IS NOT NULL");
        let lost = u32::try_from(self.ledger.lost.len()).unwrap_or(u32::MAX);
        let words = u32::try_from(self.disputed_words(MANAGER).len()).unwrap_or(u32::MAX);
        self.sights.count_many(Sight::ConflictLeft, conflicts);
        self.sights.count_many(Sight::WordsLeft, words);
        self.sights.count_many(Sight::DuplicateLeft, duplicates);
        self.sights.count_many(Sight::MergedLeft, merged);
        self.sights.count_many(Sight::EditLost, lost);
    }

    fn check_nothing_waits(&self) {
        for node in &self.nodes {
            for state in [ChunkState::Unsent, ChunkState::Held, ChunkState::Quarantined] {
                let count = chunk::count(node.conn(), state).expect("readable");
                must_hold(count == 0, || {
                    let sql = "SELECT group_concat(coalesce(reason, '')) FROM chunk WHERE state = ?1";
                    let why: Option<String> =
                        node.conn().query_row(sql, [state as u8], |row| row.get(0)).expect("readable");
                    format!("{} has chunks in state {state:?}: {why:?}", node.name)
                });
            }
            let unsealed = crm::store::change_log::count_unsealed(node.conn()).expect("readable");
            must_hold(unsealed == 0, || format!("{} has changes that no chunk carries", node.name));
        }
    }

    /// Everything that a device shows.
    pub fn dump(&self, place: usize) -> Vec<String> {
        canonical_dump(self.nodes[place].conn()).expect("readable")
    }

    fn check_devices_agree(&self) {
        let dumps: Vec<_> = (0..self.nodes.len()).map(|place| self.dump(place)).collect();
        for (place, node) in self.nodes.iter().enumerate() {
            let spaces = |node: &crate::Node| node.running.as_ref().expect("the device runs").spaces();
            let held = spaces(node);
            let like = self.nodes.iter().position(|other| spaces(other) == held).expect("itself");
            assert_equal(
                &dumps[place],
                &dumps[like],
                &format!("{} and {}", node.name, self.nodes[like].name),
            );
            if node.branch.is_some() {
                let held: BTreeSet<_> = self.contacts_at(place).into_iter().map(|id| hex(&id.0)).collect();
                let all: BTreeSet<_> = self.contacts_at(MANAGER).into_iter().map(|id| hex(&id.0)).collect();
                let own = about(&dumps[place], &held, &all);
                let seen = about(&dumps[MANAGER], &held, &all);
                assert_equal(&own, &seen, &format!("{} and its branch at the manager's", node.name));
            }
        }
    }

    /// A device that forgets its read tables and builds them again shows the same.
    pub fn check_rebuild(&mut self, place: usize) {
        let before = self.dump(place);
        self.nodes[place].replica().engine.rebuild(|_| ()).expect("rebuilt");
        assert_equal(
            &before,
            &self.dump(place),
            &format!("{} before and after a rebuild", self.nodes[place].name),
        );
    }

    fn check_promises(&mut self, winners: &Winners) {
        let mut history: BTreeMap<ContactId, Vec<HistoryEntry>> = BTreeMap::new();
        let mut pages = Pages::new();
        let (entries, lost) = (self.ledger.entries.clone(), self.ledger.lost.clone());
        for entry in entries.iter().filter(|entry| !lost.contains(&(entry.action, entry.contact.doc()))) {
            let engine = &mut self.nodes[MANAGER].running.as_mut().expect("the device runs").engine;
            let known = history
                .entry(entry.contact)
                .or_insert_with(|| engine.document(entry.contact.doc()).expect("readable").history());
            let is_kept =
                known.iter().any(|write| is_of(entry.action, write) && is_write_of(&entry.promise, write));
            let name = &self.nodes[entry.node].name;
            must_hold(is_kept, || format!("an acknowledged edit of {name} is lost: {entry:?}"));
            // A person whose entering was taken back is in the bin, with what others wrote.
            if !self.ledger.undone.contains(&entry.action) {
                self.check_shown(MANAGER, &mut pages, winners, entry);
            }
        }
    }

    /// What a device's database holds.
    pub(crate) fn written_at(&self, place: usize) -> BTreeSet<Written> {
        let sql = "SELECT DISTINCT change.action, doc.id FROM change JOIN doc ON doc.no = change.doc
                   WHERE change.action IS NOT NULL";
        let mut statement = self.nodes[place].conn().prepare_cached(sql).expect("readable");
        let written = statement.query_map([], |row| {
            let doc = DocId::from_slice(&row.get::<_, Vec<u8>>(1)?).expect("the identifier of a document");
            Ok((ActionId(row.get(0)?), doc))
        });
        written.expect("readable").collect::<Result<_, _>>().expect("readable")
    }

    /// Notes which of this no disk holds any more.
    pub(crate) fn note_lost(&mut self, before: &BTreeSet<Written>) {
        let mut alive = self.written_at_relay();
        for place in 0..self.nodes.len() {
            alive.extend(self.written_at(place));
        }
        let gone: Vec<_> = before.difference(&alive).copied().collect();
        self.ledger.lost.extend(gone);
    }

    /// What is inside the chunks that the relay holds, opened with the founder's keys.
    fn written_at_relay(&mut self) -> BTreeSet<Written> {
        let (keys, workspace) = (self.nodes[0].keys(), self.nodes[0].log().workspace());
        let Some(log) = self.relay.store().log(workspace).expect("the relay's disk works") else {
            return BTreeSet::new();
        };
        let ring = KeyRing::from_log(&log, &keys);
        let token = self.hello(&keys);
        let mut written = BTreeSet::new();
        for space in log.state().spaces() {
            let pull = Pull { space, after_seq: 0, hash_at: LogHash::ZERO, bytes_max: u32::MAX };
            let answer = self.relay.answer(Some(&token), &Request::Pull(pull), self.now_ms);
            let Response::Pulled(PullAnswer::Page(page)) = answer else { continue };
            assert!(!page.has_more, "a world's chunks fit into one page");
            for blob in page.entries.into_iter().filter_map(|entry| entry.chunk) {
                let chunk = Chunk::parse(&blob.0).expect("the relay keeps chunks");
                let verified = VerifiedChunk::verify(chunk, &log).expect("the relay keeps verified chunks");
                let opened = verified.open(&ring).expect("the founder opens every chunk");
                let bundles = decode_payload(opened.plaintext()).expect("a payload");
                for (doc, bytes) in bundles.iter().flat_map(|of| of.changes.iter().map(|one| (of.doc, one))) {
                    let change = crdt::DocChange::parse(bytes).expect("a change");
                    written.extend(change.stamp().map(|stamp| (ActionId::from(stamp.action), doc)));
                }
            }
        }
        written
    }
}

fn is_write_of(promise: &Promise, write: &HistoryEntry) -> bool {
    let contains = |words: &str| write.after.as_text().is_some_and(|text| text.contains(words));
    match promise {
        Promise::Field { key, value } => {
            write.key == *key && write.after == RegisterValue::from(value.clone())
        }
        Promise::Mark { key, value } => write.key == *key && write.after == *value,
        Promise::Consent { about, evidence } => {
            write.key.starts_with("consent/") && write.key.ends_with(about) && contains(evidence)
        }
        Promise::Interaction { id, body } => write.key == format!("interaction/{id}") && contains(body),
        Promise::Comment { on, id, body } => write.key == format!("comment/{on}/{id}") && contains(body),
        Promise::Task { id, title } => write.key == format!("task/{id}") && contains(title),
        Promise::Words { of, text } => {
            write.key == of.register() && write.after == RegisterValue::from(text.as_str())
        }
        // Done once more with the same outcome, only the moment is another.
        Promise::TaskDone { id, outcome } => {
            let is_done = write.key == format!("task/{id}/doneAt") && !write.after.is_empty();
            is_done || write.key == format!("task/{id}/outcome") && contains(outcome)
        }
    }
}

/// Lines that are about these people only.
fn about(dump: &[String], held: &BTreeSet<String>, all: &BTreeSet<String>) -> Vec<String> {
    dump.iter()
        .filter(|line| {
            let mut cells = line.split('|').skip(1).filter(|cell| cell.len() == 32);
            let table = line.split(':').next().unwrap_or_default();
            match table {
                "definition" => true,
                "duplicate" => cells.take(2).all(|cell| held.contains(cell)),
                _ => cells
                    .find(|cell| all.contains(&cell.to_lowercase()))
                    .is_some_and(|cell| held.contains(&cell.to_lowercase())),
            }
        })
        .cloned()
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Compares dumps and shows the first lines that only one of them has.
pub(crate) fn assert_equal(left: &[String], right: &[String], what: &str) {
    if left == right {
        return;
    }
    let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) = (left.iter().collect(), right.iter().collect());
    let only_left: Vec<_> = ours.difference(&theirs).take(5).collect();
    let only_right: Vec<_> = theirs.difference(&ours).take(5).collect();
    broken(format!("{what} differ.\nonly left: {only_left:#?}\nonly right: {only_right:#?}"))
}
