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
    assert_eq!(two.append(&[b"x".to_vec()], &[]).unwrap(), 2, "the nodes share one log");
    assert_eq!((one.size().unwrap(), two.size().unwrap()), (3, 3));
    assert_eq!(entries(&one, 0), [(0, b"a".to_vec()), (1, Vec::new()), (2, b"x".to_vec())]);
    assert_eq!(entries(&one, 2), [(2, b"x".to_vec())]);
    assert_eq!(one.append(&[], &[]).unwrap(), 3);
    let many: Vec<Vec<u8>> = (0..2500u32).map(|n| n.to_be_bytes().to_vec()).collect();
    assert_eq!(two.append(&many, &[]).unwrap(), 3);
    assert_eq!(entries(&one, 3).len(), 2500);

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
    assert!(two.hashes(0, 5, 1).unwrap() == hashes[5..6]);

    assert_eq!(one.checkpoint().unwrap(), None);
    one.checkpoint_put(3, "three").unwrap();
    one.checkpoint_put(2, "two").unwrap();
    assert_eq!(one.checkpoint().unwrap().as_deref(), Some("three"), "never back to a smaller log");
    one.checkpoint_put(4, "four").unwrap();
    assert_eq!(one.checkpoints().unwrap(), ["three", "four"]);

    assert_eq!(two.checkpoint().unwrap().as_deref(), Some("four"));
}

/// Several nodes at once: no place is given twice, none is left out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_append_in_turn() {
    let Some(cluster) = cluster().await else { return };
    let mut nodes = Vec::new();
    for name in ["a", "b", "c"] {
        nodes.push(cluster.ledger("log-turn", name).await.unwrap());
    }
    std::thread::scope(|scope| {
        for node in &nodes {
            scope.spawn(move || {
                for n in 0..40usize {
                    let entries = vec![n.to_be_bytes().to_vec(); 1 + n % 3];
                    let first = node.append(&entries, &[]).unwrap();
                    assert_eq!(self::entries(node, first)[0].1, entries[0]);
                }
            });
        }
    });
    let all = entries(&nodes[0], 0);
    assert!(all.iter().map(|(place, _)| *place).eq(0..nodes[1].size().unwrap()));
}
