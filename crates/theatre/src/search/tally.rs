//! What can be said about an assignment without decoding it: the costs that do not depend on times, and
//! bounds of those that do.

use super::chain::Item;
use crate::mask::Mask;
use crate::model::{Model, NOBODY};
use crate::state::State;

/// Counts by day, room, surgeon and ward, kept while cases come and go.
#[derive(Clone)]
pub(crate) struct Tally {
    rooms: usize,
    days: usize,
    leads: usize,
    /// Cases of each room-day, pinned ones included.
    pub count: Vec<u16>,
    /// Slots of work and cleaning of each room-day, pinned ones included.
    pub load: Vec<i32>,
    /// Variance of each room-day.
    pub variance: Vec<u32>,
    /// Cases of each surgeon by day and room, and the number of rooms by day.
    in_room: Vec<u16>,
    rooms_of: Vec<u16>,
    /// Beds still free, by ward and day; negative when overbooked.
    pub beds: Vec<i32>,
    pub overbooked: i32,
    /// The least overtime cost of each day, whatever the order.
    pub least: Vec<i32>,
}

impl Tally {
    pub fn new<M: Mask>(model: &Model<M>) -> Self {
        let cells = model.days * model.rooms;
        let mut tally = Self {
            rooms: model.rooms,
            days: model.days,
            leads: model.leads,
            count: vec![0; cells],
            load: vec![0; cells],
            variance: vec![0; cells],
            in_room: vec![0; cells * model.leads],
            rooms_of: vec![0; model.days * model.leads],
            beds: model.beds.clone(),
            overbooked: 0,
            least: vec![0; model.days],
        };
        for (case, spec) in model.specs.iter().enumerate() {
            if let Some(at) = spec.pinned {
                tally.add(model, case, usize::from(at.day), usize::from(at.room));
            }
        }
        tally.overbooked = 0;
        tally
    }

    /// The least overtime cost of a room with this load.
    #[inline]
    fn floor<M: Mask>(model: &Model<M>, cell: usize, load: i32) -> i32 {
        let over = load - model.cleaning_max - i32::from(model.regular_end[cell]);
        over.max(0) * model.weights.overtime as i32
    }

    /// By how much the costs that do not depend on times grow.
    #[inline]
    pub fn add<M: Mask>(&mut self, model: &Model<M>, case: usize, day: usize, room: usize) -> i32 {
        let (spec, cell) = (&model.specs[case], day * self.rooms + room);
        let mut cost = model.placing(case, day, room);
        if self.count[cell] == 0 {
            cost += model.weights.opening as i32;
        }
        self.count[cell] += 1;
        let load = self.load[cell] + (spec.duration + spec.cleaning) as i32;
        self.least[day] += Self::floor(model, cell, load) - Self::floor(model, cell, self.load[cell]);
        self.load[cell] = load;
        self.variance[cell] += spec.variance;
        if spec.lead != NOBODY {
            let lead = usize::from(spec.lead);
            let held = &mut self.in_room[cell * self.leads + lead];
            *held += 1;
            if *held == 1 {
                let rooms = &mut self.rooms_of[day * self.leads + lead];
                *rooms += 1;
                cost += if *rooms > 1 { model.weights.room_change as i32 } else { 0 };
            }
        }
        for (ward, nights) in &spec.stays {
            for night in day..(day + usize::from(*nights)).min(self.days) {
                let beds = &mut self.beds[usize::from(*ward) * self.days + night];
                *beds -= 1;
                self.overbooked += i32::from(*beds < 0);
            }
        }
        cost
    }

    #[inline]
    pub fn remove<M: Mask>(&mut self, model: &Model<M>, case: usize, day: usize, room: usize) -> i32 {
        let (spec, cell) = (&model.specs[case], day * self.rooms + room);
        let mut cost = -model.placing(case, day, room);
        self.count[cell] -= 1;
        if self.count[cell] == 0 {
            cost -= model.weights.opening as i32;
        }
        let load = self.load[cell] - (spec.duration + spec.cleaning) as i32;
        self.least[day] += Self::floor(model, cell, load) - Self::floor(model, cell, self.load[cell]);
        self.load[cell] = load;
        self.variance[cell] -= spec.variance;
        if spec.lead != NOBODY {
            let lead = usize::from(spec.lead);
            let held = &mut self.in_room[cell * self.leads + lead];
            *held -= 1;
            if *held == 0 {
                let rooms = &mut self.rooms_of[day * self.leads + lead];
                *rooms -= 1;
                cost -= if *rooms > 0 { model.weights.room_change as i32 } else { 0 };
            }
        }
        for (ward, nights) in &spec.stays {
            for night in day..(day + usize::from(*nights)).min(self.days) {
                let beds = &mut self.beds[usize::from(*ward) * self.days + night];
                self.overbooked -= i32::from(*beds < 0);
                *beds += 1;
            }
        }
        cost
    }

    /// Fills in when each room of a day ends, by its load and order, if from this state on it stands idle no more;
    /// returns the overtime cost of that, or none if a room cannot end within the day.
    #[inline]
    pub fn expect<M: Mask>(
        &self,
        model: &Model<M>,
        day: usize,
        state: &State<M>,
        order: &[Item],
        ends: &mut [u16],
    ) -> Option<i32> {
        let first = day * self.rooms;
        for (room, end) in ends.iter_mut().enumerate() {
            let load =
                if model.broken[first + room] { 0 } else { self.load[first + room].min(20_000) as u16 };
            *end = load + state.idle[room];
        }
        let mut seen = 0u128;
        for item in order.iter().rev() {
            let room = usize::from(item.room);
            if seen >> room & 1 == 0 {
                seen |= 1 << room;
                if !model.broken[first + room] {
                    ends[room] -= model.specs[usize::from(item.case)].cleaning as u16;
                }
            }
        }
        let mut over = 0;
        for (end, regular) in ends.iter().zip(&model.regular_end[first..]) {
            if usize::from(*end) > model.slots {
                return None;
            }
            over += i32::from(end.saturating_sub(*regular));
        }
        Some(over * model.weights.overtime as i32)
    }
}
