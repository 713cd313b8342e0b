//! The versions that a clinic has: what is shipped, its own Questionnaires, and which of them its cases begin with.

use super::form;
use super::version::{self, URL, Version};
use crate::case::element::{self, all, parsed, text};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use store::{Ctx, Error, Result, TxRead, Write};

/// Id of the Questionnaire that stands for the choice: it is derived from the version that is chosen.
pub(crate) const CHOICE: &str = "checklist-default";
const CHOICE_URL: &str = "urn:medhub:checklist-default";
/// Own versions that are looked at.
const OWN_MAX: usize = 200;

/// A version with the Questionnaire that holds it in this clinic.
pub(crate) struct Held {
    pub version: Arc<Version>,
    /// Id of the Questionnaire; a shipped one has none until it is used.
    pub stored: Option<String>,
    pub shipped: bool,
    /// Whether a case can begin with it.
    pub active: bool,
}

/// The versions of the clinic belong to no patient: they are read by the hub, whoever asks.
fn inside(cx: &RouteCtx) -> RouteCtx {
    let (clock, ids) = (cx.ctx.clock.clone(), cx.ctx.ids.clone());
    RouteCtx { ctx: Ctx { clock, ids, ..Ctx::system("surgery.checklists") }, ..cx.clone() }
}

/// Every version, shipped ones first, then by id and version.
///
/// # Errors
/// The store's.
pub(crate) async fn versions(cx: &RouteCtx) -> Result<Vec<Held>> {
    let shipped = version::versions().iter().map(|version| Held {
        version: version.clone(),
        stored: None,
        shipped: true,
        active: true,
    });
    let mut held: Vec<Held> = shipped.collect();
    let mut own: Vec<Held> = Vec::new();
    for found in all(&inside(cx), ResourceType::QUESTIONNAIRE, &[]).await? {
        let json = parsed(&found)?;
        let Ok(version) = form::checked(&json) else { continue };
        match held.iter_mut().find(|held| held.version.canonical == version.canonical) {
            Some(held) => held.stored = Some(found.id),
            None if own.len() < OWN_MAX => own.push(Held {
                version: Arc::new(version),
                stored: Some(found.id),
                shipped: false,
                active: json.get_str("status") == Some("active"),
            }),
            None => {}
        }
    }
    own.sort_by_key(|held| rank(&held.version));
    held.extend(own);
    Ok(held)
}

/// By id, then by number: 1.9 comes before 1.10.
fn rank(version: &Version) -> (String, Vec<u64>, String) {
    let number = version.canonical.rsplit('|').next().unwrap_or_default();
    let parts = number.split(['.', '-']).map(|part| part.parse().unwrap_or(0)).collect();
    (version.id.clone(), parts, number.to_string())
}

/// The version that cases begin with here.
///
/// # Errors
/// The store's.
pub(crate) async fn chosen(cx: &RouteCtx) -> Result<Arc<Version>> {
    let read = inside(cx);
    let choice = match read.tenant.read(&read.ctx, ResourceType::QUESTIONNAIRE, CHOICE).await {
        Ok(found) => choice_of(&parsed(&found)?),
        Err(Error::NotFound | Error::Gone { .. }) => None,
        Err(other) => return Err(other),
    };
    let found = match choice {
        Some(canonical) => of_canonicals(cx, [canonical.clone()].into()).await?.remove(&canonical),
        None => None,
    };
    found.or_else(|| version::named(None).cloned()).ok_or(Error::NotFound)
}

/// The newest active version of that id.
///
/// # Errors
/// `NotFound` when there is none; the store's.
pub(crate) async fn begun_with(cx: &RouteCtx, id: &str) -> Result<Arc<Version>> {
    if let Some(shipped) = version::named(Some(id)) {
        return Ok(shipped.clone());
    }
    let of_id = |held: &Held| held.active && held.version.id == id;
    versions(cx).await?.into_iter().rev().find(of_id).map(|held| held.version).ok_or(Error::NotFound)
}

fn choice_of(json: &Json<'_>) -> Option<String> {
    json.each("derivedFrom").find_map(|canonical| canonical.as_str().map(str::to_string))
}

/// The versions of these addresses (`url|version`), those that there are.
///
/// # Errors
/// The store's.
pub(crate) async fn of_canonicals(
    cx: &RouteCtx,
    canonicals: BTreeSet<String>,
) -> Result<HashMap<String, Arc<Version>>> {
    let mut known = HashMap::new();
    let mut urls: BTreeSet<String> = BTreeSet::new();
    for canonical in canonicals {
        match version::of_canonical(&canonical) {
            Some(shipped) => drop(known.insert(canonical, shipped.clone())),
            None if canonical.starts_with(URL) => {
                urls.extend(canonical.split('|').next().map(str::to_string));
            }
            None => {}
        }
    }
    let inside = inside(cx);
    for some in urls.into_iter().collect::<Vec<_>>().chunks(element::CHUNK) {
        for found in all(&inside, ResourceType::QUESTIONNAIRE, &[("url", some.join(","))]).await? {
            if let Ok(version) = form::checked(&parsed(&found)?) {
                known.insert(version.canonical.clone(), Arc::new(version));
            }
        }
    }
    Ok(known)
}

/// The version that a rule judges by, inside its transaction: of a response what it answers, without one what the
/// clinic chose.
///
/// # Errors
/// The store's.
pub(crate) fn in_transaction(
    response: Option<&Json<'_>>,
    tx: &mut TxRead<'_>,
) -> Result<Option<Arc<Version>>> {
    let answered = response.and_then(|r| r.get_str("questionnaire")).map(str::to_string);
    let canonical = match answered {
        Some(canonical) => Some(canonical),
        None => {
            let body = tx.read(ResourceType::QUESTIONNAIRE, CHOICE)?;
            body.and_then(|body| choice_of(&fhir::json::parse(&body).ok()?))
        }
    };
    let Some(canonical) = canonical else { return Ok(version::named(None).cloned()) };
    if let Some(shipped) = version::of_canonical(&canonical) {
        return Ok(Some(shipped.clone()));
    }
    let url = canonical.split('|').next().unwrap_or_default();
    for id in tx.search(ResourceType::QUESTIONNAIRE, &format!("url={url}"), 50)? {
        let Some(body) = tx.read(ResourceType::QUESTIONNAIRE, &id)? else { continue };
        let version = fhir::json::parse(&body).ok().and_then(|json| form::checked(&json).ok());
        if let Some(version) = version.filter(|version| version.canonical == canonical) {
            return Ok(Some(Arc::new(version)));
        }
    }
    Ok(version::named(None).cloned())
}

/// Makes a shipped version a Questionnaire of this clinic, unless it is one.
///
/// # Errors
/// The store's.
pub(crate) async fn install(cx: &RouteCtx, version: &Version) -> Result<()> {
    let Some(mut json) = version::shipped(&version.id) else { return Ok(()) };
    let (inside, id) = (inside(cx), format!("checklist-{}", version.id));
    match inside.tenant.read(&inside.ctx, ResourceType::QUESTIONNAIRE, &id).await {
        Err(Error::NotFound | Error::Gone { .. }) => {}
        Ok(_) => return Ok(()),
        Err(other) => return Err(other),
    }
    if let Some(object) = json.as_object_mut() {
        object.set("id", text(&id));
    }
    let write = element::write(ResourceType::QUESTIONNAIRE, &id, None, &json);
    match inside.tenant.commit(&inside.ctx, vec![write]).await {
        // Another case was quicker.
        Err(error) if element::raced(&error) => Ok(()),
        done => done.map(drop),
    }
}

/// What makes a version the one that cases begin with.
pub(crate) fn choose(version: &Version) -> Write {
    let json = Json::object([
        ("resourceType", text("Questionnaire")),
        ("id", text(CHOICE)),
        ("url", text(CHOICE_URL)),
        ("derivedFrom", Json::array([text(&version.canonical)])),
        ("status", text("active")),
    ]);
    let (rt, body) = (ResourceType::QUESTIONNAIRE, bytes::Bytes::from(json.to_vec()));
    Write::Update { rt, id: CHOICE.into(), body, if_match: None, if_none_match: false }
}
