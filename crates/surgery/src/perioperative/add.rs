//! Adding entries, on any sheet: all of them or none. A tablet sends again what it got no answer to, so an entry is
//! known by the sender's own id of it.

use super::case::{Case, created, derived, settled};
use super::count::Tally;
use super::entry::{Entry, Sheet, Status, Stored};
use super::field::text_of;
use super::list::entries;
use super::{message, observation, person, specimen};
use crate::anaesthesia;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Form, Handler, RouteCtx, RouteReply, RouteRequest};
use store::{Error, Result, Write};

pub(crate) const ENTRIES_MAX: usize = 100;

pub(crate) struct AddEntries(pub &'static Sheet);

#[async_trait]
impl Handler for AddEntries {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let sent = read(&request.body, self.0, cx.ctx.clock.now_ms())?;
        let id = request.param("id");
        let author = person::author(&cx).await?;
        let (cx, sent, author) = (&cx, &sent, &author);
        let (new, all) = settled(cx, || async move {
            let case = Case::read(cx, id).await?;
            let known = entries(cx, &case, self.0).await?;
            let (writes, all) = prepared(cx, &case, self.0, sent, &known, author)?;
            let new = !writes.is_empty();
            Ok((writes, (new, all)))
        })
        .await?;
        let told = Json::object([("entries", Json::array(all.iter().map(Stored::told)))]);
        Ok(RouteReply::json(if new { 201 } else { 200 }, &told))
    }
}

fn read(body: &[u8], sheet: &Sheet, now: i64) -> Result<Vec<Entry>> {
    let form = Form::read(body)?;
    let sent = form.json().get("entries").and_then(Json::as_array).unwrap_or_default();
    let wrong = || Issue::error(Code::Required, message::ENTRIES).at("entries").arg("max", ENTRIES_MAX);
    if !(1..=ENTRIES_MAX).contains(&sent.len()) {
        return Err(wrong().into());
    }
    let mut issues = Vec::new();
    let mut read: Vec<Entry> = Vec::new();
    for (n, json) in sent.iter().enumerate() {
        let at = format!("entries[{n}]");
        let Some(mut entry) = Entry::read(json, sheet, now, &at, &mut issues) else { continue };
        if read.iter().any(|other| other.client == entry.client) {
            issues.push(wrong().at(format!("{at}.id")));
        }
        match entry.kind.name {
            "tourniquet"
                if text_of(&entry.values, "action") == Some("on")
                    && text_of(&entry.values, "pressure").is_none() =>
            {
                issues.push(
                    Issue::error(Code::Required, message::PRESSURE).at(format!("{at}.values.pressure")),
                );
            }
            anaesthesia::DRUG => anaesthesia::drug_complete(&mut entry, &format!("{at}.values"), &mut issues),
            _ => {}
        }
        read.push(entry);
    }
    if issues.is_empty() { Ok(read) } else { Err(Error::Refused(issues)) }
}

/// The writes of what is new, and all of it as it will stand.
fn prepared(
    cx: &RouteCtx,
    case: &Case,
    sheet: &'static Sheet,
    sent: &[Entry],
    known: &[Stored],
    author: &Json<'static>,
) -> Result<(Vec<Write>, Vec<Stored>)> {
    let now = fhir::date::instant_format(cx.ctx.clock.now_ms());
    let mut tally = Tally::of(known.iter());
    let (mut writes, mut all, mut issues) = (Vec::new(), Vec::new(), Vec::new());
    let mut numbers = specimen::Numbers::of(known, &now);
    for (n, entry) in sent.iter().enumerate() {
        let id = derived("entry", &case.id, &entry.client.to_string());
        if let Some(stored) = known.iter().find(|stored| stored.id == id) {
            if !stored.is(entry) {
                issues.push(Issue::error(Code::Conflict, message::KNOWN).at(format!("entries[{n}]")));
            }
            all.push(stored.clone());
            continue;
        }
        if entry.kind.name == "count" {
            tally.add(&entry.values);
            issues.extend(tally.judge(&entry.values, &format!("entries[{n}].values"), cx.ctx.lang));
        }
        let mut stored = Stored {
            id,
            version: 1,
            client: entry.client.to_string(),
            kind: entry.kind,
            time: entry.time.clone().unwrap_or_else(|| now.clone()),
            values: entry.values.clone(),
            note: entry.note.clone(),
            author: author.clone(),
            recorded: now.clone(),
            status: Status::Final,
            corrections: Vec::new(),
            specimen: None,
        };
        if entry.kind.name == "specimen" {
            writes.push(numbers.specimen(&mut stored, case));
        }
        writes.push(created_as(&stored, sheet, case));
        all.push(stored);
    }
    if !issues.is_empty() {
        return Err(Error::Refused(issues));
    }
    if !writes.is_empty() {
        writes.extend(case.begun());
    }
    Ok((writes, all))
}

fn created_as(stored: &Stored, sheet: &Sheet, case: &Case) -> Write {
    let (rt, json) = body(stored, sheet, case);
    created(rt, stored.id.clone(), &json)
}

/// The resource of an entry.
pub(super) fn body(stored: &Stored, sheet: &Sheet, case: &Case) -> (ResourceType, Json<'static>) {
    match stored.kind.name {
        anaesthesia::DRUG => (ResourceType::MEDICATION_ADMINISTRATION, anaesthesia::drug_json(stored, case)),
        _ => (ResourceType::OBSERVATION, observation::of(stored, sheet, case)),
    }
}
