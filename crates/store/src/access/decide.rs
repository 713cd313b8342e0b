//! Decisions for services: may this caller, and who may and why.

use super::circumstances;
use super::sight::{Sight, Subject, Whose};
use super::{Action, groups::Groups};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::tenant::Tenant;
use policy::{Explanation, Group, Question, Roles, Station, Verb};

/// A decision with what it was made from.
#[derive(Debug)]
pub struct Explained {
    pub question: Question,
    pub explanation: Explanation,
    /// Break-glass is open for this patient and is what allows it.
    pub by_glass: bool,
}

impl Tenant {
    /// Whether the caller may do this to a part of a patient's record (by id), or to what belongs to no patient.
    /// Not audited: the one who asks records what is done. Scopes of a token on resources are not looked at;
    /// a token that is limited to one patient's record is.
    ///
    /// # Errors
    /// `NotFound` for the patient; `Unavailable`.
    pub async fn decide(&self, ctx: &Ctx, verb: Verb, group: Group, patient: Option<&str>) -> Result<bool> {
        if ctx.actor.system {
            return Ok(true);
        }
        let grant = &ctx.grant;
        let confined = grant.scopes.is_some() && grant.patient.is_some();
        if confined && group.is_of_patient() && patient != grant.patient.as_deref() {
            return Ok(false);
        }
        let explained = self.question(ctx, verb, group, patient).await?;
        Ok(self.gate.allows(&explained.0))
    }

    /// The decision and its reasons, for the account that `ctx` is made of.
    ///
    /// # Errors
    /// `NotFound` for the patient; `Unavailable`.
    pub async fn explain(
        &self,
        ctx: &Ctx,
        verb: Verb,
        group: Group,
        patient: Option<&str>,
    ) -> Result<Explained> {
        let (question, by_glass) = self.question(ctx, verb, group, patient).await?;
        Ok(Explained { question, explanation: self.gate.policies().explain(&question), by_glass })
    }

    /// The policies in force.
    pub fn policies(&self) -> std::sync::Arc<policy::Policies> {
        self.gate.policies()
    }

    async fn question(
        &self,
        ctx: &Ctx,
        verb: Verb,
        group: Group,
        patient: Option<&str>,
    ) -> Result<(Question, bool)> {
        let sight = Sight::new(self, ctx, Action::Read);
        let station = circumstances::station(ctx);
        let roles = Roles::of(&ctx.actor.roles);
        let (mut facts, mut glass) = Default::default();
        if let Some(id) = patient.filter(|_| group.is_of_patient()) {
            let whose = sight.whose_id(id).await?;
            if whose == Whose::Absent {
                return Err(Error::NotFound);
            }
            if let Some(known) = sight.facts(whose, true).await? {
                (facts, glass) = known;
            }
        }
        let super::Facts { ties, marks, lifted } = facts;
        let plain = Question { roles, purpose: ctx.purpose, verb, group, ties, marks, station };
        if verb == Verb::Read && glass && !self.gate.allows(&plain) {
            let station = station.with(Station::BREAK_GLASS);
            return Ok((Question { station, marks: marks.without(lifted), ..plain }, true));
        }
        Ok((plain, false))
    }

    /// The groups of a patient's record that the caller may read, each by its own question.
    ///
    /// # Errors
    /// `NotFound` for the patient; `Unavailable`.
    pub async fn readable(&self, ctx: &Ctx, patient: &str) -> Result<Vec<Group>> {
        let sight = Sight::new(self, ctx, Action::Read);
        let whose = sight.whose_id(patient).await?;
        if whose == Whose::Absent {
            return Err(Error::NotFound);
        }
        let all = Group::ALL.into_iter().filter(|group| group.is_of_patient());
        let asked = all.fold(Groups::NONE, |sum, group| sum.with(Groups::one(group)));
        let granted =
            sight.granted(asked, &Subject { whose, labels: Default::default(), stored: None }).await?;
        Ok(granted.iter().collect())
    }
}
