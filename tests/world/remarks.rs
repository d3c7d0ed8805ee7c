//! Remarks: on a person, on what happened with them, on what is to be done for them.

use crdt::RegisterValue;
use crm::{
    comment::{edit::CommentEdit, model::Subject},
    edit::Edit,
    id::{CommentId, ContactId},
};

use crate::{Promise, Sight, World, edits::mark};

impl World {
    /// Somebody writes a remark, or takes one away.
    pub(crate) fn remark(&mut self, place: usize, contact: ContactId) {
        let (contact, about) = match self.dice.below(5) {
            0 => return self.take_remark_away(place),
            1 => (contact, Subject::Person),
            2 => {
                let picked = self.pick_promised(|promise| match promise {
                    Promise::Task { id, .. } => Some(Subject::Task(*id)),
                    _ => None,
                });
                let Some(picked) = picked else { return };
                picked
            }
            _ => {
                let picked = self.pick_promised(|promise| match promise {
                    Promise::Interaction { id, .. } => Some(Subject::Interaction(*id)),
                    _ => None,
                });
                let Some(picked) = picked else { return };
                picked
            }
        };
        let (id, body) = (CommentId(self.dice.array()), self.fresh());
        let mentions = vec![self.nodes[0].staff];
        let edit = CommentEdit::Write { body: body.clone(), mentions };
        let edit = Edit::Comment { contact, about, id, edit };
        let promise = Promise::Comment { on: about, id, body };
        if self.act(place, contact, edit, vec![promise]).is_some() {
            self.sights.count(match about {
                Subject::Person => Sight::RemarkOnPerson,
                Subject::Interaction(_) => Sight::RemarkOnInteraction,
                Subject::Task(_) => Sight::RemarkOnTask,
            });
        }
    }

    fn take_remark_away(&mut self, place: usize) {
        let Some((contact, (about, id))) = self.pick_promised(|promise| match promise {
            Promise::Comment { on, id, .. } => Some((*on, *id)),
            _ => None,
        }) else {
            return;
        };
        let edit = Edit::Comment { contact, about, id, edit: CommentEdit::Delete };
        let gone = mark(format!("comment/{about}/{id}"), RegisterValue::Empty);
        if self.act(place, contact, edit, vec![gone]).is_some() {
            self.sights.count(Sight::RemarkRemoved);
        }
    }
}
