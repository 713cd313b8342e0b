//! Reads `definitions/invariants.tsv` and compiles the rules.

use super::{Check, Rule, condition, native, sentence};
use crate::Severity;
use crate::fhirpath::Expression;
use crate::validate::schema::{ElementId, Schema, Structure, StructureId};
use std::collections::HashMap;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../definitions/invariants.tsv");

/// Rules that the walk itself keeps: elements with content, contained references, narratives.
const BY_THE_WALK: [&str; 4] = ["ele-1", "ref-1", "txt-1", "txt-2"];

pub struct Rules {
    #[cfg(test)]
    all: Vec<&'static Rule>,
    structures: Vec<Vec<&'static Rule>>,
    /// By element; most have none.
    elements: Vec<(ElementId, Vec<&'static Rule>)>,
}

pub fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(load)
}

impl Rules {
    pub fn of_structure(&self, id: StructureId) -> &[&'static Rule] {
        self.structures.get(usize::from(id.0)).map_or(&[], Vec::as_slice)
    }

    pub fn of_element(&self, id: ElementId) -> &[&'static Rule] {
        let at = self.elements.binary_search_by_key(&id, |(element, _)| *element);
        at.map_or(&[], |at| self.elements[at].1.as_slice())
    }

    #[cfg(test)]
    pub fn all(&self) -> impl Iterator<Item = &'static Rule> {
        self.all.iter().copied()
    }
}

fn load() -> Rules {
    let schema = Schema::get();
    let mut all = Vec::new();
    let mut own: HashMap<StructureId, Vec<&'static Rule>> = HashMap::new();
    let mut elements: HashMap<ElementId, Vec<&'static Rule>> = HashMap::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.splitn(4, '\t');
        let (Some(key), Some(severity), Some(path), Some(text)) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        if BY_THE_WALK.contains(&key) {
            continue;
        }
        let on_structure = schema.find(path);
        let on_element = || {
            let (parent, name) = path.rsplit_once('.')?;
            let name = name.trim_end_matches("[x]");
            let members = schema.find(parent)?.members();
            members.iter().map(|m| m.element).find(|id| schema.element(*id).name == name)
        };
        // Rules live as long as the program.
        if let Some(structure) = on_structure {
            if let Some(rule) = compile(path, key, severity, text, Some(structure)) {
                all.push(rule);
                own.entry(structure.id).or_default().push(rule);
            }
        } else if let Some(element) = on_element()
            && let Some(rule) = compile(path, key, severity, text, only_type(element))
        {
            all.push(rule);
            elements.entry(element).or_default().push(rule);
        }
    }
    let mut elements: Vec<_> = elements.into_iter().collect();
    elements.sort_unstable_by_key(|(id, _)| *id);
    let structures = schema.structures().iter().map(|structure| inherited(structure, &own)).collect();
    Rules {
        #[cfg(test)]
        all,
        structures,
        elements,
    }
}

fn compile(
    path: &str,
    key: &'static str,
    severity: &str,
    text: &'static str,
    structure: Option<&'static Structure>,
) -> Option<&'static Rule> {
    let check = match native::find(key, path) {
        Some(native) => Check::Native(native),
        None => {
            let expression = Expression::parse(text).ok()?;
            match structure.and_then(|structure| condition::compile(&expression, structure)) {
                Some(condition) => Check::Condition(condition),
                None => Check::Path(Box::new(expression)),
            }
        }
    };
    let severity = if severity == "warning" { Severity::Warning } else { Severity::Error };
    Some(Box::leak(Box::new(Rule {
        key,
        severity,
        text: sentence::find(key, path),
        check,
        #[cfg(test)]
        expression: Expression::parse(text).ok(),
    })))
}

/// The structure of an element that has one type.
fn only_type(element: ElementId) -> Option<&'static Structure> {
    match &*Schema::get().element(element).types {
        [ty] => Some(Schema::get().structure(ty.structure)),
        _ => None,
    }
}

fn inherited(structure: &Structure, own: &HashMap<StructureId, Vec<&'static Rule>>) -> Vec<&'static Rule> {
    let mut rules = Vec::new();
    let mut at = Some(structure.id);
    while let Some(id) = at {
        rules.extend(own.get(&id).into_iter().flatten().copied());
        at = Schema::get().structure(id).base;
    }
    rules
}
