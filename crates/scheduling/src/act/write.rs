//! `POST theatre/acts`, `PUT theatre/acts/{id}`: the needs of an act are set, whole.

use super::verb::{kinds, tell};
use crate::element::{make, text};
use crate::index::{Index, Shelves};
use crate::suite::change::same_version;
use crate::suite::wish::whole;
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};

const NEED: &str = "urn:medhub:case:need";
const CAPABILITY_SYSTEM: &str = "urn:medhub:room:capability";
const NEEDS_MAX: usize = 30;
const COUNT_MAX: i64 = 20;

const WRONG_NEED: Text = Text {
    key: "scheduling.act-need",
    fr: "Chaque besoin a un genre ({kinds}), une chose que la clinique possède, et un nombre de 1 à {max} ; au plus {most} besoins.",
    en: "Each need has a kind ({kinds}), a thing that the clinic has, and a number from 1 to {max}; {most} needs at most.",
    de: "Jede Anforderung hat eine Art ({kinds}), eine Sache, die die Klinik besitzt, und eine Anzahl von 1 bis {max}; höchstens {most} Anforderungen.",
};
const TWICE: Text = Text {
    key: "scheduling.act-twice",
    fr: "Cet acte a déjà une définition : modifiez-la.",
    en: "This act has a definition already: change it.",
    de: "Dieser Eingriff hat bereits eine Definition: Ändern Sie sie.",
};

pub(super) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |method, path, summary| Route {
        method,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Set { shelves: shelves.clone(), new: method == Method::Post }),
    };
    vec![
        route(Method::Post, "theatre/acts", "Sets what an act asks of a room and of equipment"),
        route(Method::Put, "theatre/acts/{id}", "Changes what an act asks of a room and of equipment"),
    ]
}

struct Set {
    shelves: Arc<Shelves>,
    new: bool,
}

#[async_trait]
impl Handler for Set {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let new = self.new;
        let mut form = Form::read(&request.body)?;
        let version = whole(&mut form, "version", 1, i64::MAX);
        let display = form.required("display", 200);
        let system = form.text("system", 200);
        let code = if new { form.required("code", 60) } else { String::new() };
        let shelf = self.shelves.fresh(&cx).await?;
        let needs = shelf.read(|index| needs(&mut form, index));
        form.finish()?;
        let id = if new { cx.ctx.ids.uuid().to_string() } else { request.param("id").to_string() };
        let (mut json, before) = match new {
            true => {
                let same = |act: &super::Act| act.code == code && (act.system == system || system.is_none());
                if shelf.read(|index| index.acts.values().any(same)) {
                    return Err(Issue::error(Code::Duplicate, TWICE).at("code").into());
                }
                (definition(&id, system.as_deref(), &code, &display), None)
            }
            false => {
                let found = cx.tenant.read(&cx.ctx, ResourceType::ACTIVITY_DEFINITION, &id).await?;
                same_version(version, found.version)?;
                let json = fhir::json::parse(&found.body)
                    .map_err(|_| Error::Corrupt("a stored ActivityDefinition".into()))?;
                (json.into_owned(), Some(found.version))
            }
        };
        if let Some(edit) = fhir::edit::edit(&mut json) {
            edit.set("title", text(display));
        }
        replace(&mut json, needs);
        let write = Write::Update {
            rt: ResourceType::ACTIVITY_DEFINITION,
            id: id.clone(),
            body: Bytes::from(json.to_vec()),
            if_match: before,
            if_none_match: new,
        };
        cx.tenant.commit(&cx.ctx, vec![write]).await?;
        let (shelf, now) = (self.shelves.fresh(&cx).await?, cx.ctx.clock.now_ms());
        let told = shelf.read(|index| index.acts.get(&id).map(|act| tell(index, now, &id, act)));
        Ok(RouteReply::json(if new { 201 } else { 200 }, &told.ok_or(Error::NotFound)?))
    }
}

fn definition(id: &str, system: Option<&str>, code: &str, display: &str) -> Json<'static> {
    let named = |name: &'static str| {
        let system = system.map(|system| ("system", text(system)));
        Json::object(system.into_iter().chain([(name, text(code))]))
    };
    let concept = Json::object([("coding", Json::array([named("code")])), ("text", text(display))]);
    Json::object([
        ("resourceType", text("ActivityDefinition")),
        ("id", text(id)),
        ("identifier", Json::array([named("value")])),
        ("title", text(display)),
        ("status", text("active")),
        ("kind", text("ServiceRequest")),
        ("code", concept),
    ])
}

/// The extensions that the form asks for; a fault is noted in the form.
fn needs(form: &mut Form<'_>, index: &Index) -> Vec<Json<'static>> {
    let kinds = kinds(index);
    let read = |one: &Json<'_>| {
        let (kind, what) = (one.get_str("kind")?, one.get_str("what")?);
        let count = match one.get("count") {
            None => 1,
            Some(count) => count.as_number()?.parse().ok().filter(|n| (1..=COUNT_MAX).contains(n))?,
        };
        let (kind, of) = kinds.iter().find(|(name, _)| *name == kind)?;
        // A capability that no room has yet may be asked for: the answer shows that none qualifies.
        let typed = *kind == "capability" && (1..=60).contains(&what.chars().count());
        (typed || of.contains_key(what)).then(|| need(kind, what, count))
    };
    let found: Option<Vec<Json<'static>>> = match form.json().get("needs") {
        Some(Json::Array(all)) if all.len() <= NEEDS_MAX => all.iter().map(read).collect(),
        _ => None,
    };
    found.unwrap_or_else(|| {
        let names: Vec<&str> = kinds.iter().map(|(kind, _)| *kind).collect();
        let issue = Issue::error(Code::Value, WRONG_NEED).at("needs").arg("kinds", names.join(", "));
        form.wrong(issue.arg("max", COUNT_MAX).arg("most", NEEDS_MAX));
        Vec::new()
    })
}

fn need(kind: &str, what: &str, count: i64) -> Json<'static> {
    let thing = match kind {
        "capability" => {
            let coding = Json::object([("system", text(CAPABILITY_SYSTEM)), ("code", text(what))]);
            make("what", "valueCodeableConcept", Json::object([("coding", Json::array([coding]))]))
        }
        _ => make("what", "valueReference", Json::object([("reference", text(what))])),
    };
    let parts = [
        make("kind", "valueCode", text(kind)),
        thing,
        make("count", "valueUnsignedInt", Json::integer(count)),
    ];
    Json::object([("url", text(NEED)), ("extension", Json::array(parts))])
}

fn replace(json: &mut Json<'static>, needs: Vec<Json<'static>>) {
    let Some(object) = json.as_object_mut() else { return };
    let mut kept = match object.remove("extension") {
        Some(Json::Array(items)) => items,
        _ => Vec::new(),
    };
    kept.retain(|one| one.get_str("url") != Some(NEED));
    kept.extend(needs);
    if !kept.is_empty() {
        object.set("extension", Json::Array(kept));
    }
}
