//! All definitions that the screens need, in one answer.

use rusqlite::Connection;

use super::{
    model::Content,
    preset, private_view,
    query::branch_spaces,
    view::{BranchView, Definitions, FieldDefView, SavedView, StaffView, TagDefView},
};
use crate::{
    api::args::NoArgs,
    contact::query::{self as contacts, WordsInUse},
    id::{BranchId, StaffId, TagId},
    read::{ReadContext, ReadError},
    store::key,
};

/// Everything defined, each list by name; retired definitions are left out, but staff stays readable.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn list(conn: &Connection, context: &ReadContext, _: NoArgs) -> Result<Definitions, ReadError> {
    let WordsInUse { sources, levels, schools } = contacts::words_in_use(conn)?;
    let mut all = Definitions {
        branches: Vec::new(),
        staff: Vec::new(),
        tags: tags_in_use(conn)?,
        fields: Vec::new(),
        views: Vec::new(),
        sources,
        levels,
        schools,
    };
    let held = key::spaces(conn)?;
    let spaces = branch_spaces(conn)?;
    for (id, content, is_archived) in super::query::all(conn)? {
        match content {
            Content::Branch { name, .. } if !is_archived => {
                let id = BranchId(id.0);
                let is_held = spaces.iter().any(|(branch, space)| *branch == id && held.contains(space));
                all.branches.push(BranchView { id, name, is_held });
            }
            Content::Staff { name, branch, role } => {
                all.staff.push(StaffView { id: StaffId(id.0), name, branch, role, is_active: !is_archived });
            }
            Content::Field { label, form, choices } if !is_archived => {
                all.fields.push(FieldDefView {
                    id,
                    field: format!("custom.{id}"),
                    label,
                    kind: form,
                    choices,
                });
            }
            Content::Tag { label } if !is_archived => add_tag(&mut all.tags, label),
            Content::View { name, staff, is_pinned, view }
                if !is_archived && (staff.is_none() || staff == context.staff) =>
            {
                all.views.push(SavedView {
                    id,
                    name,
                    staff,
                    is_private: false,
                    is_pinned,
                    preset: None,
                    view,
                });
            }
            _ => {}
        }
    }
    all.views.extend(private_view::all(conn)?.into_iter().filter(|view| view.staff == context.staff));
    all.staff.sort_by_key(|staff| formats::name::sort_key(&staff.name));
    all.views.sort_by_key(|view| (!view.is_pinned, view.name.clone()));
    all.views.extend(preset::all());
    Ok(all)
}

fn add_tag(tags: &mut Vec<TagDefView>, label: String) {
    let id = TagId::of_name(&label);
    if !tags.iter().any(|tag| tag.id == id) {
        tags.push(TagDefView { id, label, count: 0 });
    }
}

fn tags_in_use(conn: &Connection) -> Result<Vec<TagDefView>, ReadError> {
    let used = contacts::tags_in_use(conn)?;
    Ok(used.into_iter().map(|(id, label, count)| TagDefView { id, label, count }).collect())
}
