//! Tags, fields, views and branches: what managers define, on several devices at once.

use crdt::RegisterValue;
use crm::{
    definition::edit::DefinitionEdit,
    edit::Edit,
    filter::ViewSpec,
    id::{ActionId, DefinitionId},
};

use crate::{
    Sight, World,
    dispute::is_of,
    ledger::{Defined, Noun, Wording},
    violation::must_hold,
    winner::Winners,
};

const CONTENT: &str = "definition/content";
const ARCHIVED: &str = "definition/archived";

impl World {
    /// The founder or the manager defines something, words it anew or retires it.
    pub(crate) fn define(&mut self, place: usize) {
        let place = place % 2.min(self.nodes.len());
        let known = self.ledger.definitions.len();
        let picked = (known > 0 && self.dice.chance(75)).then(|| {
            let entry = &self.ledger.definitions[self.dice.below(known)];
            (entry.id, entry.noun)
        });
        let (id, noun) = match (picked, self.dice.below(4)) {
            (Some(picked), _) => picked,
            (None, 0) => (DefinitionId(self.dice.array()), Noun::Tag),
            (None, 1) => (DefinitionId(self.dice.array()), Noun::Field),
            (None, 2) => (DefinitionId(self.dice.array()), Noun::View),
            (None, _) => {
                let at = self.dice.below(self.branches.ids.len());
                (self.branches.ids[at].into(), Noun::Branch)
            }
        };
        let (edit, wording) = if picked.is_some() && self.dice.chance(30) {
            let is_retired = self.dice.chance(50);
            let edit = if is_retired { DefinitionEdit::Archive } else { DefinitionEdit::Restore };
            (edit, Wording::Retired(is_retired))
        } else {
            let text = self.fresh();
            (worded(noun, text.clone()), Wording::Says(text))
        };
        let (action, at) = (ActionId(self.dice.array()), self.at(place));
        let Ok(acted) = self.nodes[place].act(action, at, &[Edit::Definition { id, edit }]) else { return };
        if !acted.docs.is_empty() {
            self.ledger.edit_count += 1;
            self.ledger.definitions.push(Defined { action, node: place, id, noun, wording });
            self.sights.count(if picked.is_some() { Sight::DefinedAnew } else { Sight::Defined });
        }
    }

    /// Every acknowledged definition is in the history of its document, and its row is what the writes say.
    pub(crate) fn check_definitions(&mut self, place: usize, winners: &Winners) {
        for entry in self.ledger.definitions.clone() {
            let doc = entry.id.doc();
            let document = self.nodes[place].replica().engine.document(doc).expect("readable");
            let is_kept = document.history().iter().any(|write| {
                is_of(entry.action, write)
                    && match &entry.wording {
                        Wording::Says(text) => {
                            write.key == CONTENT
                                && write.after.as_text().is_some_and(|json| json.contains(text))
                        }
                        Wording::Retired(is_retired) => {
                            write.key == ARCHIVED && write.after == RegisterValue::Bool(*is_retired)
                        }
                    }
            });
            if self.ledger.lost.contains(&(entry.action, doc)) {
                continue;
            }
            let name = &self.nodes[entry.node].name;
            must_hold(is_kept, || format!("an acknowledged definition of {name} is lost: {entry:?}"));
            let sql = "SELECT data, is_archived FROM definition WHERE id = ?1";
            let row = self.nodes[place]
                .conn()
                .query_row(sql, [entry.id.0], |row| Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?)));
            let expected = winners.of(doc, CONTENT);
            let is_shown = row.is_ok_and(|(data, is_archived)| {
                is_archived == winners.of(doc, ARCHIVED).is_true()
                    && json(&data) == json(expected.as_text().unwrap_or_default())
            });
            must_hold(is_shown, || format!("a definition is not what its writes say: {entry:?}"));
        }
    }
}

fn worded(noun: Noun, name: String) -> DefinitionEdit {
    match noun {
        Noun::Tag => DefinitionEdit::Tag { label: name },
        Noun::Field => DefinitionEdit::Field { label: name, kind: "text".to_owned(), choices: Vec::new() },
        Noun::View => DefinitionEdit::View { name, staff: None, is_pinned: false, view: ViewSpec::default() },
        Noun::Branch => DefinitionEdit::Branch { name },
    }
}

fn json(text: &str) -> Option<serde_json::Value> {
    serde_json::from_str(text).ok()
}
