//! Opening a device: secrets, database, start token, workspace.

use std::path::Path;

use crdt::seal::DeviceKeys;
use rusqlite::Connection;

use super::{AppError, Fresh, Joining, Stage};
use crate::{
    io::{DataFolder, SystemEntropy, Vault, now},
    store::{self, Durability, open::open_reader, setting},
    sync::{Entropy, JoinTicket, Replica, ReplicaError, Unopened},
};

/// Keys of single values in the database.
const START_TOKEN: &str = "device.start_token";
/// Stands from the start that found a restored or cloned database until that database left its old life.
const IS_COPY: &str = "device.is_copy";
pub(super) const JOIN_INVITE: &str = "join.invite";
pub(super) const JOIN_NAME: &str = "join.name";

/// What opening gives.
pub(super) struct Opened {
    pub(super) stage: Stage,
    pub(super) reader: Connection,
}

pub(super) fn open(folder: &DataFolder, vault: &Vault) -> Result<Opened, AppError> {
    let secrets = vault.secrets(folder)?;
    let (path, key) = (folder.database(), secrets.database_key());
    // A database that is made anew would stand in the way of the copy that has to come back.
    if vault.start_token(folder).is_some() && !has_content(&path) {
        return Err(AppError::DatabaseLost);
    }
    let mut conn = store::open(&path, &key, Durability::Full)?;
    let reader = open_reader(&path, &key)?;
    let is_copy = turn_start_token(folder, vault, &mut conn)?;
    let mut stage = stage(conn, secrets.device_keys())?;
    if let Stage::Ready(replica) = &mut stage {
        if is_copy {
            // What this copy alone wrote is written again under the new name.
            replica.leave_fork(now(), &mut SystemEntropy)?;
        }
        replica.leave_stranded(now(), &mut SystemEntropy)?;
        if replica.engine.needs_rebuild().map_err(ReplicaError::from)? {
            replica.engine.rebuild(|_| ()).map_err(ReplicaError::from)?;
        }
    }
    if is_copy {
        forget_copy(&mut store::open(&path, &key, Durability::Full)?)?;
    }
    Ok(Opened { stage, reader })
}

/// Whether there is a database, or a log from which it comes back.
fn has_content(database: &Path) -> bool {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    [database, Path::new(&log)].iter().any(|path| path.metadata().is_ok_and(|file| file.len() > 0))
}

/// Writes a fresh token into the vault and the database. Returns whether the two did not fit before: the database
/// was restored or cloned since the last start, or the last start was cut off between the two.
///
/// That they did not fit is written with the token: a start that is cut off before the copy has left its old life
/// is told again at the next one.
fn turn_start_token(folder: &DataFolder, vault: &Vault, conn: &mut Connection) -> Result<bool, AppError> {
    let (kept, stored) = (vault.start_token(folder), setting::get(conn, START_TOKEN)?);
    if kept.is_some() && stored.is_none() {
        return Err(AppError::DatabaseLost);
    }
    let is_copy = (stored.is_some() && stored != kept) || setting::get(conn, IS_COPY)?.is_some();
    let token = data_encoding::HEXLOWER.encode(&SystemEntropy.bytes::<16>());
    // The vault knows of no first start before the database does: what it knows and the database does not is lost.
    if stored.is_some() {
        vault.put_start_token(folder, &token)?;
    }
    let tx = conn.transaction().map_err(store::StoreError::from)?;
    if is_copy {
        setting::put(&tx, IS_COPY, "1")?;
    }
    setting::put(&tx, START_TOKEN, &token)?;
    tx.commit().map_err(store::StoreError::from)?;
    if stored.is_none() {
        vault.put_start_token(folder, &token)?;
    }
    Ok(is_copy)
}

/// The copy has left its old life: from here on it is the only one.
fn forget_copy(conn: &mut Connection) -> Result<(), AppError> {
    let tx = conn.transaction().map_err(store::StoreError::from)?;
    setting::remove(&tx, IS_COPY)?;
    tx.commit().map_err(store::StoreError::from)?;
    Ok(())
}

fn stage(conn: Connection, keys: DeviceKeys) -> Result<Stage, AppError> {
    let Unopened { error, back } = match Replica::open(conn, keys) {
        Ok(replica) => return Ok(Stage::Ready(Box::new(replica))),
        Err(unopened) => unopened,
    };
    if !matches!(error, ReplicaError::NoWorkspace) {
        return Err(error.into());
    }
    let (conn, keys) = *back;
    let invite = setting::get(&conn, JOIN_INVITE)?;
    let name = setting::get(&conn, JOIN_NAME)?.unwrap_or_default();
    let ticket = invite.and_then(|invite| JoinTicket::new(&invite, &name, &keys, &mut SystemEntropy).ok());
    Ok(match ticket {
        Some(ticket) => Stage::Joining(Box::new(Joining { conn, keys, ticket, refusals: 0 })),
        None => Stage::Fresh(Box::new(Fresh { conn, keys })),
    })
}

/// Removes the database with everything in it. The keys stay: the next database is opened with them.
pub(super) fn remove_database(folder: &DataFolder, vault: &Vault) -> Result<(), AppError> {
    vault.forget_start_token(folder)?;
    let database = folder.database();
    for ending in ["", "-wal", "-shm"] {
        let mut path = database.clone().into_os_string();
        path.push(ending);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(AppError::File(error)),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;

    /// What a person was told is done must survive a cut of the power: with less than FULL, SQLite lets the last
    /// commits of a write-ahead log go.
    #[test]
    fn database_of_a_device_waits_for_the_disk_at_each_commit() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(place.path()).unwrap();
        let vault = Vault::find(&folder, Some(Zeroizing::new("sáu con mèo".to_owned()))).unwrap();
        let opened = open(&folder, &vault).unwrap();
        let Stage::Fresh(fresh) = &opened.stage else { panic!("a new device belongs nowhere") };
        let number = |name| fresh.conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
        let mode: String = fresh.conn.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        assert_eq!((mode.as_str(), number("synchronous")), ("wal", 2));
        assert_eq!(number("foreign_keys"), 1);
        let is_writable = opened.reader.execute("DELETE FROM setting", []).is_ok();
        assert!(!is_writable, "the reader only reads");
    }

    #[test]
    fn a_restored_database_is_a_copy_until_it_has_left_its_old_life() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(place.path()).unwrap();
        let vault = Vault::find(&folder, Some(Zeroizing::new("sáu con mèo".to_owned()))).unwrap();
        let key = vault.secrets(&folder).unwrap().database_key();
        let mut conn = store::open(&folder.database(), &key, Durability::Full).unwrap();
        assert!(!turn_start_token(&folder, &vault, &mut conn).unwrap());
        assert!(!turn_start_token(&folder, &vault, &mut conn).unwrap());

        let old = setting::get(&conn, START_TOKEN).unwrap().unwrap();
        turn_start_token(&folder, &vault, &mut conn).unwrap();
        let tx = conn.transaction().unwrap();
        setting::put(&tx, START_TOKEN, &old).unwrap();
        tx.commit().unwrap();

        assert!(turn_start_token(&folder, &vault, &mut conn).unwrap());
        assert!(
            turn_start_token(&folder, &vault, &mut conn).unwrap(),
            "the start was cut off before leaving"
        );
        forget_copy(&mut conn).unwrap();
        assert!(!turn_start_token(&folder, &vault, &mut conn).unwrap());
    }

    fn opened(place: &Path) -> Result<&'static str, AppError> {
        let folder = DataFolder::open(place)?;
        let vault = Vault::find(&folder, Some(Zeroizing::new("sáu con mèo".to_owned())))?;
        let Opened { stage, reader } = open(&folder, &vault)?;
        drop(reader);
        Ok(match stage {
            Stage::Fresh(_) => "fresh",
            _ => "other",
        })
    }

    #[test]
    fn a_database_that_is_gone_or_emptied_is_not_taken_for_a_new_device() {
        let place = tempfile::tempdir().unwrap();
        assert_eq!(opened(place.path()).unwrap(), "fresh");
        assert_eq!(opened(place.path()).unwrap(), "fresh");
        let database = place.path().join("quen.db");
        let kept = std::fs::read(&database).unwrap();
        assert!(!place.path().join("quen.db-wal").exists(), "a clean end leaves no log");
        std::fs::write(&database, []).unwrap();
        assert!(matches!(opened(place.path()), Err(AppError::DatabaseLost)));
        std::fs::remove_file(&database).unwrap();
        assert!(matches!(opened(place.path()), Err(AppError::DatabaseLost)));
        assert!(!database.exists(), "nothing is made where the copy has to come back");
        std::fs::write(&database, kept).unwrap();
        assert_eq!(opened(place.path()).unwrap(), "fresh");
    }

    #[test]
    fn a_first_start_that_is_cut_off_at_any_step_is_a_first_start_again() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(place.path()).unwrap();
        let vault = Vault::find(&folder, Some(Zeroizing::new("sáu con mèo".to_owned()))).unwrap();
        let key = vault.secrets(&folder).unwrap().database_key();
        // After the database was made, and after the token was written into it but not into the vault.
        let mut conn = store::open(&folder.database(), &key, Durability::Full).unwrap();
        let tx = conn.transaction().unwrap();
        setting::put(&tx, START_TOKEN, "00").unwrap();
        tx.commit().unwrap();
        drop((conn, folder));
        for _ in 0..2 {
            assert_eq!(opened(place.path()).unwrap(), "fresh");
        }
    }
}
