//! The response Bundle (<https://hl7.org/fhir/R4/http.html#transaction-response>).

use super::issues;
use super::parse::Kind;
use super::records::{Got, Match};
use super::status::status;
use super::transaction::location;
use super::{Options, Prefer};
use crate::error::{Error, Result};
use crate::write::{Outcome, Status};
use bytes::Bytes;
use fhir::{Code, Issue, Json, Lang, ResourceType, Severity};

/// What became of one entry.
#[derive(Debug)]
pub(super) enum Answer {
    Written(Outcome),
    /// A conditional create whose resource is there already.
    Existing {
        location: String,
        version: u64,
        at: i64,
        body: Bytes,
    },
    Got(Got),
    /// Nothing was to be done.
    Nothing,
    Failed(Error),
}

impl Answer {
    pub fn of(got: Result<Got>) -> Answer {
        got.map_or_else(Answer::Failed, Answer::Got)
    }

    pub fn existing(rt: ResourceType, found: &Match) -> Answer {
        Answer::Existing {
            location: format!("{rt}/{}/_history/{}", found.id, found.version),
            version: found.version,
            at: found.at,
            body: found.body.clone(),
        }
    }
}

/// Writes the whole answer.
pub(super) fn write(kind: Kind, answers: &[Answer], options: &Options, lang: Lang) -> Bytes {
    let mut out = Vec::with_capacity(64 + answers.len() * 256);
    out.extend_from_slice(b"{\"resourceType\":\"Bundle\",\"type\":\"");
    out.extend_from_slice(match kind {
        Kind::Batch => b"batch-response",
        Kind::Transaction => b"transaction-response",
    });
    out.push(b'"');
    if !answers.is_empty() {
        out.extend_from_slice(b",\"entry\":[");
        for (i, answer) in answers.iter().enumerate() {
            if i > 0 {
                out.push(b',');
            }
            Entry { options, lang, out: &mut out }.write(i, answer);
        }
        out.push(b']');
    }
    out.push(b'}');
    Bytes::from(out)
}

struct Entry<'o> {
    options: &'o Options,
    lang: Lang,
    out: &'o mut Vec<u8>,
}

impl Entry<'_> {
    fn write(&mut self, i: usize, answer: &Answer) {
        self.out.push(b'{');
        match answer {
            Answer::Written(outcome) => self.written(outcome),
            Answer::Existing { location, version, at, body } => {
                self.resource(body);
                self.response("200 OK", Some(location), Some((*version, *at)), &[]);
            }
            Answer::Got(got) => {
                if !got.body.is_empty() {
                    self.raw_resource(&got.body);
                }
                let status = if got.unchanged { "304 Not Modified" } else { "200 OK" };
                self.response(status, None, got.version, &[]);
            }
            Answer::Nothing => self.response("204 No Content", None, None, &[]),
            Answer::Failed(error) => self.failed(i, error),
        }
        self.out.push(b'}');
    }

    fn written(&mut self, outcome: &Outcome) {
        let status = match outcome.status {
            Status::Created => "201 Created",
            Status::Updated | Status::Matched => "200 OK",
            Status::Deleted | Status::Absent => "204 No Content",
        };
        let living = !matches!(outcome.status, Status::Deleted | Status::Absent);
        if living {
            self.resource(&outcome.body);
        }
        let version = Some((outcome.version, outcome.at)).filter(|(version, _)| *version > 0);
        let location = version.filter(|_| living).map(|_| location(outcome));
        self.response(status, location.as_deref(), version, &outcome.issues);
    }

    fn failed(&mut self, i: usize, error: &Error) {
        let own;
        let issues = match error {
            Error::Refused(issues) => issues,
            other => {
                own = vec![issue_of(other).at(format!("Bundle.entry[{i}]"))];
                &own
            }
        };
        self.out.extend_from_slice(b"\"response\":{\"status\":\"");
        self.out.extend_from_slice(status(error).as_bytes());
        self.out.extend_from_slice(b"\",\"outcome\":");
        outcome(issues, self.lang, self.out);
        self.out.push(b'}');
    }

    fn resource(&mut self, body: &Bytes) {
        if self.options.prefer == Prefer::Representation && !body.is_empty() {
            self.raw_resource(body);
        }
    }

    fn raw_resource(&mut self, body: &Bytes) {
        self.out.extend_from_slice(b"\"resource\":");
        self.out.extend_from_slice(body);
        self.out.push(b',');
    }

    fn response(
        &mut self,
        status: &str,
        location: Option<&str>,
        version: Option<(u64, i64)>,
        issues: &[Issue],
    ) {
        self.out.extend_from_slice(b"\"response\":{\"status\":\"");
        self.out.extend_from_slice(status.as_bytes());
        self.out.push(b'"');
        if let Some(location) = location {
            let separator = if self.options.base.is_empty() { "" } else { "/" };
            let text = format!("{}{separator}{location}", self.options.base);
            self.out.extend_from_slice(b",\"location\":");
            Json::string(text).write(self.out);
        }
        if let Some((version, at)) = version {
            let text = format!(",\"etag\":\"W/\\\"{version}\\\"\",\"lastModified\":\"");
            self.out.extend_from_slice(text.as_bytes());
            self.out.extend_from_slice(fhir::date::instant_format(at).as_bytes());
            self.out.push(b'"');
        }
        let done;
        let issues = match (issues.is_empty(), self.options.prefer) {
            (false, _) => issues,
            (true, Prefer::OperationOutcome) => {
                done = [Issue {
                    severity: Severity::Information,
                    ..Issue::error(Code::Informational, issues::DONE)
                }];
                &done
            }
            (true, _) => &[],
        };
        if !issues.is_empty() {
            self.out.extend_from_slice(b",\"outcome\":");
            outcome(issues, self.lang, self.out);
        }
        self.out.push(b'}');
    }
}

fn issue_of(error: &Error) -> Issue {
    let (code, text) = match error {
        Error::Denied => (Code::Forbidden, issues::DENIED),
        Error::Gone { .. } => (Code::Deleted, issues::GONE),
        Error::NotFound => (Code::NotFound, issues::NOT_FOUND),
        Error::VersionConflict { .. } => (Code::Conflict, issues::VERSION_CONFLICT),
        Error::MultipleMatches => (Code::MultipleMatches, issues::MANY_MATCHES),
        Error::InWrite { error, .. } => return issue_of(error),
        Error::Unavailable(_) | Error::Corrupt(_) | Error::Refused(_) => {
            (Code::Transient, issues::UNAVAILABLE)
        }
    };
    Issue::error(code, text)
}

/// Appends an OperationOutcome (<https://hl7.org/fhir/R4/operationoutcome.html>).
pub(super) fn outcome(issues: &[Issue], lang: Lang, out: &mut Vec<u8>) {
    let issues = issues.iter().map(|issue| {
        let mut json = Json::object([
            ("severity", Json::string(issue.severity.as_str())),
            ("code", Json::string(issue.code.as_str())),
            ("details", Json::object([("text", Json::string(issue.sentence(lang)))])),
            ("diagnostics", Json::string(issue.text.key)),
        ]);
        if let (Some(path), Some(object)) = (&issue.expression, json.as_object_mut()) {
            object.set("expression", Json::array([Json::string(path.as_str())]));
        }
        json
    });
    let issues = Json::array(issues);
    Json::object([("resourceType", Json::string("OperationOutcome")), ("issue", issues)]).write(out);
}
