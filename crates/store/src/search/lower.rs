//! From criteria to the algebra of the index: which keys and ranges a value is found under.

use super::ast::{Criterion, Modifier, Moment, Operand, Prefix, System, Test, Token};
use super::node::{Lowered, Node, Window};
use super::{limits, lower_range};
use crate::index::cover::{Cover, by_word, cover, is_common};
use crate::index::keys::{Keys, NAME_PREFIXES, Span, TEXT_PREFIXES, prefix_length, stems};
use crate::index::{has_own_key, missing_by_key, normalise, rows::is_core_system};
use fhir::ResourceType;
use fhir::search::{Kind, SearchParam};
use seal::IndexKey;

/// Guesses of how many resources one value of a kind leads to, until counted. Only their order matters.
mod weight {
    pub const IDENTIFIER: usize = 1;
    pub const BIRTH: usize = 40;
    pub const REFERENCE: usize = 100;
    pub const PREFIX: usize = 400;
    pub const TOKEN: usize = 20_000;
}

/// Lowers the criteria of one type.
pub struct Lowering<'k> {
    pub rt: ResourceType,
    pub keys: Keys<'k>,
}

impl<'k> Lowering<'k> {
    pub fn new(key: &'k IndexKey, rt: ResourceType) -> Lowering<'k> {
        Lowering { rt, keys: Keys::new(key, rt) }
    }

    pub fn lower(&self, criterion: &Criterion) -> Lowered {
        match criterion {
            Criterion::Test(test) => self.test(test),
            Criterion::Missing { param, missing } => self.missing(param, *missing),
            Criterion::Updated { vids, .. } => match vids {
                Some(vids) => {
                    Lowered::any(vids.iter().map(|&(from, to)| Lowered::exact(Node::Commits { from, to })))
                }
                None => Lowered::unknown(),
            },
            Criterion::Refers { param, names } => {
                let codes = self.codes(param);
                let keys = names
                    .iter()
                    .flat_map(|(rt, id)| codes.iter().map(|code| self.keys.reference(code, *rt, id)))
                    .collect();
                Lowered::keys(keys, names.len().saturating_mul(weight::REFERENCE), true)
            }
            Criterion::All(parts) => Lowered::all(parts.iter().map(|part| self.lower(part))),
            Criterion::Any(parts) if parts.len() == 1 => self.lower(&parts[0]),
            Criterion::Any(parts) => Lowered::any(parts.iter().map(|part| self.lower(part))),
            Criterion::Not(inner) => self.lower(inner).negate(),
            Criterion::Id(ids) if has_own_key(self.rt) => {
                let keys = ids.iter().map(|id| self.keys.own(id)).collect();
                Lowered::keys(keys, ids.len(), true)
            }
            Criterion::Id(_)
            | Criterion::Chain { .. }
            | Criterion::Has { .. }
            | Criterion::List(_)
            | Criterion::Words { .. }
            | Criterion::Near(_) => Lowered::unknown(),
        }
    }

    /// The names under which the parameter's keys stand.
    pub fn codes(&self, param: &SearchParam) -> Vec<&'static str> {
        match cover(self.rt, param) {
            Cover::Through(codes) => codes,
            _ => vec![param.code],
        }
    }

    fn missing(&self, param: &SearchParam, missing: bool) -> Lowered {
        if !missing_by_key(self.rt, param) {
            return Lowered::unknown();
        }
        let common = is_common(param.code);
        let key = if common { self.keys.absent(param.code) } else { self.keys.present(param.code) };
        let marked = Lowered::keys(vec![key], weight::TOKEN, true);
        if common == missing { marked } else { marked.negate() }
    }

    fn test(&self, test: &Test) -> Lowered {
        match test.operands.as_slice() {
            [operand] => self.operand(test, operand),
            several => Lowered::any(several.iter().map(|operand| self.operand(test, operand))),
        }
    }

    fn operand(&self, test: &Test, operand: &Operand) -> Lowered {
        let param = test.param;
        match operand {
            Operand::Token(token) if param.kind == Kind::Reference => match &token.code {
                Some(value) => {
                    let codes = self.codes(param);
                    let keys = codes.iter().map(|code| self.keys.reference_identifier(code, value)).collect();
                    Lowered::keys(keys, weight::IDENTIFIER, false)
                }
                None => Lowered::unknown(),
            },
            Operand::Token(token) => self.token(param, token),
            Operand::OfType { value, .. } => {
                let token = Token { system: System::Absent, code: Some(value.clone()) };
                self.token(param, &token)
            }
            Operand::Codes(codes) if codes.len() <= limits::VALUES => {
                Lowered::any(codes.iter().map(|(system, code)| {
                    let system = if system.is_empty() { System::Absent } else { System::Is(system.clone()) };
                    self.token(param, &Token { system, code: Some(code.clone()) })
                }))
            }
            Operand::Text { folded, .. } if param.kind == Kind::String => {
                self.text(param, test.modifier, folded)
            }
            Operand::Reference { types, id } => self.reference(param, types, id),
            Operand::Url { url, version } => {
                let codes = self.codes(param);
                let keys = codes.iter().map(|code| self.keys.reference_url(code, url)).collect();
                Lowered::keys(keys, weight::REFERENCE, version.is_none())
            }
            Operand::Uri(uri) if param.kind == Kind::Uri => self.uri(param, test.modifier, uri),
            Operand::Date(moment) => self.date(param, moment),
            Operand::Number(amount) => lower_range::number(self, param, amount),
            Operand::Quantity { amount, unit } => lower_range::quantity(self, param, amount, unit),
            Operand::Composite(operands) => self.composite(param, operands),
            Operand::Codes(_)
            | Operand::ValueSet(_)
            | Operand::Subsumed { .. }
            | Operand::Text { .. }
            | Operand::Uri(_) => Lowered::unknown(),
        }
    }

    fn token(&self, param: &SearchParam, token: &Token) -> Lowered {
        let covered = cover(self.rt, param);
        let codes = self.codes(param);
        // A covering parameter has more values than the one that is asked for, but for the `combo-` ones.
        let whole = matches!(covered, Cover::Own) || param.code.starts_with("combo-");
        let weight = if param.code == "identifier" { weight::IDENTIFIER } else { weight::TOKEN };
        match (&token.system, &token.code) {
            (System::Any, Some(code)) => {
                let keys = codes.iter().map(|param| self.keys.token_code(param, code)).collect();
                Lowered::keys(keys, weight, whole)
            }
            (System::Is(system), Some(code)) if !is_core_system(system) && codes != ["telecom"] => {
                let keys = codes.iter().map(|param| self.keys.token_full(param, system, code)).collect();
                Lowered::keys(keys, weight, whole)
            }
            (_, Some(code)) => {
                let keys = codes.iter().map(|param| self.keys.token_code(param, code)).collect();
                Lowered::keys(keys, weight, false)
            }
            (System::Is(system), None) if param.code == "identifier" && !is_core_system(system) => {
                Lowered::keys(vec![self.keys.token_system(param.code, system)], weight::TOKEN, true)
            }
            (_, None) => Lowered::loose(self.missing(param, false).node),
        }
    }

    /// Words that start so are few keys; that they stand in one value, in order, is looked at.
    fn text(&self, param: &SearchParam, modifier: Modifier, folded: &str) -> Lowered {
        Lowered::loose(self.prefixes(param, modifier, folded).node)
    }

    fn prefixes(&self, param: &SearchParam, modifier: Modifier, folded: &str) -> Lowered {
        if matches!(modifier, Modifier::Contains | Modifier::EndsWith) {
            return Lowered::unknown();
        }
        let code = self.codes(param)[0];
        if param.code == "phonetic" {
            let sounds = normalise::words(folded).filter_map(normalise::sound);
            return Lowered::all(
                sounds.take(4).map(|s| Lowered::keys(vec![self.keys.sound(code, &s)], weight::PREFIX, false)),
            );
        }
        let lengths: &[usize] =
            if code == "name" && by_word(param) { &NAME_PREFIXES } else { &TEXT_PREFIXES };
        let by_prefix = |text: &str| {
            let count = prefix_length(lengths, text.chars().count())?;
            let key = self.keys.prefix(code, normalise::prefix(text, count)?);
            Some(Lowered::keys(vec![key], weight::PREFIX / count, false))
        };
        if by_word(param) {
            let mut words: Vec<&str> = normalise::words(folded).collect();
            words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
            return Lowered::all(
                words.into_iter().take(3).map(|w| by_prefix(w).unwrap_or_else(Lowered::unknown)),
            );
        }
        by_prefix(folded).unwrap_or_else(Lowered::unknown)
    }

    fn reference(&self, param: &SearchParam, types: &[ResourceType], id: &str) -> Lowered {
        let codes = self.codes(param);
        let all: Vec<ResourceType>;
        let types = match types.is_empty() {
            true => {
                all = ResourceType::all().collect();
                &all
            }
            false => types,
        };
        // Covering parameters lead to more types than the one that is asked for.
        let allowed = |rt: &&ResourceType| param.targets.is_empty() || param.targets.contains(rt);
        let exact = codes == [param.code] || types.iter().all(|rt| param.targets.contains(rt));
        let types: Vec<&ResourceType> =
            types.iter().filter(|rt| codes == [param.code] || allowed(rt)).collect();
        let keys = codes.iter().flat_map(|code| types.iter().map(|rt| self.keys.reference(code, **rt, id)));
        Lowered::keys(keys.collect(), weight::REFERENCE, exact)
    }

    fn uri(&self, param: &SearchParam, modifier: Modifier, uri: &str) -> Lowered {
        let code = param.code;
        let stem = uri.trim_end_matches('/');
        match modifier {
            Modifier::None => Lowered::keys(vec![self.keys.uri(code, uri)], weight::REFERENCE, true),
            Modifier::Below if code == "url" && stem.contains("://") => {
                let keys = vec![
                    self.keys.uri(code, stem),
                    self.keys.uri(code, uri),
                    self.keys.uri_below(code, stem),
                ];
                Lowered::keys(keys, weight::PREFIX, false)
            }
            Modifier::Above if code == "url" => {
                let mut keys: Vec<i64> = stems(uri).map(|stem| self.keys.uri(code, stem)).collect();
                keys.extend(stems(uri).map(|stem| self.keys.uri(code, &format!("{stem}/"))));
                keys.extend([self.keys.uri(code, uri), self.keys.uri(code, stem)]);
                Lowered::keys(keys, weight::REFERENCE, false)
            }
            _ => Lowered::unknown(),
        }
    }

    fn date(&self, param: &SearchParam, moment: &Moment) -> Lowered {
        match cover(self.rt, param) {
            Cover::Birth => lower_range::birth(self, param, moment, weight::BIRTH),
            Cover::Native => {
                let (from, to) = match moment.prefix {
                    Prefix::Eq => (Some(moment.lo), Some(moment.hi)),
                    Prefix::Ge => (Some(moment.lo), None),
                    Prefix::Gt | Prefix::Sa => (Some(moment.hi.saturating_add(1)), None),
                    Prefix::Lt | Prefix::Eb => (None, Some(moment.lo.saturating_sub(1))),
                    Prefix::Le => (None, Some(moment.hi)),
                    Prefix::Ap => (Some(moment.lo), Some(moment.hi)),
                    Prefix::Ne => return Lowered::unknown(),
                };
                let month = self.keys.dates(param.code, Span::Month);
                let long = self.keys.dates(param.code, Span::Long);
                // Later than the moment is after it however long it lasts; earlier begins before it.
                let sure = match moment.prefix {
                    Prefix::Ge | Prefix::Gt | Prefix::Sa => Some((moment.hi.saturating_add(1), i64::MAX)),
                    Prefix::Lt | Prefix::Le => Some((i64::MIN, moment.lo.saturating_sub(1))),
                    _ => None,
                };
                let node = Node::Window(Window { from, to, month, long });
                Lowered { node, exact: false, sure }
            }
            _ => lower_range::date(self, param, moment),
        }
    }

    /// All components somewhere; that they stand in one element is looked at.
    fn composite(&self, param: &SearchParam, operands: &[Operand]) -> Lowered {
        let parts = param.components.iter().zip(operands).filter_map(|(component, operand)| {
            let part = fhir::search::param_numbered(self.rt, component.number)?;
            // The component's expression is relative to the element; its own parameter must see as much.
            let through = match param.code.starts_with("combo-") {
                true => fhir::search::param(self.rt, &format!("combo-{}", part.code)).unwrap_or(part),
                false if param.code.starts_with("component-") => {
                    fhir::search::param(self.rt, &format!("component-{}", part.code)).unwrap_or(part)
                }
                false => part,
            };
            let test = Test { param: through, modifier: Modifier::None, operands: vec![operand.clone()] };
            Some(Lowered::loose(self.test(&test).node))
        });
        let all = Lowered::all(parts);
        Lowered::loose(all.node)
    }
}
