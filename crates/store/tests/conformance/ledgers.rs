//! The audit log's storage on PostgreSQL.

use crate::targets::cluster;
use ledger::{Hash, Storage};
use std::ops::ControlFlow;

fn entries(storage: &dyn Storage, from: u64) -> Vec<(u64, Vec<u8>)> {
    let mut found = Vec::new();
    let mut visit = |number: u64, entry: &[u8]| {
        found.push((number, entry.to_vec()));
        ControlFlow::Continue(())
    };
    storage.scan(from, &mut visit).unwrap();
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn entries_hashes_and_checkpoints() {
    let Some(cluster) = cluster().await else { return };
    let one = cluster.ledger("log", "one").await.unwrap();
    let two = cluster.ledger("log", "two").await.unwrap();
    assert_eq!(one.size().unwrap(), 0);
    assert_eq!(one.append(&[b"a".to_vec(), Vec::new()], &[]).unwrap(), 0);
    assert_eq!(two.append(&[b"x".to_vec()], &[]).unwrap(), 0, "each node has its own log");
    assert_eq!(one.append(&[b"c".to_vec()], &[]).unwrap(), 2);
    assert_eq!(entries(&one, 0), [(0, b"a".to_vec()), (1, Vec::new()), (2, b"c".to_vec())]);
    assert_eq!(entries(&one, 2), [(2, b"c".to_vec())]);
    let many: Vec<Vec<u8>> = (0..2500u32).map(|n| n.to_be_bytes().to_vec()).collect();
    assert_eq!(two.append(&many, &[]).unwrap(), 1);
    assert_eq!(entries(&two, 1).len(), 2500);

    let hash = |n: u32| -> Hash { std::array::from_fn(|i| if i < 4 { n.to_be_bytes()[i] } else { 9 }) };
    let hashes: Vec<Hash> = (0..700).map(hash).collect();
    assert!(one.hashes_put(0, 5, &hashes[5..6]).is_err(), "no gaps");
    one.hashes_put(0, 0, &hashes[..3]).unwrap();
    one.hashes_put(0, 3, &hashes[3..300]).unwrap();
    one.hashes_put(0, 250, &hashes[250..]).unwrap();
    one.hashes_put(1, 0, &hashes[..2]).unwrap();
    assert!(one.hashes(0, 0, 1000).unwrap() == hashes);
    assert!(one.hashes(0, 255, 3).unwrap() == hashes[255..258]);
    assert!(one.hashes(0, 699, 5).unwrap() == hashes[699..]);
    assert!(one.hashes(1, 0, 9).unwrap() == hashes[..2]);
    assert!(one.hashes(2, 0, 9).unwrap().is_empty());
    assert!(two.hashes(0, 0, 9).unwrap().is_empty());

    assert_eq!(one.checkpoint().unwrap(), None);
    one.checkpoint_put(3, "three").unwrap();
    one.checkpoint_put(2, "two").unwrap();
    assert_eq!(one.checkpoint().unwrap().as_deref(), Some("three"), "never back to a smaller log");
    one.checkpoint_put(4, "four").unwrap();
    assert_eq!(one.checkpoints().unwrap(), ["three", "four"]);

    drop(one);
    let again = cluster.ledger("log", "one").await.unwrap();
    assert_eq!(again.size().unwrap(), 3);
    assert_eq!(again.append(&[b"d".to_vec()], &[]).unwrap(), 3);
    // A second process under the same name: its entry would take the place of one that is there.
    let twin = cluster.ledger("log", "one").await.unwrap();
    assert_eq!(twin.append(&[b"e".to_vec()], &[]).unwrap(), 4);
    assert!(again.append(&[b"f".to_vec()], &[]).is_err());
    assert_eq!(entries(&again, 4), [(4, b"e".to_vec())]);
}
