//! Numbers and quantities (<https://hl7.org/fhir/R4/search.html#number>). A stored number is a point; the
//! precision that counts is that of the number searched for (`fhir::decimal`).

use crate::Json;
use crate::search::Kind;
use crate::search::value::{Quantity, Value};

fn decimal(element: &Json<'_>) -> Option<f64> {
    element.as_number()?.parse().ok().filter(|n: &f64| n.is_finite())
}

fn member(element: &Json<'_>, name: &str) -> Option<f64> {
    decimal(element.get(name)?)
}

pub(super) fn number<'a>(element: &'a Json<'a>, out: &mut Vec<Value<'a>>) {
    out.extend(decimal(element).map(|n| Value::Number { lo: n, hi: n }));
}

/// Quantity, Age, Duration, Count, Distance.
pub(super) fn quantity<'a>(element: &'a Json<'a>, out: &mut Vec<Value<'a>>) {
    let Some(n) = member(element, "value") else { return };
    let (lo, hi) = match element.get_str("comparator") {
        Some("<" | "<=") => (f64::NEG_INFINITY, n),
        Some(">" | ">=") => (n, f64::INFINITY),
        _ => (n, n),
    };
    out.push(Value::Quantity(Quantity { lo, hi, ..units(element) }));
}

fn units<'a>(element: &'a Json<'a>) -> Quantity<'a> {
    Quantity {
        lo: f64::NEG_INFINITY,
        hi: f64::INFINITY,
        system: element.get_str("system"),
        code: element.get_str("code"),
        unit: element.get_str("unit"),
    }
}

pub(super) fn money<'a>(element: &'a Json<'a>, out: &mut Vec<Value<'a>>) {
    let Some(n) = member(element, "value") else { return };
    let code = element.get_str("currency");
    let system = code.map(|_| "urn:iso:std:iso:4217");
    out.push(Value::Quantity(Quantity { lo: n, hi: n, system, code, unit: code }));
}

/// An end that is not given is open.
pub(super) fn range<'a>(element: &'a Json<'a>, kind: Kind, out: &mut Vec<Value<'a>>) {
    let (low, high) = (element.get("low"), element.get("high"));
    let Some(unit) = low.or(high) else { return };
    let lo = low.and_then(|q| member(q, "value")).unwrap_or(f64::NEG_INFINITY);
    let hi = high.and_then(|q| member(q, "value")).unwrap_or(f64::INFINITY);
    if lo.is_infinite() && hi.is_infinite() {
        return;
    }
    out.push(match kind {
        Kind::Number => Value::Number { lo, hi },
        _ => Value::Quantity(Quantity { lo, hi, ..units(unit) }),
    });
}

/// From the least to the greatest sample (<https://hl7.org/fhir/R4/datatypes.html#SampledData>).
pub(super) fn sampled<'a>(element: &'a Json<'a>, out: &mut Vec<Value<'a>>) {
    let Some(origin) = element.get("origin") else { return };
    let zero = member(origin, "value").unwrap_or(0.0);
    let factor = member(element, "factor").unwrap_or(1.0);
    let data = element.get_str("data").unwrap_or_default();
    let (mut lo, mut hi) = (f64::INFINITY, f64::NEG_INFINITY);
    // `E`, `U` and `L` stand for an error and for values beyond the limits: they are no numbers.
    for sample in
        data.split_ascii_whitespace().filter_map(|s| s.parse::<f64>().ok()).filter(|s| s.is_finite())
    {
        let value = zero + sample * factor;
        (lo, hi) = (lo.min(value), hi.max(value));
    }
    if lo <= hi {
        out.push(Value::Quantity(Quantity { lo, hi, ..units(origin) }));
    }
}

/// `Location.position`.
pub(super) fn position<'a>(element: &'a Json<'a>, out: &mut Vec<Value<'a>>) {
    if let (Some(latitude), Some(longitude)) = (member(element, "latitude"), member(element, "longitude")) {
        out.push(Value::Position { latitude, longitude });
    }
}
