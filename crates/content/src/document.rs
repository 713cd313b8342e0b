//! A document as a DocumentReference (<https://hl7.org/fhir/R4/documentreference.html>) with its pages as Binary
//! resources, sealed as the record is.

use crate::kind::{self, KINDS, Kind, LOINC, Signer};
use crate::message::{BROKEN, NO_PAGES, NOT_OURS};
use crate::read::{Stored, extension};
use crate::words::text;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use fhir::edit::{coding, reference};
use fhir::{Code, Json, ResourceType};
use service::RouteCtx;
use store::{Ctx, Error, Result, Tenant, Write};

/// Facts of the document; and one extension for each signature.
pub(crate) const FACTS: &str = "urn:medhub:document";
pub(crate) const SIGNATURE: &str = "urn:medhub:document-signature";
pub(crate) const CHECK: &str = "urn:medhub:document:check";
const RENDITION: &str = "urn:medhub:document-rendition";
/// Marks the Binary resources of documents: they never change.
pub(crate) const KEPT: (&str, &str) = ("urn:medhub:document", "kept");
const LABELS: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
const DIGSIG: &str = "DIGSIG";

/// What a Binary of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rendition {
    /// What the pages were printed from, JSON.
    Data,
    /// The pages that people read and sign.
    Pages,
    /// The same with the signatures.
    Signed,
    /// The pages with the author's certificate.
    Certified,
}

impl Rendition {
    fn as_str(self) -> &'static str {
        match self {
            Rendition::Data => "data",
            Rendition::Pages => "pages",
            Rendition::Signed => "signed",
            Rendition::Certified => "certified",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Draft,
    Final,
    Signed,
    Refused,
    Revoked,
    Superseded,
    Withdrawn,
}

impl Status {
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Final => "final",
            Status::Signed => "signed",
            Status::Refused => "refused",
            Status::Revoked => "revoked",
            Status::Superseded => "superseded",
            Status::Withdrawn => "withdrawn",
        }
    }

    /// Whether it is in force, or on the way to it.
    pub fn stands(self) -> bool {
        !matches!(self, Status::Superseded | Status::Withdrawn)
    }
}

/// One decision of one signer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Signature {
    pub signer: Signer,
    /// `signed`, `refused`, `revoked`
    pub decision: String,
    pub who: Json<'static>,
    pub collected_by: Option<Json<'static>>,
    pub at: String,
    pub methods: Vec<String>,
    /// Of the pages that were shown.
    pub hash: String,
    /// `Binary/…` with the evidence.
    pub evidence: Option<String>,
    /// Name of who signed for the patient.
    pub representative: Option<String>,
    /// Why one parent signs alone for a minor: `sole-authority`, `emergency`, `usual-act`.
    pub alone: Option<String>,
    /// Number of the certificate that the author signed with.
    pub certificate: Option<String>,
}

impl Signature {
    pub fn json(&self) -> Json<'static> {
        let part = |url: &'static str, name: &'static str, value: Json<'static>| {
            Json::object([("url", Json::string(url)), (name, value)])
        };
        let mut parts = vec![
            part("as", "valueCode", Json::string(self.signer.as_str())),
            part("decision", "valueCode", text(&*self.decision)),
            part("who", "valueReference", self.who.clone()),
            part("at", "valueInstant", text(&*self.at)),
            part("hash", "valueString", text(&*self.hash)),
        ];
        // FHIR has no empty strings.
        let methods = (!self.methods.is_empty()).then(|| self.methods.join(" "));
        parts.extend(methods.map(|methods| part("methods", "valueString", text(methods))));
        let collected = self.collected_by.clone();
        parts.extend(collected.map(|by| part("collectedBy", "valueReference", by)));
        let evidence = self.evidence.as_deref().and_then(|e| e.strip_prefix("Binary/"));
        parts.extend(
            evidence.map(|id| part("evidence", "valueReference", reference(ResourceType::BINARY, id))),
        );
        parts.extend(
            self.representative.clone().map(|name| part("representative", "valueString", text(name))),
        );
        parts.extend(self.alone.clone().map(|why| part("alone", "valueCode", text(why))));
        let certificate = self.certificate.clone();
        parts.extend(certificate.map(|number| part("certificate", "valueString", text(number))));
        Json::object([("extension", Json::Array(parts)), ("url", Json::string(SIGNATURE))])
    }

    pub fn of(json: &Json<'_>) -> Option<Signature> {
        let value = |url: &str| extension(json, url).map(|value| value.clone().into_owned());
        let word = |url: &str| value(url).and_then(|value| value.as_str().map(String::from));
        let signer = word("as")?;
        Some(Signature {
            signer: Signer::ALL.into_iter().find(|(name, _)| *name == signer)?.1,
            decision: word("decision")?,
            who: value("who")?,
            collected_by: value("collectedBy"),
            at: word("at")?,
            methods: word("methods").unwrap_or_default().split_whitespace().map(String::from).collect(),
            hash: word("hash")?,
            evidence: value("evidence").and_then(|e| e.get_str("reference").map(String::from)),
            representative: word("representative"),
            alone: word("alone"),
            certificate: word("certificate"),
        })
    }
}

/// The signatures on a DocumentReference, oldest first.
pub(crate) fn signatures(json: &Json<'_>) -> Vec<Signature> {
    json.each("extension").filter(|e| e.get_str("url") == Some(SIGNATURE)).filter_map(Signature::of).collect()
}

pub(crate) fn is_sealed(json: &Json<'_>) -> bool {
    let mut labels = json.get("meta").into_iter().flat_map(|meta| meta.each("security"));
    labels.any(|l| l.get_str("system") == Some(LABELS) && l.get_str("code") == Some(DIGSIG))
}

/// Adds the label of what is signed.
pub(crate) fn seal(json: &mut Json<'static>) {
    if is_sealed(json) {
        return;
    }
    let mut meta = json.get("meta").cloned().unwrap_or_else(|| Json::Object(fhir::Object::default()));
    let mut labels: Vec<Json<'static>> = meta.each("security").cloned().collect();
    labels.push(coding(LABELS, DIGSIG, None));
    if let Some(object) = meta.as_object_mut() {
        object.set("security", Json::Array(labels));
    }
    if let Some(object) = json.as_object_mut() {
        object.insert_at(1, "meta", meta);
    }
}

pub(crate) fn patient<'j>(json: &'j Json<'_>) -> Option<&'j str> {
    json.get("subject")?.get_str("reference")?.strip_prefix("Patient/")
}

/// Id of the case.
pub(crate) fn case<'j>(json: &'j Json<'_>) -> Option<&'j str> {
    let related: &'j Json<'j> = json.get("context")?;
    related.each("related").find_map(|r| r.get_str("reference")?.strip_prefix("ServiceRequest/"))
}

pub(crate) fn replaces<'j>(json: &'j Json<'_>) -> Option<&'j str> {
    let link = json.each("relatesTo").find(|link| link.get_str("code") == Some("replaces"))?;
    link.get("target")?.get_str("reference")?.strip_prefix("DocumentReference/")
}

pub(crate) fn author(json: &Json<'_>) -> Option<Json<'static>> {
    json.each("author").next().map(|author| author.clone().into_owned())
}

/// A fact of the document, such as `pages`, `hash`, `side`.
pub(crate) fn fact<'j>(json: &'j Json<'_>, name: &str) -> Option<&'j Json<'j>> {
    let facts: &'j Json<'j> = json.each("extension").find(|e| e.get_str("url") == Some(FACTS))?;
    extension(facts, name)
}

/// Whether both holders of parental authority sign it.
pub(crate) fn is_minors(json: &Json<'_>) -> bool {
    fact(json, "minor").and_then(Json::as_bool) == Some(true)
}

/// Names of those who have signed for the patient since it was last decided otherwise, each once.
pub(crate) fn parents(json: &Json<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for one in signatures(json).iter().filter(|one| one.signer == Signer::Patient) {
        let name = one.representative.as_deref().map(same_name);
        match name.filter(|_| one.decision == "signed") {
            Some(name) if !names.contains(&name) => names.push(name),
            Some(_) => {}
            None => names.clear(),
        }
    }
    names
}

/// A name without what writing it differently changes.
pub(crate) fn same_name(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// The last decision of a signer. Of a minor's document it counts when both parents have signed, or one who says why
/// alone (article 372-2 of the civil code).
fn decided(json: &Json<'_>, signer: Signer) -> Option<String> {
    let all = signatures(json);
    let last = all.iter().rev().find(|one| one.signer == signer)?;
    let waits = signer == Signer::Patient
        && last.decision == "signed"
        && is_minors(json)
        && last.alone.is_none()
        && parents(json).len() < 2;
    (!waits).then(|| last.decision.clone())
}

/// The state of a DocumentReference of a type.
pub(crate) fn status(kind: &Kind, json: &Json<'_>) -> Status {
    match json.get_str("status") {
        Some("entered-in-error") => return Status::Withdrawn,
        Some("superseded") => return Status::Superseded,
        _ => {}
    }
    let last = |signer: Signer| decided(json, signer);
    match last(Signer::Patient).as_deref() {
        Some("refused") => return Status::Refused,
        Some("revoked") => return Status::Revoked,
        _ => {}
    }
    if !kind.signers.is_empty()
        && kind.signers.iter().all(|signer| last(*signer).as_deref() == Some("signed"))
    {
        return Status::Signed;
    }
    if json.get_str("docStatus") == Some("preliminary") { Status::Draft } else { Status::Final }
}

/// A document of ours that was read.
pub(crate) struct Document {
    pub id: String,
    pub version: u64,
    pub at: i64,
    pub json: Json<'static>,
    pub kind: &'static Kind,
}

impl Document {
    pub fn of(stored: Stored) -> Option<Document> {
        let Stored { id, version, at, json } = stored;
        let kind = kind::of(&json)?;
        Some(Document { id, version, at, json, kind })
    }

    /// # Errors
    /// `Refused` for one that was not made here; the store's.
    pub async fn read(cx: &RouteCtx, id: &str) -> Result<Document> {
        let found = cx.tenant.read(&cx.ctx, ResourceType::DOCUMENT_REFERENCE, id).await?;
        Document::of(Stored::of(&found)?).ok_or_else(|| Error::refused(Code::NotSupported, NOT_OURS))
    }

    pub fn status(&self) -> Status {
        status(self.kind, &self.json)
    }

    pub fn patient(&self) -> &str {
        patient(&self.json).unwrap_or_default()
    }

    /// The last decision of a signer.
    pub fn decision(&self, signer: Signer) -> Option<String> {
        decided(&self.json, signer)
    }

    /// The hash of the pages that are signed.
    pub fn hash(&self) -> String {
        fact(&self.json, "hash").and_then(|hash| hash.as_str()).unwrap_or_default().to_string()
    }

    /// The bytes of a rendition, checked against their hash where there is one.
    ///
    /// # Errors
    /// `Refused` where there is none, or it was tampered with; the store's.
    pub async fn bytes(&self, cx: &RouteCtx, rendition: Rendition) -> Result<Vec<u8>> {
        let none = || Error::refused(Code::NotFound, NO_PAGES);
        let content = content(&self.json, rendition).ok_or_else(none)?;
        let url = content.get("attachment").and_then(|a| a.get_str("url")).ok_or_else(none)?;
        let bytes = binary_read(cx, url.strip_prefix("Binary/").ok_or_else(none)?).await?;
        if rendition == Rendition::Pages && crate::paper::hash(&bytes) != self.hash() {
            return Err(Error::refused(Code::Processing, BROKEN));
        }
        Ok(bytes)
    }

    /// What the pages were printed from.
    pub async fn data(&self, cx: &RouteCtx) -> Result<Json<'static>> {
        let bytes = self.bytes(cx, Rendition::Data).await?;
        let json = fhir::json::parse(&bytes).map_err(|_| Error::Corrupt("data of a document".into()))?;
        Ok(json.into_owned())
    }
}

/// The bytes of a Binary.
pub(crate) async fn binary_read(cx: &RouteCtx, id: &str) -> Result<Vec<u8>> {
    binary_of(&cx.tenant, &cx.ctx, id).await
}

/// The bytes of a Binary, for whoever the context is.
pub(crate) async fn binary_of(tenant: &Tenant, ctx: &Ctx, id: &str) -> Result<Vec<u8>> {
    let found = tenant.read(ctx, ResourceType::BINARY, id).await?;
    let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored Binary".into()))?;
    let data = json.get_str("data").unwrap_or_default();
    STANDARD.decode(data).map_err(|_| Error::Corrupt("data of a Binary".into()))
}

pub(crate) fn content<'j>(json: &'j Json<'_>, rendition: Rendition) -> Option<&'j Json<'j>> {
    let found: &'j Json<'j> = json.each("content").find(|content| {
        let format = content.get("format");
        format.and_then(|f| f.get_str("system")) == Some(RENDITION)
            && format.and_then(|f| f.get_str("code")) == Some(rendition.as_str())
    })?;
    Some(found)
}

/// A new Binary in the patient's record.
pub(crate) fn binary(id: &str, patient: &str, media: &'static str, bytes: &[u8]) -> Write {
    let tag = Json::array([coding(KEPT.0, KEPT.1, None)]);
    let json = Json::object([
        ("resourceType", Json::string("Binary")),
        ("id", text(id)),
        ("meta", Json::object([("tag", tag)])),
        ("contentType", Json::string(media)),
        ("securityContext", reference(ResourceType::PATIENT, patient)),
        ("data", text(STANDARD.encode(bytes))),
    ]);
    Write::Create {
        rt: ResourceType::BINARY,
        id: Some(id.to_string()),
        body: Bytes::from(json.to_vec()),
        if_none_exist: None,
    }
}

/// An entry of `DocumentReference.content`.
pub(crate) fn attached(
    rendition: Rendition,
    binary: &str,
    title: &str,
    size: usize,
    language: &str,
) -> Json<'static> {
    let media = if rendition == Rendition::Data { "application/json" } else { "application/pdf" };
    let attachment = Json::object([
        ("contentType", Json::string(media)),
        ("language", text(language)),
        ("url", text(format!("Binary/{binary}"))),
        ("size", Json::integer(i64::try_from(size).unwrap_or(i64::MAX))),
        ("title", text(title)),
    ]);
    Json::object([
        ("attachment", attachment),
        ("format", coding(RENDITION, rendition.as_str(), None).into_owned()),
    ])
}

/// The classes of a DocumentReference: LOINC type and our own.
pub(crate) fn classes(kind: &Kind) -> [(&'static str, Json<'static>); 2] {
    let concept = |system: &'static str, code: &str, shown: &str| {
        Json::object([
            ("coding", Json::array([coding(system, code, None).into_owned()])),
            ("text", text(shown)),
        ])
    };
    let title = kind.title.tell(fhir::Lang::Fr);
    [
        ("type", concept(LOINC, &kind.loinc, title)),
        ("category", Json::array([concept(KINDS, &kind.code, title)])),
    ]
}
