//! An order as a ServiceRequest, and a ServiceRequest as it is told.

use fhir::Json;
use fhir::edit::{codeable_concept, coding, identifier, instant, reference};
use fhir::{ResourceType, edit};
use store::Visible;
use uuid::Uuid;

/// System of the numbers under which what was ordered together is known.
const REQUISITION: &str = "urn:medhub:requisition";
const SNOMED: &str = "http://snomed.info/sct";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Lab,
    Imaging,
}

impl Kind {
    pub const ALL: [(&'static str, Kind); 2] = [("lab", Kind::Lab), ("imaging", Kind::Imaging)];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Lab => "lab",
            Kind::Imaging => "imaging",
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|(name, _)| *name == text).map(|(_, kind)| kind)
    }

    /// Of the value set of categories (<https://hl7.org/fhir/R4/valueset-servicerequest-category.html>).
    fn category(self) -> (&'static str, &'static str) {
        match self {
            Kind::Lab => ("108252007", "Laboratory procedure"),
            Kind::Imaging => ("363679005", "Imaging"),
        }
    }

    /// The kind of a ServiceRequest; `None` for one of another category.
    pub fn of(order: &Json<'_>) -> Option<Kind> {
        let codings = order.each("category").flat_map(|category| category.each("coding"));
        let codes: Vec<&str> = codings
            .filter(|c| c.get_str("system") == Some(SNOMED))
            .filter_map(|c| c.get_str("code"))
            .collect();
        Kind::ALL.into_iter().map(|(_, kind)| kind).find(|kind| codes.contains(&kind.category().0))
    }

    /// Both categories, as a search asks for them.
    pub fn search() -> String {
        let codes = Kind::ALL.map(|(_, kind)| format!("{SNOMED}|{}", kind.category().0));
        codes.join(",")
    }
}

/// What is ordered together has these in common.
pub(super) struct Sheet<'a> {
    pub patient: &'a str,
    /// `Encounter/…`.
    pub encounter: Option<&'a str>,
    pub requester: &'a str,
    pub requester_name: Option<&'a str>,
    pub requisition: &'a str,
    pub now: i64,
}

/// One examination of a sheet.
pub(super) struct Line {
    pub id: Uuid,
    pub kind: Kind,
    /// System and code; free text has none.
    pub code: Option<(String, String)>,
    pub display: String,
    pub priority: &'static str,
    pub note: Option<String>,
    pub reason: Option<String>,
    /// The specimen's id, and when it was taken, as it was said.
    pub specimen: Option<(Uuid, String)>,
}

impl Line {
    pub fn order(&self, sheet: &Sheet<'_>) -> Json<'static> {
        let (category, shown) = self.kind.category();
        let coding =
            self.code.as_ref().map(|(system, code)| Json::array([coding(system, code, Some(&self.display))]));
        let code = coding.map(|coding| ("coding", coding)).into_iter();
        let code = Json::object(code.chain([("text", Json::string(self.display.as_str()))]));
        let text = |text: &String| Json::object([("text", Json::string(text.clone()))]);
        let mut order = edit::resource(ResourceType::SERVICE_REQUEST);
        if let Some(edit) = edit::edit(&mut order) {
            let specimen =
                self.specimen.as_ref().map(|(id, _)| reference(ResourceType::SPECIMEN, &id.to_string()));
            edit.set("id", Json::string(self.id.to_string()))
                .set("requisition", identifier(REQUISITION, sheet.requisition))
                .set("status", Json::string("active"))
                .set("intent", Json::string("order"))
                .set("category", Json::array([codeable_concept(SNOMED, category, Some(shown))]))
                .set("priority", Json::string(self.priority))
                .set("code", code)
                .set("subject", reference(ResourceType::PATIENT, sheet.patient))
                .set_or_remove("encounter", sheet.encounter.map(named))
                .set("authoredOn", instant(sheet.now))
                .set("requester", shown_as(sheet.requester, sheet.requester_name))
                .set_or_remove("reasonCode", self.reason.as_ref().map(|reason| Json::array([text(reason)])))
                .set_or_remove("specimen", specimen.map(|one| Json::array([one])))
                .set_or_remove("note", self.note.as_ref().map(|note| Json::array([text(note)])));
        }
        order.into_owned()
    }

    pub fn specimen(&self, sheet: &Sheet<'_>) -> Option<(Uuid, Json<'static>)> {
        let (id, collected) = self.specimen.as_ref()?;
        let collection = Json::object([("collectedDateTime", Json::string(collected.clone()))]);
        let mut specimen = edit::resource(ResourceType::SPECIMEN);
        edit::edit(&mut specimen)?
            .set("id", Json::string(id.to_string()))
            .set("status", Json::string("available"))
            .set("subject", reference(ResourceType::PATIENT, sheet.patient))
            .set("request", Json::array([reference(ResourceType::SERVICE_REQUEST, &self.id.to_string())]))
            .set("collection", collection);
        Some((*id, specimen.into_owned()))
    }
}

fn named(reference: &str) -> Json<'static> {
    Json::object([("reference", Json::string(reference.to_string()))])
}

fn shown_as(reference: &str, name: Option<&str>) -> Json<'static> {
    let name = name.map(|name| ("display", Json::string(name.to_string())));
    Json::object([("reference", Json::string(reference.to_string()))].into_iter().chain(name))
}

/// An order as it is told; `None` for what is no order to the laboratory or to imaging. `report`: the reference of
/// what came of it.
pub(super) fn told(version: u64, order: &Json<'_>, report: Option<&str>) -> Option<Json<'static>> {
    let kind = Kind::of(order)?;
    let id = order.get_str("id")?;
    let code = order.get("code");
    let coding = code.and_then(|code| code.each("coding").next());
    let display = crate::find::concept(code).unwrap_or_default();
    let text = |text: &str| Json::string(text.to_string());
    let first = |name: &str| order.each(name).next().and_then(|one| one.get_str("text"));
    let of = |name: &str, member: &str| order.get(name).and_then(|one| one.get_str(member));
    let specimen = order.each("specimen").next().and_then(|one| one.get_str("reference"));
    let mut out = vec![
        ("id", text(id)),
        ("order", Json::string(format!("ServiceRequest/{id}"))),
        ("version", Json::integer(i64::try_from(version).unwrap_or(i64::MAX))),
        ("kind", text(kind.as_str())),
        ("display", Json::string(display)),
        ("priority", text(order.get_str("priority").unwrap_or("routine"))),
        ("status", text(order.get_str("status").unwrap_or("unknown"))),
    ];
    let optional = [
        ("code", coding.and_then(|coding| coding.get_str("code"))),
        ("system", coding.and_then(|coding| coding.get_str("system"))),
        ("requisition", of("requisition", "value")),
        ("authoredOn", order.get_str("authoredOn")),
        ("note", first("note")),
        ("reason", first("reasonCode")),
        ("encounter", of("encounter", "reference")),
        ("specimen", specimen),
        ("report", report),
    ];
    out.extend(optional.into_iter().filter_map(|(name, value)| Some((name, text(value?)))));
    if let Some(requester) = of("requester", "reference") {
        let name = of("requester", "display").unwrap_or_default();
        out.push(("requester", Json::object([("reference", text(requester)), ("name", text(name))])));
    }
    Some(Json::object(out))
}

/// The same of a stored one.
pub(super) fn told_of(visible: &Visible, report: Option<&str>) -> Option<Json<'static>> {
    let order = fhir::json::parse(&visible.body).ok()?;
    told(visible.version, &order, report)
}
