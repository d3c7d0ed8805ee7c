//! Values of fields that managers defined take the form that the definition asks for, before anything is written.

use std::borrow::Cow;

use super::{EditError, Engine};
use crate::{
    contact::{
        edit::{ContactEdit, Fact},
        own_field,
    },
    edit::Edit,
};

const OWN: &str = "custom.";

impl Engine {
    /// The edit with such values in their canonical form.
    pub(super) fn typed<'a>(&self, edit: &'a Edit) -> Result<Cow<'a, Edit>, EditError> {
        let Edit::Contact { id, edit: wish } = edit else { return Ok(Cow::Borrowed(edit)) };
        let wish = match wish {
            ContactEdit::Set { field, value: Some(value) } if field.starts_with(OWN) => {
                ContactEdit::Set { field: field.clone(), value: Some(self.fit(field, value)?) }
            }
            ContactEdit::Resolve { field, value: Some(value) } if field.starts_with(OWN) => {
                ContactEdit::Resolve { field: field.clone(), value: Some(self.fit(field, value)?) }
            }
            ContactEdit::Create { facts, tags } if facts.iter().any(|fact| fact.field.starts_with(OWN)) => {
                let fit = |fact: &Fact| {
                    let value = self.fit(&fact.field, &fact.value)?;
                    Ok(Fact { field: fact.field.clone(), value })
                };
                let facts = facts.iter().map(fit).collect::<Result<_, EditError>>()?;
                ContactEdit::Create { facts, tags: tags.clone() }
            }
            _ => return Ok(Cow::Borrowed(edit)),
        };
        Ok(Cow::Owned(Edit::Contact { id: *id, edit: wish }))
    }

    fn fit(&self, field: &str, value: &str) -> Result<String, EditError> {
        own_field::fit(&self.conn, field, value)?
            .map_err(|source| EditError::Field { field: field.to_owned(), source })
    }
}
