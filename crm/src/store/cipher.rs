//! The cipher of a process is set up once, before the first key is given to it.

use std::{sync::Once, thread, time::Duration};

use rusqlite::Connection;

/// How often it is tried, a millisecond apart, while another thread sets the cipher up; that takes a few.
const TRIES: u32 = 10_000;

/// Returns when this process can open encrypted databases.
///
/// SQLite calls itself initialized *before* it calls SQLCipher's own set-up (`sqlite3_initialize`, `SQLITE_EXTRA_INIT`
/// of SQLCipher 4.19), so that a second thread that opens a database meanwhile is told "an error occurred with PRAGMA
/// key". That other thread may belong to another part of the program that has no key at all; therefore it is not
/// enough to be the first here.
pub fn wait_until_ready() {
    static READY: Once = Once::new();
    READY.call_once(|| {
        // If it never gets ready, the real opening says why.
        for _ in 0..TRIES {
            if takes_a_key().is_ok() {
                break;
            }
            thread::sleep(Duration::from_millis(1));
        }
    });
}

fn takes_a_key() -> rusqlite::Result<()> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch("PRAGMA cipher_log_level = NONE")?;
    conn.execute_batch("PRAGMA key = 'any'")
}

#[cfg(test)]
mod tests {
    use std::{
        process::Command,
        sync::{Arc, Barrier},
    };

    use super::*;
    use crate::store::{DatabaseKey, Durability, open};

    const NAME: &str = "store::cipher::tests::databases_opened_by_many_threads_at_once_all_open";

    /// The first opening of a process happens once, so that each try is a process of its own.
    #[test]
    fn databases_opened_by_many_threads_at_once_all_open() {
        if std::env::var_os("QUEN_TEST_FIRST_OPENING").is_some() {
            return open_at_once();
        }
        for _ in 0..20 {
            let child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", NAME, "--nocapture"])
                .env("QUEN_TEST_FIRST_OPENING", "1")
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&child.stdout);
            assert!(child.status.success() && said.contains("1 passed"), "{said}");
        }
    }

    fn open_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let start = Arc::new(Barrier::new(8));
        let threads: Vec<_> = (0..8_u8)
            .map(|number| {
                let (start, path) = (Arc::clone(&start), dir.path().join(number.to_string()));
                thread::spawn(move || {
                    start.wait();
                    // One without a key, as the relay's, gets in first or does not.
                    if number == 0 {
                        return Connection::open(path).is_ok();
                    }
                    open(&path, &DatabaseKey([number; 32].into()), Durability::None).is_ok()
                })
            })
            .collect();
        for thread in threads {
            assert!(thread.join().unwrap());
        }
    }
}
