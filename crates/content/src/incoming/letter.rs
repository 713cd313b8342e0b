//! An incoming letter as a DocumentReference (<https://hl7.org/fhir/R4/documentreference.html>) with its file as a
//! Binary. Both stand under the id of a patient who does not exist: so they have a key of their own, which is
//! destroyed when the letter is filed or thrown away.

use super::media::Media;
use crate::document::binary;
use crate::read::{Stored, extension};
use crate::words::text;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use fhir::edit::{coding, instant, reference};
use fhir::{Json, ResourceType};
use store::{Ctx, Error, Result, Tenant, Write};

/// Tag that says where a letter stands.
pub(super) const STATE: &str = "urn:medhub:incoming";
const FACTS: &str = "urn:medhub:incoming-facts";
const PLAIN: &str = "text/plain; charset=utf-8";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nobody has read it.
    Waiting,
    /// The machine has read it, or has found nothing to read.
    Read,
    /// The machine could not.
    Unread,
    /// A person found that it belongs to nobody here.
    Discarded,
    /// It stands in a record; this one is about to go.
    Filed,
}

impl State {
    pub const ALL: [(&'static str, State); 5] = [
        ("waiting", State::Waiting),
        ("read", State::Read),
        ("unread", State::Unread),
        ("discarded", State::Discarded),
        ("filed", State::Filed),
    ];

    pub fn as_str(self) -> &'static str {
        State::ALL.iter().find(|(_, state)| *state == self).map_or("", |(name, _)| name)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub id: String,
    pub version: u64,
    pub state: State,
    /// The name of the file, as it came.
    pub name: String,
    pub media: Media,
    /// Id of the Binary.
    pub file: String,
    pub size: usize,
    pub received: String,
    /// Since when it stands so.
    pub since: String,
    /// Who put it in.
    pub by: Option<Json<'static>>,
    /// The patient whom it was put in for, where somebody said so: `Patient/…`.
    pub meant: Option<String>,
    pub pages: Option<usize>,
    pub confidence: Option<u8>,
    pub text: String,
    /// Why it could not be read: `missing`, `broken`, `slow`, `long`.
    pub trouble: Option<String>,
}

impl Letter {
    pub fn of(stored: &Stored) -> Option<Letter> {
        let json = &stored.json;
        let tags = json.get("meta")?.each("tag");
        let code =
            tags.filter(|tag| tag.get_str("system") == Some(STATE)).find_map(|tag| tag.get_str("code"))?;
        let state = State::ALL.iter().find(|(name, _)| *name == code)?.1;
        let attachment = |media: bool| {
            let all = json.each("content").filter_map(|content| content.get("attachment"));
            let mut all = all.filter(|one| one.get("url").is_some() == media);
            all.next()
        };
        let file = attachment(true)?;
        let facts = json.each("extension").find(|e| e.get_str("url") == Some(FACTS))?;
        let word = |name: &str| extension(facts, name).and_then(|v| v.as_str().map(String::from));
        let number = |name: &str| extension(facts, name).and_then(|v| v.as_number()?.parse::<usize>().ok());
        let read = attachment(false).and_then(|one| STANDARD.decode(one.get_str("data")?).ok());
        Some(Letter {
            id: stored.id.clone(),
            version: stored.version,
            state,
            name: file.get_str("title").unwrap_or_default().to_string(),
            media: Media::named(file.get_str("contentType")?)?,
            file: file.get_str("url")?.strip_prefix("Binary/")?.to_string(),
            size: file.get("size").and_then(|n| n.as_number()?.parse().ok()).unwrap_or_default(),
            received: json.get_str("date")?.to_string(),
            since: word("since")?,
            by: extension(facts, "by").map(|by| by.clone().into_owned()),
            meant: extension(facts, "meant").and_then(|r| r.get_str("reference").map(String::from)),
            pages: number("pages"),
            confidence: number("confidence").and_then(|n| u8::try_from(n).ok()),
            text: read.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default(),
            trouble: word("trouble"),
        })
    }

    /// As it stands in the store; `None` when there is no such letter, or it is no letter.
    ///
    /// # Errors
    /// The store's.
    pub async fn find(tenant: &Tenant, ctx: &Ctx, id: &str) -> Result<Option<Letter>> {
        match tenant.read(ctx, ResourceType::DOCUMENT_REFERENCE, id).await {
            Ok(found) => Ok(Letter::of(&Stored::of(&found)?)),
            Err(Error::NotFound | Error::Gone { .. }) => Ok(None),
            Err(other) => Err(other),
        }
    }

    fn json(&self) -> Json<'static> {
        let fact = |url: &'static str, name: &'static str, value: Json<'static>| {
            Json::object([("url", Json::string(url)), (name, value)])
        };
        let whole = |n: usize| Json::integer(i64::try_from(n).unwrap_or(i64::MAX));
        let mut facts = vec![fact("since", "valueInstant", text(&*self.since))];
        facts.extend(self.by.clone().map(|by| fact("by", "valueReference", by)));
        let meant = self.meant.as_ref().map(|to| Json::object([("reference", text(&**to))]));
        facts.extend(meant.map(|to| fact("meant", "valueReference", to)));
        facts.extend(self.pages.map(|n| fact("pages", "valueInteger", whole(n))));
        facts.extend(self.confidence.map(|n| fact("confidence", "valueInteger", whole(n.into()))));
        facts.extend(self.trouble.as_ref().map(|why| fact("trouble", "valueCode", text(&**why))));
        let mut file = vec![
            ("contentType", Json::string(self.media.as_str())),
            ("url", text(format!("Binary/{}", self.file))),
            ("size", whole(self.size)),
        ];
        file.extend((!self.name.is_empty()).then(|| ("title", text(&*self.name))));
        let mut content = vec![Json::object([("attachment", Json::object(file))])];
        content
            .extend((!self.text.is_empty()).then(|| Json::object([("attachment", read_text(&self.text))])));
        let status = if self.state == State::Filed { "superseded" } else { "current" };
        Json::object([
            ("resourceType", Json::string("DocumentReference")),
            ("id", text(&*self.id)),
            ("meta", Json::object([("tag", Json::array([coding(STATE, self.state.as_str(), None)]))])),
            (
                "extension",
                Json::array([Json::object([
                    ("extension", Json::Array(facts)),
                    ("url", Json::string(FACTS)),
                ])]),
            ),
            ("status", Json::string(status)),
            ("docStatus", Json::string("preliminary")),
            ("subject", reference(ResourceType::PATIENT, &self.id)),
            ("date", text(&*self.received)),
            ("content", Json::Array(content)),
        ])
    }

    /// The first writes: the file and the letter.
    pub fn begun(&self, bytes: &[u8]) -> Vec<Write> {
        let body = Bytes::from(self.json().to_vec());
        let rt = ResourceType::DOCUMENT_REFERENCE;
        let letter = Write::Create { rt, id: Some(self.id.clone()), body, if_none_exist: None };
        vec![binary(&self.file, &self.id, self.media.as_str(), bytes), letter]
    }

    /// What replaces the version that was read, as of now.
    pub fn moved(mut self, state: State, now: i64) -> Write {
        self.state = state;
        self.since = instant(now).as_str().unwrap_or_default().to_string();
        Write::Update {
            rt: ResourceType::DOCUMENT_REFERENCE,
            body: Bytes::from(self.json().to_vec()),
            id: self.id,
            if_match: Some(self.version),
            if_none_match: false,
        }
    }
}

/// What was read, as an attachment.
pub(super) fn read_text(words: &str) -> Json<'static> {
    let data = STANDARD.encode(words);
    Json::object([("contentType", Json::string(PLAIN)), ("data", text(data))])
}
