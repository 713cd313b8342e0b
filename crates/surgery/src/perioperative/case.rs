//! The case that a record of the theatre is about, and its Procedure.

use super::message::NOT_A_CASE;
use bytes::Bytes;
use fhir::edit::{edit, reference, resource};
use fhir::{Code, Issue, Json, ResourceType};
use service::RouteCtx;
use store::search::SearchRequest;
use store::{Ctx, Error, Result, Tenant, Visible, Write};
use uuid::Uuid;

const SNOMED: &str = "http://snomed.info/sct";
const SURGERY: &str = "387713003";
/// Links of one case that are looked at.
const LINKS_MAX: &str = "50";
/// Pages of a search that are followed.
const PAGES_MAX: usize = 10;
const PAGE: &str = "1000";
/// How often a write is prepared anew when somebody else was quicker.
const ATTEMPTS: usize = 5;

/// System under which what belongs to a case is found where no search parameter leads to it.
pub(crate) const CASE: &str = "urn:medhub:case-id";

pub(crate) struct Case {
    pub id: String,
    /// Id of the patient.
    pub patient: String,
    pub json: Json<'static>,
    /// Id, version and content; `None` when the theatre has not written anything yet.
    pub procedure: Option<(String, u64, Json<'static>)>,
}

impl Case {
    /// The case of that id, as the caller may see it.
    ///
    /// # Errors
    /// `Refused` when it is no surgical case; the store's.
    pub async fn read(cx: &RouteCtx, id: &str) -> Result<Case> {
        let found = cx.tenant.read(&cx.ctx, ResourceType::SERVICE_REQUEST, id).await?;
        let json = parsed(&found)?;
        let codings = json.each("category").flat_map(|category| category.each("coding"));
        let is_case = codings
            .into_iter()
            .any(|c| c.get_str("system") == Some(SNOMED) && c.get_str("code") == Some(SURGERY));
        let patient = subject(&json).filter(|_| is_case).map(String::from);
        let patient = patient.ok_or_else(|| Error::from(Issue::error(Code::NotFound, NOT_A_CASE)))?;
        let mut case = Case { id: found.id, patient, json, procedure: None };
        case.procedure = case.find_procedure(cx).await?;
        Ok(case)
    }

    async fn find_procedure(&self, cx: &RouteCtx) -> Result<Option<(String, u64, Json<'static>)>> {
        let query = [("based-on", self.reference()), ("_count", LINKS_MAX.into())];
        let found = all(cx, ResourceType::PROCEDURE, query).await?;
        let mut known: Vec<(String, u64, Json<'static>)> = Vec::new();
        for one in found {
            let json = parsed(&one)?;
            if !matches!(json.get_str("status"), Some("entered-in-error")) {
                known.push((one.id, one.version, json));
            }
        }
        let own = self.own_procedure();
        let at = known.iter().position(|(id, ..)| *id == own).unwrap_or(0);
        Ok((at < known.len()).then(|| known.swap_remove(at)))
    }

    pub fn reference(&self) -> String {
        format!("ServiceRequest/{}", self.id)
    }

    /// Id of the Procedure that the theatre makes of this case, whoever of its rooms writes first.
    fn own_procedure(&self) -> String {
        derived("procedure", &self.id, "")
    }

    /// Id of the Procedure, that there is or that [`Case::begun`] makes.
    pub fn procedure_id(&self) -> String {
        self.procedure.as_ref().map_or_else(|| self.own_procedure(), |(id, ..)| id.clone())
    }

    /// The write that makes the Procedure, when there is none.
    pub fn begun(&self) -> Option<Write> {
        let none = self.procedure.is_none();
        none.then(|| created(ResourceType::PROCEDURE, self.own_procedure(), &self.new_procedure()))
    }

    /// The write of the Procedure as it will be: changed, or made.
    pub fn with_procedure(&self, change: impl FnOnce(&mut Json<'static>)) -> Write {
        match &self.procedure {
            Some((id, version, json)) => {
                let mut json = json.clone();
                change(&mut json);
                updated(ResourceType::PROCEDURE, id, *version, &json)
            }
            None => {
                let mut json = self.new_procedure();
                change(&mut json);
                created(ResourceType::PROCEDURE, self.own_procedure(), &json)
            }
        }
    }

    fn new_procedure(&self) -> Json<'static> {
        let mut json = resource(ResourceType::PROCEDURE);
        if let Some(edit) = edit(&mut json) {
            edit.set("id", Json::string(self.own_procedure()))
                .set("basedOn", Json::array([reference(ResourceType::SERVICE_REQUEST, &self.id)]))
                .status("preparation")
                .set_or_remove("code", self.json.get("code").cloned())
                .set("subject", reference(ResourceType::PATIENT, &self.patient))
                .set_or_remove("reasonReference", self.json.get("reasonReference").cloned())
                .set_or_remove("bodySite", self.json.get("bodySite").cloned());
        }
        json
    }

    /// `right`, `left`, `both`, or nothing where the act has no side.
    pub fn side(&self) -> Option<&'static str> {
        let code =
            self.json.each("bodySite").flat_map(|site| site.each("coding")).find_map(|c| c.get_str("code"));
        match code? {
            "24028007" => Some("right"),
            "7771000" => Some("left"),
            "51440002" => Some("both"),
            _ => None,
        }
    }

    /// Whether it cannot wait: then what is due two days before is not asked.
    pub fn is_urgent(&self) -> bool {
        let urgency =
            self.json.each("extension").find(|e| e.get_str("url") == Some("urn:medhub:case:urgency"));
        match urgency.and_then(|e| e.get_str("valueCode")) {
            Some(code) => matches!(code, "urgent" | "immediate"),
            None => matches!(self.json.get_str("priority"), Some("urgent" | "asap" | "stat")),
        }
    }
}

/// An id that is the same whenever it is asked for: UUIDv5 of what it stands for.
pub(crate) fn derived(kind: &str, case: &str, what: &str) -> String {
    let rest = if what.is_empty() { String::new() } else { format!(":{what}") };
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("urn:medhub:{kind}:{case}{rest}").as_bytes()).to_string()
}

pub(crate) fn parsed(found: &Visible) -> Result<Json<'static>> {
    let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
    Ok(json.into_owned())
}

fn subject<'j>(json: &'j Json<'_>) -> Option<&'j str> {
    json.get("subject")?.get_str("reference")?.strip_prefix("Patient/")
}

/// A new resource with an id of ours: refused when it is there already.
pub(crate) fn created(rt: ResourceType, id: String, json: &Json<'_>) -> Write {
    Write::Update { rt, id, body: Bytes::from(json.to_vec()), if_match: None, if_none_match: true }
}

/// A new version over the one that was read.
pub(crate) fn updated(rt: ResourceType, id: &str, version: u64, json: &Json<'_>) -> Write {
    let body = Bytes::from(json.to_vec());
    Write::Update { rt, id: id.to_string(), body, if_match: Some(version), if_none_match: false }
}

/// Everything that a search finds, over its pages.
///
/// # Errors
/// The store's.
pub(crate) async fn all<'q>(
    cx: &RouteCtx,
    rt: ResourceType,
    query: impl IntoIterator<Item = (&'q str, String)>,
) -> Result<Vec<Visible>> {
    all_of(&cx.tenant, &cx.ctx, rt, query).await
}

/// The same for whoever asks.
///
/// # Errors
/// The store's.
pub(crate) async fn all_of<'q>(
    tenant: &Tenant,
    ctx: &Ctx,
    rt: ResourceType,
    query: impl IntoIterator<Item = (&'q str, String)>,
) -> Result<Vec<Visible>> {
    let mut params: Vec<(String, String)> = query.into_iter().map(|(n, v)| (n.to_string(), v)).collect();
    if !params.iter().any(|(name, _)| name == "_count") {
        params.push(("_count".into(), PAGE.into()));
    }
    let mut request = SearchRequest { rt: Some(rt), params, ..SearchRequest::default() };
    let mut found = Vec::new();
    for _ in 0..PAGES_MAX {
        let page = tenant.search(ctx, &request).await?;
        found.extend(page.entries.into_iter().map(|entry| entry.visible));
        match page.next {
            Some(next) => request.page = Some(next),
            None => break,
        }
    }
    Ok(found)
}

/// Whether somebody else wrote in between, so that it is worth preparing the write again.
pub(crate) fn raced(error: &Error) -> bool {
    match error {
        Error::VersionConflict { .. } => true,
        Error::InWrite { error, .. } => raced(error),
        _ => false,
    }
}

/// Prepares and commits, again when somebody else was quicker.
///
/// # Errors
/// What `prepare` or the store says.
pub(crate) async fn settled<T, F>(cx: &RouteCtx, mut prepare: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<(Vec<Write>, T)>>,
{
    let mut left = ATTEMPTS;
    loop {
        let (writes, answer) = prepare().await?;
        if writes.is_empty() {
            return Ok(answer);
        }
        left -= 1;
        match cx.tenant.commit(&cx.ctx, writes).await {
            Ok(_) => return Ok(answer),
            Err(error) if left > 0 && raced(&error) => {}
            Err(error) => return Err(error),
        }
    }
}
