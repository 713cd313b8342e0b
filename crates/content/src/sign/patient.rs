//! The patient signs on a tablet, in front of somebody who has checked who signs: a handwritten image, a one-time
//! code, and a sealed file of evidence.

use super::{code, consent, png, proof, shown};
use crate::document::{self, Document, Signature, binary};
use crate::fixed::Change;
use crate::kind::Signer;
use crate::message::{IMAGE, MINOR_SIGNS, NOT_READ, SAME_PARENT, WHO_IDENTITY};
use crate::right;
use crate::words::{maybe, text};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fhir::edit::reference;
use fhir::{Code, Issue, Json, ResourceType};
use policy::{Group, Verb};
use service::{Form, RouteCtx};
use store::{Error, Result};

/// How the identity was checked.
const METHODS: [&str; 5] = ["id-card", "passport", "residence-permit", "known", "bracelet"];
const ALONE: [&str; 3] = ["sole-authority", "emergency", "usual-act"];
const NAME_MAX: usize = 200;

/// Who signs, and how that is known.
struct Identity {
    method: &'static str,
    representative: Option<(String, String)>,
    /// Why one parent signs alone for a minor.
    alone: Option<&'static str>,
}

struct Asked {
    identity: Identity,
    image: Vec<u8>,
    code: String,
}

pub(super) async fn sign(cx: &RouteCtx, document: &Document, form: &mut Form<'_>) -> Result<Document> {
    let asked = asked(form)?;
    let others = if document::is_minors(&document.json) { parent(document, &asked.identity)? } else { 0 };
    if !right::may(cx, Verb::Write, Group::Consent, document.patient()).await? {
        return right::denied(cx, "document-collect", &document.id).await;
    }
    let channel = code::spend(cx, document, &asked.code).await?;
    let mut change = Change::of(cx, document).await?;
    let evidence = cx.ctx.ids.uuid().to_string();
    let at = fhir::date::instant_format(cx.ctx.clock.now_ms());
    let name = change.data.get("patient").and_then(|p| p.get_str("name")).unwrap_or_default().to_string();
    let mut who = reference(ResourceType::PATIENT, document.patient());
    if let Some(object) = who.as_object_mut() {
        object.set("display", text(name));
    }
    let signature = Signature {
        signer: Signer::Patient,
        decision: "signed".into(),
        who,
        collected_by: collector(cx),
        at: at.clone(),
        methods: vec![asked.identity.method.into(), "handwritten".into(), channel.clone()],
        hash: change.hash.clone(),
        evidence: Some(format!("Binary/{evidence}")),
        representative: asked.identity.representative.as_ref().map(|(name, _)| name.clone()),
        alone: asked.identity.alone.map(String::from),
        certificate: None,
    };
    let pages = shown::all(cx, document, &signature, Some(asked.image.clone())).await?;
    change.sign(cx, &signature, pages, None).await.map_err(unprintable)?;
    let file = file(cx, document, &asked, &signature, &channel);
    change.also(binary(&evidence, document.patient(), "application/json", &file.to_vec()));
    let statement = Json::object([
        ("level", Json::string("simple")),
        ("evidence", text(format!("Binary/{evidence}"))),
        ("evidenceHash", text(crate::paper::hash(&file.to_vec()))),
    ]);
    change.also(proof::of(cx, document, &signature, statement));
    // The first of two parents has not yet consented for both.
    let waits = document::is_minors(&document.json) && others == 0 && signature.alone.is_none();
    if let Some(write) = consent::write(cx, document, "active").await?.filter(|_| !waits) {
        change.also(write);
    }
    change.supersede(cx).await?;
    let ctx = right::on_behalf(cx, "document-collect", &document.id).await?;
    change.commit(cx, &ctx).await
}

/// How many other parents have signed for a minor.
///
/// # Errors
/// `Refused` when it is no representative, or the one who has signed already.
fn parent(document: &Document, identity: &Identity) -> Result<usize> {
    let Some((name, _)) = &identity.representative else {
        return Err(Issue::error(Code::BusinessRule, MINOR_SIGNS).at("identity.by").into());
    };
    let signed = document::parents(&document.json);
    if signed.contains(&document::same_name(name)) {
        return Err(Issue::error(Code::BusinessRule, SAME_PARENT).at("identity.name").into());
    }
    Ok(signed.len())
}

/// A picture that cannot be printed is the sender's to mend.
fn unprintable(error: Error) -> Error {
    match error {
        Error::Corrupt(_) => Issue::error(Code::Value, IMAGE).at("image").into(),
        other => other,
    }
}

fn asked(form: &mut Form<'_>) -> Result<Asked> {
    let identity = identity(form.json().get("identity"));
    if identity.is_none() {
        form.wrong(Issue::error(Code::Required, WHO_IDENTITY).at("identity"));
    }
    if !form.flag("read") {
        form.wrong(Issue::error(Code::Required, NOT_READ).at("read"));
    }
    let image = form.json().get_str("image").and_then(png::read);
    if image.is_none() {
        form.wrong(Issue::error(Code::Value, IMAGE).at("image"));
    }
    let code: String = form.required("code", 20).chars().filter(char::is_ascii_digit).collect();
    form.finish()?;
    match (identity, image) {
        (Some(identity), Some(image)) => Ok(Asked { identity, image, code }),
        // `finish` has said what is wrong.
        _ => Err(Error::NotFound),
    }
}

fn identity(json: Option<&Json<'_>>) -> Option<Identity> {
    let json = json?;
    let method = METHODS.into_iter().find(|method| Some(*method) == json.get_str("method"))?;
    let word = |name: &str| {
        let word = json.get_str(name).map(str::trim).unwrap_or_default();
        (!word.is_empty() && word.chars().count() <= NAME_MAX).then(|| word.to_string())
    };
    let representative = match json.get_str("by") {
        None | Some("patient") => None,
        Some("representative") => Some((word("name")?, word("relation")?)),
        Some(_) => return None,
    };
    let alone = match json.get_str("alone") {
        None => None,
        Some(why) => Some(ALONE.into_iter().find(|known| *known == why)?),
    };
    Some(Identity { method, representative, alone })
}

/// Who stood by.
pub(super) fn collector(cx: &RouteCtx) -> Option<Json<'static>> {
    let person = cx.ctx.actor.person.as_deref().filter(|p| p.starts_with("Practitioner/"));
    Some(match person {
        Some(person) => Json::object([("reference", text(person))]),
        None => Json::object([("display", text(cx.ctx.actor.name.clone()))]),
    })
}

/// The file of evidence.
fn file(
    cx: &RouteCtx,
    document: &Document,
    asked: &Asked,
    signature: &Signature,
    channel: &str,
) -> Json<'static> {
    let representative = asked
        .identity
        .representative
        .as_ref()
        .map(|(name, relation)| Json::object([("name", text(&**name)), ("relation", text(&**relation))]));
    let identity = Json::object([
        ("method", Json::string(asked.identity.method)),
        ("representative", representative.unwrap_or(Json::Null)),
        ("alone", maybe(asked.identity.alone)),
    ]);
    let session = Json::object([
        ("account", text(cx.ctx.actor.id.to_string())),
        ("person", maybe(cx.ctx.actor.person.as_deref())),
        ("methods", Json::array(cx.ctx.grant.amr.iter().map(|amr| text(amr.clone())))),
        ("device", text(cx.ctx.grant.device.clone())),
        ("address", text(cx.address.to_string())),
        ("request", text(cx.ctx.request.to_string())),
    ]);
    Json::object([
        ("level", Json::string("simple")),
        ("document", text(format!("DocumentReference/{}", document.id))),
        ("type", text(&*document.kind.code)),
        ("hash", text(&*signature.hash)),
        ("at", text(&*signature.at)),
        ("identity", identity),
        ("read", Json::Bool(true)),
        ("code", text(channel)),
        ("imageHash", text(crate::paper::hash(&asked.image))),
        ("image", text(STANDARD.encode(&asked.image))),
        ("session", session),
    ])
}
