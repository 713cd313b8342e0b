//! What is held on one day: the one place where the engine knows what is free.

use crate::mask::Mask;

/// Masks of the rooms, then of each resource one layer a unit: layer *k* has the slots at which more than
/// *k* units are held. So the last layer says when nothing is left.
#[derive(Clone)]
pub(crate) struct State<M> {
    pub masks: Vec<M>,
    /// When the last case of each room ends.
    pub last: Vec<u16>,
    /// Costs that depend on times: overtime, late ambulatory cases, shifts of published ones.
    pub cost: i32,
}

impl<M: Mask> State<M> {
    pub fn new(masks: usize, rooms: usize) -> Self {
        Self { masks: vec![M::ZERO; masks], last: vec![0; rooms], cost: 0 }
    }

    #[inline]
    pub fn copy_from(&mut self, other: &Self) {
        self.masks.copy_from_slice(&other.masks);
        self.last.copy_from_slice(&other.last);
        self.cost = other.cost;
    }
}
