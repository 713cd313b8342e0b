//! Under which JSON name, and in which form, a value stands in an element.

use super::content::Content;
use super::slot::{self, Slot};
use fhir::validate::schema::{Element, Schema, Structure, Type};
use fhir::{Json, Object};

/// A member that a structure may have, for a value.
pub(super) struct Member {
    /// The name in JSON: `valueQuantity`, not `value`.
    pub json: String,
    pub element: &'static Element,
    pub ty: &'static Type,
}

/// Why a value does not fit.
pub(super) enum Misfit {
    /// There is no such element, or none that takes a value of this type.
    Unknown,
    /// The element takes this type.
    Expected(&'static str),
    /// A part of the value does not repeat and stands twice.
    Twice(String),
}

/// Finds the member by the name of the element, or of one type of a choice.
pub(super) fn find(structure: &Structure, name: &str, content: &Content) -> Result<Member, Misfit> {
    let schema = Schema::get();
    let of = |json: &str| {
        let member = structure.member(json)?;
        let element = schema.element(member.element);
        let ty = element.types.get(usize::from(member.choice))?;
        Some(Member { json: json.to_string(), element, ty })
    };
    if let Some(found) = of(name) {
        return if fits(found.ty, content) { Ok(found) } else { Err(Misfit::Expected(found.ty.name)) };
    }
    let Content::Typed { suffix, .. } = content else { return Err(Misfit::Unknown) };
    let found = of(&format!("{name}{suffix}")).filter(|found| found.element.is_choice);
    found.filter(|found| found.element.name == name).ok_or(Misfit::Unknown)
}

/// Whether a value may stand where this type is expected. Primitives are told apart by the validation.
pub(super) fn fits(ty: &Type, content: &Content) -> bool {
    match content {
        Content::Resource(_) => ty.is_resource,
        Content::Parts(_) => !ty.is_resource && ty.primitive.is_none(),
        Content::Typed { .. } => {
            let (schema, Some(given)) = (Schema::get(), content.structure()) else { return false };
            let wanted = schema.structure(ty.structure);
            match (ty.primitive.is_some(), given.primitive.is_some()) {
                (true, true) => true,
                (false, false) => schema.is_a(given, wanted.id) || schema.is_a(wanted, given.id),
                _ => false,
            }
        }
    }
}

/// The names under which an element may stand: one, or one for each type of a choice.
pub(super) fn names(structure: &Structure, element: &Element) -> Vec<&'static str> {
    let same = |other: &Element| std::ptr::eq(other, element);
    let members = structure.members().iter().filter(|member| same(Schema::get().element(member.element)));
    members.map(|member| member.name).collect()
}

/// The value as it stands in a resource.
pub(super) fn slot(ty: &Type, content: &Content) -> Result<Slot, Misfit> {
    match content {
        Content::Typed { json, beside, .. } => Ok(Slot { json: json.clone(), beside: beside.clone() }),
        Content::Resource(json) => Ok(Slot { json: Some(json.clone()), beside: None }),
        Content::Parts(parts) => {
            let structure = Schema::get().structure(ty.structure);
            let mut object = Object::default();
            for (name, part) in parts {
                add(&mut object, structure, name, part)?;
            }
            Ok(Slot { json: Some(Json::Object(object)), beside: None })
        }
    }
}

/// Adds a value to an element: at the end of a list, or where nothing is.
pub(super) fn add(
    object: &mut Object<'static>,
    structure: &Structure,
    name: &str,
    content: &Content,
) -> Result<(), Misfit> {
    let member = find(structure, name, content)?;
    let value = slot(member.ty, content)?;
    if member.element.many {
        let mut slots = slot::list(object, &member.json);
        slots.push(value);
        slot::set_list(object, &member.json, slots);
        return Ok(());
    }
    if names(structure, member.element).into_iter().any(|name| slot::is_there(object, name)) {
        return Err(Misfit::Twice(member.json));
    }
    slot::set_one(object, &member.json, value);
    Ok(())
}
