//! Views that one person keeps for themselves: settings of this device, which never travel, so that nobody needs
//! a manager's right for them.

use rusqlite::{Connection, Transaction};

use super::{doc::named, edit::DefinitionEdit, view::SavedView};
use crate::{
    engine::EditError,
    id::DefinitionId,
    store::{StoreError, setting},
};

const PREFIX: &str = "private_view/";
/// So many fit on one device; more cannot be told apart by anybody.
pub const PRIVATE_VIEWS_MAX: usize = 200;

fn key(id: DefinitionId) -> String {
    format!("{PREFIX}{id}")
}

/// Every private view of this device, whoever sits at it.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn all(conn: &Connection) -> Result<Vec<SavedView>, StoreError> {
    let texts = setting::values_under(conn, PREFIX)?;
    Ok(texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
}

/// Whether a view is a private one of this device.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn exists(conn: &Connection, id: DefinitionId) -> Result<bool, StoreError> {
    Ok(setting::get(conn, &key(id))?.is_some())
}

/// The view that an edit asks to keep here; `None` if it is one for all, or no view.
///
/// # Errors
/// [`EditError`] if its name is missing or too long, or the view is too large.
pub fn wished(id: DefinitionId, edit: &DefinitionEdit) -> Result<Option<SavedView>, EditError> {
    let DefinitionEdit::View { name, staff: Some(staff), is_pinned, view } = edit else { return Ok(None) };
    if super::preset::is_preset(id) {
        return Err(EditError::NotAllowed);
    }
    view.check_kept()?;
    Ok(Some(SavedView {
        id,
        name: named(name)?,
        staff: Some(*staff),
        is_private: true,
        is_pinned: *is_pinned,
        preset: None,
        view: view.clone(),
    }))
}

/// Keeps a view.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn put(tx: &Transaction<'_>, view: &SavedView) -> Result<(), StoreError> {
    let text = serde_json::to_string(view).map_err(|_| StoreError::Unreadable { what: "view" })?;
    setting::put(tx, &key(view.id), &text)
}

/// Forgets a view.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn remove(tx: &Transaction<'_>, id: DefinitionId) -> Result<(), StoreError> {
    setting::remove(tx, &key(id))
}
