//! Results as the inbox shows them: the Task, the report, its values with those before, the people.
//!
//! Everything is read for the caller, some of it for all items at once. A report that the caller may not read is
//! shown without content when it is theirs to look at: they must know that it waits.

use super::escalation::Reach;
use super::flag::{Flag, Urgency};
use super::limits::Limits;
use super::reaction::{is_corrected, references};
use super::review::Review;
use super::settings::Settings;
use super::value;
use crate::find::concept;
use crate::person::name;
use fhir::{Json, ResourceType};
use service::RouteCtx;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Error, Result};

/// Ids asked for at a time; values of one report that are shown.
const IDS: usize = 400;
const VALUES_MAX: usize = 60;
/// Former values of one patient that are looked at, and kinds of values that are asked for.
const FORMER: &str = "300";
const KINDS_MAX: usize = 60;

type Found = HashMap<String, Json<'static>>;

/// One item for each review, in the same order; `None` for one whose report the caller may not read.
pub(super) async fn items(cx: &RouteCtx, reviews: &[Review]) -> Result<Vec<Option<Json<'static>>>> {
    let ids = |of: fn(&Review) -> Option<&str>| reviews.iter().filter_map(of).map(String::from).collect();
    let owner = |review: &Review| review.owner()?.strip_prefix("Practitioner/").map(String::from);
    let shelf = Shelf {
        reports: by_ids(cx, ResourceType::DIAGNOSTIC_REPORT, ids(Review::report)).await?,
        patients: by_ids(cx, ResourceType::PATIENT, ids(Review::patient)).await?,
        people: by_ids(cx, ResourceType::PRACTITIONER, reviews.iter().filter_map(owner).collect()).await?,
        values: HashMap::new(),
        limits: Settings::read(&cx.tenant, &cx.ctx).await?.limits,
    };
    let values =
        shelf.reports.values().flat_map(|report| references(report, "result").into_iter().take(VALUES_MAX));
    let values = values.filter_map(|one| one.strip_prefix("Observation/").map(String::from)).collect();
    let shelf = Shelf { values: by_ids(cx, ResourceType::OBSERVATION, values).await?, ..shelf };
    let mut former: HashMap<String, Vec<Json<'static>>> = HashMap::new();
    for patient in reviews.iter().filter_map(Review::patient) {
        if !former.contains_key(patient) {
            former.insert(patient.to_string(), shelf.former(cx, patient).await?);
        }
    }
    let now = cx.ctx.clock.now_ms();
    Ok(reviews.iter().map(|review| shelf.item(review, &former, now)).collect())
}

/// What was read for all items.
struct Shelf {
    reports: Found,
    patients: Found,
    people: Found,
    values: Found,
    limits: Arc<Limits>,
}

impl Shelf {
    fn of(&self, report: &Json<'_>) -> Vec<&Json<'static>> {
        let named = references(report, "result").into_iter().take(VALUES_MAX);
        named.filter_map(|one| self.values.get(one.strip_prefix("Observation/")?)).collect()
    }

    /// Earlier values of the kinds that the patient's reports have, the newest first.
    async fn former(&self, cx: &RouteCtx, patient: &str) -> Result<Vec<Json<'static>>> {
        let subject = format!("Patient/{patient}");
        let its = |json: &&Json<'static>| {
            json.get("subject").and_then(|s| s.get_str("reference")) == Some(&subject)
        };
        let kinds: BTreeSet<String> = self.values.values().filter(its).flat_map(value::codes).collect();
        if kinds.is_empty() {
            return Ok(Vec::new());
        }
        let kinds: Vec<String> = kinds.into_iter().take(KINDS_MAX).collect();
        let params =
            [("patient", subject.clone()), ("code", kinds.join(",")), ("_count", FORMER.to_string())];
        search(cx, ResourceType::OBSERVATION, &params).await
    }

    fn item(
        &self,
        review: &Review,
        former: &HashMap<String, Vec<Json<'static>>>,
        now: i64,
    ) -> Option<Json<'static>> {
        let report = self.reports.get(review.report()?)?;
        let values = self.of(report);
        let flags = values.iter().map(|json| Flag::of(json, &self.limits));
        let urgency = Urgency::of(flags).max(review.urgency());
        let none = Vec::new();
        let before = former.get(review.patient()?).unwrap_or(&none);
        let views = values.iter().map(|json| value::view(json, previous(json, before), &self.limits));
        let text = |text: &str| Json::string(text.to_string());
        let status = report.get_str("status");
        let mut out = self.head(review, urgency, now);
        out.push(("title", Json::string(concept(report.get("code")).unwrap_or_default())));
        out.extend(value::date(report).map(|date| ("date", text(date))));
        out.extend(status.map(|status| ("status", text(status))));
        out.push(("corrected", Json::Bool(is_corrected(status))));
        out.extend(report.get_str("conclusion").map(|said| ("conclusion", text(said))));
        out.push(("values", Json::array(views)));
        out.push(("comments", comments(&review.task)));
        Some(Json::object(out))
    }

    /// What is said even of a report that the caller may not read.
    fn head(&self, review: &Review, urgency: Urgency, now: i64) -> Vec<(&'static str, Json<'static>)> {
        let patient = review.patient().unwrap_or_default();
        let shown = self.patients.get(patient).and_then(name).unwrap_or_default();
        let report = review.report().unwrap_or_default();
        let mut out = vec![
            ("report", Json::string(format!("DiagnosticReport/{report}"))),
            ("task", Json::string(format!("Task/{}", review.id))),
            ("patient", Json::string(patient.to_string())),
            ("patientName", Json::string(shown)),
            ("flags", Json::string(urgency.as_str())),
            ("state", Json::string(review.state())),
            ("overdue", Json::Bool(is_overdue(review, now))),
            ("reach", Json::string(Reach::of(review, now).as_str())),
        ];
        out.extend(review.due().filter(|_| review.is_open()).map(|due| ("due", fhir::edit::instant(due))));
        if let Some(owner) = review.owner() {
            let known = owner.strip_prefix("Practitioner/").and_then(|id| self.people.get(id)).and_then(name);
            out.push(("owner", person(owner, known.as_deref())));
        }
        if let Some((by, at)) = review.acknowledged() {
            let shown = by.get_str("display");
            out.push(("acknowledgedBy", person(by.get_str("reference").unwrap_or_default(), shown)));
            out.extend(at.map(|at| ("acknowledgedAt", Json::string(at.to_string()))));
        }
        out
    }
}

pub(super) fn is_overdue(review: &Review, now: i64) -> bool {
    review.is_open() && review.due().is_some_and(|due| due < now)
}

/// A review of the caller's own whose report is closed to them.
pub(super) fn closed(review: &Review, now: i64) -> Json<'static> {
    let none = Found::new;
    let limits = Arc::new(Limits::default());
    let nothing = Shelf { reports: none(), patients: none(), people: none(), values: none(), limits };
    let mut out = nothing.head(review, review.urgency(), now);
    out.push(("title", Json::string("")));
    out.push(("corrected", Json::Bool(false)));
    out.push(("hidden", Json::Bool(true)));
    out.push(("values", Json::Array(Vec::new())));
    out.push(("comments", Json::Array(Vec::new())));
    Json::object(out)
}

/// The newest value of the same kind that is older.
fn previous<'f>(json: &Json<'_>, former: &'f [Json<'static>]) -> Option<&'f Json<'static>> {
    let time = |json: &Json<'_>| value::date(json).and_then(fhir::date::parse).map(|moment| moment.lo_ms);
    let (at, kinds) = (time(json)?, value::codes(json));
    let older = former
        .iter()
        .filter_map(|one| Some((time(one)?, one)))
        .filter(|(when, one)| *when < at && value::codes(one).iter().any(|code| kinds.contains(code)));
    older.max_by_key(|(when, _)| *when).map(|(_, one)| one)
}

fn comments(task: &Json<'_>) -> Json<'static> {
    let text = |text: Option<&str>| Json::string(text.unwrap_or_default().to_string());
    Json::array(task.each("note").map(|note| {
        let named = note.get("authorReference").and_then(|author| author.get_str("display"));
        Json::object([
            ("author", text(named.or_else(|| note.get_str("authorString")))),
            ("date", text(note.get_str("time"))),
            ("text", text(note.get_str("text"))),
        ])
    }))
}

fn person(reference: &str, name: Option<&str>) -> Json<'static> {
    let name = Json::string(name.unwrap_or_default().to_string());
    let reference = Some(reference).filter(|reference| !reference.is_empty());
    let reference = reference.map(|reference| ("reference", Json::string(reference.to_string())));
    Json::object(reference.into_iter().chain([("name", name)]))
}

/// The resources of these ids that the caller may read.
async fn by_ids(cx: &RouteCtx, rt: ResourceType, mut ids: Vec<String>) -> Result<Found> {
    ids.sort_unstable();
    ids.dedup();
    let mut found = Found::new();
    for some in ids.chunks(IDS) {
        let params = [("_id", some.join(",")), ("_count", IDS.to_string())];
        for json in search(cx, rt, &params).await? {
            let id = json.get_str("id").map(String::from);
            found.extend(id.map(|id| (id, json)));
        }
    }
    Ok(found)
}

async fn search(cx: &RouteCtx, rt: ResourceType, params: &[(&str, String)]) -> Result<Vec<Json<'static>>> {
    let params = params.iter().map(|(n, v)| (n.to_string(), v.clone())).collect();
    let request = SearchRequest { rt: Some(rt), params, ..SearchRequest::default() };
    let page = match cx.tenant.search(&cx.ctx, &request).await {
        Err(Error::Denied) => return Ok(Vec::new()),
        page => page?,
    };
    let parsed = page.entries.iter().filter_map(|found| fhir::json::parse(&found.visible.body).ok());
    Ok(parsed.map(Json::into_owned).collect())
}
