//! The order of a run: for each size load the servers, then measure them in turn, round by round.

use super::client::Connection;
use super::data::{self, Record, Template};
use super::options::Options;
use super::peers::{self, Server};
use super::private_postgres::PrivatePostgres;
use super::report::Report;
use super::workloads::{self, Workload};
use super::{load, stats::Sample};
use std::rc::Rc;
use std::time::Instant;

/// Records that the requests name.
const SAMPLE: usize = 1000;

pub async fn run(options: &Options) -> Result<(), String> {
    let _ = std::fs::remove_dir_all(&options.scratch);
    std::fs::create_dir_all(&options.scratch).map_err(|e| e.to_string())?;
    let templates = data::templates(&options.synthea)?;
    let mut report = Report::default();
    for &size in &options.patients {
        one_size(options, &templates, size, &mut report).await?;
    }
    report.print(["medhub", "helios", "bare axum"]);
    if options.postgres {
        let mut report = Report::default();
        for &size in &options.patients {
            one_size_on_postgres(options, &templates, size, &mut report).await?;
        }
        report.print(["medhub on PostgreSQL", "helios on PostgreSQL", "bare axum"]);
    }
    Ok(())
}

async fn one_size(
    options: &Options,
    templates: &[Template],
    size: usize,
    report: &mut Report,
) -> Result<(), String> {
    eprintln!("{size} patients");
    let _ = std::fs::remove_dir_all(options.scratch.join("medhub"));
    let mut servers = vec![peers::medhub("medhub", &options.scratch, 18181, None).await?];
    if size <= options.peer_patients_max {
        servers.extend(peers::helios("helios", options, 18182, None).await?);
    }
    measure_all(options, templates, size, servers, report).await
}

async fn one_size_on_postgres(
    options: &Options,
    templates: &[Template],
    size: usize,
    report: &mut Report,
) -> Result<(), String> {
    eprintln!("{size} patients, PostgreSQL");
    let settings = [("shared_buffers", "512MB"), ("max_wal_size", "2GB")];
    // One cluster each, so that neither's background work is in the other's way or size.
    let ours = PrivatePostgres::start_with(&settings).ok_or("PostgreSQL is not installed")?;
    // Helios reads no socket's folder from an address, so its cluster listens on loopback.
    let loopback = [settings.as_slice(), &[("listen_addresses", "127.0.0.1"), ("port", "18186")]].concat();
    let _theirs = PrivatePostgres::start_with(&loopback).ok_or("PostgreSQL is not installed")?;
    let theirs = "postgres://medhub@127.0.0.1:18186/postgres";
    let name = "medhub on PostgreSQL";
    let mut servers = vec![peers::medhub(name, &options.scratch, 18184, Some(&ours.url())).await?];
    if size <= options.peer_patients_max {
        let name = "helios on PostgreSQL";
        servers.extend(peers::helios(name, options, 18185, Some(theirs)).await?);
    }
    measure_all(options, templates, size, servers, report).await
}

async fn measure_all(
    options: &Options,
    templates: &[Template],
    size: usize,
    mut servers: Vec<Server>,
    report: &mut Report,
) -> Result<(), String> {
    for server in &servers {
        fill(templates, size, server, report).await?;
    }
    let stride = (size / SAMPLE).max(1);
    let sample: Vec<Record> = (0..size).step_by(stride).map(|n| data::record(templates, n)).collect();
    let text = &sample.first().and_then(|r| r.resources.first()).ok_or("no patient")?.2;
    servers.push(peers::bare(&options.scratch, 18183, text.as_bytes()).await?);
    for round in 0..options.rounds {
        for server in &servers {
            for workload in rows(server, &sample) {
                measure(options, size, server, workload, round, report).await?;
            }
        }
    }
    Ok(())
}

fn rows(server: &Server, sample: &[Record]) -> Vec<Workload> {
    let (base, headers) = (server.base.as_str(), server.headers.as_slice());
    let mut rows = vec![workloads::read(base, headers, sample)];
    if server.name != "bare axum" {
        rows.extend(workloads::searches(base, headers, sample));
        rows.push(workloads::creates(base, headers, sample));
    }
    rows
}

async fn measure(
    options: &Options,
    size: usize,
    server: &Server,
    workload: Workload,
    round: usize,
    report: &mut Report,
) -> Result<(), String> {
    if options.only.as_ref().is_some_and(|only| !workload.name.contains(only.as_str())) {
        return Ok(());
    }
    check(server, &workload).await?;
    let requests = Rc::new(workload.requests);
    let start = round * requests.len() / options.rounds;
    match load::run(server.port, &requests, options.connections, options.seconds, false, start).await {
        Ok(sample) => report.add(size, workload.name, server.name, sample),
        Err(error) => report.notes.push(format!("{} on {}: {error}", workload.name, server.name)),
    }
    Ok(())
}

/// Sends the first request once and shows what an error says.
async fn check(server: &Server, workload: &Workload) -> Result<(), String> {
    let mut connection = Connection::open(server.port).await.map_err(|e| format!("{}: {e}", server.name))?;
    let Some(first) = workload.requests.first() else { return Ok(()) };
    let answer = connection.send(first, true).await.map_err(|e| format!("{}: {e}", server.name))?;
    if answer.status >= 300 {
        let text = String::from_utf8_lossy(&answer.body);
        eprintln!(
            "  {} {}: {} {}",
            server.name,
            workload.name,
            answer.status,
            text.chars().take(300).collect::<String>()
        );
    }
    Ok(())
}

/// Loads a clinic as transactions, and measures that too.
async fn fill(
    templates: &[Template],
    size: usize,
    server: &Server,
    report: &mut Report,
) -> Result<(), String> {
    let before = server.bytes_on_disk();
    let (mut done, mut resources, begun) = (0, 0, Instant::now());
    let mut errors = 0;
    while done < size {
        let step = (size - done).min(500);
        let workload = workloads::bundles(&server.base_or_root(), &server.headers, templates, done, step);
        if done == 0 {
            check(server, &workload).await?;
        }
        resources += workload.requests.iter().map(|r| r.units).sum::<usize>();
        let sample = load::run(server.port, &Rc::new(workload.requests), 8, 3600.0, true, 0).await?;
        errors += sample.errors;
        done += step;
        eprint!("\r  {}: {done} of {size} patients, {resources} resources", server.name);
    }
    eprintln!();
    let seconds = begun.elapsed().as_secs_f64();
    report.add(
        size,
        "transaction bundles (entries)",
        server.name,
        Sample { per_second: resources as f64 / seconds, p50_us: 0.0, p99_us: 0.0, errors },
    );
    let memory = server.memory_mb();
    if server.name.contains("PostgreSQL") {
        report.notes.push(format!(
            "{} at {size} patients: {resources} resources, {memory:.0} MB resident.",
            server.name
        ));
        return Ok(());
    }
    let bytes = server.bytes_on_disk().saturating_sub(before) / resources as u64;
    report.notes.push(format!(
        "{} at {size} patients: {resources} resources, {bytes} bytes on disk each, {memory:.0} MB resident after loading.",
        server.name
    ));
    Ok(())
}

impl Server {
    fn base_or_root(&self) -> String {
        if self.base.is_empty() { "/".into() } else { self.base.clone() }
    }
}
