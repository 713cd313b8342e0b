//! Counts of swabs, needles and instruments: what went in must come out, or somebody decides.

use super::entry::Stored;
use super::field::{Value, number_of, text_of};
use super::kinds::COUNTED;
use super::message::{MISMATCH, NO_COUNT};
use fhir::{Code, Issue, Json, Lang};

/// What must be there: all counted before the incision and all added since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub pieces: [i64; 4],
    /// Which of them were ever counted.
    pub known: [bool; 4],
}

impl Tally {
    pub fn of<'e>(entries: impl Iterator<Item = &'e Stored>) -> Tally {
        let mut tally = Tally::default();
        for entry in entries.filter(|entry| entry.stands() && entry.kind.name == "count") {
            tally.add(&entry.values);
        }
        tally
    }

    /// Adds what goes in; counts of what comes out change nothing.
    pub fn add(&mut self, values: &[(&'static str, Value)]) {
        if !matches!(text_of(values, "phase"), Some("before" | "added")) {
            return;
        }
        for (n, name) in COUNTED.iter().enumerate() {
            if let Some(pieces) = number_of(values, name) {
                self.pieces[n] += pieces as i64;
                self.known[n] = true;
            }
        }
    }

    fn is_empty(&self) -> bool {
        !self.known.contains(&true)
    }

    /// What is wrong with a count of what comes out, if something is; `None` when it is a count of what goes in.
    pub fn judge(&self, values: &[(&'static str, Value)], at: &str, lang: Lang) -> Option<Issue> {
        if !matches!(text_of(values, "phase"), Some("closing" | "final")) {
            return None;
        }
        if self.is_empty() {
            return Some(Issue::error(Code::BusinessRule, NO_COUNT).at(at));
        }
        let decided = text_of(values, "decision").is_some() && text_of(values, "decisionNote").is_some();
        let gaps = self.gaps(values);
        if gaps.is_empty() || decided {
            return None;
        }
        let told = gaps.iter().map(|(name, found, wanted)| format!("{} {found}/{wanted}", shown(name, lang)));
        let what = told.collect::<Vec<_>>().join(", ");
        Some(Issue::error(Code::BusinessRule, MISMATCH).arg("what", what).at(at))
    }

    /// What was found otherwise than it should be; what was counted at first and is not named now is missing.
    pub fn gaps(&self, values: &[(&'static str, Value)]) -> Vec<(&'static str, i64, i64)> {
        let each = COUNTED.iter().enumerate().filter_map(|(n, name)| {
            let found = number_of(values, name).map(|n| n as i64);
            match (found, self.known[n]) {
                (None, true) => Some((*name, 0, self.pieces[n])),
                (Some(found), _) if found != self.pieces[n] => Some((*name, found, self.pieces[n])),
                _ => None,
            }
        });
        each.collect()
    }
}

/// The names of what is counted, in French, English and German.
fn shown(name: &str, lang: Lang) -> &'static str {
    let names = match name {
        "swabs" => ["compresses", "swabs", "Tupfer"],
        "needles" => ["aiguilles", "needles", "Nadeln"],
        "instruments" => ["instruments", "instruments", "Instrumente"],
        _ => ["autres", "others", "Sonstiges"],
    };
    names[lang as usize]
}

/// The state of the counts, for the page of the record.
pub(super) fn told(entries: &[Stored]) -> Json<'static> {
    let tally = Tally::of(entries.iter());
    let counts = || entries.iter().filter(|entry| entry.stands() && entry.kind.name == "count");
    let last = counts().rfind(|e| matches!(text_of(&e.values, "phase"), Some("closing" | "final")));
    let state = match last {
        None if tally.is_empty() => "none",
        None => "open",
        Some(last) if tally.gaps(&last.values).is_empty() => match text_of(&last.values, "phase") {
            Some("final") => "matched",
            _ => "open",
        },
        Some(last) if text_of(&last.values, "decision").is_some() => "decided",
        Some(_) => "mismatch",
    };
    let pieces = COUNTED.iter().zip(tally.pieces).map(|(name, n)| (*name, Json::integer(n)));
    let last = last.map(|last| Json::object(last.values.iter().map(|(name, value)| (*name, value.json()))));
    Json::object([
        ("expected", Json::object(pieces)),
        ("last", last.unwrap_or(Json::Null)),
        ("state", Json::string(state)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(phase: &'static str, pieces: [Option<i64>; 4]) -> Vec<(&'static str, Value)> {
        let mut values = vec![("phase", Value::Choice(phase))];
        let each = COUNTED.iter().zip(pieces);
        values.extend(each.filter_map(|(name, n)| Some((*name, Value::Number(n?.to_string())))));
        values
    }

    #[test]
    fn what_is_missing_is_told() {
        let mut tally = Tally::default();
        assert!(
            tally.judge(&values("final", [Some(1), None, None, None]), "x", Lang::Fr).is_some(),
            "nothing was counted"
        );
        tally.add(&values("before", [Some(10), Some(2), None, None]));
        tally.add(&values("added", [Some(5), None, None, None]));
        let issue = tally.judge(&values("final", [Some(14), Some(2), None, None]), "x", Lang::Fr).unwrap();
        assert!(issue.sentence(Lang::Fr).contains("compresses 14/15"), "{issue}");
        assert!(
            tally.judge(&values("final", [Some(15), None, None, None]), "x", Lang::Fr).is_some(),
            "needles not counted"
        );
        assert!(tally.judge(&values("final", [Some(15), Some(2), None, None]), "x", Lang::Fr).is_none());
        let mut decided = values("final", [Some(14), Some(2), None, None]);
        decided.push(("decision", Value::Choice("xray")));
        assert!(tally.judge(&decided, "x", Lang::Fr).is_some(), "a decision needs its words");
        decided.push(("decisionNote", Value::Text("Radiographie sans particularité, Dr B.".into())));
        assert!(tally.judge(&decided, "x", Lang::Fr).is_none());
    }

    proptest! {
        #[test]
        fn a_count_passes_exactly_when_nothing_is_missing(
            before in prop::array::uniform4(prop::option::of(0i64..50)),
            added in prop::array::uniform4(prop::option::of(0i64..50)),
            found in prop::array::uniform4(prop::option::of(0i64..100)),
        ) {
            let mut tally = Tally::default();
            tally.add(&values("before", before));
            tally.add(&values("added", added));
            let all = |n: usize| before[n].unwrap_or(0) + added[n].unwrap_or(0);
            let known = |n: usize| before[n].is_some() || added[n].is_some();
            let whole = (0..4).all(|n| match found[n] {
                Some(found) => found == all(n),
                None => !known(n),
            }) && (0..4).any(known);
            prop_assert_eq!(tally.judge(&values("final", found), "x", Lang::Fr).is_none(), whole);
        }
    }
}
