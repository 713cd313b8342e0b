//! Tree, proofs and tiles against the definitions of RFC 6962, written down naively.

use crate::hash::{empty_root, root_of};
use crate::*;
use std::sync::Arc;

fn entries(size: usize) -> Vec<Vec<u8>> {
    (0..size).map(|n| format!("entry {n}").into_bytes()).collect()
}

fn root(entries: &[Vec<u8>]) -> Hash {
    let leaves: Vec<Hash> = entries.iter().map(|e| leaf_hash(e)).collect();
    root_of(&leaves)
}

fn hex(hash: &Hash) -> String {
    hash.iter().map(|b| format!("{b:02x}")).collect()
}

fn signer() -> Signer {
    Signer::new("medhub/test", &[3; 32]).unwrap()
}

#[test]
fn known_roots() {
    // The test vectors of the Certificate Transparency implementations.
    assert_eq!(hex(&empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let inputs: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let mut tree = Tree::new();
    let mut roots = Vec::new();
    for input in inputs {
        tree.push(leaf_hash(input));
        roots.push(hex(&tree.root()));
    }
    assert_eq!(roots[0], "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assert_eq!(roots[7], "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

#[test]
fn the_growing_tree_has_the_defined_root() {
    let all = entries(1030);
    let mut tree = Tree::new();
    for size in 0..all.len() {
        if size < 20 || size % 37 == 0 || size.abs_diff(256) < 3 || size.abs_diff(512) < 3 {
            assert_eq!(tree.root(), root(&all[..size]), "{size}");
        }
        tree.push(leaf_hash(&all[size]));
    }
}

#[test]
fn proofs_hold_and_false_ones_do_not() {
    let all = entries(700);
    let log = Log::open(Arc::new(MemoryStorage::new()), signer()).unwrap();
    log.append(&all).unwrap();
    log.checkpoint().unwrap();
    for size in [1u64, 2, 3, 7, 8, 255, 256, 257, 512, 699, 700] {
        let whole = root(&all[..size as usize]);
        for index in [0, 1, 2, 3, 6, 200, 255, 256, 511, 698, 699].into_iter().filter(|i| *i < size) {
            let proof = log.inclusion(index, size).unwrap();
            let leaf = leaf_hash(&all[index as usize]);
            assert!(inclusion_verify(&leaf, index, size, &proof, &whole), "{index} of {size}");
            assert!(!inclusion_verify(&leaf, index, size, &proof, &leaf_hash(b"")));
            assert!(!inclusion_verify(&leaf_hash(b""), index, size, &proof, &whole));
            assert!(!inclusion_verify(&leaf, index + 1, size, &proof, &whole) || size == 1);
            if !proof.is_empty() {
                assert!(!inclusion_verify(&leaf, index, size, &proof[1..], &whole));
            }
        }
        for old in [1u64, 2, 3, 7, 8, 255, 256, 257, 512, 699, 700].into_iter().filter(|o| *o <= size) {
            let proof = log.consistency(old, size).unwrap();
            let before = root(&all[..old as usize]);
            assert!(consistency_verify(old, &before, size, &whole, &proof), "{old} in {size}");
            assert!(old == size || !consistency_verify(old, &whole, size, &whole, &proof));
            assert!(!consistency_verify(old, &before, size, &leaf_hash(b""), &proof));
        }
    }
    assert!(log.inclusion(700, 700).is_err());
    assert!(log.inclusion(0, 701).is_err());
    assert!(log.consistency(0, 700).is_err());
}

#[test]
fn files_have_the_layout_of_tlog_tiles() {
    let all = entries(600);
    let log = Log::open(Arc::new(MemoryStorage::new()), signer()).unwrap();
    log.append(&all).unwrap();
    log.checkpoint().unwrap();
    let note = String::from_utf8(log.file("checkpoint").unwrap().unwrap()).unwrap();
    let checkpoint = Checkpoint::open(&note, log.verifier()).unwrap();
    assert_eq!((checkpoint.size, checkpoint.root), (600, root(&all)));

    let tile = log.file("tile/0/001").unwrap().unwrap();
    assert_eq!(tile.len(), 256 * 32);
    assert_eq!(tile[..32], leaf_hash(&all[256]));
    let upper = log.file("tile/1/000.p/2").unwrap().unwrap();
    assert_eq!(upper[32..], root(&all[256..512]));
    let bundle = log.file("tile/entries/002.p/88").unwrap().unwrap();
    assert_eq!(bundle[..11], [&[0, 9], &b"entry 512"[..]].concat());
    for missing in ["tile/0/002", "tile/0/002.p/89", "tile/1/000", "tile/entries/002", "tile/9/000", "x"] {
        assert!(log.file(missing).unwrap().is_none(), "{missing}");
    }
}

#[test]
fn an_opened_log_continues_where_it_was() {
    let (all, storage) = (entries(900), Arc::new(MemoryStorage::new()));
    let log = Log::open(storage.clone(), signer()).unwrap();
    assert_eq!(log.append(&all[..300]).unwrap(), 0);
    log.checkpoint().unwrap();
    // 200 more without a checkpoint, as after a crash.
    assert_eq!(log.append(&all[300..500]).unwrap(), 300);
    let log = Log::open(storage.clone(), signer()).unwrap();
    assert_eq!(log.size(), 500);
    // Another node's entries are hashed when ours are appended after them.
    storage.append(&all[500..600], &[]).unwrap();
    assert_eq!(log.append(&all[600..]).unwrap(), 600);
    assert_eq!(log.checkpoint().unwrap().root, root(&all));
    assert!(verify(&*storage, log.verifier(), &[]).unwrap().is_sound());
}

#[test]
fn a_failed_append_adds_nothing() {
    let storage = Arc::new(MemoryStorage::new());
    let log = Log::open(storage.clone(), signer()).unwrap();
    storage.fail(true);
    assert!(log.append(&entries(3)).is_err());
    storage.fail(false);
    assert_eq!(log.append(&entries(3)).unwrap(), 0);
    assert!(log.append(&[vec![0; 65_536]]).is_err());
    assert!(log.append(&[Vec::new()]).is_err());
    assert_eq!(log.size(), 3);
}
