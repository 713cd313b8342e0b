//! The operations that make today and the coming days full, and the cases that nobody has booked yet.

use super::{Case, as_case};
use crate::archetype::Pathway;
use crate::calendar::{plus_days, working_day};
use crate::chart::Chart;
use crate::element::{CCAM, SNOMED, concept, reference};
use crate::special;
use jiff::civil::Date;

/// Cases that wait for a place.
const WAITING: usize = 25;
/// Minutes after midnight: first cases begin, last cases end.
const OPEN: u16 = 8 * 60;
const CLOSE: u16 = 17 * 60 + 30;

impl Chart<'_> {
    pub(crate) fn programme(&mut self, deceased: bool) {
        let planned = |r: &crate::element::Resource| {
            r.kind == "ServiceRequest" && r.json().get("occurrencePeriod").is_some()
        };
        if deceased || self.n == special::PORTAL || self.out.iter().any(planned) {
            return;
        }
        // Drawn from a stream of its own: the rest of the chart stays as it is.
        let own = self.world.rng("programme", self.n);
        let kept = std::mem::replace(&mut self.rng, own);
        if !self.urgent() {
            self.plan();
        }
        self.rng = kept;
    }

    fn plan(&mut self) {
        let all = &self.world.data.pathways;
        let fitting: Vec<&'static Pathway> =
            all.iter().filter(|p| !p.urgent && p.who.fits(self.age, self.person.male)).collect();
        let draw = self.rng.unit();
        if draw > 0.86 {
            if self.world.theatre.waiting < WAITING {
                self.wait(&fitting);
            }
            return;
        }
        let ahead = if draw < 0.45 { 0 } else { self.rng.between(1, 4) };
        let day = working_day(plus_days(self.world.today, ahead), true);
        let mut on_day: Vec<&'static Pathway> = fitting;
        on_day.retain(|p| p.surgeons.iter().any(|s| self.works(s, day)));
        let Some(pathway) = self.rng.weighted(&on_day, |p| p.weight).copied() else { return };
        let surgeons: Vec<&String> = pathway.surgeons.iter().filter(|s| self.works(s, day)).collect();
        let Some(surgeon) = self.rng.pick(&surgeons).map(|s| (*s).clone()) else { return };
        let Some(room) = self.rng.pick(&pathway.rooms).cloned() else { return };
        let site = if matches!(room.as_str(), "or5" | "or6") { "site2" } else { "site1" };
        let Some(anaesthetist) = self.freest_anaesthetist(site, day) else { return };
        let minutes = (self.rng.between(pathway.minutes.0, pathway.minutes.1) / 5 * 5).max(10) as u16;
        let who = [surgeon.as_str(), room.as_str(), anaesthetist.as_str()];
        if let Some(start) = self.world.board.book(&who, day, minutes, OPEN, CLOSE) {
            self.placed(pathway, (surgeon, anaesthetist, room, start, minutes));
        }
    }

    fn works(&self, surgeon: &str, day: Date) -> bool {
        self.world.professional(surgeon).is_some_and(|p| p.works_on(day))
    }

    /// A case without a booking: some in time, some late, a few urgent.
    fn wait(&mut self, fitting: &[&'static Pathway]) {
        let Some(pathway) = self.rng.weighted(fitting, |p| p.weight).copied() else { return };
        let Some(surgeon) = self.rng.pick(&pathway.surgeons).cloned() else { return };
        self.world.theatre.waiting += 1;
        let asked = plus_days(self.world.today, -self.rng.between(3, 70));
        let target = plus_days(self.world.today, self.rng.between(-9, 45));
        let condition = self.condition(
            &pathway.condition,
            plus_days(asked, -60).max(self.person.birth),
            None,
            Some(&surgeon),
        );
        let side = pathway.lateral.then(|| match self.rng.chance(0.5) {
            true => concept(SNOMED, "24028007", "Côté droit"),
            false => concept(SNOMED, "7771000", "Côté gauche"),
        });
        let minutes = (self.rng.between(pathway.minutes.0, pathway.minutes.1) / 5 * 5).max(10);
        let nights = pathway.nights.0;
        let order = self
            .resource("ServiceRequest")
            .text("status", "active")
            .text("intent", "order")
            .list("category", vec![concept(SNOMED, "387713003", "Intervention chirurgicale")])
            .text("priority", "routine")
            .with("code", concept(CCAM, &pathway.act, &pathway.label))
            .with("subject", reference(&self.patient))
            .text("authoredOn", asked.to_string())
            .maybe("requester", self.staff(&surgeon))
            .list("reasonReference", vec![reference(&condition)])
            .list("bodySite", side.into_iter().collect());
        let case = Case { n: self.n, pathway, surgeon: &surgeon, nights };
        let order = as_case(self.world, order, &case, (minutes, target));
        self.keep(order);
    }
}
