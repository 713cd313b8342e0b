//! The access decision point: who may do what. Deny by default. The identity service will fill this room
//! with policies; today three roles decide by type of resource.

use crate::ctx::{Ctx, Purpose, Role};
use crate::error::{Error, Result};
use fhir::ResourceType;

/// What is asked of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    Read,
    Search,
    History,
    Create,
    Update,
    Delete,
}

impl Action {
    pub fn reads(self) -> bool {
        matches!(self, Action::Read | Action::Search | Action::History)
    }
}

/// Whether the actor may do this to resources of this type.
pub fn allows(ctx: &Ctx, action: Action, rt: ResourceType) -> bool {
    if rt == ResourceType::AUDIT_EVENT {
        // The log is written by the store alone.
        return action.reads() && ctx.actor.has(Role::Auditor);
    }
    if ctx.actor.system || ctx.actor.has(Role::MedicalAdmin) {
        return true;
    }
    if !ctx.actor.has(Role::Clinician) {
        return false;
    }
    match ctx.purpose {
        Purpose::Research => false,
        // Break-glass opens records; it changes and removes nothing.
        Purpose::BreakGlass => action.reads(),
        _ => action.reads() || !administrative(rt),
    }
}

/// # Errors
/// `Denied`.
pub fn decide(ctx: &Ctx, action: Action, rt: ResourceType) -> Result<()> {
    if allows(ctx, action, rt) { Ok(()) } else { Err(Error::Denied) }
}

/// Types that define how the clinic works: clinicians read them, administrators write them.
fn administrative(rt: ResourceType) -> bool {
    const TYPES: [ResourceType; 18] = [
        ResourceType::ORGANIZATION,
        ResourceType::LOCATION,
        ResourceType::PRACTITIONER,
        ResourceType::PRACTITIONER_ROLE,
        ResourceType::HEALTHCARE_SERVICE,
        ResourceType::ENDPOINT,
        ResourceType::CAPABILITY_STATEMENT,
        ResourceType::STRUCTURE_DEFINITION,
        ResourceType::SEARCH_PARAMETER,
        ResourceType::CODE_SYSTEM,
        ResourceType::VALUE_SET,
        ResourceType::CONCEPT_MAP,
        ResourceType::NAMING_SYSTEM,
        ResourceType::PLAN_DEFINITION,
        ResourceType::ACTIVITY_DEFINITION,
        ResourceType::QUESTIONNAIRE,
        ResourceType::LIBRARY,
        ResourceType::SUBSCRIPTION,
    ];
    TYPES.contains(&rt)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ctx::Actor;
    use std::sync::Arc;

    fn ctx(roles: &[Role], purpose: Purpose) -> Ctx {
        let actor = Actor {
            id: uuid::Uuid::nil(),
            name: "a".into(),
            roles: roles.to_vec(),
            person: None,
            system: false,
        };
        Ctx { actor: Arc::new(actor), purpose, ..Ctx::system("test") }
    }

    #[test]
    fn denies_by_default() {
        let nobody = ctx(&[], Purpose::Treatment);
        for rt in ResourceType::all() {
            assert!(!allows(&nobody, Action::Read, rt), "{}", rt.name());
        }
    }

    #[test]
    fn only_auditors_read_the_log_and_nobody_writes_it() {
        let admin = ctx(&[Role::MedicalAdmin], Purpose::Operations);
        let auditor = ctx(&[Role::Auditor], Purpose::Operations);
        assert!(!allows(&admin, Action::Read, ResourceType::AUDIT_EVENT));
        assert!(allows(&auditor, Action::Search, ResourceType::AUDIT_EVENT));
        assert!(!allows(&auditor, Action::Read, ResourceType::PATIENT));
        assert!(!allows(&Ctx::system("x"), Action::Create, ResourceType::AUDIT_EVENT));
    }

    #[test]
    fn break_glass_changes_nothing() {
        let clinician = ctx(&[Role::Clinician], Purpose::BreakGlass);
        assert!(allows(&clinician, Action::Read, ResourceType::CONDITION));
        assert!(!allows(&clinician, Action::Delete, ResourceType::CONDITION));
    }
}
