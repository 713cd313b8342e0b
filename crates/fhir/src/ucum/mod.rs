//! Units of measure (<https://ucum.org/ucum>): a quantity in any unit becomes one in base units, so that
//! 5 mg and 0.005 g are found as the same.
//!
//! Arbitrary units such as `[iU]` are by definition comparable with nothing else: each is a base unit of
//! its own here. `mol` is a number, as UCUM has it.

mod expression;
mod special;
mod table;

use special::Function;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// The system of UCUM codes in FHIR.
pub const SYSTEM: &str = "http://unitsofmeasure.org";

/// What a unit code means.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    scale: Scale,
    /// Of `Cel`, `[pH]` and their like, where a multiplication is not enough.
    special: Option<Special>,
    base: Box<str>,
}

#[derive(Clone, Debug, PartialEq)]
struct Special {
    function: Function,
    /// The prefix in front of it.
    prefix: Scale,
}

/// A factor as `mantissa × 10^exponent`, which keeps decimal factors exact.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Scale {
    mantissa: f64,
    exponent: i32,
}

impl Unit {
    /// An amount of this unit in base units, to 13 significant digits: what differs only by the rounding of
    /// a conversion comes out equal.
    pub fn to_base(&self, amount: f64) -> f64 {
        let plain = match &self.special {
            None => self.scale.apply(amount),
            Some(special) => self.scale.apply(special.function.inverse(special.prefix.apply(amount))),
        };
        rounded(plain)
    }

    /// The base units and their powers, such as `m-3.g`; `1` for a pure number.
    pub fn base(&self) -> &str {
        &self.base
    }
}

impl Scale {
    const ONE: Scale = Scale { mantissa: 1.0, exponent: 0 };

    fn times(self, other: Scale) -> Scale {
        Scale {
            mantissa: self.mantissa * other.mantissa,
            exponent: self.exponent.saturating_add(other.exponent),
        }
    }

    fn power(self, n: i32) -> Scale {
        Scale { mantissa: self.mantissa.powi(n), exponent: self.exponent.saturating_mul(n) }
    }

    fn apply(self, amount: f64) -> f64 {
        let product = amount * self.mantissa;
        // Powers of ten up to 22 are exact, so one rounding is all there is; 10^-n is not exact.
        if self.exponent >= 0 {
            product * 10f64.powi(self.exponent)
        } else {
            product / 10f64.powi(self.exponent.saturating_neg())
        }
    }
}

fn rounded(n: f64) -> f64 {
    if n == 0.0 || !n.is_finite() {
        return n;
    }
    format!("{n:.12e}").parse().unwrap_or(n)
}

/// The meaning of a case-sensitive UCUM code; None if it is none. Codes seen before are remembered.
pub fn unit(code: &str) -> Option<Arc<Unit>> {
    /// A tenant uses some dozens; what lies beyond is worked out anew each time.
    const REMEMBERED: usize = 4096;
    type Known = RwLock<HashMap<Box<str>, Option<Arc<Unit>>>>;
    static KNOWN: OnceLock<Known> = OnceLock::new();
    let known = KNOWN.get_or_init(Known::default);
    if let Some(unit) = known.read().unwrap_or_else(PoisonError::into_inner).get(code) {
        return unit.clone();
    }
    let unit = expression::parse(code).map(Arc::new);
    let mut writing = known.write().unwrap_or_else(PoisonError::into_inner);
    if writing.len() < REMEMBERED {
        writing.insert(code.into(), unit.clone());
    }
    unit
}

/// An amount in base units, and which those are. None if the code is not UCUM or the amount is no decimal.
pub fn canonical(code: &str, amount: &str) -> Option<(f64, String)> {
    let unit = unit(code)?;
    let amount = unit.to_base(crate::decimal::parse(amount)?);
    amount.is_finite().then(|| (amount, unit.base().to_string()))
}

/// A range of amounts in base units, in order: some functions turn it round. An infinite end stays open.
pub fn canonical_range(unit: &Unit, lo: f64, hi: f64) -> Option<(f64, f64)> {
    let (a, b) = (unit.to_base(lo), unit.to_base(hi));
    let ordered = if a <= b { (a, b) } else { (b, a) };
    (!a.is_nan() && !b.is_nan()).then_some(ordered)
}

#[cfg(test)]
mod tests;
