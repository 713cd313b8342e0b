//! Documents as the web app reads them.

use crate::document::{self, Document, Signature, Status, fact};
use crate::kind::{self, Signer};
use crate::message::{CHANGED, CLOSED, OUT_ACT, OUT_SIDE, OUT_SURGEON};
use crate::read::{Stored, label, one};
use crate::words::{code, language, maybe, text};
use crate::{chart, right};
use fhir::{Code, Issue, Json, Lang, ResourceType, Text};
use policy::{Group, Verb};
use service::{RouteCtx, RouteReply};
use store::Result;

const LEVEL: [&str; 3] = ["Signature simple", "Simple signature", "Einfache Signatur"];

/// What a caller may do, for a patient's documents.
pub(crate) struct Powers {
    write: bool,
    collect: bool,
    physician: Option<String>,
}

impl Powers {
    pub async fn of(cx: &RouteCtx, patient: &str) -> Result<Powers> {
        Ok(Powers {
            write: right::may(cx, Verb::Write, Group::Clinical, patient).await?,
            collect: right::may(cx, Verb::Write, Group::Consent, patient).await?,
            physician: right::professional(cx).map(String::from),
        })
    }

    fn over(&self, document: &Document) -> Json<'static> {
        let status = document.status();
        let open = matches!(status, Status::Draft | Status::Final);
        let asks = |signer: Signer| {
            document.kind.signers.contains(&signer) && document.decision(signer).as_deref() != Some("signed")
        };
        let author = document::author(&document.json);
        let mine = author.as_ref().and_then(|a| a.get_str("reference")) == self.physician.as_deref();
        let given = document.decision(Signer::Patient).as_deref() == Some("signed");
        Json::object([
            ("edit", Json::Bool(status == Status::Draft && self.write)),
            ("finalise", Json::Bool(status == Status::Draft && self.write)),
            ("sign", Json::Bool(open && asks(Signer::Professional) && mine && self.physician.is_some())),
            ("collect", Json::Bool(open && asks(Signer::Patient) && self.collect)),
            ("revoke", Json::Bool(status.stands() && given && self.collect)),
            ("withdraw", Json::Bool(status.stands() && self.write)),
        ])
    }
}

/// The case as it is now, to see what has changed since.
pub(crate) async fn outdated(cx: &RouteCtx, document: &Document) -> Result<Vec<Text>> {
    let Some(id) = document::case(&document.json) else { return Ok(Vec::new()) };
    let found = one(cx, ResourceType::SERVICE_REQUEST, id).await?;
    Ok(found.map(|case| changed(document, &case.json)).unwrap_or_default())
}

/// What of a case is no longer as the document says.
pub(crate) fn changed(document: &Document, case: &Json<'static>) -> Vec<Text> {
    let word = |name: &str| fact(&document.json, name).and_then(|value| value.as_str().map(String::from));
    let act = case.get("code").and_then(|concept| {
        let mut codings = concept.each("coding");
        let ccam = codings.find(|c| c.get_str("system").is_some_and(|s| s.contains("ccam")));
        ccam.and_then(|c| c.get_str("code").map(String::from)).or_else(|| label(concept))
    });
    let surgeon = fact(&document.json, "surgeon").and_then(|s| s.get_str("reference").map(String::from));
    let now = case
        .each("performer")
        .find_map(|p| p.get_str("reference").filter(|r| r.starts_with("Practitioner/")).map(String::from));
    let mut found = Vec::new();
    if word("act") != act {
        found.push(OUT_ACT);
    }
    if word("side").as_deref() != chart::side(case) {
        found.push(OUT_SIDE);
    }
    // Whoever informs is whoever operates.
    if document.kind.code == "consent" && surgeon.is_some() && now.is_some() && surgeon != now {
        found.push(OUT_SURGEON);
    }
    found
}

pub(crate) fn reasons(texts: &[Text], lang: Lang) -> Json<'static> {
    Json::array(texts.iter().map(|found| {
        let sentence = Issue::warning(Code::Informational, *found).sentence(lang);
        let code = found.key.rsplit('.').next().unwrap_or(found.key);
        Json::object([("code", Json::string(code.to_string())), ("text", text(sentence))])
    }))
}

pub(crate) fn person(reference: &Json<'_>) -> Json<'static> {
    Json::object([
        ("reference", maybe(reference.get_str("reference"))),
        ("name", maybe(reference.get_str("display"))),
    ])
}

fn signature(one: &Signature, lang: Lang) -> Json<'static> {
    Json::object([
        ("as", Json::string(one.signer.as_str())),
        ("decision", text(&*one.decision)),
        ("who", person(&one.who)),
        ("representative", maybe(one.representative.clone())),
        ("collectedBy", one.collected_by.as_ref().map_or(Json::Null, person)),
        ("at", text(&*one.at)),
        ("level", Json::string("simple")),
        ("label", Json::string(LEVEL[lang as usize])),
        ("certificate", maybe(one.certificate.clone())),
        ("methods", Json::array(one.methods.iter().map(|method| text(method.clone())))),
        ("hash", text(&*one.hash)),
    ])
}

/// Everything but the values.
pub(crate) fn line(document: &Document, powers: &Powers, outdated: &[Text], lang: Lang) -> Json<'static> {
    let json = &document.json;
    let value = |name: &str| fact(json, name).map_or(Json::Null, |value| value.clone().into_owned());
    let word = |name: &str| fact(json, name).and_then(|value| value.as_str()).map(String::from);
    let own = word("language").and_then(|code| language(&code)).unwrap_or(Lang::Fr);
    let leaflet = word("leaflet").and_then(|both| {
        let (code, version) = both.split_once('/')?;
        Some(Json::object([("code", text(code)), ("version", text(version))]))
    });
    let size = document::content(json, document::Rendition::Pages)
        .and_then(|content| content.get("attachment")?.get("size").cloned())
        .map_or(Json::Null, Json::into_owned);
    let signers = document.kind.signers.iter().map(|signer| {
        let state = document.decision(*signer).unwrap_or_else(|| "open".into());
        let parents = (*signer == Signer::Patient && document::is_minors(json)).then(|| {
            let given = i64::try_from(document::parents(json).len()).unwrap_or(0);
            [("wanted", Json::integer(2)), ("given", Json::integer(given))]
        });
        let said = [("as", Json::string(signer.as_str())), ("state", text(state))];
        Json::object(said.into_iter().chain(parents.into_iter().flatten()))
    });
    let version = i64::try_from(document.version).unwrap_or(i64::MAX);
    Json::object([
        ("id", text(&*document.id)),
        ("version", Json::integer(version)),
        ("type", text(&*document.kind.code)),
        ("title", text(document.kind.title.tell(own))),
        ("subtitle", value("subtitle")),
        ("language", Json::string(code(own))),
        ("status", Json::string(document.status().as_str())),
        ("patient", text(format!("Patient/{}", document.patient()))),
        ("case", maybe(document::case(json).map(|id| format!("ServiceRequest/{id}")))),
        ("date", maybe(json.get_str("date"))),
        ("author", document::author(json).as_ref().map_or(Json::Null, person)),
        ("pages", value("pages")),
        ("size", size),
        ("hash", value("hash")),
        ("check", maybe(crate::read::identified(json, document::CHECK))),
        ("template", value("template")),
        ("wording", value("wording")),
        ("leaflet", leaflet.unwrap_or(Json::Null)),
        ("replaces", maybe(document::replaces(json))),
        ("content", Json::Bool(true)),
        ("signers", Json::array(signers)),
        ("signatures", Json::array(document::signatures(json).iter().map(|one| signature(one, lang)))),
        ("outdated", reasons(outdated, lang)),
        ("may", powers.over(document)),
    ])
}

/// One document with its values.
pub(crate) async fn whole(cx: &RouteCtx, document: &Document) -> Result<Json<'static>> {
    let powers = Powers::of(cx, document.patient()).await?;
    let outdated = outdated(cx, document).await?;
    let mut told = line(document, &powers, &outdated, cx.ctx.lang);
    let values = document.data(cx).await?.get("raw").cloned().unwrap_or(Json::Null);
    if let Some(object) = told.as_object_mut() {
        object.set("values", values);
    }
    Ok(told)
}

/// A document that came from elsewhere: a letter that was received.
pub(crate) fn foreign(found: &Stored) -> Json<'static> {
    let json = &found.json;
    let attachment = json.each("content").find_map(|content| content.get("attachment"));
    let title = json.get_str("description").map(String::from);
    let title = title.or_else(|| attachment.and_then(|a| a.get_str("title").map(String::from)));
    let status = match json.get_str("status") {
        Some("superseded") => "superseded",
        Some("entered-in-error") => "withdrawn",
        _ => "final",
    };
    let whose = document::patient(json).map(|id| format!("Patient/{id}"));
    let readable = attachment.is_some_and(|a| a.get("data").is_some());
    Json::object([
        ("id", text(&*found.id)),
        ("version", Json::integer(i64::try_from(found.version).unwrap_or(i64::MAX))),
        ("type", Json::Null),
        ("title", maybe(title.or_else(|| json.get("type").and_then(label)))),
        ("status", Json::string(status)),
        ("patient", maybe(whose)),
        ("date", maybe(json.get_str("date"))),
        ("author", document::author(json).as_ref().map_or(Json::Null, person)),
        ("media", maybe(attachment.and_then(|a| a.get_str("contentType")))),
        ("content", Json::Bool(readable)),
    ])
}

/// The document as it is now, with why it cannot be done.
pub(crate) async fn conflict(
    cx: &RouteCtx,
    document: &Document,
    status: u16,
    why: Text,
) -> Result<RouteReply> {
    let sentence = Issue::error(Code::Conflict, why).sentence(cx.ctx.lang);
    let body = Json::object([
        ("type", text(format!("urn:medhub:message:{}", why.key))),
        ("title", text(sentence)),
        ("status", Json::integer(i64::from(status))),
        ("code", Json::string(why.key)),
        ("request", text(cx.ctx.request.to_string())),
        ("current", whole(cx, document).await?),
    ]);
    Ok(RouteReply::json(status, &body).with("content-type", "application/problem+json"))
}

/// 412: somebody was faster.
pub(crate) async fn raced(cx: &RouteCtx, id: &str) -> Result<RouteReply> {
    conflict(cx, &Document::read(cx, id).await?, 412, CHANGED).await
}

/// 409: it does not change any more.
pub(crate) async fn closed(cx: &RouteCtx, document: &Document) -> Result<RouteReply> {
    conflict(cx, document, 409, CLOSED).await
}

pub(crate) async fn reply(cx: &RouteCtx, document: &Document, status: u16) -> Result<RouteReply> {
    Ok(RouteReply::json(status, &whole(cx, document).await?))
}

/// Whether a stored document is of ours.
pub(crate) fn is_ours(json: &Json<'_>) -> bool {
    kind::of(json).is_some()
}
