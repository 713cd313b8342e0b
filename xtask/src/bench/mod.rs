//! `cargo xtask bench policy`: what a decision costs (`policy.rs`).
//!
//! `cargo xtask bench web`: the app's goals in a browser, and the chart of a large record (`web`).
//!
//! `cargo xtask bench clinicians`: many people at work, and the proof that nothing is lost (`clinicians`).
//!
//! `cargo xtask bench booking`: a race for one room, and what the planner's questions cost (`booking`).
//!
//! `cargo xtask bench documents`: generating them, beside others who lay out the same words (`documents`).
//!
//! `cargo xtask bench fhir`: the store beside its peer and beside the limit, in one run.
//!
//! Servers: `medhub` (sealed, audited), Helios `hfs` if its path is given or found, and a bare axum route
//! that returns the same bytes. Rounds are interleaved; figures are medians over the rounds. The load comes
//! from this process over loopback, bounded in time and number of connections.

mod bare;
mod booking;
pub mod client;
mod clinic;
mod clinicians;
mod data;
mod documents;
mod load;
mod options;
mod peers;
mod policy;
/// A PostgreSQL of the bench's own, on a socket in a temporary folder.
#[path = "../../../crates/store/tests/conformance/private_postgres.rs"]
mod private_postgres;
mod report;
mod run;
mod stats;
mod web;
mod workloads;

use std::path::PathBuf;
use std::process::Command;

/// Builds everything with optimisation and runs the bench from the optimised binary.
pub fn start(args: &[String]) -> Result<(), String> {
    // With a program given nothing is built: it is the program's speed that counts here, not the bench's.
    if matches!(args.first().map(String::as_str), Some("web" | "clinicians" | "booking" | "documents"))
        && args.iter().any(|a| a == "--medhub")
    {
        return run(args);
    }
    let mut build = vec!["build", "--release", "-p", "xtask"];
    if !is_policy(args) {
        build.extend(["-p", "medhub"]);
    }
    let status = Command::new("cargo").args(build).status().map_err(|e| e.to_string())?;
    if !status.success() {
        return Err("the optimised build failed".into());
    }
    let xtask = target().join("release/xtask");
    let status = Command::new(xtask).arg("bench-run").args(args).status().map_err(|e| e.to_string())?;
    if status.success() { Ok(()) } else { Err("the bench did not finish".into()) }
}

/// The bench itself, in the optimised binary.
pub fn run(args: &[String]) -> Result<(), String> {
    if is_policy(args) {
        return policy::run();
    }
    match args.first().map(String::as_str) {
        Some("web") => return web::run(&args[1..]),
        Some("booking") => return booking::run(&args[1..]),
        Some("documents") => return documents::run(&args[1..]),
        Some("clinicians") => return clinicians::run(&args[1..]),
        _ => {}
    }
    let options = options::Options::parse(args)?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())?;
    runtime.block_on(run::run(&options))
}

fn is_policy(args: &[String]) -> bool {
    args.first().is_some_and(|what| what == "policy")
}

/// The bare route, started by the bench as a process of its own.
pub fn bare(args: &[String]) -> Result<(), String> {
    bare::serve(args)
}

/// The target folder, wherever it is.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}
