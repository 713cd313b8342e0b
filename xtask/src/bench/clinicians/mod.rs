//! `cargo xtask bench clinicians [--medhub PROGRAM] [--count 200] [--seconds 120] [--think 3]`: people at work in the
//! sample clinic, each with a session and a connection of its own. They look for a patient, open the chart (the
//! requests that the browser sends, recorded first), write a note that is saved while it is typed, sign it, take a
//! result into account, book a consultation. Then the proof: what was acknowledged is read back, every request
//! about a record stands in the audit trail, and nothing failed.

mod person;
mod proof;
mod tally;
mod work;

pub use work::instant;

use super::clinic::Clinic;
use super::web::{Asked, asked, browse};
use person::{People, Person};
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tally::Tally;

const USAGE: &str =
    "usage: cargo xtask bench clinicians [--medhub PROGRAM] [--count 200] [--seconds 120] [--think 3]";
/// A signature needs a factor that was given in the last five minutes: nobody signs in again meanwhile.
const SECONDS_MAX: u64 = 240;
const COUNT_MAX: usize = 2000;

struct Options {
    medhub: PathBuf,
    count: usize,
    seconds: u64,
    think: f64,
}

impl Options {
    fn parse(args: &[String]) -> Result<Options, String> {
        let medhub = super::target().join("release/medhub");
        let mut options = Options { medhub, count: 200, seconds: 120, think: 3.0 };
        let mut args = args.iter();
        while let Some(flag) = args.next() {
            let value = args.next().ok_or(USAGE)?;
            match flag.as_str() {
                "--medhub" => options.medhub = value.into(),
                "--count" => options.count = value.parse().map_err(|_| USAGE)?,
                "--seconds" => options.seconds = value.parse().map_err(|_| USAGE)?,
                "--think" => options.think = value.parse().map_err(|_| USAGE)?,
                _ => return Err(USAGE.into()),
            }
        }
        options.count = options.count.clamp(1, COUNT_MAX);
        options.seconds = options.seconds.clamp(1, SECONDS_MAX);
        options.think = options.think.clamp(0.0, 60.0);
        Ok(options)
    }
}

/// The requests of the browser, with a hole for the patient.
pub(super) struct Script {
    pub chart: Vec<Asked>,
}

/// # Errors
/// The server or the browser cannot be started; something acknowledged is lost, unaudited, or a request failed.
pub fn run(args: &[String]) -> Result<(), String> {
    let options = Options::parse(args)?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())?;
    runtime.block_on(measure(&options))
}

async fn measure(options: &Options) -> Result<(), String> {
    let clinic = Clinic::start(&options.medhub).await?;
    let seen = browse(&clinic, "chart")?;
    let chart = seen.get("chart").ok_or("the browser opened no chart")?;
    let patient = chart.get_str("patient").unwrap_or_default().to_string();
    let script = Rc::new(Script { chart: asked(chart.get("requests")) });
    let people = Rc::new(People::read(&clinic).await?);
    let tally = Rc::new(RefCell::new(Tally::default()));
    let since = work::instant(0);
    let before = proof::audited(&clinic, &people).await?;
    let (began, local) = (Instant::now(), tokio::task::LocalSet::new());
    let until = began + Duration::from_secs(options.seconds);
    let mut tasks = Vec::new();
    for n in 0..options.count {
        let mut person = Person::enter(&clinic, &people, n, options.think, tally.clone()).await?;
        let (script, patient) = (script.clone(), patient.clone());
        tasks.push(local.spawn_local(async move {
            // Nobody begins at the same instant.
            person.think().await;
            while Instant::now() < until {
                if let Err(reason) = work::round(&mut person, &script, &patient, until).await {
                    person.failed(reason).await;
                }
            }
        }));
    }
    local.await;
    for task in tasks {
        task.await.map_err(|e| e.to_string())?;
    }
    let elapsed = began.elapsed();
    println!(
        "{} people for {:.0} s, {} requests of a chart\n",
        options.count,
        elapsed.as_secs_f64(),
        script.chart.len()
    );
    let tally = tally.take();
    tally.print(elapsed);
    println!("\nResident memory: {:.0} MB.\n", clinic.memory_mb());
    proof::prove(&clinic, &people, &tally, (&before, &since)).await
}
