//! The grammar of unit codes (UCUM §§2-12): `mmol/L`, `10*9/L`, `kg.m/s2`, `{beats}/min`.

use super::table::{Atom, Meaning, Table, scale, table};
use super::{Scale, Special, Unit};
use std::collections::BTreeMap;
use std::fmt::Write;

const LENGTH_MAX: usize = 128;
const DEPTH_MAX: usize = 16;
const POWER_MAX: i32 = 99;

/// What part of an expression comes to.
struct Term {
    scale: Scale,
    /// Powers by dimension; none is zero.
    powers: BTreeMap<usize, i32>,
    special: Option<Special>,
}

pub(super) fn parse(code: &str) -> Option<Unit> {
    if code.is_empty() || code.len() > LENGTH_MAX || !code.bytes().all(|b| (33..=126).contains(&b)) {
        return None;
    }
    let term = whole(code, table(), 0)?;
    let finite =
        term.scale.mantissa.is_finite() && term.scale.mantissa != 0.0 && term.scale.exponent.abs() <= 300;
    finite.then(|| Unit { scale: term.scale, special: term.special, base: name(&term.powers).into() })
}

fn name(powers: &BTreeMap<usize, i32>) -> String {
    let mut out = String::new();
    for (dimension, power) in powers {
        let dot = if out.is_empty() { "" } else { "." };
        let base = table().bases.get(*dimension).copied().unwrap_or_default();
        let _ = if *power == 1 { write!(out, "{dot}{base}") } else { write!(out, "{dot}{base}{power}") };
    }
    if out.is_empty() { "1".into() } else { out }
}

fn whole(code: &str, table: &Table, depth: usize) -> Option<Term> {
    let mut reader = Reader { text: code, at: 0, table, depth };
    let term = reader.term()?;
    (reader.at == code.len()).then_some(term)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    table: &'a Table,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Components from left to right; `/` inverts only the one that follows it.
    fn term(&mut self) -> Option<Term> {
        let mut term = if self.peek() == Some(b'/') { Term::one() } else { self.component()? };
        while let Some(operator @ (b'.' | b'/')) = self.peek() {
            self.at += 1;
            let next = self.component()?;
            term = term.times(&next, if operator == b'/' { -1 } else { 1 })?;
        }
        Some(term)
    }

    fn component(&mut self) -> Option<Term> {
        match self.peek()? {
            b'(' => {
                self.depth += 1;
                if self.depth > DEPTH_MAX {
                    return None;
                }
                self.at += 1;
                let inner = self.term()?;
                if self.peek()? != b')' {
                    return None;
                }
                self.at += 1;
                self.depth -= 1;
                Some(inner)
            }
            b'{' => {
                self.annotation()?;
                Some(Term::one())
            }
            _ => {
                let term = self.simple()?;
                if self.peek() == Some(b'{') {
                    self.annotation()?;
                }
                Some(term)
            }
        }
    }

    /// `{…}` says something to people and nothing to programs.
    fn annotation(&mut self) -> Option<()> {
        let end = self.text[self.at..].find('}')?;
        let nested = self.text[self.at + 1..self.at + end].contains('{');
        self.at += end + 1;
        (!nested).then_some(())
    }

    /// A number, or a unit with its power.
    fn simple(&mut self) -> Option<Term> {
        let start = self.at;
        let mut bracket = false;
        while let Some(b) = self.peek() {
            match b {
                b'[' if bracket => return None,
                b'[' => bracket = true,
                b']' if !bracket => return None,
                b']' => bracket = false,
                b'.' | b'/' | b'(' | b')' | b'{' | b'}' if !bracket => break,
                _ => {}
            }
            self.at += 1;
        }
        let text = &self.text[start..self.at];
        if text.is_empty() || bracket {
            return None;
        }
        if text.bytes().all(|b| b.is_ascii_digit()) {
            return Some(Term { scale: scale(text)?, ..Term::one() });
        }
        let digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let split =
            if digits.len() < text.len() { digits.trim_end_matches(['+', '-']).len() } else { text.len() };
        let power = if split < text.len() { text[split..].parse().ok()? } else { 1 };
        if digits.len() > split + 1 || power == 0 || i32::abs(power) > POWER_MAX {
            return None;
        }
        Term::one().times(&self.unit(&text[..split])?, power)
    }

    /// An atom, or a prefix with a metric atom.
    fn unit(&self, name: &str) -> Option<Term> {
        if let Some(atom) = self.table.atoms.get(name) {
            return self.atom(atom, Scale::ONE);
        }
        self.table.prefixes.iter().find_map(|(prefix, scale)| {
            let atom = self.table.atoms.get(name.strip_prefix(prefix)?)?;
            if atom.metric { self.atom(atom, *scale) } else { None }
        })
    }

    fn atom(&self, atom: &Atom, prefix: Scale) -> Option<Term> {
        let depth = self.depth + 1;
        if depth > DEPTH_MAX {
            return None;
        }
        let mut term = match &atom.meaning {
            Meaning::Base(dimension) => {
                Term { scale: prefix, powers: BTreeMap::from([(*dimension, 1)]), special: None }
            }
            Meaning::Multiple(factor, unit) => {
                let of = whole(unit, self.table, depth)?;
                Term { scale: of.scale.times(*factor).times(prefix), ..of }
            }
            Meaning::Special(function, factor, unit) => {
                let of = whole(unit, self.table, depth)?;
                let special = Some(Special { function: *function, prefix });
                Term { scale: of.scale.times(*factor), special, ..of }
            }
        };
        term.powers.retain(|_, power| *power != 0);
        Some(term)
    }
}

impl Term {
    fn one() -> Term {
        Term { scale: Scale::ONE, powers: BTreeMap::new(), special: None }
    }

    /// The product with a power of another. A special unit has a meaning only when it stands alone.
    fn times(mut self, other: &Term, power: i32) -> Option<Term> {
        let alone =
            self.powers.is_empty() && self.special.is_none() && self.scale == Scale::ONE && power == 1;
        if self.special.is_some() || (other.special.is_some() && !alone) {
            return None;
        }
        self.scale = self.scale.times(other.scale.power(power));
        for (dimension, n) in &other.powers {
            let sum = self.powers.entry(*dimension).or_insert(0);
            *sum += n * power;
            if sum.abs() > POWER_MAX {
                return None;
            }
        }
        self.powers.retain(|_, n| *n != 0);
        self.special.clone_from(&other.special);
        Some(self)
    }
}
