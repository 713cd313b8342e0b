//! Rules: synchronous checks inside the writing transaction.

use crate::backend::Tx;
use crate::ctx::Actor;
use crate::error::Result;
use crate::search::Criteria;
use crate::tenant::Sealed;
use fhir::{Issue, Json, ResourceType};

/// A check of one write. It sees the transaction's own earlier writes; what it refuses changes nothing.
pub trait Rule: Send + Sync {
    /// Stable name, for logs.
    fn name(&self) -> &'static str;
    /// The types on which the rule is asked.
    fn types(&self) -> &[ResourceType];
    /// `before` is `None` for a new resource, `after` is `None` for a deletion.
    ///
    /// # Errors
    /// An issue for the caller when the write breaks the rule; or the store's own error.
    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> std::result::Result<(), Refusal>;
}

/// Why a rule does not let a write pass.
#[derive(Debug)]
pub enum Refusal {
    Broken(Box<Issue>),
    Failed(crate::Error),
}

impl From<Issue> for Refusal {
    fn from(issue: Issue) -> Self {
        Refusal::Broken(Box::new(issue))
    }
}

impl From<crate::Error> for Refusal {
    fn from(error: crate::Error) -> Self {
        Refusal::Failed(error)
    }
}

/// What a rule may read: the tenant as of now, inside the transaction.
pub struct TxRead<'a> {
    pub(crate) id: &'a str,
    pub(crate) actor: &'a Actor,
    pub(crate) tx: &'a mut dyn Tx,
    pub(crate) sealed: &'a Sealed,
    pub(crate) now: i64,
}

impl TxRead<'_> {
    /// Name of the tenant.
    pub fn tenant(&self) -> &str {
        &self.sealed.tenant
    }

    /// Who writes: the hub itself, whoever it acts for, or a caller.
    pub fn actor(&self) -> &Actor {
        self.actor
    }

    /// When this transaction takes place, milliseconds since 1970: the time that its versions will bear.
    pub fn now_ms(&self) -> i64 {
        self.now
    }

    /// Id of the resource under check.
    pub fn id(&self) -> &str {
        self.id
    }

    /// Ids of the living resources that have this identifier, at most ten.
    ///
    /// # Errors
    /// When the database fails or a body cannot be opened.
    pub fn living_with_identifier(
        &mut self,
        rt: ResourceType,
        system: &str,
        value: &str,
    ) -> Result<Vec<String>> {
        let escape = |text: &str| {
            text.replace('\\', "\\\\").replace(',', "\\,").replace('|', "\\|").replace('$', "\\$")
        };
        let token = format!("{}|{}", escape(system), escape(value));
        let criteria = Criteria::parse(rt, &format!("identifier={}", percent_encode(&token)))?;
        let found = crate::write::condition::matches(self.tx, self.sealed, &criteria, 10)?;
        Ok(found.into_iter().map(|entry| entry.id.to_string()).collect())
    }

    /// Ids of the living resources that match a search such as `identifier=sys|value`, at most `limit`.
    ///
    /// # Errors
    /// When the search cannot be understood or the database fails.
    pub fn search(&mut self, rt: ResourceType, query: &str, limit: usize) -> Result<Vec<String>> {
        let criteria = Criteria::parse(rt, query)?;
        let found = crate::write::condition::matches(self.tx, self.sealed, &criteria, limit)?;
        Ok(found.into_iter().map(|entry| entry.id.to_string()).collect())
    }

    /// The newest version of a resource as JSON text; `None` if there is none or it is deleted.
    ///
    /// # Errors
    /// When the database fails or the body cannot be opened.
    pub fn read(&mut self, rt: ResourceType, id: &str) -> Result<Option<bytes::Bytes>> {
        let Some(head) = self.tx.heads(&[(rt.number(), id)])?.pop().flatten() else { return Ok(None) };
        if head.deleted {
            return Ok(None);
        }
        let rows = self.tx.rows(&[head.vid])?;
        rows.first().map(|row| Ok(self.sealed.open(row)?.body.clone())).transpose()
    }
}

fn percent_encode(text: &str) -> String {
    let encode =
        |b: u8| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") };
    text.bytes().map(encode).collect()
}
