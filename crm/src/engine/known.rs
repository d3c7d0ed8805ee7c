//! Refuses what would take from a person the name and every phone and e-mail: nobody could find or recognise who is
//! left. Records that are shown as one person are known by each other.

use std::collections::BTreeSet;

use crdt::{Document, Put, Register, Registers};
use wire::DocId;

use super::{EditError, Engine, EngineError, draft::Drafts};
use crate::{
    contact::{
        field::FieldError,
        recognition::{is_known, is_known_by},
        table,
    },
    id::ContactId,
};

impl Engine {
    /// Refuses the group that is being drafted if it would leave somebody unknown.
    pub(super) fn leaves_everybody_known(&mut self, drafts: &Drafts) -> Result<(), EditError> {
        let bare = drafts.group().filter(|draft| clears_the_last(&draft.puts, &draft.working));
        let bare: Vec<_> = bare.map(|draft| (draft.document.id(), draft.working.clone())).collect();
        for (doc, working) in bare {
            if !self.is_known_elsewhere(drafts, doc, &working)? {
                return Err(EditError::Field { field: "fullName".to_owned(), source: FieldError::Required });
            }
        }
        Ok(())
    }

    /// Leaves out of what an undo would write whatever takes the last of them; says how many that were.
    pub(super) fn keep_known(
        &mut self,
        document: &Document,
        puts: &mut Vec<Put>,
    ) -> Result<u32, EngineError> {
        // Hardly any undo does: the cheap question comes first.
        if !puts.iter().any(clears) {
            return Ok(0);
        }
        let mut after = document.registers();
        for put in &*puts {
            let register = Register { value: put.value.clone(), versions: Vec::new() };
            after.insert(put.key.clone(), register);
        }
        if !clears_the_last(puts, &after)
            || self.is_known_elsewhere(&Drafts::default(), document.id(), &after)?
        {
            return Ok(0);
        }
        let before = puts.len();
        puts.retain(|put| !clears(put));
        Ok(u32::try_from(before - puts.len()).unwrap_or(u32::MAX))
    }

    /// Whether another record of the same person says who it is.
    fn is_known_elsewhere(
        &mut self,
        drafts: &Drafts,
        doc: DocId,
        working: &Registers,
    ) -> Result<bool, EngineError> {
        let id = ContactId(doc.key);
        let mut others: BTreeSet<ContactId> = working
            .iter()
            .filter(|(_, register)| register.value.is_true())
            .filter_map(|(key, _)| key.strip_prefix("merge/")?.parse().ok())
            .collect();
        others.extend(table::linked(&self.conn, id)?);
        others.remove(&id);
        for other in others {
            let is_there = match drafts.get(other.doc()) {
                Some(draft) => is_known(&draft.working),
                None => is_known(&self.document(other.doc())?.registers()),
            };
            if is_there {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn clears(put: &Put) -> bool {
    put.value.is_empty() && is_known_by(&put.key)
}

/// Whether something by which a person is known is taken away, and nothing of the kind is left in the document.
fn clears_the_last(puts: &[Put], after: &Registers) -> bool {
    puts.iter().any(clears) && !is_known(after)
}
