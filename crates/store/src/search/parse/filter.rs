//! `_filter` (<https://hl7.org/fhir/R4/search_filter.html>): `given eq "peter" and (birthdate ge 2014 or not (…))`.

use super::criterion;
use crate::search::ast::Criterion;
use crate::search::{issues, limits};
use fhir::search::Kind;
use fhir::{Issue, ResourceType};

/// Reads a filter on a type.
///
/// # Errors
/// When it does not follow the grammar or names what the type does not have.
pub fn filter(rt: ResourceType, text: &str) -> Result<Criterion, Issue> {
    let mut reader = Reader { text, at: 0, terms: 0 };
    let found = reader.expression(rt, 0)?;
    reader.space();
    if reader.at < text.len() {
        return Err(malformed());
    }
    Ok(found)
}

fn malformed() -> Issue {
    issues::bad_value("_filter", "param op value, joined by and, or, not and parentheses")
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    terms: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn symbol(&mut self, symbol: &str) -> bool {
        self.space();
        let found = self.rest().starts_with(symbol);
        self.at += if found { symbol.len() } else { 0 };
        found
    }

    fn keyword(&mut self, word: &str) -> bool {
        self.space();
        let found = self.rest().strip_prefix(word).is_some_and(|r| r.starts_with([' ', '(']));
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// `a and b or c`: both bind alike, from the left, as the specification says.
    fn expression(&mut self, rt: ResourceType, depth: usize) -> Result<Criterion, Issue> {
        if depth > limits::FILTER_DEPTH {
            return Err(issues::too_many("levels of _filter", limits::FILTER_DEPTH));
        }
        let mut left = self.term(rt, depth)?;
        loop {
            if self.keyword("and") {
                left = Criterion::All(vec![left, self.term(rt, depth)?]);
            } else if self.keyword("or") {
                left = Criterion::Any(vec![left, self.term(rt, depth)?]);
            } else {
                return Ok(left);
            }
        }
    }

    fn term(&mut self, rt: ResourceType, depth: usize) -> Result<Criterion, Issue> {
        self.terms += 1;
        if self.terms > limits::FILTER_TERMS {
            return Err(issues::too_many("terms of _filter", limits::FILTER_TERMS));
        }
        if self.keyword("not") {
            let inner = self.parenthesis(rt, depth)?;
            return Ok(Criterion::Not(Box::new(inner)));
        }
        self.space();
        if self.rest().starts_with('(') {
            return self.parenthesis(rt, depth);
        }
        self.comparison(rt, depth)
    }

    fn parenthesis(&mut self, rt: ResourceType, depth: usize) -> Result<Criterion, Issue> {
        if !self.symbol("(") {
            return Err(malformed());
        }
        let inner = self.expression(rt, depth + 1)?;
        if self.symbol(")") { Ok(inner) } else { Err(malformed()) }
    }

    /// `path op value`, where the path may chain (`subject.name`, `subject:Patient.name`) or filter the
    /// target (`subject[name eq "x"].birthdate`, not supported: say it as two terms).
    fn comparison(&mut self, rt: ResourceType, depth: usize) -> Result<Criterion, Issue> {
        let path = self.word(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))?;
        self.space();
        if self.rest().starts_with('[') {
            return Err(issues::not_supported("_filter with [ ]"));
        }
        let operator = self.word(|c| c.is_ascii_lowercase())?;
        self.space();
        let value = self.value()?;
        self.compare(rt, path, operator, &value, depth)
    }

    fn compare(
        &self,
        rt: ResourceType,
        path: &str,
        operator: &str,
        value: &str,
        depth: usize,
    ) -> Result<Criterion, Issue> {
        if depth > limits::FILTER_DEPTH {
            return Err(issues::too_many("levels of _filter", limits::FILTER_DEPTH));
        }
        let (head, rest) = match path.split_once('.') {
            Some((head, rest)) => (head, Some(rest)),
            None => (path, None),
        };
        let (code, target) = match head.split_once(':') {
            Some((code, target)) => (code, Some(target)),
            None => (head, None),
        };
        let Some(rest) = rest else {
            if matches!(code, "_id" | "_lastUpdated") {
                return special(rt, code, operator, value);
            }
            let param = fhir::search::param(rt, code).ok_or_else(|| issues::unknown_param(Some(rt), code))?;
            return criterion::compare(rt, param, operator, value);
        };
        let param = fhir::search::param(rt, code)
            .filter(|p| p.kind == Kind::Reference)
            .ok_or_else(|| issues::unknown_param(Some(rt), code))?;
        let types = match target {
            Some(name) => vec![ResourceType::parse(name).ok_or_else(|| issues::bad_modifier(code, name))?],
            None => param.targets.to_vec(),
        };
        let found: Vec<(ResourceType, Criterion)> = types
            .into_iter()
            .filter_map(|t| Some((t, self.compare(t, rest, operator, value, depth + 1).ok()?)))
            .collect();
        if found.is_empty() {
            Err(issues::no_chain(path))
        } else {
            Ok(Criterion::Chain { param, targets: found })
        }
    }

    fn word(&mut self, allowed: impl Fn(char) -> bool) -> Result<&'t str, Issue> {
        self.space();
        let rest = self.rest();
        let end = rest.find(|c| !allowed(c)).unwrap_or(rest.len());
        self.at += end;
        if end == 0 { Err(malformed()) } else { Ok(&rest[..end]) }
    }

    /// A quoted string (JSON escapes `\"` and `\\`) or a run without spaces and parentheses.
    fn value(&mut self) -> Result<String, Issue> {
        let rest = self.rest();
        let Some(quoted) = rest.strip_prefix('"') else {
            return self.word(|c| !c.is_whitespace() && c != '(' && c != ')').map(str::to_string);
        };
        let mut out = String::new();
        let mut chars = quoted.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += at + 2;
                    return Ok(out);
                }
                '\\' => match chars.next() {
                    Some((_, next @ ('"' | '\\'))) => out.push(next),
                    Some((_, next)) => out.extend(['\\', next]),
                    None => break,
                },
                other => out.push(other),
            }
        }
        Err(malformed())
    }
}

fn special(rt: ResourceType, code: &str, operator: &str, value: &str) -> Result<Criterion, Issue> {
    let (name, value) = match (code, operator) {
        ("_id", "eq") => ("_id", value.to_string()),
        ("_id", "ne") => ("_id:not", value.to_string()),
        ("_lastUpdated", "eq" | "ne" | "gt" | "lt" | "ge" | "le" | "sa" | "eb" | "ap") => {
            ("_lastUpdated", format!("{operator}{value}"))
        }
        _ => return Err(issues::bad_modifier(code, operator)),
    };
    criterion::criterion(rt, name, &value, 0)?.ok_or_else(malformed)
}
