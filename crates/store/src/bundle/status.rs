//! The status of one entry (`Bundle.entry.response.status`): an HTTP code and its reason.

use crate::error::Error;
use fhir::Code;

/// The status that an error has in a response Bundle.
pub fn status(error: &Error) -> &'static str {
    match error {
        Error::Refused(issues) => issues.first().map_or("400 Bad Request", |issue| refused(issue.code)),
        Error::Denied => "403 Forbidden",
        Error::Gone { .. } => "410 Gone",
        Error::NotFound => "404 Not Found",
        Error::VersionConflict { .. } | Error::MultipleMatches => "412 Precondition Failed",
        Error::Unavailable(_) => "503 Service Unavailable",
        Error::Corrupt(_) => "500 Internal Server Error",
        Error::InWrite { error, .. } => status(error),
    }
}

fn refused(code: Code) -> &'static str {
    match code {
        Code::Forbidden | Code::Security => "403 Forbidden",
        Code::Login => "401 Unauthorized",
        Code::NotFound => "404 Not Found",
        Code::Deleted => "410 Gone",
        Code::Duplicate | Code::Conflict => "409 Conflict",
        Code::MultipleMatches => "412 Precondition Failed",
        Code::TooLong | Code::TooCostly => "413 Content Too Large",
        Code::Throttled => "429 Too Many Requests",
        Code::Transient | Code::Timeout => "503 Service Unavailable",
        Code::Exception => "500 Internal Server Error",
        Code::BusinessRule
        | Code::Invariant
        | Code::Required
        | Code::Value
        | Code::CodeInvalid
        | Code::Extension
        | Code::Processing => "422 Unprocessable Content",
        Code::Invalid | Code::Structure | Code::NotSupported | Code::Informational => "400 Bad Request",
    }
}
