//! Does one operation.

use super::content::Content;
use super::fault::{self, undone};
use super::member::{self, Misfit};
use super::operation::{Kind, Operation};
use super::place::{self, Place, Step};
use super::{edit, slot};
use fhir::validate::schema::{Schema, Structure, Type};
use fhir::{Issue, Json};

pub(super) fn run(operation: &Operation, resource: &mut Json<'static>, steps_max: u64) -> Result<(), Issue> {
    let run = Run { operation, steps_max };
    match &operation.kind {
        Kind::Add { name, value } => run.add(resource, name, value),
        Kind::Insert { index, value } => run.insert(resource, *index, value),
        Kind::Delete => run.delete(resource),
        Kind::Replace { value } => run.replace(resource, value),
        Kind::Move { source, destination } => run.shift(resource, *source, *destination),
    }
}

struct Run<'o> {
    operation: &'o Operation,
    steps_max: u64,
}

/// A list in the resource: the way to what holds it, what that is, and its name.
struct List {
    holder: Vec<Step>,
    structure: &'static Structure,
    name: String,
}

impl Run<'_> {
    fn no_match(&self) -> Issue {
        undone(fault::NO_MATCH, self.operation)
    }

    fn misfit(&self, misfit: Misfit, structure: &Structure, name: &str) -> Issue {
        let name = fault::name(name);
        match misfit {
            Misfit::Unknown => undone(fault::UNKNOWN_ELEMENT, self.operation)
                .arg("structure", structure.name)
                .arg("name", name),
            Misfit::Expected(ty) => {
                undone(fault::WRONG_VALUE, self.operation).arg("name", name).arg("expected", ty)
            }
            Misfit::Twice(name) => undone(fault::THERE_ALREADY, self.operation).arg("name", name),
        }
    }

    fn add(&self, resource: &mut Json<'static>, name: &str, value: &Content) -> Result<(), Issue> {
        let place = place::one(self.operation, resource, self.steps_max)?.ok_or_else(|| self.no_match())?;
        let structure = place.structure.ok_or_else(|| self.no_match())?;
        let object = edit::object_at(resource, &place.steps, true).ok_or_else(|| self.no_match())?;
        member::add(object, structure, name, value).map_err(|misfit| self.misfit(misfit, structure, name))
    }

    fn delete(&self, resource: &mut Json<'static>) -> Result<(), Issue> {
        let Some(place) = place::one(self.operation, resource, self.steps_max)? else { return Ok(()) };
        if place.steps.is_empty() {
            return Err(undone(fault::WHOLE, self.operation));
        }
        let object = resource.as_object_mut().ok_or_else(|| self.no_match())?;
        edit::remove(object, &place.steps).ok_or_else(|| self.no_match())
    }

    fn replace(&self, resource: &mut Json<'static>, value: &Content) -> Result<(), Issue> {
        let place = place::one(self.operation, resource, self.steps_max)?.ok_or_else(|| self.no_match())?;
        let Some((last, holder)) = place.steps.split_last() else {
            return Err(undone(fault::WHOLE, self.operation));
        };
        let structure = self.structure_at(resource, holder)?;
        let (name, ty) = self.named(structure, last, value)?;
        let slot = member::slot(ty, value).map_err(|misfit| self.misfit(misfit, structure, &last.name))?;
        let object = edit::object_at(resource, holder, false).ok_or_else(|| self.no_match())?;
        edit::replace(object, last, &name, slot).ok_or_else(|| self.no_match())
    }

    /// The name under which a new value of this element stands, and its type: a choice may take another one.
    fn named(
        &self,
        structure: &'static Structure,
        step: &Step,
        value: &Content,
    ) -> Result<(String, &'static Type), Issue> {
        let misfit = |misfit| self.misfit(misfit, structure, &step.name);
        let known = structure.member(&step.name).ok_or_else(|| misfit(Misfit::Unknown))?;
        let element = Schema::get().element(known.element);
        let name = if element.is_choice { element.name } else { &step.name };
        let found = member::find(structure, name, value).map_err(misfit)?;
        Ok((found.json, found.ty))
    }

    /// The structure of the element at the end of a way.
    fn structure_at(&self, resource: &Json<'static>, steps: &[Step]) -> Result<&'static Structure, Issue> {
        let schema = Schema::get();
        let of = |json: Option<&Json<'static>>| {
            let rt = json.and_then(fhir::ResourceType::of);
            rt.map(|rt| schema.resource(rt)).ok_or_else(|| self.no_match())
        };
        let mut structure = of(Some(resource))?;
        let mut json = Some(resource);
        for step in steps {
            json = json.and_then(|json| json.get(&step.name));
            if let Some(index) = step.index {
                json = json.and_then(|json| json.as_array()?.get(index));
            }
            let member = structure.member(&step.name).ok_or_else(|| self.no_match())?;
            let ty = schema.element(member.element).types.get(usize::from(member.choice));
            let ty = ty.ok_or_else(|| self.no_match())?;
            structure = if ty.is_resource { of(json)? } else { schema.structure(ty.structure) };
        }
        Ok(structure)
    }

    fn insert(&self, resource: &mut Json<'static>, index: usize, value: &Content) -> Result<(), Issue> {
        let list = self.list(resource)?;
        let misfit = |misfit| self.misfit(misfit, list.structure, &list.name);
        let member = member::find(list.structure, &list.name, value).map_err(misfit)?;
        let slot = member::slot(member.ty, value).map_err(misfit)?;
        let object = edit::object_at(resource, &list.holder, true).ok_or_else(|| self.no_match())?;
        let mut slots = slot::list(object, &list.name);
        if index > slots.len() {
            return Err(self.out_of(index, slots.len()));
        }
        slots.insert(index, slot);
        slot::set_list(object, &list.name, slots);
        Ok(())
    }

    /// `source` and `destination` are places in the list before and after.
    fn shift(&self, resource: &mut Json<'static>, source: usize, destination: usize) -> Result<(), Issue> {
        let list = self.list(resource)?;
        let object = edit::object_at(resource, &list.holder, true).ok_or_else(|| self.no_match())?;
        let mut slots = slot::list(object, &list.name);
        if let Some(index) = [source, destination].into_iter().find(|index| *index >= slots.len()) {
            return Err(self.out_of(index, slots.len()));
        }
        let slot = slots.remove(source);
        slots.insert(destination, slot);
        slot::set_list(object, &list.name, slots);
        Ok(())
    }

    fn out_of(&self, index: usize, count: usize) -> Issue {
        undone(fault::OUT_OF_LIST, self.operation).arg("index", index).arg("count", count)
    }

    /// The whole list that the path finds; an empty one by the element that would hold it.
    fn list(&self, resource: &mut Json<'static>) -> Result<List, Issue> {
        let not_list = || undone(fault::NOT_LIST, self.operation);
        let found = place::all(self.operation, &self.operation.path, resource, self.steps_max)?;
        let list = match found.split_first() {
            None => self.empty_list(resource)?,
            Some((first, others)) => {
                let (last, holder) = first.steps.split_last().ok_or_else(not_list)?;
                let same = |other: &Place| {
                    let end = other.steps.split_last();
                    end.is_some_and(|(step, way)| way == holder && step.name == last.name)
                };
                if !others.iter().all(same) {
                    return Err(not_list());
                }
                let structure = self.structure_at(resource, holder)?;
                let holder = holder.to_vec();
                List { holder, structure, name: last.name.clone() }
            }
        };
        let member = list.structure.member(&list.name);
        let repeats = member.is_some_and(|member| Schema::get().element(member.element).many);
        let object = edit::object_at(resource, &list.holder, true).ok_or_else(|| self.no_match())?;
        let count = slot::list(object, &list.name).len();
        if repeats && count == found.len() { Ok(list) } else { Err(not_list()) }
    }

    /// `Patient.contact[0].telecom` finds nothing: the list is `telecom` of what `Patient.contact[0]` finds.
    fn empty_list(&self, resource: &Json<'static>) -> Result<List, Issue> {
        let (holder, name) = self.operation.text.rsplit_once('.').ok_or_else(|| self.no_match())?;
        let name = name.trim();
        let path = crate::compile(holder).map_err(|_| self.no_match())?;
        let mut found = place::all(self.operation, &path, resource, self.steps_max)?;
        let (Some(place), true) = (found.pop(), found.is_empty()) else { return Err(self.no_match()) };
        let structure = place.structure.ok_or_else(|| self.no_match())?;
        if structure.member(name).is_none() {
            return Err(self.misfit(Misfit::Unknown, structure, name));
        }
        Ok(List { holder: place.steps, structure, name: name.to_string() })
    }
}
