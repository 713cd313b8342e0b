//! A year in which cases begin, are done in time, late or never: what is late is told to the minute, across both
//! changes of the clocks and a leap day.

use super::{House, case, house};
use std::time::Duration;
use store::Role;

const HOUR: i64 = 3_600_000;
/// Steps that are ready at once: hours that are left for them, and whether a secretary does them.
const STEPS: [(&str, i64, bool); 5] = [
    ("insurance_verification", 24, true),
    ("medical_clearance", 48, false),
    ("anaesthesia_evaluation", 72, false),
    ("surgical_consent", 72, false),
    ("facility_scheduling", 24, true),
];
/// Days from 1 March 2027, and until when the insurance of a case that begins then is to be verified.
const CALENDAR: [(i64, &str); 3] =
    [(26, "2027-03-28T08:00:00.000Z"), (243, "2027-10-31T08:00:00.000Z"), (364, "2028-02-29T08:00:00.000Z")];
const LASTS_DAYS: i64 = 9;

/// What should stand, by our own count.
struct Model {
    case: String,
    begun: i64,
    verified: bool,
}

impl Model {
    /// Steps that are late by more than their time `times` over.
    fn late(&self, now: i64, times: i64, wanted: impl Fn(bool) -> bool) -> i64 {
        let open = |step: &str| !(self.verified && step == "insurance_verification");
        let late = STEPS.iter().filter(|(step, hours, secretary)| {
            open(step) && wanted(*secretary) && now > self.begun + times * hours * HOUR
        });
        late.count() as i64
    }
}

async fn counted(house: &House, role: Role) -> (i64, i64) {
    let person = if role == Role::Secretary { "sec" } else { "adm" };
    let (status, json) = house.call(house.ctx(role, person), "GET", "workflows/tasks/count", "").await;
    assert_eq!(status, 200);
    let number = |name| json.get(name).and_then(fhir::Json::as_number).unwrap().parse::<i64>().unwrap();
    (number("mine"), number("overdue"))
}

async fn agrees(house: &House, models: &[Model], day: i64) {
    let now = house.admin().clock.now_ms();
    let secretary: i64 = models.iter().map(|model| model.late(now, 1, |hers| hers)).sum();
    assert_eq!(counted(house, Role::Secretary).await, (secretary, secretary), "secretary, day {day}");
    let admin: i64 = models.iter().map(|model| model.late(now, 2, |_| true)).sum();
    assert_eq!(counted(house, Role::MedicalAdmin).await, (admin, admin), "administration, day {day}");
}

fn of(status: &str, id: &str) -> String {
    let json = case(status, "").replace(r#","occurrencePeriod":{"end":"2026-12-10"}"#, "");
    json.replace(r#""id":"c1""#, &format!(r#""id":"{id}""#))
}

/// The insurance step of a case, begun just now.
async fn begin(house: &House, day: i64) -> Model {
    let id = format!("day-{day}");
    house.put(&of("active", &id)).await;
    let step = house.step_of(&id, "insurance_verification").await;
    if let Some((_, due)) = CALENDAR.iter().find(|(known, _)| *known == day) {
        assert_eq!(step.get_str("due"), Some(*due));
    }
    Model { case: id, begun: house.admin().clock.now_ms(), verified: false }
}

#[tokio::test]
async fn a_year_of_cases_is_told_to_the_minute() {
    let house = house().await;
    let to = |hours: u64, minutes: u64| Duration::from_secs(hours * 3600 + minutes * 60);
    house.hub.clock.advance(to(99 * 24, 0));
    let mut models: Vec<Model> = Vec::new();
    let mut begun = 0_i64;
    for day in 0..366 {
        agrees(&house, &models, day).await;
        let now = house.admin().clock.now_ms();
        for model in models.iter_mut().filter(|model| !model.verified) {
            // After a day, two or three; or never.
            let days = i64::try_from(model.case.len() + model.case.as_bytes()[model.case.len() - 1] as usize)
                .unwrap()
                % 4;
            if days > 0 && now >= model.begun + days * 24 * HOUR {
                let (status, _) =
                    house.act_on(house.admin(), &model.case, "insurance_verification", "complete", "").await;
                assert_eq!(status, 200);
                model.verified = true;
            }
        }
        for over in models.extract_if(.., |model| now >= model.begun + LASTS_DAYS * 24 * HOUR) {
            house.hub.create(&of("revoked", &over.case)).await;
        }
        if day % 3 == 0 || CALENDAR.iter().any(|(known, _)| *known == day) {
            models.push(begin(&house, day).await);
            begun += 1;
        }
        house.hub.drain().await;
        house.hub.clock.advance(to(0, 1));
        agrees(&house, &models, day).await;
        house.hub.clock.advance(to(23, 59));
    }
    assert_eq!((begun, house.admin().clock.now_ms()), (124, 1_835_510_400_000), "1 March 2028, 08:00 UTC");
}
