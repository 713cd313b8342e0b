//! Comparisons of dates, numbers and places (<https://hl7.org/fhir/R4/search.html#prefix>).

use super::ast::{Amount, Moment, Prefix};

/// Whether an interval of a resource, ms and inclusive, meets the comparison.
pub fn moment_meets(moment: &Moment, lo: i64, hi: i64) -> bool {
    let within = lo >= moment.lo && hi <= moment.hi;
    match moment.prefix {
        Prefix::Eq => within,
        Prefix::Ne => !within,
        Prefix::Gt => hi > moment.hi,
        Prefix::Lt => lo < moment.lo,
        Prefix::Ge => hi > moment.hi || within,
        Prefix::Le => lo < moment.lo || within,
        Prefix::Sa => lo > moment.hi,
        Prefix::Eb => hi < moment.lo,
        Prefix::Ap => lo <= moment.hi && hi >= moment.lo,
    }
}

/// Whether a number or range of a resource meets the comparison. Only `eq`, `ne` and `ap` mind how
/// precisely the number was asked.
pub fn amount_meets(amount: &Amount, lo: f64, hi: f64) -> bool {
    let within = lo >= amount.lo && (hi < amount.hi || lo == hi && lo == amount.value);
    match amount.prefix {
        Prefix::Eq => within,
        Prefix::Ne => !within,
        Prefix::Gt => hi > amount.value,
        Prefix::Lt => lo < amount.value,
        Prefix::Ge => hi >= amount.value,
        Prefix::Le => lo <= amount.value,
        Prefix::Sa => lo > amount.value,
        Prefix::Eb => hi < amount.value,
        Prefix::Ap => {
            let (from, to) = around(amount);
            lo <= to && hi >= from
        }
    }
}

/// What `ap` takes for near: a tenth to each side, or the implied interval if that is wider.
pub fn around(amount: &Amount) -> (f64, f64) {
    let tenth = amount.value.abs() / 10.0;
    (amount.lo.min(amount.value - tenth), amount.hi.max(amount.value + tenth))
}

/// Great-circle distance.
pub fn distance_km(latitude_a: f64, longitude_a: f64, latitude_b: f64, longitude_b: f64) -> f64 {
    const EARTH_KM: f64 = 6371.0088;
    let (a, b) = (latitude_a.to_radians(), latitude_b.to_radians());
    let half = |x: f64| (x / 2.0).sin().powi(2);
    let h = half(b - a) + a.cos() * b.cos() * half((longitude_b - longitude_a).to_radians());
    2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
}

/// Whether any word of a folded text starts so.
pub fn word_starts(folded: &str, prefix: &str) -> bool {
    crate::index::normalise::starts(folded, prefix, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_by_prefix() {
        let day = |prefix| Moment { prefix, lo: 100, hi: 199 };
        let cases = [
            (Prefix::Eq, (120, 130), true),
            (Prefix::Eq, (90, 130), false),
            (Prefix::Ne, (90, 130), true),
            (Prefix::Gt, (150, 300), true),
            (Prefix::Gt, (150, 199), false),
            (Prefix::Ge, (100, 199), true),
            (Prefix::Lt, (99, 300), true),
            (Prefix::Le, (100, 300), false),
            (Prefix::Sa, (200, 300), true),
            (Prefix::Sa, (199, 300), false),
            (Prefix::Eb, (0, 99), true),
            (Prefix::Ap, (0, 100), true),
        ];
        for (prefix, (lo, hi), expected) in cases {
            assert_eq!(moment_meets(&day(prefix), lo, hi), expected, "{prefix:?} {lo} {hi}");
        }
    }

    #[test]
    fn paris_to_lyon() {
        let km = distance_km(48.8566, 2.3522, 45.7640, 4.8357);
        assert!((km - 391.5).abs() < 2.0, "{km}");
    }
}
