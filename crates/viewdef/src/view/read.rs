//! From the JSON of a ViewDefinition to a view.

use super::{Column, Constant, Focus, Path, Select, View};
use crate::{Error, What, dialect};
use fhir::fhirpath::Expression;
use fhir::{Json, ResourceType};

const COLUMNS_MAX: usize = 1000;
/// Selects in selects.
const DEPTH_MAX: usize = 30;
/// Longest path, in bytes.
const PATH_MAX: usize = 32 * 1024;

pub fn view(json: &Json<'_>) -> Result<View, Error> {
    let resource = text(json, "resource", "")?;
    let resource = ResourceType::parse(resource).ok_or_else(|| fail("resource", What::UnknownResource))?;
    let mut constants: Vec<Constant> = Vec::new();
    for (at, constant) in list(json, "constant", "")? {
        let constant = Constant::read(constant, &at)?;
        if constants.iter().any(|known| known.name == constant.name) {
            return Err(fail(&at, What::Twice));
        }
        constants.push(constant);
    }
    let reader = Reader { constants: &constants };
    let conditions = list(json, "where", "")?
        .into_iter()
        .map(|(at, condition)| reader.path(condition, "path", &at))
        .collect::<Result<_, _>>()?;
    let selects = reader.selects(json, "select", "", 0)?;
    if selects.is_empty() {
        return Err(fail("select", What::Missing));
    }
    let root = Select { focus: Focus::Here, columns: Vec::new(), selects, unions: Vec::new() };
    let columns = root.header();
    check(&columns)?;
    Ok(View { resource, constants, conditions, root, columns })
}

fn check(columns: &[Column]) -> Result<(), Error> {
    if columns.is_empty() {
        return Err(fail("select", What::Missing));
    }
    if columns.len() > COLUMNS_MAX {
        return Err(fail("select", What::TooLarge));
    }
    for (at, column) in columns.iter().enumerate() {
        if columns[..at].iter().any(|known| known.name == column.name) {
            return Err(fail(&format!("column {}", column.name), What::Twice));
        }
    }
    Ok(())
}

struct Reader<'v> {
    constants: &'v [Constant],
}

impl Reader<'_> {
    fn selects(&self, json: &Json<'_>, name: &str, at: &str, depth: usize) -> Result<Vec<Select>, Error> {
        if depth > DEPTH_MAX {
            return Err(fail(at, What::TooLarge));
        }
        let found = list(json, name, at)?;
        found.into_iter().map(|(at, select)| self.select(select, &at, depth)).collect()
    }

    fn select(&self, json: &Json<'_>, at: &str, depth: usize) -> Result<Select, Error> {
        let columns = list(json, "column", at)?;
        let columns = columns.into_iter().map(|(at, column)| self.column(column, &at));
        let select = Select {
            focus: self.focus(json, at)?,
            columns: columns.collect::<Result<_, _>>()?,
            selects: self.selects(json, "select", at, depth + 1)?,
            unions: self.selects(json, "unionAll", at, depth + 1)?,
        };
        if let Some((first, others)) = select.unions.split_first() {
            let same = |a: &Column, b: &Column| a.name == b.name && a.is_list == b.is_list;
            let wanted = first.header();
            for (number, other) in others.iter().enumerate() {
                let header = other.header();
                let even =
                    header.len() == wanted.len() && header.iter().zip(&wanted).all(|(a, b)| same(a, b));
                if !even {
                    return Err(fail(&below(at, &format!("unionAll[{}]", number + 1)), What::UnevenUnion));
                }
            }
        }
        Ok(select)
    }

    fn focus(&self, json: &Json<'_>, at: &str) -> Result<Focus, Error> {
        let there = ["forEach", "forEachOrNull", "repeat"].map(|name| json.get(name).is_some());
        match there {
            [false, false, false] => Ok(Focus::Here),
            [true, false, false] => Ok(Focus::Each(self.path(json, "forEach", at)?)),
            [false, true, false] => Ok(Focus::EachOrNull(self.path(json, "forEachOrNull", at)?)),
            [false, false, true] => {
                let paths = list(json, "repeat", at)?;
                let paths = paths.into_iter().map(|(at, path)| self.expression(path, at));
                Ok(Focus::Repeat(paths.collect::<Result<_, _>>()?))
            }
            _ => Err(fail(at, What::SeveralLoops)),
        }
    }

    fn column(&self, json: &Json<'_>, at: &str) -> Result<(Column, Path), Error> {
        let name = text(json, "name", at)?;
        let mut letters = name.chars();
        let is_name = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
            && letters.all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !is_name || name.len() > 255 {
            return Err(fail(&below(at, "name"), What::BadName));
        }
        let is_list = match json.get("collection") {
            None => false,
            Some(json) => json.as_bool().ok_or_else(|| fail(&below(at, "collection"), What::WrongJson))?,
        };
        let ty = json.get_str("type").map(str::to_string);
        Ok((Column { name: name.to_string(), ty, is_list }, self.path(json, "path", at)?))
    }

    fn path(&self, json: &Json<'_>, name: &str, at: &str) -> Result<Path, Error> {
        let at = below(at, name);
        let json = json.get(name).ok_or_else(|| fail(&at, What::Missing))?;
        self.expression(json, at)
    }

    fn expression(&self, json: &Json<'_>, at: String) -> Result<Path, Error> {
        let text = json.as_str().ok_or_else(|| fail(&at, What::WrongJson))?;
        if text.len() > PATH_MAX {
            return Err(fail(&at, What::TooLarge));
        }
        let is_constant = |name: &str| self.constants.iter().any(|constant| constant.name == name);
        let text = dialect::write_out(text, &is_constant).map_err(|what| fail(&at, what))?;
        let expression = Expression::parse(&text).map_err(|error| fail(&at, What::Path(error)))?;
        Ok(Path { expression, at })
    }
}

pub fn fail(at: &str, what: What) -> Error {
    let at = if at.is_empty() { "ViewDefinition" } else { at };
    Error { at: at.to_string(), what }
}

fn below(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_string() } else { format!("{at}.{name}") }
}

/// A text that must be there.
pub fn text<'j>(json: &'j Json<'_>, name: &str, at: &str) -> Result<&'j str, Error> {
    let value = json.get(name).ok_or_else(|| fail(&below(at, name), What::Missing))?;
    value.as_str().ok_or_else(|| fail(&below(at, name), What::WrongJson))
}

/// The items of a list with their places; nothing where the list is absent.
fn list<'j, 'd>(json: &'j Json<'d>, name: &str, at: &str) -> Result<Vec<(String, &'j Json<'d>)>, Error> {
    let at = below(at, name);
    let Some(value) = json.get(name) else { return Ok(Vec::new()) };
    let items = value.as_array().ok_or_else(|| fail(&at, What::WrongJson))?;
    Ok(items.iter().enumerate().map(|(number, item)| (format!("{at}[{number}]"), item)).collect())
}
