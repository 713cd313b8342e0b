//! One parameter of a query, with its modifier or chain: `subject:Patient.name:exact=…`, `_has:…`.

use super::{escape, filter, value};
use crate::search::ast::{Criterion, Modifier, Near, Operand, Prefix, Test};
use crate::search::{issues, limits};
use fhir::search::{Kind, SearchParam};
use fhir::{Issue, ResourceType};

/// Reads one parameter; `None` if the type has no such parameter.
///
/// # Errors
/// When the parameter exists and the modifier, the chain or the value makes no sense.
pub fn criterion(rt: ResourceType, name: &str, text: &str, depth: usize) -> Result<Option<Criterion>, Issue> {
    if depth > limits::CHAIN_DEPTH {
        return Err(issues::too_many("links of a chain", limits::CHAIN_DEPTH));
    }
    if let Some(rest) = name.strip_prefix("_has:") {
        return has(rt, rest, text, depth);
    }
    let (head, rest) = match name.split_once('.') {
        Some((head, rest)) => (head, Some(rest)),
        None => (name, None),
    };
    let (code, modifier) = match head.split_once(':') {
        Some((code, modifier)) => (code, Some(modifier)),
        None => (head, None),
    };
    if let Some(special) = special(rt, code, modifier, text)? {
        return Ok(Some(special));
    }
    let Some(param) = fhir::search::param(rt, code) else { return Ok(None) };
    match rest {
        Some(rest) => chain(param, name, modifier, rest, text, depth).map(Some),
        None => test(rt, param, modifier, text).map(Some),
    }
}

/// The parameters that are not values of an element.
fn special(
    rt: ResourceType,
    code: &str,
    modifier: Option<&str>,
    text: &str,
) -> Result<Option<Criterion>, Issue> {
    let found = match code {
        "_id" => match modifier {
            None => Criterion::Id(values("_id", text)?.into_iter().map(escape::plain).collect()),
            Some("not") => {
                let ids = values("_id", text)?.into_iter().map(escape::plain).collect();
                Criterion::Not(Box::new(Criterion::Id(ids)))
            }
            Some("missing") => missing_always(missing("_id", text)?),
            Some(other) => return Err(issues::bad_modifier(code, other)),
        },
        "_lastUpdated" => match modifier {
            None => {
                let moments = values(code, text)?.into_iter();
                let moments = moments
                    .map(|v| value::date(v).ok_or_else(|| issues::bad_value(code, "[prefix]date")))
                    .collect::<Result<_, _>>()?;
                Criterion::Updated { moments, vids: None }
            }
            Some("missing") => missing_always(missing(code, text)?),
            Some(other) => return Err(issues::bad_modifier(code, other)),
        },
        "_list" => Criterion::List(
            values(code, text)?
                .into_iter()
                .map(|v| {
                    let id = v.strip_prefix("List/").unwrap_or(v);
                    let known = value::is_id(id) && !id.starts_with('$');
                    known.then(|| id.to_string()).ok_or_else(|| issues::bad_value(code, "id of a List"))
                })
                .collect::<Result<_, _>>()?,
        ),
        "_text" | "_content" => {
            let folded = crate::index::normalise::fold(&escape::plain(text));
            let words: Vec<String> = crate::index::normalise::words(&folded).map(str::to_string).collect();
            if words.is_empty() {
                return Err(issues::bad_value(code, "words"));
            }
            Criterion::Words { words, narrative: code == "_text" }
        }
        "_filter" => filter::filter(rt, text)?,
        "_query" => return Err(issues::not_supported("_query")),
        "near" if rt == ResourceType::LOCATION => near(text)?,
        _ => return Ok(None),
    };
    Ok(Some(found))
}

fn missing_always(missing: bool) -> Criterion {
    if missing { Criterion::nothing() } else { Criterion::All(Vec::new()) }
}

fn missing(name: &str, text: &str) -> Result<bool, Issue> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(issues::bad_value(name, "true or false")),
    }
}

fn values<'t>(name: &str, text: &'t str) -> Result<Vec<&'t str>, Issue> {
    let parts: Vec<&str> = escape::split(text, ',').into_iter().filter(|part| !part.is_empty()).collect();
    if parts.len() > limits::VALUES {
        return Err(issues::too_many("values of one parameter", limits::VALUES));
    }
    if parts.is_empty() {
        return Err(issues::bad_value(name, "at least one value"));
    }
    Ok(parts)
}

fn test(
    rt: ResourceType,
    param: &'static SearchParam,
    modifier: Option<&str>,
    text: &str,
) -> Result<Criterion, Issue> {
    let Some(word) = modifier else { return plain(param, Modifier::None, text) };
    let bad = || issues::bad_modifier(param.code, word);
    let applies = |kinds: &[Kind]| if kinds.contains(&param.kind) { Ok(()) } else { Err(bad()) };
    let modifier = match word {
        "missing" => return Ok(Criterion::Missing { param, missing: missing(param.code, text)? }),
        "not" => {
            applies(&[Kind::Token, Kind::Reference, Kind::Uri])?;
            return plain(param, Modifier::None, text).map(|c| Criterion::Not(Box::new(c)));
        }
        "not-in" => {
            applies(&[Kind::Token])?;
            return plain(param, Modifier::In, text).map(|c| Criterion::Not(Box::new(c)));
        }
        "in" => applies(&[Kind::Token]).map(|()| Modifier::In)?,
        "exact" => applies(&[Kind::String]).map(|()| Modifier::Exact)?,
        "contains" => applies(&[Kind::String, Kind::Uri]).map(|()| Modifier::Contains)?,
        "text" => applies(&[Kind::Token, Kind::Reference]).map(|()| Modifier::Text)?,
        "above" => applies(&[Kind::Token, Kind::Uri, Kind::Reference]).map(|()| Modifier::Above)?,
        "below" => applies(&[Kind::Token, Kind::Uri, Kind::Reference]).map(|()| Modifier::Below)?,
        "of-type" | "ofType" => applies(&[Kind::Token]).map(|()| Modifier::OfType)?,
        "identifier" => applies(&[Kind::Reference]).map(|()| Modifier::Identifier)?,
        other => return typed(rt, param, other, text),
    };
    plain(param, modifier, text)
}

/// `subject:Patient=123`
fn typed(_: ResourceType, param: &'static SearchParam, word: &str, text: &str) -> Result<Criterion, Issue> {
    let target = ResourceType::parse(word).filter(|_| param.kind == Kind::Reference);
    let Some(target) = target else { return Err(issues::bad_modifier(param.code, word)) };
    let mut operands = Vec::new();
    for part in values(param.code, text)? {
        match value::operand(param, Modifier::None, part)? {
            Operand::Reference { types, id } if types.contains(&target) || !part.contains('/') => {
                operands.push(Operand::Reference { types: vec![target], id });
            }
            // A reference to another type cannot be one to this type.
            Operand::Reference { .. } => {}
            other => operands.push(other),
        }
    }
    Ok(Criterion::Test(Test { param, modifier: Modifier::None, operands }))
}

/// One parameter with the modifier as read, all its values.
pub fn plain(param: &'static SearchParam, modifier: Modifier, text: &str) -> Result<Criterion, Issue> {
    if param.kind == Kind::Special {
        return Err(issues::not_supported(param.code));
    }
    let mut operands = Vec::new();
    for part in values(param.code, text)? {
        operands.push(value::operand(param, modifier, part)?);
    }
    let empty_text = |o: &Operand| matches!(o, Operand::Text { folded, given } if folded.is_empty() && given.trim().is_empty());
    if operands.iter().any(empty_text) {
        return Err(issues::bad_value(param.code, "text"));
    }
    Ok(Criterion::Test(Test { param, modifier, operands }))
}

fn chain(
    param: &'static SearchParam,
    whole: &str,
    modifier: Option<&str>,
    rest: &str,
    text: &str,
    depth: usize,
) -> Result<Criterion, Issue> {
    if param.kind != Kind::Reference {
        return Err(issues::no_chain(whole));
    }
    let types: Vec<ResourceType> = match modifier {
        Some(word) => vec![ResourceType::parse(word).ok_or_else(|| issues::bad_modifier(param.code, word))?],
        None => param.targets.to_vec(),
    };
    let mut targets = Vec::new();
    let mut first_error = None;
    for target in types {
        match criterion(target, rest, text, depth + 1) {
            Ok(Some(inner)) => targets.push((target, inner)),
            Ok(None) => {}
            // With several types, one may have a parameter of that name and another kind.
            Err(issue) => {
                first_error.get_or_insert(issue);
            }
        }
    }
    match (targets.is_empty(), first_error) {
        (false, _) => Ok(Criterion::Chain { param, targets }),
        (true, Some(issue)) => Err(issue),
        (true, None) => Err(issues::no_chain(whole)),
    }
}

/// `Observation:patient:code=1234-5`, which may go on as `Observation:patient:_has:…`.
fn has(rt: ResourceType, rest: &str, text: &str, depth: usize) -> Result<Option<Criterion>, Issue> {
    let malformed = || issues::bad_value("_has", "_has:Type:reference-parameter:parameter");
    let mut parts = rest.splitn(3, ':');
    let (Some(from), Some(code), Some(name)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(malformed());
    };
    let from = ResourceType::parse(from).ok_or_else(malformed)?;
    let param = fhir::search::param(from, code)
        .filter(|p| p.kind == Kind::Reference)
        .ok_or_else(|| issues::unknown_param(Some(from), code))?;
    if !param.targets.is_empty() && !param.targets.contains(&rt) {
        return Err(issues::no_chain(code));
    }
    let inner = criterion(from, name, text, depth + 1)?
        .ok_or_else(|| issues::unknown_param(Some(from), name.split([':', '.']).next().unwrap_or(name)))?;
    Ok(Some(Criterion::Has { from, param, inner: Box::new(inner) }))
}

/// `latitude|longitude[|distance[|units]]`; 1 km if no distance is given.
fn near(text: &str) -> Result<Criterion, Issue> {
    let malformed = || issues::bad_value("near", "latitude|longitude|distance|units (km, m or [mi_us])");
    let mut any = Vec::new();
    for part in values("near", text)? {
        let fields = escape::split(part, '|');
        let number = |at: usize| fields.get(at).and_then(|f| f.parse::<f64>().ok()).filter(|n| n.is_finite());
        let (Some(latitude), Some(longitude)) = (number(0), number(1)) else { return Err(malformed()) };
        let distance = match fields.get(2) {
            None | Some(&"") => 1.0,
            Some(_) => number(2).ok_or_else(malformed)?,
        };
        let km = match fields.get(3).copied().unwrap_or("km") {
            "km" | "" => 1.0,
            "m" => 0.001,
            "[mi_us]" | "[mi_i]" | "mi" => 1.609_344,
            _ => return Err(malformed()),
        };
        if latitude.abs() > 90.0 || longitude.abs() > 180.0 || distance < 0.0 {
            return Err(malformed());
        }
        any.push(Criterion::Near(Near { latitude, longitude, distance: distance * km }));
    }
    Ok(Criterion::Any(any))
}

/// What `_filter`'s comparison words mean on a parameter.
pub fn compare(
    rt: ResourceType,
    param: &'static SearchParam,
    operator: &str,
    text: &str,
) -> Result<Criterion, Issue> {
    let bad = || issues::bad_modifier(param.code, operator);
    let with = |modifier| plain_escaped(param, modifier, text);
    match (operator, param.kind) {
        ("pr", _) => Ok(Criterion::Missing { param, missing: !missing(param.code, text)? }),
        ("eq", Kind::String) => with(Modifier::Whole),
        ("co", Kind::String | Kind::Uri) => with(Modifier::Contains),
        ("sw", Kind::String) => with(Modifier::None),
        ("ew", Kind::String) => with(Modifier::EndsWith),
        ("ne", Kind::String) => with(Modifier::Whole).map(|c| Criterion::Not(Box::new(c))),
        ("eq", Kind::Token | Kind::Reference | Kind::Uri) | ("re", Kind::Reference) => with(Modifier::None),
        ("ne", Kind::Token | Kind::Reference | Kind::Uri) => {
            with(Modifier::None).map(|c| Criterion::Not(Box::new(c)))
        }
        (
            "eq" | "ne" | "gt" | "lt" | "ge" | "le" | "sa" | "eb" | "ap",
            Kind::Date | Kind::Number | Kind::Quantity,
        ) => {
            let (_, rest) = Prefix::split(text);
            plain(param, Modifier::None, &format!("{operator}{rest}"))
        }
        ("po", Kind::Date) => plain(param, Modifier::None, &format!("ap{text}")),
        ("in", Kind::Token) => with(Modifier::In),
        ("ni", Kind::Token) => with(Modifier::In).map(|c| Criterion::Not(Box::new(c))),
        ("ss", Kind::Token) => with(Modifier::Below),
        ("sb", Kind::Token) => with(Modifier::Above),
        _ => typed(rt, param, operator, text).map_err(|_| bad()),
    }
}

/// A value from a `_filter`: one value, in which a comma is a comma.
fn plain_escaped(param: &'static SearchParam, modifier: Modifier, text: &str) -> Result<Criterion, Issue> {
    plain(param, modifier, &text.replace(',', "\\,"))
}
