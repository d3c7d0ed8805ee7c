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
    conn.execute_batch(&format!(
        "DROP TABLE IF EXISTS temp.{index}_vocab;
         CREATE VIRTUAL TABLE temp.{index}_vocab USING fts5vocab ('main', '{index}', 'instance');"
    ))?;
    // An index without places (`detail = none`) says of whom a term is, and no more.
    let sql = format!(
        "SELECT term, (SELECT hex(id) FROM contact WHERE no = doc), coalesce(col || ' ' || offset, '') FROM temp.{index}_vocab"
    );
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

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: &str = include_str!("../../schema/projection.sql");

    /// Two people; which local row each has, and whose the phone is.
    fn database(rows: [(i64, u8); 2], phone_of: i64) -> Connection {
        let conn = Connection::open_in_memory().expect("a database");
        conn.execute_batch(SCHEMA).expect("the read tables");
        for (no, id) in rows {
            let sql = "INSERT INTO contact (no, id, kind, full_name, name_fold, name_sort, given_fold, created_at_ms,
                       updated_at_ms, conflict_count, has_phone, has_email) VALUES (?1, ?2, 'student', '', '', '', '', 0, 0, 0, 0, 0)";
            conn.execute(sql, (no, [id; 16])).expect("a person");
        }
        let sql = "INSERT INTO contact_parts (rowid, parts) VALUES (?1, '0912345678')";
        conn.execute(sql, [phone_of]).expect("parts of a phone");
        conn
    }

    #[test]
    fn parts_that_find_another_person_are_a_difference() {
        let dump = |conn| canonical_dump(&conn).expect("readable");
        let right = dump(database([(1, 7), (2, 8)], 1));
        assert_eq!(right, dump(database([(5, 8), (9, 7)], 9)), "local rows leave no trace");
        assert_ne!(right, dump(database([(1, 7), (2, 8)], 2)));
    }

    #[test]
    fn every_read_table_and_index_is_in_the_dump() {
        let conn = database([(1, 7), (2, 8)], 1);
        let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')
                   AND name NOT LIKE 'sqlite_%'";
        let mut statement = conn.prepare(sql).expect("tables");
        let mut found: Vec<String> = statement
            .query_map([], |row| row.get(0))
            .expect("tables")
            .collect::<Result<_, _>>()
            .expect("names");
        let mut dumped: Vec<_> = projection::TABLES.iter().chain(projection::INDEXES).copied().collect();
        found.sort();
        dumped.sort_unstable();
        assert_eq!(found, dumped);
    }
}
