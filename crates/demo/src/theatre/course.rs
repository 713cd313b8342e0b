//! How an operation went, or goes: its milestones, one after the other, never two patients in one room.

use crate::archetype::Pathway;
use crate::calendar::Moment;
use crate::element::{J, object, text};
use crate::rng::Rng;
use crate::world::World;
use fhir::Json;
use jiff::civil::Date;
use std::collections::HashMap;

/// How many days back operations have their milestones.
pub const DAYS_BACK: i64 = 180;

/// Of the last case of each room on a day: when it was planned and when the room is clean again, minutes after midnight.
pub type Flow = HashMap<(String, Date), (i64, i64)>;

/// Milestones in their order.
#[derive(Clone, Debug, Default)]
pub struct Course {
    pub marks: Vec<(&'static str, Moment)>,
    /// Whether all of them lie behind.
    pub over: bool,
}

impl Course {
    pub fn at(&self, code: &str) -> Option<Moment> {
        self.marks.iter().find(|(known, _)| *known == code).map(|(_, at)| *at)
    }

    /// Of the Procedure.
    pub fn status(&self) -> &'static str {
        match (self.over, self.at("in")) {
            (true, _) => "completed",
            (_, Some(_)) => "in-progress",
            _ => "preparation",
        }
    }

    pub fn extensions(&self) -> Vec<J> {
        let part = |url: &str, name: &'static str, value: J| object(vec![("url", text(url)), (name, value)]);
        let one = |(code, at): &(&'static str, Moment)| {
            let parts =
                [part("code", "valueCode", text(*code)), part("time", "valueInstant", text(at.text()))];
            object(vec![("url", text("urn:medhub:milestone")), ("extension", Json::array(parts))])
        };
        self.marks.iter().map(one).collect()
    }
}

/// How an operation that was planned for `start` went until now.
pub fn course(
    world: &mut World,
    rng: &mut Rng,
    pathway: &Pathway,
    (room, start, minutes): (&str, Moment, u16),
) -> Course {
    let planned = i64::from(start.minute);
    let lasts = (i64::from(minutes) + rng.between(-10, 20)).max(10);
    let delay = if rng.chance(0.6) { rng.between(-4, 5) } else { rng.between(5, 28) };
    let key = (room.to_string(), start.day);
    let before = world.theatre.flow.get(&key).copied();
    let clean = before.filter(|(at, _)| *at < planned).map(|(_, clean)| clean + 3);
    let enters = (planned + delay).max(clean.unwrap_or(i64::MIN));
    let out = enters + lasts;
    let cleaned = out + rng.between(9, 18);
    if before.is_none_or(|(at, _)| at < planned) {
        world.theatre.flow.insert(key, (planned, cleaned));
    }
    let incision = enters + (lasts / 5).clamp(3, 28);
    let closure = (out - (lasts / 9).clamp(2, 12)).max(incision + 1);
    let mut marks = vec![("arrived", enters - rng.between(12, 25)), ("in", enters)];
    let local = super::case::is_local(pathway);
    if !local {
        marks.push(("induction", enters + (lasts / 12).clamp(1, 8)));
    }
    marks.extend([("incision", incision), ("closure", closure), ("out", out)]);
    if !local {
        let bed = out + rng.between(3, 6);
        marks.extend([("recovery-in", bed), ("recovery-out", bed + rng.between(45, 100))]);
    }
    marks.push(("cleaned", cleaned));
    let all = marks.len();
    let known = marks.into_iter().map(|(code, minute)| (code, start.of_its_day(minute)));
    let marks: Vec<(&'static str, Moment)> = known.filter(|(_, at)| *at <= world.now).collect();
    Course { over: marks.len() == all, marks }
}
