//! Whether writes are let through: each against the record as it is (before) and as it would be (after), so that
//! nothing is moved out of, or into, anyone's reach.
//!
//! Facts are looked up before the write lock is held. The version that was looked at is pinned: when another
//! write comes in between, the job is decided anew ([`is_raced`]).

use super::groups::Groups;
use super::label::{self, Labels};
use super::level::Level;
use super::sight::{Sight, Subject, Whose, patient_named};
use super::{Action, field, kind, signature};
use crate::backend::Op;
use crate::cache::Entry;
use crate::ctx::{Ctx, Role};
use crate::error::{Error, Result};
use crate::search::Criteria;
use crate::tenant::Tenant;
use crate::write::{Content, Pin, Prepared, Target, numbered};
use fhir::{Code, Issue, Json, ResourceType, Text};
use policy::{Group, Marks, Ties};
use std::collections::HashSet;
use std::sync::Arc;

/// As many as one conditional write may touch, and one more.
const MATCHES_MAX: usize = 101;

/// The eyes of a commit, one for each action.
struct Eyes<'a> {
    read: Sight<'a>,
    create: Sight<'a>,
    update: Sight<'a>,
    delete: Sight<'a>,
    sign: Sight<'a>,
    /// Ids of patients that this commit writes.
    patients: HashSet<String>,
}

impl Tenant {
    /// Lets the writes of one commit through and pins what was looked at.
    ///
    /// # Errors
    /// `Denied` (recorded), `Refused` for an update of what the caller sees only in part.
    pub(crate) async fn admit(&self, ctx: &Ctx, prepared: &mut [Prepared]) -> Result<()> {
        if ctx.actor.system {
            return Ok(());
        }
        let sight = |action| Sight::new(self, ctx, action);
        let written = prepared.iter().filter(|one| one.rt == ResourceType::PATIENT);
        let eyes = Eyes {
            read: sight(Action::Read),
            create: sight(Action::Create),
            update: sight(Action::Update),
            delete: sight(Action::Delete),
            sign: sight(Action::Sign),
            patients: written.filter_map(|one| one.target.id().map(str::to_string)).collect(),
        };
        let several = prepared.len() > 1;
        let mut seen: HashSet<(ResourceType, String)> = HashSet::new();
        for (n, one) in prepared.iter_mut().enumerate() {
            let pin = match eyes.one(one).await {
                Ok(pin) => pin,
                Err(Error::Denied) => {
                    let (action, id) = (one.target.action(), one.target.id().unwrap_or_default().to_string());
                    self.audit_denied(ctx, action, one.rt, &id, &[]).await?;
                    return Err(Error::Denied.in_write(n, several));
                }
                Err(Error::Refused(issues)) => {
                    let number = several.then_some(n);
                    return Err(Error::Refused(issues.into_iter().map(|i| numbered(i, number)).collect()));
                }
                Err(other) => return Err(other),
            };
            // What this commit has written before is not what is stored now.
            let again = one.target.id().is_some_and(|id| !seen.insert((one.rt, id.to_string())));
            one.pin = pin.filter(|_| !again);
        }
        Ok(())
    }
}

impl Eyes<'_> {
    async fn one(&self, one: &Prepared) -> Result<Option<Pin>> {
        let rt = one.rt;
        match (&one.target, &one.content) {
            (Target::Create { unless, .. }, Some(content)) => {
                let pin = match unless {
                    Some(criteria) => self.condition(&self.create, criteria).await?,
                    None => None,
                };
                if let Some((found, pin)) = pin {
                    let [entry] = found.as_slice() else {
                        self.put(&self.create, rt, None, content).await?;
                        return Ok(Some(pin));
                    };
                    // It is answered instead of what would have been created.
                    self.read.sees(entry, Labels::default()).await?.ok_or(Error::Denied)?;
                    return Ok(Some(pin));
                }
                self.put(&self.create, rt, None, content).await?;
                Ok(None)
            }
            (Target::Update { id, .. }, Some(content)) => {
                if self.is_easy(&self.update, rt) && !self.takes_labels_away(rt) {
                    return subsetted(content).map(|()| None);
                }
                let before = self.stored(rt, id).await?;
                let vid = before.as_ref().map(|entry| entry.vid);
                let living = before.as_deref().filter(|entry| entry.op != Op::Delete);
                let sight = if living.is_some() { &self.update } else { &self.create };
                self.put(sight, rt, living, content).await?;
                Ok(Some(Pin::Head(vid)))
            }
            (Target::UpdateWhere { criteria, .. }, Some(content)) => {
                let Some((found, pin)) = self.condition(&self.update, criteria).await? else {
                    return subsetted(content).map(|()| None);
                };
                let before = found.first().map(Arc::as_ref);
                let sight = if before.is_some() { &self.update } else { &self.create };
                self.put(sight, rt, before, content).await?;
                Ok(Some(pin))
            }
            (Target::Delete { id, .. }, _) => {
                if self.is_easy(&self.delete, rt) {
                    return Ok(None);
                }
                let Some(before) = self.stored(rt, id).await? else { return Ok(Some(Pin::Head(None))) };
                if before.op != Op::Delete {
                    self.remove(&before).await?;
                }
                Ok(Some(Pin::Head(Some(before.vid))))
            }
            (Target::DeleteWhere { criteria, .. }, _) => {
                let Some((found, pin)) = self.condition(&self.delete, criteria).await? else {
                    return Ok(None);
                };
                for entry in &found {
                    self.remove(entry).await?;
                }
                Ok(Some(pin))
            }
            (_, None) => Err(Error::Corrupt("a write without content".into())),
        }
    }

    /// Whether nothing about the record or its patient could forbid it.
    fn is_easy(&self, sight: &Sight<'_>, rt: ResourceType) -> bool {
        !label::is_signable(rt)
            && !label::is_keepable(rt)
            && rt != ResourceType::RELATED_PERSON
            && sight.level(rt, field::groups_of(rt)) == Level::Always
    }

    async fn stored(&self, rt: ResourceType, id: &str) -> Result<Option<Arc<Entry>>> {
        match self.read.tenant.open_name(rt, id).await {
            Err(Error::Gone { .. }) => Ok(None),
            other => other,
        }
    }

    /// What a condition finds, each of which must be seen by the members that the condition asks about; `None`
    /// when neither could be forbidden.
    async fn condition(
        &self,
        sight: &Sight<'_>,
        criteria: &Criteria,
    ) -> Result<Option<(Vec<Arc<Entry>>, Pin)>> {
        let (rt, needs) = (criteria.rt(), criteria.needs());
        if self.is_easy(sight, rt) && self.read.level(rt, needs) == Level::Always {
            return Ok(None);
        }
        if self.read.level_of(needs) == Level::Never {
            return Err(Error::Denied);
        }
        let found = self.read.tenant.matching(criteria, MATCHES_MAX).await?;
        for entry in &found {
            let subject = self.subject(entry).await?;
            if !self.read.granted(needs, &subject).await?.covers(needs) {
                return Err(Error::Denied);
            }
        }
        let vids = found.iter().map(|entry| entry.vid).collect();
        Ok(Some((found, Pin::Found(vids))))
    }

    async fn subject<'e>(&self, entry: &'e Entry) -> Result<Subject<'e>> {
        Ok(Subject { whose: self.read.whose(entry).await?, labels: entry.labels, stored: Some(entry) })
    }

    async fn put(
        &self,
        sight: &Sight<'_>,
        rt: ResourceType,
        before: Option<&Entry>,
        content: &Content,
    ) -> Result<()> {
        if before.is_some() {
            subsetted(content)?;
        }
        if content.labels.is_the_hubs() || before.is_some_and(|entry| entry.labels.is_the_hubs()) {
            return Err(Error::Denied);
        }
        if rt == ResourceType::RELATED_PERSON && self.is_portal() {
            return Err(Error::Denied);
        }
        let after = fhir::json::parse(&content.text).map_err(|_| Error::Corrupt("checked JSON".into()))?;
        let whose = self.whose_after(rt, before, &after).await?;
        if !sight.reaches_new(rt, whose, &after).await? {
            return Err(Error::Denied);
        }
        let own = kind::group_of(rt);
        let mut groups = Groups::one(own).with(field::present(rt, &after));
        let mut stored = None;
        if let Some(before) = before {
            let subject = self.subject(before).await?;
            let old = fhir::json::parse(&before.body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
            self.seen_whole(rt, &subject, &old).await?;
            // Nobody writes over what they may not read.
            must(&self.read, Groups::one(own), &subject).await?;
            groups = field::changed(rt, own, &old, &after);
            if groups.is_empty() {
                groups = Groups::one(own);
            }
            if !sight.reaches_new(rt, subject.whose, &old).await? {
                return Err(Error::Denied);
            }
            must(sight, groups, &subject).await?;
            self.controls(rt, &subject, &old, &after).await?;
            // Who wrote it may go on with it; not in the record of another patient.
            stored = Some(before).filter(|_| subject.whose == whose);
        }
        let signed = content.labels.marks.has(Marks::SIGNED);
        let subject = Subject { whose, labels: content.labels.unsigned(), stored };
        must(sight, groups, &subject).await?;
        if signed {
            must(&self.sign, Groups::one(own), &subject).await?;
            signature::check(self.read.tenant, self.read.ctx, rt, &after).await?;
        }
        Ok(())
    }

    async fn remove(&self, entry: &Entry) -> Result<()> {
        if entry.labels.is_the_hubs() || entry.rt == ResourceType::RELATED_PERSON && self.is_portal() {
            return Err(Error::Denied);
        }
        let json = fhir::json::parse(&entry.body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
        let subject = self.subject(entry).await?;
        if !self.delete.reaches_new(entry.rt, subject.whose, &json).await? {
            return Err(Error::Denied);
        }
        must(&self.delete, Groups::one(kind::group_of(entry.rt)), &subject).await
    }

    /// Labels of what labels do not raise (who a patient is) protect it through the patient's marks, and a proxy's
    /// rights hang on the patient, the period and the state of the relation: to change those takes who controls
    /// access, or for labels who cares for the patient.
    async fn controls(
        &self,
        rt: ResourceType,
        subject: &Subject<'_>,
        old: &Json<'_>,
        new: &Json<'_>,
    ) -> Result<()> {
        if self.update.level_of(Groups::one(Group::Security)) == Level::Always {
            return Ok(());
        }
        let proxy = ["patient", "period", "active"];
        if rt == ResourceType::RELATED_PERSON && proxy.iter().any(|name| old.get(name) != new.get(name)) {
            return Err(Error::Denied);
        }
        if self.takes_labels_away(rt) && label::takes_away(old, new) {
            let facts = self.read.facts(subject.whose, true).await?;
            if !facts.is_some_and(|(facts, _)| facts.ties.has(Ties::CARE)) {
                return Err(Error::Denied);
            }
        }
        Ok(())
    }

    /// Whether taking a label away from a record of the type must be looked at: those that labels raise are
    /// guarded by the group that they are raised to.
    fn takes_labels_away(&self, rt: ResourceType) -> bool {
        let group = kind::group_of(rt);
        group.is_of_patient()
            && !kind::is_raised_by_labels(group)
            && self.update.level_of(Groups::one(Group::Security)) != Level::Always
    }

    /// Whether a patient or a proxy asks.
    fn is_portal(&self) -> bool {
        self.read.ctx.actor.roles.iter().all(|role| *role == Role::Patient)
    }

    /// Whoever sees a record only in part would remove the rest of it by writing it back.
    async fn seen_whole(&self, rt: ResourceType, subject: &Subject<'_>, old: &Json<'_>) -> Result<()> {
        let present = raised(field::present(rt, old), subject.labels);
        if self.read.granted(present, subject).await?.covers(present) {
            return Ok(());
        }
        Err(Error::refused(Code::Forbidden, PARTLY_SEEN))
    }

    async fn whose_after(&self, rt: ResourceType, before: Option<&Entry>, after: &Json<'_>) -> Result<Whose> {
        if rt == ResourceType::PATIENT {
            return Ok(before.map_or(Whose::New, |entry| Whose::Patient(entry.rid)));
        }
        let Some(id) = patient_named(rt, after) else { return Ok(Whose::House) };
        match self.read.whose_id(id).await? {
            Whose::Absent if self.patients.contains(id) => Ok(Whose::New),
            whose => Ok(whose),
        }
    }
}

fn raised(groups: Groups, labels: Labels) -> Groups {
    groups.iter().fold(Groups::NONE, |sum, group| sum.with(Groups::one(labels.group(group))))
}

async fn must(sight: &Sight<'_>, groups: Groups, subject: &Subject<'_>) -> Result<()> {
    let asked = raised(groups, subject.labels);
    if sight.granted(asked, subject).await?.covers(asked) { Ok(()) } else { Err(Error::Denied) }
}

fn subsetted(content: &Content) -> Result<()> {
    if content.labels.is_the_hubs() {
        return Err(Error::Denied);
    }
    if content.subsetted { Err(Error::refused(Code::Forbidden, SUBSETTED)) } else { Ok(()) }
}

/// What somebody sees in part only cannot be written back.
pub(crate) fn partly_seen() -> Error {
    Error::refused(Code::Forbidden, PARTLY_SEEN)
}

const PARTLY_SEEN: Text = Text {
    key: "update.partly-seen",
    fr: "Une partie de cette fiche ne vous est pas ouverte : l'enregistrer effacerait ce que vous ne voyez pas. Demandez la modification à une personne qui voit la fiche entière.",
    en: "Part of this record is not open to you: saving it would remove what you do not see. Ask someone who sees the whole record to make the change.",
    de: "Ein Teil dieses Eintrags ist Ihnen nicht zugänglich: Speichern würde entfernen, was Sie nicht sehen. Bitten Sie jemanden um die Änderung, der den ganzen Eintrag sieht.",
};

const SUBSETTED: Text = Text {
    key: "update.subsetted",
    fr: "Cette fiche est marquée comme incomplète (SUBSETTED) : l'enregistrer effacerait le reste. Relisez la fiche entière, puis modifiez-la.",
    en: "This record is tagged as incomplete (SUBSETTED): saving it would remove the rest. Read the whole record, then change it.",
    de: "Dieser Eintrag ist als unvollständig markiert (SUBSETTED): Speichern würde den Rest entfernen. Lesen Sie den ganzen Eintrag und ändern Sie ihn dann.",
};

const RACED: Text = Text {
    key: "access.raced",
    fr: "L'enregistrement a changé entre-temps. Recommencez.",
    en: "The record has changed meanwhile. Try again.",
    de: "Der Eintrag hat sich inzwischen geändert. Versuchen Sie es erneut.",
};

/// What was decided about is no longer what is stored.
pub(crate) fn raced() -> Error {
    Issue::error(Code::Conflict, RACED).into()
}

/// Whether a commit must be decided anew.
pub(crate) fn is_raced(error: &Error) -> bool {
    match error {
        Error::Refused(issues) => issues.iter().any(|issue| issue.text.key == RACED.key),
        _ => false,
    }
}
