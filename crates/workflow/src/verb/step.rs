//! A task as the screens see it: whose, until when, what may be done with it and where it is done.

use super::people::People;
use crate::element::{ROLE, coded, extension, extensions, refers, text, value_code};
use crate::instance::{AFTER, GROUP, ORDER, PROOF, STEP, State, StepTask, TEMPLATE_OPENS};
use crate::template::short;
use fhir::Json;
use policy::Role;
use service::RouteCtx;

/// How pressing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Risk {
    Overdue,
    Soon,
    None,
}

impl Risk {
    pub fn as_str(self) -> &'static str {
        match self {
            Risk::Overdue => "overdue",
            Risk::Soon => "at-risk",
            Risk::None => "none",
        }
    }
}

/// What is read off a Task once.
pub(super) struct Card<'a> {
    pub task: &'a StepTask,
    pub state: State,
    pub since: Option<i64>,
    pub due: Option<i64>,
    pub roles: Vec<Role>,
}

impl<'a> Card<'a> {
    /// `None` for a Task whose state nobody has told.
    pub fn of(task: &'a StepTask) -> Option<Card<'a>> {
        let period = task.json.get("restriction").and_then(|one| one.get("period"));
        let moment = |name| period.and_then(|one| one.get_str(name)).and_then(fhir::date::parse);
        let roles = task.json.each("performerType").filter_map(|one| coded(one, ROLE));
        Some(Card {
            task,
            state: task.state()?,
            since: moment("start").map(|moment| moment.lo_ms),
            due: moment("end").map(|moment| moment.lo_ms),
            roles: roles.filter_map(Role::parse).collect(),
        })
    }

    pub fn risk(&self, now: i64) -> Risk {
        let (Some(since), Some(due), true) = (self.since, self.due, self.state.is_open()) else {
            return Risk::None;
        };
        match due.saturating_sub(now) {
            left if left < 0 => Risk::Overdue,
            left if left < due.saturating_sub(since) / 4 => Risk::Soon,
            _ => Risk::None,
        }
    }

    /// How far an unanswered step reaches: from its time on whoever has the role, also where somebody took it; when
    /// as much time has passed again, the administration. Nothing is written for it.
    pub fn reach(&self, now: i64) -> &'static str {
        match (self.since, self.due) {
            (Some(since), Some(due)) if self.state.is_open() && now > due => {
                if now > due.saturating_add(due.saturating_sub(since)) { "admin" } else { "team" }
            }
            _ => "owner",
        }
    }

    /// Whether it is late, and the caller one of those who are told.
    pub fn reaches(&self, cx: &RouteCtx, now: i64) -> bool {
        let actor = &cx.ctx.actor;
        let team = self.roles.iter().any(|role| actor.has(*role));
        match self.reach(now) {
            "admin" => team || actor.has(Role::MedicalAdmin),
            "team" => team,
            _ => false,
        }
    }

    /// Whether the caller is expected to look at it: one's own, and what nobody has done in time.
    pub fn waits_for(&self, cx: &RouteCtx, now: i64) -> bool {
        self.is_mine(cx) || self.reaches(cx, now)
    }

    pub fn owner(&self) -> Option<&str> {
        refers(&self.task.json, "owner")
    }

    /// Whether the caller has a role that may do it.
    pub fn is_for(&self, cx: &RouteCtx) -> bool {
        let actor = &cx.ctx.actor;
        actor.has(Role::MedicalAdmin) || self.roles.iter().any(|role| actor.has(*role))
    }

    pub fn is_mine(&self, cx: &RouteCtx) -> bool {
        cx.ctx.actor.person.as_deref().is_some_and(|me| self.owner() == Some(me))
    }

    pub fn group(&self) -> &str {
        let identifier = self.task.json.get("groupIdentifier");
        let ours = identifier.filter(|one| one.get_str("system") == Some(GROUP));
        ours.and_then(|one| one.get_str("value")).unwrap_or_default()
    }

    pub fn template(&self) -> (&str, &str) {
        let canonical = self.task.json.get_str("instantiatesCanonical").unwrap_or_default();
        let (url, version) = canonical.split_once('|').unwrap_or((canonical, ""));
        (short(url), version)
    }

    pub fn step(&self) -> &str {
        self.task.json.get("code").and_then(|code| coded(code, STEP)).unwrap_or_default()
    }

    pub fn patient(&self) -> &str {
        refers(&self.task.json, "for").and_then(|one| one.strip_prefix("Patient/")).unwrap_or_default()
    }

    pub fn order(&self) -> i64 {
        let said = extension(&self.task.json, ORDER).and_then(|one| one.get("valueUnsignedInt")?.as_number());
        said.and_then(|number| number.parse().ok()).unwrap_or(i64::MAX)
    }

    fn may(&self, cx: &RouteCtx) -> Vec<&'static str> {
        if !self.is_for(cx) || matches!(self.state, State::Done | State::Skipped | State::Cancelled) {
            return Vec::new();
        }
        let mine = self.is_mine(cx) || cx.ctx.actor.has(Role::MedicalAdmin);
        match self.state {
            State::Ready => vec!["claim", "complete", "skip", "comment"],
            State::Claimed if mine => vec!["release", "complete", "skip", "comment"],
            _ => vec!["comment"],
        }
    }

    /// The head that lists and the whole object begin with.
    pub fn head(&self, now: i64) -> Vec<(&'static str, Json<'static>)> {
        let title = self.task.json.get_str("description").unwrap_or_default();
        let mut out = vec![
            ("step", text(self.step())),
            ("title", text(title)),
            ("state", Json::string(self.state.as_str())),
            ("risk", Json::string(self.risk(now).as_str())),
        ];
        out.extend(self.due.map(|due| ("due", fhir::edit::instant(due))));
        out.push(("roles", Json::array(self.roles.iter().map(|role| Json::string(role.as_str())))));
        out
    }

    pub fn json(&self, cx: &RouteCtx, people: &People) -> Json<'static> {
        let (now, task) = (cx.ctx.clock.now_ms(), &self.task.json);
        let case = self.task.case().unwrap_or_default();
        let mut out = vec![
            ("id", text(&*self.task.id)),
            ("version", Json::integer(self.task.version.map_or(0, |v| i64::try_from(v).unwrap_or(0)))),
            ("workflow", text(self.group())),
            ("template", text(self.template().0)),
        ];
        out.extend(self.head(now));
        out.push(("reach", Json::string(self.reach(now))));
        out.extend(self.since.map(|since| ("since", fhir::edit::instant(since))));
        out.push(("case", text(case)));
        if let Some(operation) = people.operation(case) {
            out.extend(operation.act.as_deref().map(|act| ("act", text(act))));
            out.extend(operation.side.map(|side| ("side", text(side))));
        }
        out.push(("patient", text(self.patient())));
        let shown = people.name(&format!("Patient/{}", self.patient())).unwrap_or_default();
        out.push(("patientName", text(shown)));
        out.extend(self.owner().map(|owner| {
            let said = task.get("owner").and_then(|one| one.get_str("display"));
            ("owner", person(Some(owner), people.name(owner).or(said)))
        }));
        out.push(("mine", Json::Bool(self.is_mine(cx))));
        let after = extensions(task, AFTER).filter_map(|one| one.get_str("valueCode"));
        out.push(("after", Json::array(after.map(text))));
        out.push(("may", Json::array(self.may(cx).into_iter().map(Json::string))));
        let kind = value_code(task, TEMPLATE_OPENS).unwrap_or("case");
        let target = if kind == "chart" { self.patient() } else { case };
        out.push(("opens", Json::object([("kind", text(kind)), ("id", text(target))])));
        let reason = task.get("statusReason").and_then(|reason| reason.get_str("text"));
        out.extend(reason.map(|reason| ("reason", text(reason))));
        let by = self.task.decided("by").and_then(|part| part.get("valueReference"));
        let automatic = extension(task, PROOF).is_some() || self.state == State::Skipped && by.is_none();
        out.push(("automatic", Json::Bool(automatic)));
        if let Some(by) = by.filter(|_| self.state.is_over() && !automatic) {
            out.push(("decidedBy", person(by.get_str("reference"), by.get_str("display"))));
            let at = self.task.decided("at").and_then(|part| part.get_str("valueInstant"));
            out.extend(at.map(|at| ("decidedAt", text(at))));
        }
        out.push(("comments", comments(task)));
        Json::object(out)
    }
}

fn person(reference: Option<&str>, name: Option<&str>) -> Json<'static> {
    let reference = reference.map(|reference| ("reference", text(reference)));
    Json::object(reference.into_iter().chain([("name", text(name.unwrap_or_default()))]))
}

fn comments(task: &Json<'_>) -> Json<'static> {
    Json::array(task.each("note").map(|note| {
        let named = note.get("authorReference").and_then(|author| author.get_str("display"));
        let member = |text: Option<&str>| Json::string(text.unwrap_or_default().to_string());
        Json::object([
            ("author", member(named.or_else(|| note.get_str("authorString")))),
            ("date", member(note.get_str("time"))),
            ("text", member(note.get_str("text"))),
        ])
    }))
}
