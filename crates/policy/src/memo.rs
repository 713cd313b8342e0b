//! Decisions already taken, by question.
//!
//! A fixed table of words without locks: a slot holds one question with its answer, and a later question that
//! falls on the same slot takes its place. A decision is a pure function of its question, so a lost or doubled
//! entry costs a little time and never a wrong answer.

use std::sync::atomic::{AtomicU64, Ordering};

/// 65,536 questions in 512 KB. A clinic asks some thousands of different ones.
const SLOTS: usize = 1 << 16;

/// Bits of a slot: taken, allowed, then the packed question.
const TAKEN: u64 = 1;
const ALLOWED: u64 = 2;

pub struct Memo(Box<[AtomicU64]>);

impl Memo {
    pub fn new() -> Memo {
        Memo((0..SLOTS).map(|_| AtomicU64::new(0)).collect())
    }

    /// `key`: at most 62 bits.
    pub fn get(&self, key: u64) -> Option<bool> {
        let word = self.slot(key).load(Ordering::Relaxed);
        (word & TAKEN != 0 && word >> 2 == key).then_some(word & ALLOWED != 0)
    }

    pub fn put(&self, key: u64, allowed: bool) {
        let word = key << 2 | if allowed { ALLOWED } else { 0 } | TAKEN;
        self.slot(key).store(word, Ordering::Relaxed);
    }

    fn slot(&self, key: u64) -> &AtomicU64 {
        // Fibonacci hashing: the high bits of the product depend on all bits of the key.
        let at = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize;
        // tidy: allow(index) 16 bits, and the table has 65,536 slots
        &self.0[at % SLOTS]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_and_never_mixes_up() {
        let memo = Memo::new();
        assert_eq!(memo.get(0), None);
        for key in 0..200_000_u64 {
            memo.put(key * 7919, key % 3 == 0);
            assert_eq!(memo.get(key * 7919), Some(key % 3 == 0));
        }
        let kept: Vec<u64> = (0..200_000).filter(|key| memo.get(key * 7919).is_some()).collect();
        assert!(kept.len() > SLOTS / 2 && kept.len() <= SLOTS);
        assert!(kept.iter().all(|key| memo.get(key * 7919) == Some(key % 3 == 0)));
    }
}
