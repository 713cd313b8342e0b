//! One value of a parameter, by the parameter's kind.

use super::escape::{plain, split};
use crate::index::{normalise::fold, units};
use crate::search::ast::{Amount, Modifier, Moment, Operand, Prefix, System, Token, Unit};
use crate::search::issues;
use fhir::search::{Kind, SearchParam};
use fhir::{Issue, ResourceType};

/// Reads one value (between commas), escapes still in it.
///
/// # Errors
/// When it is not of the parameter's kind; the issue names what was expected.
pub fn operand(param: &'static SearchParam, modifier: Modifier, text: &str) -> Result<Operand, Issue> {
    match param.kind {
        Kind::Composite => composite(param, text),
        kind => simple(param.code, kind, param.targets, modifier, text),
    }
}

fn simple(
    name: &str,
    kind: Kind,
    targets: &[ResourceType],
    modifier: Modifier,
    text: &str,
) -> Result<Operand, Issue> {
    match (kind, modifier) {
        (_, Modifier::Identifier) => token(text).map(Operand::Token).ok_or_else(|| bad_token(name)),
        (Kind::Token, Modifier::OfType) => of_type(name, text),
        (Kind::Token, Modifier::In) => Ok(Operand::ValueSet(plain(text))),
        (Kind::Token, Modifier::Above | Modifier::Below) => match token(text) {
            Some(Token { system: System::Is(system), code: Some(code) }) => {
                Ok(Operand::Subsumed { system, code, below: modifier == Modifier::Below })
            }
            _ => Err(issues::bad_value(name, "system|code")),
        },
        (Kind::Token | Kind::Reference, Modifier::Text) | (Kind::String | Kind::Special, _) => {
            Ok(words(text))
        }
        (Kind::Token, _) => token(text).map(Operand::Token).ok_or_else(|| bad_token(name)),
        (Kind::Reference, Modifier::Above | Modifier::Below) => Ok(Operand::Uri(plain(text))),
        (Kind::Reference, _) => reference(name, targets, &plain(text)),
        (Kind::Uri, _) => Ok(Operand::Uri(plain(text))),
        (Kind::Date, _) => date(text).map(Operand::Date).ok_or_else(|| {
            issues::bad_value(name, "[eq|ne|gt|lt|ge|le|sa|eb|ap]YYYY[-MM[-DD[Thh:mm[:ss][Z|±hh:mm]]]]")
        }),
        (Kind::Number, _) => {
            amount(text).map(Operand::Number).ok_or_else(|| issues::bad_value(name, "[prefix]number"))
        }
        (Kind::Quantity, _) => quantity(text)
            .ok_or_else(|| issues::bad_value(name, "[prefix]number or [prefix]number|system|code")),
        (Kind::Composite, _) => Err(issues::not_supported("a composite of composites")),
    }
}

fn bad_token(name: &str) -> Issue {
    issues::bad_value(name, "code, system|code, |code or system|")
}

fn words(text: &str) -> Operand {
    let given = plain(text);
    let folded = fold(&given);
    Operand::Text { given, folded }
}

/// `code`, `system|code`, `|code` or `system|`.
pub fn token(text: &str) -> Option<Token> {
    let parts = split(text, '|');
    match parts.as_slice() {
        [code] if !code.is_empty() => Some(Token { system: System::Any, code: Some(plain(code)) }),
        ["", code] if !code.is_empty() => Some(Token { system: System::Absent, code: Some(plain(code)) }),
        [system, ""] if !system.is_empty() => Some(Token { system: System::Is(plain(system)), code: None }),
        [system, code] if !code.is_empty() => {
            Some(Token { system: System::Is(plain(system)), code: Some(plain(code)) })
        }
        _ => None,
    }
}

fn of_type(name: &str, text: &str) -> Result<Operand, Issue> {
    match split(text, '|').as_slice() {
        [system, code, value] if !code.is_empty() && !value.is_empty() => {
            Ok(Operand::OfType { system: plain(system), code: plain(code), value: plain(value) })
        }
        _ => Err(issues::bad_value(name, "system|code|value")),
    }
}

/// Whether a text can be the logical id of a resource.
pub fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
}

fn reference(name: &str, targets: &[ResourceType], text: &str) -> Result<Operand, Issue> {
    let parts: Vec<&str> = text.split('/').collect();
    match parts.as_slice() {
        [rt, id] | [rt, id, "_history", _] if is_id(id) => {
            if let Some(rt) = ResourceType::parse(rt) {
                return Ok(Operand::Reference { types: vec![rt], id: (*id).to_string() });
            }
        }
        [id] if is_id(id) => {
            let types = targets.to_vec();
            return Ok(Operand::Reference { types, id: (*id).to_string() });
        }
        _ => {}
    }
    if text.contains(':') {
        let (url, version) = match text.split_once('|') {
            Some((url, version)) => (url.to_string(), Some(version.to_string())),
            None => (text.to_string(), None),
        };
        return Ok(Operand::Url { url, version });
    }
    Err(issues::bad_value(name, "id, Type/id or an absolute URL"))
}

/// `ge2024-05` and the like.
pub fn date(text: &str) -> Option<Moment> {
    let (prefix, rest) = Prefix::split(text);
    // A plus sign that was not percent-encoded arrives as a space.
    let rest = rest.replace(' ', "+");
    let span = fhir::date::parse(&rest)?;
    Some(Moment { prefix, lo: span.lo_ms, hi: span.hi_ms })
}

/// A number with the interval that its digits imply: `5.4` is 5.35 to 5.45, `1e2` is 95 to 105.
pub fn amount(text: &str) -> Option<Amount> {
    let (prefix, rest) = Prefix::split(text);
    let value = fhir::decimal::parse(rest)?;
    let (lo, hi) = fhir::decimal::implied_range(rest)?;
    Some(Amount { prefix, value, lo, hi })
}

fn quantity(text: &str) -> Option<Operand> {
    let parts = split(text, '|');
    let amount = amount(parts.first()?)?;
    let unit = match parts.as_slice() {
        [_] | [_, "", ""] => Unit::Any,
        [_, system, code] if !code.is_empty() => unit(amount, &plain(system), &plain(code)),
        _ => return None,
    };
    Some(Operand::Quantity { amount, unit })
}

fn unit(amount: Amount, system: &str, code: &str) -> Unit {
    let ucum = system.is_empty() || system == units::SYSTEM;
    let named =
        || Unit::Named { system: (!system.is_empty()).then(|| system.to_string()), code: code.to_string() };
    if !ucum || system.is_empty() {
        return named();
    }
    let canonical = |number: f64| units::canonical(number, code);
    match (canonical(amount.value), canonical(amount.lo), canonical(amount.hi)) {
        (Some((value, unit)), Some((lo, _)), Some((hi, _))) => {
            let (lo, hi) = if lo <= hi { (lo, hi) } else { (hi, lo) };
            Unit::Canonical { amount: Amount { prefix: amount.prefix, value, lo, hi }, unit }
        }
        _ => named(),
    }
}

fn composite(param: &'static SearchParam, text: &str) -> Result<Operand, Issue> {
    let parts = split(text, '$');
    if parts.len() != param.components.len() {
        return Err(issues::bad_value(param.code, "one value for each component, separated by $"));
    }
    let operands = param
        .components
        .iter()
        .zip(parts)
        .map(|(component, part)| simple(component.code, component.kind, &[], Modifier::None, part));
    operands.collect::<Result<_, _>>().map(Operand::Composite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_four_forms() {
        assert_eq!(token("a"), Some(Token { system: System::Any, code: Some("a".into()) }));
        assert_eq!(token("|a"), Some(Token { system: System::Absent, code: Some("a".into()) }));
        assert_eq!(token("s|"), Some(Token { system: System::Is("s".into()), code: None }));
        assert_eq!(
            token(r"s\|x|a"),
            Some(Token { system: System::Is("s|x".into()), code: Some("a".into()) })
        );
        assert_eq!(token("|"), None);
        assert_eq!(token("a|b|c"), None);
    }

    #[test]
    fn digits_imply_an_interval() {
        let five = amount("ge5.40").unwrap();
        assert_eq!((five.prefix, five.value), (Prefix::Ge, 5.4));
        assert!((five.lo - 5.395).abs() < 1e-12 && (five.hi - 5.405).abs() < 1e-12);
        assert_eq!(amount("1e2").map(|a| (a.lo, a.hi)), Some((95.0, 105.0)));
        for bad in ["", "x", "inf", "nan", "1e999", "0x10", "--1"] {
            assert_eq!(amount(bad), None, "{bad}");
        }
    }

    #[test]
    fn dates_have_prefixes() {
        assert_eq!(date("sa2024").unwrap().prefix, Prefix::Sa);
        assert!(date("2024-13").is_none());
        assert!(date("2024-01-01T10:00:00 02:00").is_some());
    }
}
