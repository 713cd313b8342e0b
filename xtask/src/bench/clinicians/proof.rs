//! After the work: nothing lost, everything audited, nothing failed.

use super::person::People;
use super::tally::Tally;
use crate::bench::clinic::Clinic;
use fhir::Json;

/// Events in the audit trail, by account.
///
/// # Errors
/// The trail cannot be asked.
pub async fn audited(clinic: &Clinic, people: &People) -> Result<Vec<usize>, String> {
    let headers = clinic.session("admin").await?;
    let mut counts = Vec::new();
    for account in &people.accounts {
        counts.push(total(clinic, &headers, &format!("altid={}", account.user)).await?);
    }
    Ok(counts)
}

async fn total(clinic: &Clinic, headers: &[(String, String)], query: &str) -> Result<usize, String> {
    let found = clinic.read(&format!("/t/demo/fhir/AuditEvent?{query}&_summary=count"), headers).await?;
    let total = found.get("total").and_then(Json::as_number).and_then(|n| n.parse().ok());
    total.ok_or_else(|| "the audit trail tells no total".to_string())
}

/// For each account and patient: as many events as requests of the chart, or more. How many pairs are short.
async fn charts(clinic: &Clinic, people: &People, tally: &Tally, since: &str) -> Result<usize, String> {
    let headers = clinic.session("admin").await?;
    let mut short = 0;
    for ((account, patient), asked) in &tally.opened {
        let user = people.accounts[*account].user;
        let query = format!("altid={user}&patient=Patient/{patient}&date=ge{since}");
        short += usize::from(total(clinic, &headers, &query).await? < *asked);
    }
    Ok(short)
}

/// Prints the proof.
///
/// # Errors
/// Something is lost, unaudited or failed.
pub async fn prove(
    clinic: &Clinic,
    people: &People,
    tally: &Tally,
    (before, since): (&[usize], &str),
) -> Result<(), String> {
    let mut faults = Vec::new();
    // Counted before anything is read back, which is audited too.
    let after = audited(clinic, people).await?;
    let (mut asked_all, mut audited_all) = (0, 0);
    for (n, account) in people.accounts.iter().enumerate() {
        let (asked, events) = (tally.asked.get(&n).copied().unwrap_or(0), after[n] - before[n]);
        asked_all += asked;
        audited_all += events;
        if events < asked {
            faults.push(format!("{}: {asked} requests, {events} events", account.user));
        }
    }
    println!("* Audit: {asked_all} requests, {audited_all} events in the trail.");
    let short = charts(clinic, people, tally, since).await?;
    println!(
        "* Charts: {} pairs of account and patient, {short} with fewer events than requests.",
        tally.opened.len()
    );
    if short > 0 {
        faults.push(format!("{short} charts have fewer events than requests"));
    }
    let mut sessions = Vec::new();
    for account in &people.accounts {
        sessions.push(clinic.session(account.user).await?);
    }
    let mut lost = 0;
    for kept in tally.kept.values() {
        let found = clinic.read(&kept.path, &sessions[kept.user]).await;
        let text = found.map(|json| json.to_string()).unwrap_or_default();
        if !kept.texts.iter().all(|part| text.contains(part.as_str())) {
            lost += 1;
        }
    }
    println!(
        "* Read back: {} notes, results and bookings that were acknowledged, {lost} lost.",
        tally.kept.len()
    );
    println!("* Failed (5xx or a broken connection): {}; refused: {}.", tally.broken.len(), tally.refused());
    if lost > 0 {
        faults.push(format!("{lost} acknowledged writes are not there"));
    }
    faults.extend(tally.broken.iter().take(5).cloned());
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}
