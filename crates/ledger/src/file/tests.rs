use super::*;
use crate::{Damage, Log, Signer, verify};
use proptest::prelude::*;
use std::sync::Arc;

struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = format!("ledger-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).unwrap();
        Folder(path)
    }

    fn log(&self) -> Result<Log> {
        Log::open(Arc::new(FileStorage::open(&self.0)?), signer())
    }

    fn report(&self) -> Vec<(Damage, u64, u64)> {
        let storage = FileStorage::open_read_only(&self.0).unwrap();
        let report = verify(&storage, &signer().verifier().unwrap(), &[]).unwrap();
        report.findings.iter().map(|f| (f.damage, f.first, f.last)).collect()
    }

    /// Changes a segment's bytes.
    fn edit(&self, number: u32, change: impl FnOnce(&mut Vec<u8>)) {
        let path = segment::path(&self.0, number);
        let mut bytes = std::fs::read(&path).unwrap();
        change(&mut bytes);
        std::fs::write(&path, bytes).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn signer() -> Signer {
    Signer::new("medhub/test", &[3; 32]).unwrap()
}

fn entry(number: u64) -> Vec<u8> {
    let mut entry = format!("entry {number} ").into_bytes();
    entry.resize(150 + (number % 100) as usize, b'.');
    entry
}

fn append(log: &Log, to: u64, batch: usize) {
    let all: Vec<Vec<u8>> = (log.size()..to).map(entry).collect();
    for part in all.chunks(batch) {
        log.append(part).unwrap();
    }
}

fn read(log: &Log, from: u64) -> Vec<(u64, Vec<u8>)> {
    let mut out = Vec::new();
    log.storage()
        .scan(from, &mut |number, bytes| {
            out.push((number, bytes.to_vec()));
            ControlFlow::Continue(())
        })
        .unwrap();
    out
}

fn place(bytes: &[u8], what: &[u8]) -> usize {
    bytes.windows(what.len()).position(|window| window == what).unwrap()
}

#[test]
fn entries_come_back_across_segments_and_openings() {
    let folder = Folder::new();
    for to in [3u64, 5000, 9000] {
        let log = folder.log().unwrap();
        append(&log, to, 64);
        log.checkpoint().unwrap();
        assert_eq!(log.size(), to);
        for from in [0, 1, 1500, to - 1] {
            if from < to {
                let want: Vec<_> = (from..to).map(|n| (n, entry(n))).collect();
                assert!(read(&log, from) == want, "from {from} of {to}");
            }
        }
        assert!(read(&log, to).is_empty());
    }
    assert!(std::fs::metadata(segment::path(&folder.0, 3)).is_ok(), "several segments");
    assert_eq!(folder.report(), []);
}

#[test]
fn a_batch_larger_than_a_segment_gets_its_own() {
    let folder = Folder::new();
    let log = folder.log().unwrap();
    append(&log, 10, 10);
    append(&log, 8000, 8000);
    append(&log, 8100, 50);
    let want: Vec<_> = (0..8100).map(|n| (n, entry(n))).collect();
    assert!(read(&log, 0) == want);
    drop(log);
    assert!(read(&folder.log().unwrap(), 7999) == want[7999..]);
}

#[test]
fn one_process_at_a_time_writes_while_others_may_read() {
    let folder = Folder::new();
    let log = folder.log().unwrap();
    append(&log, 10, 1);
    log.checkpoint().unwrap();
    assert!(folder.log().is_err());
    assert_eq!(folder.report(), []);
    let reader = FileStorage::open_read_only(&folder.0).unwrap();
    assert!(reader.append(&[entry(0)], &[[0; 32]]).is_err());
}

#[test]
fn a_torn_batch_at_the_end_is_cut_off() {
    // Whatever part of the last, unacknowledged batch reached the disk.
    for keep in (0..300).step_by(9) {
        let folder = Folder::new();
        let log = folder.log().unwrap();
        append(&log, 20, 5);
        log.checkpoint().unwrap();
        append(&log, 25, 5);
        drop(log);
        let mut end = 0;
        folder.edit(1, |bytes| {
            end = place(bytes, b"entry 20 ") - 4 - batch::HEADER;
            let from = end + keep * 3;
            bytes[from..].fill(0);
        });
        let log = folder.log().unwrap();
        assert_eq!(log.size(), 20, "kept {keep}");
        append(&log, 22, 1);
        log.checkpoint().unwrap();
        drop(log);
        assert_eq!(read(&folder.log().unwrap(), 19).len(), 3);
        assert_eq!(folder.report(), []);
    }
}

#[test]
fn a_broken_batch_before_others_is_damage_and_left_as_it_is() {
    let folder = Folder::new();
    let log = folder.log().unwrap();
    append(&log, 20, 5);
    drop(log);
    folder.edit(1, |bytes| {
        let at = place(bytes, b"entry 7 ");
        bytes[at] ^= 1;
    });
    let before = std::fs::read(segment::path(&folder.0, 1)).unwrap();
    assert!(matches!(folder.log(), Err(Error::Damaged { entry: 5, .. })));
    assert_eq!(std::fs::read(segment::path(&folder.0, 1)).unwrap(), before);
}

#[test]
fn tampering_with_files_is_named() {
    let fresh = || {
        let folder = Folder::new();
        let log = folder.log().unwrap();
        append(&log, 4000, 40);
        log.checkpoint().unwrap();
        folder
    };
    let folder = fresh();
    folder.edit(1, |bytes| {
        let at = place(bytes, b"entry 77 ");
        bytes[at + 20] ^= 1;
    });
    assert_eq!(folder.report(), [(Damage::Changed, 77, 77)]);

    // A length: entries behind it in the batch cannot be told apart any more.
    let folder = fresh();
    folder.edit(1, |bytes| {
        let at = place(bytes, b"entry 90 ");
        bytes[at - 4] ^= 0xff;
    });
    let report = folder.report();
    assert_eq!(report[0].1, 90);
    assert!(report.iter().all(|f| (90..120).contains(&f.1) && f.2 < 120), "{report:?}");

    // Two entries of one length swapped.
    let folder = fresh();
    folder.edit(1, |bytes| {
        let (a, b) = (place(bytes, b"entry 105 "), place(bytes, b"entry 205 "));
        for at in 0..entry(105).len() {
            bytes.swap(a + at, b + at);
        }
    });
    assert_eq!(folder.report(), [(Damage::Reordered, 105, 105), (Damage::Reordered, 205, 205)]);

    let folder = fresh();
    let first = {
        let storage = FileStorage::open_read_only(&folder.0).unwrap();
        let firsts: Vec<u64> = storage.segments.read().keys().copied().collect();
        firsts[1]
    };
    std::fs::remove_file(segment::path(&folder.0, 1)).unwrap();
    assert_eq!(folder.report(), [(Damage::Deleted, 0, first - 1)]);

    let folder = fresh();
    std::fs::remove_file(segment::path(&folder.0, 2)).unwrap();
    let report = folder.report();
    assert_eq!((report[0].0, report[0].1), (Damage::Deleted, first));

    let folder = fresh();
    folder.edit(3, |bytes| {
        let at = place(bytes, b"entry 3990 ");
        bytes[at - 4..].fill(0);
    });
    assert_eq!(folder.report(), [(Damage::Truncated, 3990, 3999)]);
    assert!(matches!(folder.log(), Err(Error::Damaged { .. })), "and not acknowledged any more");

    let folder = fresh();
    std::fs::remove_file(folder.0.join("checkpoint")).unwrap();
    assert!(folder.report().iter().any(|f| f.0 == Damage::CheckpointMissing));
    assert!(folder.log().is_err());
}

#[test]
fn after_a_failed_fsync_nothing_is_acknowledged() {
    let folder = Folder::new();
    let storage = Arc::new(FileStorage::open(&folder.0).unwrap());
    let log = Log::open(storage.clone(), signer()).unwrap();
    append(&log, 5, 5);
    storage.writer.lock().fail_sync = true;
    assert!(log.append(&[entry(5)]).is_err());
    storage.writer.lock().fail_sync = false;
    assert!(matches!(log.append(&[entry(5)]), Err(Error::Stopped)));
    assert_eq!((log.size(), storage.size().unwrap()), (5, 5));
    assert_eq!(read(&log, 0).len(), 5);
}

#[test]
fn checkpoints_are_kept_as_the_log_grows() {
    let folder = Folder::new();
    let log = folder.log().unwrap();
    for to in [10, 66_000, 66_010, 140_000] {
        append(&log, to, 5000);
        log.checkpoint().unwrap();
    }
    assert_eq!(log.storage().checkpoints().unwrap().len(), 3);
    drop(log);
    assert_eq!(folder.report(), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(25))]

    /// Whatever is done to a segment's bytes: nothing panics, and what was signed is either there or missed.
    #[test]
    fn no_edit_of_a_file_goes_unnoticed(edits in prop::collection::vec((any::<prop::sample::Index>(), 1u8..), 1..4), cut: Option<prop::sample::Index>) {
        let folder = Folder::new();
        let log = folder.log().unwrap();
        append(&log, 60, 7);
        log.checkpoint().unwrap();
        drop(log);
        let end = 60 * 200;
        folder.edit(1, |bytes| {
            let used = bytes.iter().rposition(|byte| *byte != 0).unwrap_or(0).min(end);
            for (at, with) in &edits {
                bytes[at.index(used)] ^= with;
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
        });
        // Edits of one byte may cancel each other.
        let cancelled = edits.len() > 1 && folder.report().is_empty();
        prop_assert!(cancelled || !folder.report().is_empty());
        if let Ok(log) = folder.log() {
            append(&log, 70, 3);
        }
    }
}

#[test]
fn an_examination_beside_the_writer_finds_nothing_wrong() {
    let folder = Folder::new();
    let log = folder.log().unwrap();
    log.checkpoint().unwrap();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for to in 1..120 {
                append(&log, to * 50, 9);
                log.checkpoint().unwrap();
            }
        });
        let reader = FileStorage::open_read_only(&folder.0).unwrap();
        while !writer.is_finished() {
            let report = verify(&reader, log.verifier(), &[]).unwrap();
            assert_eq!(report.findings, []);
        }
    });
}

#[test]
fn a_copy_taken_while_writing_is_a_whole_log() {
    let (folder, copies) = (Folder::new(), Folder::new());
    let log = folder.log().unwrap();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for to in 1..80 {
                append(&log, to * 25, 5);
                log.checkpoint().unwrap();
            }
        });
        for number in 0.. {
            let copy = Folder(copies.0.join(number.to_string()));
            FileStorage::copy(&folder.0, &copy.0).unwrap();
            assert_eq!(copy.report(), []);
            let copied = copy.log().unwrap();
            append(&copied, copied.size() + 3, 3);
            if writer.is_finished() {
                break;
            }
        }
    });
}
