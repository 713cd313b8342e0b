//! FHIR operations (<https://hl7.org/fhir/R4/operations.html>) that services offer: routes whose path stands below
//! `/fhir` and ends in a name with a dollar sign, such as `/fhir/Patient/$match`.

use super::builtin;
use fhir::{Json, ResourceType};
use service::Catalog;

/// Operations that HL7 defines for R4, and may be named as such.
const DEFINED: [&str; 6] = [
    "Patient-match",
    "Patient-everything",
    "Encounter-everything",
    "Composition-document",
    "Observation-lastn",
    "Observation-stats",
];

/// One operation on a type or on one of its resources.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Operation {
    rt: ResourceType,
    name: String,
    on_instance: bool,
}

/// All operations of the program.
#[derive(Clone, Debug, Default)]
pub struct Operations(Vec<Operation>);

impl Operations {
    pub fn of(catalog: &Catalog) -> Operations {
        let mut found: Vec<Operation> =
            catalog.routes().iter().filter_map(|route| read(route.path.strip_prefix("/fhir/")?)).collect();
        found.dedup();
        Operations(found)
    }

    /// Whether a service answers at this path below `/fhir`.
    pub fn serves(&self, path: &str) -> bool {
        path.contains('$') && read(path.trim_end_matches('/')).is_some_and(|asked| self.0.contains(&asked))
    }

    /// As a CapabilityStatement lists the operations of a type.
    pub fn told(&self, rt: ResourceType) -> Option<Json<'static>> {
        let of_type = self.0.iter().filter(|operation| operation.rt == rt);
        let own = builtin::told(rt).into_iter().map(|(name, definition)| {
            Json::object([("name", Json::string(name)), ("definition", Json::string(definition))])
        });
        let list: Vec<Json<'static>> = of_type
            .map(|operation| {
                let key = format!("{rt}-{}", operation.name);
                let definition = match DEFINED.contains(&key.as_str()) {
                    true => format!("http://hl7.org/fhir/OperationDefinition/{key}"),
                    false => format!("urn:medhub:operation:{key}"),
                };
                let name = Json::string(operation.name.clone());
                Json::object([("name", name), ("definition", Json::string(definition))])
            })
            .chain(own)
            .collect();
        (!list.is_empty()).then_some(Json::Array(list))
    }
}

fn read(path: &str) -> Option<Operation> {
    let mut parts = path.split('/');
    let rt = ResourceType::parse(parts.next()?)?;
    let (second, third) = (parts.next()?, parts.next());
    let (name, on_instance) = match (second.strip_prefix('$'), third) {
        (Some(name), None) => (name, false),
        (None, Some(third)) => (third.strip_prefix('$')?, true),
        _ => return None,
    };
    parts.next().is_none().then(|| Operation { rt, name: name.to_string(), on_instance })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_found_by_type_and_level() {
        let operations =
            Operations(read("Patient/$match").into_iter().chain(read("Patient/{id}/$everything")).collect());
        for path in ["Patient/$match", "Patient/7/$everything", "Patient/$match/"] {
            assert!(operations.serves(path), "{path}");
        }
        for path in [
            "Patient/$everything",
            "Observation/$match",
            "Patient/7/$match",
            "Patient/$match/1",
            "$match",
            "Patient/7",
        ] {
            assert!(!operations.serves(path), "{path}");
        }
        let told = operations.told(ResourceType::PATIENT).map(|list| list.to_vec()).unwrap_or_default();
        assert!(String::from_utf8_lossy(&told).contains("OperationDefinition/Patient-match"));
        let told = operations.told(ResourceType::OBSERVATION).map(|list| list.to_vec()).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&told).contains("everything"));
    }
}
