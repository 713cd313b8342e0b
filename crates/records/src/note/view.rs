//! Notes as the web app reads them.

use super::attest::{self, Signature};
use super::content::{self, Content};
use super::right::Rights;
use super::{kind, text};
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{RouteCtx, RouteReply};
use store::search::SearchRequest;
use store::{Error, Result, Visible};

/// Letters of an excerpt in lists.
const EXCERPT: usize = 160;
/// Notes that amend one, and signatures of one, that are looked at.
const LINKS_MAX: &str = "20";

/// A note that was read, with its links.
pub(super) struct Seen {
    pub id: String,
    pub version: u64,
    pub at: i64,
    pub json: Json<'static>,
    /// A signed note that replaces it.
    pub amended_by: Option<String>,
    /// A draft that will.
    pub pending: Option<String>,
}

impl Seen {
    /// # Errors
    /// `Refused` for a Composition that is no note of ours.
    pub fn of(found: &Visible) -> Result<Seen> {
        let json =
            fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored Composition".into()))?;
        if kind::of(&json).is_none() || content::patient(&json).is_none() {
            return Err(Error::refused(Code::NotFound, super::message::NOT_A_NOTE));
        }
        let (id, version, at) = (found.id.clone(), found.version, found.at);
        Ok(Seen { id, version, at, json: json.into_owned(), amended_by: None, pending: None })
    }

    /// The note of that id, as the caller may see it, with what amends it.
    pub async fn read(cx: &RouteCtx, id: &str) -> Result<Seen> {
        let mut seen = Seen::of(&cx.tenant.read(&cx.ctx, ResourceType::COMPOSITION, id).await?)?;
        if content::is_signed(&seen.json) {
            let query = [("related-ref", format!("Composition/{id}")), ("_count", LINKS_MAX.to_string())];
            let page = cx.tenant.search(&cx.ctx, &request(ResourceType::COMPOSITION, query)).await?;
            for found in page.entries {
                seen.linked(&found.visible);
            }
        }
        Ok(seen)
    }

    /// Takes note of another note, if it amends this one.
    pub fn linked(&mut self, other: &Visible) {
        let Ok(json) = fhir::json::parse(&other.body) else { return };
        if content::amends(&json) != Some(self.id.as_str()) {
            return;
        }
        if content::is_draft(&json) {
            self.pending = Some(other.id.clone());
        } else if content::is_signed(&json) {
            self.amended_by = Some(other.id.clone());
        }
    }

    pub fn patient(&self) -> &str {
        content::patient(&self.json).unwrap_or_default()
    }

    pub fn kind(&self) -> &'static kind::Kind {
        // `of` has let through only notes with a kind.
        kind::of(&self.json).unwrap_or(&kind::all().kinds[0])
    }

    pub fn status(&self) -> &'static str {
        status(&self.json, self.amended_by.is_some())
    }

    /// The signatures, oldest first.
    pub async fn signatures(&self, cx: &RouteCtx) -> Result<Vec<Signature>> {
        let query = [("target", format!("Composition/{}", self.id)), ("_count", LINKS_MAX.to_string())];
        let page = cx.tenant.search(&cx.ctx, &request(ResourceType::PROVENANCE, query)).await?;
        let mut found: Vec<Signature> = Vec::new();
        for entry in &page.entries {
            let Ok(json) = fhir::json::parse(&entry.visible.body) else { continue };
            found.extend(attest::signatures(&json, &self.id));
        }
        found.sort_by(|a, b| a.at.cmp(&b.at));
        Ok(found)
    }

    /// Everything of it, for its page.
    pub async fn whole(&self, cx: &RouteCtx) -> Result<Json<'static>> {
        let rights = Rights::of(cx, self).await?;
        let mut content = Content::of(&self.json);
        if content::is_draft(&self.json) {
            content.complete(self.kind());
        }
        let sections = content.sections.iter().map(|section| {
            Json::object([
                ("code", Json::string(section.code.clone())),
                ("title", Json::string(section.title.clone())),
                ("text", Json::string(section.text.clone())),
                ("entries", Json::array(section.entries.iter().map(|e| Json::string(e.clone())))),
            ])
        });
        let mut members = self.head(&content, &rights);
        members.push(("sections", Json::array(sections)));
        members.push(("blanks", number(content.gaps() as u64)));
        if !content::is_draft(&self.json) {
            let hash = attest::hash(&self.json);
            let signatures = self.signatures(cx).await?;
            members.push(("signatures", Json::array(signatures.iter().map(|s| signature(s, &hash)))));
        }
        Ok(Json::object(members))
    }

    /// A line of a list.
    pub fn line(&self, rights: &Rights) -> Json<'static> {
        let content = Content::of(&self.json);
        let sections = content.sections.iter().filter(|s| !s.is_blank()).map(|section| {
            Json::object([
                ("code", Json::string(section.code.clone())),
                ("title", Json::string(section.title.clone())),
                ("excerpt", Json::string(text::excerpt(&section.text, EXCERPT))),
            ])
        });
        let first = content.sections.iter().find(|s| !s.text.trim().is_empty());
        let excerpt = first.map(|s| text::excerpt(&s.text, EXCERPT)).unwrap_or_default();
        let mut members = self.head(&content, rights);
        members.push(("sections", Json::array(sections)));
        members.push(("excerpt", Json::string(excerpt)));
        Json::object(members)
    }

    fn head(&self, content: &Content, rights: &Rights) -> Vec<(&'static str, Json<'static>)> {
        let note = &self.json;
        let string = |text: &str| Json::string(text.to_string());
        let mut members = vec![
            ("id", string(&self.id)),
            ("version", number(self.version)),
            ("patient", string(self.patient())),
            ("kind", string(&self.kind().name)),
            ("title", string(&content.title)),
            ("status", string(self.status())),
            ("author", note.each("author").next().map_or(Json::Null, person)),
            ("date", string(&content.date)),
            ("savedAt", fhir::edit::instant(self.at)),
            ("editable", Json::Bool(rights.edit)),
            ("signable", Json::Bool(rights.sign)),
            ("cosignable", Json::Bool(rights.cosign)),
            ("amendable", Json::Bool(rights.amend)),
            ("withdrawable", Json::Bool(rights.withdraw)),
        ];
        let text = |url: &str| content::extension(note, url, "valueString").and_then(|v| v.as_str());
        let legal = content::attester(note, "legal");
        let optional = [
            ("editor", content::extension(note, content::EDITOR, "valueReference").map(person)),
            ("cosigner", content::attester(note, "professional").and_then(|a| a.get("party")).map(person)),
            ("encounter", content.encounter.as_deref().map(string)),
            ("template", text(content::TEMPLATE).map(string)),
            ("signedAt", legal.and_then(|a| a.get_str("time")).map(string)),
            ("reason", text(content::REASON).map(string)),
            ("amends", content::amends(note).map(string)),
            ("amendedBy", self.amended_by.as_deref().map(string)),
            ("pendingAmendment", self.pending.as_deref().map(string)),
        ];
        members.extend(optional.into_iter().filter_map(|(name, value)| Some((name, value?))));
        members
    }

    /// The answer of a verb: the note, with its version in the ETag.
    pub async fn reply(&self, cx: &RouteCtx, status: u16) -> Result<RouteReply> {
        let reply = RouteReply::json(status, &self.whole(cx).await?);
        Ok(reply.with("etag", format!("W/\"{}\"", self.version)))
    }

    /// What cannot be done, with the note as it is now: nobody loses a text over it.
    pub async fn conflict(&self, cx: &RouteCtx, status: u16, text: Text) -> Result<RouteReply> {
        let sentence = Issue::error(Code::Conflict, text).sentence(cx.ctx.lang);
        let body = Json::object([
            ("type", Json::string(format!("urn:medhub:message:{}", text.key))),
            ("title", Json::string(sentence.clone())),
            ("detail", Json::string(sentence)),
            ("status", Json::integer(i64::from(status))),
            ("code", Json::string(text.key)),
            ("request", Json::string(cx.ctx.request.to_string())),
            ("current", self.whole(cx).await?),
        ]);
        let reply = RouteReply::json(status, &body).with("content-type", "application/problem+json");
        Ok(reply.with("etag", format!("W/\"{}\"", self.version)))
    }
}

pub(super) fn status(note: &Json<'_>, amended: bool) -> &'static str {
    match note.get_str("status") {
        Some("preliminary") => "draft",
        Some("entered-in-error") => "withdrawn",
        _ if amended => "amended",
        _ => "signed",
    }
}

fn signature(signature: &Signature, hash: &str) -> Json<'static> {
    let by = [Some(("reference", signature.who.clone())), signature.name.clone().map(|name| ("name", name))];
    let by = by.into_iter().flatten().map(|(member, text)| (member, Json::string(text)));
    let mut members = vec![
        ("role", Json::string(signature.role.map_or("other", attest::Role::name))),
        ("by", Json::object(by)),
        ("at", Json::string(signature.at.clone())),
        ("methods", Json::array(signature.methods.iter().map(|m| Json::string(m.clone())))),
        ("hash", Json::string(signature.hash.clone())),
        ("intact", Json::Bool(signature.hash == hash)),
    ];
    members.extend(signature.reason.clone().map(|reason| ("reason", Json::string(reason))));
    Json::object(members)
}

/// `{reference, name?}` of a Reference.
pub(super) fn person(reference: &Json<'_>) -> Json<'static> {
    let members = [("reference", "reference"), ("display", "name")];
    let told = members.into_iter().filter_map(|(from, to)| {
        let text = reference.get_str(from)?;
        Some((to, Json::string(text.to_string())))
    });
    Json::object(told)
}

pub(super) fn number(n: u64) -> Json<'static> {
    Json::integer(i64::try_from(n).unwrap_or(i64::MAX))
}

/// A search of one type.
pub(super) fn request<'q>(
    rt: ResourceType,
    query: impl IntoIterator<Item = (&'q str, String)>,
) -> SearchRequest {
    let params = query.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
    SearchRequest { rt: Some(rt), params, ..SearchRequest::default() }
}
