//! Where an interrupted import goes on: after each commit, how far the files have been imported without a
//! gap is noted in the data folder. The note belongs to one list of files; another list starts anew.

use super::source::Source;
use crate::failure::{Failure, Result};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const NOTE_EVERY: Duration = Duration::from_millis(500);

pub struct Resume {
    note: PathBuf,
    fingerprint: u64,
    start: (u32, u64),
    state: Mutex<State>,
}

struct State {
    /// The batch after the last one before which everything is imported.
    next: u64,
    /// Finished batches beyond a gap: number → end.
    beyond: BTreeMap<u64, (u32, u64)>,
    reached: (u32, u64),
    noted: Instant,
}

impl Resume {
    /// Looks for the note of an interrupted import of the same files.
    pub fn open(data: &Path, tenant: &str, files: &[Source], restart: bool) -> Result<Resume> {
        let folder = data.join("import");
        std::fs::create_dir_all(&folder).map_err(|e| Failure::file("make", &folder, &e))?;
        let mut hasher = DefaultHasher::new();
        tenant.hash(&mut hasher);
        for file in files {
            (&file.path, file.bytes, file.changed).hash(&mut hasher);
        }
        let fingerprint = hasher.finish();
        let note = folder.join(format!("{fingerprint:016x}"));
        let start = if restart { None } else { std::fs::read_to_string(&note).ok().and_then(|t| parse(&t)) };
        let start = start.unwrap_or((0, 0));
        let state = State { next: 0, beyond: BTreeMap::new(), reached: start, noted: Instant::now() };
        Ok(Resume { note, fingerprint, start, state: Mutex::new(state) })
    }

    /// File to start with, and units of it to pass over.
    pub fn start(&self) -> (u32, u64) {
        self.start
    }

    pub fn is_fresh(&self) -> bool {
        self.start == (0, 0)
    }

    /// A batch is imported (or refused for good).
    pub fn done(&self, batch: u64, end: (u32, u64)) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.beyond.insert(batch, end);
        loop {
            let next = state.next;
            let Some(end) = state.beyond.remove(&next) else { break };
            state.reached = end;
            state.next += 1;
        }
        if state.noted.elapsed() >= NOTE_EVERY {
            state.noted = Instant::now();
            self.write(state.reached);
        }
    }

    /// Notes how far we came, at an interruption.
    pub fn keep(&self) {
        let reached = self.state.lock().unwrap_or_else(PoisonError::into_inner).reached;
        self.write(reached);
    }

    /// All is imported: the note goes away.
    pub fn finish(&self) {
        let _ = std::fs::remove_file(&self.note);
    }

    fn write(&self, (file, units): (u32, u64)) {
        let new = self.note.with_extension("new");
        let text = format!("{:016x} {file} {units}\n", self.fingerprint);
        // Without its note an import can still be repeated: writing a resource again gives the same resource.
        let _ = std::fs::write(&new, text).and_then(|()| std::fs::rename(&new, &self.note));
    }
}

fn parse(text: &str) -> Option<(u32, u64)> {
    let mut words = text.split_whitespace().skip(1);
    Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_on_behind_the_last_batch_without_a_gap() {
        let data = std::env::temp_dir().join(format!("medhub-resume-{}", uuid::Uuid::new_v4()));
        let files = [Source { path: "a".into(), bytes: 1, changed: 2 }];
        let first = Resume::open(&data, "t", &files, false).unwrap();
        assert!(first.is_fresh());
        first.done(1, (0, 1000));
        first.keep();
        assert_eq!(Resume::open(&data, "t", &files, false).unwrap().start(), (0, 0));
        first.done(0, (0, 500));
        first.done(3, (1, 20));
        first.keep();
        assert_eq!(Resume::open(&data, "t", &files, false).unwrap().start(), (0, 1000));
        assert!(Resume::open(&data, "other", &files, false).unwrap().is_fresh());
        assert!(Resume::open(&data, "t", &files, true).unwrap().is_fresh());
        first.finish();
        assert!(Resume::open(&data, "t", &files, false).unwrap().is_fresh());
        std::fs::remove_dir_all(&data).unwrap();
    }
}
