//! Numbers, quantities and dates as ranges.

use super::ast::{Amount, Moment, Prefix, Unit};
use super::compare::around;
use super::lower::Lowering;
use super::node::{Lowered, Node, Scan, Scans};
use crate::index::keys::{DAY_MS, Span, order};
use fhir::search::SearchParam;

/// A guess, until counted.
const WEIGHT: usize = 10_000;
const ANY: (i64, i64) = (i64::MIN, i64::MAX);

/// Bounds that the ends of an interval must keep: `(lo, hi)`, each inclusive. `None`: no bound helps.
type Bounds = ((i64, i64), (i64, i64));

fn scans(scans: Vec<Scan>) -> Lowered {
    Lowered::loose(Node::Scans(Scans { scans, weight: WEIGHT }))
}

pub fn number(lowering: &Lowering<'_>, param: &SearchParam, amount: &Amount) -> Lowered {
    let Some(bounds) = amount_bounds(amount) else { return Lowered::unknown() };
    let codes = lowering.codes(param);
    let keys =
        codes.iter().flat_map(|code| [false, true].map(|wide| (lowering.keys.numbers(code, wide), wide)));
    scans(keys.map(|(key, wide)| numeric(key, wide, bounds)).collect())
}

pub fn quantity(lowering: &Lowering<'_>, param: &SearchParam, amount: &Amount, unit: &Unit) -> Lowered {
    let Unit::Canonical { amount, unit } = unit else { return number(lowering, param, amount) };
    let Some(bounds) = amount_bounds(amount) else { return Lowered::unknown() };
    let codes = lowering.codes(param);
    let keys = codes
        .iter()
        .flat_map(|code| [false, true].map(|wide| (lowering.keys.quantities(code, unit, wide), wide)));
    scans(keys.map(|(key, wide)| numeric(key, wide, bounds)).collect())
}

/// Points have one number, so both bounds narrow the same stretch.
fn numeric(key: i64, wide: bool, (lo, hi): Bounds) -> Scan {
    match wide {
        true => Scan { key, lo, hi },
        false => {
            let both = (lo.0.max(hi.0), lo.1.min(hi.1));
            Scan { key, lo: both, hi: both }
        }
    }
}

fn amount_bounds(amount: &Amount) -> Option<Bounds> {
    let value = order(amount.value);
    Some(match amount.prefix {
        Prefix::Eq => {
            let within = (order(amount.lo), order(amount.hi));
            (within, within)
        }
        Prefix::Gt | Prefix::Ge => (ANY, (value, i64::MAX)),
        Prefix::Lt | Prefix::Le => ((i64::MIN, value), ANY),
        Prefix::Sa => ((value, i64::MAX), ANY),
        Prefix::Eb => (ANY, (i64::MIN, value)),
        Prefix::Ap => {
            let (from, to) = around(amount);
            ((i64::MIN, order(to)), (order(from), i64::MAX))
        }
        Prefix::Ne => return None,
    })
}

fn moment_bounds(moment: &Moment) -> Option<Bounds> {
    let (lo, hi) = (moment.lo, moment.hi);
    Some(match moment.prefix {
        Prefix::Eq => ((lo, hi), (lo, hi)),
        Prefix::Ge => (ANY, (lo, i64::MAX)),
        Prefix::Gt => (ANY, (hi.saturating_add(1), i64::MAX)),
        Prefix::Lt => ((i64::MIN, lo.saturating_sub(1)), ANY),
        Prefix::Le => ((i64::MIN, hi), ANY),
        Prefix::Sa => ((hi.saturating_add(1), i64::MAX), ANY),
        Prefix::Eb => (ANY, (i64::MIN, lo.saturating_sub(1))),
        Prefix::Ap => ((i64::MIN, hi), (lo, i64::MAX)),
        Prefix::Ne => return None,
    })
}

/// Dates other than the sort key: one scan for each class of duration, which bounds the beginning by the
/// end and the end by the beginning.
pub fn date(lowering: &Lowering<'_>, param: &SearchParam, moment: &Moment) -> Lowered {
    let Some((lo, hi)) = moment_bounds(moment) else { return Lowered::unknown() };
    let codes = lowering.codes(param);
    let classes = codes.iter().flat_map(|code| Span::ALL.map(|span| (lowering.keys.dates(code, span), span)));
    scans(
        classes
            .map(|(key, span)| {
                let longest = span.longest();
                let first = lo.0.max(hi.0.saturating_sub(longest));
                let last = hi.1.min(lo.1.saturating_add(longest));
                Scan { key, lo: (first, lo.1.min(hi.1)), hi: (hi.0.max(lo.0), last) }
            })
            .collect(),
    )
}

/// Periods of birth dates: days, months or years that cover the interval asked for, at most this many.
const PERIODS: usize = 150;

pub fn birth(lowering: &Lowering<'_>, param: &SearchParam, moment: &Moment, weight: usize) -> Lowered {
    // Nobody alive was born before these years, nor will be after; outside of them the search looks.
    let (first, last) = (year_start(1880), year_start(2100) - 1);
    let (from, to) = match moment.prefix {
        Prefix::Eq | Prefix::Ap => (moment.lo, moment.hi),
        Prefix::Ge => (moment.lo, last),
        Prefix::Gt | Prefix::Sa => (moment.hi.saturating_add(1), last),
        Prefix::Lt | Prefix::Eb => (first, moment.lo.saturating_sub(1)),
        Prefix::Le => (first, moment.hi),
        Prefix::Ne => return Lowered::unknown(),
    };
    if moment.prefix == Prefix::Eq {
        return birth_within(lowering, param, moment, weight);
    }
    if from < first || to > last {
        return Lowered::unknown();
    }
    let first = fhir::date::civil_from_days(from.div_euclid(DAY_MS)).0;
    let last = fhir::date::civil_from_days(to.div_euclid(DAY_MS)).0;
    let years: Vec<i64> =
        (first..=last).map(|y| lowering.keys.birth(param.code, &format!("{y:04}"))).collect();
    if years.len() > PERIODS {
        return Lowered::unknown();
    }
    let weight = weight.saturating_mul(360).saturating_mul(years.len());
    Lowered::keys(years, weight, false)
}

/// `1970`, `1970-05` and `1970-05-02` are keys themselves.
fn birth_within(lowering: &Lowering<'_>, param: &SearchParam, moment: &Moment, weight: usize) -> Lowered {
    let (first, last) = (fhir::date::date_format(moment.lo), fhir::date::date_format(moment.hi));
    let whole = [(10, 1), (7, 30), (4, 360)].into_iter().find(
        |(length, _)| matches!((first.get(..*length), last.get(..*length)), (Some(a), Some(b)) if a == b),
    );
    match whole {
        Some((length, factor)) => {
            let period = first.get(..length).unwrap_or_default();
            Lowered::keys(vec![lowering.keys.birth(param.code, period)], weight * factor, false)
        }
        None => Lowered::unknown(),
    }
}

fn year_start(year: i64) -> i64 {
    fhir::date::days_from_civil(year, 1, 1) * DAY_MS
}
