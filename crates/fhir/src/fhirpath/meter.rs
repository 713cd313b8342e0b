//! What an evaluation may still cost.

use std::cell::Cell;

/// Steps left. Comparisons count too: each part of an element that they look into.
pub struct Meter(Cell<u64>);

impl Meter {
    pub fn new(steps: u64) -> Self {
        Meter(Cell::new(steps))
    }

    /// Counts work; false when more is asked than is left, and from then on.
    pub fn take(&self, steps: usize) -> bool {
        let left = self.0.get().checked_sub(steps as u64);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Counts the reading of texts.
    pub fn read(&self, bytes: usize) -> bool {
        self.take(bytes / 64)
    }
}
