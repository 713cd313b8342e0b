//! Simulated annealing: worse plans are accepted with a chance that falls with the temperature.

use super::chain::{Chain, Orders};
use super::moves;
use super::random::Random;
use crate::mask::Mask;
use crate::problem::Plan;

/// How the temperature falls, geometrically, in points of cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cooling {
    pub from: f32,
    pub to: f32,
}

/// One searcher: its plan, its best plan, its luck.
pub(crate) struct Walker<'m, M> {
    pub chain: Chain<'m, M>,
    pub random: Random,
    pub best: i64,
    pub orders: Orders,
    starts: Vec<Vec<u16>>,
    logs: Vec<f32>,
    pub steps: u64,
}

/// Steps between two looks at the clock.
pub(crate) const ROUND: u64 = 256;

impl<'m, M: Mask> Walker<'m, M> {
    pub fn new(mut chain: Chain<'m, M>, orders: &Orders, random: Random) -> Self {
        chain.load(orders);
        // Drawn from a table, as it is asked for at every step.
        let logs = (0..4096).map(|i| -((i as f32 + 0.5) / 4096.0).ln()).collect();
        let (orders, starts) = (Vec::new(), Vec::new());
        let mut walker = Self { chain, random, best: i64::MAX, orders, starts, logs, steps: 0 };
        walker.note();
        walker
    }

    /// Goes on from the best plan of all.
    pub fn restart(&mut self, cost: i64, orders: &Orders) {
        if self.chain.cost + self.chain.hidden != cost || self.best != cost {
            self.chain.load(orders);
            self.note();
        }
    }

    /// Goes on from another plan, whether or not it is better than the best so far.
    pub fn begin_from(&mut self, orders: &Orders) {
        self.chain.load(orders);
        self.note();
    }

    fn note(&mut self) {
        if self.chain.cost + self.chain.hidden < self.best {
            self.best = self.chain.cost + self.chain.hidden;
            self.chain.save(&mut self.orders, &mut self.starts);
        }
    }

    pub fn best_plan(&self) -> Plan {
        self.chain.model.plan(&self.orders, &self.starts)
    }

    /// [`ROUND`] steps at one temperature.
    pub fn round(&mut self, temperature: f32) {
        for _ in 0..ROUND {
            self.steps += 1;
            if moves::propose(&mut self.chain, &mut self.random) {
                let luck = self.logs[self.random.below(4096)];
                if self.chain.decide((luck * temperature) as i64) {
                    self.note();
                }
            }
        }
    }
}

impl Cooling {
    /// The temperature when this share of the way is behind.
    pub fn at(&self, progress: f32) -> f32 {
        self.from * (self.to / self.from).powf(progress.clamp(0.0, 1.0))
    }
}
