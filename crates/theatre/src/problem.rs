//! What is to be planned: rooms, resources, cases and what each departure from the ideal costs.
//!
//! All times are whole slots from the beginning of the day's horizon; how long a slot is, is the caller's
//! choice (five minutes, usually). Costs are whole points in one unit.

use serde::{Deserialize, Serialize};

/// One planning horizon of one facility.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// Days of the horizon, at most [`limits::DAYS`].
    pub days: usize,
    /// Slots of each day, at most [`limits::SLOTS`]. Every case ends within them; its cleaning need not.
    pub slots: usize,
    pub rooms: Vec<Room>,
    /// What is held within a day: people, equipment pools, trays, induction places, recovery beds.
    pub resources: Vec<Resource>,
    /// What is held over nights: intensive care and other beds.
    pub wards: Vec<Ward>,
    pub cases: Vec<Case>,
    pub weights: Weights,
}

/// What the engine takes; more is refused, not truncated.
pub mod limits {
    pub const DAYS: usize = 62;
    pub const SLOTS: usize = 319;
    pub const ROOMS: usize = 128;
    pub const RESOURCES: usize = 2_000;
    pub const CASES: usize = 5_000;
    pub const CAPACITY: usize = 200;
    /// Of one cost, so that no sum comes near to overflowing.
    pub const COST: u32 = 100_000;
    /// Of one cost that is paid by the slot.
    pub const RATE: u32 = 500;
}

/// Slots `from..to` of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub from: u16,
    pub to: u16,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Room {
    pub id: String,
    /// One entry for each day.
    pub days: Vec<RoomDay>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RoomDay {
    /// Where regular time ends and overtime begins.
    pub regular_end: u16,
    /// When the room cannot be used.
    pub closed: Vec<Span>,
}

/// What the resource is, for explanations; the engine treats all alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    Surgeon,
    Anaesthetist,
    Nurse,
    #[default]
    Equipment,
    Tray,
    Induction,
    Recovery,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    pub id: String,
    pub kind: Kind,
    /// How many there are; 1 for a person.
    pub capacity: u16,
    /// One entry for each day: when none of them is there.
    pub away: Vec<Vec<Span>>,
}

/// Beds over nights. A stay holds one on the day of the case and the following days.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ward {
    pub id: String,
    /// Beds that are free for new stays, one number for each day.
    pub beds: Vec<u16>,
}

/// A resource held from slot `from` to slot `to` after the start of the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    pub resource: usize,
    pub from: u16,
    pub to: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    pub ward: usize,
    pub nights: u16,
}

/// Where and when a case takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Placement {
    pub day: u16,
    pub room: u16,
    pub start: u16,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Case {
    pub id: String,
    /// In the room, from entry to exit.
    pub duration: u16,
    /// The room is cleaned for so long afterwards.
    pub cleaning: u16,
    /// The surgeon, whose changes of room within a day cost. Held like any resource if `needs` says so.
    pub lead: Option<usize>,
    pub needs: Vec<Need>,
    pub stays: Vec<Stay>,
    /// The (day, room) pairs that specialty, capability and dates allow.
    pub options: Vec<(u16, u16)>,
    /// Not before this slot of a day.
    pub earliest: u16,
    /// Ended by this slot of a day, where there is such a rule.
    pub latest_end: Option<u16>,
    /// What it costs to operate on each day (lateness by priority).
    pub day_cost: Vec<u32>,
    /// What it costs to leave the case out of the horizon.
    pub drop_cost: u32,
    /// Leaving it out outweighs everything else.
    pub mandatory: bool,
    /// Goes home the same day: `Weights::ambulatory_late` applies.
    pub ambulatory: bool,
    /// Standard deviation of the duration, in slots, for the risk of overtime.
    pub deviation: f32,
    /// In progress or locked: takes place exactly there.
    pub pinned: Option<Placement>,
    /// What was promised: departures cost, and the case does not begin before this time on the same day.
    pub published: Option<Placement>,
}

/// Costs as data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// Each slot that a room works after its regular end.
    pub overtime: u32,
    /// Each room-day with any case.
    pub opening: u32,
    /// Each further room of a surgeon on one day.
    pub room_change: u32,
    /// Each slot that an ambulatory case ends after `ambulatory_reference`.
    pub ambulatory_late: u32,
    pub ambulatory_reference: u16,
    /// A room-day that is certain to run over by more than `risk_margin` slots; in proportion to the chance.
    pub overtime_risk: u32,
    pub risk_margin: u16,
    /// A published case on another day, in another room, or each slot later on the same day.
    pub moved_day: u32,
    pub moved_room: u32,
    pub moved_slot: u32,
}

/// For each case of the problem where it takes place, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub placements: Vec<Option<Placement>>,
}
