use crate::child;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds a library to preload; `None` where there is no C compiler.
pub fn shim(folder: &Path, name: &str) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults").join(name);
    let library = folder.join(name).with_extension("so");
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(source)
        .arg("-ldl")
        .status();
    match built {
        Ok(status) if status.success() => Some(library),
        _ => {
            eprintln!("no C compiler: {name} is left out");
            None
        }
    }
}

/// After the power went, the disk holds only what was fsynced; every acknowledged write must be among it.
#[test]
fn no_acknowledged_write_is_lost_to_power_loss() {
    let base = child::folder("power");
    let Some(library) = shim(&base, "power_loss.c") else { return };
    let (data, disk) = (base.join("data"), base.join("disk"));
    std::fs::create_dir_all(&data).unwrap();
    // Makes the tenant, in a process that ends.
    assert!(child::lost(&data, &Default::default()).is_empty());
    for round in 0..3 {
        let _ = std::fs::remove_dir_all(&disk);
        copy(&data, &disk);
        let environment = [("LD_PRELOAD", &*library), ("POWER_LOSS_FROM", &*data), ("POWER_LOSS_TO", &*disk)];
        let acknowledged = child::kill_after(child::start(&data, &environment), 100 + 100 * round);
        let lost = child::lost(&disk, &acknowledged);
        assert_eq!(lost, Vec::<String>::new(), "of {} acknowledged, round {round}", acknowledged.len());
        std::fs::remove_dir_all(&data).unwrap();
        std::fs::rename(&disk, &data).unwrap();
    }
    std::fs::remove_dir_all(&base).unwrap();
}

/// The shim can fail a test: a file that is written and never fsynced is not on its disk.
#[test]
fn the_shim_drops_what_was_not_fsynced() {
    let base = child::folder("shim");
    let Some(library) = shim(&base, "power_loss.c") else { return };
    let (data, disk) = (base.join("data"), base.join("disk"));
    std::fs::create_dir_all(&data).unwrap();
    let script =
        format!("printf kept > {0}/kept && sync {0}/kept && printf lost > {0}/lost", data.to_str().unwrap());
    let status = Command::new("sh")
        .args(["-c", &script])
        .env("LD_PRELOAD", &library)
        .env("POWER_LOSS_FROM", &data)
        .env("POWER_LOSS_TO", &disk)
        .status()
        .unwrap();
    assert!(status.success());
    assert!(disk.join("kept").exists() && !disk.join("lost").exists());
    std::fs::remove_dir_all(&base).unwrap();
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
