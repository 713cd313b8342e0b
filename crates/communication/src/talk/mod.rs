//! Conversations between professionals. One Communication is the conversation (its subject, who takes part, how far it
//! came), one is each message, and a small one for each reader says how far they have read
//! (<https://hl7.org/fhir/R4/communication.html>). All of them carry the label of those among whom it is said, which the
//! store enforces (`store/src/access/label.rs`, decision 0029).

mod among;
mod append;
mod conversation;
mod message;
mod receipt;
mod record;
mod rule;

pub(crate) use among::{Among, code};
pub(crate) use append::{Add, append, begin, seen};
pub(crate) use conversation::Conversation;
pub(crate) use message::{Kind, Message, Said};
pub(crate) use receipt::{Receipt, receipts};
pub(crate) use record::{Line, RECORD_KIND, record};
pub(crate) use rule::NeverRewritten;

use uuid::Uuid;

/// With what all their ids begin: kept for the hub, and how an open page knows their news.
pub(crate) const RESERVED: &str = "talk-";
pub(crate) const MESSAGE: &str = "talk-message-";
pub(crate) const RECEIPT: &str = "talk-read-";
pub(crate) const RECORD: &str = "talk-record-";
/// The label of those among whom it is said.
pub(crate) const AMONG: &str = "urn:medhub:among";

const NAMESPACE: Uuid = Uuid::from_u128(0x2f6d_55a1_90cb_5c0d_b1f7_7461_6c6b_6964);

/// An id that follows from its parts, so that what is sent twice is one.
pub(crate) fn id(prefix: &str, parts: &[&str]) -> String {
    format!("{prefix}{}", Uuid::new_v5(&NAMESPACE, parts.join("\n").as_bytes()))
}
