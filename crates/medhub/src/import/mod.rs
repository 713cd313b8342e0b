//! `medhub import`: FHIR resources from files, folders and archives into a tenant.
//!
//! A reading thread walks the sources and cuts them into batches; two committing tasks parse and write them,
//! so that reading, validating and the store's own writer overlap. Memory is bounded by the batches in
//! flight. What is refused goes to a report with its place and the reason, never with its content.

mod batch;
mod bundle;
mod pipeline;
mod progress;
mod reader;
mod report;
mod resume;
mod source;

pub use batch::{Batch, Place, Unit};
pub use pipeline::commit_all;
pub use report::Report;

use crate::cli;
use crate::config::Config;
use crate::failure::{Failure, Result};
use crate::install;
use progress::Progress;
use resume::Resume;
use std::path::Path;
use std::sync::Arc;
use store::Ctx;

pub async fn run(config: &Config, args: &cli::Import) -> Result<()> {
    let _lock = install::lock(config)?;
    let hub = install::hub_existing(config).await?;
    let catalog = crate::catalog(identity::Parts::default(), crate::channels::none())?;
    hub.rules_set(catalog.rules());
    let tenant = hub.tenant(&args.tenant).await?;
    let files = source::files(&args.paths)?;
    if files.is_empty() {
        return Err(Failure::text("there is no .json, .ndjson, .gz or .zip in these paths"));
    }
    let resume = Arc::new(Resume::open(&config.data, &args.tenant, &files, args.restart)?);
    let names = files.iter().map(|f| f.path.display().to_string()).collect();
    let report_file = args.report.clone().unwrap_or_else(|| config.data.join("import-report.ndjson"));
    let report = Arc::new(Report::create(&report_file, resume.is_fresh(), names)?);
    let progress = Progress::start(&files, &resume);
    let (sender, batches) = tokio::sync::mpsc::channel::<Batch>(4);
    let reading = {
        let (files, resume, progress) = (files.clone(), resume.clone(), progress.clone());
        tokio::task::spawn_blocking(move || reader::read_all(&files, &resume, &progress, &sender))
    };
    let ctx = Ctx { clock: hub.clock().clone(), ids: hub.ids().clone(), ..Ctx::system("import") };
    let written = commit_all(&tenant, &ctx, batches, &report, Some((&resume, &progress))).await;
    let read = reading.await.map_err(|_| Failure::text("reading stopped unexpectedly"))?;
    progress.finish();
    written?;
    read?;
    resume.finish();
    summary(&progress, &report, &report_file)
}

fn summary(progress: &Progress, report: &Report, file: &Path) -> Result<()> {
    let (count, seconds) = (report.written(), progress.seconds());
    let rate = if seconds > 0.0 { count as f64 / seconds } else { 0.0 };
    println!("{count} resources imported in {seconds:.1} s ({rate:.0} a second)");
    let refused = report.refused();
    if refused == 0 {
        return Ok(());
    }
    println!("{refused} refused; places and reasons: {}", file.display());
    for (key, count, sentence) in report.reasons().into_iter().take(10) {
        println!("  {count:>7} × {key}: {sentence}");
    }
    Ok(())
}

#[cfg(test)]
mod tests;
