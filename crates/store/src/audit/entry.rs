use super::codec::{Reader, bytes, signed, unsigned};
use crate::ctx::{Ctx, Purpose};
use crate::error::{Error, Result};
use uuid::Uuid;

/// What was done, or tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Event {
    Read = 1,
    Vread = 2,
    Search = 3,
    History = 4,
    Create = 5,
    Update = 6,
    Delete = 7,
    /// Something else; `query` names it.
    Operation = 8,
    Login = 9,
    /// A transaction, before its rows are known: only inside the feed.
    Write = 10,
}

/// How it ended; the numbers of <https://hl7.org/fhir/R4/valueset-audit-event-outcome.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum EventOutcome {
    Success = 0,
    /// There was nothing to see.
    NotFound = 4,
    /// The policy denied it.
    Denied = 8,
}

/// One record of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Milliseconds since epoch.
    pub at: i64,
    pub event: Event,
    pub outcome: EventOutcome,
    /// Account; nil for the hub itself.
    pub actor: Uuid,
    pub actor_name: String,
    pub purpose: Purpose,
    pub request: Uuid,
    /// `fhir::ResourceType` as a number; 0 = all types, or none.
    pub kind: u16,
    /// Id of the resource, if it is one.
    pub id: String,
    /// Version that was seen or made; 0 = none.
    pub version: u64,
    /// Position in the feed of what was written; 0 = not a write.
    pub vid: i64,
    /// `rid`s of the patients whose records were touched, ascending.
    pub patients: Vec<i64>,
    /// Search string, or name of the operation.
    pub query: String,
    /// Node that served the request.
    pub node: String,
}

const VERSION: u8 = 1;
/// Longer search strings are cut: an entry of the log has at most 65,535 bytes.
const QUERY_MAX: usize = 16 * 1024;
const PATIENTS_MAX: usize = 2000;
const NAME_MAX: usize = 256;

impl AuditEntry {
    /// An entry of this request, about nothing yet.
    pub fn of(ctx: &Ctx, event: Event) -> AuditEntry {
        AuditEntry {
            at: ctx.clock.now_ms(),
            event,
            outcome: EventOutcome::Success,
            actor: ctx.actor.id,
            actor_name: ctx.actor.name.clone(),
            purpose: ctx.purpose,
            request: ctx.request,
            kind: 0,
            id: String::new(),
            version: 0,
            vid: 0,
            patients: Vec::new(),
            query: String::new(),
            node: String::new(),
        }
    }

    /// Compact binary form, before sealing. Overlong texts are cut.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(96 + self.query.len());
        let purpose = Purpose::ALL.iter().position(|p| *p == self.purpose).unwrap_or(0);
        out.extend_from_slice(&[VERSION, self.event as u8, self.outcome as u8, purpose as u8]);
        out.extend_from_slice(self.actor.as_bytes());
        out.extend_from_slice(self.request.as_bytes());
        signed(self.at, &mut out);
        unsigned(u64::from(self.kind), &mut out);
        unsigned(self.version, &mut out);
        signed(self.vid, &mut out);
        for text in [cut(&self.actor_name, NAME_MAX), cut(&self.id, NAME_MAX), cut(&self.node, NAME_MAX)] {
            bytes(text.as_bytes(), &mut out);
        }
        bytes(cut(&self.query, QUERY_MAX).as_bytes(), &mut out);
        let patients = &self.patients[..self.patients.len().min(PATIENTS_MAX)];
        unsigned(patients.len() as u64, &mut out);
        let mut before = 0;
        for rid in patients {
            signed(rid.wrapping_sub(before), &mut out);
            before = *rid;
        }
        out
    }

    /// # Errors
    /// `Corrupt`: not such an entry.
    pub fn decode(encoded: &[u8]) -> Result<AuditEntry> {
        AuditEntry::read(encoded).ok_or_else(|| Error::Corrupt("audit entry".into()))
    }

    fn read(encoded: &[u8]) -> Option<AuditEntry> {
        let mut from = Reader(encoded);
        let [version, event, outcome, purpose] = from.array()?;
        if version != VERSION {
            return None;
        }
        let mut entry = AuditEntry {
            event: Event::from_number(event)?,
            outcome: EventOutcome::from_number(outcome)?,
            purpose: *Purpose::ALL.get(usize::from(purpose))?,
            actor: Uuid::from_bytes(from.array()?),
            request: Uuid::from_bytes(from.array()?),
            at: from.signed()?,
            kind: u16::try_from(from.unsigned()?).ok()?,
            version: from.unsigned()?,
            vid: from.signed()?,
            actor_name: from.text()?,
            id: from.text()?,
            node: from.text()?,
            query: from.text()?,
            patients: Vec::new(),
        };
        let count = usize::try_from(from.unsigned()?).ok().filter(|count| *count <= PATIENTS_MAX)?;
        let mut before = 0i64;
        for _ in 0..count {
            before = before.wrapping_add(from.signed()?);
            entry.patients.push(before);
        }
        from.0.is_empty().then_some(entry)
    }
}

impl Event {
    pub const ALL: [Event; 10] = [
        Event::Read,
        Event::Vread,
        Event::Search,
        Event::History,
        Event::Create,
        Event::Update,
        Event::Delete,
        Event::Operation,
        Event::Login,
        Event::Write,
    ];

    fn from_number(number: u8) -> Option<Event> {
        Event::ALL.into_iter().find(|event| *event as u8 == number)
    }
}

impl EventOutcome {
    pub const ALL: [EventOutcome; 3] = [EventOutcome::Success, EventOutcome::NotFound, EventOutcome::Denied];

    fn from_number(number: u8) -> Option<EventOutcome> {
        EventOutcome::ALL.into_iter().find(|outcome| *outcome as u8 == number)
    }
}

/// The longest beginning of at most `max` bytes.
fn cut(text: &str, max: usize) -> &str {
    &text[..text.floor_char_boundary(max)]
}
