//! What went into the patient and what came out.

use crate::perioperative::entry::Stored;
use crate::perioperative::field::{number_of, text_of};
use fhir::Json;

/// Millilitres in and out, and by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Balance {
    pub taken: i64,
    pub lost: i64,
    pub by_kind: Vec<(&'static str, i64)>,
}

impl Balance {
    pub fn of<'e>(entries: impl Iterator<Item = &'e Stored>) -> Balance {
        let mut balance = Balance::default();
        for entry in entries.filter(|entry| entry.stands() && entry.kind.name == "fluid") {
            let (Some(what), Some(volume)) =
                (text_of(&entry.values, "what"), number_of(&entry.values, "volume"))
            else {
                continue;
            };
            balance.add(what, volume as i64);
        }
        balance
    }

    fn add(&mut self, what: &str, volume: i64) {
        let sides = super::kinds::IN.iter().chain(super::kinds::OUT.iter());
        let Some(name) = sides.into_iter().find(|name| **name == what) else { return };
        if super::kinds::IN.contains(name) {
            self.taken += volume;
        } else {
            self.lost += volume;
        }
        match self.by_kind.iter_mut().find(|(known, _)| known == name) {
            Some((_, sum)) => *sum += volume,
            None => self.by_kind.push((name, volume)),
        }
    }

    /// Millilitres of one kind.
    pub fn volume(&self, what: &str) -> Option<i64> {
        self.by_kind.iter().find(|(name, _)| *name == what).map(|(_, volume)| *volume)
    }

    pub fn told(&self) -> Json<'static> {
        let kinds = self.by_kind.iter().map(|(name, volume)| (*name, Json::integer(*volume)));
        Json::object([
            ("in", Json::integer(self.taken)),
            ("out", Json::integer(self.lost)),
            ("net", Json::integer(self.taken - self.lost)),
            ("byKind", Json::object(kinds)),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn kinds_add_up_to_the_sides(fluids in prop::collection::vec((0usize..12, 0i64..5_000), 0..40)) {
            let all: Vec<&str> = super::super::kinds::IN.iter().chain(&super::super::kinds::OUT).copied().collect();
            let mut balance = Balance::default();
            for (what, volume) in &fluids {
                balance.add(all[*what], *volume);
            }
            let sum: i64 = fluids.iter().map(|(what, v)| if *what < 7 { *v } else { -v }).sum();
            prop_assert_eq!(balance.taken - balance.lost, sum);
            let kinds: i64 = balance.by_kind.iter().map(|(_, v)| v).sum();
            prop_assert_eq!(kinds, balance.taken + balance.lost);
        }
    }
}
