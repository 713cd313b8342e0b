//! A problem laid out for speed: resources are layers of masks, needs of a case are grouped by interval.

use crate::mask::Mask;
use crate::problem::{Placement, Plan, Problem, Span, Weights};
use crate::search::chain::Item;
use crate::search::random::Random;
use crate::state::{State, digits};

/// No surgeon whose changes of room count.
pub(crate) const NOBODY: u16 = u16::MAX;

pub(crate) struct Model<M> {
    pub days: usize,
    pub rooms: usize,
    pub slots: usize,
    pub specs: Vec<Spec<M>>,
    groups: Vec<Group<M>>,
    holds: Vec<Hold<M>>,
    /// First mask of each resource and how many it has; the last one tells when nothing is left.
    counters: Vec<(usize, usize)>,
    masks: usize,
    allowed: Vec<bool>,
    placing: Vec<i32>,
    pub regular_end: Vec<u16>,
    pub beds: Vec<i32>,
    pub leads: usize,
    pub weights: Weights,
    /// What stands on each day before anything is planned: closures, and the cases that are pinned.
    pub base: Vec<State<M>>,
    pub cleaning_max: i32,
    /// Room-days that are closed for a part, or have pinned cases.
    pub broken: Vec<bool>,
}

/// One case.
pub(crate) struct Spec<M> {
    pub duration: usize,
    pub cleaning: usize,
    pub earliest: usize,
    /// The last slot at which it may begin.
    pub latest: usize,
    room_mask: M,
    groups: (u32, u32),
    holds: (u32, u32),
    pub lead: u16,
    pub drop: i32,
    pub ambulatory: bool,
    pub variance: u32,
    pub published: Option<Placement>,
    pub pinned: Option<Placement>,
    pub options: Vec<(u16, u16)>,
    pub stays: Vec<(u16, u16)>,
}

/// Resources that are held during the same interval.
struct Group<M> {
    mask: M,
    from: usize,
    count: usize,
    full: [u32; 4],
}

/// One resource that a case holds.
struct Hold<M> {
    mask: M,
    first: u32,
    digits: u32,
}

impl<M: Mask> Model<M> {
    /// `problem` has been validated.
    pub fn new(problem: &Problem) -> Self {
        let mut model = Self::unpinned(problem);
        model.pin();
        let rooms = 0..model.rooms;
        model.broken = model.base.iter().flat_map(|s| rooms.clone().map(|r| !s.masks[r].is_zero())).collect();
        model
    }

    /// With days on which pinned cases do not stand yet.
    pub fn unpinned(problem: &Problem) -> Self {
        let mut masks = problem.rooms.len();
        let counters = problem.resources.iter().map(|resource| {
            let (digits, _) = digits(usize::from(resource.capacity));
            masks += digits;
            (masks - digits, digits)
        });
        let counters: Vec<(usize, usize)> = counters.collect();
        let leads = problem.cases.iter().filter_map(|c| c.lead).max().map_or(0, |lead| lead + 1);
        let mut model = Self {
            days: problem.days,
            rooms: problem.rooms.len(),
            slots: problem.slots,
            specs: Vec::with_capacity(problem.cases.len()),
            groups: Vec::new(),
            holds: Vec::new(),
            counters,
            masks,
            allowed: vec![false; problem.cases.len() * problem.days * problem.rooms.len()],
            placing: vec![0; problem.cases.len() * problem.days],
            regular_end: Vec::new(),
            beds: problem.wards.iter().flat_map(|w| w.beds.iter().map(|b| i32::from(*b))).collect(),
            leads,
            weights: problem.weights,
            base: Vec::new(),
            cleaning_max: problem.cases.iter().map(|c| i32::from(c.cleaning)).max().unwrap_or(0),
            broken: Vec::new(),
        };
        for day in 0..problem.days {
            model.regular_end.extend(problem.rooms.iter().map(|room| room.days[day].regular_end));
        }
        for case in 0..problem.cases.len() {
            model.add(problem, case);
        }
        model.base = (0..problem.days).map(|day| model.bare(problem, day)).collect();
        model
    }

    fn add(&mut self, problem: &Problem, index: usize) {
        let case = &problem.cases[index];
        let (first_group, first_hold) = (self.groups.len(), self.holds.len());
        for need in case.needs.iter().filter(|need| need.from < need.to) {
            let mask = M::span(usize::from(need.from), usize::from(need.to));
            let (first, digits) = self.counters[need.resource];
            let full = (first + digits - 1) as u32;
            self.holds.push(Hold { mask, first: first as u32, digits: digits as u32 });
            let same = self.groups[first_group..].iter_mut().find(|g| g.mask == mask && g.count < 4);
            match same {
                Some(group) => {
                    group.full[group.count] = full;
                    group.count += 1;
                }
                None => {
                    let from = usize::from(need.from);
                    self.groups.push(Group { mask, from, count: 1, full: [full; 4] });
                }
            }
        }
        let end = case.latest_end.map_or(problem.slots, |end| usize::from(end).min(problem.slots));
        for (day, room) in &case.options {
            let at = (index * problem.days + usize::from(*day)) * self.rooms + usize::from(*room);
            self.allowed[at] = true;
        }
        for day in 0..problem.days {
            self.placing[index * problem.days + day] = case.day_cost.get(day).map_or(0, |c| *c as i32);
        }
        let duration = usize::from(case.duration);
        let never = duration > end;
        self.specs.push(Spec {
            duration,
            cleaning: usize::from(case.cleaning),
            earliest: usize::from(case.earliest),
            latest: end.saturating_sub(duration),
            room_mask: M::span(0, duration + usize::from(case.cleaning)),
            groups: (first_group as u32, self.groups.len() as u32),
            holds: (first_hold as u32, self.holds.len() as u32),
            lead: case.lead.map_or(NOBODY, |lead| lead as u16),
            drop: case.drop_cost as i32 + if case.mandatory { crate::cost::MANDATORY } else { 0 },
            ambulatory: case.ambulatory,
            variance: crate::risk::variance(case.deviation),
            published: case.published,
            pinned: case.pinned,
            options: if never || case.pinned.is_some() { Vec::new() } else { case.options.clone() },
            stays: case.stays.iter().map(|s| (s.ward as u16, s.nights)).collect(),
        });
    }

    /// A day with nothing but its closures.
    fn bare(&self, problem: &Problem, day: usize) -> State<M> {
        let mut state = State::new(self.masks, self.rooms);
        let blocked = |spans: &[Span]| {
            spans.iter().fold(M::ZERO, |m, s| m.or(M::span(usize::from(s.from), usize::from(s.to))))
        };
        for (room, at) in problem.rooms.iter().enumerate() {
            state.masks[room] = blocked(&at.days[day].closed);
        }
        for (resource, (first, count)) in problem.resources.iter().zip(&self.counters) {
            let begin = digits(usize::from(resource.capacity)).1;
            for digit in (0..*count).filter(|digit| begin >> digit & 1 == 1) {
                state.masks[first + digit] = M::span(0, M::BITS);
            }
            let full = &mut state.masks[first + count - 1];
            *full = match resource.capacity {
                0 => M::span(0, M::BITS),
                _ => full.or(resource.away.get(day).map_or(M::ZERO, |spans| blocked(spans))),
            };
        }
        state
    }

    fn pin(&mut self) {
        for case in 0..self.specs.len() {
            let Some(at) = self.specs[case].pinned else { continue };
            let mut state = self.base[usize::from(at.day)].clone();
            let (day, room, start) = (usize::from(at.day), usize::from(at.room), usize::from(at.start));
            state.put(self, day, case, start);
            state.occupy(self, case, room, start);
            let end = (start + self.specs[case].duration) as u16;
            state.idle[room] = state.idle[room].max(end);
            self.base[usize::from(at.day)] = state;
        }
    }

    /// The plan that these orders and starts are.
    pub fn plan(&self, orders: &[Vec<Item>], starts: &[Vec<u16>]) -> Plan {
        let mut placements: Vec<_> = self.specs.iter().map(|spec| spec.pinned).collect();
        for (day, (order, starts)) in orders.iter().zip(starts).enumerate() {
            for (item, start) in order.iter().zip(starts) {
                let at = Placement { day: day as u16, room: item.room, start: *start };
                placements[usize::from(item.case)] = Some(at);
            }
        }
        Plan { placements }
    }

    pub fn allows(&self, case: usize, day: usize, room: usize) -> bool {
        self.allowed[(case * self.days + day) * self.rooms + room]
    }

    fn holds(&self, case: usize) -> &[Hold<M>] {
        let (from, to) = self.specs[case].holds;
        &self.holds[from as usize..to as usize]
    }

    /// One of the resources that the case needs, as [`Model::needs`] knows it.
    pub fn any_need(&self, case: usize, random: &mut Random) -> Option<u32> {
        let holds = self.holds(case);
        holds.get(random.below(holds.len())).map(|hold| hold.first)
    }

    pub fn needs(&self, case: usize, resource: u32) -> bool {
        self.holds(case).iter().any(|hold| hold.first == resource)
    }

    /// What placing the case there costs, whenever it begins.
    pub fn placing(&self, case: usize, day: usize, room: usize) -> i32 {
        let cost = self.placing[case * self.days + day];
        match self.specs[case].published {
            None => cost,
            Some(at) if usize::from(at.day) != day => cost + self.weights.moved_day as i32,
            Some(at) if usize::from(at.room) != room => cost + self.weights.moved_room as i32,
            Some(_) => cost,
        }
    }

    /// Notes that the case was put after all others of its room: when the room is ready again, and how long it
    /// stood idle. Returns how long that was before this case.
    #[inline]
    pub fn leave(&self, state: &mut State<M>, day: usize, case: usize, room: usize, start: usize) -> u16 {
        let spec = &self.specs[case];
        let end = start + spec.duration;
        let gap = start as u16 - state.ready[room];
        state.ready[room] = (end + spec.cleaning) as u16;
        if self.broken[day * self.rooms + room] {
            state.idle[room] = state.idle[room].max(end as u16);
        } else {
            state.idle[room] += gap;
        }
        gap
    }

    /// Notes that a room ends later, after it stood idle so long; returns by how much the overtime cost grew.
    #[inline]
    pub fn delay(&self, state: &State<M>, day: usize, room: usize, gap: u16, ends: &mut [u16]) -> i32 {
        let cell = day * self.rooms + room;
        let before = ends[room];
        ends[room] = if self.broken[cell] { state.idle[room] } else { before + gap };
        let over = |end: u16| i32::from(end.saturating_sub(self.regular_end[cell]));
        (over(ends[room]) - over(before)) * self.weights.overtime as i32
    }

    /// Not before this slot: a published case is not called in earlier than promised.
    pub fn earliest(&self, case: usize, day: usize) -> usize {
        let spec = &self.specs[case];
        match spec.published {
            Some(at) if usize::from(at.day) == day => spec.earliest.max(usize::from(at.start)),
            _ => spec.earliest,
        }
    }
}

impl<M: Mask> State<M> {
    /// The first slot, not before `from`, at which the room and all that the case needs are free.
    #[inline]
    pub fn earliest(&self, model: &Model<M>, case: usize, room: usize, from: usize) -> Option<usize> {
        let spec = &model.specs[case];
        let groups = &model.groups[spec.groups.0 as usize..spec.groups.1 as usize];
        let closed = self.masks[room];
        let mut at = from;
        'moved: loop {
            if at > spec.latest {
                return None;
            }
            for group in groups {
                let mut full = self.masks[group.full[0] as usize];
                for i in 1..group.count {
                    full = full.or(self.masks[group.full[i] as usize]);
                }
                let hit = full.shr(at).and(group.mask);
                if !hit.is_zero() {
                    at += hit.highest() + 1 - group.from;
                    continue 'moved;
                }
            }
            if closed.is_zero() {
                return Some(at);
            }
            let hit = closed.shr(at).and(spec.room_mask);
            if hit.is_zero() {
                return Some(at);
            }
            at += hit.highest() + 1;
        }
    }

    /// Lets the case hold the resources that it needs from `start`.
    #[inline]
    pub fn put(&mut self, model: &Model<M>, day: usize, case: usize, start: usize) {
        let spec = &model.specs[case];
        for hold in &model.holds[spec.holds.0 as usize..spec.holds.1 as usize] {
            let mut carry = hold.mask.shl(start);
            let first = hold.first as usize;
            let counter = &mut self.masks[first..first + hold.digits as usize];
            let Some((full, digits)) = counter.split_last_mut() else { continue };
            for digit in digits {
                let both = digit.and(carry);
                *digit = digit.xor(carry);
                carry = both;
            }
            // What is overbooked from the beginning stays full.
            *full = full.or(carry);
        }
        let weights = &model.weights;
        if spec.ambulatory {
            let late = (start + spec.duration).saturating_sub(usize::from(weights.ambulatory_reference));
            self.cost += late as i32 * weights.ambulatory_late as i32;
        }
        if let Some(at) = spec.published.filter(|at| usize::from(at.day) == day) {
            self.cost += start.abs_diff(usize::from(at.start)) as i32 * weights.moved_slot as i32;
        }
    }

    /// Marks the room as taken from `start` until it is clean. A plan that is decoded in order has no need of it:
    /// there, the next case begins after the last one.
    pub fn occupy(&mut self, model: &Model<M>, case: usize, room: usize, start: usize) {
        self.masks[room] = self.masks[room].or(model.specs[case].room_mask.shl(start));
    }
}
