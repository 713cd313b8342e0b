use crate::child;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small disk in memory; unmounted when dropped.
struct Disk(PathBuf);

impl Disk {
    fn mount(folder: &Path) -> Option<Disk> {
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=40m", "tmpfs"]).arg(folder).output();
        mounted.is_ok_and(|output| output.status.success()).then(|| Disk(folder.to_path_buf()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// Writes are refused while the disk is full, and go on when there is room; none that was acknowledged is lost.
#[test]
fn a_full_disk_refuses_and_recovers() {
    let base = child::folder("full");
    let Some(disk) = Disk::mount(&base) else {
        eprintln!("no right to mount: the test of a full disk is left out");
        return;
    };
    let data = base.join("data");
    std::fs::create_dir_all(&data).unwrap();
    // Makes the tenant, in a process that ends.
    assert!(child::lost(&data, &Default::default()).is_empty());
    let ballast = base.join("ballast");
    fill(&ballast);
    let environment = [(child::REFUSALS, Path::new("20")), (child::BALLAST, &*ballast)];
    let mut process = child::start(&data, &environment);
    let (mut acknowledged, mut refused, mut freed, mut after) = (BTreeSet::new(), 0, false, 0);
    for line in BufReader::new(process.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        refused += usize::from(line.contains("refused"));
        freed |= line.contains("freed");
        if let Some((_, id)) = line.split_once("ack ") {
            acknowledged.insert(id.to_string());
            after += usize::from(freed);
        }
        if after >= 20 {
            break;
        }
    }
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(refused >= 20 && after >= 20, "{refused} refused; {after} written once there was room");
    assert_eq!(child::lost(&data, &acknowledged), Vec::<String>::new());
    drop(disk);
    std::fs::remove_dir_all(&base).unwrap();
}

/// Leaves some 2 MiB of the disk free.
fn fill(ballast: &Path) {
    let mut bytes = vec![0u8; 1 << 20];
    bytes.fill(7);
    let mut file = std::fs::File::create(ballast).unwrap();
    while std::io::Write::write_all(&mut file, &bytes).is_ok() {}
    let length = file.metadata().unwrap().len();
    file.set_len(length.saturating_sub(2 << 20)).unwrap();
}
