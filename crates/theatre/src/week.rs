//! Weekly instances as JSON, the format of the bench's `or-week` data.

use crate::problem::{Case, Kind, Need, Placement, Plan, Problem, Resource, Room, RoomDay, Span, Stay, Ward, Weights};
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

/// Reads an instance.
pub fn read(text: &str) -> Result<Problem, String> {
    let week: Week = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let mut problem = Problem { days: week.days, slots: usize::from(week.slots), ..Problem::default() };
    let day = RoomDay { regular_end: week.regular, closed: Vec::new() };
    problem.rooms =
        (0..week.rooms).map(|r| Room { id: r.to_string(), days: vec![day.clone(); week.days] }).collect();
    let mut named = BTreeMap::new();
    let mut add = |name: String, kind, capacity, away: Vec<Vec<Span>>| {
        named.insert(name.clone(), problem.resources.len());
        problem.resources.push(Resource { id: name, kind, capacity, away });
    };
    for (i, surgeon) in week.surgeons.iter().enumerate() {
        let away = surgeon.win.iter().map(|window| match window {
            None => vec![Span { from: 0, to: u16::MAX }],
            Some((from, to)) => vec![Span { from: 0, to: *from }, Span { from: *to, to: u16::MAX }],
        });
        add(format!("surgeon {i}"), Kind::Surgeon, 1, away.collect());
    }
    for (name, count) in &week.equip {
        add(format!("equipment {name}"), Kind::Equipment, *count, Vec::new());
    }
    for (name, count) in &week.trays {
        add(format!("tray {name}"), Kind::Tray, *count, Vec::new());
    }
    add("recovery".into(), Kind::Recovery, week.pacu_beds, Vec::new());
    add("induction".into(), Kind::Induction, week.inductions, Vec::new());
    problem.wards = vec![Ward { id: "icu".into(), beds: vec![week.icu_beds; week.days] }];
    for s in &week.surgeries {
        let mut needs = vec![Need { resource: s.surgeon, from: 0, to: s.dur }];
        for name in &s.equip {
            needs.push(Need { resource: named[&format!("equipment {name}")], from: 0, to: s.dur });
        }
        if let Some(name) = &s.tray {
            needs.push(Need { resource: named[&format!("tray {name}")], from: 0, to: s.dur + week.ster });
        }
        needs.push(Need { resource: named["recovery"], from: s.dur, to: s.dur + s.pacu });
        needs.push(Need { resource: named["induction"], from: 0, to: s.induction });
        let late = |day: i64| s.tard * (day - s.due).max(0) as u32;
        problem.cases.push(Case {
            id: s.id.to_string(),
            duration: s.dur,
            cleaning: s.clean,
            lead: Some(s.surgeon),
            needs,
            stays: if s.icu > 0 { vec![Stay { ward: 0, nights: s.icu }] } else { Vec::new() },
            options: s.opts.clone(),
            day_cost: (0..week.days as i64).map(late).collect(),
            drop_cost: s.drop,
            mandatory: s.mandatory,
            ambulatory: s.ambu,
            deviation: s.sigma * f32::from(s.dur),
            ..Case::default()
        });
    }
    problem.weights = Weights {
        overtime: week.cost.overtime,
        opening: week.cost.open,
        room_change: week.cost.change,
        ambulatory_late: week.cost.ambu_late,
        ambulatory_reference: week.cost.ambu_ref,
        ..Weights::default()
    };
    Ok(problem)
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
