//! Correcting or striking an entry: what stood before stays in the history, with who changed it and why.

use super::add::body;
use super::case::{Case, created, parsed, updated};
use super::entry::{self, Sheet, Status, Stored};
use super::field::Value;
use super::list::entries;
use super::{count::Tally, message, person, specimen};
use crate::anaesthesia;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Form, Handler, RouteCtx, RouteReply, RouteRequest};
use store::{Error, Result, Write};

const REASON_MAX: usize = 500;

pub(crate) struct CorrectEntry(pub &'static Sheet);

/// What is asked.
struct Asked {
    version: Option<u64>,
    reason: String,
    strike: bool,
    time: Option<String>,
    note: Option<String>,
}

#[async_trait]
impl Handler for CorrectEntry {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let asked = asked(&mut form, cx.ctx.clock.now_ms())?;
        let case = Case::read(&cx, request.param("id")).await?;
        let all = entries(&cx, &case, self.0).await?;
        let old = all.iter().find(|stored| stored.id == request.param("entry"));
        let old = old.ok_or_else(|| Error::from(Issue::error(Code::NotFound, message::OTHER_CASE)))?;
        if !old.stands() {
            return Err(Issue::error(Code::Conflict, message::IS_STRUCK).into());
        }
        if asked.version.is_some_and(|version| version != old.version) {
            return Err(Error::VersionConflict { current: old.version });
        }
        let mut new = changed(old, &asked, form.json())?;
        if new.kind.name == "count" && new.stands() {
            let tally = Tally::of(all.iter().filter(|other| other.id != old.id).chain([&new]));
            if let Some(issue) = tally.judge(&new.values, "values", cx.ctx.lang) {
                return Err(issue.into());
            }
        }
        let now = fhir::date::instant_format(cx.ctx.clock.now_ms());
        new.corrections.push((now, person::author(&cx).await?, asked.reason));
        let (rt, json) = body(&new, self.0, &case);
        let mut writes = vec![updated(rt, &new.id, old.version, &json)];
        writes.extend(follows(&cx, &new, &case).await?);
        cx.tenant.commit(&cx.ctx, writes).await?;
        new.version += 1;
        Ok(RouteReply::json(200, &new.told()))
    }
}

fn asked(form: &mut Form<'_>, now: i64) -> Result<Asked> {
    let reason = form.required("reason", REASON_MAX);
    let strike = form.flag("strike");
    let mut issues = Vec::new();
    let time = entry::moment(form.json(), now, "time", &mut issues);
    let note = entry::note(form.json(), "note", &mut issues);
    issues.into_iter().for_each(|issue| form.wrong(issue));
    let version = form.json().get("version").and_then(Json::as_number).and_then(|n| n.parse().ok());
    form.finish()?;
    Ok(Asked { version, reason, strike, time, note })
}

/// The entry as it will be: values that are sent replace those of the same name, `null` takes one away.
fn changed(old: &Stored, asked: &Asked, json: &Json<'_>) -> Result<Stored> {
    let mut new = old.clone();
    if asked.strike {
        new.status = Status::Struck;
        return Ok(new);
    }
    let sent = json.get("values").and_then(Json::as_object);
    let merged = old.values.iter().map(|(name, value): &(&'static str, Value)| (*name, value.json()));
    let mut merged = Json::object(merged);
    for (name, value) in sent.into_iter().flat_map(|object| object.iter()) {
        if let Some(object) = merged.as_object_mut() {
            object.set(name.to_string(), value.clone().into_owned());
        }
    }
    let confirmed = json.get("confirmed").and_then(Json::as_bool) == Some(true);
    let mut issues = Vec::new();
    new.values = new.kind.read(Some(&merged), confirmed, "values", &mut issues);
    if new.kind.name == anaesthesia::DRUG {
        anaesthesia::drug_check(&new.values, confirmed, "values", &mut issues);
    }
    if let Some(time) = &asked.time {
        new.time.clone_from(time);
    }
    if asked.note.is_some() {
        new.note.clone_from(&asked.note);
    }
    if issues.is_empty() && new.values == old.values && new.time == old.time && new.note == old.note {
        issues.push(Issue::error(Code::BusinessRule, message::NOTHING_CHANGED).at("values"));
    }
    new.status = Status::Corrected;
    if issues.is_empty() { Ok(new) } else { Err(Error::Refused(issues)) }
}

/// The Specimen of an entry follows it.
async fn follows(cx: &RouteCtx, new: &Stored, case: &Case) -> Result<Option<Write>> {
    let Some(id) = new.specimen.as_deref().and_then(|s| s.strip_prefix("Specimen/")) else { return Ok(None) };
    match cx.tenant.read(&cx.ctx, ResourceType::SPECIMEN, id).await {
        Ok(found) => {
            let json = specimen::follows(&parsed(&found)?, new, case, id);
            Ok(Some(updated(ResourceType::SPECIMEN, id, found.version, &json)))
        }
        Err(Error::NotFound | Error::Gone { .. }) => {
            let json = specimen::follows(&Json::Null, new, case, id);
            Ok(Some(created(ResourceType::SPECIMEN, id.to_string(), &json)))
        }
        Err(other) => Err(other),
    }
}
