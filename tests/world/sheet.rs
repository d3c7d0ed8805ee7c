//! A sheet of people taken in as an import does it: batch by batch under one action, what a batch wrote and how far
//! the sheet is in one commit. Commits fail and the program ends in between; it goes on from what the disk says.

use std::collections::BTreeMap;

use crdt::Cause;
use crm::{
    contact::edit::ContactEdit,
    edit::Edit,
    engine::Action,
    id::{ActionId, ContactId},
    store::setting,
};

use crate::{
    Sight, World,
    edits::{fact, field},
    strike::{refuse_one_of, set_hook},
    violation::must_hold,
};

const ROWS: usize = 5;
/// Batches that are tried before the disk must have let them all pass.
const TRIES_MAX: usize = 40;

impl World {
    /// Takes a sheet in, with everything that happens meanwhile.
    pub(crate) fn take_sheet_in(&mut self, place: usize) {
        let action = ActionId(self.dice.array());
        let names: Vec<_> = (0..ROWS).map(|_| format!("Lê Văn {}", self.fresh())).collect();
        let branch = self.nodes[place].branch.unwrap_or_else(|| self.dice.below(self.branches.ids.len()));
        let mut is_cut = false;
        for _ in 0..TRIES_MAX {
            let stored = setting::get(self.nodes[place].conn(), &mark_of(action)).expect("readable");
            let done = stored.map_or(0, |text| text.parse().expect("a number"));
            if done == ROWS {
                if is_cut {
                    self.sights.count(Sight::SheetCut);
                }
                self.nodes[place].recent.push(action);
                return;
            }
            let end = ROWS.min(done + 1 + self.dice.below(3));
            let is_written = self.take_batch_in(place, action, branch, &names[done..end], end);
            if !is_written {
                is_cut = true;
                self.crash(place);
            }
            self.come_between(place);
        }
        must_hold(false, || "a sheet is never taken in to its end".to_owned());
    }

    /// One batch. Every run of it makes its people anew, as planning does. Returns whether it was written.
    fn take_batch_in(
        &mut self,
        place: usize,
        action: ActionId,
        branch: usize,
        names: &[String],
        end: usize,
    ) -> bool {
        let (space, home) = (self.branches.spaces[branch], self.branches.ids[branch].to_string());
        let ids: Vec<_> = names.iter().map(|_| ContactId::in_space(self.dice.array(), space)).collect();
        let groups: Vec<_> = ids
            .iter()
            .zip(names)
            .map(|(id, name)| {
                let facts = vec![fact("fullName", name.clone()), fact("branch", home.clone())];
                vec![Edit::Contact { id: *id, edit: ContactEdit::Create { facts, tags: Vec::new() } }]
            })
            .collect();
        let frame = Action { id: action, at: self.at(place), cause: Cause::IMPORT, new_space: None };
        if self.dice.chance(25) {
            set_hook(&mut self.nodes[place], Some(refuse_one_of(0)));
        }
        let mut unwritten = Vec::new();
        let acted = self.nodes[place].replica().engine.act_in_groups(frame, &groups, |tx, refused| {
            // Whoever has not heard of a branch cannot take people of it in.
            unwritten.extend(refused.into_iter().map(|(row, _)| row));
            setting::put(tx, &mark_of(action), &end.to_string())
        });
        set_hook(&mut self.nodes[place], None::<fn() -> bool>);
        if acted.is_err() {
            return false;
        }
        let rows = ids.into_iter().zip(names).enumerate().filter(|(row, _)| !unwritten.contains(row));
        for (_, (id, name)) in rows {
            let promises =
                vec![field("profile/fullName", name.clone()), field("profile/branch", home.clone())];
            self.ledger.note(action, place, id, promises);
            self.ledger.entered.insert(id, action);
            self.ledger.rows.insert(name.clone(), (action, id));
        }
        true
    }

    /// Whoever stands in a sheet was entered once.
    pub(crate) fn check_rows(&mut self, place: usize) {
        let mut people: BTreeMap<String, Vec<ContactId>> = BTreeMap::new();
        for contact in self.contacts_at(place) {
            let document = self.nodes[place].replica().engine.document(contact.doc()).expect("readable");
            let names = document.history().into_iter().filter(|write| write.key == "profile/fullName");
            for name in names.filter_map(|write| write.after.as_text().map(str::to_owned)) {
                people.entry(name).or_default().push(contact);
            }
        }
        for (name, (action, id)) in &self.ledger.rows {
            let mut found = people.remove(name).unwrap_or_default();
            found.dedup();
            let is_lost = self.ledger.lost.contains(&(*action, id.doc()));
            must_hold(found == [*id] || (is_lost && found.is_empty()), || {
                format!("{name} stands in a sheet once, and was entered as {found:?}")
            });
        }
    }
}

/// Where the disk keeps how far a sheet is.
fn mark_of(sheet: ActionId) -> String {
    format!("world.sheet.{sheet}")
}
