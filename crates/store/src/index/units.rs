//! Quantities in canonical UCUM units, so that `5 mg` finds `0.005 g`.

use fhir::search::Quantity;
use fhir::ucum;

/// The URI of UCUM.
pub const SYSTEM: &str = "http://unitsofmeasure.org";

/// An amount in the base units of its unit, and these; `None` if the unit is not understood.
pub fn canonical(number: f64, code: &str) -> Option<(f64, String)> {
    let unit = ucum::unit(code)?;
    let (value, _) = ucum::canonical_range(&unit, number, number)?;
    Some((value, unit.base().to_string()))
}

/// The same for both ends of a quantity that a resource holds.
pub fn canonical_range(quantity: &Quantity<'_>) -> Option<(f64, f64, String)> {
    if quantity.system != Some(SYSTEM) {
        return None;
    }
    let unit = ucum::unit(quantity.code?)?;
    let (lo, hi) = ucum::canonical_range(&unit, quantity.lo, quantity.hi)?;
    Some((lo.min(hi), lo.max(hi), unit.base().to_string()))
}
