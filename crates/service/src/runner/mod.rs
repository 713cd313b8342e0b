//! Drives the reactions by the feed: a cursor for each reaction of each tenant, which advances in the
//! transaction of the reaction's effects. The audit log is a feed too (`listen.rs`). A failing row is tried again, then set aside visibly, so that the
//! rows behind it are served.

mod listen;
mod parked;
mod rounds;
mod step;
mod supervise;
#[cfg(test)]
mod tests;

pub use listen::LOOK_BACK;

use crate::{Catalog, Reaction, Round};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use store::{Ctx, Hub};

/// How often a failing row is tried before it is set aside, and how long the runner waits in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    pub attempts: u32,
    /// Wait before the second attempt; four times as long before each next one, at most [`Pace::longest`].
    pub first: Duration,
    pub longest: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Pace { attempts: 5, first: Duration::from_millis(100), longest: Duration::from_secs(30) }
    }
}

impl Pace {
    /// The wait after this many failures (1 = the first).
    fn wait(&self, failures: u32) -> Duration {
        let factor = 4u32.saturating_pow(failures.saturating_sub(1).min(10));
        self.first.saturating_mul(factor).min(self.longest)
    }
}

/// How far a reaction is behind the feed of a tenant, in versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lag {
    pub tenant: String,
    pub reaction: &'static str,
    pub behind: i64,
}

/// The runner of all reactions and rounds in all tenants.
pub struct Runner {
    hub: Arc<Hub>,
    reactions: Vec<Arc<dyn Reaction>>,
    rounds: Vec<Arc<dyn Round>>,
    pace: Pace,
    places: Mutex<HashMap<(String, &'static str), Place>>,
    /// Set when the runner shall end: the row in hand is finished, the next one waits for the next start.
    stopping: AtomicBool,
}

/// Where a reaction is in a tenant's feed, and how far behind its end.
#[derive(Clone, Copy)]
struct Place {
    cursor: i64,
    behind: i64,
}

impl Runner {
    /// Puts the rules of the catalog into force and prepares its reactions; nothing runs yet.
    pub fn new(hub: Arc<Hub>, catalog: &Catalog, pace: Pace) -> Arc<Runner> {
        hub.rules_set(catalog.rules());
        Arc::new(Runner {
            hub,
            reactions: catalog.reactions(),
            rounds: catalog.rounds(),
            pace,
            places: Mutex::default(),
            stopping: AtomicBool::new(false),
        })
    }

    /// How far each reaction is behind, as of its last step.
    pub fn lag(&self) -> Vec<Lag> {
        let places = self.places.lock();
        let mut all: Vec<Lag> = places
            .iter()
            .map(|((tenant, reaction), place)| Lag { tenant: tenant.clone(), reaction, behind: place.behind })
            .collect();
        all.sort_by(|a, b| (&a.tenant, a.reaction).cmp(&(&b.tenant, b.reaction)));
        all
    }

    fn reaction(&self, name: &str) -> Option<&Arc<dyn Reaction>> {
        self.reactions.iter().find(|r| r.name() == name)
    }

    fn ctx(&self, reaction: &'static str) -> Ctx {
        Ctx { clock: self.hub.clock().clone(), ids: self.hub.ids().clone(), ..Ctx::system(reaction) }
    }
}
