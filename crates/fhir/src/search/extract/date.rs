//! Dates (<https://hl7.org/fhir/R4/search.html#date>): every element is the span of its outer limits.

use crate::Json;
use crate::date::{Moment, parse};
use crate::search::value::Value;

fn moment(element: &Json<'_>) -> Option<Moment> {
    parse(element.as_str()?)
}

pub(super) fn date<'a>(element: &'a Json<'a>, out: &mut Vec<Value<'a>>) {
    out.extend(moment(element).map(|m| Value::Date { lo_ms: m.lo_ms, hi_ms: m.hi_ms }));
}

/// An end that is not given is open.
pub(super) fn period<'a>(element: &'a Json<'a>, out: &mut Vec<Value<'a>>) {
    out.extend(span(element).map(|(lo_ms, hi_ms)| Value::Date { lo_ms, hi_ms }));
}

fn span(period: &Json<'_>) -> Option<(i64, i64)> {
    let start = period.get("start").and_then(moment);
    let end = period.get("end").and_then(moment);
    if start.is_none() && end.is_none() {
        return None;
    }
    Some((start.map_or(i64::MIN, |m| m.lo_ms), end.map_or(i64::MAX, |m| m.hi_ms)))
}

/// From the first event or the bounds' start to the last event or the bounds' end; how often in between
/// does not matter.
pub(super) fn timing<'a>(element: &'a Json<'a>, out: &mut Vec<Value<'a>>) {
    let events = element.each("event").filter_map(moment).map(|m| (m.lo_ms, m.hi_ms));
    let bounds = element.get("repeat").and_then(|r| r.get("boundsPeriod")).and_then(span);
    let outer = events.chain(bounds).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    out.extend(outer.map(|(lo_ms, hi_ms)| Value::Date { lo_ms, hi_ms }));
}
