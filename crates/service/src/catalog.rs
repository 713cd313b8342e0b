//! A service, and all services of the program with the check that each type has one owner.

use crate::{Reaction, Round, Route};
use fhir::ResourceType;
use std::collections::HashMap;
use std::sync::Arc;
use store::Rule;

/// One domain of the hub, such as the patient records.
pub trait Service: Send + Sync + 'static {
    /// Short and stable, such as `records`.
    fn name(&self) -> &'static str;

    /// The resource types whose rules this service alone may write.
    fn owns(&self) -> &[ResourceType];

    /// What must hold in every transaction. Each rule's types must be owned by this service.
    fn rules(&self) -> Vec<Arc<dyn Rule>> {
        Vec::new()
    }

    /// What follows from a commit. A reaction may listen to any type.
    fn reactions(&self) -> Vec<Arc<dyn Reaction>> {
        Vec::new()
    }

    /// What follows from time that passes.
    fn rounds(&self) -> Vec<Arc<dyn Round>> {
        Vec::new()
    }

    /// The product's own verbs, served under `/api/v1`.
    fn routes(&self) -> Vec<Route> {
        Vec::new()
    }
}

/// All services of the program.
#[derive(Default)]
pub struct Catalog {
    services: Vec<Arc<dyn Service>>,
}

/// Why the services cannot stand side by side. A fault of the program, found at its start.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogError {
    #[error("two services are named {0}")]
    TwoServices(&'static str),
    #[error("{kind} is owned by {first} and by {second}: a type has one owner")]
    TwoOwners { kind: ResourceType, first: &'static str, second: &'static str },
    #[error("the rule {rule} of {service} is about {kind}, which {service} does not own")]
    RuleOnForeignType { rule: &'static str, service: &'static str, kind: ResourceType },
    #[error("two reactions are named {0}: their cursors would be one")]
    TwoReactions(&'static str),
    #[error("two routes answer {0} {1}")]
    TwoRoutes(&'static str, &'static str),
}

impl Catalog {
    /// Checks the services against each other.
    ///
    /// # Errors
    /// The first contradiction: two owners of a type, a rule on a type of another service, two reactions or
    /// two routes of the same name.
    pub fn new(services: Vec<Arc<dyn Service>>) -> Result<Catalog, CatalogError> {
        let catalog = Catalog { services };
        catalog.check_owners()?;
        catalog.check_names()?;
        Ok(catalog)
    }

    pub fn services(&self) -> &[Arc<dyn Service>] {
        &self.services
    }

    pub fn rules(&self) -> Vec<Arc<dyn Rule>> {
        self.services.iter().flat_map(|s| s.rules()).collect()
    }

    pub fn reactions(&self) -> Vec<Arc<dyn Reaction>> {
        self.services.iter().flat_map(|s| s.reactions()).collect()
    }

    pub fn rounds(&self) -> Vec<Arc<dyn Round>> {
        self.services.iter().flat_map(|s| s.rounds()).collect()
    }

    pub fn routes(&self) -> Vec<Route> {
        self.services.iter().flat_map(|s| s.routes()).collect()
    }

    fn check_owners(&self) -> Result<(), CatalogError> {
        let mut owners: HashMap<ResourceType, &'static str> = HashMap::new();
        let mut names: Vec<&'static str> = Vec::new();
        for service in &self.services {
            let name = service.name();
            if names.contains(&name) {
                return Err(CatalogError::TwoServices(name));
            }
            names.push(name);
            for &kind in service.owns() {
                if let Some(first) = owners.insert(kind, name) {
                    return Err(CatalogError::TwoOwners { kind, first, second: name });
                }
            }
        }
        for service in &self.services {
            for rule in service.rules() {
                if let Some(&kind) = rule.types().iter().find(|k| !service.owns().contains(k)) {
                    let (rule, service) = (rule.name(), service.name());
                    return Err(CatalogError::RuleOnForeignType { rule, service, kind });
                }
            }
        }
        Ok(())
    }

    fn check_names(&self) -> Result<(), CatalogError> {
        let mut reactions: Vec<&'static str> = self.reactions().iter().map(|r| r.name()).collect();
        reactions.sort_unstable();
        if let Some(pair) = reactions.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(CatalogError::TwoReactions(pair[0]));
        }
        let mut routes: Vec<_> = self.routes().iter().map(|r| (r.method.as_str(), r.path)).collect();
        routes.sort_unstable();
        match routes.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(CatalogError::TwoRoutes(pair[0].0, pair[0].1)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Room(&'static str, Vec<ResourceType>);

    impl Service for Room {
        fn name(&self) -> &'static str {
            self.0
        }
        fn owns(&self) -> &[ResourceType] {
            &self.1
        }
    }

    fn room(name: &'static str, types: &[ResourceType]) -> Arc<dyn Service> {
        Arc::new(Room(name, types.to_vec()))
    }

    #[test]
    fn a_type_has_one_owner() {
        let (a, b) = (ResourceType::PATIENT, ResourceType::TASK);
        assert!(Catalog::new(vec![room("records", &[a]), room("workflow", &[b])]).is_ok());
        let two = Catalog::new(vec![room("records", &[a]), room("workflow", &[b, a])]);
        let want = CatalogError::TwoOwners { kind: a, first: "records", second: "workflow" };
        assert_eq!(two.err(), Some(want));
        let twins = Catalog::new(vec![room("records", &[a]), room("records", &[b])]);
        assert_eq!(twins.err(), Some(CatalogError::TwoServices("records")));
    }
}
