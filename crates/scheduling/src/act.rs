//! What an act asks of a room and of equipment, whoever requests it: an ActivityDefinition whose `code` is the act
//! and whose extensions `urn:medhub:case:need` say the rest, as in a case. The clinic writes it as any resource.

use crate::booking::Booking;
use crate::booking::clash::{Cause, Clash};
use crate::case::{Case, Need, needs};
use crate::index::Index;
use fhir::Json;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Act {
    pub code: String,
    pub needs: Vec<Need>,
}

impl Act {
    /// `None` for a definition that asks for nothing, or is retired.
    pub fn of(definition: &Json<'_>) -> Option<Act> {
        if definition.get_str("status") == Some("retired") {
            return None;
        }
        let code = definition.get("code")?.each("coding").find_map(|c| c.get_str("code"))?.to_string();
        let needs = needs(definition);
        (!needs.is_empty()).then_some(Act { code, needs })
    }
}

/// The case with its own needs and those of its act. What the request says of a thing stands.
pub(crate) fn equipped(acts: &BTreeMap<String, Act>, mut case: Case) -> Case {
    case.needs.clone_from(&case.own_needs);
    for need in acts.values().filter(|a| case.act_code.as_ref() == Some(&a.code)).flat_map(|a| &a.needs) {
        if !case.needs.iter().any(|n| (&n.kind, &n.what) == (&need.kind, &need.what)) {
            case.needs.push(need.clone());
        }
    }
    case
}

/// What the room of a booking has not.
pub(crate) fn lacking(index: &Index, case: &Case, booking: &Booking) -> Vec<Clash> {
    let Some(room) = booking.room.as_deref().and_then(|r| index.room(r)) else { return Vec::new() };
    let Some(resource) = index.resource_of(&room.what) else { return Vec::new() };
    let asked = case.needs.iter().filter(|n| n.kind == "capability");
    asked
        .filter(|n| !room.capabilities.contains(&n.what))
        .map(|n| Clash {
            what: room.what.clone(),
            role: "",
            resource: resource.clone(),
            cause: Cause::Lacking(n.what.clone()),
            from: booking.start,
            until: booking.end,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::fixture::house;

    fn definition(capability: &str) -> String {
        format!(
            r#"{{"resourceType":"ActivityDefinition","id":"act","status":"active","code":{{"coding":[{{"system":"urn:ccam","code":"NEKA020"}}]}},
            "extension":[{{"url":"urn:medhub:case:need","extension":[{{"url":"kind","valueCode":"capability"}},
            {{"url":"what","valueCodeableConcept":{{"coding":[{{"code":"{capability}"}}]}}}}]}}]}}"#
        )
    }

    const LAMINAR: &str = r#"{"resourceType":"Location","id":"r3","name":"Salle 3","alias":["S3"],"partOf":{"reference":"Location/site"},
        "extension":[{"url":"urn:medhub:room:capability","valueCode":"laminar"}],
        "physicalType":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/location-physical-type","code":"ro"}]}}"#;

    #[tokio::test]
    async fn an_act_is_offered_and_booked_only_where_its_needs_are_met() {
        let house = house().await;
        house.hub.create(LAMINAR).await;
        // The needs come after the cases.
        assert_eq!(house.call("GET", "theatre/waiting", "").await.0, 200);
        house.hub.create(&definition("laminar")).await;
        let (status, refused) = house.book(1, 1, "2026-11-23T08:00").await;
        assert_eq!(status, 409, "{refused}");
        let conflict = refused.each("conflicts").next().unwrap();
        assert_eq!(conflict.get_str("kind"), Some("capability"), "{refused}");
        assert!(conflict.get_str("text").unwrap().contains("laminar"), "{refused}");
        assert!(refused.each("offers").count() > 0, "{refused}");
        assert!(refused.each("offers").all(|o| o.get_str("room") == Some("Location/r3")), "{refused}");
        let (_, free) =
            house.call("GET", "theatre/free?case=ServiceRequest/c2&from=2026-11-23&to=2026-11-27", "").await;
        assert!(free.each("offers").count() > 0, "{free}");
        assert!(free.each("offers").all(|o| o.get_str("room") == Some("Location/r3")), "{free}");
        let (status, booked) = house.book(1, 3, "2026-11-23T08:00").await;
        assert_eq!(status, 201, "{booked}");
        let id = booked.get_str("id").unwrap();
        let moved = r#"{"version":1,"room":"Location/r1"}"#;
        assert_eq!(house.call("PUT", &format!("theatre/bookings/{id}"), moved).await.0, 409);
    }

    #[tokio::test]
    async fn an_emergency_leaves_alone_what_stands_where_its_act_may_no_more() {
        let house = house().await;
        assert_eq!(house.book(1, 1, "2026-11-23T08:00").await.0, 201);
        // No room has it: what is booked has nowhere else to go.
        house.hub.create(&definition("laminar")).await;
        let other = crate::fixture::case(2, "s2", "left", "").replace("NEKA020", "HHFA016");
        house.hub.create(&other.replace("\"c2\"", "\"urgent\"").replace("BLOC-2", "BLOC-9")).await;
        let (status, told) =
            house.call("POST", "theatre/emergency", r#"{"case":"ServiceRequest/urgent"}"#).await;
        assert_eq!(status, 200, "{told}");
        assert!(told.get("at").and_then(|at| at.get_str("room")).is_some(), "{told}");
        let others = told.each("moves").filter(|one| one.get_str("booking").is_some());
        assert_eq!(others.count(), 0, "{told}");
        assert!(told.to_string().contains(r#""dropped":0"#), "{told}");
    }
}
