use super::*;
use proptest::prelude::*;

fn is(code: &str, amount: &str, expected: f64, base: &str) {
    let (found, unit) = canonical(code, amount).unwrap_or_else(|| panic!("{code}"));
    assert!((found - expected).abs() <= expected.abs() * 1e-12, "{amount} {code} = {found} {unit}");
    assert_eq!(unit, base, "{code}");
}

fn same(a: (&str, &str), b: (&str, &str)) {
    assert_eq!(canonical(a.1, a.0).unwrap(), canonical(b.1, b.0).unwrap(), "{a:?} {b:?}");
}

#[test]
fn common_units_of_medicine() {
    is("mg/dL", "90", 900.0, "m-3.g");
    is("kg", "72.5", 72_500.0, "g");
    is("mm[Hg]", "120", 15_998_640.0, "m-1.s-2.g");
    is("/min", "60", 1.0, "s-1");
    is("{beats}/min", "60", 1.0, "s-1");
    is("10*9/L", "4.5", 4.5e12, "m-3");
    is("%", "98", 0.98, "1");
    is("1", "3", 3.0, "1");
    is("{score}", "3", 3.0, "1");
    is("kg/m2", "22", 22_000.0, "m-2.g");
    is("[in_i]", "70", 1.778, "m");
    is("[lb_av]", "150", 68_038.855_5, "g");
    is("m[iU]/mL", "5", 5000.0, "m-3.[iU]");
    is("[IU]/L", "1", 1000.0, "m-3.[iU]");
    is("a", "1", 31_557_600.0, "s");
    is("mL/min/{1.73_m2}", "60", 1e-6, "m3.s-1");
    is("umol/L", "1", 6.0221367e20, "m-3");
    is("mmol/L", "1", 6.0221367e23, "m-3");
}

#[test]
fn the_same_amount_in_two_units() {
    same(("5", "mg"), ("0.005", "g"));
    same(("0.1", "L"), ("1", "dL"));
    same(("37", "Cel"), ("98.6", "[degF]"));
    same(("1", "kg.m/s2"), ("1", "N"));
    same(("1", "m/(s.s)"), ("1", "m.s-2"));
    same(("120", "mm[Hg]"), ("12", "cm[Hg]"));
    same(("1", "10*3"), ("1000", "1"));
    same(("7.4", "[pH]"), ("7.40", "[pH]"));
    same(("1", "wk"), ("7", "d"));
}

#[test]
fn what_is_no_unit_is_none() {
    for code in [
        "", "foo", "mg/", "mg//L", "(mg", "mg)", "mg{", "mg}", "[in_i", "k[in_i]", "m g", "mg/dl{x", "µg",
        "Cel/m", "Cel2", "m0", "m--2", "m100", "-2", "{{a}}", "..", "kkg", "m(s)",
    ] {
        assert!(unit(code).is_none(), "{code}");
    }
    assert!(unit(&"(".repeat(100)).is_none());
    assert!(unit(&"m.".repeat(1000)).is_none());
}

#[test]
fn every_unit_of_the_table_has_a_meaning() {
    for code in table::table().atoms.keys() {
        assert!(unit(code).is_some(), "{code}");
    }
    assert!(table::table().atoms.len() > 300);
}

#[test]
fn a_falling_function_turns_a_range_round() {
    let ph = unit("[pH]").unwrap();
    let (lo, hi) = canonical_range(&ph, 7.35, 7.45).unwrap();
    assert!(lo < hi);
    let open = canonical_range(&unit("kg").unwrap(), 5.0, f64::INFINITY).unwrap();
    assert_eq!(open, (5000.0, f64::INFINITY));
}

proptest! {
    #[test]
    fn no_code_makes_it_panic(code in "[mkgsLl0-9./(){}\\[\\]*^+'%_ é-]{0,24}") {
        if let Some(unit) = unit(&code) {
            let _ = unit.to_base(1.0);
        }
    }
}
