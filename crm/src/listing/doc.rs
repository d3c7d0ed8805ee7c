//! A page of listings as a document: `listing/<hash>.<person>` holds the generation. A page is written once.

use crdt::{Put, RegisterValue, Registers};

use super::model::{Generation, Listing};
use crate::id::PageId;

/// Reads the listings of a page, in order of hash and person, without people whom it may not list.
pub fn read(page: PageId, registers: &Registers) -> Vec<Listing> {
    let mut listings: Vec<_> = registers
        .range("listing/".to_owned().."listing0".to_owned())
        .filter_map(|(key, register)| {
            let (hash, person) = key.strip_prefix("listing/")?.split_once('.')?;
            let generation = Generation::new(register.value.as_int()?)?;
            let person = person.parse().ok().filter(|person| page.may_list(*person))?;
            Some(Listing { hash: hash.parse().ok()?, person, generation })
        })
        .collect();
    listings.sort_unstable();
    listings
}

/// What writes a page.
pub fn puts(listings: &[Listing]) -> Vec<Put> {
    let put = |listing: &Listing| {
        let Listing { hash, person, generation } = listing;
        Put::new(format!("listing/{hash}.{person}"), RegisterValue::Int(generation.get()))
    };
    listings.iter().map(put).collect()
}
