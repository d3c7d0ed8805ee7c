//! Keeping the index of phones and e-mails: what leaves this device is listed before it leaves.

use std::collections::BTreeSet;

use crdt::{Cause, seal::IndexKey};
use wire::{DocKind, SpaceId};

use super::{
    entropy::{Entropy, random},
    replica::{Replica, ReplicaError},
};
use crate::{
    engine::Action,
    id::{ActionId, AtMs, ContactId, PageId},
    store::LoggedChange,
};

impl Replica {
    /// Lists the people in these changes, which were written here in a space, under the phones and e-mails that they have now.
    ///
    /// Whoever wrote lists: others would all say the same. A crash between this and the sealing repeats nothing, for
    /// then everybody is listed.
    ///
    /// # Errors
    /// [`ReplicaError`] if the disk refuses.
    pub(super) fn list_people(
        &mut self,
        space: SpaceId,
        changes: &[LoggedChange],
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<(), ReplicaError> {
        let contacts = changes.iter().filter(|change| change.doc.kind == DocKind::CONTACT);
        let people: BTreeSet<_> = contacts.map(|change| ContactId(change.doc.key)).collect();
        let shared = self.engine.author().shared_space;
        if people.is_empty() || !self.engine.author().role.may_write(DocKind::LISTING) {
            return Ok(());
        }
        let Some(first) = self.ring.get(shared, 1) else { return Ok(()) };
        let listings = self.engine.unlisted(&people, &IndexKey::of_first_epoch(first))?;
        if listings.is_empty() {
            return Ok(());
        }
        let action = Action { id: ActionId(random(entropy)), at, cause: Cause::RULE, new_space: None };
        let page = PageId::in_space(random(entropy), space);
        self.engine.list(action, page, &listings).map_err(Box::new)?;
        Ok(())
    }
}
