//! What a caller may do with a note: the policies' answer, and the state of the note.

use super::content;
use super::message::{FRESH_FACTOR, NO_PROFESSIONAL};
use super::view::Seen;
use fhir::{Code, Json, ResourceType};
use policy::{Group, Question, Station, Ties, Verb};
use service::RouteCtx;
use std::sync::Arc;
use store::{Actor, Ctx, Error, Result};

/// What the buttons of a note are shown by. A factor that is not fresh is asked for when it comes to it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rights {
    pub edit: bool,
    pub sign: bool,
    pub cosign: bool,
    pub amend: bool,
    pub withdraw: bool,
}

impl Rights {
    pub async fn of(cx: &RouteCtx, note: &Seen) -> Result<Rights> {
        Powers::of(cx, note.patient()).await.map(|powers| powers.over(cx, note))
    }
}

/// What a caller may do in a patient's record, with a fresh factor.
pub(super) struct Powers {
    questions: Option<[Question; 2]>,
}

impl Powers {
    /// # Errors
    /// `Unavailable`.
    pub async fn of(cx: &RouteCtx, patient: &str) -> Result<Powers> {
        let mut questions = Vec::new();
        for verb in [Verb::Write, Verb::Sign] {
            match cx.tenant.explain(&cx.ctx, verb, Group::Clinical, Some(patient)).await {
                Ok(explained) => questions.push(explained.question),
                Err(Error::NotFound) => return Ok(Powers { questions: None }),
                Err(other) => return Err(other),
            }
        }
        let questions: Option<[Question; 2]> = questions.try_into().ok();
        Ok(Powers { questions })
    }

    fn may(&self, cx: &RouteCtx, verb: Verb, note: &Json<'static>) -> bool {
        if cx.ctx.actor.system {
            return true;
        }
        let Some(asked) = self.questions.iter().flatten().find(|question| question.verb == verb) else {
            return false;
        };
        let mine = cx.ctx.actor.person.as_deref().is_some_and(|me| content::authors(note).any(|a| a == me));
        let ties = if mine { asked.ties.with(Ties::AUTHOR) } else { asked.ties };
        let station = asked.station.with(Station::FRESH_FACTOR);
        // What is labelled is of one of the two: whoever acts on it here may act on both.
        let labelled: &[Group] = &[Group::Clinical, Group::Sensitive, Group::Psych];
        let groups = if content::labels(note).next().is_some() { labelled } else { &labelled[..1] };
        let policies = cx.tenant.policies();
        groups.iter().all(|group| policies.allows(&Question { group: *group, ties, station, ..*asked }))
    }

    pub fn over(&self, cx: &RouteCtx, seen: &Seen) -> Rights {
        let note = &seen.json;
        let me = cx.ctx.actor.person.as_deref().filter(|person| person.starts_with("Practitioner/"));
        let mine = me.is_some_and(|me| content::authors(note).any(|author| author == me));
        let (write, sign) = (self.may(cx, Verb::Write, note), self.may(cx, Verb::Sign, note));
        let (draft, stands) =
            (content::is_draft(note), content::is_signed(note) && seen.amended_by.is_none());
        Rights {
            edit: draft && write,
            sign: draft && mine && sign,
            cosign: stands
                && !mine
                && me.is_some()
                && sign
                && content::attester(note, "professional").is_none(),
            amend: stands && me.is_some() && write && seen.pending.is_none(),
            withdraw: draft && write || stands && me.is_some() && sign,
        }
    }
}

/// The professional who acts.
///
/// # Errors
/// `Refused` (403) when the account is no professional's.
pub(super) fn professional(cx: &RouteCtx) -> Result<&str> {
    let person = cx.ctx.actor.person.as_deref();
    let person = person.filter(|person| person.starts_with("Practitioner/"));
    person.ok_or_else(|| Error::refused(Code::Forbidden, NO_PROFESSIONAL))
}

/// That a factor was given just now.
///
/// # Errors
/// `Refused` (403, `auth.fresh-factor`): the app asks for it and repeats.
pub(super) async fn fresh(cx: &RouteCtx, patient: &str) -> Result<()> {
    let explained = cx.tenant.explain(&cx.ctx, Verb::Sign, Group::Clinical, Some(patient)).await?;
    if cx.ctx.actor.system || explained.question.station.has(Station::FRESH_FACTOR) {
        return Ok(());
    }
    Err(Error::refused(Code::Forbidden, FRESH_FACTOR))
}

/// The context for a step that policies close to everyone, because the note is signed: the verb has decided on it,
/// and has it recorded under the caller's name; the rule holds the text.
///
/// # Errors
/// `Unavailable` when it cannot be recorded.
pub(super) async fn on_behalf(cx: &RouteCtx, verb: &str, note: &str) -> Result<Ctx> {
    cx.tenant.audit_operation(&cx.ctx, verb, Some((ResourceType::COMPOSITION, note))).await?;
    let actor = Actor { system: true, ..(*cx.ctx.actor).clone() };
    Ok(Ctx { actor: Arc::new(actor), ..cx.ctx.clone() })
}

/// What is recorded when somebody may not.
pub(super) async fn denied<T>(cx: &RouteCtx, verb: &str, note: &str) -> Result<T> {
    cx.tenant.audit_refused(&cx.ctx, verb, Some((ResourceType::COMPOSITION, note))).await?;
    Err(Error::Denied)
}
