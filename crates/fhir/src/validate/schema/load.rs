//! Reads `definitions/elements.tsv`.

use super::{Element, ElementId, Kind, Member, Primitive, Schema, Structure, StructureId, Type, head};
use crate::ResourceType;
use crate::validate::binding::Binding;
use std::collections::HashMap;

const TABLE: &str = include_str!("../../../definitions/elements.tsv");

/// One `=` line of the table with the element lines below it.
struct Block {
    name: &'static str,
    kind: Kind,
    base: &'static str,
    lines: Vec<&'static str>,
}

pub fn load() -> Schema {
    let blocks = blocks();
    let by_name: HashMap<&'static str, StructureId> =
        blocks.iter().enumerate().map(|(at, block)| (block.name, StructureId(at as u16))).collect();
    let mut elements = Vec::with_capacity(5200);
    let mut own: Vec<Vec<ElementId>> = Vec::with_capacity(blocks.len());
    for block in &blocks {
        let first = elements.len();
        elements.extend(block.lines.iter().map(|line| element(line, &by_name)));
        own.push((first..elements.len()).map(|at| ElementId(at as u16)).collect());
    }
    let structures: Vec<Structure> =
        (0..blocks.len()).map(|at| structure(at, &blocks, &by_name, &own, &elements)).collect();
    let unknown = StructureId(0);
    let resources =
        ResourceType::all().map(|rt| by_name.get(rt.name()).copied().unwrap_or(unknown)).collect();
    Schema { structures, elements, by_name, resources }
}

fn blocks() -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(750);
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let Some(head) = line.strip_prefix('=') else {
            if let Some(block) = blocks.last_mut() {
                block.lines.push(line);
            }
            continue;
        };
        let mut fields = head.split('\t');
        let name = fields.next().unwrap_or_default();
        let kind = match fields.next() {
            Some("resource") => Kind::Resource,
            Some("primitive") => Kind::Primitive,
            Some("part") => Kind::Part,
            _ => Kind::Type,
        };
        blocks.push(Block { name, kind, base: fields.next().unwrap_or_default(), lines: Vec::new() });
    }
    blocks
}

fn element(line: &'static str, by_name: &HashMap<&'static str, StructureId>) -> Element {
    let mut fields = line.split('\t');
    let mut next = || fields.next().unwrap_or_default();
    let (name, min, max, types, flags, binding) = (next(), next(), next(), next(), next(), next());
    Element {
        name: name.trim_end_matches("[x]"),
        is_choice: name.ends_with("[x]"),
        required: min == "1",
        many: max == "*",
        summary: flags.contains('s'),
        modifier: flags.contains('m'),
        types: types.split(' ').filter(|t| !t.is_empty()).map(|t| type_of(t, by_name)).collect(),
        binding: Binding::named(binding),
    }
}

fn type_of(text: &'static str, by_name: &HashMap<&'static str, StructureId>) -> Type {
    let (name, targets) = match text.split_once('(') {
        Some((name, rest)) => (name, rest.trim_end_matches(')')),
        None => (text.trim_start_matches('@'), ""),
    };
    let bare = name.ends_with('.');
    let name = name.trim_end_matches('.');
    Type {
        name,
        structure: by_name.get(name).copied().unwrap_or(StructureId(0)),
        primitive: Primitive::parse(name),
        targets,
        bare,
        is_resource: name == "Resource",
        is_reference: name == "Reference",
    }
}

fn structure(
    at: usize,
    blocks: &[Block],
    by_name: &HashMap<&'static str, StructureId>,
    own: &[Vec<ElementId>],
    elements: &[Element],
) -> Structure {
    let block = &blocks[at];
    let base = by_name.get(block.base).copied();
    let mut chain = vec![at];
    let mut up = base;
    while let Some(id) = up {
        chain.push(usize::from(id.0));
        up = by_name.get(blocks[usize::from(id.0)].base).copied();
    }
    let mut members = Vec::new();
    let mut required = Vec::new();
    let all = chain.iter().rev().flat_map(|level| &own[*level]);
    for (slot, id) in all.enumerate() {
        let slot = slot as u8;
        let element = &elements[usize::from(id.0)];
        for (choice, ty) in element.types.iter().enumerate() {
            let name = if element.is_choice { choice_name(element.name, ty.name) } else { element.name };
            members.push(Member { name, element: *id, choice: choice as u8, slot, head: head(name) });
        }
        if element.required {
            required.push((slot, *id));
        }
    }
    members.sort_by_key(|member| (member.head, member.name));
    members.shrink_to_fit();
    Structure {
        id: StructureId(at as u16),
        name: block.name,
        kind: block.kind,
        base,
        primitive: Primitive::parse(block.name).filter(|_| block.kind == Kind::Primitive),
        members,
        required,
    }
}

/// `value` and `Quantity` make `valueQuantity`. The tables live as long as the program, so may the name.
fn choice_name(element: &str, ty: &str) -> &'static str {
    let ty = if matches!(ty, "SimpleQuantity" | "MoneyQuantity") { "Quantity" } else { ty };
    let mut name = String::with_capacity(element.len() + ty.len());
    name.push_str(element);
    let mut letters = ty.chars();
    name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
    name.push_str(letters.as_str());
    name.leak()
}
