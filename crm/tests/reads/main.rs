//! What screens read, on a real database.

#[allow(dead_code, reason = "shared with the tests of the engine, which use more of it")]
#[path = "../engine/device.rs"]
mod device;
mod filter;
mod list;
mod page;
mod status;
mod timeline;
mod today;

use crm::{
    api::args::{ListArgs, SearchArgs},
    contact::query,
    filter::{Filter, ViewSpec},
    id::AtMs,
    read::{ReadContext, ReadError},
};
use device::Device;

/// The moment of a device, in Vietnam.
pub fn context(device: &Device) -> ReadContext {
    ReadContext {
        now: AtMs(device.now),
        utc_offset_minutes: 420,
        staff: device.engine.author().staff,
        kept: None,
    }
}

/// The names that a view lists, in order.
pub fn listed(device: &Device, view: ViewSpec) -> Result<Vec<String>, ReadError> {
    let args = ListArgs { view, offset: 0, limit: 100 };
    let list = query::list(device.engine.conn(), &context(device), args)?;
    assert_eq!(list.total as usize, list.rows.len());
    Ok(list.rows.into_iter().map(|row| row.full_name).collect())
}

/// The names that a filter (JSON) leaves, in order.
pub fn filtered(device: &Device, filter: &str) -> Result<Vec<String>, ReadError> {
    let filter: Filter = serde_json::from_str(filter).expect("the filter reads");
    listed(device, ViewSpec { filter, ..ViewSpec::default() })
}

/// The names that a search finds, best first.
pub fn searched(device: &Device, text: &str) -> Vec<String> {
    let args = SearchArgs { text: text.to_owned(), limit: 20 };
    let hits = query::search(device.engine.conn(), &context(device), args).expect("the search answers");
    hits.into_iter().map(|hit| hit.contact.full_name).collect()
}
