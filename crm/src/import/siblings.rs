//! Brothers and sisters of a sheet: children of one family who have a guardian in common.

use std::collections::BTreeSet;

use formats::{fold::fold, name::is_same_name};
use rusqlite::Connection;

use super::{
    changes::cell, frame::note, lookup::Known, overlay::Overlay, values::RowValues, view::ImportRow,
};
use crate::{contact::edit::ContactEdit, edit::Edit, id::ContactId, store::StoreError};

/// A guardian with more children than this is the number of a house or of a teacher, and says nothing of a family.
const CHILDREN_MAX: usize = 4;

/// Links a row's person with the other children of those guardians of theirs who were known before the row, and
/// says with whom.
///
/// # Errors
/// [`StoreError`] if a look-up fails.
pub fn of(
    conn: &Connection,
    overlay: &Overlay,
    person: &Known,
    values: &RowValues,
    guardians: &[ContactId],
    shown: &mut ImportRow,
) -> Result<Vec<Edit>, StoreError> {
    let mut children = BTreeSet::new();
    for guardian in guardians {
        let theirs = overlay.children_of(conn, *guardian)?;
        if theirs.len() <= CHILDREN_MAX {
            children.extend(theirs);
        }
    }
    let own = values.plain.get("fullName").or_else(|| person.values.get("fullName"));
    let (mut edits, mut names) = (Vec::new(), Vec::new());
    for child in children.into_iter().filter(|child| *child != person.id) {
        let Some(theirs) = overlay.values_of(conn, child)? else { continue };
        let name = theirs.get("fullName").map_or("", String::as_str);
        if is_family(own.map_or("", String::as_str), name) && !overlay.are_siblings(conn, person.id, child)? {
            let edit = ContactEdit::Relate { kind: "sibling".to_owned(), other: child };
            edits.push(Edit::Contact { id: person.id, edit });
            names.push(name.to_owned());
        }
    }
    if !names.is_empty() {
        let names = names.join(", ");
        shown.cells.push(cell("sibling", "", "", &names));
        shown.notes.push(note("siblings", "", &names));
    }
    Ok(edits)
}

/// Whether two names may be a brother's and a sister's: of one family, and not one name twice, which may be one
/// child. A name without a family name says nothing against it.
fn is_family(one: &str, other: &str) -> bool {
    let (folded_one, folded_other) = (fold(one), fold(other));
    let family = |name: &str| name.split_once(' ').map(|(family, _)| family.to_owned());
    let agrees = match (family(&folded_one), family(&folded_other)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    agrees && !folded_one.is_empty() && !folded_other.is_empty() && !is_same_name(one, other)
}

#[cfg(test)]
mod tests {
    use super::is_family;

    #[test]
    fn brothers_and_sisters_are_of_one_family_and_have_two_names() {
        assert!(is_family("Nguyễn Văn An", "NGUYEN Thi Binh"));
        assert!(is_family("An", "Nguyễn Thị Bình"));
        assert!(!is_family("Nguyễn Văn An", "Trần Thị Bình"));
        assert!(!is_family("Nguyễn Văn An", "nguyen van an"));
        assert!(!is_family("", "Nguyễn Thị Bình"));
    }
}
