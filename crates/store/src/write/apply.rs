//! One job under the write lock: find the targets, check conditions and rules, seal, number, append.

use super::batch::Batch;
use super::prepare::{self, Content, IdOf, Pin, Prepared, Target};
use super::writer::Rules;
use super::{Outcome, Status, condition, numbered};
use crate::access::guard;
use crate::backend::{Head, IndexRows, NewVersion, Op};
use crate::body;
use crate::cache::Entry;
use crate::ctx::Actor;
use crate::error::{Error, Result};
use crate::keyring::Sealed;
use crate::rule::{Refusal, TxRead};
use crate::search::Criteria;
use bytes::Bytes;
use fhir::{Code, Issue, Json, ResourceType, Text};
use std::sync::Arc;

/// More resources are not deleted by one conditional delete.
const DELETE_MAX: usize = 100;

/// What one write of a job did; becomes an [`Outcome`] on the caller's thread.
pub(crate) struct Done {
    rt: ResourceType,
    pub id: String,
    version: u64,
    at: i64,
    status: Status,
    answer: Answer,
    warnings: Vec<Issue>,
    /// `rid`s of the patients in whose records it was and is; 0 = none.
    pub patients: [i64; 2],
    /// Of a conditional create: the version that it found.
    pub found: Option<Arc<Entry>>,
}

enum Answer {
    Empty,
    /// Laid out, to be assembled.
    Plain(Vec<u8>),
    Body(Bytes),
}

impl Done {
    pub fn into_outcome(self) -> Result<Outcome> {
        let body = match self.answer {
            Answer::Empty => Bytes::new(),
            Answer::Body(body) => body,
            Answer::Plain(plain) => {
                Bytes::from(body::assemble(self.rt, &self.id, self.version, self.at, &plain)?)
            }
        };
        let (rt, id, version, at, status) = (self.rt, self.id, self.version, self.at, self.status);
        Ok(Outcome { rt, id, version, at, status, body, issues: self.warnings })
    }

    pub fn kind(&self) -> u16 {
        self.rt.number()
    }

    /// Whether a new version was appended.
    pub fn changed(&self) -> bool {
        matches!(self.status, Status::Created | Status::Updated | Status::Deleted)
    }
}

/// Whether a job searches inside the transaction and therefore needs a savepoint and flushed rows.
pub(super) fn searches(prepared: &[Prepared], rules: &Rules) -> bool {
    prepared.iter().any(|p| {
        let conditional = match &p.target {
            Target::Create { unless, .. } => unless.is_some(),
            Target::UpdateWhere { .. } | Target::DeleteWhere { .. } => true,
            Target::Update { .. } | Target::Delete { .. } => false,
        };
        conditional || !rules.on(p.rt).is_empty()
    })
}

/// Applies all writes of a job; the caller undoes them when this fails.
pub(super) fn apply(
    batch: &mut Batch<'_>,
    sealed: &Sealed,
    rules: &Rules,
    (t, actor): (i64, &Actor),
    prepared: Vec<Prepared>,
) -> Result<Vec<Done>> {
    let several = prepared.len() > 1;
    let mut done = Vec::with_capacity(prepared.len());
    for (n, one) in prepared.into_iter().enumerate() {
        let mut job = Job { batch, sealed, rules, t, actor };
        job.write(one, &mut done).map_err(|error| match error {
            Error::Refused(issues) => {
                Error::Refused(issues.into_iter().map(|i| numbered(i, several.then_some(n))).collect())
            }
            other => other.in_write(n, several),
        })?;
    }
    Ok(done)
}

struct Job<'b, 'a> {
    batch: &'b mut Batch<'a>,
    sealed: &'b Sealed,
    rules: &'b Rules,
    t: i64,
    actor: &'b Actor,
}

impl Job<'_, '_> {
    fn write(&mut self, prepared: Prepared, done: &mut Vec<Done>) -> Result<()> {
        let Prepared { rt, target, content, warnings, pin } = prepared;
        match (target, content) {
            (Target::Create { id, unless, assigned }, Some(content)) => {
                if let Some(found) = unless.map(|c| self.find(&c, pin.as_ref())).transpose()?.flatten() {
                    if !assigned {
                        // Others already refer to the id that was given: a match now means that the caller
                        // looked too early and must look again.
                        return Err(Error::VersionConflict { current: 0 });
                    }
                    done.push(found);
                    return Ok(());
                }
                let head = self.batch.head(rt.number(), &id)?;
                if head.is_some() {
                    return Err(taken().into());
                }
                done.push(self.put(rt, id, content, warnings, None)?);
            }
            (Target::Update { id, if_match, if_none_match }, Some(content)) => {
                let head = self.batch.head(rt.number(), &id)?;
                check_match(head, if_match)?;
                if let (true, Some(head)) = (if_none_match, head.filter(|h| !h.deleted)) {
                    return Err(Error::VersionConflict { current: head.version });
                }
                check_pin(head, pin.as_ref())?;
                done.push(self.put(rt, id, content, warnings, head)?);
            }
            (Target::UpdateWhere { criteria, id, fresh, if_match }, Some(content)) => {
                let found = self.find(&criteria, pin.as_ref())?;
                done.push(self.put_where(rt, found, id, fresh, if_match, content, warnings)?);
            }
            (Target::Delete { id, if_match }, _) => {
                let head = self.batch.head(rt.number(), &id)?;
                check_match(head, if_match)?;
                check_pin(head, pin.as_ref())?;
                done.push(self.delete(rt, id, head)?);
            }
            (Target::DeleteWhere { criteria, multiple }, _) => {
                self.delete_where(rt, &criteria, multiple, pin.as_ref(), done)?
            }
            (_, None) => return Err(Error::Corrupt("a write without content".into())),
        }
        Ok(())
    }

    /// The one resource that a condition finds, as the answer of a conditional create.
    fn find(&mut self, criteria: &Criteria, pin: Option<&Pin>) -> Result<Option<Done>> {
        self.batch.flush()?;
        let found = condition::matches(&mut *self.batch.tx, self.sealed, criteria, 2)?;
        // Several are an error below.
        if found.len() < 2 {
            check_found(&found, pin)?;
        }
        match found.as_slice() {
            [] => Ok(None),
            [entry] => Ok(Some(Done {
                rt: entry.rt,
                id: entry.id.to_string(),
                version: entry.version,
                at: entry.at,
                status: Status::Matched,
                answer: Answer::Body(entry.body.clone()),
                warnings: Vec::new(),
                patients: [0; 2],
                found: Some(entry.clone()),
            })),
            _ => Err(Error::MultipleMatches),
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn put_where(
        &mut self,
        rt: ResourceType,
        found: Option<Done>,
        id: Option<String>,
        fresh: String,
        if_match: Option<u64>,
        content: Content,
        warnings: Vec<Issue>,
    ) -> Result<Done> {
        match found {
            None => {
                let head = self.batch.head(rt.number(), &fresh)?;
                self.put(rt, fresh, content, warnings, head)
            }
            Some(found) => {
                if id.as_ref().is_some_and(|id| *id != found.id) {
                    return Err(other_resource(rt).into());
                }
                let head = self.batch.head(rt.number(), &found.id)?;
                check_match(head, if_match)?;
                // The content was indexed under another id; some keys hold it.
                let index = &self.sealed.keys.index;
                let (content, _) = prepare::content(index, rt, content.text, IdOf::Assigned(&found.id))?;
                self.put(rt, found.id, content, warnings, head)
            }
        }
    }

    fn put(
        &mut self,
        rt: ResourceType,
        id: String,
        content: Content,
        warnings: Vec<Issue>,
        head: Option<Head>,
    ) -> Result<Done> {
        self.check_rules(rt, &id, head, Some(&content.text))?;
        let (vid, rid) = self.batch.number(head);
        let version = head.map_or(1, |h| h.version + 1);
        let (kid, owner) = self.key_of(rt, &id, head, rid, content.owner.as_deref())?;
        let binding = body::binding(&self.sealed.tenant, rt.number(), &id, version);
        let body = self.sealed.seal(kid, &binding, &content.packed)?;
        let mut index = content.index;
        if index.time == i64::MIN {
            index.time = self.batch.at;
        }
        let op = if head.is_none() { Op::Create } else { Op::Update };
        let created = head.is_none_or(|h| h.deleted);
        let previous = head.map(|h| h.vid);
        let kind = rt.number();
        let row =
            NewVersion { vid, rid, kind, id: id.clone(), version, previous, op, kid, owner, body, index };
        self.batch.push(self.t, row);
        let status = if created { Status::Created } else { Status::Updated };
        let answer = Answer::Plain(content.plain);
        let own = if rt == ResourceType::PATIENT { rid } else { owner };
        let patients = [own, head.map_or(0, |head| head.owner)];
        Ok(Done { rt, id, version, at: self.batch.at, status, answer, warnings, patients, found: None })
    }

    fn delete(&mut self, rt: ResourceType, id: String, head: Option<Head>) -> Result<Done> {
        let at = self.batch.at;
        let Some(head) = head.filter(|h| !h.deleted) else {
            let version = head.map_or(0, |h| h.version);
            let (status, answer) = (Status::Absent, Answer::Empty);
            let (warnings, patients) = (Vec::new(), [0; 2]);
            return Ok(Done { rt, id, version, at, status, answer, warnings, patients, found: None });
        };
        self.check_rules(rt, &id, Some(head), None)?;
        let (vid, rid) = self.batch.number(Some(head));
        let version = head.version + 1;
        self.batch.push(
            self.t,
            NewVersion {
                vid,
                rid,
                kind: rt.number(),
                id: id.clone(),
                version,
                previous: Some(head.vid),
                op: Op::Delete,
                kid: head.kid,
                owner: head.owner,
                body: Vec::new(),
                index: IndexRows::default(),
            },
        );
        let (status, answer, warnings) = (Status::Deleted, Answer::Empty, Vec::new());
        Ok(Done {
            rt,
            id,
            version,
            at,
            status,
            answer,
            warnings,
            patients: [head.rid, head.owner],
            found: None,
        })
    }

    fn delete_where(
        &mut self,
        rt: ResourceType,
        criteria: &Criteria,
        multiple: bool,
        pin: Option<&Pin>,
        done: &mut Vec<Done>,
    ) -> Result<()> {
        self.batch.flush()?;
        let found = condition::matches(&mut *self.batch.tx, self.sealed, criteria, DELETE_MAX + 1)?;
        if found.len() > 1 && !multiple || found.len() > DELETE_MAX {
            return Err(Error::MultipleMatches);
        }
        check_found(&found, pin)?;
        for entry in found {
            let head = self.batch.head(rt.number(), &entry.id)?;
            done.push(self.delete(rt, entry.id.to_string(), head)?);
        }
        Ok(())
    }

    /// The data key and the patient's `rid`: a patient has its own key; what belongs to a patient has the
    /// patient's; everything else the tenant's (0).
    fn key_of(
        &mut self,
        rt: ResourceType,
        id: &str,
        head: Option<Head>,
        rid: i64,
        owner: Option<&str>,
    ) -> Result<(i64, i64)> {
        if rt == ResourceType::PATIENT {
            return match head {
                Some(head) if head.kid != 0 => Ok((head.kid, rid)),
                _ => match self.promise(id)? {
                    Some(kid) => Ok((kid, rid)),
                    None => Ok((self.sealed.key_new()?, rid)),
                },
            };
        }
        let Some(owner) = owner else { return Ok((0, 0)) };
        match self.batch.head(ResourceType::PATIENT.number(), owner)? {
            Some(head) => Ok((head.kid, head.rid)),
            None => Ok((self.promised(owner)?, 0)),
        }
    }

    /// The data key of a patient who is not there yet: what arrives before its patient must be erasable with
    /// the patient, so the key is promised to the id at the first mention.
    fn promised(&mut self, patient: &str) -> Result<i64> {
        if let Some(kid) = self.promise(patient)? {
            return Ok(kid);
        }
        let kid = self.sealed.key_new()?;
        self.batch.tx.value_set(&promise_name(patient), &kid.to_le_bytes())?;
        Ok(kid)
    }

    fn promise(&mut self, patient: &str) -> Result<Option<i64>> {
        let found = self.batch.tx.value(&promise_name(patient))?;
        Ok(found.as_deref().and_then(|bytes| bytes.first_chunk::<8>()).map(|kid| i64::from_le_bytes(*kid)))
    }

    fn check_rules(
        &mut self,
        rt: ResourceType,
        id: &str,
        head: Option<Head>,
        after: Option<&Bytes>,
    ) -> Result<()> {
        let rules = self.rules.on(rt);
        if rules.is_empty() {
            return Ok(());
        }
        self.batch.flush()?;
        let before = match head.filter(|h| !h.deleted) {
            Some(head) => {
                self.batch.tx.rows(&[head.vid])?.first().map(|r| self.sealed.open(r)).transpose()?
            }
            None => None,
        };
        let stored = |_| Error::Corrupt("stored JSON".into());
        let before = before.as_ref().map(|e| fhir::json::parse(&e.body)).transpose().map_err(stored)?;
        let after: Option<Json<'_>> =
            after.map(|text| fhir::json::parse(text)).transpose().map_err(stored)?;
        for rule in rules {
            let now = self.batch.at;
            let tx = &mut *self.batch.tx;
            let mut read = TxRead { id, actor: self.actor, tx, sealed: self.sealed, now };
            match rule.check(before.as_ref(), after.as_ref(), &mut read) {
                Ok(()) => {}
                Err(Refusal::Broken(issue)) => return Err((*issue).into()),
                Err(Refusal::Failed(error)) => return Err(error),
            }
        }
        Ok(())
    }
}

/// Where the number of the key stands that is promised to the id of a patient.
pub(crate) fn promise_name(patient: &str) -> String {
    format!("kid/{patient}")
}

fn check_match(head: Option<Head>, if_match: Option<u64>) -> Result<()> {
    match (if_match, head) {
        (None, _) => Ok(()),
        (Some(want), Some(head)) if head.version == want => Ok(()),
        (Some(_), head) => Err(Error::VersionConflict { current: head.map_or(0, |h| h.version) }),
    }
}

/// What access was decided about must still stand.
fn check_pin(head: Option<Head>, pin: Option<&Pin>) -> Result<()> {
    match pin {
        Some(Pin::Head(vid)) if *vid != head.map(|head| head.vid) => Err(guard::raced()),
        _ => Ok(()),
    }
}

fn check_found(found: &[Arc<Entry>], pin: Option<&Pin>) -> Result<()> {
    match pin {
        Some(Pin::Found(vids)) => {
            let same = found.len() == vids.len() && found.iter().all(|entry| vids.contains(&entry.vid));
            if same { Ok(()) } else { Err(guard::raced()) }
        }
        _ => Ok(()),
    }
}

fn taken() -> Issue {
    const TEXT: Text = Text {
        key: "create.id-taken",
        fr: "L'identifiant attribué existe déjà. Recommencez.",
        en: "The id that was assigned exists already. Try again.",
        de: "Die zugewiesene Id existiert bereits. Bitte erneut versuchen.",
    };
    Issue::error(Code::Duplicate, TEXT)
}

fn other_resource(rt: ResourceType) -> Issue {
    const TEXT: Text = Text {
        key: "update.other-resource",
        fr: "La condition désigne une autre ressource que l'« id » du corps.",
        en: "The condition finds another resource than the \"id\" of the body.",
        de: "Die Bedingung findet eine andere Ressource als die „id“ im Inhalt.",
    };
    Issue::error(Code::Invalid, TEXT).at(format!("{}.id", rt.name()))
}
