//! A copy of a part of the index, to try changes on.

use super::Index;
use crate::booking::LOOK_BACK_BEDS;

impl Index {
    /// Everything but the finished operations, with the bookings of a stretch of time.
    pub fn scratch(&self, from: i64, until: i64) -> Index {
        let mut copy = Index {
            vid: self.vid,
            places: self.places.clone(),
            devices: self.devices.clone(),
            people: self.people.clone(),
            blocks: self.blocks.clone(),
            schedules: self.schedules.clone(),
            closures: self.closures.clone(),
            by_schedule: self.by_schedule.clone(),
            acts: self.acts.clone(),
            cases: self.cases.clone(),
            courses: self.courses.clone(),
            ..Index::default()
        };
        for booking in self.between(from - LOOK_BACK_BEDS, until) {
            copy.put((**booking).clone());
        }
        copy
    }
}
