//! Outside working hours the theatre is not empty: four urgent cases around the present moment, so that a clinic that
//! is opened at night or on a Sunday shows what a day shows, too: one over, one in recovery, one in the room, one that
//! was just received.

use crate::archetype::Pathway;
use crate::calendar::{Moment, weekday};
use crate::chart::Chart;
use crate::world::World;

/// Minutes after midnight between which the programme itself has cases in every state.
const BUSY: std::ops::Range<u16> = 10 * 60..16 * 60;

/// A place that is kept for an urgent case.
#[derive(Clone, Debug)]
pub struct Urgent {
    pathway: &'static Pathway,
    surgeon: &'static str,
    anaesthetist: &'static str,
    start: Moment,
    minutes: u16,
}

/// Act, surgeon, anaesthetist, minutes from now, minutes that it lasts.
const CASES: [(&str, &str, &str, i64, u16); 4] = [
    ("HHFA016", "visc2", "anesth1", -250, 50),
    ("NCCA012", "ortho2", "anesth2", -135, 60),
    ("HHFA016", "visc1", "anesth4", -40, 60),
    ("NCCA012", "ortho1", "anesth2", 15, 60),
];

/// Takes the rooms and the people of the urgent cases before anything else is planned.
pub fn keep(world: &mut World) {
    if weekday(world.now.day) <= 5 && BUSY.contains(&world.now.minute) {
        return;
    }
    for (act, surgeon, anaesthetist, from, minutes) in CASES {
        let Some(pathway) = world.data.pathways.iter().find(|p| p.act == act) else { continue };
        let Some(room) = pathway.rooms.first() else { continue };
        let start = world.now.of_its_day(i64::from(world.now.minute) + from);
        for what in [room.as_str(), surgeon, anaesthetist] {
            world.board.keep(what, start, minutes);
        }
        world.theatre.urgent.push(Urgent { pathway, surgeon, anaesthetist, start, minutes });
    }
}

impl Chart<'_> {
    /// Gives this patient one of the urgent cases that are left; whether it did.
    pub(crate) fn urgent(&mut self) -> bool {
        let fits = |one: &Urgent| one.pathway.who.fits(self.age, self.person.male);
        let Some(at) = self.world.theatre.urgent.iter().position(fits) else { return false };
        let Urgent { pathway, surgeon, anaesthetist, start, minutes } = self.world.theatre.urgent.remove(at);
        let Some(room) = pathway.rooms.first().cloned() else { return false };
        self.placed(pathway, (surgeon.into(), anaesthetist.into(), room, start, minutes));
        true
    }
}
