//! Words that several devices correct: the text of an interaction, the title of a task, and the choice between them.

use crm::{
    contact::edit::ContactEdit,
    edit::Edit,
    id::{ContactId, InteractionId, TaskId},
    interaction::edit::InteractionEdit,
    task::edit::TaskEdit,
};

use crate::{Promise, Sight, World};

/// Something whose words can be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worded {
    /// Its text.
    Interaction(InteractionId),
    /// Its title.
    Task(TaskId),
}

impl Worded {
    /// The register of the whole.
    pub(crate) fn record(self) -> String {
        match self {
            Self::Interaction(id) => format!("interaction/{id}"),
            Self::Task(id) => format!("task/{id}"),
        }
    }

    /// The register of its corrections.
    pub(crate) fn register(self) -> String {
        match self {
            Self::Interaction(id) => format!("interaction/{id}/body"),
            Self::Task(id) => format!("task/{id}/title"),
        }
    }

    /// The key under which a disagreement about them waits.
    pub(crate) fn field(self) -> String {
        self.register().replace('/', ".")
    }
}

impl World {
    /// Somebody corrects words, or chooses between some that were written apart.
    pub(crate) fn reword(&mut self, place: usize) {
        if self.dice.chance(50) && self.choose_words(place) {
            return;
        }
        // Most often what somebody corrected before: only then do two meet.
        let is_again = self.dice.chance(75);
        let picked = self.pick_promised(|promise| match promise {
            Promise::Words { of, .. } if is_again => Some(*of),
            Promise::Interaction { id, .. } if !is_again => Some(Worded::Interaction(*id)),
            Promise::Task { id, .. } if !is_again => Some(Worded::Task(*id)),
            _ => None,
        });
        let Some((contact, of)) = picked else { return };
        let text = self.fresh();
        let edit = match of {
            Worded::Interaction(id) => {
                let body = Some(text.clone());
                let edit = InteractionEdit::Correct { happened_at_ms: None, outcome: None, body };
                Edit::Interaction { contact, id, edit }
            }
            Worded::Task(id) => {
                let title = Some(text.clone());
                let edit = TaskEdit::Change {
                    title,
                    due_at_ms: None,
                    owner: None,
                    is_due_cleared: false,
                    repeat: None,
                };
                Edit::Task { contact, id, edit }
            }
        };
        self.act(place, contact, edit, vec![Promise::Words { of, text }]);
    }

    /// Settles a disagreement that waits at a device. Returns whether there was one.
    fn choose_words(&mut self, place: usize) -> bool {
        let waiting = self.disputed_words(place);
        if waiting.is_empty() {
            return false;
        }
        let (contact, of, texts) = waiting[self.dice.below(waiting.len())].clone();
        let text = texts[self.dice.below(texts.len())].clone();
        let edit = ContactEdit::Resolve { field: of.field(), value: Some(text.clone()) };
        if self.act_contact(place, contact, edit, vec![Promise::Words { of, text }]).is_some() {
            self.sights.count(Sight::WordsChosen);
        }
        true
    }

    /// The disagreements about words at a device: whose, about what, and the words in order.
    pub(crate) fn disputed_words(&self, place: usize) -> Vec<(ContactId, Worded, Vec<String>)> {
        let sql = "SELECT contact.id, conflict.field, conflict.versions FROM conflict
                   JOIN contact ON contact.no = conflict.contact ORDER BY 1, 2";
        let mut statement = self.nodes[place].conn().prepare_cached(sql).expect("readable");
        let rows = statement
            .query_map([], |row| {
                Ok((ContactId(row.get(0)?), row.get::<_, String>(1)?, row.get::<_, String>(2)?))
            })
            .expect("readable");
        rows.map(|row| row.expect("readable"))
            .filter_map(|(contact, field, json)| Some((contact, worded(&field)?, values(&json))))
            .collect()
    }
}

fn worded(field: &str) -> Option<Worded> {
    let mut parts = field.split('.');
    match (parts.next()?, parts.next()?) {
        ("interaction", id) => id.parse().ok().map(Worded::Interaction),
        ("task", id) => id.parse().ok().map(Worded::Task),
        _ => None,
    }
}

/// The values of a row of disagreements.
pub(crate) fn values(json: &str) -> Vec<String> {
    let versions: Vec<crm::conflict::table::StoredVersion> = serde_json::from_str(json).expect("JSON");
    versions.into_iter().map(|version| version.value).collect()
}
