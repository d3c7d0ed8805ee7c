//! Opens the encrypted database and brings it to this program's version.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, functions::FunctionFlags};
use zeroize::Zeroizing;

use super::{StoreError, cipher, projection};

mod migrations {
    refinery::embed_migrations!("migrations");
}

/// The number that this program writes as the version of the durable tables.
const STORE_VERSION: i64 = 6;

/// The raw key of the database, 32 random bytes.
#[derive(Clone)]
pub struct DatabaseKey(pub Zeroizing<[u8; 32]>);

/// How much a commit is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// A commit is on the disk when it returns: power may fail.
    Full,
    /// For simulated disks and throw-away databases.
    None,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The key does not fit the file.
    #[error("the key does not fit this database")]
    WrongKey,
    /// A newer program wrote it.
    #[error("the database has version {found}, this program knows {known}; update the program")]
    Newer {
        /// Version in the file.
        found: i64,
        /// The highest that this program knows.
        known: i64,
    },
    /// The durable tables could not be brought up to date.
    #[error("the database could not be brought up to date")]
    Migration(#[source] Box<refinery::Error>),
    /// A statement failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Opens or creates the database at `path` for writing.
///
/// # Errors
/// [`OpenError`] if the key does not fit, the file is newer, or the disk refuses.
pub fn open(path: &Path, key: &DatabaseKey, durability: Durability) -> Result<Connection, OpenError> {
    let mut conn = connect(path, key, OpenFlags::default())?;
    let sync = match durability {
        Durability::Full => "FULL",
        Durability::None => "OFF",
    };
    conn.pragma_update(None, "journal_mode", "WAL").map_err(StoreError::from)?;
    conn.pragma_update(None, "synchronous", sync).map_err(StoreError::from)?;
    // An import touches thousands of pages in each commit; moving them into the file after every one of them costs
    // more than the commit. 64 MB of log are read back in an instant after a crash.
    for (name, value) in [("wal_autocheckpoint", 16_000), ("cache_size", -64_000)] {
        conn.pragma_update(None, name, value).map_err(StoreError::from)?;
    }
    let found: i64 =
        conn.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(StoreError::from)?;
    if found > STORE_VERSION {
        return Err(OpenError::Newer { found, known: STORE_VERSION });
    }
    migrations::migrations::runner().run(&mut conn).map_err(|error| OpenError::Migration(Box::new(error)))?;
    conn.pragma_update(None, "user_version", STORE_VERSION).map_err(StoreError::from)?;
    projection::ensure_tables(&mut conn)?;
    Ok(conn)
}

/// Opens one more connection that only reads.
///
/// # Errors
/// [`OpenError`] as for [`open`].
pub fn open_reader(path: &Path, key: &DatabaseKey) -> Result<Connection, OpenError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = connect(path, key, flags)?;
    // Room for the index that lists of 100,000 people are read off, and for the search.
    conn.pragma_update(None, "cache_size", "-64000").map_err(StoreError::from)?;
    Ok(conn)
}

fn connect(path: &Path, key: &DatabaseKey, flags: OpenFlags) -> Result<Connection, OpenError> {
    cipher::wait_until_ready();
    let conn = Connection::open_with_flags(path, flags).map_err(StoreError::from)?;
    let hex = Zeroizing::new(data_encoding::HEXLOWER.encode(&*key.0));
    // What goes wrong comes back as an error; the cipher's own lines on standard error would bury it.
    conn.execute_batch("PRAGMA cipher_log_level = NONE").map_err(StoreError::from)?;
    let pragma = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", *hex));
    conn.execute_batch(&pragma).map_err(StoreError::from)?;
    // The key is only tried when the first page is read.
    let probe = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
    match probe {
        Ok(_) => {}
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            return Err(OpenError::WrongKey);
        }
        Err(error) => return Err(StoreError::from(error).into()),
    }
    conn.busy_timeout(std::time::Duration::from_secs(10)).map_err(StoreError::from)?;
    conn.set_prepared_statement_cache_capacity(256);
    for (name, value) in [("foreign_keys", "ON"), ("cache_size", "-32000"), ("temp_store", "MEMORY")] {
        conn.pragma_update(None, name, value).map_err(StoreError::from)?;
    }
    let deterministic = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    // Filters compare any text without marks and case by this.
    conn.create_scalar_function("fold", 1, deterministic, |call| {
        Ok(call.get::<Option<String>>(0)?.map(|text| formats::fold::fold(&text)))
    })
    .map_err(StoreError::from)?;
    // Lists follow the Vietnamese alphabet by this.
    conn.create_scalar_function("alphabet", 1, deterministic, |call| {
        Ok(call.get::<Option<String>>(0)?.map(|text| formats::name::text_key(&text)))
    })
    .map_err(StoreError::from)?;
    // Numbers are found by any part of their digits, however they are written.
    conn.create_scalar_function("digits", 1, deterministic, |call| {
        Ok(call.get::<Option<String>>(0)?.map(|text| formats::phone::search_digits(&text)))
    })
    .map_err(StoreError::from)?;
    Ok(conn)
}

/// Checks the file; `ok` when nothing is wrong.
///
/// # Errors
/// [`StoreError`] if the check itself fails.
pub fn integrity(conn: &Connection) -> Result<String, StoreError> {
    Ok(conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_bears_the_number_of_the_newest_migration() {
        let newest =
            migrations::migrations::runner().get_migrations().iter().map(refinery::Migration::version).max();
        assert_eq!(newest.map(i64::from), Some(STORE_VERSION));
    }

    #[test]
    fn log_of_an_older_program_is_kept_and_takes_the_same_change_for_another_document() {
        let dir = tempfile::tempdir().unwrap();
        let (path, key) = (dir.path().join("quen.db"), DatabaseKey([7; 32].into()));
        let mut old = connect(&path, &key, OpenFlags::default()).unwrap();
        migrations::migrations::runner().set_target(refinery::Target::Version(2)).run(&mut old).unwrap();
        let add = |conn: &Connection, doc: i64| {
            let sql = "INSERT INTO change (hash, doc, actor, time, cause, is_local, is_sealed, received_at_ms, bytes)
                VALUES (zeroblob(32), ?1, x'01', 1, 1, 1, 0, 1, x'02')";
            conn.execute(sql, [doc])
        };
        for doc in 1..=2_u8 {
            let values = (doc, [doc; 17], [doc; 16]);
            old.execute("INSERT INTO doc (no, id, space) VALUES (?1, ?2, ?3)", values).unwrap();
        }
        add(&old, 1).unwrap();
        drop(old);
        let conn = open(&path, &key, Durability::None).unwrap();
        add(&conn, 2).unwrap();
        assert!(add(&conn, 1).is_err(), "once in one document");
        let count: i64 = conn.query_row("SELECT count(*) FROM change", [], |row| row.get(0)).unwrap();
        assert_eq!(count, 2);
    }

    #[test]
    fn file_of_an_import_of_an_older_program_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let (path, key) = (dir.path().join("quen.db"), DatabaseKey([7; 32].into()));
        let mut old = connect(&path, &key, OpenFlags::default()).unwrap();
        migrations::migrations::runner().set_target(refinery::Target::Version(3)).run(&mut old).unwrap();
        let sql =
            "INSERT INTO import VALUES (?1, 'lop.csv', x'4142', '{}', '{}', 'paused', 1, 2, 3, '{}', ?1)";
        old.execute(sql, [[5_u8; 16]]).unwrap();
        drop(old);
        let conn = open(&path, &key, Durability::None).unwrap();
        let id = crate::id::ImportId([5; 16]);
        assert_eq!(crate::import::table::file(&conn, id).unwrap(), b"AB");
        assert_eq!(crate::import::table::get(&conn, id).unwrap().unwrap().rows_done, 2);
    }

    #[test]
    fn clock_of_an_older_program_goes_on_and_what_is_sealed_does_not_set_it_back() {
        use crate::store::change_log::{last_own_time, mark_sealed};
        use crdt::HybridTime;
        let dir = tempfile::tempdir().unwrap();
        let (path, key) = (dir.path().join("quen.db"), DatabaseKey([7; 32].into()));
        let mut old = connect(&path, &key, OpenFlags::default()).unwrap();
        migrations::migrations::runner().set_target(refinery::Target::Version(5)).run(&mut old).unwrap();
        old.execute("INSERT INTO doc (no, id, space) VALUES (1, zeroblob(17), zeroblob(16))", []).unwrap();
        let add = |conn: &Connection, no: u8, time: i64, is_local: bool, is_sealed: bool| {
            let sql = "INSERT INTO change (no, hash, doc, actor, time, cause, is_local, is_sealed, received_at_ms, bytes)
                VALUES (?1, ?2, 1, x'01', ?3, 1, ?4, ?5, 1, x'02')";
            conn.execute(sql, (no, [no; 32], time, is_local, is_sealed)).unwrap();
        };
        add(&old, 1, 50, true, true);
        add(&old, 2, 900, false, true);
        drop(old);

        let mut conn = open(&path, &key, Durability::None).unwrap();
        assert_eq!(last_own_time(&conn).unwrap(), HybridTime(50), "others' times do not count");
        add(&conn, 3, 60, true, false);
        assert_eq!(last_own_time(&conn).unwrap(), HybridTime(60));
        let tx = conn.transaction().unwrap();
        mark_sealed(&tx, &[3]).unwrap();
        tx.commit().unwrap();
        assert_eq!(last_own_time(&conn).unwrap(), HybridTime(60), "sealed, and known still");
    }
}
