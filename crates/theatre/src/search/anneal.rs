//! Simulated annealing: worse plans are accepted with a chance that falls with the temperature.

use super::chain::{Chain, Orders};
use super::moves;
use super::random::Random;
use crate::mask::Mask;

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
    logs: Vec<f32>,
    pub steps: u64,
    pub mix: [usize; 10],
    pub stats: [[u64; 4]; 10],
}

/// Steps between two looks at the clock.
pub(crate) const ROUND: u64 = 256;

impl<'m, M: Mask> Walker<'m, M> {
    pub fn new(mut chain: Chain<'m, M>, orders: &Orders, random: Random) -> Self {
        chain.load(orders);
        let (best, orders) = (chain.cost, chain.orders());
        // Drawn from a table: the logarithm of this machine need not be that of the next.
        let logs = (0..4096).map(|i| -((i as f32 + 0.5) / 4096.0).ln()).collect();
        Self { chain, random, best, orders, logs, steps: 0, mix: moves::MIX.map(|m| m.1), stats: [[0; 4]; 10] }
    }

    /// Goes on from the best plan of another.
    pub fn restart(&mut self, orders: &Orders) {
        self.chain.load(orders);
        self.note();
    }

    fn note(&mut self) {
        if self.chain.cost < self.best {
            self.best = self.chain.cost;
            self.orders = self.chain.orders();
        }
    }

    /// [`ROUND`] steps at one temperature.
    pub fn round(&mut self, temperature: f32) {
        for _ in 0..ROUND {
            self.steps += 1;
            let k = moves::pick(&mut self.random, &self.mix);
            let kind = moves::MIX[k].0;
            self.stats[k][0] += 1;
            if moves::propose(&mut self.chain, &mut self.random, kind) {
                let luck = self.logs[self.random.below(4096)];
                self.stats[k][1] += 1;
                let before = self.chain.cost;
                if self.chain.decide((luck * temperature) as i64) {
                    self.stats[k][2] += 1;
                    self.stats[k][3] += u64::from(self.chain.cost != before);
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
