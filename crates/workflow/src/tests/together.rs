//! Several people at one task, or at two that a third waits for, in the same moment.

use super::{House, case, house};
use fhir::Json;
use proptest::prelude::*;
use std::sync::Arc;
use store::Role;
use tokio::task::JoinSet;

const PEOPLE: [(Role, &str); 4] =
    [(Role::Secretary, "sec"), (Role::Billing, "n1"), (Role::MedicalAdmin, "adm"), (Role::Secretary, "an")];
/// A verb, what it is told, and the state that it leads to.
const VERBS: [(&str, &str, &str); 3] =
    [("claim", "", "claimed"), ("complete", "", "done"), ("skip", r#","reason":"Sans objet""#, "skipped")];

/// Who does what at once on the version that all have seen: status, person, state that was wanted.
async fn at_once(house: &Arc<House>, calls: &[(usize, usize)]) -> Vec<(u16, &'static str, &'static str)> {
    let step = house.step(house.admin(), "insurance_verification").await;
    let id = step.get_str("id").unwrap().to_string();
    let version = step.get("version").and_then(Json::as_number).unwrap().to_string();
    let mut running = JoinSet::new();
    for (who, what) in calls {
        let ((role, person), (verb, more, state)) = (PEOPLE[*who], VERBS[*what]);
        let (house, path) = (house.clone(), format!("workflows/tasks/{id}/{verb}"));
        let body = format!(r#"{{"version":{version}{more}}}"#);
        running.spawn(async move {
            let (status, _) = house.call(house.ctx(role, person), "POST", &path, &body).await;
            (status, person, state)
        });
    }
    running.join_all().await
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn one_of_all_does_it_and_the_others_are_told(
        calls in proptest::collection::vec((0..PEOPLE.len(), 0..VERBS.len()), 2..6),
    ) {
        runtime().block_on(async {
            let house = Arc::new(house().await);
            house.put(&case("active", "")).await;
            let answers = at_once(&house, &calls).await;
            let done: Vec<_> = answers.iter().filter(|(status, _, _)| *status == 200).collect();
            prop_assert_eq!(done.len(), 1, "{:?}", &answers);
            prop_assert!(answers.iter().all(|(status, _, _)| matches!(status, 200 | 412)), "{:?}", &answers);
            house.hub.drain().await;
            let step = house.step(house.admin(), "insurance_verification").await;
            prop_assert_eq!(step.get_str("state"), Some(done[0].2));
            let who = step.get("decidedBy").or(step.get("owner")).and_then(|one| one.get_str("reference"));
            prop_assert_eq!(who, Some(&*format!("Practitioner/{}", done[0].1)));
            Ok(())
        })?;
    }
}

#[test]
fn the_last_two_steps_at_once_open_the_final_one() {
    runtime().block_on(async {
        for _ in 0..8 {
            let house = Arc::new(house().await);
            house.put(&case("active", "")).await;
            for step in ["medical_clearance", "surgical_consent", "facility_scheduling"] {
                assert_eq!(house.act(house.admin(), step, "complete", "").await.0, 200);
            }
            let mut running = JoinSet::new();
            for step in ["insurance_verification", "anaesthesia_evaluation"] {
                let house = house.clone();
                running.spawn(async move { house.act(house.admin(), step, "complete", "").await.0 });
            }
            for (at, status) in running.join_all().await.into_iter().enumerate() {
                assert_eq!(status, 200, "{at}");
            }
            house.hub.drain().await;
            assert_eq!(house.state("final_approval").await, "ready");
        }
    });
}
