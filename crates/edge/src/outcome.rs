//! Failures on the wire: an OperationOutcome on `/fhir` (<https://hl7.org/fhir/R4/operationoutcome.html>),
//! `application/problem+json` (RFC 9457) on `/api/v1`.

use crate::failure::Failure;
use axum::body::Body;
use bytes::Bytes;
use fhir::{Issue, Json, Lang};
use http::{HeaderValue, Response, StatusCode, header};
use uuid::Uuid;

/// System of the stable names of our sentences, in `OperationOutcome.issue.details`.
const MESSAGES: &str = "urn:medhub:message";
/// Further issues are cut: a body of 10 MB can be wrong in a hundred thousand places.
const ISSUES_MAX: usize = 200;

/// An OperationOutcome as JSON. Its id is the request's.
pub fn operation_outcome(issues: &[Issue], lang: Lang, request: Uuid) -> Json<'static> {
    let issues = issues.iter().take(ISSUES_MAX).map(|issue| {
        let coding =
            Json::object([("system", Json::string(MESSAGES)), ("code", Json::string(issue.text.key))]);
        let details =
            Json::object([("coding", Json::array([coding])), ("text", Json::string(issue.sentence(lang)))]);
        let mut out = Json::object([
            ("severity", Json::string(issue.severity.as_str())),
            ("code", Json::string(issue.code.as_str())),
            ("details", details),
        ]);
        if let (Some(place), Some(object)) = (&issue.expression, out.as_object_mut()) {
            object.set("expression", Json::array([Json::string(place.clone())]));
        }
        out
    });
    Json::object([
        ("resourceType", Json::string("OperationOutcome")),
        ("id", Json::string(request.to_string())),
        ("issue", Json::array(issues.collect::<Vec<_>>())),
    ])
}

/// The answer of the FHIR interface to a failure.
pub fn fhir(failure: Failure, lang: Lang, request: Uuid) -> Response<Body> {
    let body = operation_outcome(&failure.issues, lang, request).to_vec();
    respond(failure, "application/fhir+json; charset=utf-8", body.into(), lang)
}

/// The answer of `/api/v1` to a failure.
pub fn problem(failure: Failure, lang: Lang, request: Uuid) -> Response<Body> {
    let first = failure.issues.first();
    let (key, title) = match first {
        Some(issue) => (issue.text.key, issue.sentence(lang)),
        None => ("internal", String::new()),
    };
    let errors = failure.issues.iter().take(ISSUES_MAX).map(|issue| {
        let mut error = Json::object([
            ("code", Json::string(issue.text.key)),
            ("message", Json::string(issue.sentence(lang))),
        ]);
        if let (Some(place), Some(object)) = (&issue.expression, error.as_object_mut()) {
            object.set("field", Json::string(place.clone()));
        }
        error
    });
    let body = Json::object([
        ("type", Json::string(format!("{MESSAGES}:{key}"))),
        ("title", Json::string(title)),
        ("status", Json::integer(i64::from(failure.status))),
        ("code", Json::string(key)),
        ("request", Json::string(request.to_string())),
        ("errors", Json::array(errors.collect::<Vec<_>>())),
    ])
    .to_vec();
    respond(failure, "application/problem+json", body.into(), lang)
}

fn respond(failure: Failure, content_type: &'static str, body: Bytes, lang: Lang) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() =
        StatusCode::from_u16(failure.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language(lang)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in failure.headers {
        headers.insert(name, value);
    }
    response
}

fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "fr",
        Lang::En => "en",
        Lang::De => "de",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn an_outcome_names_code_place_and_sentence() {
        let issue = Failure::new(404, text::NOT_FOUND).issues.remove(0).at("Patient");
        let json = operation_outcome(&[issue], Lang::En, Uuid::nil());
        let issue = &json.get("issue").and_then(Json::as_array).unwrap()[0];
        assert_eq!(issue.get_str("code"), Some("not-found"));
        assert_eq!(issue.get_str("severity"), Some("error"));
        assert_eq!(issue.get("details").and_then(|d| d.get_str("text")), Some(text::NOT_FOUND.en));
        assert_eq!(issue.each("expression").next().and_then(Json::as_str), Some("Patient"));
    }
}
