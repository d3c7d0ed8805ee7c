//! How files name the fields that managers defined.

use std::collections::BTreeSet;

use formats::fold::fold;
use rusqlite::Connection;

use super::query::named;
use crate::{
    contact::field::{PLAIN_FIELDS, PointKind},
    id::DefinitionId,
    store::StoreError,
};

/// Columns that are no fields of one value.
const OTHERS: [&str; 5] = ["tags", "interests", "createdAt", "updatedAt", "lastInteractionAt"];

/// Every field that was not retired, with the heading of its column: its label, and a number behind it where
/// another column is called the same.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn headings(conn: &Connection) -> Result<Vec<(DefinitionId, String)>, StoreError> {
    Ok(apart(named(conn, "field")?))
}

fn apart(fields: Vec<(DefinitionId, String)>) -> Vec<(DefinitionId, String)> {
    let plain = PLAIN_FIELDS.iter().map(|field| field.key);
    let points = PointKind::ALL.map(PointKind::key);
    let mut taken: BTreeSet<String> = plain.chain(points).chain(OTHERS).map(fold).collect();
    let labels: BTreeSet<String> = fields.iter().map(|(_, label)| fold(label)).collect();
    let mut heading = |label: String| {
        if taken.insert(fold(&label)) {
            return label;
        }
        let numbered = (2_u32..).map(|number| format!("{label} ({number})"));
        let mut free =
            numbered.filter(|heading| !labels.contains(&fold(heading)) && taken.insert(fold(heading)));
        free.next().unwrap_or(label)
    };
    fields.into_iter().map(|(id, label)| (id, heading(label))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_are_called_alike_have_headings_of_their_own() {
        let labels = ["Cỡ áo", "Cỡ áo", "Cỡ áo (2)", "cỡ ÁO", "Trường cũ", "phone"];
        let fields = labels.iter().zip(1..).map(|(label, id)| (DefinitionId([id; 16]), (*label).to_owned()));
        let headings: Vec<_> = apart(fields.collect()).into_iter().map(|(_, heading)| heading).collect();
        assert_eq!(headings, ["Cỡ áo", "Cỡ áo (3)", "Cỡ áo (2)", "cỡ ÁO (4)", "Trường cũ", "phone (2)"]);
    }
}
