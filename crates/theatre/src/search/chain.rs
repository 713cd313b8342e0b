//! A plan that is being changed: for each day the order in which its cases are placed, each at the earliest
//! slot at which all it needs is free. A change is tried on a copy of the touched days' orders, and decoded
//! from the first place that differs.

use super::tally::Tally;
use crate::mask::Mask;
use crate::model::Model;
use crate::state::State;

/// A mark, the state before that place, is kept at each so many places of a day.
const STRIDE: usize = 8;

/// A case and its room.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Item {
    pub case: u16,
    pub room: u16,
}

/// Where a case stands: day and room, or waiting.
pub(crate) type Seat = Option<(u16, u16)>;

struct Line<M> {
    order: Vec<Item>,
    starts: Vec<u16>,
    marks: Vec<State<M>>,
    /// The costs of the day that depend on times.
    cost: i32,
}

impl<M: Mask> Line<M> {
    fn new(base: &State<M>) -> Self {
        Self { order: Vec::new(), starts: Vec::new(), marks: vec![base.clone()], cost: base.cost }
    }
}

fn keep<M: Mask>(marks: &mut Vec<State<M>>, at: usize, state: &State<M>) {
    match marks.get_mut(at) {
        Some(mark) => mark.copy_from(state),
        None => marks.resize(at + 1, state.clone()),
    }
}

/// The order of each day.
pub(crate) type Orders = Vec<Vec<Item>>;

pub(crate) struct Chain<'m, M> {
    pub model: &'m Model<M>,
    pub tally: Tally,
    pub cost: i64,
    lines: Vec<Line<M>>,
    trials: Vec<Line<M>>,
    /// Days that the trial touches, with the first place of each that differs.
    touched: Vec<(usize, usize)>,
    log: Vec<(u16, Seat, Seat)>,
    pub seats: Vec<Seat>,
    /// Cases that can be moved: `movable[..placed]` have a seat, the others wait.
    pub movable: Vec<u16>,
    pub placed: usize,
    index: Vec<u16>,
    /// What leaving a case out counts for the search; at most what it costs.
    pub price: Vec<i32>,
    /// What the cases that wait cost more than they count.
    pub hidden: i64,
    work: State<M>,
    /// When each room of the day that is being decoded ends, if it stands idle no more.
    ends: Vec<u16>,
    delta: i32,
}

impl<'m, M: Mask> Chain<'m, M> {
    /// A chain with nothing planned but what is pinned.
    pub fn new(model: &'m Model<M>) -> Self {
        let lines = || model.base.iter().map(Line::new).collect::<Vec<_>>();
        let mut movable = Vec::new();
        let mut index = vec![0; model.specs.len()];
        for (case, spec) in model.specs.iter().enumerate().filter(|(_, s)| !s.options.is_empty()) {
            index[case] = movable.len() as u16;
            movable.push(case as u16);
            debug_assert!(spec.pinned.is_none());
        }
        let mut chain = Self {
            model,
            tally: Tally::new(model),
            cost: 0,
            lines: lines(),
            trials: lines(),
            touched: Vec::new(),
            log: Vec::new(),
            seats: vec![None; model.specs.len()],
            movable,
            placed: 0,
            index,
            price: model.specs.iter().map(|spec| spec.drop).collect(),
            hidden: 0,
            work: State::new(model.base.first().map_or(0, |b| b.masks.len()), model.rooms),
            ends: vec![0; model.rooms],
            delta: 0,
        };
        for day in 0..model.days {
            let mut ends = vec![0; model.rooms];
            let overtime = chain.tally.expect(model, day, &model.base[day], &[], &mut ends).unwrap_or(0);
            chain.lines[day].cost += overtime + chain.risk(day, &ends);
        }
        chain
    }

    /// Takes these orders over. A case that does not fit where its order puts it waits.
    pub fn load(&mut self, orders: &Orders) {
        let model = self.model;
        *self = Self::new(model);
        let fixed = |i: usize| model.specs[i].pinned.is_some();
        let dropped = (0..model.specs.len()).filter(|i| !fixed(*i)).map(|i| i64::from(model.specs[i].drop));
        self.cost = dropped.sum::<i64>() + self.standing();
        for (day, order) in orders.iter().enumerate() {
            for item in order {
                let (case, room) = (usize::from(item.case), usize::from(item.room));
                if self.seats[case].is_some() || !model.allows(case, day, room) || fixed(case) {
                    continue;
                }
                self.begin();
                let end = self.lines[day].order.len();
                self.put(case, day, room, end);
                self.decide(i64::MAX / 4);
            }
        }
    }

    /// The cost of what is pinned.
    fn standing(&self) -> i64 {
        let mut tally = Tally::new(self.model);
        let mut cost: i64 = self.lines.iter().map(|line| i64::from(line.cost)).sum();
        for (case, spec) in self.model.specs.iter().enumerate() {
            if let Some(at) = spec.pinned {
                cost -= i64::from(tally.remove(self.model, case, usize::from(at.day), usize::from(at.room)));
            }
        }
        cost
    }

    pub fn order(&self, day: usize) -> &[Item] {
        &self.lines[day].order
    }

    /// Copies the orders and starts, without new memory where there is some.
    pub fn save(&self, orders: &mut Orders, starts: &mut Vec<Vec<u16>>) {
        orders.resize_with(self.lines.len(), Vec::new);
        starts.resize_with(self.lines.len(), Vec::new);
        for (line, (order, start)) in self.lines.iter().zip(orders.iter_mut().zip(starts)) {
            order.clone_from(&line.order);
            start.clone_from(&line.starts);
        }
    }

    /// Sets what leaving each case out counts, from what it costs.
    pub fn price(&mut self, price: impl Fn(i32) -> i32) {
        for (at, case) in self.movable.iter().enumerate() {
            let case = usize::from(*case);
            let (drop, before) = (self.model.specs[case].drop, self.price[case]);
            let now = price(drop).clamp(0, drop);
            self.price[case] = now;
            if at >= self.placed {
                self.cost += i64::from(now - before);
                self.hidden -= i64::from(now - before);
            }
        }
    }

    /// Begins a trial.
    pub fn begin(&mut self) {
        self.touched.clear();
        self.log.clear();
        self.delta = 0;
    }

    /// The order of a day as the trial has it so far.
    pub fn draft(&mut self, day: usize) -> &mut Vec<Item> {
        self.touch(day, usize::MAX);
        &mut self.trials[day].order
    }

    /// The same, of a day that the trial touches already.
    pub fn drafted(&self, day: usize) -> &[Item] {
        &self.trials[day].order
    }

    #[inline]
    fn touch(&mut self, day: usize, place: usize) {
        match self.touched.iter_mut().find(|(d, _)| *d == day) {
            Some((_, first)) => *first = (*first).min(place),
            None => {
                let (trial, line) = (&mut self.trials[day].order, &self.lines[day].order);
                trial.clear();
                trial.extend_from_slice(line);
                self.touched.push((day, place));
            }
        }
    }

    /// Takes a case from its seat in the draft, or from those that wait. Tells the place it had.
    pub fn take(&mut self, case: u16, seat: Seat) -> usize {
        self.log.push((case, seat, None));
        let Some((day, room)) = seat else {
            self.delta -= self.price[usize::from(case)];
            return 0;
        };
        let day = usize::from(day);
        self.delta += self.tally.remove(self.model, usize::from(case), day, usize::from(room));
        self.touch(day, usize::MAX);
        let place = self.trials[day].order.iter().position(|item| item.case == case).unwrap_or(0);
        self.trials[day].order.remove(place);
        self.touch(day, place);
        place
    }

    /// Gives a case that was taken a seat in the draft, at that place of the order.
    pub fn seat(&mut self, case: u16, day: usize, room: usize, place: usize) {
        self.log.push((case, None, Some((day as u16, room as u16))));
        self.delta += self.tally.add(self.model, usize::from(case), day, room);
        self.touch(day, usize::MAX);
        let order = &mut self.trials[day].order;
        let place = place.min(order.len());
        order.insert(place, Item { case, room: room as u16 });
        self.touch(day, place);
    }

    /// Lets a case that was taken wait.
    pub fn wait(&mut self, case: u16) {
        self.delta += self.price[usize::from(case)];
    }

    /// A case that waits gets a seat.
    pub fn put(&mut self, case: usize, day: usize, room: usize, place: usize) {
        self.take(case as u16, None);
        self.seat(case as u16, day, room, place);
    }

    /// Keeps the trial if it is possible and costs at most `threshold` more.
    pub fn decide(&mut self, threshold: i64) -> bool {
        match self.weigh(threshold) {
            Some(delta) => {
                self.commit(delta);
                true
            }
            None => {
                self.undo();
                false
            }
        }
    }

    /// What the trial costs more, if it is possible and at most `threshold`.
    fn weigh(&mut self, threshold: i64) -> Option<i64> {
        if self.tally.overbooked > 0 {
            return None;
        }
        let mut bound = i64::from(self.delta);
        for (day, _) in &self.touched {
            bound += i64::from(self.tally.least[*day] - self.lines[*day].cost);
        }
        // The last day is the one that got a case: the likeliest to fail.
        for i in (0..self.touched.len()).rev() {
            if bound > threshold {
                return None;
            }
            let (day, first) = self.touched[i];
            let least = i64::from(self.tally.least[day]);
            let cost = self.decode(day, first, threshold - bound + least)?;
            bound += i64::from(cost) - least;
        }
        (bound <= threshold).then_some(bound)
    }

    /// Places the draft of a day from its first difference on; none if a case does not fit, or if it costs
    /// more than `budget`.
    fn decode(&mut self, day: usize, first: usize, budget: i64) -> Option<i32> {
        let (model, line, trial) = (self.model, &self.lines[day], &mut self.trials[day]);
        let count = trial.order.len();
        let first = first.min(count);
        let work = &mut self.work;
        let mark = first / STRIDE;
        work.copy_from(&line.marks[mark]);
        let ends = &mut self.ends[..];
        for place in mark * STRIDE..first {
            let (item, start) = (line.order[place], usize::from(line.starts[place]));
            let (case, room) = (usize::from(item.case), usize::from(item.room));
            work.put(model, day, case, start);
            model.leave(work, day, case, room, start);
        }
        let mut overtime = self.tally.expect(model, day, work, &trial.order, ends)?;
        trial.starts.resize(count, 0);
        for place in first..count {
            if i64::from(work.cost + overtime) > budget {
                return None;
            }
            if place % STRIDE == 0 && place > first {
                keep(&mut trial.marks, place / STRIDE, work);
            }
            let item = trial.order[place];
            let (case, room) = (usize::from(item.case), usize::from(item.room));
            let from = model.earliest(case, day).max(usize::from(work.ready[room]));
            let start = work.earliest(model, case, room, from)?;
            work.put(model, day, case, start);
            let gap = model.leave(work, day, case, room, start);
            overtime += model.delay(work, day, room, gap, ends);
            trial.starts[place] = start as u16;
        }
        if count % STRIDE == 0 && count > first {
            keep(&mut trial.marks, count / STRIDE, work);
        }
        let cost = self.work.cost + overtime + self.risk(day, &self.ends);
        self.trials[day].cost = cost;
        (i64::from(cost) <= budget).then_some(cost)
    }

    /// What the chance of overtime costs, with rooms that end then.
    fn risk(&self, day: usize, ends: &[u16]) -> i32 {
        if self.model.weights.overtime_risk == 0 {
            return 0;
        }
        let first = day * self.model.rooms;
        let used = (0..self.model.rooms).filter(|room| self.tally.count[first + room] > 0);
        used.map(|room| {
            let regular = self.model.regular_end[first + room];
            crate::risk::points(&self.model.weights, ends[room], regular, self.tally.variance[first + room])
        })
        .sum()
    }

    /// Gives the trial up.
    pub fn cancel(&mut self) {
        self.undo();
    }

    fn undo(&mut self) {
        while let Some((case, from, to)) = self.log.pop() {
            let case = usize::from(case);
            if let Some((day, room)) = to {
                self.tally.remove(self.model, case, usize::from(day), usize::from(room));
            }
            if let Some((day, room)) = from {
                self.tally.add(self.model, case, usize::from(day), usize::from(room));
            }
        }
    }

    fn commit(&mut self, delta: i64) {
        self.cost += delta;
        for (day, first) in &self.touched {
            let (line, trial) = (&mut self.lines[*day], &mut self.trials[*day]);
            let first = (*first).min(trial.order.len());
            std::mem::swap(&mut line.order, &mut trial.order);
            line.starts.truncate(first);
            line.starts.extend_from_slice(&trial.starts[first..line.order.len()]);
            line.cost = trial.cost;
            for mark in first / STRIDE + 1..=line.order.len() / STRIDE {
                if mark >= line.marks.len() {
                    line.marks.resize(mark + 1, trial.marks[mark].clone());
                }
                std::mem::swap(&mut line.marks[mark], &mut trial.marks[mark]);
            }
        }
        for i in 0..self.log.len() {
            let (case, _, to) = self.log[i];
            let had = self.seats[usize::from(case)];
            self.seats[usize::from(case)] = to;
            match (had, to) {
                (None, Some(_)) => self.exchange(case, true),
                (Some(_), None) => self.exchange(case, false),
                _ => {}
            }
        }
    }

    /// Moves a case between those that have a seat and those that wait.
    fn exchange(&mut self, case: u16, seated: bool) {
        let at = usize::from(self.index[usize::from(case)]);
        let to = if seated { self.placed } else { self.placed - 1 };
        let other = self.movable[to];
        let more = i64::from(self.model.specs[usize::from(case)].drop - self.price[usize::from(case)]);
        self.hidden += if seated { -more } else { more };
        self.movable.swap(at, to);
        self.index[usize::from(other)] = at as u16;
        self.index[usize::from(case)] = to as u16;
        self.placed = if seated { self.placed + 1 } else { self.placed - 1 };
    }
}
