//! What people agreed to, and what they are interested in.

use crm::{
    contact::edit::ContactEdit,
    id::{ContactId, TagId},
};

use crate::{Promise, Sight, World, edits::field};

const PURPOSES: [&str; 3] = ["marketing", "care", "photo"];
const CHANNELS: [&str; 3] = ["any", "sms", "zalo"];
const INTERESTS: [&str; 3] = ["du học", "lớp tối", "tiếng Nhật"];

impl World {
    /// Somebody agrees to something, or does so no more: both stay in the record.
    pub(crate) fn note_consent(&mut self, place: usize, contact: ContactId) {
        let purpose = PURPOSES[self.dice.below(PURPOSES.len())].to_owned();
        let channel = CHANNELS[self.dice.below(CHANNELS.len())].to_owned();
        let (is_granted, evidence) = (self.dice.chance(50), self.fresh());
        let promise = Promise::Consent { about: format!(".{purpose}.{channel}"), evidence: evidence.clone() };
        let edit = ContactEdit::SetConsent { purpose, channel, is_granted, evidence };
        if self.act_contact(place, contact, edit, vec![promise]).is_some() {
            self.sights.count(Sight::ConsentNoted);
        }
    }

    /// Somebody is interested in something, or no more.
    pub(crate) fn note_interest(&mut self, place: usize, contact: ContactId) {
        let label = INTERESTS[self.dice.below(INTERESTS.len())];
        let interest = TagId::of_name(label);
        let key = format!("interest/{interest}");
        if self.dice.chance(60) {
            let kind = self.dice.chance(50).then(|| "course".to_owned());
            let edit = ContactEdit::AddInterest { label: label.to_owned(), kind };
            // What is known already, and is only said to be a course, is not written again.
            let is_new = self.register(place, contact, &key).is_empty();
            let promises = is_new.then(|| field(&key, label)).into_iter().collect();
            self.act_contact(place, contact, edit, promises);
        } else {
            let promise = Promise::Field { key, value: None };
            let edit = ContactEdit::RemoveInterest { interest };
            if self.act_contact(place, contact, edit, vec![promise]).is_some() {
                self.sights.count(Sight::InterestRemoved);
            }
        }
    }
}
