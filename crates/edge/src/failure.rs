//! What the edge answers when it cannot do what was asked: the one table from errors to HTTP.

use crate::wire::etag;
use fhir::{Code, Issue, Text};
use http::{HeaderName, HeaderValue, header};
use store::Error;

/// A status, the issues, and headers that go with them.
#[derive(Debug)]
pub struct Failure {
    pub status: u16,
    pub issues: Vec<Issue>,
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

pub type Answer<T> = Result<T, Failure>;

impl Failure {
    /// A failure with one sentence; the issue's code follows from the status.
    pub fn new(status: u16, text: Text) -> Failure {
        Failure::of(status, Issue::error(code_of(status), text))
    }

    pub fn of(status: u16, issue: Issue) -> Failure {
        Failure { status, issues: vec![issue], headers: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, name: HeaderName, value: HeaderValue) -> Failure {
        self.headers.push((name, value));
        self
    }

    /// Fills a hole of the sentence.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Failure {
        if let Some(issue) = self.issues.pop() {
            self.issues.push(issue.arg(name, value));
        }
        self
    }

    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Failure {
        self.with(header::RETRY_AFTER, HeaderValue::from(seconds))
    }
}

/// The issue type that fits a status which the edge itself gives.
fn code_of(status: u16) -> Code {
    match status {
        401 => Code::Login,
        403 => Code::Forbidden,
        404 => Code::NotFound,
        405 | 406 | 415 => Code::NotSupported,
        408 => Code::Timeout,
        409 => Code::Conflict,
        410 => Code::Deleted,
        412 => Code::Conflict,
        413 | 414 | 431 => Code::TooLong,
        422 => Code::Processing,
        429 => Code::Throttled,
        503 => Code::Transient,
        500.. => Code::Exception,
        _ => Code::Invalid,
    }
}

impl From<Issue> for Failure {
    fn from(issue: Issue) -> Self {
        Error::from(issue).into()
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        // The numbers are the store's: a batch entry and a lone request answer alike.
        let line = store::bundle::status(&error);
        let status = line.get(..3).and_then(|digits| digits.parse().ok()).unwrap_or(500);
        let failure = |text| Failure::new(status, text);
        match error {
            Error::Refused(issues) => {
                let wait = issues.first().and_then(|i| i.args.iter().find(|(name, _)| *name == "seconds"));
                let wait = wait.filter(|_| status == 429).and_then(|(_, text)| text.parse().ok());
                let failure = Failure { status, issues, headers: Vec::new() };
                match wait {
                    Some(seconds) => failure.retry_after(seconds),
                    None => failure,
                }
            }
            Error::Denied => failure(crate::text::DENIED),
            Error::Gone { version, .. } => {
                failure(crate::text::GONE).with(header::ETAG, etag::header(version))
            }
            Error::NotFound => failure(crate::text::NOT_FOUND),
            Error::VersionConflict { current: 0 } => failure(crate::text::RACE),
            Error::VersionConflict { current } => failure(crate::text::VERSION_CONFLICT)
                .arg("current", current)
                .with(header::ETAG, etag::header(current)),
            Error::MultipleMatches => {
                Failure::of(status, Issue::error(Code::MultipleMatches, crate::text::MULTIPLE_MATCHES))
            }
            Error::Unavailable(cause) => {
                tracing::error!(cause, "the store is unavailable");
                failure(crate::text::UNAVAILABLE).retry_after(1)
            }
            other => {
                tracing::error!(cause = %other, "the store failed");
                failure(crate::text::INTERNAL)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_has_its_status() {
        let status = |error: Error| Failure::from(error).status;
        assert_eq!(status(Error::NotFound), 404);
        assert_eq!(status(Error::Gone { version: 2, at: 0 }), 410);
        assert_eq!(status(Error::Denied), 403);
        assert_eq!(status(Error::VersionConflict { current: 3 }), 412);
        assert_eq!(status(Error::MultipleMatches), 412);
        assert_eq!(status(Error::Unavailable("x".into())), 503);
        assert_eq!(status(Error::Corrupt("x".into())), 500);
        assert_eq!(status(Issue::error(Code::Structure, crate::text::NOT_FOUND).into()), 400);
    }
}
