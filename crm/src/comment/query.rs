//! Remarks as screens need them.

use rusqlite::Connection;

use super::{
    model::{Comment, CommentRecord, Subject},
    view::MentionView,
};
use crate::{
    contact::query::contact_ref,
    definition::query::staff_ref,
    id::{AtMs, CommentId, ContactId, StaffId},
    read::{ReadContext, ReadError},
};

/// Mentions on the Today screen at most.
const MENTIONS_MAX: u32 = 20;

/// The remarks of a person, oldest first.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn of_contact(conn: &Connection, no: i64) -> Result<Vec<Comment>, ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT about, about_id, id, staff, at_ms, body, mentions FROM comment WHERE contact = ?1
         ORDER BY at_ms, id",
    )?;
    let mut rows = statement.query([no])?;
    let mut comments = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, of): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let Some(about) = Subject::from_columns(&kind, &of) else { continue };
        let mentions: String = row.get(6)?;
        let record = CommentRecord {
            staff: row.get::<_, Option<[u8; 16]>>(3)?.map(StaffId),
            at_ms: AtMs(row.get(4)?),
            body: row.get(5)?,
            mentions: mentions.split_whitespace().filter_map(|id| id.parse().ok()).collect(),
        };
        comments.push(Comment { about, id: CommentId(row.get(2)?), record });
    }
    Ok(comments)
}

/// Remarks that call who sits here by name, newest first.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn mentions(conn: &Connection, context: &ReadContext) -> Result<Vec<MentionView>, ReadError> {
    let Some(staff) = context.staff else { return Ok(Vec::new()) };
    let mut statement = conn.prepare_cached(
        "SELECT contact.id, comment.about, comment.about_id, comment.staff, comment.body, comment.at_ms, task.title,
           comment.id
         FROM mention
         JOIN contact ON contact.no = mention.contact AND contact.deleted_at_ms IS NULL
         JOIN comment ON comment.contact = mention.contact AND comment.about = mention.about
           AND comment.about_id = mention.about_id AND comment.id = mention.comment
         LEFT JOIN task ON mention.about = 'task' AND task.contact = mention.contact AND task.id = mention.about_id
         WHERE mention.staff = ?1 ORDER BY mention.at_ms DESC, mention.comment LIMIT ?2",
    )?;
    let mut rows = statement.query((staff.0, MENTIONS_MAX))?;
    let mut views = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, of): (String, Vec<u8>) = (row.get(1)?, row.get(2)?);
        let about = Subject::from_columns(&kind, &of);
        let (Some(contact), Some(about)) = (contact_ref(conn, ContactId(row.get(0)?))?, about) else {
            continue;
        };
        let author: Option<[u8; 16]> = row.get(3)?;
        views.push(MentionView {
            contact,
            about,
            task: row.get(6)?,
            id: CommentId(row.get(7)?),
            staff: author.map(|id| staff_ref(conn, StaffId(id))).transpose()?.flatten(),
            body: row.get(4)?,
            at_ms: AtMs(row.get(5)?),
        });
    }
    Ok(views)
}
