use super::*;
use crate::{Log, MemoryStorage, Signer};
use Damage::*;
use proptest::prelude::*;
use std::sync::Arc;

fn signer() -> Signer {
    Signer::new("medhub/test", &[3; 32]).unwrap()
}

fn entry(number: usize) -> Vec<u8> {
    format!("entry {number}").into_bytes()
}

/// A log of so many entries, all signed.
fn log(size: usize) -> Arc<MemoryStorage> {
    let storage = Arc::new(MemoryStorage::new());
    let log = Log::open(storage.clone(), signer()).unwrap();
    for part in (0..size).collect::<Vec<_>>().chunks(300) {
        log.append(&part.iter().map(|n| entry(*n)).collect::<Vec<_>>()).unwrap();
        log.checkpoint().unwrap();
    }
    storage
}

fn examine(storage: &MemoryStorage) -> Vec<(Damage, u64, u64)> {
    let report = verify(storage, &signer().verifier().unwrap(), &[]).unwrap();
    report.findings.iter().map(|f| (f.damage, f.first, f.last)).collect()
}

#[test]
fn an_untouched_log_is_sound() {
    for size in [0, 1, 255, 256, 257, 1000] {
        assert_eq!(examine(&log(size)), [], "{size}");
    }
}

#[test]
fn each_kind_of_tampering_is_named_with_its_entry() {
    let storage = log(1000);
    storage.tamper(|e| e[700] = b"forged".to_vec());
    assert_eq!(examine(&storage), [(Changed, 700, 700)]);

    let storage = log(1000);
    storage.tamper(|e| drop(e.remove(0)));
    assert_eq!(examine(&storage), [(Deleted, 0, 0)]);

    let storage = log(1000);
    storage.tamper(|e| drop(e.drain(300..303)));
    assert_eq!(examine(&storage), [(Deleted, 300, 302)]);

    let storage = log(1000);
    storage.tamper(|e| e.truncate(990));
    assert_eq!(examine(&storage), [(Truncated, 990, 999)]);

    let storage = log(1000);
    storage.tamper(|e| e.clear());
    assert_eq!(examine(&storage), [(Truncated, 0, 999)]);

    let storage = log(1000);
    storage.tamper(|e| e.swap(10, 900));
    assert_eq!(examine(&storage), [(Reordered, 10, 10), (Reordered, 900, 900)]);

    let storage = log(1000);
    storage.tamper(|e| e.insert(5, b"forged".to_vec()));
    assert_eq!(examine(&storage), [(Inserted, 5, 5)]);

    let storage = log(1000);
    storage.tamper(|e| {
        e[998] = b"forged".to_vec();
        e.truncate(999);
        e.remove(20);
    });
    assert_eq!(examine(&storage), [(Deleted, 20, 20), (Changed, 998, 998), (Truncated, 999, 999)]);
}

#[test]
fn stored_hashes_and_checkpoints_are_examined_too() {
    let storage = log(1000);
    storage.tamper_hashes(0, |hashes| hashes[17][0] ^= 1);
    assert_eq!(examine(&storage), [(HashesChanged, 17, 17)]);

    let storage = log(1000);
    storage.tamper_hashes(1, |hashes| hashes[1][0] ^= 1);
    assert_eq!(examine(&storage), [(HashesChanged, 0, 999)]);

    // Entry and its hash changed together: found, and narrowed down by the checkpoints at 300, 600, 900, 1000.
    let storage = log(1000);
    storage.tamper(|e| e[650] = b"forged".to_vec());
    storage.tamper_hashes(0, |hashes| hashes[650] = leaf_hash(b"forged"));
    assert_eq!(examine(&storage), [(Rewritten, 600, 899)]);

    let (forged, real) = (log(1000), log(1000));
    let note = real.checkpoint().unwrap().unwrap().replace("1000", "1001");
    forged.checkpoint_put(1001, &note).unwrap();
    assert_eq!(examine(&forged)[0].0, CheckpointForged);

    // Everything rolled back to an older state: only a checkpoint kept elsewhere tells.
    let old = log(600);
    let known = vec![real.checkpoint().unwrap().unwrap()];
    let report = verify(&*old, &signer().verifier().unwrap(), &known).unwrap();
    assert_eq!(report.findings[0], Finding { damage: CheckpointMissing, first: 1000, last: 1000 });
    assert!(report.findings.len() > 1);
}

#[test]
fn a_log_rewritten_by_someone_without_the_key_is_found() {
    let storage = log(1000);
    let other = Arc::new(MemoryStorage::new());
    let log = Log::open(other.clone(), Signer::new("medhub/test", &[4; 32]).unwrap()).unwrap();
    log.append(&(0..1000).map(entry).collect::<Vec<_>>()).unwrap();
    log.checkpoint().unwrap();
    let verifier = signer().verifier().unwrap();
    let known = vec![storage.checkpoint().unwrap().unwrap()];
    let report = verify(&*other, &verifier, &known).unwrap();
    assert!(report.findings.iter().any(|f| f.damage == CheckpointForged));
    assert!(Log::open(other, signer()).is_err());
}

proptest! {
    /// Whatever is done to the entries, the report is sound only if nothing was done.
    #[test]
    fn nothing_goes_unnoticed(size in 1usize..600, acts in prop::collection::vec((0u8..5, any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..6)) {
        let storage = log(size);
        let mut after = Vec::new();
        storage.tamper(|e| {
            for (act, a, b) in &acts {
                if e.is_empty() { break }
                let (a, b) = (a.index(e.len()), b.index(e.len()));
                match act {
                    0 => e[a].push(b'!'),
                    1 => drop(e.remove(a)),
                    2 => e.swap(a, b),
                    3 => e.truncate(a),
                    _ => e.insert(a, format!("forged {b}").into_bytes()),
                }
            }
            after = e.clone();
        });
        let before: Vec<_> = (0..size).map(entry).collect();
        let touched = after.len() < before.len() || after[..size] != before[..];
        prop_assert_eq!(!examine(&storage).is_empty(), touched);
    }
}
