//! `cargo xtask bench documents [--medhub PROGRAM] [--replays 100] [--python PROGRAM] [--soffice PROGRAM]`: what it
//! costs to generate a consent, a surgery's package, and a hundred consents at once over HTTP in the sample clinic,
//! beside WeasyPrint and LibreOffice, which only lay out the same words. A peer that is not named is left out.

mod peers;
mod values;

use super::client::{Answer, Connection, Request};
use super::clinic::{Clinic, header};
use super::stats::percentile;
use fhir::{Json, json};
use std::path::PathBuf;
use std::time::Instant;

const USAGE: &str = "usage: cargo xtask bench documents [--medhub PROGRAM] [--replays 100] [--python PROGRAM] \
    [--soffice PROGRAM]";
const SURGEON: &str = "benoit.ferrand";
/// Who has operations behind her, whose packages are whole.
const EXPERIENCED: &str = "annie.pasquier";
const AT_ONCE: usize = 100;

struct Options {
    medhub: PathBuf,
    replays: usize,
    /// A Python that has WeasyPrint.
    python: Option<PathBuf>,
    soffice: Option<PathBuf>,
}

impl Options {
    fn parse(args: &[String]) -> Result<Options, String> {
        let medhub = super::target().join("release/medhub");
        let mut options = Options { medhub, replays: 100, python: None, soffice: None };
        let mut args = args.iter();
        while let Some(flag) = args.next() {
            let value = args.next().ok_or(USAGE)?;
            match flag.as_str() {
                "--medhub" => options.medhub = value.into(),
                "--replays" => options.replays = value.parse::<usize>().map_err(|_| USAGE)?.clamp(1, 10_000),
                "--python" => options.python = Some(value.into()),
                "--soffice" => options.soffice = Some(value.into()),
                _ => return Err(USAGE.into()),
            }
        }
        Ok(options)
    }
}

/// Prints the table in Markdown.
///
/// # Errors
/// The server cannot be started, or refuses a document.
pub fn run(args: &[String]) -> Result<(), String> {
    let options = Options::parse(args)?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())?;
    runtime.block_on(measure(&options))
}

/// A case and its patient, by their ids.
struct Case {
    id: String,
    patient: String,
}

async fn measure(options: &Options) -> Result<(), String> {
    let clinic = Clinic::start(&options.medhub).await?;
    let session = clinic.session(SURGEON).await?;
    let types = clinic.read("/api/v1/documents/types", &session).await?;
    let cases = cases(&clinic, &session, "active").await?;
    let consent = values::of(&types, "consent");
    let mut desk = Desk::open(&clinic, &session).await?;
    println!("| document, sample clinic | goal | p50 | p95 | most |\n|---|---|---|---|---|");
    let (cold, first) = desk.consent(&cases[0], &consent).await?;
    println!("| consent, the first since the start | ≤ 300 ms | {cold:.0} ms | – | – |");
    let mut took = Vec::with_capacity(options.replays);
    for n in 0..options.replays {
        took.push(desk.consent(&cases[n % cases.len()], &consent).await?.0);
    }
    let warm = line("consent: generated, sealed, stored", "p95 ≤ 50 ms", &mut took);
    // After the operation a surgery has its whole set of documents.
    let other = clinic.session(EXPERIENCED).await?;
    let done = self::cases(&clinic, &other, "completed").await?;
    package(&mut Desk::open(&clinic, &other).await?, &done, &values::all(&types)).await?;
    crowd(&clinic, &session, &cases, &consent).await?;
    let pdf = desk.pdf(&first).await?;
    peers::beside(options, &clinic, &pdf, warm)
}

/// Some of the surgeon's cases.
async fn cases(clinic: &Clinic, session: &[(String, String)], status: &str) -> Result<Vec<Case>, String> {
    let me = clinic.read("/api/v1/me", session).await?;
    let me = me.get_str("practitioner").ok_or("the surgeon is nobody")?.to_string();
    let path =
        format!("/t/demo/fhir/ServiceRequest?performer={me}&category=387713003&status={status}&_count=20");
    let found = clinic.read(&path, session).await?;
    let one = |entry: &Json<'_>| {
        let case = entry.get("resource")?;
        let patient = case.get("subject")?.get_str("reference")?.strip_prefix("Patient/")?;
        Some(Case { id: case.get_str("id")?.to_string(), patient: patient.to_string() })
    };
    let cases: Vec<Case> = found.each("entry").filter_map(one).collect();
    if cases.is_empty() { Err("the surgeon has no case".into()) } else { Ok(cases) }
}

/// Prints a row and answers its median, in milliseconds.
fn line(name: &str, goal: &str, took: &mut [f64]) -> f64 {
    took.sort_by(f64::total_cmp);
    let most = took.last().copied().unwrap_or(0.0);
    let (p50, p95) = (percentile(took, 0.5), percentile(took, 0.95));
    println!("| {name}, {} times | {goal} | {p50:.1} ms | {p95:.1} ms | {most:.1} ms |", took.len());
    p50
}

async fn package(desk: &mut Desk, cases: &[Case], values: &str) -> Result<(), String> {
    let mut took = Vec::new();
    let (mut made, mut skipped) = (0, 0);
    for case in cases {
        let path = format!("/api/v1/documents/surgery/{}/package", case.id);
        let (ms, answer) = desk.post(&path, &format!(r#"{{"language":"fr","values":{values}}}"#)).await?;
        let answer = json::parse(&answer.body).map_err(|e| e.to_string())?;
        made += answer.each("generated").count();
        skipped += answer.each("skipped").count();
        took.push(ms);
    }
    let each = made as f64 / cases.len() as f64;
    line(
        &format!("package of a surgery ({each:.1} documents; {skipped} in all left out)"),
        "≤ 500 ms",
        &mut took,
    );
    Ok(())
}

/// Many at once, each on a connection of its own.
async fn crowd(
    clinic: &Clinic,
    session: &[(String, String)],
    cases: &[Case],
    values: &str,
) -> Result<(), String> {
    let local = tokio::task::LocalSet::new();
    let mut tasks = Vec::new();
    let start = std::rc::Rc::new(tokio::sync::Barrier::new(AT_ONCE));
    for n in 0..AT_ONCE {
        let mut desk = Desk::open(clinic, session).await?;
        let case = &cases[n % cases.len()];
        let case = Case { id: case.id.clone(), patient: case.patient.clone() };
        let (values, start) = (values.to_string(), start.clone());
        tasks.push(local.spawn_local(async move {
            start.wait().await;
            desk.consent(&case, &values).await.map(|(ms, _)| ms)
        }));
    }
    let began = Instant::now();
    local.await;
    let all = began.elapsed().as_secs_f64();
    let mut took = Vec::new();
    for task in tasks {
        took.push(task.await.map_err(|e| e.to_string())??);
    }
    line("consents asked for at the same instant", "–", &mut took);
    println!(
        "\n{AT_ONCE} at once: {:.0} a second; the server's memory at its highest {:.0} MB (goal ≤ 400 MB).",
        AT_ONCE as f64 / all,
        clinic.highest_memory_mb()
    );
    Ok(())
}

/// A connection of a signed-in person.
struct Desk {
    connection: Connection,
    headers: Vec<(String, String)>,
}

impl Desk {
    async fn open(clinic: &Clinic, session: &[(String, String)]) -> Result<Desk, String> {
        let connection = Connection::open(clinic.port).await.map_err(|e| e.to_string())?;
        let headers = [session.to_vec(), header("Content-Type", "application/json")].concat();
        Ok(Desk { connection, headers })
    }

    /// Milliseconds, and the id of the document.
    async fn consent(&mut self, case: &Case, values: &str) -> Result<(f64, String), String> {
        let body = format!(
            r#"{{"type":"consent","patient":"{}","case":"{}","language":"fr","values":{values}}}"#,
            case.patient, case.id
        );
        let (ms, answer) = self.post("/api/v1/documents/generate-medical", &body).await?;
        let document = json::parse(&answer.body).map_err(|e| e.to_string())?;
        Ok((ms, document.get_str("id").ok_or("a document without an id")?.to_string()))
    }

    async fn post(&mut self, path: &str, body: &str) -> Result<(f64, Answer), String> {
        let request = Request::new("POST", path, &self.headers, body.as_bytes());
        let began = Instant::now();
        let answer = self.connection.send(&request, true).await.map_err(|e| e.to_string())?;
        let ms = began.elapsed().as_secs_f64() * 1e3;
        if answer.status >= 300 {
            let said: String = String::from_utf8_lossy(&answer.body).chars().take(600).collect();
            return Err(format!("POST {path}: {} {said}", answer.status));
        }
        Ok((ms, answer))
    }

    async fn pdf(&mut self, id: &str) -> Result<Vec<u8>, String> {
        let path = format!("/api/v1/documents/{id}/content");
        let request = Request::new("GET", &path, &self.headers, b"");
        let answer = self.connection.send(&request, true).await.map_err(|e| e.to_string())?;
        if answer.status == 200 {
            Ok(answer.body.to_vec())
        } else {
            Err(format!("GET {path}: {}", answer.status))
        }
    }
}
