//! `cargo xtask access-matrix`: who may do what, asked of a running server over HTTP.
//!
//! Each cell is one request: an actor (role, purpose, break-glass), an action, and a record with a relation to
//! the actor (stranger, in their care, at their place, their own, opposed, …, of another tenant). Actions come
//! from the server's own CapabilityStatement and OpenAPI. What is expected comes from the policies (crate
//! `policy`), from `types.txt` (which group a type belongs to) and `verbs.txt` (who may use a verb of the API);
//! an action that these do not know is a failure, not a gap.

mod cell;
mod oracle;
mod records;
mod seeds;
mod server;
mod tally;
mod types;
mod verbs;
mod world;

use crate::bench::client::Connection;
use server::Server;
use std::path::PathBuf;
use std::sync::Arc;
use tally::Tally;
use world::World;

const USAGE: &str = "usage: cargo xtask access-matrix [--medhub PATH]";

/// Starts a server on an empty folder, fills it and asks everything.
///
/// # Errors
/// How many cells answered otherwise than expected.
pub fn run(args: &[String]) -> Result<(), String> {
    let binary = match args {
        [] => build()?,
        [flag, path] if flag == "--medhub" => PathBuf::from(path),
        _ => return Err(USAGE.into()),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| e.to_string())?;
    runtime.block_on(ask(&binary))
}

fn build() -> Result<PathBuf, String> {
    let status = std::process::Command::new("cargo")
        .args(["build", "-q", "--locked", "-p", "medhub"])
        .status()
        .map_err(|e| e.to_string())?;
    if status.success() {
        Ok(crate::bench::target().join("debug/medhub"))
    } else {
        Err("the build failed".into())
    }
}

async fn ask(binary: &std::path::Path) -> Result<(), String> {
    let began = std::time::Instant::now();
    let mut server = Server::prepare(binary)?;
    let world = Arc::new(World::new(&server)?);
    server.start()?;
    let port = server.port;
    world.fill(port).await?;
    println!("{} actors, {} records, on {}", world.actors.len(), world.records.len(), server.version());
    let mut tasks = Vec::new();
    for at in 0..world.actors.len() {
        let world = world.clone();
        tasks.push(tokio::spawn(async move {
            let mut tally = Tally::default();
            let mut wire = cell::Wire::open(port).await?;
            let actor = &world.actors[at];
            records::ask(&world, actor, &mut wire, &mut tally).await?;
            if actor.is_plain() {
                types::ask(&world, actor, &mut wire, &mut tally).await?;
                verbs::ask(&world, actor, &mut wire, &mut tally).await?;
            }
            Ok::<Tally, String>(tally)
        }));
    }
    let mut tally = Tally::default();
    for task in tasks {
        tally.add(task.await.map_err(|e| e.to_string())??);
    }
    tally.print(began.elapsed());
    match tally.wrong() {
        0 => Ok(()),
        n => Err(format!("{n} cells answered otherwise than expected")),
    }
}

/// A connection to the server.
async fn connect(port: u16) -> Result<Connection, String> {
    Connection::open(port).await.map_err(|e| format!("the server does not answer: {e}"))
}
