//! Weekly instances as JSON, in the format of the `or-week` bench data: one week, one surgeon a case, five kinds
//! of shared resources.

use crate::fault::{Fault, Wrong};
use crate::problem::{
    Case, Kind, Need, Placement, Plan, Problem, Resource, Room, RoomDay, Span, Stay, Ward, Weights, limits,
};
use crate::validate::{validate, validate_plan};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Week {
    days: usize,
    rooms: usize,
    #[serde(rename = "T")]
    slots: u16,
    #[serde(rename = "REG")]
    regular: u16,
    surgeons: Vec<Surgeon>,
    equip: BTreeMap<String, u16>,
    trays: BTreeMap<String, u16>,
    ster: u16,
    pacu_beds: u16,
    icu_beds: u16,
    inductions: u16,
    cost: Costs,
    surgeries: Vec<Surgery>,
}

#[derive(Deserialize)]
struct Surgeon {
    win: Vec<Option<(u16, u16)>>,
}

#[derive(Deserialize)]
struct Costs {
    overtime: u32,
    open: u32,
    change: u32,
    ambu_late: u32,
    ambu_ref: u16,
}

#[derive(Deserialize)]
struct Surgery {
    id: u32,
    surgeon: usize,
    dur: u16,
    #[serde(default)]
    sigma: f32,
    clean: u16,
    equip: Vec<String>,
    tray: Option<String>,
    pacu: u16,
    icu: u16,
    ambu: bool,
    due: i64,
    mandatory: bool,
    drop: u32,
    tard: u32,
    induction: u16,
    opts: Vec<(u16, u16)>,
}

/// The resources of a week by name.
#[derive(Default)]
struct Pools {
    named: BTreeMap<String, usize>,
    all: Vec<Resource>,
}

impl Pools {
    fn add(&mut self, name: String, kind: Kind, capacity: u16, away: Vec<Vec<Span>>) {
        self.named.insert(name.clone(), self.all.len());
        self.all.push(Resource { id: name, kind, capacity, away });
    }

    fn find(&self, at: &str, name: &str) -> Result<usize, Vec<Fault>> {
        let unknown = || vec![Fault { at: at.to_string(), wrong: Wrong::Unknown(name.to_string()) }];
        self.named.get(name).copied().ok_or_else(unknown)
    }
}

/// Reads an instance and checks it.
///
/// # Errors
/// What is wrong and where: line and column of broken JSON, the path of a number or name that cannot be.
pub fn read(text: &str) -> Result<Problem, Vec<Fault>> {
    let week: Week = serde_json::from_str(text)
        .map_err(|e| vec![Fault { at: "instance".into(), wrong: Wrong::Unreadable(e.to_string()) }])?;
    for (at, value, most) in [("days", week.days, limits::DAYS), ("rooms", week.rooms, limits::ROOMS)] {
        if value > most {
            let wrong = Wrong::Outside { value: value as i64, least: 1, most: most as i64 };
            return Err(vec![Fault { at: at.into(), wrong }]);
        }
    }
    let day = RoomDay { regular_end: week.regular, closed: Vec::new() };
    let room = |room: usize| Room { id: room.to_string(), days: vec![day.clone(); week.days] };
    let pools = pools(&week);
    let cases = week.surgeries.iter().enumerate().map(|(i, s)| case(&week, &pools, i, s));
    let problem = Problem {
        days: week.days,
        slots: usize::from(week.slots),
        rooms: (0..week.rooms).map(room).collect(),
        cases: cases.collect::<Result<_, _>>()?,
        wards: vec![Ward { id: "icu".into(), beds: vec![week.icu_beds; week.days] }],
        resources: pools.all,
        weights: Weights {
            overtime: week.cost.overtime,
            opening: week.cost.open,
            room_change: week.cost.change,
            ambulatory_late: week.cost.ambu_late,
            ambulatory_reference: week.cost.ambu_ref,
            ..Weights::default()
        },
    };
    validate(&problem)?;
    Ok(problem)
}

fn pools(week: &Week) -> Pools {
    let mut pools = Pools::default();
    for (i, surgeon) in week.surgeons.iter().enumerate() {
        let away = surgeon.win.iter().map(|window| match window {
            None => vec![Span { from: 0, to: u16::MAX }],
            Some((from, to)) => vec![Span { from: 0, to: *from }, Span { from: *to, to: u16::MAX }],
        });
        pools.add(format!("surgeon {i}"), Kind::Surgeon, 1, away.collect());
    }
    for (name, count) in &week.equip {
        pools.add(format!("equipment {name}"), Kind::Equipment, *count, Vec::new());
    }
    for (name, count) in &week.trays {
        pools.add(format!("tray {name}"), Kind::Tray, *count, Vec::new());
    }
    pools.add("recovery".into(), Kind::Recovery, week.pacu_beds, Vec::new());
    pools.add("induction".into(), Kind::Induction, week.inductions, Vec::new());
    pools
}

fn case(week: &Week, pools: &Pools, index: usize, s: &Surgery) -> Result<Case, Vec<Fault>> {
    let at = format!("surgeries[{index}]");
    let surgeon = pools.find(&format!("{at}.surgeon"), &format!("surgeon {}", s.surgeon))?;
    let mut needs = vec![Need { resource: surgeon, from: 0, to: s.dur }];
    for name in &s.equip {
        let resource = pools.find(&format!("{at}.equip"), &format!("equipment {name}"))?;
        needs.push(Need { resource, from: 0, to: s.dur });
    }
    if let Some(name) = &s.tray {
        let resource = pools.find(&format!("{at}.tray"), &format!("tray {name}"))?;
        needs.push(Need { resource, from: 0, to: s.dur.saturating_add(week.ster) });
    }
    let recovery = pools.find("pacu_beds", "recovery")?;
    needs.push(Need { resource: recovery, from: s.dur, to: s.dur.saturating_add(s.pacu) });
    needs.push(Need { resource: pools.find("inductions", "induction")?, from: 0, to: s.induction });
    let late = |day: i64| u32::try_from(day.saturating_sub(s.due).max(0)).unwrap_or(u32::MAX);
    Ok(Case {
        id: s.id.to_string(),
        duration: s.dur,
        cleaning: s.clean,
        lead: Some(surgeon),
        needs,
        stays: if s.icu > 0 { vec![Stay { ward: 0, nights: s.icu }] } else { Vec::new() },
        options: s.opts.clone(),
        day_cost: (0..week.days as i64).map(|day| s.tard.saturating_mul(late(day))).collect(),
        drop_cost: s.drop,
        mandatory: s.mandatory,
        ambulatory: s.ambu,
        deviation: s.sigma * f32::from(s.dur),
        ..Case::default()
    })
}

/// Writes a plan as a solution of that format.
pub fn write(plan: &Plan) -> String {
    let place = |p: &Option<Placement>| match p {
        None => "null".to_string(),
        Some(p) => format!("[{},{},{}]", p.day, p.room, p.start),
    };
    let all: Vec<String> = plan.placements.iter().map(place).collect();
    format!("{{\"assign\":[{}]}}\n", all.join(","))
}

/// Reads a solution of that format for the instance.
///
/// # Errors
/// What is wrong and where.
pub fn read_plan(text: &str, problem: &Problem) -> Result<Plan, Vec<Fault>> {
    #[derive(Deserialize)]
    struct Solution {
        assign: Vec<Option<(u16, u16, u16)>>,
    }
    let read: Solution = serde_json::from_str(text)
        .map_err(|e| vec![Fault { at: "solution".into(), wrong: Wrong::Unreadable(e.to_string()) }])?;
    let place = |(day, room, start)| Placement { day, room, start };
    let plan = Plan { placements: read.assign.into_iter().map(|at| at.map(place)).collect() };
    validate_plan(problem, &plan)?;
    Ok(plan)
}
