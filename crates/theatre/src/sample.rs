//! Made-up weeks, for tests and benches: plausible in size and shape, about nobody.

use crate::problem::{Case, Kind, Need, Problem, Resource, Room, RoomDay, Span, Stay, Ward, Weights};
use crate::search::random::Random;

/// How large a week is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub days: usize,
    pub rooms: usize,
    pub cases: usize,
    /// Slots of a day; four fifths are regular time.
    pub slots: usize,
}

/// Shares of the specialties, with shortest and longest case in slots of 120 a day.
const SPECIALTIES: [(usize, usize, usize); 8] =
    [(22, 8, 24), (20, 9, 44), (12, 9, 44), (12, 5, 40), (10, 6, 40), (10, 4, 14), (7, 9, 34), (7, 14, 56)];

/// A week drawn from a seed: block schedule by specialty, surgeons with half days, equipment, trays with
/// sterilisation, induction places, recovery and intensive-care beds.
pub fn week(size: Size, seed: u64) -> Problem {
    let mut random = Random::new(seed);
    let surgeons = (size.rooms * 5 / 2).max(SPECIALTIES.len());
    let scale = |slots: usize| (slots * size.slots / 120).max(1);
    let mut resources: Vec<Resource> = (0..surgeons).map(|i| surgeon(&mut random, size, i)).collect();
    let pool = |id: &str, kind, capacity: usize| Resource {
        id: id.into(),
        kind,
        capacity: capacity.clamp(1, 200) as u16,
        away: Vec::new(),
    };
    for kind in 0..4 {
        resources.push(pool(&format!("equipment {kind}"), Kind::Equipment, size.rooms * (kind + 2) / 10));
        resources.push(pool(&format!("tray {kind}"), Kind::Tray, size.rooms * (kind + 2) / 10));
    }
    resources.push(pool("induction", Kind::Induction, size.rooms * 4 / 10));
    resources.push(pool("recovery", Kind::Recovery, size.rooms * 9 / 10));
    let blocks: Vec<usize> = (0..size.rooms * size.days).map(|_| random.next() as usize & 0xff).collect();
    let regular = (size.slots * 4 / 5) as u16;
    let day = |random: &mut Random| RoomDay {
        regular_end: regular,
        closed: match random.below(12) {
            0 => vec![Span { from: scale(40) as u16, to: scale(52) as u16 }],
            _ => Vec::new(),
        },
    };
    let rooms = (0..size.rooms)
        .map(|r| Room { id: format!("room {r}"), days: (0..size.days).map(|_| day(&mut random)).collect() });
    let rooms = rooms.collect();
    let mut cases = Vec::new();
    while cases.len() < size.cases {
        let specialty = specialty(&mut random);
        let mut lead = random.below(surgeons);
        lead = lead - lead % SPECIALTIES.len() + specialty;
        if lead < surgeons {
            cases.push(case(&mut random, size, cases.len(), specialty, lead, &blocks, surgeons));
        }
    }
    Problem {
        days: size.days,
        slots: size.slots,
        rooms,
        resources,
        wards: vec![Ward {
            id: "intensive care".into(),
            beds: vec![(size.rooms / 3).max(1) as u16; size.days],
        }],
        cases,
        weights: Weights {
            overtime: 4,
            opening: 60,
            room_change: 15,
            ambulatory_late: 2,
            ambulatory_reference: scale(84) as u16,
            ..Weights::default()
        },
    }
}

fn specialty(random: &mut Random) -> usize {
    let mut at = random.below(100);
    for (i, (share, ..)) in SPECIALTIES.iter().enumerate() {
        if at < *share {
            return i;
        }
        at -= share;
    }
    0
}

fn surgeon(random: &mut Random, size: Size, index: usize) -> Resource {
    let half = (size.slots / 2) as u16;
    let away = (0..size.days).map(|_| match random.below(10) {
        0 | 1 => vec![Span { from: 0, to: u16::MAX }],
        2 => vec![Span { from: 0, to: half }],
        3 => vec![Span { from: half, to: u16::MAX }],
        _ => Vec::new(),
    });
    Resource { id: format!("surgeon {index}"), kind: Kind::Surgeon, capacity: 1, away: away.collect() }
}

fn case(
    random: &mut Random,
    size: Size,
    index: usize,
    specialty: usize,
    lead: usize,
    blocks: &[usize],
    surgeons: usize,
) -> Case {
    let (_, least, most) = SPECIALTIES[specialty];
    let slots = least + random.below(most - least + 1).min(random.below(most - least + 1));
    let duration = (slots * size.slots / 120).max(1) as u16;
    let mut needs = vec![Need { resource: lead, from: 0, to: duration }];
    if random.below(10) < 6 {
        needs.push(Need { resource: surgeons + 2 * random.below(4), from: 0, to: duration });
    }
    if random.below(10) < 3 {
        let to = duration + (36 * size.slots / 120) as u16;
        needs.push(Need { resource: surgeons + 2 * random.below(4) + 1, from: 0, to });
    }
    needs.push(Need { resource: surgeons + 8, from: 0, to: duration.min(4) });
    needs.push(Need { resource: surgeons + 9, from: duration, to: duration + 4 + random.below(16) as u16 });
    let urgent = random.below(4) == 0;
    let due = random.below(size.days + 3);
    let priority = 1 + random.below(4) as u32;
    let mut options = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let (day, room) = (at / size.rooms, at % size.rooms);
        if block >> specialty & 1 == 1 && (!urgent || day <= due) {
            options.push((day as u16, room as u16));
        }
    }
    Case {
        id: format!("case {index}"),
        duration,
        cleaning: 2 + random.below(5) as u16,
        lead: Some(lead),
        needs,
        stays: if random.below(14) == 0 {
            vec![Stay { ward: 0, nights: 1 + random.below(3) as u16 }]
        } else {
            vec![]
        },
        options,
        day_cost: (0..size.days).map(|day| 10 * priority * day.saturating_sub(due) as u32).collect(),
        drop_cost: if urgent { 1500 } else { 60 + 60 * priority } + 3 * u32::from(duration),
        ambulatory: random.below(10) < 4,
        deviation: f32::from(duration) * 0.35,
        ..Case::default()
    }
}
