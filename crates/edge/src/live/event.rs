//! Events as they are written, and the body that they travel in.

use axum::body::HttpBody;
use bytes::Bytes;
use fhir::Json;
use hyper::body::Frame;
use std::convert::Infallible;
use std::fmt::Write;
use std::pin::Pin;
use std::task::{Context, Poll};
use store::Op;
use store::access::Pointer;
use tokio::sync::mpsc;

/// Time after which a browser comes back when the connection broke, ms.
const RETRY_MS: u32 = 2_000;

/// Why a stream ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The session is over, or its owner may not come in any more.
    Session,
    /// The program stops; it may be back soon.
    Restart,
}

/// The first event: where the stream stands.
pub fn ready(position: i64) -> Bytes {
    Bytes::from(format!("retry: {RETRY_MS}\n{}", at("ready", position)))
}

/// What was shown may be out of date: everything is to be read again; the stream goes on after `position`.
pub fn reset(position: i64) -> Bytes {
    Bytes::from(at("reset", position))
}

/// A comment that keeps the connection open, and a number that no event goes with: what the caller may not know of
/// need not be looked at again when the stream is resumed.
pub fn beat(position: i64) -> Bytes {
    Bytes::from(format!("id: {position}\n:\n\n"))
}

pub fn end(why: End) -> Bytes {
    let reason = match why {
        End::Session => "session",
        End::Restart => "restart",
    };
    Bytes::from(format!("event: end\ndata: {{\"reason\":\"{reason}\"}}\n\n"))
}

/// One event for each pointer; `None` when there is none.
pub fn changes(pointers: &[Pointer]) -> Option<Bytes> {
    let mut out = String::with_capacity(160 * pointers.len());
    for pointer in pointers {
        let _ = write!(out, "id: {}\nevent: change\ndata: {}\n\n", pointer.position, data(pointer));
    }
    (!out.is_empty()).then(|| Bytes::from(out))
}

fn data(pointer: &Pointer) -> Json<'_> {
    let op = match pointer.op {
        Op::Create => "create",
        Op::Update => "update",
        Op::Delete => "delete",
    };
    let version = i64::try_from(pointer.version).unwrap_or(i64::MAX);
    Json::object([
        ("t", Json::integer(pointer.position)),
        ("type", Json::string(pointer.rt.name())),
        ("id", Json::string(pointer.id.as_str())),
        ("version", Json::integer(version)),
        ("patient", pointer.patient.as_deref().map_or(Json::Null, Json::string)),
        ("op", Json::string(op)),
    ])
}

fn at(event: &str, position: i64) -> String {
    format!("id: {position}\nevent: {event}\ndata: {{\"t\":{position}}}\n\n")
}

/// The body of the answer; it ends when the stream's task does.
pub struct Events(pub mpsc::Receiver<Bytes>);

impl HttpBody for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(task).map(|part| part.map(|bytes| Ok(Frame::data(bytes))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fhir::ResourceType;

    #[test]
    fn events_are_written_as_the_standard_says() {
        let pointer = Pointer {
            position: 42,
            rt: ResourceType::OBSERVATION,
            id: "o".into(),
            version: 3,
            op: Op::Update,
            patient: Some("p".into()),
        };
        let text = changes(&[pointer]).unwrap();
        let wanted = "id: 42\nevent: change\ndata: {\"t\":42,\"type\":\"Observation\",\"id\":\"o\",\"version\":3,\"patient\":\"p\",\"op\":\"update\"}\n\n";
        assert_eq!(text, wanted);
        assert_eq!(changes(&[]), None);
        assert_eq!(beat(7), "id: 7\n:\n\n");
        assert!(ready(7).starts_with(b"retry: 2000\nid: 7\nevent: ready\n"));
    }
}
