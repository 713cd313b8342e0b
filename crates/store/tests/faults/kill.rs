use crate::child;

/// Killed five times on the same data: every acknowledged write is there each time.
#[test]
fn no_acknowledged_write_is_lost_to_kill_9() {
    let data = child::folder("kill");
    let mut all = std::collections::BTreeSet::new();
    for round in 0..5 {
        all.extend(child::kill_after(child::start(&data, &[]), 50 + 70 * round));
        assert_eq!(child::lost(&data, &all), Vec::<String>::new(), "round {round}");
    }
    std::fs::remove_dir_all(&data).unwrap();
}
