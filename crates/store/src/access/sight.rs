//! How one request looks at the tenant: what it may do with each record that it meets.

use super::gate::Marked;
use super::groups::Groups;
use super::label::{self, Labels};
use super::level::{Level, Levels, Stance};
use super::scope::{self, Reach};
use super::source::Records;
use super::ties::{Asking, Facts, PatientTies, Persona, facts};
use super::{Action, circumstances, field, kind};
use crate::cache::Entry;
use crate::ctx::{Ctx, Role};
use crate::error::Result;
use crate::tenant::Tenant;
use fhir::search::Reference;
use fhir::{Json, ResourceType};
use policy::{Group, Marks, Question, Roles, Station, Ties, Verb};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::OnceCell;

/// Whose record something belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Of no patient: the house's own.
    House,
    /// The patient's `rid`.
    Patient(i64),
    /// A patient who is not in the store (yet): nobody there to protect, nothing of theirs to see.
    Absent,
    /// A patient whom this very transaction creates.
    New,
}

/// What a decision is about.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'e> {
    pub whose: Whose,
    pub labels: Labels,
    /// The stored record, of which the actor may be the author.
    pub stored: Option<&'e Entry>,
}

/// One request's eyes.
pub(crate) struct Sight<'a> {
    pub tenant: &'a Tenant,
    pub ctx: &'a Ctx,
    pub action: Action,
    stance: Stance,
    levels: Levels,
    persona: OnceCell<Arc<Persona>>,
    /// `rid` of the patient of the launch.
    launched: OnceCell<Option<i64>>,
    fresh: OnceCell<()>,
    /// Something was seen that break-glass alone opened.
    glass: AtomicBool,
}

impl<'a> Sight<'a> {
    pub fn new(tenant: &'a Tenant, ctx: &'a Ctx, action: Action) -> Sight<'a> {
        let stance = Stance {
            roles: Roles::of(&ctx.actor.roles),
            purpose: ctx.purpose,
            verb: action.verb(),
            station: circumstances::station(ctx),
            marks: Marks::NONE,
            glass: circumstances::glass_any(ctx),
        };
        let levels = if ctx.actor.system { Levels::EVERYTHING } else { tenant.gate.levels(stance) };
        Sight {
            tenant,
            ctx,
            action,
            stance,
            levels,
            persona: OnceCell::new(),
            launched: OnceCell::new(),
            fresh: OnceCell::new(),
            glass: AtomicBool::new(false),
        }
    }

    /// Whether break-glass alone opened something that was seen.
    pub fn by_glass(&self) -> bool {
        self.glass.load(Ordering::Relaxed)
    }

    pub fn everything(&self) -> bool {
        self.ctx.actor.system
    }

    fn reach(&self, rt: ResourceType) -> Reach<'a> {
        if self.everything() {
            Reach::All
        } else {
            scope::reach(&self.ctx.grant, self.action.permission(), rt)
        }
    }

    /// Whether some record of the type may be let through.
    pub fn may(&self, rt: ResourceType) -> bool {
        if rt == ResourceType::AUDIT_EVENT && !self.action.reads() {
            // The log is written by the store alone.
            return false;
        }
        let own = kind::may_be(rt);
        // Who may only write a part of a record, such as the telephone number, may update it.
        let asked = if self.action == Action::Update { own.with(field::groups_of(rt)) } else { own };
        let some = asked.iter().any(|group| self.levels.of(group) != Level::Never);
        some && !matches!(self.reach(rt), Reach::Nothing)
    }

    /// How certain it is that every record of the type is let through, and that these groups are open for each.
    pub fn level(&self, rt: ResourceType, groups: Groups) -> Level {
        let lowest = self.levels.lowest(kind::may_be(rt).with(groups));
        match self.reach(rt) {
            Reach::All => lowest,
            Reach::Part(_) => lowest.min(Level::Ask),
            Reach::Nothing => Level::Never,
        }
    }

    /// The level of groups alone.
    pub fn level_of(&self, groups: Groups) -> Level {
        self.levels.lowest(groups)
    }

    /// Which groups of the members of a record are hidden; `None` when the record itself is.
    pub async fn sees(&self, entry: &Entry, newest: Labels) -> Result<Option<Groups>> {
        let own = kind::group_of(entry.rt);
        if self.everything() {
            return Ok(Some(Groups::NONE));
        }
        let labels = entry.labels.and(newest);
        let own = labels.group(own);
        if self.levels.of(own) == Level::Never || !self.reaches(entry).await? {
            return Ok(None);
        }
        let fields = field::groups_of(entry.rt);
        let asked = fields.iter().fold(Groups::one(own), |sum, f| sum.with(Groups::one(labels.group(f))));
        if labels.marks == Marks::NONE && self.levels.certain(asked) == asked {
            return Ok(Some(Groups::NONE));
        }
        let subject = Subject { whose: self.whose(entry).await?, labels, stored: Some(entry) };
        let granted = self.granted(asked, &subject).await?;
        if !granted.has(own) {
            return Ok(None);
        }
        let hidden = fields.iter().filter(|group| !granted.has(labels.group(*group)));
        Ok(Some(hidden.fold(Groups::NONE, |sum, group| sum.with(Groups::one(group)))))
    }

    /// Those of the groups that are open.
    pub async fn granted(&self, asked: Groups, subject: &Subject<'_>) -> Result<Groups> {
        if self.everything() {
            return Ok(asked);
        }
        let stance = Stance { marks: subject.labels.marks, ..self.stance };
        let levels = if stance == self.stance { self.levels } else { self.tenant.gate.levels(stance) };
        let mut granted = levels.certain(asked);
        let open: Groups = asked
            .without(granted)
            .iter()
            .filter(|group| levels.of(*group) != Level::Never)
            .fold(Groups::NONE, |sum, group| sum.with(Groups::one(group)));
        if open.is_empty() {
            return Ok(granted);
        }
        let asks = levels.lowest(open) == Level::Ask;
        let Some((facts, glass)) = self.facts(subject.whose, asks).await? else {
            return Ok(granted.with(open));
        };
        for group in open.iter() {
            // A general opposition is about the medical record: consents stay as they are collected.
            let lifted = if group == Group::Consent { facts.lifted } else { Marks::NONE };
            let ties =
                facts.ties.set(Ties::PARTICIPANT, group == Group::Conversation && self.takes_part(subject));
            let question = stance.question(group, ties, facts.marks.without(lifted));
            if self.decides(&question, &facts, glass, subject).await? {
                granted = granted.with(Groups::one(group));
            }
        }
        Ok(granted)
    }

    async fn decides(
        &self,
        plain: &Question,
        facts: &Facts,
        glass: bool,
        subject: &Subject<'_>,
    ) -> Result<bool> {
        let gate = &self.tenant.gate;
        if gate.allows(plain) {
            return Ok(true);
        }
        let author = Question { ties: plain.ties.with(Ties::AUTHOR), ..*plain };
        if gate.allows(&author) && self.wrote(subject.stored).await? {
            return Ok(true);
        }
        let opened = Question {
            station: plain.station.with(Station::BREAK_GLASS),
            marks: plain.marks.without(facts.lifted),
            ..*plain
        };
        let by_glass = glass && plain.verb == Verb::Read && gate.allows(&opened);
        if by_glass {
            self.glass.store(true, Ordering::Relaxed);
        }
        Ok(by_glass)
    }

    /// Whether the stored record names the actor as one of those among whom it is said.
    fn takes_part(&self, subject: &Subject<'_>) -> bool {
        let named = |entry: &Entry| {
            let json = fhir::json::parse(&entry.body).unwrap_or(Json::Null);
            label::names(&json, &self.ctx.actor)
        };
        subject.labels.among && subject.stored.is_some_and(named)
    }

    async fn wrote(&self, stored: Option<&Entry>) -> Result<bool> {
        let Some(entry) = stored.filter(|_| !self.ctx.actor.id.is_nil()) else { return Ok(false) };
        let author =
            self.tenant.gate.author(&self.records(), entry.rt.number(), &entry.id, entry.rid).await?;
        Ok(author == self.ctx.actor.id)
    }

    pub fn records(&self) -> Records<'_> {
        Records { tenant: self.tenant, clock: &*self.ctx.clock }
    }

    /// What is known of the actor and a patient, and whether break-glass is open for it. Without `ties`: `None`
    /// when nothing is marked on the patient.
    pub async fn facts(&self, whose: Whose, ties: bool) -> Result<Option<(Facts, bool)>> {
        let patient = match whose {
            Whose::House | Whose::Absent => return Ok(Some(self.without(Ties::FACILITY))),
            Whose::New => return Ok(Some(self.without(Ties::FACILITY.with(Ties::CARE)))),
            Whose::Patient(rid) => rid,
        };
        self.freshen().await?;
        let (gate, records) = (&self.tenant.gate, self.records());
        let marked = gate.marks(&records, patient).await?;
        if !ties && unmarked(&marked) {
            return Ok(None);
        }
        let persona = self.persona().await?;
        let found = gate.ties(&records, patient, &marked.id).await?;
        let facts = self.combine(&persona, &marked, &found);
        Ok(Some((facts, circumstances::glass(self.ctx, Some(&marked.id)))))
    }

    fn without(&self, ties: Ties) -> (Facts, bool) {
        (Facts { ties, ..Facts::default() }, circumstances::glass(self.ctx, None))
    }

    fn combine(&self, persona: &Persona, marked: &Marked, ties: &PatientTies) -> Facts {
        let now = self.ctx.clock.now_ms();
        facts(
            persona,
            &marked.id,
            ties,
            &marked.marks,
            &Asking { account: self.ctx.actor.id, roles: self.stance.roles, purpose: self.ctx.purpose, now },
        )
    }

    pub async fn persona(&self) -> Result<Arc<Persona>> {
        let read = || async { self.tenant.gate.persona(&self.records(), &self.ctx.actor).await };
        self.persona.get_or_try_init(read).await.cloned()
    }

    /// What other nodes committed before this request counts in its decisions.
    async fn freshen(&self) -> Result<()> {
        self.fresh.get_or_try_init(|| self.tenant.freshen()).await.copied()
    }

    /// Whether the token's scopes reach the record.
    async fn reaches(&self, entry: &Entry) -> Result<bool> {
        let scopes = match self.reach(entry.rt) {
            Reach::All => return Ok(true),
            Reach::Nothing => return Ok(false),
            Reach::Part(scopes) => scopes,
        };
        let json = fhir::json::parse(&entry.body).unwrap_or(Json::Null);
        self.reaches_as(entry.rt, self.whose(entry).await?, &json, &scopes).await
    }

    /// The same of a record that is not stored yet.
    pub async fn reaches_new(&self, rt: ResourceType, whose: Whose, json: &Json<'_>) -> Result<bool> {
        match self.reach(rt) {
            Reach::All => Ok(true),
            Reach::Nothing => Ok(false),
            Reach::Part(scopes) => self.reaches_as(rt, whose, json, &scopes).await,
        }
    }

    async fn reaches_as(
        &self,
        rt: ResourceType,
        whose: Whose,
        json: &Json<'_>,
        scopes: &[&crate::grant::Scope],
    ) -> Result<bool> {
        for scope in scopes {
            let mine = !scope::is_narrow(scope, rt)
                || matches!(whose, Whose::Patient(rid) if self.launched().await? == Some(rid));
            if mine && scope::meets(scope, rt, json) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn launched(&self) -> Result<Option<i64>> {
        let look_up = || async {
            let Some(id) = &self.ctx.grant.patient else { return Ok(None) };
            self.rid_of(id).await
        };
        self.launched.get_or_try_init(look_up).await.copied()
    }

    async fn rid_of(&self, patient: &str) -> Result<Option<i64>> {
        Ok(self.tenant.open_name(ResourceType::PATIENT, patient).await?.map(|entry| entry.rid))
    }

    /// Whose record an id of a patient means.
    pub async fn whose_id(&self, patient: &str) -> Result<Whose> {
        Ok(self.rid_of(patient).await?.map_or(Whose::Absent, Whose::Patient))
    }

    /// Whose record a stored version belongs to.
    pub async fn whose(&self, entry: &Entry) -> Result<Whose> {
        if entry.rt == ResourceType::PATIENT {
            return Ok(Whose::Patient(entry.rid));
        }
        if entry.owner != 0 {
            return Ok(Whose::Patient(entry.owner));
        }
        // It came before its patient, or its type has no parameter that leads to one.
        if entry.kid == 0 && !loosely_owned(entry.rt) || entry.body.is_empty() {
            return Ok(Whose::House);
        }
        let Ok(json) = fhir::json::parse(&entry.body) else { return Ok(Whose::House) };
        match patient_named(entry.rt, &json) {
            Some(id) => self.whose_id(id).await,
            None => Ok(Whose::House),
        }
    }

    /// Ids of the patients to whose records a search of this type is confined; `None`: not confined.
    pub async fn confined(&self, rt: ResourceType) -> Result<Option<Vec<String>>> {
        if self.everything() || !kind::group_of(rt).is_of_patient() {
            return Ok(None);
        }
        let mut ids: Option<Vec<String>> = None;
        if self.ctx.actor.roles.iter().all(|role| *role == Role::Patient) {
            let (persona, now) = (self.persona().await?, self.ctx.clock.now_ms());
            let own = persona.own.iter().filter(|(_, _, span)| span.covers(now));
            ids = Some(own.map(|(id, _, _)| id.to_string()).collect());
        }
        if let Reach::Part(scopes) = self.reach(rt)
            && scopes.iter().all(|scope| scope::is_narrow(scope, rt))
        {
            let launched = self.ctx.grant.patient.clone();
            let both =
                |ids: Vec<String>| ids.into_iter().filter(|id| launched.as_ref() == Some(id)).collect();
            ids = Some(ids.map_or_else(|| launched.iter().cloned().collect(), both));
        }
        Ok(ids)
    }
}

/// Types that name their patient where no parameter of the compartment looks.
fn loosely_owned(rt: ResourceType) -> bool {
    matches!(rt, ResourceType::TASK | ResourceType::BINARY | ResourceType::DEVICE)
}

/// The id of the patient whom a resource is about.
pub(crate) fn patient_named<'j>(rt: ResourceType, json: &'j Json<'_>) -> Option<&'j str> {
    let member = match rt {
        ResourceType::TASK => "for",
        ResourceType::BINARY => "securityContext",
        ResourceType::DEVICE => "patient",
        _ => return fhir::compartment::patients(rt, json).first().copied(),
    };
    let reference = Reference::parse(json.get(member)?.get_str("reference")?);
    reference.local().filter(|(target, _)| *target == ResourceType::PATIENT).map(|(_, id)| id)
}

fn unmarked(marked: &Marked) -> bool {
    marked.marks.marks == Marks::NONE && marked.marks.opposed.is_empty() && marked.marks.refused.is_empty()
}
