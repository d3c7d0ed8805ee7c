//! A second start on the same folder brings the window of the first one to the front. It asks by a socket in the data
//! folder, which only people who may open the data can reach, and which needs no session bus. Only who holds the lock
//! of the folder listens there.

#[cfg(unix)]
pub use bell::{Bell, ask};
#[cfg(not(unix))]
pub use none::{Bell, ask};

#[cfg(unix)]
mod bell {
    use std::{
        io::{self, Read, Write},
        os::unix::net::{UnixListener, UnixStream},
        path::{Path, PathBuf},
        sync::{
            Arc,
            atomic::{AtomicBool, Ordering},
        },
        time::Duration,
    };

    const NAME: &str = "front.sock";
    /// What is answered once the window was asked to come.
    const COMES: u8 = b'1';
    /// How long a second start waits for the first one to say that it comes.
    const ANSWER_MAX: Duration = Duration::from_secs(3);

    /// Asks whoever has the folder open to come to the front; says whether somebody comes.
    pub fn ask(folder: &Path) -> bool {
        let answer = || -> io::Result<u8> {
            let mut stream = UnixStream::connect(folder.join(NAME))?;
            stream.set_read_timeout(Some(ANSWER_MAX))?;
            let mut answer = [0];
            stream.read_exact(&mut answer)?;
            Ok(answer[0])
        };
        answer().is_ok_and(|answer| answer == COMES)
    }

    /// Listens for second starts.
    #[derive(Debug)]
    pub struct Bell {
        path: PathBuf,
        is_leaving: Arc<AtomicBool>,
    }

    impl Bell {
        /// Calls `come` whenever a second start asks. The caller holds the lock of the folder: whatever socket is
        /// there was left by a program that has ended.
        ///
        /// # Errors
        /// What the system says where it takes no socket there: the path may be too long for one.
        pub fn hang(folder: &Path, come: impl Fn() + Send + 'static) -> io::Result<Self> {
            let path = folder.join(NAME);
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            let listener = UnixListener::bind(&path)?;
            let is_leaving = Arc::new(AtomicBool::new(false));
            let leaving = Arc::clone(&is_leaving);
            std::thread::spawn(move || {
                for asking in listener.incoming() {
                    let Ok(mut asking) = asking else { continue };
                    // Who is on the way out comes no more: the second start goes on by itself.
                    if leaving.load(Ordering::Acquire) {
                        return;
                    }
                    come();
                    // Whoever asked may have gone.
                    let _gone = asking.write_all(&[COMES]);
                }
            });
            Ok(Self { path, is_leaving })
        }

        /// Comes no more.
        pub fn leave(&self) {
            if !self.is_leaving.swap(true, Ordering::AcqRel) {
                // It may be gone with its folder.
                let _gone = std::fs::remove_file(&self.path);
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use std::sync::atomic::AtomicU32;

        use super::*;

        #[test]
        fn the_first_comes_as_often_as_it_is_asked_and_no_more_once_it_leaves() {
            let folder = tempfile::tempdir().unwrap();
            assert!(!ask(folder.path()), "nobody is there");
            let came = Arc::new(AtomicU32::new(0));
            let counted = Arc::clone(&came);
            let come = move || {
                counted.fetch_add(1, Ordering::SeqCst);
            };
            let bell = Bell::hang(folder.path(), come).unwrap();
            assert!(ask(folder.path()) && ask(folder.path()));
            assert_eq!(came.load(Ordering::SeqCst), 2);
            bell.leave();
            assert!(!ask(folder.path()));
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        }

        #[test]
        fn a_socket_that_a_killed_program_left_keeps_nobody_out() {
            let folder = tempfile::tempdir().unwrap();
            drop(UnixListener::bind(folder.path().join(NAME)).unwrap());
            assert!(!ask(folder.path()), "nobody listens");
            let _bell = Bell::hang(folder.path(), || ()).unwrap();
            assert!(ask(folder.path()));
        }
    }
}

/// Elsewhere the system's own way (a named mutex and a message) finds the first window.
#[cfg(not(unix))]
mod none {
    use std::{io, path::Path};

    /// Nobody can be asked.
    pub fn ask(_folder: &Path) -> bool {
        false
    }

    /// Listens to nobody.
    #[derive(Debug)]
    pub struct Bell;

    impl Bell {
        /// Hears nobody.
        ///
        /// # Errors
        /// None.
        pub fn hang(_folder: &Path, _come: impl Fn() + Send + 'static) -> io::Result<Self> {
            Ok(Self)
        }

        /// Does nothing.
        pub fn leave(&self) {}
    }
}
