//! The language of a clinic's own texts: `{{patient.name}}`, `{{#if case.side}}…{{else}}…{{/if}}`,
//! `{{#each medications}}{{drug}}{{/each}}`. It reaches the facts that it is handed and nothing else, walks lists that
//! are finite, and stops at a length: no text can read a file, run for ever or fill a thousand pages.

use super::facts;
use fhir::Json;

/// Conditions and loops inside each other.
const DEPTH_MAX: usize = 4;
const PIECES_MAX: usize = 500;
/// Letters that a text may become.
const WRITTEN_MAX: usize = 20_000;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Value(String),
    If { path: String, then: Vec<Piece>, other: Vec<Piece> },
    Each { list: String, body: Vec<Piece> },
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A brace that is not closed, an `if` or `each` without its end, an end without its beginning.
    Shape,
    /// No such fact.
    Unknown(String),
    TooDeep,
    TooLong,
}

/// A text that was read and names facts that exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wording(Vec<Piece>);

impl Wording {
    pub fn read(text: &str) -> Result<Wording, Fault> {
        let mut reader = Reader { rest: text, count: 0 };
        let (pieces, end) = reader.pieces(0, None)?;
        if end.is_some() { Err(Fault::Shape) } else { Ok(Wording(pieces)) }
    }

    /// The text with the facts in it. What is not known leaves nothing.
    pub fn write(&self, facts: &Json<'_>) -> Result<String, Fault> {
        let mut out = String::new();
        write(&self.0, facts, None, &mut out)?;
        Ok(out.trim().to_string())
    }
}

struct Reader<'t> {
    rest: &'t str,
    count: usize,
}

impl<'t> Reader<'t> {
    /// Pieces up to an end tag (`/if`, `/each`, `else`), which is returned. `list`: the loop that one is in.
    fn pieces(&mut self, depth: usize, list: Option<&str>) -> Result<(Vec<Piece>, Option<&'t str>), Fault> {
        if depth > DEPTH_MAX {
            return Err(Fault::TooDeep);
        }
        let mut pieces = Vec::new();
        while let Some(at) = self.rest.find("{{") {
            let (before, tag) = (&self.rest[..at], &self.rest[at + 2..]);
            let end = tag.find("}}").ok_or(Fault::Shape)?;
            let word = tag[..end].trim();
            self.rest = &tag[end + 2..];
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_string()));
            }
            self.count += 1;
            if self.count > PIECES_MAX {
                return Err(Fault::TooLong);
            }
            if let Some(path) = word.strip_prefix("#if ").map(str::trim) {
                known(path, list)?;
                let (then, end) = self.pieces(depth + 1, list)?;
                let (other, end) = match end {
                    Some("else") => self.pieces(depth + 1, list)?,
                    end => (Vec::new(), end),
                };
                if end != Some("/if") {
                    return Err(Fault::Shape);
                }
                pieces.push(Piece::If { path: path.into(), then, other });
            } else if let Some(path) = word.strip_prefix("#each ").map(str::trim) {
                if list.is_some() || !facts::is_list(path) {
                    return Err(Fault::Unknown(path.into()));
                }
                let (body, end) = self.pieces(depth + 1, Some(path))?;
                if end != Some("/each") {
                    return Err(Fault::Shape);
                }
                pieces.push(Piece::Each { list: path.into(), body });
            } else if matches!(word, "else" | "/if" | "/each") {
                return Ok((pieces, Some(word)));
            } else {
                known(word, list)?;
                pieces.push(Piece::Value(word.into()));
            }
        }
        if !self.rest.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut self.rest).to_string()));
        }
        Ok((pieces, None))
    }
}

fn known(path: &str, list: Option<&str>) -> Result<(), Fault> {
    match facts::is_known(path, list) {
        true => Ok(()),
        false => Err(Fault::Unknown(path.chars().take(60).collect())),
    }
}

fn write(pieces: &[Piece], facts: &Json<'_>, item: Option<&Json<'_>>, out: &mut String) -> Result<(), Fault> {
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Value(path) => out.push_str(&said(facts, item, path)),
            Piece::If { path, then, other } => {
                let found = !said(facts, item, path).is_empty() || rows(facts, path).next().is_some();
                write(if found { then } else { other }, facts, item, out)?;
            }
            Piece::Each { list, body } => {
                for row in rows(facts, list) {
                    write(body, facts, Some(row), out)?;
                }
            }
        }
        if out.len() > WRITTEN_MAX {
            return Err(Fault::TooLong);
        }
    }
    Ok(())
}

fn at<'j>(facts: &'j Json<'j>, path: &str) -> Option<&'j Json<'j>> {
    path.split('.').try_fold(facts, |json, name| json.get(name))
}

/// Of the item of the loop first, then of the chart.
fn said(facts: &Json<'_>, item: Option<&Json<'_>>, path: &str) -> String {
    let own = item.and_then(|item| item.get_str(path));
    own.or_else(|| at(facts, path).and_then(|value| value.as_str())).unwrap_or_default().to_string()
}

fn rows<'j>(facts: &'j Json<'j>, path: &str) -> impl Iterator<Item = &'j Json<'j>> {
    at(facts, path).into_iter().flat_map(|list| list.items())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(text: &str) -> Result<String, Fault> {
        Wording::read(text)?.write(&facts::sample())
    }

    #[test]
    fn facts_conditions_and_loops_are_written() {
        assert_eq!(told("Pour {{ patient.name }}.").unwrap(), "Pour MARTIN Camille.");
        assert_eq!(told("{{#if case.side}}({{case.side}}){{else}}sans côté{{/if}}").unwrap(), "(CÔTÉ DROIT)");
        assert_eq!(told("{{#if case.performed}}faite{{else}}à faire{{/if}}").unwrap(), "à faire");
        let list = "{{#each medications}}- {{drug}} : {{dose}}\n{{/each}}";
        assert_eq!(told(list).unwrap(), "- Metformine 850 mg : 1 comprimé matin et soir");
        assert_eq!(told("sans rien").unwrap(), "sans rien");
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(told("{{patient.secret}}"), Err(Fault::Unknown("patient.secret".into())));
        assert_eq!(told("{{drug}}"), Err(Fault::Unknown("drug".into())), "outside its loop");
        assert_eq!(told("{{#each patient.name}}{{/each}}"), Err(Fault::Unknown("patient.name".into())));
        let inner = "{{#each medications}}{{#each medications}}x{{/each}}{{/each}}";
        assert_eq!(told(inner), Err(Fault::Unknown("medications".into())), "no loop in a loop");
        for text in ["{{date", "{{#if date}}", "{{/if}}", "{{else}}", "{{#each medications}}{{/if}}"] {
            assert_eq!(told(text), Err(Fault::Shape), "{text}");
        }
        assert_eq!(told(&"{{#if date}}".repeat(6)), Err(Fault::TooDeep));
        assert_eq!(told(&"{{date}}".repeat(501)), Err(Fault::TooLong));
        assert_eq!(told(&"x".repeat(20_001)), Err(Fault::TooLong));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[{}#/a-z. é]{0,80}") {
            let _ = told(&text);
        }
    }
}
