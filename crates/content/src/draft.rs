//! A new document: its pages are printed, and it is written with them, all or nothing.

use crate::asked::Asked;
use crate::chart::Chart;
use crate::document::{CHECK, Document, FACTS, Rendition, attached, binary, classes};
use crate::kind::Kind;
use crate::message::REPLACES;
use crate::paper::{self, Pages, Stage};
use crate::prefill::leaflet;
use crate::read::Stored;
use crate::sheet::{self, Name};
use crate::words::{self, text};
use bytes::Bytes;
use fhir::edit::{edit, instant, reference, reference_named, resource};
use fhir::{Code, Issue, Json, ResourceType};
use service::RouteCtx;
use store::{Error, Outcome, Result, Write};

/// The template's place and edition, for whoever asks in twenty years.
const EDITION: &str = "1";

pub(crate) struct Printed {
    pub name: Name,
    data: Json<'static>,
    pages: Pages,
}

impl Printed {
    /// The pages alone.
    pub fn into_pdf(self) -> Vec<u8> {
        self.pages.pdf
    }
}

/// Prints what is asked; nothing is written yet.
pub(crate) async fn printed(
    kind: &'static Kind,
    chart: &Chart,
    values: &Json<'static>,
    name: Name,
) -> Result<Printed> {
    let mut data = sheet::data(kind, chart, values, &name);
    if let Some(object) = data.as_object_mut() {
        object.set("raw", values.clone());
    }
    let pages = paper::print(kind, &data, Stage::Draft, Vec::new()).await?;
    Ok(Printed { name, data, pages })
}

/// Makes a draft.
pub(crate) async fn made(
    cx: &RouteCtx,
    asked: &Asked,
    chart: &Chart,
    values: &Json<'static>,
) -> Result<Document> {
    if let Some(old) = &asked.replaces {
        replaceable(cx, asked, old).await?;
    }
    let name = Name::new(cx.ctx.ids.uuid().to_string());
    let printed = printed(asked.kind, chart, values, name).await?;
    let (json, mut writes) = composed(cx, asked, chart, &printed);
    writes.push(Write::Create {
        rt: ResourceType::DOCUMENT_REFERENCE,
        id: Some(printed.name.id.clone()),
        body: Bytes::from(json.to_vec()),
        if_none_exist: None,
    });
    let done = cx.tenant.commit(&cx.ctx, writes).await.map_err(single)?;
    written(done)
}

/// The document that a commit wrote last.
pub(crate) fn written(mut done: Vec<Outcome>) -> Result<Document> {
    let at =
        done.iter().rposition(|one| one.rt == ResourceType::DOCUMENT_REFERENCE).ok_or(Error::NotFound)?;
    let Outcome { id, version, at, body, .. } = done.swap_remove(at);
    let json = fhir::json::parse(&body).map_err(|_| Error::Corrupt("a document just written".into()))?;
    Document::of(Stored { id, version, at, json: json.into_owned() }).ok_or(Error::NotFound)
}

/// What is wrong with one write of several is wrong with the document.
pub(crate) fn single(error: Error) -> Error {
    match error {
        Error::InWrite { error, .. } => single(*error),
        other => other,
    }
}

async fn replaceable(cx: &RouteCtx, asked: &Asked, old: &str) -> Result<()> {
    let wrong = || Error::from(Issue::error(Code::BusinessRule, REPLACES).at("replaces"));
    let old = Document::read(cx, old).await.map_err(|error| match error {
        Error::NotFound | Error::Gone { .. } | Error::Refused(_) => wrong(),
        other => other,
    })?;
    let fits =
        old.kind.code == asked.kind.code && old.patient() == asked.about.patient && old.status().stands();
    if fits { Ok(()) } else { Err(wrong()) }
}

/// The DocumentReference without its status, and the writes of its pages.
fn composed(cx: &RouteCtx, asked: &Asked, chart: &Chart, printed: &Printed) -> (Json<'static>, Vec<Write>) {
    let patient = asked.about.patient.as_str();
    let (contents, writes) = contents(cx, asked.kind, patient, printed);
    let identifier = Json::object([("system", Json::string(CHECK)), ("value", text(&*printed.name.check))]);
    let mut json = resource(ResourceType::DOCUMENT_REFERENCE);
    if let Some(edit) = edit(&mut json) {
        let author = text(&*chart.author.name);
        let author = Json::object([("reference", text(&*chart.author.reference)), ("display", author)]);
        let mut edit = edit
            .set("id", text(&*printed.name.id))
            .set("extension", Json::array([facts(asked.kind, chart, printed)]))
            .set("identifier", Json::array([identifier]))
            .status("current")
            .set("docStatus", Json::string("preliminary"));
        for (name, class) in classes(asked.kind) {
            edit = edit.set(name, class);
        }
        let replaced = asked.replaces.as_ref().map(|old| {
            let target = reference(ResourceType::DOCUMENT_REFERENCE, old);
            Json::array([Json::object([("code", Json::string("replaces")), ("target", target)])])
        });
        edit.set("subject", reference(ResourceType::PATIENT, patient))
            .set("date", instant(cx.ctx.clock.now_ms()))
            .set("author", Json::array([author]))
            .set_or_remove("relatesTo", replaced)
            .set("description", text(asked.kind.title.tell(chart.lang)))
            .set("content", contents)
            .set_or_remove("context", context(asked, chart));
    }
    (json.into_owned(), writes)
}

fn context(asked: &Asked, chart: &Chart) -> Option<Json<'static>> {
    let mut members = Vec::new();
    if let Some(encounter) = &asked.about.encounter {
        members.push(("encounter", Json::array([reference(ResourceType::ENCOUNTER, encounter)])));
    }
    let case = asked.about.case.as_ref().map(|case| reference(ResourceType::SERVICE_REQUEST, case));
    let report = chart.notes.report_reference.as_deref().filter(|_| asked.kind.code == "operative-report");
    let report = report.and_then(|r| r.strip_prefix("Composition/"));
    let report = report.map(|id| reference(ResourceType::COMPOSITION, id));
    let related: Vec<Json<'static>> = case.into_iter().chain(report).collect();
    if !related.is_empty() {
        members.push(("related", Json::Array(related)));
    }
    (!members.is_empty()).then(|| Json::object(members))
}

fn contents(cx: &RouteCtx, kind: &Kind, patient: &str, printed: &Printed) -> (Json<'static>, Vec<Write>) {
    let (data_id, pages_id) = (cx.ctx.ids.uuid().to_string(), cx.ctx.ids.uuid().to_string());
    let (title, lang) = (kind.title.tell(fhir::Lang::Fr), printed.data.get_str("lang").unwrap_or("fr"));
    let data = printed.data.to_vec();
    let contents = Json::array([
        attached(Rendition::Pages, &pages_id, title, printed.pages.pdf.len(), lang),
        attached(Rendition::Data, &data_id, title, data.len(), lang),
    ]);
    let writes = vec![
        binary(&data_id, patient, "application/json", &data),
        binary(&pages_id, patient, "application/pdf", &printed.pages.pdf),
    ];
    (contents, writes)
}

/// What lists and rules ask about without opening the pages.
fn facts(kind: &Kind, chart: &Chart, printed: &Printed) -> Json<'static> {
    let part = |url: &'static str, name: &'static str, value: Json<'static>| {
        Json::object([("url", Json::string(url)), (name, value)])
    };
    let count = i64::try_from(printed.pages.count).unwrap_or(0);
    let mut parts = vec![
        part("pages", "valueUnsignedInt", Json::integer(count)),
        part("hash", "valueString", text(paper::hash(&printed.pages.pdf))),
        part("template", "valueString", text(format!("{}/{EDITION}", kind.code))),
        part("language", "valueCode", Json::string(words::code(chart.lang))),
    ];
    if let Some(leaflet) = leaflet(chart).filter(|_| kind.code == "consent") {
        parts.push(part("leaflet", "valueString", text(format!("{}/{}", leaflet.code, leaflet.version))));
    }
    if kind.code == "consent" && chart.patient.minor {
        parts.push(part("minor", "valueBoolean", Json::Bool(true)));
    }
    parts.extend(chart.wording.as_ref().map(|worded| part("wording", "valueString", text(&*worded.source))));
    if let Some(case) = &chart.case {
        parts.push(part("subtitle", "valueString", text(case.subtitle())));
        parts.push(part("act", "valueString", text(case.ccam.clone().unwrap_or_else(|| case.act.clone()))));
        parts.extend(case.side.map(|side| part("side", "valueCode", Json::string(side))));
        let surgeon = case.surgeon_reference.as_deref().and_then(|s| s.strip_prefix("Practitioner/"));
        parts.extend(surgeon.map(|id| {
            let who =
                reference_named(ResourceType::PRACTITIONER, id, case.surgeon.as_deref().unwrap_or_default());
            part("surgeon", "valueReference", who.into_owned())
        }));
    }
    Json::object([("extension", Json::Array(parts)), ("url", Json::string(FACTS))])
}

/// The DocumentReference with the pages of another printing, and the writes of those.
pub(crate) fn reprinted(
    cx: &RouteCtx,
    document: &Document,
    chart: &Chart,
    printed: &Printed,
) -> (Json<'static>, Vec<Write>) {
    let (contents, writes) = contents(cx, document.kind, document.patient(), printed);
    let mut json = document.json.clone();
    let mut extensions: Vec<Json<'static>> =
        json.each("extension").filter(|e| e.get_str("url") != Some(FACTS)).cloned().collect();
    extensions.insert(0, facts(document.kind, chart, printed));
    if let Some(edit) = edit(&mut json) {
        edit.set("extension", Json::Array(extensions))
            .set("content", contents)
            .set("date", instant(cx.ctx.clock.now_ms()));
    }
    (json, writes)
}

/// Writes a version over the one that was read.
pub(crate) fn over(document: &Document, json: &Json<'static>) -> Write {
    Write::Update {
        rt: ResourceType::DOCUMENT_REFERENCE,
        id: document.id.clone(),
        body: Bytes::from(json.to_vec()),
        if_match: Some(document.version),
        if_none_match: false,
    }
}
