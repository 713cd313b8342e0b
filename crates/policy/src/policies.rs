//! The policies, asked.

use crate::explain::{Explanation, Reason};
use crate::files::{self, File};
use crate::memo::Memo;
use crate::request::Words;
use crate::rules::{Effect, Rule, Rules, Sentence};
use crate::slices::Slices;
use crate::{PolicyError, Question, Roles};
use cedar_policy::{Authorizer, Decision, Entities};
use std::path::Path;
use std::sync::{Arc, OnceLock, RwLock};

/// All policies in force. Cheap to clone; clones share what they remember.
#[derive(Clone)]
pub struct Policies(Arc<State>);

enum State {
    Open(Box<Loaded>),
    /// No policies: everything is denied. The reason is for the operator.
    Closed(String),
}

struct Loaded {
    rules: Rules,
    slices: Slices,
    words: Words,
    memo: Memo,
    authorizer: Authorizer,
    entities: Actors,
}

/// The entities of each set of roles that was seen. There are 2,048 at most; a clinic has a dozen.
#[derive(Default)]
struct Actors(RwLock<Vec<(Roles, Arc<Entities>)>>);

/// One policy, for the administrators' screen.
#[derive(Clone, Debug)]
pub struct PolicyInfo {
    pub id: String,
    pub file: String,
    pub effect: Effect,
    pub sentence: Sentence,
    /// Texts of law to hold it against, by name; not verified by the program.
    pub see: Option<String>,
    /// As it stands in its file.
    pub text: String,
}

impl Policies {
    /// The policies that are compiled in. Read once in a process; the next call shares them.
    ///
    /// # Errors
    /// The files do not hold together; a test sees to that.
    pub fn embedded() -> Result<Policies, PolicyError> {
        static EMBEDDED: OnceLock<Result<Policies, PolicyError>> = OnceLock::new();
        EMBEDDED.get_or_init(|| Policies::of(&files::compiled_in())).clone()
    }

    /// The policies of a folder: every file of its `MANIFEST` must be there, parse and fit the schema, and every
    /// invariant that is compiled in must still be forbidden by a policy of the same name.
    ///
    /// # Errors
    /// What is wrong, naming the file. Whoever loads must then deny everything: see [`Policies::closed`].
    pub fn load(folder: &Path) -> Result<Policies, PolicyError> {
        let policies = Policies::of(&files::in_folder(folder)?)?;
        let forbids =
            |rules: &Rules, id: &str| rules.all.iter().any(|r| r.id == id && r.effect == Effect::Forbid);
        let (State::Open(here), State::Open(ours)) = (&*policies.0, &*Policies::embedded()?.0) else {
            return Ok(policies);
        };
        match ours.rules.all.iter().find(|r| r.effect == Effect::Forbid && !forbids(&here.rules, &r.id)) {
            None => Ok(policies.clone()),
            Some(rule) => Err(PolicyError::InvariantMissing {
                file: folder.join(files::MANIFEST).display().to_string(),
                policy: rule.id.clone(),
            }),
        }
    }

    /// Denies everything. `reason` is for the operator; no caller sees it.
    pub fn closed(reason: impl Into<String>) -> Policies {
        Policies(Arc::new(State::Closed(reason.into())))
    }

    /// Why everything is denied, if it is.
    pub fn closed_reason(&self) -> Option<&str> {
        match &*self.0 {
            State::Open(_) => None,
            State::Closed(reason) => Some(reason),
        }
    }

    fn of(files: &[File]) -> Result<Policies, PolicyError> {
        let rules = Rules::read(files)?;
        let slices = Slices::new(&rules)?;
        let words = Words::new(&rules.schema)
            .map_err(|reason| PolicyError::Invalid { file: "medhub.cedarschema".into(), reason })?;
        let loaded = Loaded {
            rules,
            slices,
            words,
            memo: Memo::new(),
            authorizer: Authorizer::new(),
            entities: Actors::default(),
        };
        Ok(Policies(Arc::new(State::Open(Box::new(loaded)))))
    }

    /// Whether the policies permit it. Remembered: some nanoseconds after the first time.
    pub fn allows(&self, q: &Question) -> bool {
        let State::Open(loaded) = &*self.0 else { return false };
        let key = q.packed();
        if let Some(allowed) = loaded.memo.get(key) {
            return allowed;
        }
        let allowed = loaded.decide(q).is_some_and(|decided| decided.allowed);
        loaded.memo.put(key, allowed);
        allowed
    }

    /// The same, asked of the policies anew: what the memory must agree with, and what the bench measures.
    pub fn allows_afresh(&self, q: &Question) -> bool {
        match &*self.0 {
            State::Open(loaded) => loaded.decide(q).is_some_and(|decided| decided.allowed),
            State::Closed(_) => false,
        }
    }

    /// The decision with the policies that made it, and what would change it.
    pub fn explain(&self, q: &Question) -> Explanation {
        let decided = match &*self.0 {
            State::Open(loaded) => loaded.decide(q),
            State::Closed(_) => None,
        };
        let Some(decided) = decided else { return Explanation::closed() };
        let reasons = decided.rules.iter().map(|rule| Reason::of(rule)).collect();
        let would_open = if decided.allowed { Vec::new() } else { crate::explain::openings(self, q) };
        Explanation { allowed: decided.allowed, reasons, would_open }
    }

    /// Every policy, in the order of the files; none when closed.
    pub fn list(&self) -> Vec<PolicyInfo> {
        let State::Open(loaded) = &*self.0 else { return Vec::new() };
        loaded.rules.all.iter().map(|rule| PolicyInfo::of(rule)).collect()
    }
}

struct Decided {
    allowed: bool,
    /// What decided: the forbids, or the permits; none if nothing permits.
    rules: Vec<Arc<Rule>>,
}

impl Loaded {
    fn decide(&self, q: &Question) -> Option<Decided> {
        let slice = self.slices.of(q.verb, q.group)?;
        let request = self.words.request(q, &slice.action)?;
        let entities = self.entities.of(q.roles, &self.words)?;
        let response = self.authorizer.is_authorized(&request, &slice.policies, &entities);
        // A policy that fails is left out by Cedar, and it may have been a forbid: deny.
        let failed = response.diagnostics().errors().next().is_some();
        let allowed = response.decision() == Decision::Allow && !failed;
        let decided_by = |rule: &&Arc<Rule>| response.diagnostics().reason().any(|id| id == rule.policy.id());
        Some(Decided { allowed, rules: self.rules.all.iter().filter(decided_by).cloned().collect() })
    }
}

impl Actors {
    fn of(&self, roles: Roles, words: &Words) -> Option<Arc<Entities>> {
        let seen =
            |held: &[(Roles, Arc<Entities>)]| held.iter().find(|(r, _)| *r == roles).map(|(_, e)| e.clone());
        if let Some(entities) = self.0.read().ok().and_then(|held| seen(&held)) {
            return Some(entities);
        }
        let entities = Arc::new(words.entities(roles)?);
        if let Ok(mut held) = self.0.write()
            && held.len() < ACTORS_MAX
            && seen(&held).is_none()
        {
            held.push((roles, entities.clone()));
        }
        Some(entities)
    }
}

/// Beyond these, entities are made for each first decision.
const ACTORS_MAX: usize = 64;

impl PolicyInfo {
    fn of(rule: &Rule) -> PolicyInfo {
        PolicyInfo {
            id: rule.id.clone(),
            file: rule.file.clone(),
            effect: rule.effect,
            sentence: rule.sentence.clone(),
            see: rule.see.clone(),
            text: rule.policy.to_cedar().unwrap_or_else(|| rule.policy.to_string()),
        }
    }
}
