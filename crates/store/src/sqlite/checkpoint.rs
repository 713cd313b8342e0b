//! Moves the pages of the write-ahead log into the file on a thread of its own, so that commits do not wait for
//! it. Only when the log has grown far does the writer do it itself: then nobody appends meanwhile, all of the
//! log is moved, and the next commit begins it anew.

use super::connection;
use crate::error::{Error, Result};
use rusqlite::hooks::Wal;
use rusqlite::{Connection, ErrorCode};
use std::cell::Cell;
use std::ffi::c_int;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::mpsc::RecvTimeoutError::{Disconnected, Timeout};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

/// Pages (4 KiB) of log after which the thread is woken …
const BESIDE: c_int = 8_000;
/// … and after which the writer does the rest itself.
const ITSELF: c_int = 24_000;
/// After so long without a commit the log is emptied, so that it takes no room on the disk.
const REST: Duration = Duration::from_secs(2);

thread_local! {
    /// Pages in the log after the last commit of this thread.
    static PAGES: Cell<c_int> = const { Cell::new(0) };
}

/// The thread of one file. It ends when this is dropped.
pub(super) struct Checkpointer {
    wake: SyncSender<()>,
    pages: Arc<AtomicI32>,
    broken: Arc<AtomicBool>,
}

impl Checkpointer {
    /// # Errors
    /// `Unavailable` when no connection or thread is to be had.
    pub fn start(path: &Path, writer: &Connection, broken: Arc<AtomicBool>) -> Result<Checkpointer> {
        let connection = connection::open_plain(path)?;
        // Emptying the log holds up the writer while it waits for readers: not for long.
        connection.busy_timeout(Duration::from_millis(100)).map_err(super::db)?;
        writer.wal_hook(Some(count));
        let (wake, woken) = sync_channel(1);
        let pages = Arc::new(AtomicI32::new(0));
        let (grown, failed) = (pages.clone(), broken.clone());
        let work = move || run(&connection, &woken, &grown, &failed);
        std::thread::Builder::new().name("wal".into()).spawn(work).map_err(Error::unavailable)?;
        Ok(Checkpointer { wake, pages, broken })
    }

    /// After a commit on this thread.
    pub fn committed(&self, writer: &Connection) {
        let pages = PAGES.get();
        self.pages.store(pages, Ordering::Relaxed);
        if pages >= ITSELF {
            move_pages(writer, "PASSIVE", &self.broken);
        }
        // Full: it is awake already.
        let _ = self.wake.try_send(());
    }
}

fn count(_: &Wal, pages: c_int) -> rusqlite::Result<()> {
    PAGES.set(pages);
    Ok(())
}

fn run(connection: &Connection, woken: &Receiver<()>, pages: &AtomicI32, broken: &AtomicBool) {
    let mut moved = true;
    loop {
        let wait = if moved { woken.recv().map_err(|_| Disconnected) } else { woken.recv_timeout(REST) };
        match wait {
            Ok(()) => {
                moved = false;
                if pages.load(Ordering::Relaxed) >= BESIDE {
                    move_pages(connection, "PASSIVE", broken);
                }
            }
            Err(Timeout) => {
                moved = true;
                move_pages(connection, "TRUNCATE", broken);
            }
            Err(Disconnected) => return,
        }
    }
}

/// What cannot be moved now stays in the log for the next time. After an I/O error nobody knows what the file
/// holds: nothing more may be acknowledged.
fn move_pages(connection: &Connection, how: &str, broken: &AtomicBool) {
    let done = connection.query_row(&format!("PRAGMA wal_checkpoint({how})"), [], |_| Ok(()));
    if done.is_err_and(|error| error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure)) {
        broken.store(true, Ordering::Release);
    }
}
