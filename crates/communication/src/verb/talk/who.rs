//! Who talks, and to whom.

use crate::element::id_of;
use crate::person::myself;
use crate::read::one;
use crate::talk::{AMONG, Among, code};
use crate::verb::list::hub;
use crate::words::{NO_PERSON, NOBODY_ADDRESSED, UNKNOWN_ADDRESSED};
use fhir::{Code, Issue, Json, ResourceType};
use policy::Role;
use service::{Form, RouteCtx};
use store::{Error, Result};

/// People and teams of one conversation.
pub(super) const PARTICIPANTS_MAX: usize = 30;

/// Roles that the policies let read a conversation in which they take part (`everyone-conversation`).
const TALKERS: [Role; 7] = [
    Role::MedicalAdmin,
    Role::Clinician,
    Role::Surgeon,
    Role::Anaesthetist,
    Role::Nurse,
    Role::Secretary,
    Role::Pharmacist,
];

/// The caller as a professional who takes part by name: a reference with a name.
///
/// # Errors
/// `Refused` for an account that is no professional's.
pub(super) async fn me(cx: &RouteCtx) -> Result<Json<'static>> {
    person(cx).ok_or_else(|| Error::refused(Code::Forbidden, NO_PERSON))?;
    Ok(myself(cx).await)
}

/// `Practitioner/…` of the caller.
pub(super) fn person(cx: &RouteCtx) -> Option<&str> {
    let person = cx.ctx.actor.person.as_deref().filter(|one| one.starts_with("Practitioner/"))?;
    cx.ctx.actor.roles.iter().any(|role| TALKERS.contains(role)).then_some(person)
}

/// The labels by which the caller takes part, as values of `_security`; `None` for whoever cannot.
pub(super) fn labels(cx: &RouteCtx) -> Option<String> {
    let person = person(cx)?;
    let teams = Among::TEAMS.into_iter().filter(|team| cx.ctx.actor.roles.contains(team)).map(code);
    let all = std::iter::once(person.to_string()).chain(teams);
    Some(all.map(|code| format!("{AMONG}|{code}")).collect::<Vec<_>>().join(","))
}

/// `to` of a form: professionals and teams.
pub(super) fn addressed(form: &mut Form<'_>) -> Among {
    let (mut among, mut unknown) = (Among::default(), false);
    for one in form.json().each("to").map(|one| one.as_str().unwrap_or_default()) {
        let team = Role::parse(one).filter(|role| Among::TEAMS.contains(role));
        match (team, id_of(one, ResourceType::PRACTITIONER)) {
            (Some(team), _) => among.add(Among { people: Vec::new(), teams: vec![team] }),
            (None, Some(id)) if is_id(id) => {
                among.add(Among { people: vec![format!("Practitioner/{id}")], teams: Vec::new() });
            }
            _ => unknown = true,
        }
    }
    if unknown {
        form.wrong(Issue::error(Code::Value, UNKNOWN_ADDRESSED).at("to"));
    } else if among.len() == 0 || among.len() > PARTICIPANTS_MAX {
        form.wrong(Issue::error(Code::Required, NOBODY_ADDRESSED).at("to").arg("max", PARTICIPANTS_MAX));
    }
    among
}

/// # Errors
/// `Refused` for a professional who does not exist.
pub(super) async fn exist(cx: &RouteCtx, among: &Among) -> Result<()> {
    let hub = hub(cx);
    for person in &among.people {
        let id = id_of(person, ResourceType::PRACTITIONER).unwrap_or_default();
        if one(&cx.tenant, &hub, ResourceType::PRACTITIONER, id).await?.is_none() {
            return Err(Issue::error(Code::NotFound, UNKNOWN_ADDRESSED).at("to").into());
        }
    }
    Ok(())
}

pub(super) fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
}
