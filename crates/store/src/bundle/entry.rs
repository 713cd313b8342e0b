//! One entry of a batch or a transaction: what it asks for
//! (<https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.request>).

use super::issues::{self, error};
use super::url::{Place, place};
use fhir::{Code, Issue, Json, ResourceType};

/// An entry, understood. Borrows from the bundle.
#[derive(Debug)]
pub(super) struct Entry<'j> {
    /// Place in `Bundle.entry`, from 0.
    pub at: usize,
    pub full_url: Option<&'j str>,
    pub resource: Option<&'j Json<'j>>,
    pub action: Action<'j>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Action<'j> {
    Create { rt: ResourceType, if_none_exist: Option<&'j str> },
    Update { rt: ResourceType, id: &'j str, if_match: Option<u64>, if_none_match: bool },
    UpdateWhere { rt: ResourceType, query: &'j str, if_match: Option<u64> },
    Patch { rt: ResourceType, id: &'j str, if_match: Option<u64> },
    PatchWhere { rt: ResourceType, query: &'j str, if_match: Option<u64> },
    Delete { rt: ResourceType, id: &'j str, if_match: Option<u64> },
    DeleteWhere { rt: ResourceType, query: &'j str },
    Get(Get<'j>),
}

/// What a GET or HEAD entry reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Get<'j> {
    pub place: Place<'j>,
    /// `If-None-Match`: the version that the caller already holds.
    pub known: Option<u64>,
    /// HEAD: the answer has no body.
    pub head: bool,
}

impl<'j> Entry<'j> {
    /// # Errors
    /// The first thing that is wrong with the entry.
    pub fn parse(at: usize, entry: &'j Json<'j>, base: &str) -> Result<Entry<'j>, Issue> {
        if entry.as_object().is_none() {
            return Err(error(Code::Structure, issues::NOT_OBJECT, at, ""));
        }
        let full_url = full_url(at, entry)?;
        let resource = entry.get("resource");
        let request = entry.get("request");
        let part = |name| request.and_then(|r| r.get_str(name));
        let (Some(method), Some(url)) = (part("method"), part("url")) else {
            return Err(error(Code::Required, issues::NO_REQUEST, at, "request"));
        };
        let request = Request {
            at,
            method,
            resource,
            place: place(url, base).map_err(|(code, text)| error(code, text, at, "request.url"))?,
            if_match: etag(at, "ifMatch", part("ifMatch"))?,
            if_none_match: part("ifNoneMatch"),
            if_none_exist: part("ifNoneExist"),
        };
        Ok(Entry { at, full_url, resource, action: request.action()? })
    }

    /// The order of a transaction: deletions, creations, updates, reads.
    pub fn rank(&self) -> u8 {
        match self.action {
            Action::Delete { .. } | Action::DeleteWhere { .. } => 0,
            Action::Create { .. } => 1,
            Action::Update { .. }
            | Action::UpdateWhere { .. }
            | Action::Patch { .. }
            | Action::PatchWhere { .. } => 2,
            Action::Get(_) => 3,
        }
    }
}

struct Request<'j> {
    at: usize,
    method: &'j str,
    place: Place<'j>,
    resource: Option<&'j Json<'j>>,
    if_match: Option<u64>,
    if_none_match: Option<&'j str>,
    if_none_exist: Option<&'j str>,
}

impl<'j> Request<'j> {
    fn action(self) -> Result<Action<'j>, Issue> {
        match self.method {
            "POST" => self.post(),
            "PUT" => self.put(),
            "DELETE" => self.delete(),
            "GET" | "HEAD" => self.get(),
            "PATCH" => self.patch(),
            _ => Err(error(Code::CodeInvalid, issues::BAD_METHOD, self.at, "request.method")),
        }
    }

    fn post(self) -> Result<Action<'j>, Issue> {
        match self.place {
            Place::Type(rt) => {
                self.resource_of(rt)?;
                Ok(Action::Create {
                    rt,
                    if_none_exist: self.if_none_exist.map(condition).filter(|q| !q.is_empty()),
                })
            }
            _ => Err(self.misplaced("Type")),
        }
    }

    fn put(self) -> Result<Action<'j>, Issue> {
        match self.place {
            Place::Instance(rt, id) => {
                let resource = self.resource_of(rt)?;
                if resource.get_str("id") != Some(id) {
                    return Err(error(Code::Value, issues::OTHER_ID, self.at, "resource.id"));
                }
                let if_none_match = self.if_none_match == Some("*");
                Ok(Action::Update { rt, id, if_match: self.if_match, if_none_match })
            }
            Place::Search(Some(rt), query) if !query.is_empty() => {
                self.resource_of(rt)?;
                Ok(Action::UpdateWhere { rt, query, if_match: self.if_match })
            }
            _ => Err(self.misplaced("Type/id, Type?search")),
        }
    }

    fn patch(self) -> Result<Action<'j>, Issue> {
        let is_patch = |resource: &Json<'_>| {
            matches!(ResourceType::of(resource), Some(ResourceType::PARAMETERS | ResourceType::BINARY))
        };
        if !self.resource.is_some_and(is_patch) {
            return Err(error(Code::Required, issues::NO_PATCH, self.at, "resource"));
        }
        let if_match = self.if_match;
        match self.place {
            Place::Instance(rt, id) => Ok(Action::Patch { rt, id, if_match }),
            Place::Search(Some(rt), query) if !query.is_empty() => {
                Ok(Action::PatchWhere { rt, query, if_match })
            }
            _ => Err(self.misplaced("Type/id, Type?search")),
        }
    }

    fn delete(self) -> Result<Action<'j>, Issue> {
        self.no_resource()?;
        match self.place {
            Place::Instance(rt, id) => Ok(Action::Delete { rt, id, if_match: self.if_match }),
            Place::Search(Some(rt), query) if !query.is_empty() => Ok(Action::DeleteWhere { rt, query }),
            _ => Err(self.misplaced("Type/id, Type?search")),
        }
    }

    fn get(self) -> Result<Action<'j>, Issue> {
        self.no_resource()?;
        let known = etag(self.at, "ifNoneMatch", self.if_none_match)?;
        Ok(Action::Get(Get { place: self.place, known, head: self.method == "HEAD" }))
    }

    fn resource_of(&self, rt: ResourceType) -> Result<&'j Json<'j>, Issue> {
        let Some(resource) = self.resource else {
            return Err(
                error(Code::Required, issues::NO_RESOURCE, self.at, "resource").arg("method", self.method)
            );
        };
        if ResourceType::of(resource) != Some(rt) {
            let issue = error(Code::Value, issues::OTHER_TYPE, self.at, "resource.resourceType");
            return Err(issue.arg("expected", rt));
        }
        Ok(resource)
    }

    fn no_resource(&self) -> Result<(), Issue> {
        match self.resource {
            None => Ok(()),
            Some(_) => {
                let issue = error(Code::Structure, issues::SOME_RESOURCE, self.at, "resource");
                Err(issue.arg("method", self.method))
            }
        }
    }

    fn misplaced(&self, expected: &str) -> Issue {
        error(Code::Value, issues::BAD_URL, self.at, "request.url")
            .arg("method", self.method)
            .arg("expected", expected)
    }
}

fn full_url<'j>(at: usize, entry: &'j Json<'j>) -> Result<Option<&'j str>, Issue> {
    let wrong = || error(Code::Value, issues::BAD_FULL_URL, at, "fullUrl");
    let Some(value) = entry.get("fullUrl") else { return Ok(None) };
    let url = value.as_str().ok_or_else(wrong)?;
    let absolute =
        ["http://", "https://", "urn:uuid:", "urn:oid:"].iter().any(|scheme| url.starts_with(scheme));
    if absolute && !url.contains("/_history/") { Ok(Some(url)) } else { Err(wrong()) }
}

/// `ifNoneExist` holds the search without `?`; some callers send it with the type in front.
fn condition(text: &str) -> &str {
    text.split_once('?').map_or(text, |(_, query)| query)
}

/// Reads `W/"3"`, `"3"` or `3`. Absent and `*` (which only matters for PUT) are no version.
fn etag(at: usize, element: &str, text: Option<&str>) -> Result<Option<u64>, Issue> {
    let Some(text) = text.filter(|t| *t != "*") else { return Ok(None) };
    let inner = text.strip_prefix("W/").unwrap_or(text).trim_matches('"');
    match inner.parse() {
        Ok(version) => Ok(Some(version)),
        Err(_) => Err(error(Code::Value, issues::BAD_ETAG, at, &format!("request.{element}"))),
    }
}
