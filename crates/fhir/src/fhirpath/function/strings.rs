//! Texts: <https://hl7.org/fhirpath/N1/#string-manipulation>.

use super::{Function, TEXT_MAX};
use crate::fhirpath::ast::Node;
use crate::fhirpath::engine::{Engine, Items, Outcome, Scope, integer, single, string};
use crate::fhirpath::error::EvaluationError;
use crate::fhirpath::value::Value;
use crate::fhirpath::{encoding, pattern};
use std::borrow::Cow;

pub fn call<'a>(
    engine: &mut Engine<'_, 'a>,
    function: Function,
    input: Items<'a>,
    arguments: &'a [Node],
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    let who = function.name();
    if function == Function::Join {
        return join(engine, &input, arguments, scope);
    }
    let Some(text) = text_of(&input, who)? else { return Ok(Vec::new()) };
    engine.spend(text.len() / 64)?;
    if function == Function::Substring {
        return substring(engine, &text, arguments, scope);
    }
    let mut given = Vec::with_capacity(arguments.len());
    for node in arguments {
        match string(&engine.eval(node, scope)?, who)? {
            Some(argument) => given.push(argument),
            None => return Ok(Vec::new()),
        }
    }
    let argument = |at: usize| given.get(at).map_or("", |text| &**text);
    let one = argument(0);
    let value = match function {
        Function::IndexOf => Some(Value::Integer(position(&text, text.find(one)))),
        Function::LastIndexOf => Some(Value::Integer(position(&text, text.rfind(one)))),
        Function::StartsWith => Some(Value::Boolean(text.starts_with(one))),
        Function::EndsWith => Some(Value::Boolean(text.ends_with(one))),
        Function::Contains => Some(Value::Boolean(text.contains(one))),
        Function::Length => Some(Value::Integer(text.chars().count() as i64)),
        Function::Matches => Some(Value::Boolean(pattern::matches(&text, one, argument(1), false)?)),
        Function::MatchesFull => Some(Value::Boolean(pattern::matches(&text, one, argument(1), true)?)),
        Function::ToChars => {
            engine.spend(text.len())?;
            return Ok(text.chars().map(|c| Value::String(Cow::Owned(c.to_string()))).collect());
        }
        Function::Split => {
            engine.spend(text.len())?;
            return Ok(split(&text, one));
        }
        _ => {
            let made = made(function, &text, one, argument(1), argument(2))?;
            if made.as_ref().is_some_and(|made| made.len() > TEXT_MAX) {
                return Err(EvaluationError::TooManyItems);
            }
            made.map(|made| Value::String(Cow::Owned(made)))
        }
    };
    Ok(value.into_iter().collect())
}

fn made(function: Function, text: &str, one: &str, two: &str, three: &str) -> Outcome<Option<String>> {
    Ok(match function {
        Function::Upper => Some(text.to_uppercase()),
        Function::Lower => Some(text.to_lowercase()),
        Function::Trim => Some(text.trim().to_string()),
        Function::Replace => {
            if text.len().saturating_mul(two.len().saturating_add(1)) > TEXT_MAX {
                return Err(EvaluationError::TooManyItems);
            }
            Some(text.replace(one, two))
        }
        // An empty pattern matches nothing.
        Function::ReplaceMatches if one.is_empty() => Some(text.to_string()),
        Function::ReplaceMatches => {
            if text.len().saturating_mul(two.len().saturating_add(1)) > TEXT_MAX {
                return Err(EvaluationError::TooManyItems);
            }
            Some(pattern::replace(text, one, two, three)?)
        }
        Function::Encode => encoding::encode(text, one),
        Function::Decode => encoding::decode(text, one),
        Function::Escape => encoding::escape(text, one),
        _ => encoding::unescape(text, one),
    })
}

/// The input as text: a single text, code, uri or number written as text in the data.
fn text_of<'a>(input: &[Value<'a>], who: &'static str) -> Outcome<Option<Cow<'a, str>>> {
    match single(input, who)? {
        Some(Value::Boolean(_) | Value::Integer(_) | Value::Decimal(_)) if who == "matches" => {
            Ok(input[0].text())
        }
        _ => string(input, who),
    }
}

/// A byte offset as a number of characters; -1 for none.
fn position(text: &str, found: Option<usize>) -> i64 {
    found.map_or(-1, |at| text[..at].chars().count() as i64)
}

fn substring<'a>(
    engine: &mut Engine<'_, 'a>,
    text: &str,
    arguments: &'a [Node],
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    let Some(start) = integer(&engine.eval(&arguments[0], scope)?, "substring")? else {
        return Ok(Vec::new());
    };
    let length = match arguments.get(1) {
        Some(node) => integer(&engine.eval(node, scope)?, "substring")?,
        None => None,
    };
    let Ok(start) = usize::try_from(start) else { return Ok(Vec::new()) };
    if start >= text.chars().count() {
        return Ok(Vec::new());
    }
    let length = length.map_or(usize::MAX, |n| usize::try_from(n).unwrap_or(0));
    let part: String = text.chars().skip(start).take(length).collect();
    Ok(vec![Value::String(Cow::Owned(part))])
}

fn split<'a>(text: &str, by: &str) -> Items<'a> {
    let value = |part: &str| Value::String(Cow::Owned(part.to_string()));
    if by.is_empty() {
        text.chars().map(|c| value(&c.to_string())).collect()
    } else {
        text.split(by).map(value).collect()
    }
}

fn join<'a>(
    engine: &mut Engine<'_, 'a>,
    input: &[Value<'a>],
    arguments: &'a [Node],
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    let separator = match arguments.first() {
        Some(node) => string(&engine.eval(node, scope)?, "join")?.unwrap_or_default(),
        None => Cow::Borrowed(""),
    };
    let mut out = String::new();
    for (at, item) in input.iter().enumerate() {
        if at > 0 {
            out.push_str(&separator);
        }
        out.push_str(&item.text().ok_or(EvaluationError::WrongType("join"))?);
        if out.len() > TEXT_MAX {
            return Err(EvaluationError::TooManyItems);
        }
    }
    Ok(if input.is_empty() { Vec::new() } else { vec![Value::String(Cow::Owned(out))] })
}
