//! `cargo xtask bench web [--medhub PROGRAM] [--replays 200] [--synthea FOLDER --patients N]`: the goals of the app in
//! headless Chromium (`web/e2e/measure.mjs`), and the chart of a patient with 2,000 encounters: what the browser
//! waits for, and what its requests cost the server when they are asked again and again. With a folder of
//! synthetic patients the chart is measured once more in a clinic of that size.

mod chart;
mod fill;

pub use chart::{Asked, asked};

use super::clinic::Clinic;
use fhir::{Json, json};
use std::path::{Path, PathBuf};

const USAGE: &str =
    "usage: cargo xtask bench web [--medhub PROGRAM] [--replays 200] [--synthea FOLDER --patients N]";

struct Options {
    medhub: PathBuf,
    replays: usize,
    synthea: Option<PathBuf>,
    patients: usize,
}

impl Options {
    fn parse(args: &[String]) -> Result<Options, String> {
        let medhub = super::target().join("release/medhub");
        let mut options = Options { medhub, replays: 200, synthea: None, patients: 0 };
        let mut args = args.iter();
        while let Some(flag) = args.next() {
            let value = args.next().ok_or(USAGE)?;
            match flag.as_str() {
                "--medhub" => options.medhub = value.into(),
                "--replays" => options.replays = value.parse().map_err(|_| USAGE)?,
                "--synthea" => options.synthea = Some(value.into()),
                "--patients" => options.patients = value.parse().map_err(|_| USAGE)?,
                _ => return Err(USAGE.into()),
            }
        }
        if options.synthea.is_some() != (options.patients > 0) {
            return Err(format!("--synthea and --patients belong together\n{USAGE}"));
        }
        Ok(options)
    }
}

/// Prints the tables in Markdown.
///
/// # Errors
/// The server or the browser cannot be started; a step of the app that fails is a row of the table.
pub fn run(args: &[String]) -> Result<(), String> {
    let options = Options::parse(args)?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())?;
    runtime.block_on(measure(&options))
}

async fn measure(options: &Options) -> Result<(), String> {
    let clinic = Clinic::start(&options.medhub).await?;
    let (ready, memory) = (clinic.ready.as_secs_f64(), clinic.memory_mb());
    let seen = browse(&clinic, "all")?;
    println!("| task | goal | found | reached |\n|---|---|---|---|");
    row("first run: sample clinic ready", "< 10 s", &format!("{ready:.1} s"), ready < 10.0);
    row("resident memory when ready", "< 300 MB", &format!("{memory:.0} MB"), memory < 300.0);
    for line in seen.each("rows") {
        let text = |name: &str| line.get_str(name).unwrap_or("–").to_string();
        let reached = line.get("reached").and_then(Json::as_bool).unwrap_or(false);
        row(&text("task"), &text("goal"), &text("found"), reached);
    }
    chart::report(&clinic, &seen, options.replays, "the sample clinic").await?;
    if let Some(folder) = &options.synthea {
        fill::fill(&clinic, folder, options.patients).await?;
        let seen = browse(&clinic, "chart")?;
        let place = format!("{} more patients", options.patients);
        chart::report(&clinic, &seen, options.replays, &place).await?;
    }
    println!("\nResident memory at the end: {:.0} MB.", clinic.memory_mb());
    Ok(())
}

fn row(task: &str, goal: &str, found: &str, reached: bool) {
    let word = if reached { "yes" } else { "no" };
    println!("| {task} | {goal} | {} | {word} |", found.replace('|', "/"));
}

/// What the browser saw.
///
/// # Errors
/// Node or Chromium cannot be started.
pub fn browse(clinic: &Clinic, what: &str) -> Result<Json<'static>, String> {
    let file = clinic.file("measure.json");
    let status = std::process::Command::new("node")
        .args([Path::new("web/e2e/measure.mjs").as_os_str(), what.as_ref(), file.as_os_str()])
        .env("MEDHUB_URL", format!("http://127.0.0.1:{}", clinic.port))
        .stdout(std::process::Stdio::null())
        .status()
        .map_err(|e| format!("node: {e}"))?;
    if !status.success() {
        return Err(
            "the browser did not finish (Node and Chromium are needed: `make test` installs them)".into()
        );
    }
    let text = std::fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    json::parse(&text).map(Json::into_owned).map_err(|e| e.to_string())
}
