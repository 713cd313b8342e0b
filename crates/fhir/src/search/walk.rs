//! A compiled path: which members to follow, and the datatype at the end.

use crate::{Json, ResourceType};

/// The compiled form of `name/given:string`; the grammar is told in `xtask/src/codegen/search.rs`.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    pub steps: Vec<Step>,
    pub end: End,
    /// Whether it starts at the resource, not at the element of the composite.
    pub from_resource: bool,
    /// The code system of a `code`.
    pub system: Option<&'static str>,
    /// The type a reference must lead to.
    pub resolves: Option<ResourceType>,
}

#[derive(Clone, Debug)]
pub(super) struct Step {
    member: &'static str,
    filter: Filter,
}

#[derive(Clone, Copy, Debug)]
enum Filter {
    None,
    Equals(&'static str, &'static str),
    Item(usize),
}

/// What the walk ends in, as far as it matters how it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Boolean,
    Code,
    Coding,
    CodeableConcept,
    Identifier,
    ContactPoint,
    Text,
    HumanName,
    Address,
    Reference,
    Canonical,
    Resource,
    Date,
    Period,
    Timing,
    Number,
    Quantity,
    Money,
    Range,
    SampledData,
    Uri,
    Position,
    /// `Patient?deceased`, which asks whether something is there.
    Deceased,
    Element,
}

impl Walk {
    /// None for a text that is no walk; the tables are checked by a test.
    pub fn parse(text: &'static str) -> Option<Walk> {
        let (from_resource, text) = match text.strip_prefix('%') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let (path, end) = text.split_once(':')?;
        let (end, resolves) = match end.split_once('>') {
            Some((end, name)) => (end, Some(ResourceType::parse(name)?)),
            None => (end, None),
        };
        let (end, system) = match end.split_once('@') {
            Some((end, system)) => (end, Some(system)),
            None => (end, None),
        };
        let steps: Option<Vec<Step>> = path.split('/').filter(|s| !s.is_empty()).map(Step::parse).collect();
        Some(Walk { steps: steps?, end: End::parse(end)?, from_resource, system, resolves })
    }

    /// The member that the walk begins with; `None` when it stays at the element.
    pub fn first(&self) -> Option<&'static str> {
        self.steps.first().map(|step| step.member)
    }

    /// Calls `found` with every element at the end.
    pub fn visit<'a>(&self, from: &'a Json<'a>, found: &mut dyn FnMut(&'a Json<'a>)) {
        visit(&self.steps, from, found);
    }
}

fn visit<'a>(steps: &[Step], from: &'a Json<'a>, found: &mut dyn FnMut(&'a Json<'a>)) {
    let Some((step, rest)) = steps.split_first() else { return found(from) };
    let Some(member) = from.get(step.member) else { return };
    match step.filter {
        Filter::None => member.items().for_each(|item| visit(rest, item, found)),
        Filter::Item(n) => member.items().skip(n).take(1).for_each(|item| visit(rest, item, found)),
        Filter::Equals(name, value) => {
            let items = member.items().filter(|item| item.get_str(name) == Some(value));
            items.for_each(|item| visit(rest, item, found));
        }
    }
}

impl Step {
    fn parse(text: &'static str) -> Option<Step> {
        if let Some((member, condition)) = text.split_once('?') {
            let (name, value) = condition.split_once('=')?;
            return Some(Step { member, filter: Filter::Equals(name, value) });
        }
        if let Some((member, n)) = text.split_once('#') {
            return Some(Step { member, filter: Filter::Item(n.parse().ok()?) });
        }
        Some(Step { member: text, filter: Filter::None })
    }
}

impl End {
    fn parse(name: &str) -> Option<End> {
        Some(match name {
            "boolean" => End::Boolean,
            "code" => End::Code,
            "Coding" => End::Coding,
            "CodeableConcept" => End::CodeableConcept,
            "Identifier" => End::Identifier,
            "ContactPoint" => End::ContactPoint,
            "string" => End::Text,
            "HumanName" => End::HumanName,
            "Address" => End::Address,
            "Reference" => End::Reference,
            "canonical" => End::Canonical,
            "Resource" => End::Resource,
            "date" => End::Date,
            "Period" => End::Period,
            "Timing" => End::Timing,
            "number" => End::Number,
            "Quantity" => End::Quantity,
            "Money" => End::Money,
            "Range" => End::Range,
            "SampledData" => End::SampledData,
            "uri" => End::Uri,
            "Position" => End::Position,
            "deceased" => End::Deceased,
            "Element" => End::Element,
            _ => return None,
        })
    }
}
