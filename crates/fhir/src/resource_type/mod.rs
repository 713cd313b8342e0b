//! The 146 resource types of FHIR R4 (<https://hl7.org/fhir/R4/resourcelist.html>), each a small number.

mod generated;

use generated::{BY_NAME, NAMES};
use std::fmt;

/// A resource type. Its number is stored in databases: `definitions/types.tsv` only ever grows at its end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceType(u16);

impl ResourceType {
    /// The type of that exact name, such as `Patient`.
    pub fn parse(name: &str) -> Option<Self> {
        let at = BY_NAME.binary_search_by(|&number| NAMES[usize::from(number) - 1].cmp(name)).ok()?;
        Some(ResourceType(BY_NAME[at]))
    }

    pub fn name(self) -> &'static str {
        NAMES[usize::from(self.0) - 1]
    }

    /// The stable number, from 1.
    pub fn number(self) -> u16 {
        self.0
    }

    pub fn from_number(number: u16) -> Option<Self> {
        (1..=Self::COUNT).contains(&usize::from(number)).then_some(ResourceType(number))
    }

    /// How many types there are; their numbers are 1 to this.
    pub const COUNT: usize = NAMES.len();

    /// All types, by number.
    pub fn all() -> impl ExactSizeIterator<Item = ResourceType> {
        (0..Self::COUNT).map(|at| ResourceType(at as u16 + 1))
    }

    /// The type that a resource says it is.
    pub fn of(resource: &crate::Json<'_>) -> Option<Self> {
        Self::parse(resource.get_str("resourceType")?)
    }

    /// Whether the type has the elements of DomainResource (text, contained, extension): all but three.
    pub fn is_domain_resource(self) -> bool {
        !matches!(self, Self::BINARY | Self::BUNDLE | Self::PARAMETERS)
    }
}

impl fmt::Debug for ResourceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for ResourceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_its_number() {
        assert_eq!(ResourceType::all().len(), 146);
        for rt in ResourceType::all() {
            assert_eq!(ResourceType::parse(rt.name()), Some(rt));
            assert_eq!(ResourceType::from_number(rt.number()), Some(rt));
        }
        assert_eq!(ResourceType::PATIENT.name(), "Patient");
        assert_eq!(ResourceType::parse("patient"), None);
        assert_eq!(ResourceType::parse(""), None);
        assert_eq!(ResourceType::from_number(0), None);
        assert_eq!(ResourceType::from_number(147), None);
    }

    #[test]
    fn numbers_are_those_of_the_table() {
        let table = include_str!("../../definitions/types.tsv");
        let names: Vec<&str> = table.lines().filter(|l| !l.starts_with('#')).collect();
        assert_eq!(names, NAMES);
    }
}
