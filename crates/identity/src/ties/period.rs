//! Periods and moments of resources as spans.

use fhir::Json;
use store::access::Span;

pub const DAY_MS: i64 = 86_400_000;

/// A `Period`; without one, always.
pub fn span(period: Option<&Json<'_>>) -> Span {
    let Some(period) = period else { return Span::ALWAYS };
    let part = |name| period.get_str(name).and_then(fhir::date::parse);
    Span {
        from: part("start").map_or(i64::MIN, |moment| moment.lo_ms),
        until: part("end").map_or(i64::MAX, |moment| moment.hi_ms),
    }
}

/// The end of what a text says, ms.
pub fn end(text: Option<&str>) -> Option<i64> {
    text.and_then(fhir::date::parse).map(|moment| moment.hi_ms)
}
