//! The element tables of FHIR R4: what structures there are, what each may hold, how often and of what type.
//!
//! Made from the official StructureDefinitions by `cargo xtask codegen`; read once, about 1 MB.

mod load;
mod primitive;

pub use primitive::Primitive;

use super::binding::Binding;
use crate::ResourceType;
use std::collections::HashMap;
use std::sync::OnceLock;

/// All structures of R4: resource types, data types, primitives and the parts inside them.
pub struct Schema {
    structures: Vec<Structure>,
    elements: Vec<Element>,
    by_name: HashMap<&'static str, StructureId>,
    resources: Vec<StructureId>,
}

/// The place of a structure in the [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StructureId(pub(crate) u16);

/// The place of an element in the [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ElementId(pub(crate) u16);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Resource,
    /// A complex data type such as `HumanName`.
    Type,
    Primitive,
    /// A path with children inside another structure, such as `Patient.contact`.
    Part,
}

/// A type, or a path with children, and everything it may hold.
pub struct Structure {
    pub id: StructureId,
    /// `Patient`, `HumanName`, `string`, `Patient.contact`.
    pub name: &'static str,
    pub kind: Kind,
    /// `DomainResource`, `Element`, …
    pub base: Option<StructureId>,
    pub primitive: Option<Primitive>,
    /// By JSON name, sorted: a choice stands once for each of its types.
    members: Vec<Member>,
    /// The elements that must be there, each with its slot.
    pub required: Vec<(u8, ElementId)>,
}

/// A JSON member that a structure may have.
#[derive(Clone, Copy)]
pub struct Member {
    /// Such as `valueQuantity`.
    pub name: &'static str,
    pub element: ElementId,
    /// Which of the element's types the name says.
    pub choice: u8,
    /// The element's number inside the structure, below 128.
    pub slot: u8,
    /// The name's first bytes, by which members are sorted and found.
    head: u64,
}

/// The first eight bytes of a name as a number of the same order.
fn head(name: &str) -> u64 {
    let bytes = name.as_bytes();
    if let Some(first) = bytes.first_chunk::<8>() {
        return u64::from_be_bytes(*first);
    }
    let mut padded = [0; 8];
    padded[..bytes.len()].copy_from_slice(bytes);
    u64::from_be_bytes(padded)
}

/// One element of a structure.
pub struct Element {
    /// Without `[x]`: `value`.
    pub name: &'static str,
    /// Written in the definitions with `[x]`.
    pub is_choice: bool,
    pub required: bool,
    /// May repeat, so is an array in JSON.
    pub many: bool,
    /// Part of `_summary=true`.
    pub summary: bool,
    pub modifier: bool,
    pub types: Vec<Type>,
    /// The value set of a required binding that can be checked.
    pub binding: Binding,
}

/// A type that an element may have.
pub struct Type {
    /// Type name, or the path of the part.
    pub name: &'static str,
    pub structure: StructureId,
    pub primitive: Option<Primitive>,
    /// `Patient|Group`, for references; empty when any target will do.
    pub targets: &'static str,
    /// A plain JSON string without a `_` sibling: the id of an element, the url of an extension.
    pub bare: bool,
    /// Holds a whole resource.
    pub is_resource: bool,
    pub is_reference: bool,
}

impl Schema {
    /// The tables; the first call reads them (a few milliseconds).
    pub fn get() -> &'static Schema {
        static SCHEMA: OnceLock<Schema> = OnceLock::new();
        SCHEMA.get_or_init(load::load)
    }

    /// A structure by type name or path.
    pub fn find(&self, name: &str) -> Option<&Structure> {
        self.by_name.get(name).map(|id| self.structure(*id))
    }

    pub fn structure(&self, id: StructureId) -> &Structure {
        &self.structures[usize::from(id.0)]
    }

    pub fn element(&self, id: ElementId) -> &Element {
        &self.elements[usize::from(id.0)]
    }

    pub fn resource(&self, rt: ResourceType) -> &Structure {
        self.structure(self.resources[usize::from(rt.number()) - 1])
    }

    pub(crate) fn structures(&self) -> &[Structure] {
        &self.structures
    }

    /// Whether a structure is another one or is derived from it.
    pub fn is_a(&self, structure: &Structure, ancestor: StructureId) -> bool {
        let mut at = structure;
        loop {
            if at.id == ancestor {
                return true;
            }
            match at.base {
                Some(base) => at = self.structure(base),
                None => return false,
            }
        }
    }
}

impl Structure {
    /// The member of that JSON name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        let head = head(name);
        let from = self.members.partition_point(|member| member.head < head);
        self.members[from..]
            .iter()
            .take_while(|member| member.head == head)
            .find(|member| member.name == name)
    }

    /// The members that carry an element: one, or one for each type of a choice.
    pub fn members(&self) -> &[Member] {
        &self.members
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_hold_what_the_specification_says() {
        let schema = Schema::get();
        let patient = schema.resource(ResourceType::PATIENT);
        assert_eq!(patient.kind, Kind::Resource);
        let deceased = patient.member("deceasedDateTime").unwrap();
        let element = schema.element(deceased.element);
        assert_eq!((element.name, element.is_choice, element.modifier), ("deceased", true, true));
        assert_eq!(element.types[usize::from(deceased.choice)].primitive, Some(Primitive::DateTime));
        assert!(patient.member("deceased").is_none());
        assert!(patient.member("contained").is_some() && patient.member("id").is_some());
        let section = schema.find("Composition.section").unwrap();
        let again = schema.element(section.member("section").unwrap().element);
        assert_eq!(again.types[0].structure, section.id);
        let age = schema.find("Age").unwrap();
        assert!(schema.is_a(age, schema.find("Quantity").unwrap().id));
        assert!(age.member("value").is_some());
        for structure in schema.structures() {
            assert!(structure.members.iter().all(|m| m.slot < 128), "{}", structure.name);
        }
    }
}
