//! `cargo xtask bench booking [--medhub PROGRAM] [--clients 50] [--replays 100]`: many desks want one room at one
//! time, and one of them gets it; then what the board, a check, the free slots and a month of free times cost over
//! HTTP in the sample clinic.

use super::client::{Answer, Connection, Request};
use super::clinic::{Clinic, header};
use super::stats::percentile;
use fhir::{Json, json};
use std::path::PathBuf;
use std::time::{Duration, Instant};

const USAGE: &str = "usage: cargo xtask bench booking [--medhub PROGRAM] [--clients 50] [--replays 100]";
const CLIENTS_MAX: usize = 500;
/// Who books.
const DESK: &str = "celine.mokrani";
const SURGEON: &str = "benoit.ferrand";

/// # Errors
/// The room was booked twice, or not at all; a request failed.
pub fn run(args: &[String]) -> Result<(), String> {
    let (mut medhub, mut clients, mut replays) = (super::target().join("release/medhub"), 50, 100);
    let mut args = args.iter();
    while let Some(flag) = args.next() {
        let value = args.next().ok_or(USAGE)?;
        match flag.as_str() {
            "--medhub" => medhub = PathBuf::from(value),
            "--clients" => clients = value.parse::<usize>().map_err(|_| USAGE)?.clamp(2, CLIENTS_MAX),
            "--replays" => replays = value.parse().map_err(|_| USAGE)?,
            _ => return Err(USAGE.into()),
        }
    }
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())?;
    runtime.block_on(async {
        let clinic = Clinic::start(&medhub).await?;
        let session = clinic.session(DESK).await?;
        let cases = waiting(&clinic, &session).await?;
        let case = cases.first().ok_or("no case waits")?.clone();
        let place = place(&clinic, &session, &case).await?;
        times(&clinic, &session, &case, &place, replays).await?;
        race(&clinic, &session, &cases, &place, clients).await
    })
}

/// A room and an instant.
struct Place {
    room: String,
    start: String,
}

async fn waiting(clinic: &Clinic, session: &[(String, String)]) -> Result<Vec<String>, String> {
    let found = clinic.read("/api/v1/theatre/waiting", session).await?;
    Ok(found.each("cases").filter_map(|case| case.get_str("case").map(String::from)).collect())
}

async fn place(clinic: &Clinic, session: &[(String, String)], case: &str) -> Result<Place, String> {
    let found = clinic.read(&free(case), session).await?;
    let offer = found.each("offers").next().ok_or("no room is free")?;
    let text = |name: &str| offer.get_str(name).map(String::from).ok_or("an offer without a place");
    Ok(Place { room: text("room")?, start: text("start")? })
}

fn free(case: &str) -> String {
    format!("/api/v1/theatre/free?case={case}&count=10")
}

async fn times(
    clinic: &Clinic,
    session: &[(String, String)],
    case: &str,
    place: &Place,
    replays: usize,
) -> Result<(), String> {
    let day = place.start.get(..10).unwrap_or_default();
    let check =
        format!(r#"{{"case":"{case}","room":"{}","start":"{}","minutes":60}}"#, place.room, place.start);
    let me = clinic.read("/api/v1/me", &clinic.session(SURGEON).await?).await?;
    let surgeon =
        me.get_str("practitioner").unwrap_or_default().trim_start_matches("Practitioner/").to_string();
    let month = super::clinicians::instant(30 * 86_400_000);
    let month = month.get(..10).unwrap_or_default();
    let today = super::clinicians::instant(0);
    let today = today.get(..10).unwrap_or_default();
    let slots = format!("/api/v1/providers/{surgeon}/availability?from={today}&to={month}&minutes=20");
    let requests = [
        ("board of a day", "GET", format!("/api/v1/theatre/board?from={day}&to={day}"), ""),
        ("a check, with the nearest places", "POST", "/api/v1/theatre/check".into(), check.as_str()),
        ("ten free places for a case", "GET", free(case), ""),
        ("a month of a surgeon's free times (goal: < 10 ms)", "GET", slots, ""),
    ];
    println!("| request, sample clinic, {replays} times | p50 | p95 | most |\n|---|---|---|---|");
    let mut connection = Connection::open(clinic.port).await.map_err(|e| e.to_string())?;
    for (name, method, path, body) in requests {
        let request = request(session, method, &path, body);
        let mut took = Vec::with_capacity(replays);
        for _ in 0..replays {
            let began = Instant::now();
            let answer = connection.send(&request, true).await.map_err(|e| e.to_string())?;
            took.push(began.elapsed().as_secs_f64() * 1e3);
            if answer.status != 200 {
                return Err(format!("{name}: {}", told(&answer)));
            }
        }
        took.sort_by(f64::total_cmp);
        let most = took.last().copied().unwrap_or(0.0);
        let (p50, p95) = (percentile(&took, 0.5), percentile(&took, 0.95));
        println!("| {name} | {p50:.2} ms | {p95:.2} ms | {most:.2} ms |");
    }
    Ok(())
}

async fn race(
    clinic: &Clinic,
    session: &[(String, String)],
    cases: &[String],
    place: &Place,
    clients: usize,
) -> Result<(), String> {
    let local = tokio::task::LocalSet::new();
    let mut tasks = Vec::new();
    // All are connected and signed in before the first one asks.
    let start = std::rc::Rc::new(tokio::sync::Barrier::new(clients));
    for n in 0..clients {
        let session = clinic.session(DESK).await?;
        let mut connection = Connection::open(clinic.port).await.map_err(|e| e.to_string())?;
        let case = &cases[n % cases.len()];
        let body = format!(r#"{{"case":"{case}","room":"{}","start":"{}"}}"#, place.room, place.start);
        let start = start.clone();
        tasks.push(local.spawn_local(async move {
            start.wait().await;
            let began = Instant::now();
            let asked = request(&session, "POST", "/api/v1/theatre/bookings", &body);
            let answer = connection.send(&asked, true).await.map_err(|e| e.to_string())?;
            Ok::<(Answer, Duration), String>((answer, began.elapsed()))
        }));
    }
    local.await;
    let (mut booked, mut refused, mut other, mut last) = (0, 0, Vec::new(), Duration::ZERO);
    for task in tasks {
        let (answer, took) = task.await.map_err(|e| e.to_string())??;
        last = last.max(took);
        match answer.status {
            201 => booked += 1,
            409 => refused += 1,
            _ => other.push(told(&answer)),
        }
    }
    let there = on_board(clinic, session, place).await?;
    println!(
        "\n{clients} desks, one room, one time: {booked} booked, {refused} refused, {} answered otherwise, the last \
         after {:.0} ms; on the board stand {there}.",
        other.len(),
        last.as_secs_f64() * 1e3
    );
    if (booked, there, other.len()) == (1, 1, 0) {
        return Ok(());
    }
    other.truncate(3);
    Err(format!("one booking was expected\n{}", other.join("\n")))
}

/// How many bookings that stand begin in this room at this time.
async fn on_board(clinic: &Clinic, session: &[(String, String)], place: &Place) -> Result<usize, String> {
    let day = place.start.get(..10).unwrap_or_default();
    let board = clinic.read(&format!("/api/v1/theatre/board?from={day}&to={day}"), session).await?;
    let same = |booking: &&Json<'_>| {
        booking.get_str("room") == Some(&place.room)
            && booking.get_str("start") == Some(&place.start)
            && booking.get_str("status") != Some("cancelled")
    };
    Ok(board.each("bookings").filter(same).count())
}

fn request(session: &[(String, String)], method: &str, path: &str, body: &str) -> Request {
    let mut headers = [session.to_vec(), header("Accept", "application/json")].concat();
    if !body.is_empty() {
        headers.extend(header("Content-Type", "application/json"));
    }
    Request::new(method, path, &headers, body.as_bytes())
}

/// Status and sentence of a refusal.
fn told(answer: &Answer) -> String {
    let said = json::parse(&answer.body).map(|json| json.to_string()).unwrap_or_default();
    format!("{} {}", answer.status, said.chars().take(300).collect::<String>())
}
