//! What goes wrong at an endpoint of OAuth, in OAuth's own form (RFC 6749 §5.2). The description is for the
//! app's developer, in English; people read our pages.

use super::json;
use serde_json::json;
use service::RouteReply;
use store::Error;

#[derive(Debug)]
pub(crate) enum Fault {
    /// Said in OAuth's form.
    OAuth { status: u16, code: &'static str, why: String },
    /// Said by the edge.
    Store(Error),
}

impl Fault {
    pub fn new(status: u16, code: &'static str, why: impl Into<String>) -> Fault {
        Fault::OAuth { status, code, why: why.into() }
    }

    pub fn invalid_request(why: impl Into<String>) -> Fault {
        Fault::new(400, "invalid_request", why)
    }

    pub fn invalid_grant(why: impl Into<String>) -> Fault {
        Fault::new(400, "invalid_grant", why)
    }

    pub fn invalid_client() -> Fault {
        // One sentence for all causes: it tells nobody which clients exist.
        Fault::new(401, "invalid_client", "the client could not be authenticated")
    }

    pub fn invalid_scope(why: impl Into<String>) -> Fault {
        Fault::new(400, "invalid_scope", why)
    }

    /// The answer; what is the store's goes on to the edge.
    ///
    /// # Errors
    /// The store's.
    pub fn reply(self) -> Result<RouteReply, Error> {
        match self {
            Fault::OAuth { status, code, why } => {
                let answer = json(status, &json!({"error": code, "error_description": why}));
                Ok(if status == 401 {
                    answer.with("www-authenticate", "Basic realm=\"medhub\"")
                } else {
                    answer
                })
            }
            Fault::Store(error) => Err(error),
        }
    }
}

/// What an endpoint of OAuth works out.
pub(crate) type Answer<T> = Result<T, Fault>;

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Fault::Store(error)
    }
}

/// The answer of an endpoint.
pub(crate) fn settle(answer: Result<RouteReply, Fault>) -> Result<RouteReply, Error> {
    answer.or_else(Fault::reply)
}
