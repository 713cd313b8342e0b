//! The chart of a large record: its requests as the browser sent them, asked again over one kept connection.

use crate::bench::client::{Connection, Request};
use crate::bench::clinic::{Clinic, header};
use crate::bench::peers;
use crate::bench::stats::percentile;
use fhir::Json;
use std::time::Instant;

/// A request that the browser sent.
#[derive(Clone)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub body: String,
}

/// The requests of a list of the browser's.
pub fn asked(of: Option<&Json<'_>>) -> Vec<Asked> {
    let text = |json: &Json<'_>, name: &str| json.get_str(name).unwrap_or_default().to_string();
    let one =
        |r: &Json<'_>| Asked { method: text(r, "method"), path: text(r, "path"), body: text(r, "body") };
    of.map(|list| list.items().map(one).collect()).unwrap_or_default()
}

/// Prints times of the browser and of the server.
///
/// # Errors
/// The browser did not reach the chart, or a request is refused now.
pub async fn report(clinic: &Clinic, seen: &Json<'_>, replays: usize, place: &str) -> Result<(), String> {
    let chart = seen.get("chart").ok_or("the chart of the large record did not open in the browser")?;
    let requests = asked(chart.get("requests"));
    let user = chart.get_str("user").unwrap_or_default();
    let encounters = chart.get("encounters").and_then(Json::as_number).unwrap_or("?");
    let times = chart.each("times").filter_map(|t| t.as_number()?.parse().ok());
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    let session = clinic.session(user).await?;
    println!(
        "\nChart of a patient with {encounters} encounters, {place}: {} requests, {replays} times each.\n",
        requests.len()
    );
    println!("| | goal | p50 | p95 | p99 | most |\n|---|---|---|---|---|---|");
    let (middle, most) = (percentile(&times, 0.5), times.last().copied().unwrap_or(0.0));
    println!(
        "| from Enter to a chart without a gap, Chromium, {} openings | ≤ 1 s | {middle:.0} ms | – | – | {most:.0} ms |",
        times.len()
    );
    let mut connection = Connection::open(clinic.port).await.map_err(|e| e.to_string())?;
    let (mut all, mut rows, mut largest) = (Vec::new(), Vec::new(), Vec::new());
    for one in &requests {
        let request = Request::new(&one.method, &one.path, &headers(&session), one.body.as_bytes());
        let mut took = Vec::with_capacity(replays);
        for _ in 0..replays {
            let began = Instant::now();
            let answer = connection.send(&request, true).await.map_err(|e| e.to_string())?;
            took.push(began.elapsed().as_secs_f64() * 1e3);
            if answer.status >= 400 {
                return Err(format!("{} {}: {}", one.method, one.path, answer.status));
            }
            if answer.body.len() > largest.len() {
                largest = answer.body;
            }
        }
        all.extend_from_slice(&took);
        took.sort_by(f64::total_cmp);
        rows.push((one.path.clone(), took));
    }
    all.sort_by(f64::total_cmp);
    line("every request of the page", "p95 ≤ 200 ms", &all);
    rows.sort_by(|a, b| percentile(&b.1, 0.95).total_cmp(&percentile(&a.1, 0.95)));
    for (path, took) in rows.iter().take(3) {
        line(&format!("the slowest: `{}`", shown(path)), "", took);
    }
    let bare = bare(clinic, &largest, replays).await?;
    line(&format!("limit: bare axum, the largest answer ({} kB)", largest.len() / 1000), "", &bare);
    Ok(())
}

fn headers(session: &[(String, String)]) -> Vec<(String, String)> {
    [session.to_vec(), header("Accept", "application/json")].concat()
}

/// A path without the identity of the record.
fn shown(path: &str) -> String {
    let path = path.split_once("/fhir/").map_or(path, |(_, rest)| rest);
    let is_id = |part: &str| part.len() == 36 && part.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let parts = path.split_inclusive(['/', '=', '&']).map(|part| {
        let word = part.trim_end_matches(['/', '=', '&']);
        if is_id(word) { part.replace(word, "…") } else { part.to_string() }
    });
    parts.collect::<String>().chars().filter(|c| *c != '|').take(70).collect()
}

async fn bare(clinic: &Clinic, bytes: &[u8], replays: usize) -> Result<Vec<f64>, String> {
    let folder = clinic.file("bare");
    std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).map_err(|e| e.to_string())?;
    let port = listener.local_addr().map_err(|e| e.to_string())?.port();
    drop(listener);
    let server = peers::bare(&folder, port, bytes).await?;
    let mut connection = Connection::open(server.port).await.map_err(|e| e.to_string())?;
    let request = Request::new("GET", "/Patient/x", &[], b"");
    let mut took = Vec::with_capacity(replays);
    for _ in 0..replays {
        let began = Instant::now();
        connection.send(&request, true).await.map_err(|e| e.to_string())?;
        took.push(began.elapsed().as_secs_f64() * 1e3);
    }
    took.sort_by(f64::total_cmp);
    Ok(took)
}

fn line(what: &str, goal: &str, sorted: &[f64]) {
    let at = |part| percentile(sorted, part);
    let most = sorted.last().copied().unwrap_or(0.0);
    println!(
        "| {what} | {goal} | {:.2} ms | {:.2} ms | {:.2} ms | {most:.2} ms |",
        at(0.5),
        at(0.95),
        at(0.99)
    );
}
