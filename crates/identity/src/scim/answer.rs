//! Answers and errors in SCIM's form (RFC 7644 §3.12). Errors are for the directory's operator, in English.

use bytes::Bytes;
use serde_json::{Value, json};
use service::RouteReply;
use store::Error;

pub const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";
pub const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
/// Resources of one page.
const COUNT_MAX: usize = 200;

#[derive(Debug)]
pub enum Fault {
    Scim { status: u16, kind: Option<&'static str>, why: String },
    Store(Error),
}

pub type Answer<T> = Result<T, Fault>;

impl Fault {
    pub fn new(status: u16, kind: &'static str, why: impl Into<String>) -> Fault {
        Fault::Scim { status, kind: Some(kind), why: why.into() }
    }

    pub fn plain(status: u16, why: impl Into<String>) -> Fault {
        Fault::Scim { status, kind: None, why: why.into() }
    }

    pub fn value(why: impl Into<String>) -> Fault {
        Fault::new(400, "invalidValue", why)
    }

    pub fn not_found() -> Fault {
        Fault::plain(404, "there is no such resource")
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Fault::not_found(),
            Error::Refused(issues) => {
                let taken = issues.iter().any(|issue| issue.code == fhir::Code::Duplicate);
                let why: Vec<String> = issues.iter().map(|issue| issue.sentence(fhir::Lang::En)).collect();
                match taken {
                    true => Fault::new(409, "uniqueness", why.join(" ")),
                    false => Fault::value(why.join(" ")),
                }
            }
            other => Fault::Store(other),
        }
    }
}

/// The answer, or the error as an answer.
///
/// # Errors
/// The store's own.
pub fn settle(answer: Answer<RouteReply>) -> Result<RouteReply, Error> {
    match answer {
        Ok(reply) => Ok(reply),
        Err(Fault::Store(error)) => Err(error),
        Err(Fault::Scim { status, kind, why }) => {
            let mut body = json!({ "schemas": [ERROR], "status": status.to_string(), "detail": why });
            if let Some(kind) = kind {
                body["scimType"] = kind.into();
            }
            let reply = json(status, &body);
            Ok(if status == 401 { reply.with("www-authenticate", "Bearer realm=\"medhub\"") } else { reply })
        }
    }
}

pub fn json(status: u16, body: &Value) -> RouteReply {
    let reply = RouteReply { body: Bytes::from(body.to_string()), ..RouteReply::empty(status) };
    reply.with("content-type", "application/scim+json; charset=utf-8")
}

/// Which part of a list is wanted (RFC 7644 §3.4.2.4): from zero, and how many.
pub fn page(start: Option<&str>, count: Option<&str>) -> (usize, usize) {
    let number = |text: Option<&str>, default: usize| match text {
        Some(text) => text.parse::<i64>().map_or(default, |n| usize::try_from(n).unwrap_or(0)),
        None => default,
    };
    (number(start, 1).max(1) - 1, number(count, 100).min(COUNT_MAX))
}

pub fn list(total: usize, start: usize, resources: &[Value]) -> RouteReply {
    let body = json!({
        "schemas": [LIST],
        "totalResults": total,
        "startIndex": start + 1,
        "itemsPerPage": resources.len(),
        "Resources": resources,
    });
    json(200, &body)
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn pages_are_bounded() {
        assert_eq!(page(None, None), (0, 100));
        assert_eq!(page(Some("3"), Some("2")), (2, 2));
        assert_eq!(page(Some("-1"), Some("-1")), (0, 0));
        assert_eq!(page(Some("x"), Some("100000")), (0, 200));
    }
}
