//! A case that is cancelled or postponed gives its place back: its booking is cancelled, whoever stopped the case and
//! by whichever way. What is over or under way stays as it is.

use crate::element::{CANCELLED_AT, HOLD_UNTIL, SNOMED, SURGERY, set, text};
use crate::index::everyone;
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Json, ResourceType};
use service::{Reaction, ReactionCtx};
use store::{Error, FeedRow, Result, Visible, Write};

const REASON: &str = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason";

pub(crate) struct CaseStopped;

#[async_trait]
impl Reaction for CaseStopped {
    fn name(&self) -> &'static str {
        "scheduling.case-stopped"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::SERVICE_REQUEST]
    }

    async fn on(&self, cx: &ReactionCtx, row: &FeedRow) -> Result<Vec<Write>> {
        let case = cx.current(ResourceType::SERVICE_REQUEST, &row.id).await?;
        // A request that was deleted stands for nothing either.
        let why = match case.as_ref().map(parsed).transpose()? {
            None => Some("Demande d'intervention supprimée"),
            Some(json) => why(&json),
        };
        let Some(why) = why else { return Ok(Vec::new()) };
        let query = vec![
            ("based-on".to_string(), format!("ServiceRequest/{}", row.id)),
            ("status".to_string(), "proposed,pending,booked,waitlist".to_string()),
        ];
        let found = everyone(&cx.tenant, &cx.ctx, ResourceType::APPOINTMENT, query).await?;
        found.iter().map(|booking| freed(booking, why, cx.ctx.clock.now_ms())).collect()
    }
}

fn parsed(found: &Visible) -> Result<Json<'static>> {
    let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
    Ok(json.into_owned())
}

/// Why the place of a case is free again: administrative words, not the medical reason.
fn why(case: &Json<'_>) -> Option<&'static str> {
    let mut kinds = case.each("category").flat_map(|category| category.each("coding"));
    if !kinds.any(|c| c.get_str("system") == Some(SNOMED) && c.get_str("code") == Some(SURGERY)) {
        return None;
    }
    match case.get_str("status")? {
        "revoked" | "entered-in-error" => Some("Intervention annulée"),
        "on-hold" => Some("Intervention reportée"),
        _ => None,
    }
}

fn freed(booking: &Visible, why: &str, now: i64) -> Result<Write> {
    let mut json = parsed(booking)?;
    cancel_at(&mut json, now);
    let coding = [("system", text(REASON)), ("code", text("oth"))];
    let reason = [("coding", Json::array([Json::object(coding)])), ("text", text(why))];
    if let Some(edit) = fhir::edit::edit(&mut json) {
        edit.set("status", text("cancelled")).set("cancelationReason", Json::object(reason));
    }
    set(&mut json, HOLD_UNTIL, None);
    Ok(Write::Update {
        rt: ResourceType::APPOINTMENT,
        id: booking.id.clone(),
        body: Bytes::from(json.to_vec()),
        if_match: Some(booking.version),
        if_none_match: false,
    })
}

/// Notes when a booking that stood was taken off the plan; a hold never stood.
pub(crate) fn cancel_at(json: &mut Json<'static>, now: i64) {
    if matches!(json.get_str("status"), Some("booked" | "arrived")) {
        set(json, CANCELLED_AT, Some(("valueInstant", crate::element::instant(now))));
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::{case, house};
    use fhir::Json;

    #[tokio::test]
    async fn a_case_that_is_stopped_frees_its_place_once() {
        let house = house().await;
        let (_, first) = house.book(1, 1, "2026-11-23T08:00").await;
        let (_, other) = house.book(2, 2, "2026-11-23T08:00").await;
        let at = |json: &Json<'_>| format!("Appointment/{}", json.get_str("id").unwrap());
        let (first, other) = (at(&first), at(&other));
        house
            .hub
            .create(&case(1, "s1", "left", "").replace(r#""status":"active""#, r#""status":"on-hold""#))
            .await;
        house.hub.drain().await;
        let freed = house.hub.get(&first).await;
        assert_eq!(freed.get_str("status"), Some("cancelled"));
        assert_eq!(
            freed.get("cancelationReason").and_then(|r| r.get_str("text")),
            Some("Intervention reportée")
        );
        assert!(freed.to_string().contains("urn:medhub:booking:cancelled-at"));
        assert_eq!(house.hub.get(&other).await.get_str("status"), Some("booked"));
        // The same news again changes nothing; the case can be taken up and booked anew at the same place.
        house
            .hub
            .create(&case(1, "s1", "left", "").replace(r#""status":"active""#, r#""status":"on-hold""#))
            .await;
        house.hub.drain().await;
        assert_eq!(
            house.hub.get(&first).await.get("meta").map(Json::to_string),
            freed.get("meta").map(Json::to_string)
        );
        house.hub.create(&case(1, "s1", "left", "")).await;
        house.hub.drain().await;
        let (status, again) = house.book(1, 1, "2026-11-23T08:00").await;
        assert_eq!(status, 201, "{again}");
        house.nothing_is_taken_twice().await;
    }

    #[tokio::test]
    async fn what_is_no_surgery_or_still_open_frees_nothing() {
        let house = house().await;
        let (_, booked) = house.book(1, 1, "2026-11-23T08:00").await;
        house.hub.create(&case(1, "s1", "left", "")).await;
        let other = case(1, "s1", "left", "").replace("387713003", "386053000").replace("active", "revoked");
        house.hub.create(&other.replace(r#""id":"c1""#, r#""id":"lab""#)).await;
        house.hub.drain().await;
        let id = booked.get_str("id").unwrap();
        assert_eq!(house.hub.get(&format!("Appointment/{id}")).await.get_str("status"), Some("booked"));
    }

    #[tokio::test]
    async fn the_place_of_a_patient_in_the_room_is_not_given_away() {
        let house = house().await;
        let (_, booked) = house.book(1, 1, "2026-11-23T08:00").await;
        let id = booked.get_str("id").unwrap();
        house.hub.create(r#"{"resourceType":"Procedure","id":"x","status":"in-progress","basedOn":[{"reference":"ServiceRequest/c1"}],"subject":{"reference":"Patient/p1"}}"#).await;
        let path = format!("theatre/bookings/{id}/cancel");
        let (status, why) = house.call("POST", &path, r#"{"version":1,"reason":"bed"}"#).await;
        assert_eq!((status, why.as_str()), (422, Some("scheduling.cancel-inside")));
    }
}
