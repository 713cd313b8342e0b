//! News that comes late, twice or in another order leads to the same tasks, each of them once.

use super::{House, booking, case, consent, house};
use crate::reaction::CaseFollowed;
use fhir::ResourceType;
use proptest::prelude::*;
use service::Reaction;
use std::collections::BTreeMap;
use store::Parked;

/// What can happen to a case, in the order in which it is written.
fn happenings(choices: &[u8]) -> Vec<String> {
    let one = |choice: &u8| match choice % 8 {
        0 => case("active", ""),
        1 => case("on-hold", ""),
        2 => case("revoked", ""),
        3 => case("active", r#","priority":"stat""#),
        4 => booking("booked"),
        5 => booking("cancelled"),
        6 => consent("active", "left"),
        _ => consent("inactive", "left"),
    };
    std::iter::once(case("active", "")).chain(choices.iter().map(one)).collect()
}

/// The states at the end. `drained`: after which writes the reactions run; `again`: rows that come once more, in
/// that order.
async fn outcome(
    happenings: &[String],
    drained: &[bool],
    again: &[prop::sample::Index],
) -> BTreeMap<String, String> {
    let house = house().await;
    for (at, json) in happenings.iter().enumerate() {
        house.hub.create(json).await;
        // The course begins in any case: one that was never seen active leaves nothing to compare.
        if at == 0 || drained.get(at).copied().unwrap_or(false) {
            house.hub.drain().await;
        }
    }
    let rows = house.hub.tenant.feed(0, 1_000).await.unwrap();
    for index in again {
        once_more(&house, rows[index.index(rows.len())].vid).await;
    }
    house.hub.drain().await;
    let all: Vec<i64> = rows.iter().map(|row| row.vid).collect();
    let before = house.states().await;
    for vid in all.into_iter().rev() {
        once_more(&house, vid).await;
    }
    house.hub.drain().await;
    assert_eq!(house.states().await, before);
    assert_eq!(house.found(ResourceType::REQUEST_GROUP).await.len(), 1);
    assert_eq!(house.found(ResourceType::TASK).await.len(), 6);
    before
}

/// As an operator has a row served again that was set aside.
async fn once_more(house: &House, vid: i64) {
    let parked =
        Parked { reaction: CaseFollowed.name().to_string(), vid, attempts: 1, reason: "test".into(), at: 0 };
    house.hub.tenant.park(&parked).await.unwrap();
    let ctx = house.admin();
    house.hub.runner.retry(&ctx, "test", CaseFollowed.name(), vid).await.unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_any_repetition_end_in_the_same_tasks(
        choices in proptest::collection::vec(0u8..8, 0..7),
        drained in proptest::collection::vec(any::<bool>(), 8),
        again in proptest::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let happenings = happenings(&choices);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let (plain, other) = runtime.block_on(async {
            (outcome(&happenings, &[], &[]).await, outcome(&happenings, &drained, &again).await)
        });
        prop_assert_eq!(plain, other);
    }
}
