//! The Task by which a result is looked at: one for each report, under an id that follows from the report's.
//!
//! `focus` is the report, `for` the patient, `owner` who must look, `restriction.period.end` until when. `input`
//! says which version of the report it asks about and how pressing that is; `output` who took it into account.
//! Nothing that it says outside `input`, `output` and `note` is about health.

use super::flag::Urgency;
use bytes::Bytes;
use fhir::edit::{codeable_concept, edit, instant, period, reference};
use fhir::{Json, ResourceType};
use store::{Error, Result, Visible, Write};
use uuid::Uuid;

pub(super) const SYSTEM: &str = "urn:medhub:task";
pub(super) const CODE: &str = "result-review";
const INPUT: &str = "urn:medhub:result-review";
const REPORT_VERSION: &str = "report-version";
const URGENCY: &str = "urgency";
const ACKNOWLEDGED_BY: &str = "acknowledged-by";
const ACKNOWLEDGED_AT: &str = "acknowledged-at";

/// Namespace of the ids of these Tasks.
const NAMESPACE: Uuid = Uuid::from_u128(0x7b0d_94c5_3c1e_5f6a_8e21_7265_7375_6c74);

/// The id of the Task of a report.
pub(super) fn id_of(tenant: &str, report: &str) -> String {
    Uuid::new_v5(&NAMESPACE, format!("{tenant}\n{report}").as_bytes()).to_string()
}

/// What a review is about.
pub(super) struct About<'a> {
    pub report: &'a str,
    pub version: u64,
    /// `Patient/…`.
    pub patient: &'a str,
    /// `Encounter/…`.
    pub encounter: Option<&'a str>,
    /// References to the orders.
    pub orders: Vec<String>,
    pub urgency: Urgency,
    pub now: i64,
    /// Until when it must be looked at, ms since epoch.
    pub due: i64,
}

impl About<'_> {
    /// A new Task. Whose it is stands in `owner`; without one it is the team's.
    pub fn task(&self, id: &str, owner: Option<&str>) -> Json<'static> {
        let mut task = fhir::edit::resource(ResourceType::TASK);
        let named = |reference: &str| Json::object([("reference", Json::string(reference.to_string()))]);
        if let Some(edit) = edit(&mut task) {
            let orders = (!self.orders.is_empty()).then(|| Json::array(self.orders.iter().map(|o| named(o))));
            edit.set("id", Json::string(id.to_string()))
                .set_or_remove("basedOn", orders)
                .set("status", Json::string("requested"))
                .set("intent", Json::string("order"))
                .set("priority", Json::string(self.urgency.priority()))
                .set("code", codeable_concept(SYSTEM, CODE, Some("Résultat à prendre en compte")))
                .set("focus", reference(ResourceType::DIAGNOSTIC_REPORT, self.report))
                .set("for", named(self.patient))
                .set_or_remove("encounter", self.encounter.map(named))
                .set("authoredOn", instant(self.now))
                .set("lastModified", instant(self.now))
                .set_or_remove("owner", owner.map(named));
        }
        let mut task = task.into_owned();
        self.ask(&mut task);
        task
    }

    /// The same Task, asking (again) about this version of the report.
    pub fn ask(&self, task: &mut Json<'static>) {
        let version = i64::try_from(self.version).unwrap_or(i64::MAX);
        let inputs = [
            (REPORT_VERSION, "valuePositiveInt", Json::integer(version)),
            (URGENCY, "valueCode", Json::string(self.urgency.as_str())),
        ];
        let until = period(Some(self.now), Some(self.due));
        if let Some(edit) = edit(task) {
            edit.set("status", Json::string("requested"))
                .set("priority", Json::string(self.urgency.priority()))
                .set("lastModified", instant(self.now))
                .set("restriction", Json::object([("period", until)]))
                .set("input", Json::array(inputs.map(|(name, member, value)| part(name, member, value))))
                .remove("output")
                .remove("executionPeriod");
        }
    }
}

fn part(name: &'static str, member: &'static str, value: Json<'static>) -> Json<'static> {
    Json::object([("type", codeable_concept(INPUT, name, None)), (member, value)])
}

/// A review as it is stored.
pub(super) struct Review {
    pub id: String,
    pub version: u64,
    pub task: Json<'static>,
}

impl Review {
    /// `NotFound` for a Task of another kind.
    ///
    /// # Errors
    /// Also when the stored body is not JSON.
    pub fn read(visible: &Visible) -> Result<Review> {
        let task = fhir::json::parse(&visible.body).map_err(|_| Error::Corrupt("a stored Task".into()))?;
        let review = Review { id: visible.id.clone(), version: visible.version, task: task.into_owned() };
        let code = review.task.get("code").and_then(|code| code.each("coding").next());
        match code.map(|code| (code.get_str("system"), code.get_str("code"))) {
            Some((Some(SYSTEM), Some(CODE))) => Ok(review),
            _ => Err(Error::NotFound),
        }
    }

    /// Id of the report.
    pub fn report(&self) -> Option<&str> {
        self.reference("focus")?.strip_prefix("DiagnosticReport/")
    }

    /// Id of the patient.
    pub fn patient(&self) -> Option<&str> {
        self.reference("for")?.strip_prefix("Patient/")
    }

    pub fn owner(&self) -> Option<&str> {
        self.reference("owner")
    }

    fn reference(&self, member: &str) -> Option<&str> {
        self.task.get(member)?.get_str("reference")
    }

    /// `open`, `done` or `cancelled`.
    pub fn state(&self) -> &'static str {
        match self.task.get_str("status") {
            Some("completed") => "done",
            Some("cancelled" | "entered-in-error" | "rejected" | "failed") => "cancelled",
            _ => "open",
        }
    }

    pub fn is_open(&self) -> bool {
        self.state() == "open"
    }

    /// Until when it must be looked at, ms since epoch.
    pub fn due(&self) -> Option<i64> {
        let end = self.task.get("restriction")?.get("period")?.get_str("end")?;
        fhir::date::parse(end).map(|moment| moment.lo_ms)
    }

    /// When it was asked for, ms since epoch.
    pub fn asked(&self) -> i64 {
        let restriction = self.task.get("restriction").and_then(|one| one.get("period"));
        let start = restriction.and_then(|period| period.get_str("start")).and_then(fhir::date::parse);
        start.map_or(i64::MIN, |moment| moment.lo_ms)
    }

    /// Of those who may read it; else as the priority tells.
    pub fn urgency(&self) -> Urgency {
        let said = self.part("input", URGENCY).and_then(|one| Urgency::parse(one.get_str("valueCode")?));
        said.unwrap_or(match self.task.get_str("priority") {
            Some("stat") => Urgency::Critical,
            Some("urgent" | "asap") => Urgency::Abnormal,
            _ => Urgency::Normal,
        })
    }

    /// The version of the report that it asks about.
    pub fn about_version(&self) -> u64 {
        let said =
            self.part("input", REPORT_VERSION).and_then(|one| one.get("valuePositiveInt")?.as_number());
        said.and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    fn part(&self, list: &str, name: &str) -> Option<&Json<'static>> {
        let named = |one: &&Json<'static>| {
            let mut codings = one.get("type").into_iter().flat_map(|kind| kind.each("coding"));
            codings.any(|coding| coding.get_str("code") == Some(name))
        };
        self.task.each(list).find(named)
    }

    /// Who took the result into account, and when.
    pub fn acknowledged(&self) -> Option<(&Json<'static>, Option<&str>)> {
        let by = self.part("output", ACKNOWLEDGED_BY)?.get("valueReference")?;
        let at = self.part("output", ACKNOWLEDGED_AT).and_then(|one| one.get_str("valueDateTime"));
        Some((by, at))
    }

    /// Completes it.
    pub fn acknowledge(&mut self, by: Json<'static>, now: i64) {
        let outputs = [
            part(ACKNOWLEDGED_BY, "valueReference", by),
            part(ACKNOWLEDGED_AT, "valueDateTime", instant(now)),
        ];
        if let Some(edit) = edit(&mut self.task) {
            edit.set("status", Json::string("completed"))
                .set("lastModified", instant(now))
                .set("output", Json::array(outputs));
        }
    }

    /// Gives it to somebody else.
    pub fn give(&mut self, owner: &str, name: Option<&str>, now: i64) {
        let name = name.map(|name| ("display", Json::string(name.to_string())));
        let owner = [("reference", Json::string(owner.to_string()))].into_iter().chain(name);
        if let Some(edit) = edit(&mut self.task) {
            edit.set("lastModified", instant(now)).set("owner", Json::object(owner));
        }
    }

    /// Ends it: the report was withdrawn.
    pub fn cancel(&mut self, now: i64) {
        if let Some(edit) = edit(&mut self.task) {
            edit.set("status", Json::string("cancelled")).set("lastModified", instant(now));
        }
    }

    pub fn note(&mut self, note: Json<'static>, now: i64) {
        if let Some(edit) = edit(&mut self.task) {
            edit.push("note", note).set("lastModified", instant(now));
        }
    }

    /// Over the version that was read: who comes second reads anew.
    pub fn write(&self) -> Write {
        Write::Update {
            rt: ResourceType::TASK,
            id: self.id.clone(),
            body: Bytes::from(self.task.to_vec()),
            if_match: Some(self.version),
            if_none_match: false,
        }
    }
}
