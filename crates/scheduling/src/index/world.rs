//! The index as the check looks at it.

use super::Index;
use crate::booking::clash::{Resource, World};
use crate::booking::{Booking, LOOK_BACK, LOOK_BACK_BEDS};
use crate::closure::Span;
use std::sync::Arc;
use store::Result;

/// The index at a moment: holds that have lapsed by then hold nothing.
pub(crate) struct At<'a> {
    pub index: &'a Index,
    pub now: i64,
}

impl World for At<'_> {
    fn resource(&mut self, what: &str) -> Result<Option<Resource>> {
        Ok(self.index.resource_of(what))
    }

    fn takers(&mut self, what: &str, from: i64, until: i64) -> Result<Vec<Arc<Booking>>> {
        let back = if what.starts_with("Location/") { LOOK_BACK_BEDS } else { LOOK_BACK };
        let all = self.index.of(what, from - back, until);
        Ok(all.filter(|b| b.is_taking(self.now)).cloned().collect())
    }

    fn closed(&mut self, what: &str, from: i64, until: i64) -> Result<Vec<Span>> {
        Ok(self.index.closures_of(what).into_iter().flat_map(|c| c.spans(from, until)).collect())
    }
}
