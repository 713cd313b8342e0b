//! A round of work.

use super::Script;
use super::person::{Person, body};
use super::tally::Kept;
use fhir::Json;
use std::time::Instant;

/// How often a note is saved while it is typed.
const SAVES: usize = 3;
/// One round in so many ends with a result.
const RESULTS: usize = 4;

/// # Errors
/// A connection that broke.
pub async fn round(me: &mut Person, script: &Script, recorded: &str, until: Instant) -> Result<(), String> {
    me.rounds += 1;
    let people = me.people.clone();
    let account = &people.accounts[me.account];
    let name = &account.names[me.draw(account.names.len())];
    me.ask("search", "GET", &format!("/t/demo/fhir/Patient?name={name}&_count=8"), "").await?;
    me.think().await;
    let patient = account.patients[me.draw(account.patients.len())].clone();
    if me.is_secretary() {
        return book(me, &patient).await;
    }
    for one in &script.chart {
        let path = one.path.replace(recorded, &patient);
        me.ask("chart", &one.method, &path, &one.body.replace(recorded, &patient)).await?;
        if path.contains(&patient) {
            *me.tally.borrow_mut().opened.entry((me.account, patient.clone())).or_default() += 1;
        }
    }
    me.think().await;
    if Instant::now() < until {
        note(me, &patient).await?;
    }
    if me.draw(RESULTS) == 0 {
        me.think().await;
        result(me).await?;
    }
    Ok(())
}

/// Begun, saved while it is typed, signed. The text that was acknowledged last must be there at the end.
async fn note(me: &mut Person, patient: &str) -> Result<(), String> {
    let new = format!(r#"{{"patient":"{patient}","kind":"progress"}}"#);
    let made = me.ask("note: begin", "POST", "/api/v1/notes", &new).await?;
    if made.status != 201 {
        return Ok(());
    }
    let made = body(&made);
    let Some(id) = made.get_str("id").map(String::from) else { return Err("a note without an id".into()) };
    let mut version = number(&made);
    let path = format!("/api/v1/notes/{id}");
    for save in 1..=SAVES {
        me.think().await;
        let text = format!("Évolution favorable. Personne {}, tour {}, frappe {save}.", me.n, me.rounds);
        let sent = format!(r#"{{"version":{version},"sections":[{{"code":"events","text":"{text}"}}]}}"#);
        let saved = me.ask("note: save", "PUT", &path, &sent).await?;
        if saved.status != 200 {
            return Ok(());
        }
        version = number(&body(&saved));
        keep(me, &path, vec![text]);
    }
    let signed =
        me.ask("note: sign", "POST", &format!("{path}/sign"), &format!(r#"{{"version":{version}}}"#)).await?;
    if signed.status == 200 {
        let mut tally = me.tally.borrow_mut();
        if let Some(kept) = tally.kept.get_mut(&path) {
            kept.texts.push(r#""status":"signed""#.into());
        }
    }
    Ok(())
}

fn number(note: &Json<'_>) -> String {
    note.get("version").and_then(Json::as_number).unwrap_or("0").to_string()
}

fn keep(me: &Person, path: &str, texts: Vec<String>) {
    let kept = Kept { path: path.to_string(), texts, user: me.account };
    me.tally.borrow_mut().kept.insert(path.to_string(), kept);
}

/// The most pressing result, or the next one when a colleague of the same account was faster.
async fn result(me: &mut Person) -> Result<(), String> {
    let inbox = body(&me.ask("results: inbox", "GET", "/api/v1/results/inbox?filter=mine", "").await?);
    let count = inbox.each("items").count();
    let chosen = me.draw(count);
    let Some(item) = inbox.each("items").nth(chosen) else { return Ok(()) };
    let Some(report) = item.get_str("report").and_then(|r| r.strip_prefix("DiagnosticReport/")) else {
        return Ok(());
    };
    let task = item.get_str("task").unwrap_or_default().to_string();
    me.think().await;
    let comment = format!("Vu par la personne {} au tour {}.", me.n, me.rounds);
    let path = format!("/api/v1/results/{report}/acknowledge");
    let done =
        me.ask("results: acknowledge", "POST", &path, &format!(r#"{{"comment":"{comment}"}}"#)).await?;
    if done.status == 200 {
        keep(me, &format!("/t/demo/fhir/{task}"), vec![r#""status":"completed""#.into(), comment]);
    }
    Ok(())
}

/// A consultation at a free time of a physician's next weeks.
async fn book(me: &mut Person, patient: &str) -> Result<(), String> {
    let people = me.people.clone();
    let physician = &people.accounts[me.draw(people.secretary())].practitioner;
    let id = physician.trim_start_matches("Practitioner/");
    let (from, to) = days(me.draw(60) as i64 + 1);
    let path = format!("/api/v1/providers/{id}/availability?from={from}&to={to}&minutes=20");
    let free = body(&me.ask("booking: free times", "GET", &path, "").await?);
    let chosen = me.draw(free.each("slots").count());
    let Some(start) = free.each("slots").nth(chosen).and_then(|slot| slot.get_str("start")) else {
        return Ok(());
    };
    me.think().await;
    let wish = format!(
        r#"{{"patient":"Patient/{patient}","practitioner":"{physician}","start":"{start}","minutes":20}}"#
    );
    let booked = me.ask("booking: book", "POST", "/api/v1/appointments", &wish).await?;
    let made = body(&booked);
    if booked.status == 201
        && let Some(id) = made.get_str("id")
    {
        let texts = vec![r#""status":"booked""#.into(), format!("Patient/{patient}")];
        keep(me, &format!("/t/demo/fhir/Appointment/{id}"), texts);
    }
    Ok(())
}

/// The clock on the wall, so many ms from now, as an instant.
#[expect(clippy::disallowed_methods, reason = "people at work look at the clock on the wall")]
pub fn instant(ahead_ms: i64) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_millis());
    fhir::date::instant_format(now as i64 + ahead_ms)
}

/// A week that begins so many days from now, as dates.
fn days(ahead: i64) -> (String, String) {
    let day = |n: i64| instant(n * 86_400_000).chars().take(10).collect();
    (day(ahead), day(ahead + 7))
}
