//! A canonical dump of everything that is shown: equal dumps mean equal devices.
//!
//! Local row numbers are replaced by identifiers, so that the order of arrival leaves no trace.

use rusqlite::{Connection, types::ValueRef};

use crate::store::{StoreError, projection};

/// Every row of every read table and of the search indexes, sorted, one line each.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn canonical_dump(conn: &Connection) -> Result<Vec<String>, StoreError> {
    let mut lines = Vec::new();
    for table in projection::TABLES {
        dump_table(conn, table, &mut lines)?;
    }
    for index in projection::INDEXES {
        dump_index(conn, index, &mut lines)?;
    }
    lines.sort();
    Ok(lines)
}

/// The hash of [`canonical_dump`]: two devices that show the same have the same.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn digest(conn: &Connection) -> Result<String, StoreError> {
    let mut hasher = blake3::Hasher::new();
    for line in canonical_dump(conn)? {
        hasher.update(line.as_bytes()).update(b"\n");
    }
    Ok(hasher.finalize().to_hex().to_string())
}

fn dump_table(conn: &Connection, table: &str, lines: &mut Vec<String>) -> Result<(), StoreError> {
    let has_contact = conn
        .prepare(&format!("SELECT 1 FROM pragma_table_info('{table}') WHERE name = 'contact'"))?
        .exists([])?;
    let sql = if has_contact {
        format!("SELECT (SELECT id FROM contact WHERE no = t.contact), t.* FROM {table} AS t")
    } else {
        format!("SELECT t.* FROM {table} AS t")
    };
    let mut statement = conn.prepare(&sql)?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut line = format!("{table}:");
        for (index, name) in names.iter().enumerate() {
            // Local row numbers.
            if name == "no" || (name == "contact" && index == 1) {
                continue;
            }
            line.push('|');
            push_value(&mut line, row.get_ref(index)?);
        }
        lines.push(line);
    }
    Ok(())
}

fn dump_index(conn: &Connection, index: &str, lines: &mut Vec<String>) -> Result<(), StoreError> {
    // `detail = none` indexes know rows, the others places; `row` counts serve both only per term.
    let form = if index == "contact_parts" { "row" } else { "instance" };
    conn.execute_batch(&format!(
        "DROP TABLE IF EXISTS temp.{index}_vocab;
         CREATE VIRTUAL TABLE temp.{index}_vocab USING fts5vocab ('main', '{index}', '{form}');"
    ))?;
    let sql = if form == "row" {
        format!("SELECT term, doc, '' FROM temp.{index}_vocab")
    } else {
        format!(
            "SELECT term, (SELECT hex(id) FROM contact WHERE no = doc), col || ' ' || offset FROM temp.{index}_vocab"
        )
    };
    let mut statement = conn.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut line = format!("{index}:");
        for column in 0..3 {
            line.push('|');
            push_value(&mut line, row.get_ref(column)?);
        }
        lines.push(line);
    }
    Ok(())
}

fn push_value(line: &mut String, value: ValueRef<'_>) {
    match value {
        ValueRef::Null => line.push('-'),
        ValueRef::Integer(number) => line.push_str(&number.to_string()),
        ValueRef::Real(number) => line.push_str(&number.to_string()),
        ValueRef::Text(text) => line.push_str(&String::from_utf8_lossy(text)),
        ValueRef::Blob(blob) => line.push_str(&data_encoding::HEXLOWER.encode(blob)),
    }
}
