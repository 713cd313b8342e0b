//! What is held on one day: the one place where the engine knows what is free.

use crate::mask::Mask;

/// Masks of the rooms, then of each resource the digits of a binary counter for each slot. A counter begins so
/// that its highest digit is set exactly when nothing is left: see [`digits`].
#[derive(Clone)]
pub(crate) struct State<M> {
    pub masks: Vec<M>,
    /// When each room is clean again after its last case.
    pub ready: Vec<u16>,
    /// Slots that each room has stood idle before a case. Of a room that is closed for a part of the day, or has
    /// pinned cases: when its last case ends.
    pub idle: Vec<u16>,
    /// Costs that depend on times, without overtime: late ambulatory cases, shifts of published ones.
    pub cost: i32,
}

impl<M: Mask> State<M> {
    pub fn new(masks: usize, rooms: usize) -> Self {
        Self { masks: vec![M::ZERO; masks], ready: vec![0; rooms], idle: vec![0; rooms], cost: 0 }
    }

    #[inline]
    pub fn copy_from(&mut self, other: &Self) {
        self.masks.copy_from_slice(&other.masks);
        self.ready.copy_from_slice(&other.ready);
        self.idle.copy_from_slice(&other.idle);
        self.cost = other.cost;
    }
}

/// How many digits a counter up to `capacity` has, and where it begins: for 9 it has 5
/// digits and begins at 7, as 7 + 9 is the first number whose fifth digit is set.
pub(crate) fn digits(capacity: usize) -> (usize, usize) {
    let power = capacity.max(1).next_power_of_two();
    (power.trailing_zeros() as usize + 1, power - capacity.max(1))
}
