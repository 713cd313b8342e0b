//! Surgical pathways: the consultations, the operation and what follows, placed around one day that is
//! past or to come.

use super::Chart;
use super::visit::{AMBULATORY, Stay, participant};
use super::vitals::Vitals;
use crate::archetype::{Pathway, Step, StepKind};
use crate::calendar::{Moment, plus_days, working_day};
use crate::element::{CCAM, J, SNOMED, concept, identifier, named, object, period, reference, text, words};
use crate::theatre;
use fhir::Json;
use jiff::civil::Date;

/// An operation with its team, room and times.
struct Operation {
    pathway: &'static Pathway,
    surgeon: String,
    anaesthetist: String,
    room: String,
    start: Moment,
    minutes: u16,
    side: Option<(&'static str, &'static str)>,
    condition: String,
    /// `ServiceRequest/…`.
    order: String,
    /// How it went, of the last months and today.
    course: Option<theatre::Course>,
}

/// Surgeon, anaesthetist, room, start, minutes.
pub(crate) type Placed = (String, String, String, Moment, u16);

impl Operation {
    /// Whether it is over on an earlier day.
    fn before(&self, day: Date) -> bool {
        self.start.day < day && self.course.as_ref().is_none_or(|course| course.over)
    }
}

impl Chart<'_> {
    /// Puts the patient on none, one or two pathways that fit them.
    pub(super) fn operations(&mut self, deceased: bool) {
        let mut left = match self.rng.unit() {
            u if u < 0.52 => 0,
            u if u < 0.93 => 1,
            _ => 2,
        };
        let mut done: Vec<&str> = Vec::new();
        while left > 0 {
            left -= 1;
            let fitting: Vec<&'static Pathway> =
                self.world.data.pathways.iter().filter(|p| p.who.fits(self.age, self.person.male)).collect();
            let Some(pathway) = self.rng.weighted(&fitting, |p| p.weight).copied() else { return };
            if done.contains(&pathway.act.as_str()) {
                continue;
            }
            done.push(&pathway.act);
            let future = !deceased && !pathway.urgent && done.len() == 1 && self.rng.chance(0.42);
            let days = if future { self.rng.between(0, 24) } else { -self.rng.between(4, 1100) };
            let from = plus_days(if future { self.world.today } else { self.last }, days);
            self.operation(pathway, from);
        }
    }

    fn operation(&mut self, pathway: &'static Pathway, from: Date) {
        let Some(place) = self.theatre(pathway, from) else { return };
        self.placed(pathway, place);
    }

    /// The operation at a place that is settled, with what goes before and after.
    pub(crate) fn placed(&mut self, pathway: &'static Pathway, place: Placed) {
        let (surgeon, anaesthetist, room, start, minutes) = place;
        let first = pathway.steps.iter().map(|s| s.day).min().unwrap_or(0);
        let onset = plus_days(start.day, first - self.rng.between(0, if pathway.urgent { 1 } else { 300 }));
        let over = pathway.cured && start.day < self.last;
        let condition = self.condition(
            &pathway.condition,
            onset.max(self.person.birth),
            over.then_some(start.day),
            Some(&surgeon),
        );
        let side = pathway.lateral.then(|| {
            if self.rng.chance(0.5) { ("24028007", "Côté droit") } else { ("7771000", "Côté gauche") }
        });
        let order_day = plus_days(start.day, first);
        let known = start.day <= self.world.today
            && start.day >= plus_days(self.world.today, -theatre::DAYS_BACK)
            && start.day <= self.last;
        let course = known.then(|| {
            let mut rng = self.world.rng("course", self.n * 10_000 + u64::from(self.next));
            theatre::course(self.world, &mut rng, pathway, (&room, start, minutes))
        });
        let mut operation = Operation {
            course,
            pathway,
            surgeon,
            anaesthetist,
            room,
            start,
            minutes,
            side,
            condition,
            order: String::new(),
        };
        operation.order = self.order(&operation, order_day);
        for step in &pathway.steps {
            self.step(&operation, step);
        }
    }

    /// Finds a surgeon, an anaesthetist, a room and a time from that day on.
    fn theatre(&mut self, pathway: &Pathway, from: Date) -> Option<Placed> {
        let surgeon = self.rng.pick(&pathway.surgeons)?.clone();
        let room = self.rng.pick(&pathway.rooms)?.clone();
        let site = if matches!(room.as_str(), "or5" | "or6") { "site2" } else { "site1" };
        let minutes = (self.rng.between(pathway.minutes.0, pathway.minutes.1) / 5 * 5).max(10) as u16;
        let mut day = working_day(from, true);
        for _ in 0..21 {
            let works = pathway.urgent || self.world.professional(&surgeon).is_some_and(|p| p.works_on(day));
            if works {
                let anaesthetist = self.freest_anaesthetist(site, day)?;
                let all = [surgeon.as_str(), room.as_str(), anaesthetist.as_str()];
                if let Some(start) = self.world.board.book(&all, day, minutes, 8 * 60, 17 * 60 + 30) {
                    return Some((surgeon, anaesthetist, room, start, minutes));
                }
            }
            day = working_day(plus_days(day, 1), true);
        }
        None
    }

    pub(crate) fn freest_anaesthetist(&self, site: &str, day: Date) -> Option<String> {
        let on_site = self.world.staff.iter().filter(|p| p.specialty == "SM02" && p.site == site);
        on_site.min_by_key(|p| self.world.board.first_free(&[p.key], day, 8 * 60)).map(|p| p.key.to_string())
    }

    fn order(&mut self, op: &Operation, day: Date) -> String {
        let site = op.side.map(|(code, label)| concept(SNOMED, code, label));
        let done = op.before(self.last);
        let surgery = concept(SNOMED, "387713003", "Intervention chirurgicale");
        let over = done || op.course.as_ref().is_some_and(|course| course.over);
        let resource = self
            .resource("ServiceRequest")
            .text("status", if over { "completed" } else { "active" })
            .text("intent", "order")
            .list("category", vec![surgery])
            .text("priority", if op.pathway.urgent { "urgent" } else { "routine" })
            .with("code", concept(CCAM, &op.pathway.act, &op.pathway.label))
            .with("subject", reference(&self.patient))
            .maybe("occurrenceDateTime", done.then(|| text(op.start.text())))
            .text("authoredOn", day.min(self.world.today).to_string())
            .maybe("requester", self.staff(&op.surgeon))
            .list("reasonReference", vec![reference(&op.condition)])
            .list("bodySite", site.into_iter().collect());
        let nights = op.pathway.nights.0;
        let resource = match done {
            true => resource,
            false => {
                let case = theatre::Case { n: self.n, pathway: op.pathway, surgeon: &op.surgeon, nights };
                theatre::as_case(self.world, resource, &case, (i64::from(op.minutes), op.start.day))
            }
        };
        self.keep(resource)
    }

    fn step(&mut self, op: &Operation, step: &'static Step) {
        let day = plus_days(op.start.day, step.day);
        let day =
            if step.day == 0 || step.kind == StepKind::Labs { day } else { working_day(day, step.day > 0) };
        // What lies after the death of a patient never happened.
        if day > self.last && self.last < self.world.today {
            return;
        }
        match step.kind {
            StepKind::Surgery => self.surgery(op),
            StepKind::Labs if day < self.last => self.panels(step, day, None, &op.surgeon),
            StepKind::Labs => {}
            StepKind::Emergency if day <= self.last => self.emergency(op, step, day),
            StepKind::Emergency => {}
            StepKind::Consultation | StepKind::Anaesthesia | StepKind::Followup => self.around(op, step, day),
        }
    }

    fn panels(&mut self, step: &'static Step, day: Date, encounter: Option<&str>, by: &str) {
        for panel in &step.panels {
            self.panel(panel, day, &step.values, encounter, by);
        }
    }

    fn around(&mut self, op: &Operation, step: &'static Step, day: Date) {
        let staff = if step.kind == StepKind::Anaesthesia { &op.anaesthetist } else { &op.surgeon };
        let reason = format!("{} – {}", step.reason, op.pathway.label);
        if day >= self.world.today {
            self.appointment(day, staff, &reason, 20);
            return;
        }
        let start = Moment::new(day, 14 * 60 + 15 * self.rng.between(0, 15) as u16);
        let stay = Stay {
            class: AMBULATORY,
            staff,
            reason: &reason,
            condition: Some(&op.condition),
            location: self.floor(staff),
            start,
            end: start.plus(20),
        };
        let encounter = self.encounter(&stay);
        if step.kind == StepKind::Anaesthesia {
            self.vitals(start.plus(5), &encounter, Vitals::Full, false);
        }
        self.panels(step, day, Some(&encounter), staff);
        self.step_note(step.kind, (&step.reason, &op.pathway.label), staff, start, &encounter);
    }

    fn emergency(&mut self, op: &Operation, step: &'static Step, day: Date) {
        let start = Moment::new(day, op.start.minute.saturating_sub(360).max(15));
        let stay = Stay {
            class: ("EMER", "Urgences"),
            staff: &op.surgeon,
            reason: &step.reason,
            condition: Some(&op.condition),
            location: "cons1",
            start,
            end: start.plus(180),
        };
        let encounter = self.encounter(&stay);
        self.vitals(start.plus(10), &encounter, Vitals::Full, op.pathway.act == "HHFA016");
        self.panels(step, day, Some(&encounter), &op.surgeon);
    }

    fn surgery(&mut self, op: &Operation) {
        let past = op.before(self.world.today);
        self.theatre_booking(op, past);
        if !past {
            self.under_way(op);
            return;
        }
        let nights = self.rng.between(op.pathway.nights.0, op.pathway.nights.1);
        let class = if nights == 0 { ("SS", "Chirurgie ambulatoire") } else { ("IMP", "Hospitalisation") };
        let leave = Moment::new(
            plus_days(op.start.day, nights),
            if nights == 0 { op.start.plus(300).minute } else { 660 },
        );
        let stay = Stay {
            class,
            staff: &op.surgeon,
            reason: &op.pathway.label,
            condition: Some(&op.condition),
            location: &op.pathway.ward,
            start: Moment::new(op.start.day, 7 * 60),
            end: leave,
        };
        let encounter = self.encounter(&stay);
        self.vitals(op.start.plus(op.minutes + 30), &encounter, Vitals::Full, false);
        let procedure = self.procedure(op, Some(&encounter));
        self.operation_report(
            op.start,
            &op.surgeon,
            (&op.pathway.act, &op.pathway.label),
            &op.pathway.anaesthesia,
            op.side,
            &encounter,
            &procedure,
        );
        for (key, days) in &op.pathway.drugs {
            if let Some(drug) = self.world.data.drug(key).filter(|d| self.may_take(d)) {
                self.prescription(drug, leave.day, *days, &op.surgeon, "acute", Some(&encounter));
            }
        }
    }

    fn theatre_booking(&mut self, op: &Operation, past: bool) {
        let room = named(&self.world.location(&op.room), self.world.location_name(&op.room));
        let mut people = vec![participant(reference(&self.patient)), participant(room)];
        for (key, role) in [(op.surgeon.as_str(), "surgeon"), (op.anaesthetist.as_str(), "anaesthetist")] {
            people.extend(self.staff(key).map(|actor| theatre::member(actor, role)));
        }
        let extras = match past {
            true => Vec::new(),
            false => theatre::around(self.world, op.pathway, (&op.room, op.start, op.minutes)),
        };
        people.extend(extras);
        let extensions =
            theatre::of_booking(op.pathway, op.side.map(|(code, _)| code), op.start.day, self.world.today);
        let resource = self
            .resource("Appointment")
            .list(
                "identifier",
                vec![identifier("urn:medhub:case", &format!("BLOC-{:05}-{}", self.n, op.pathway.act))],
            )
            .list("extension", extensions)
            .text("status", if past { "fulfilled" } else { "booked" })
            .list("serviceCategory", vec![theatre::kind()])
            .list("serviceType", vec![concept(CCAM, &op.pathway.act, &op.pathway.label)])
            .list("reasonReference", vec![reference(&op.condition)])
            .with("priority", Json::integer(if op.pathway.urgent { 1 } else { 5 }))
            .text("description", op.pathway.label.clone())
            .text("start", op.start.text())
            .text("end", op.start.plus(op.minutes).text())
            .with("minutesDuration", Json::integer(i64::from(op.minutes)))
            .list("basedOn", vec![reference(&op.order)])
            .list("participant", people);
        self.keep(resource);
    }

    /// Of an operation of today that has begun: its check-list, then what was done so far.
    fn under_way(&mut self, op: &Operation) {
        let Some(course) = op.course.as_ref().filter(|course| !course.marks.is_empty()) else { return };
        let site = theatre::site_of(&op.room);
        let nurse = self.world.staff.iter().find(|p| p.specialty == "SI06" && p.site == site);
        if let Some(by) = nurse.map(|p| named(&p.reference, &p.display())) {
            let answered = self.checklist(&op.order, course, &by);
            self.out.extend(answered);
        }
        self.procedure(op, None);
    }

    fn procedure(&mut self, op: &Operation, encounter: Option<&str>) -> String {
        let real = (i64::from(op.minutes) + self.rng.between(-10, 25)).max(10) as u16;
        let plain = || Some(period(op.start.text(), Some(op.start.plus(real).text())));
        let performed = match &op.course {
            Some(course) => course.at("in").map(|at| period(at.text(), course.at("out").map(Moment::text))),
            None => plain(),
        };
        let status = op.course.as_ref().map_or("completed", theatre::Course::status);
        let performer =
            |actor: J, function: &str| object(vec![("function", words(function)), ("actor", actor)]);
        let mut team: Vec<J> = Vec::new();
        team.extend(self.staff(&op.surgeon).map(|a| performer(a, "Opérateur")));
        team.extend(self.staff(&op.anaesthetist).map(|a| performer(a, "Anesthésiste")));
        let site = op.side.map(|(code, label)| concept(SNOMED, code, label));
        let outcome = (status == "completed").then(|| words("Suites simples"));
        let mut resource = self.resource("Procedure");
        if encounter.is_none() {
            // As the theatre names it, so that the next milestone goes on from here.
            resource = crate::element::Resource::new("Procedure", theatre::derived("procedure", &op.order));
        }
        let resource = resource
            .list("extension", op.course.as_ref().map(theatre::Course::extensions).unwrap_or_default())
            .list("basedOn", vec![reference(&op.order)])
            .text("status", status)
            .with("category", concept(SNOMED, "387713003", "Intervention chirurgicale"))
            .with("code", concept(CCAM, &op.pathway.act, &op.pathway.label))
            .with("subject", reference(&self.patient))
            .maybe("encounter", encounter.map(reference))
            .maybe("performedPeriod", performed)
            .list("performer", team)
            .with("location", named(&self.world.location(&op.room), self.world.location_name(&op.room)))
            .list("reasonReference", vec![reference(&op.condition)])
            .list("bodySite", site.into_iter().collect())
            .maybe("outcome", outcome)
            .list("note", vec![object(vec![("text", text(format!("{}.", op.pathway.anaesthesia)))])]);
        self.keep(resource)
    }
}
