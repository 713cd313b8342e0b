//! Small changes of a plan. Each prepares a trial in the chain and tells whether there is anything to try.

use super::chain::{Chain, Item};
use super::random::Random;
use crate::mask::Mask;

/// What a change does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    /// One case to another room, day or place.
    Relocate,
    /// Two cases of different room-days change seats.
    Swap,
    /// One case earlier or later in the order of its day.
    Reorder,
    /// A case that waits gets a seat.
    Insert,
    /// A case that waits takes the seat of another.
    Replace,
    /// A case goes back to those that wait.
    Drop,
    /// All cases of a surgeon in a room go together.
    Block,
    /// All cases of a room-day go elsewhere.
    Close,
    /// A case that waits gets a room-day, others leave it.
    Force,
    /// One case takes another's seat, which takes a seat elsewhere.
    Eject,
    /// The rest of the day of two rooms changes sides.
    Cross,
}

/// How often each is tried, in proportion.
const MIX: [(Move, usize); 11] = [
    (Move::Relocate, 300),
    (Move::Swap, 290),
    (Move::Reorder, 150),
    (Move::Insert, 60),
    (Move::Replace, 60),
    (Move::Drop, 10),
    (Move::Block, 40),
    (Move::Close, 10),
    (Move::Eject, 60),
    (Move::Cross, 20),
    (Move::Force, 10),
];

const MIX_SUM: usize = {
    let (mut at, mut sum) = (0, 0);
    while at < MIX.len() {
        sum += MIX[at].1;
        at += 1;
    }
    sum
};

fn pick(random: &mut Random) -> Move {
    let mut at = random.below(MIX_SUM);
    for (kind, share) in MIX {
        if at < share {
            return kind;
        }
        at -= share;
    }
    Move::Relocate
}

/// Prepares a trial; false if there is nothing to try.
pub(crate) fn propose<M: Mask>(chain: &mut Chain<M>, random: &mut Random) -> bool {
    chain.begin();
    match pick(random) {
        Move::Relocate => relocate(chain, random),
        Move::Swap => swap(chain, random),
        Move::Reorder => reorder(chain, random),
        Move::Insert => insert(chain, random),
        Move::Replace => replace(chain, random),
        Move::Drop => drop_one(chain, random),
        Move::Block => block(chain, random),
        Move::Close => close(chain, random),
        Move::Force => force(chain, random),
        Move::Eject => eject(chain, random),
        Move::Cross => cross(chain, random),
    }
}

/// Any case that has a seat, with the seat.
fn seated<M: Mask>(chain: &Chain<M>, random: &mut Random) -> Option<(u16, usize, usize)> {
    if chain.placed == 0 {
        return None;
    }
    let case = chain.movable[random.below(chain.placed)];
    let (day, room) = chain.seats[usize::from(case)]?;
    Some((case, usize::from(day), usize::from(room)))
}

/// Any case that waits.
fn waiting<M: Mask>(chain: &Chain<M>, random: &mut Random) -> Option<u16> {
    let count = chain.movable.len() - chain.placed;
    (count > 0).then(|| chain.movable[chain.placed + random.below(count)])
}

/// Any room-day that is allowed for the case.
fn option<M: Mask>(chain: &Chain<M>, random: &mut Random, case: u16) -> (usize, usize) {
    let options = &chain.model.specs[usize::from(case)].options;
    let (day, room) = options[random.below(options.len())];
    (usize::from(day), usize::from(room))
}

/// Any case of a room-day that may take the given seat, with its place.
fn partner<M: Mask>(
    chain: &Chain<M>,
    random: &mut Random,
    (day, room): (usize, usize),
    (to_day, to_room): (usize, usize),
) -> Option<(u16, usize)> {
    let mut found = None;
    let mut count = 0;
    for (place, item) in chain.order(day).iter().enumerate() {
        if usize::from(item.room) == room && chain.model.allows(usize::from(item.case), to_day, to_room) {
            count += 1;
            if random.below(count) == 0 {
                found = Some((item.case, place));
            }
        }
    }
    found
}

fn seat_of(day: usize, room: usize) -> Option<(u16, u16)> {
    Some((day as u16, room as u16))
}

fn relocate<M: Mask>(chain: &mut Chain<M>, random: &mut Random) -> bool {
    let Some((case, day, room)) = seated(chain, random) else { return false };
    let to = option(chain, random, case);
    if to == (day, room) {
        return false;
    }
    chain.take(case, seat_of(day, room));
    let place = random.below(chain.draft(to.0).len() + 1);
    chain.seat(case, to.0, to.1, place);
    true
}

fn swap<M: Mask>(chain: &mut Chain<M>, random: &mut Random) -> bool {
    let Some((case, day, room)) = seated(chain, random) else { return false };
    let to = option(chain, random, case);
    if to == (day, room) {
        return false;
    }
    let Some((other, _)) = partner(chain, random, to, (day, room)) else { return false };
    exchange(chain, (case, day, room), (other, to.0, to.1));
    true
}

/// Each takes the other's seat and place.
fn exchange<M: Mask>(chain: &mut Chain<M>, a: (u16, usize, usize), b: (u16, usize, usize)) {
    let first = chain.take(a.0, seat_of(a.1, a.2));
    let second = chain.take(b.0, seat_of(b.1, b.2));
    // On one day, the second place was counted without the first case.
    if a.1 == b.1 && second < first {
        chain.seat(a.0, b.1, b.2, second);
        chain.seat(b.0, a.1, a.2, first);
    } else if a.1 == b.1 {
        chain.seat(b.0, a.1, a.2, first);
        chain.seat(a.0, b.1, b.2, second + 1);
    } else {
        chain.seat(b.0, a.1, a.2, first);
        chain.seat(a.0, b.1, b.2, second);
    }
}

fn reorder<M: Mask>(chain: &mut Chain<M>, random: &mut Random) -> bool {
    let Some((case, day, room)) = seated(chain, random) else { return false };
    let from = chain.take(case, seat_of(day, room));
    let to = random.below(chain.draft(day).len() + 1);
    chain.seat(case, day, room, to);
    if from == to {
        chain.cancel();
        return false;
    }
    true
}

fn insert<M: Mask>(chain: &mut Chain<M>, random: &mut Random) -> bool {
    let Some(case) = waiting(chain, random) else { return false };
    let (day, room) = option(chain, random, case);
    let place = random.below(chain.order(day).len() + 1);
    chain.put(usize::from(case), day, room, place);
    true
}

fn replace<M: Mask>(chain: &mut Chain<M>, random: &mut Random) -> bool {
    let Some(case) = waiting(chain, random) else { return false };
    let to = option(chain, random, case);
    let Some((other, _)) = partner(chain, random, to, to) else { return false };
    let place = chain.take(other, seat_of(to.0, to.1));
    // The one that leaves may find a seat elsewhere, or waits.
    if random.below(2) == 0 {
        let (day, room) = option(chain, random, other);
        chain.put(usize::from(case), to.0, to.1, place);
        let place = random.below(chain.draft(day).len() + 1);
        chain.seat(other, day, room, place);
        return true;
    }
    chain.wait(other);
    chain.put(usize::from(case), to.0, to.1, place);
    true
}

fn drop_one<M: Mask>(chain: &mut Chain<M>, random: &mut Random) -> bool {
    let Some((case, day, room)) = seated(chain, random) else { return false };
    chain.take(case, seat_of(day, room));
    chain.wait(case);
    true
}

fn block<M: Mask>(chain: &mut Chain<M>, random: &mut Random) -> bool {
    let Some((case, day, room)) = seated(chain, random) else { return false };
    let to = option(chain, random, case);
    if to == (day, room) {
        return false;
    }
    let lead = chain.model.specs[usize::from(case)].lead;
    let group = |item: &&Item| {
        usize::from(item.room) == room && chain.model.specs[usize::from(item.case)].lead == lead
    };
    let cases: Vec<u16> = chain.order(day).iter().filter(group).map(|item| item.case).collect();
    if cases.iter().any(|c| !chain.model.allows(usize::from(*c), to.0, to.1)) {
        return false;
    }
    for case in &cases {
        chain.take(*case, seat_of(day, room));
    }
    let mut place = random.below(chain.draft(to.0).len() + 1);
    for case in cases {
        chain.seat(case, to.0, to.1, place);
        place = (place + 1 + random.below(4)).min(chain.draft(to.0).len());
    }
    true
}

fn close<M: Mask>(chain: &mut Chain<M>, random: &mut Random) -> bool {
    let Some((_, day, room)) = seated(chain, random) else { return false };
    let there = chain.order(day).iter().filter(|item| usize::from(item.room) == room);
    let cases: Vec<u16> = there.map(|item| item.case).collect();
    for case in &cases {
        chain.take(*case, seat_of(day, room));
    }
    rehouse(chain, random, cases, (day, room));
    true
}

/// A case that waits gets a room-day. Cases leave the room until it should fit, and some that hold what it needs.
fn force<M: Mask>(chain: &mut Chain<M>, random: &mut Random) -> bool {
    let (Some(one), Some(two)) = (waiting(chain, random), waiting(chain, random)) else { return false };
    let drop = |case: u16| chain.price[usize::from(case)];
    let case = if drop(one) >= drop(two) { one } else { two };
    let (day, room) = option(chain, random, case);
    let model = chain.model;
    let spec = &model.specs[usize::from(case)];
    let size = (spec.duration + spec.cleaning) as i32;
    let cell = day * model.rooms + room;
    let limit = match random.below(2) {
        0 => model.slots as i32,
        _ => i32::from(model.regular_end[cell]),
    };
    let mut gone = Vec::new();
    while chain.tally.load[cell] + size > limit {
        let Some(other) = victim(chain, random, day, |item| usize::from(item.room) == room) else { break };
        chain.take(other.case, seat_of(day, room));
        gone.push(other.case);
    }
    for _ in 0..random.below(4) {
        let Some(resource) = model.any_need(usize::from(case), random) else { break };
        let holds = |item: Item| model.needs(usize::from(item.case), resource);
        let Some(other) = victim(chain, random, day, holds) else { continue };
        chain.take(other.case, seat_of(day, usize::from(other.room)));
        gone.push(other.case);
    }
    let place = random.below(chain.draft(day).len() + 1) * random.below(2);
    chain.put(usize::from(case), day, room, place);
    rehouse(chain, random, gone, (usize::MAX, 0));
    true
}

/// One of the day's cases in the draft that are like that, rather one that may be left out cheaply.
fn victim<M: Mask>(
    chain: &mut Chain<M>,
    random: &mut Random,
    day: usize,
    like: impl Fn(Item) -> bool,
) -> Option<Item> {
    let mut best: Option<(i32, Item)> = None;
    chain.draft(day);
    for item in chain.drafted(day).iter().filter(|item| like(**item)) {
        let price = chain.price[usize::from(item.case)] + random.below(400) as i32;
        if best.is_none_or(|b| price < b.0) {
            best = Some((price, *item));
        }
    }
    best.map(|b| b.1)
}

/// Seats cases that were taken, the longest first, in opened room-days where they seem to cost least, but not
/// in `without`; what would cost more than leaving it out, waits.
fn rehouse<M: Mask>(chain: &mut Chain<M>, random: &mut Random, mut cases: Vec<u16>, without: (usize, usize)) {
    cases.sort_by_key(|case| std::cmp::Reverse(chain.model.specs[usize::from(*case)].duration));
    for case in cases {
        let spec = &chain.model.specs[usize::from(case)];
        let size = (spec.duration + spec.cleaning) as i32;
        let mut best = (chain.price[usize::from(case)], None);
        for (day, room) in &spec.options {
            let (day, room) = (usize::from(*day), usize::from(*room));
            let cell = day * chain.model.rooms + room;
            if (day, room) == without || chain.tally.count[cell] == 0 {
                continue;
            }
            let end = chain.tally.load[cell] + size - chain.model.cleaning_max / 2;
            if end > chain.model.slots as i32 {
                continue;
            }
            let over = (end - i32::from(chain.model.regular_end[cell])).max(0);
            let cost = over * chain.model.weights.overtime as i32
                + chain.model.placing(usize::from(case), day, room)
                + random.below(24) as i32;
            if cost < best.0 {
                best = (cost, Some((day, room)));
            }
        }
        match best.1 {
            Some((day, room)) => {
                let place = random.below(chain.draft(day).len() + 1);
                chain.seat(case, day, room, place);
            }
            None => chain.wait(case),
        }
    }
}

fn eject<M: Mask>(chain: &mut Chain<M>, random: &mut Random) -> bool {
    let Some((case, day, room)) = seated(chain, random) else { return false };
    let to = option(chain, random, case);
    if to == (day, room) {
        return false;
    }
    let Some((other, _)) = partner(chain, random, to, to) else { return false };
    let next = option(chain, random, other);
    if next == to {
        return false;
    }
    chain.take(case, seat_of(day, room));
    let place = chain.take(other, seat_of(to.0, to.1));
    chain.seat(case, to.0, to.1, place);
    let place = random.below(chain.draft(next.0).len() + 1);
    chain.seat(other, next.0, next.1, place);
    true
}

fn cross<M: Mask>(chain: &mut Chain<M>, random: &mut Random) -> bool {
    let Some((case, day, room)) = seated(chain, random) else { return false };
    let to = option(chain, random, case);
    if to == (day, room) {
        return false;
    }
    let tail = |chain: &Chain<M>, (day, room): (usize, usize), (d, r): (usize, usize), skip: usize| {
        let there = chain.order(day).iter().filter(|item| usize::from(item.room) == room).skip(skip);
        let cases: Vec<u16> = there.map(|item| item.case).collect();
        cases.iter().all(|c| chain.model.allows(usize::from(*c), d, r)).then_some(cases)
    };
    let count = |cell: usize| usize::from(chain.tally.count[cell]);
    let (here, there) = (count(day * chain.model.rooms + room), count(to.0 * chain.model.rooms + to.1));
    let (keep, leave) = (random.below(here), random.below(there + 1));
    let Some(mine) = tail(chain, (day, room), to, keep) else { return false };
    let Some(theirs) = tail(chain, to, (day, room), leave) else { return false };
    if mine.is_empty() && theirs.is_empty() {
        return false;
    }
    for case in &mine {
        chain.take(*case, seat_of(day, room));
    }
    for case in &theirs {
        chain.take(*case, seat_of(to.0, to.1));
    }
    for (cases, (day, room)) in [(mine, to), (theirs, (day, room))] {
        for case in cases {
            let end = chain.draft(day).len();
            let place = end - random.below(end / 3 + 1);
            chain.seat(case, day, room, place);
        }
    }
    true
}
