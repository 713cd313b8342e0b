//! Makes the folder of the web app where it was not built, so that the program compiles without it, and
//! tells the program which commit it is of.

use std::path::Path;
use std::process::Command;

fn main() {
    // Asked when it runs: several checkouts that share a target folder share this program too.
    let crate_folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let root = Path::new(&crate_folder).join("../..");
    let dist = root.join("web/dist");
    if let Err(error) = std::fs::create_dir_all(&dist) {
        println!("cargo::warning=the folder of the web app cannot be made: {error}");
    }
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-changed={}", root.join(".git/logs/HEAD").display());
    println!("cargo::rustc-env=MEDHUB_COMMIT={}", git(&root, "%h"));
    println!("cargo::rustc-env=MEDHUB_COMMIT_DATE={}", git(&root, "%cI"));
}

/// One field of the last commit; empty outside a checkout.
fn git(root: &Path, format: &str) -> String {
    let output =
        Command::new("git").arg("-C").arg(root).args(["log", "-1", &format!("--format={format}")]).output();
    match output {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).trim().to_string(),
        _ => String::new(),
    }
}
