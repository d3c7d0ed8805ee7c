//! Views that one person keeps for themselves: settings of this device, which never travel, so that nobody needs
//! a manager's right for them.

use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};

use super::{doc::named, edit::DefinitionEdit, view::SavedView};
use crate::{
    engine::EditError,
    id::{ActionId, DefinitionId},
    store::{StoreError, setting},
};

const PREFIX: &str = "private_view/";
const STEPS: &str = "private_view_done/";
/// So many of the latest actions can be taken back, which is more than a window remembers.
const STEPS_MAX: u32 = 200;
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

/// A private view of this device.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn get(conn: &Connection, id: DefinitionId) -> Result<Option<SavedView>, StoreError> {
    Ok(setting::get(conn, &key(id))?.and_then(|text| serde_json::from_str(&text).ok()))
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

/// What one action did to a private view, by which it is taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Which view.
    pub id: DefinitionId,
    /// The private view that stood there; none if there was none, or it was shared.
    pub before: Option<SavedView>,
    /// The private view that stands there since.
    pub after: Option<SavedView>,
}

impl Step {
    /// What an action did; `None` if it did nothing to private views, or too long ago.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn of(conn: &Connection, action: ActionId) -> Result<Option<Self>, StoreError> {
        let text = setting::get(conn, &format!("{STEPS}{action}"))?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// The way back.
    pub fn back(self) -> Self {
        Self { id: self.id, before: self.after, after: self.before }
    }

    /// Takes the step, and remembers it under its action.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn take(&self, tx: &Transaction<'_>, action: ActionId) -> Result<(), StoreError> {
        match &self.after {
            Some(view) => setting::put(tx, &key(self.id), &json(view)?)?,
            None => setting::remove(tx, &key(self.id))?,
        }
        setting::put(tx, &format!("{STEPS}{action}"), &json(self)?)?;
        setting::keep_last(tx, STEPS, STEPS_MAX)
    }
}

fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable { what: "view" })
}
