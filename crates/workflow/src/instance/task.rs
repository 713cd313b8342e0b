//! The Task of a step (<https://hl7.org/fhir/R4/task.html>). What people said stands in extensions, apart from the
//! state that follows from it: a state can be computed again, a decision cannot.

use super::case::Case;
use super::course::{Decision, Said, Stand, State};
use super::id::task_id;
use crate::element::{ROLE, coded, concept, extension, named, refers, set_extension, text};
use crate::template::{Step, Template};
use bytes::Bytes;
use fhir::edit::{edit, instant, period};
use fhir::{Json, ResourceType};
use store::Write;

/// System of kinds of Tasks, and the kind of ours.
pub(crate) const TASK: &str = "urn:medhub:task";
pub(crate) const KIND: &str = "workflow-step";
/// Systems of the code of a step, of its state, of the instance's identifier.
pub(crate) const STEP: &str = "urn:medhub:workflow-step";
const STATE: &str = "urn:medhub:workflow-state";
pub(crate) const GROUP: &str = "urn:medhub:workflow";
pub(crate) const ORDER: &str = "urn:medhub:workflow:order";
pub(crate) const AFTER: &str = "urn:medhub:workflow:after";
pub(crate) const OPENS: &str = "urn:medhub:workflow:opens";
const DECISION: &str = "urn:medhub:workflow:decision";
const CLAIM: &str = "urn:medhub:workflow:claim";
/// What of the record did the step.
pub(crate) const PROOF: &str = "urn:medhub:workflow:proof";

#[derive(Clone)]
pub(crate) struct StepTask {
    pub id: String,
    /// `None` before it is stored for the first time.
    pub version: Option<u64>,
    pub json: Json<'static>,
}

/// What changes with the news.
pub(super) struct News<'a> {
    pub stand: Stand,
    pub proof: Option<&'a str>,
    pub reason: Option<String>,
    /// Whose it is unless somebody has taken it.
    pub owner: Option<&'a str>,
    pub minutes: i64,
    pub now: i64,
}

impl StepTask {
    pub fn new(group: &str, case: &Case, template: &Template, at: usize, now: i64) -> StepTask {
        let step = &template.steps[at];
        let id = task_id(group, &step.id);
        let order = i64::try_from(at).unwrap_or(i64::MAX);
        let mut extensions = vec![
            Json::object([("url", Json::string(ORDER)), ("valueUnsignedInt", Json::integer(order))]),
            Json::object([("url", Json::string(OPENS)), ("valueCode", Json::string(step.opens))]),
        ];
        let after = |id: &String| Json::object([("url", Json::string(AFTER)), ("valueCode", text(&**id))]);
        extensions.extend(step.after.iter().map(after));
        let json = Json::object([
            ("resourceType", Json::string(ResourceType::TASK.name())),
            ("id", text(&*id)),
            ("extension", Json::Array(extensions)),
            ("instantiatesCanonical", text(template.canonical())),
            ("basedOn", Json::array([named(format!("RequestGroup/{group}"))])),
            ("groupIdentifier", fhir::edit::identifier(GROUP, group).into_owned()),
            ("status", Json::string("requested")),
            ("intent", Json::string("order")),
            ("code", code(step)),
            ("description", text(&*step.title)),
            ("focus", named(format!("ServiceRequest/{}", case.id))),
            ("for", named(&*case.patient)),
            ("authoredOn", instant(now)),
            ("lastModified", instant(now)),
            ("performerType", Json::array(step.roles.iter().map(|role| concept(ROLE, role.as_str())))),
        ]);
        StepTask { id, version: None, json }
    }

    /// Whether its id follows from its instance and its step: anyone may write a Task that looks like these.
    pub fn is_ours(&self) -> bool {
        let group = self.json.get("groupIdentifier").and_then(|one| one.get_str("value"));
        let step = self.json.get("code").and_then(|code| coded(code, STEP));
        matches!((group, step), (Some(group), Some(step)) if task_id(group, step) == self.id)
    }

    pub fn state(&self) -> Option<State> {
        coded(self.json.get("businessStatus")?, STATE).and_then(State::parse)
    }

    pub fn said(&self) -> Said {
        let decision = extension(&self.json, DECISION).and_then(|said| said.each("extension").next());
        let decision = match decision.and_then(|one| one.get_str("valueCode")) {
            Some("done") => Some(Decision::Done),
            Some("skipped") => Some(Decision::Skipped),
            _ => None,
        };
        Said { decision, claimed: self.claimed_by().is_some() }
    }

    /// Who has taken it: a reference with a name.
    pub fn claimed_by(&self) -> Option<&Json<'_>> {
        extension(&self.json, CLAIM)?.get("valueReference")
    }

    pub fn claim(&mut self, who: Option<Json<'static>>) {
        let value = who.map(|who| Json::object([("url", Json::string(CLAIM)), ("valueReference", who)]));
        set_extension(&mut self.json, CLAIM, value);
    }

    /// A decision of a person's, with the reason for one that skips.
    pub fn decide(&mut self, decision: Decision, who: Json<'static>, reason: Option<String>, now: i64) {
        let code = match decision {
            Decision::Done => "done",
            Decision::Skipped => "skipped",
        };
        let part = |url: &'static str, name: &'static str, value| {
            Json::object([("url", Json::string(url)), (name, value)])
        };
        let mut parts = vec![
            part("code", "valueCode", Json::string(code)),
            part("by", "valueReference", who),
            part("at", "valueInstant", instant(now)),
        ];
        parts.extend(reason.map(|reason| part("reason", "valueString", text(reason))));
        let all = Json::object([("url", Json::string(DECISION)), ("extension", Json::Array(parts))]);
        set_extension(&mut self.json, DECISION, Some(all));
    }

    pub fn note(&mut self, note: Json<'static>) {
        if let Some(edit) = edit(&mut self.json) {
            edit.push("note", note);
        }
    }

    /// Part of the decision of a person.
    pub fn decided(&self, name: &str) -> Option<&Json<'_>> {
        let mut parts = extension(&self.json, DECISION)?.each("extension");
        parts.find(|part| part.get_str("url") == Some(name))
    }

    pub(super) fn tell(&mut self, news: News<'_>) {
        let state = news.stand.state;
        let claim = self.claimed_by().cloned().map(Json::into_owned);
        let owner = claim.or_else(|| news.owner.map(named));
        let reason = match self.decided("reason").and_then(|part| part.get_str("valueString")) {
            Some(said) if !news.stand.automatic => Some(said.to_string()),
            _ => news.reason,
        };
        let running = self.json.get("restriction").is_some();
        let limit = match state {
            State::Waiting | State::Held => None,
            State::Ready | State::Claimed if !running => {
                let until = news.now.saturating_add(news.minutes.saturating_mul(60_000));
                Some(Json::object([("period", period(Some(news.now), Some(until)))]))
            }
            _ => self.json.get("restriction").cloned(),
        };
        let proof = news
            .proof
            .map(|proof| Json::object([("url", Json::string(PROOF)), ("valueReference", named(proof))]));
        set_extension(&mut self.json, PROOF, proof);
        if let Some(edit) = edit(&mut self.json) {
            edit.set("status", Json::string(state.status()))
                .set_or_remove("statusReason", reason.map(|reason| Json::object([("text", text(reason))])))
                .set("businessStatus", concept(STATE, state.as_str()))
                .set_or_remove("owner", owner)
                .set_or_remove("restriction", limit);
        }
    }

    /// Over the version that was read: who comes second reads anew.
    pub(super) fn write(&mut self, now: i64) -> Write {
        if let Some(edit) = edit(&mut self.json) {
            edit.set("lastModified", instant(now));
        }
        Write::Update {
            rt: ResourceType::TASK,
            id: self.id.clone(),
            body: Bytes::from(self.json.to_vec()),
            if_match: self.version,
            if_none_match: self.version.is_none(),
        }
    }

    /// Id of the case.
    pub fn case(&self) -> Option<&str> {
        refers(&self.json, "focus")?.strip_prefix("ServiceRequest/")
    }
}

fn code(step: &Step) -> Json<'static> {
    let codings = [fhir::edit::coding(TASK, KIND, None), fhir::edit::coding(STEP, &step.id, None)];
    Json::object([("coding", Json::array(codings.map(Json::into_owned))), ("text", text(&*step.title))])
}
