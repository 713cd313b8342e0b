use crate::child;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// After the first fsync that fails nothing more is acknowledged; after a restart all that was is there.
#[test]
fn nothing_is_acknowledged_after_a_failed_fsync() {
    let base = child::folder("fsync");
    let Some(library) = crate::power::shim(&base, "fsync_error.c") else { return };
    let data = base.join("data");
    std::fs::create_dir_all(&data).unwrap();
    // Makes the tenant, in a process that ends.
    assert!(child::lost(&data, &Default::default()).is_empty());
    let mut all = BTreeSet::new();
    for after in ["40", "101", "230"] {
        let environment = [
            ("LD_PRELOAD", &*library),
            ("FSYNC_FAILS_IN", &*data),
            ("FSYNC_FAILS_AFTER", Path::new(after)),
            (child::REFUSALS, Path::new("40")),
        ];
        let mut process = child::start(&data, &environment);
        let (mut refused, mut late) = (0, 0);
        for line in BufReader::new(process.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            refused += usize::from(line.contains("refused"));
            if let Some((_, id)) = line.split_once("ack ") {
                all.insert(id.to_string());
                // Three other tasks may say what was acknowledged before.
                late += usize::from(refused > 3);
            }
            if refused >= 40 {
                break;
            }
        }
        process.kill().unwrap();
        process.wait().unwrap();
        assert!(refused >= 40, "the child answers refusals: {refused}, fsync {after}");
        assert_eq!(late, 0, "acknowledged after the disk failed, fsync {after}");
        assert_eq!(child::lost(&data, &all), Vec::<String>::new(), "fsync {after}");
    }
    assert!(!all.is_empty());
    std::fs::remove_dir_all(&base).unwrap();
}
