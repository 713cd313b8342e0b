//! From the Parameters resource to its operations.

use super::OPERATIONS_MAX;
use super::content::Content;
use super::fault::{self, written};
use crate::Expression;
use fhir::{Code, Issue, Json, Text};

/// One operation, understood.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    /// Place in `Parameters.parameter`, from 0.
    pub at: usize,
    pub path: Expression,
    /// The path as it is written.
    pub text: String,
    pub kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Add { name: String, value: Content },
    Insert { index: usize, value: Content },
    Delete,
    Replace { value: Content },
    Move { source: usize, destination: usize },
}

impl Kind {
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Add { .. } => "add",
            Kind::Insert { .. } => "insert",
            Kind::Delete => "delete",
            Kind::Replace { .. } => "replace",
            Kind::Move { .. } => "move",
        }
    }
}

pub(super) fn all(parameters: &Json<'_>) -> Result<Vec<Operation>, Issue> {
    let wrong = || Issue::error(Code::Invalid, fault::NOT_PARAMETERS).at("Parameters");
    if parameters.get_str("resourceType") != Some("Parameters") {
        return Err(wrong());
    }
    let list = match parameters.get("parameter") {
        None => &[],
        Some(list) => list.as_array().ok_or_else(wrong)?,
    };
    if list.len() > OPERATIONS_MAX {
        let issue = Issue::error(Code::TooLong, fault::TOO_MANY).at("Parameters.parameter");
        return Err(issue.arg("count", list.len()).arg("max", OPERATIONS_MAX));
    }
    list.iter().enumerate().map(|(at, one)| operation(at, one)).collect()
}

fn operation(at: usize, json: &Json<'_>) -> Result<Operation, Issue> {
    if json.get_str("name") != Some("operation") {
        return Err(written(fault::NOT_PARAMETERS, at, None));
    }
    let parts = Parts::read(at, json)?;
    let ty = parts.text("type", "")?;
    let (place, text) = (parts.place("path"), parts.text("path", &ty)?);
    let path = crate::compile(&text).map_err(|error| {
        let issue = written(fault::BAD_PATH, at, place).arg("path", fault::shown(&text));
        issue.arg("at", error.at.unwrap_or(0))
    })?;
    let kind = match &*ty {
        "add" => Kind::Add { name: parts.text("name", &ty)?, value: parts.value(&ty)? },
        "insert" => Kind::Insert { index: parts.number("index", &ty)?, value: parts.value(&ty)? },
        "delete" => Kind::Delete,
        "replace" => Kind::Replace { value: parts.value(&ty)? },
        "move" => {
            let (source, destination) = (parts.number("source", &ty)?, parts.number("destination", &ty)?);
            Kind::Move { source, destination }
        }
        _ => return Err(written(fault::BAD_TYPE, at, parts.place("type"))),
    };
    Ok(Operation { at, path, text, kind })
}

const PARTS: [&str; 7] = ["type", "path", "name", "value", "index", "source", "destination"];

/// The parts of one operation, each at most once.
struct Parts<'p, 'd> {
    at: usize,
    found: [Option<(usize, &'p Json<'d>)>; PARTS.len()],
}

impl<'p, 'd> Parts<'p, 'd> {
    fn read(at: usize, json: &'p Json<'d>) -> Result<Self, Issue> {
        let mut found = [None; PARTS.len()];
        for (n, part) in json.each("part").enumerate() {
            let name = part.get_str("name").unwrap_or("");
            let Some(slot) = PARTS.iter().position(|known| *known == name) else {
                return Err(written(fault::UNKNOWN_PART, at, Some(n)));
            };
            if found[slot].replace((n, part)).is_some() {
                return Err(written(fault::TWICE, at, Some(n)).arg("part", PARTS[slot]));
            }
        }
        Ok(Parts { at, found })
    }

    fn part(&self, name: &str) -> Option<(usize, &'p Json<'d>)> {
        self.found[PARTS.iter().position(|known| *known == name)?]
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.part(name).map(|(n, _)| n)
    }

    fn need(&self, name: &str, ty: &str) -> Result<(usize, &'p Json<'d>), Issue> {
        // Without a type nobody knows what the operation needs.
        let text = if ty.is_empty() { fault::BAD_TYPE } else { fault::MISSING };
        let missing = || written(text, self.at, None).arg("type", fault::name(ty)).arg("part", name);
        self.part(name).ok_or_else(missing)
    }

    fn wrong(&self, n: usize, name: &str, expected: &str) -> Issue {
        const TEXT: Text = fault::BAD_PART;
        written(TEXT, self.at, Some(n)).arg("part", name).arg("expected", expected)
    }

    fn text(&self, name: &str, ty: &str) -> Result<String, Issue> {
        let (n, part) = self.need(name, ty)?;
        let text = values(part).next().and_then(|(_, json)| json.as_str());
        let text = text.filter(|text| !text.is_empty() && values(part).count() == 1);
        let expected = if name == "type" { "valueCode" } else { "valueString" };
        text.map(str::to_string).ok_or_else(|| self.wrong(n, name, expected))
    }

    fn number(&self, name: &str, ty: &str) -> Result<usize, Issue> {
        let (n, part) = self.need(name, ty)?;
        let number = values(part).next().and_then(|(_, json)| json.as_number()?.parse().ok());
        let number = number.filter(|_| values(part).count() == 1);
        number.ok_or_else(|| self.wrong(n, name, "valueInteger ≥ 0"))
    }

    fn value(&self, ty: &str) -> Result<Content, Issue> {
        let (n, part) = self.need("value", ty)?;
        Content::read(part).ok_or_else(|| self.wrong(n, "value", "value[x], part, resource"))
    }
}

/// The `value[x]` members of a part.
pub(super) fn values<'j, 'd>(part: &'j Json<'d>) -> impl Iterator<Item = (&'j str, &'j Json<'d>)> {
    let members = part.as_object().into_iter().flat_map(|object| object.iter());
    members.filter_map(|(name, json)| {
        let suffix = name.strip_prefix("value")?;
        suffix.starts_with(|c: char| c.is_ascii_uppercase()).then_some((suffix, json))
    })
}
