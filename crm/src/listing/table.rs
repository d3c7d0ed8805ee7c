//! Listings as rows.

use rusqlite::Transaction;

use super::model::Listing;
use crate::{id::PageId, store::StoreError};

/// Writes the rows of a page.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn project(
    tx: &Transaction<'_>,
    page: PageId,
    is_new: bool,
    listings: &[Listing],
) -> Result<(), StoreError> {
    if !is_new {
        tx.prepare_cached("DELETE FROM listing WHERE doc = ?1")?.execute([page.0])?;
    }
    let mut put = tx.prepare_cached(
        "INSERT OR REPLACE INTO listing (person, hash, doc, generation) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for listing in listings {
        put.execute((listing.person.0, listing.hash.0, page.0, listing.generation.get()))?;
    }
    Ok(())
}
