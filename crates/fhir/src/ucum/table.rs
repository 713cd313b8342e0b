//! The units and prefixes, from the embedded table.

use super::Scale;
use super::special::Function;
use std::collections::HashMap;
use std::sync::OnceLock;

static TABLE: &str = include_str!("../../definitions/ucum.tsv");

pub(super) struct Table {
    pub prefixes: Vec<(&'static str, Scale)>,
    pub atoms: HashMap<&'static str, Atom>,
    /// Base units, then arbitrary units: the dimensions.
    pub bases: Vec<&'static str>,
}

pub(super) struct Atom {
    /// Whether it takes prefixes.
    pub metric: bool,
    pub meaning: Meaning,
}

pub(super) enum Meaning {
    /// The dimension of that number.
    Base(usize),
    /// So many of another unit.
    Multiple(Scale, &'static str),
    Special(Function, Scale, &'static str),
}

pub(super) fn table() -> &'static Table {
    static LOADED: OnceLock<Table> = OnceLock::new();
    LOADED.get_or_init(|| {
        let mut table = Table { prefixes: Vec::new(), atoms: HashMap::new(), bases: Vec::new() };
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let understood = read(line, &mut table);
            debug_assert!(understood.is_some(), "{line}");
        }
        table
    })
}

fn read(line: &'static str, table: &mut Table) -> Option<()> {
    let fields: Vec<&'static str> = line.split('\t').collect();
    let (kind, code) = (*fields.first()?, *fields.get(1)?);
    let metric = fields.get(2) == Some(&"metric");
    let mut atom = |metric, meaning| {
        table.atoms.insert(code, Atom { metric, meaning });
    };
    match kind {
        "prefix" => table.prefixes.push((code, scale(fields.get(2)?)?)),
        "base" | "arbitrary" => {
            atom(metric || kind == "base", Meaning::Base(table.bases.len()));
            table.bases.push(code);
        }
        "unit" => atom(metric, Meaning::Multiple(scale(fields.get(3)?)?, fields.get(4)?)),
        "special" => {
            let function = Function::parse(fields.get(5)?)?;
            atom(metric, Meaning::Special(function, scale(fields.get(3)?)?, fields.get(4)?));
        }
        _ => return None,
    }
    Some(())
}

/// A decimal's text with its digits as mantissa: `0.001` is 1 × 10^-3, exactly.
pub(super) fn scale(text: &str) -> Option<Scale> {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse().ok()?),
        None => (text, 0i32),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = &fraction[..fraction.len().min(17)];
    let mantissa: f64 = format!("{whole}{fraction}").parse().ok()?;
    let exponent = exponent - i32::try_from(fraction.len()).ok()?;
    mantissa.is_finite().then_some(Scale { mantissa, exponent })
}
