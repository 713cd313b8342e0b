//! What an act asks of a room and of equipment, whoever requests it: an ActivityDefinition whose `code` is the act
//! and whose extensions `urn:medhub:case:need` say the rest, as in a case. Its `identifier` repeats the code, since R4
//! has no search by `code`: the rule inside a transaction finds it by that.

mod rule;
mod verb;
mod write;

pub(crate) use rule::{DefinesAct, of_acts};
pub(crate) use verb::routes;

use crate::booking::Booking;
use crate::booking::clash::{Cause, Clash, Resource};
use crate::case::{Case, Need, needs};
use crate::element::label;
use crate::index::Index;
use fhir::Json;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Act {
    pub version: u64,
    pub system: Option<String>,
    pub code: String,
    pub display: String,
    pub needs: Vec<Need>,
    /// Whether the identifier repeats the code.
    pub named: bool,
}

impl Act {
    /// `None` for what is retired, and for a definition that neither asks for anything nor ever did here.
    pub fn of(definition: &Json<'_>, version: u64) -> Option<Act> {
        if definition.get_str("status") == Some("retired") {
            return None;
        }
        let concept = definition.get("code")?;
        let coding = concept.each("coding").find(|c| c.get_str("code").is_some())?;
        let (system, code) = (coding.get_str("system"), coding.get_str("code")?);
        let same = |i: &Json<'_>| (i.get_str("system"), i.get_str("value")) == (system, Some(code));
        let named = definition.each("identifier").any(same);
        let needs = needs(definition);
        let display = definition.get_str("title").map(str::to_string).or_else(|| label(concept));
        (named || !needs.is_empty()).then(|| Act {
            version,
            system: system.map(str::to_string),
            code: code.to_string(),
            display: display.unwrap_or_default(),
            needs,
            named,
        })
    }

    /// Whether the case is of this act. A code without its system, on either side, means any.
    pub fn is_of(&self, case: &Case) -> bool {
        let any = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
        case.act_code.as_ref() == Some(&self.code) && any(&self.system, &case.act_system)
    }
}

/// The case with its own needs and those of its act. What the request says of a thing stands.
pub(crate) fn equipped<'a>(acts: impl IntoIterator<Item = &'a Act>, mut case: Case) -> Case {
    case.needs.clone_from(&case.own_needs);
    let own: Vec<&Act> = acts.into_iter().filter(|act| act.is_of(&case)).collect();
    for need in own.into_iter().flat_map(|act| &act.needs) {
        if !case.needs.iter().any(|n| (&n.kind, &n.what) == (&need.kind, &need.what)) {
            case.needs.push(need.clone());
        }
    }
    case
}

/// What is asked of a room that it has not.
pub(crate) fn missing<'a>(needs: &'a [Need], capabilities: &[String]) -> Vec<&'a str> {
    let asked = needs.iter().filter(|n| n.kind == "capability");
    asked.map(|n| n.what.as_str()).filter(|what| !capabilities.iter().any(|c| c == what)).collect()
}

/// What the room of a booking has not.
pub(crate) fn lacking(index: &Index, case: &Case, booking: &Booking) -> Vec<Clash> {
    let Some(room) = booking.room.as_deref().and_then(|r| index.room(r)) else { return Vec::new() };
    let Some(resource) = index.resource_of(&room.what) else { return Vec::new() };
    clashes(&case.needs, &room.capabilities, booking, (&room.what, &resource))
}

/// What a booking that stands is told of besides what it is in conflict with: a need that came after it.
pub(crate) fn marked(index: &Index, booking: &Booking) -> Vec<Clash> {
    let case = booking.case.as_ref().and_then(|what| index.cases.get(what));
    case.map(|case| lacking(index, case, booking)).unwrap_or_default()
}

fn clashes(
    needs: &[Need],
    capabilities: &[String],
    booking: &Booking,
    (what, resource): (&str, &Resource),
) -> Vec<Clash> {
    let one = |capability: &str| Clash {
        what: what.to_string(),
        role: "",
        resource: resource.clone(),
        cause: Cause::Lacking(capability.to_string()),
        from: booking.start,
        until: booking.end,
    };
    missing(needs, capabilities).into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use crate::fixture::house;

    fn definition(capability: &str) -> String {
        format!(
            r#"{{"resourceType":"ActivityDefinition","id":"act","status":"active","identifier":[{{"system":"urn:ccam","value":"NEKA020"}}],"code":{{"coding":[{{"system":"urn:ccam","code":"NEKA020"}}]}},
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

    #[tokio::test]
    async fn what_came_after_a_booking_is_marked_and_plain_fhir_is_asked_too() {
        let house = house().await;
        house.hub.create(LAMINAR).await;
        let (_, booked) = house.book(1, 1, "2026-11-23T08:00").await;
        house.hub.create(&definition("laminar")).await;
        let (_, board) = house.call("GET", "theatre/board?from=2026-11-23", "").await;
        let told = board.each("bookings").next().unwrap();
        let kinds: Vec<_> = told.each("conflicts").filter_map(|c| c.get_str("kind")).collect();
        assert_eq!(kinds, ["capability"], "{board}");
        // Another hour in the same room is nobody's harm; the other room without it is refused, as is a new booking.
        let id = booked.get_str("id").unwrap();
        let stored = house.hub.tenant.read(&house.ctx(), fhir::ResourceType::APPOINTMENT, id).await.unwrap();
        let body = String::from_utf8(stored.body.to_vec()).unwrap();
        let put = |body: String| {
            let write = store::Write::Update {
                rt: fhir::ResourceType::APPOINTMENT,
                id: id.to_string(),
                body: body.into_bytes().into(),
                if_match: None,
                if_none_match: false,
            };
            let ctx = house.ctx();
            let tenant = house.hub.tenant.clone();
            async move { tenant.commit(&ctx, vec![write]).await }
        };
        let refused = put(body.replace("Location/r1", "Location/r2")).await.unwrap_err();
        assert!(format!("{refused:?}").contains("laminar"), "{refused:?}");
        put(body.replace("Location/r1", "Location/r3")).await.unwrap();
    }

    #[tokio::test]
    async fn another_system_is_another_act() {
        let house = house().await;
        house.hub.create(&definition("laminar").replace("urn:ccam", "urn:cpt")).await;
        assert_eq!(house.book(1, 1, "2026-11-23T08:00").await.0, 201);
    }

    #[tokio::test]
    async fn a_definition_that_asks_for_something_repeats_its_code() {
        let house = house().await;
        let body = definition("laminar").replace("NEKA020\"}],", "AUTRE\"}],");
        let write = store::Write::Create {
            rt: fhir::ResourceType::ACTIVITY_DEFINITION,
            body: body.into_bytes().into(),
            if_none_exist: None,
            id: None,
        };
        let refused = house.hub.tenant.commit(&house.ctx(), vec![write]).await.unwrap_err();
        assert!(format!("{refused:?}").contains("scheduling.act-unnamed"), "{refused:?}");
    }

    #[tokio::test]
    async fn needs_are_written_by_the_verb() {
        let house = house().await;
        house.hub.create(LAMINAR).await;
        assert_eq!(house.book(1, 1, "2026-11-23T08:00").await.0, 201);
        let (_, before) = house.call("GET", "theatre/acts", "").await;
        assert_eq!(before.each("known").next().and_then(|k| k.get_str("code")), Some("NEKA020"), "{before}");
        let body = r#"{"system":"urn:ccam","code":"NEKA020","display":"Prothèse","needs":[
            {"kind":"capability","what":"laminar"},{"kind":"tray","what":"Device/scope","count":1}]}"#;
        let (status, made) = house.call("POST", "theatre/acts", body).await;
        assert_eq!(status, 201, "{made}");
        assert_eq!(made.each("places").filter_map(|p| p.as_str()).collect::<Vec<_>>(), ["S3"], "{made}");
        assert_eq!(made.get("misplaced").map(|n| n.to_string()).as_deref(), Some("1"), "{made}");
        assert_eq!(
            house.call("POST", "theatre/acts", body).await,
            (422, fhir::Json::string("scheduling.act-twice"))
        );
        let path = format!("theatre/acts/{}", made.get_str("id").unwrap());
        for (needs, wanted) in [
            (r#"[{"kind":"wish","what":"laminar"}]"#, "scheduling.act-need"),
            (r#"[{"kind":"equipment","what":"Device/none"}]"#, "scheduling.act-need"),
            (r#"[{"kind":"capability","what":"laminar","count":99}]"#, "scheduling.act-need"),
            (r#"7"#, "scheduling.act-need"),
        ] {
            let body = format!(r#"{{"version":1,"display":"Prothèse","needs":{needs}}}"#);
            assert_eq!(house.call("PUT", &path, &body).await, (422, fhir::Json::string(wanted)), "{needs}");
        }
        let body = r#"{"version":1,"display":"Prothèse de hanche","needs":[]}"#;
        let (status, changed) = house.call("PUT", &path, body).await;
        assert_eq!(status, 200, "{changed}");
        assert_eq!(changed.get("misplaced").map(|n| n.to_string()).as_deref(), Some("0"), "{changed}");
        assert_eq!(house.call("PUT", &path, body).await.0, 412, "somebody was quicker");
        let (_, after) = house.call("GET", "theatre/acts", "").await;
        assert_eq!(after.each("acts").count(), 1, "{after}");
        assert_eq!(after.each("known").count(), 0, "{after}");
    }

    #[tokio::test]
    async fn two_that_stand_where_something_is_lacking_still_change_places() {
        let house = house().await;
        let (_, a) = house.book(1, 1, "2026-11-23T08:00").await;
        let (_, b) = house.book(3, 1, "2026-11-23T10:00").await;
        house.hub.create(&definition("laminar")).await;
        let (a, b) = (a.get_str("id").unwrap(), b.get_str("id").unwrap());
        let body = format!(r#"{{"a":{{"id":"{a}","version":1}},"b":{{"id":"{b}","version":1}}}}"#);
        let (status, told) = house.call("POST", "theatre/swap", &body).await;
        assert_eq!(status, 200, "{told}");
    }

    #[tokio::test]
    async fn an_act_without_its_system_is_asked_of_plain_fhir_too() {
        let house = house().await;
        house.hub.create(&definition("laminar").replace(r#""system":"urn:ccam","#, "")).await;
        let appointment = r#"{"resourceType":"Appointment","status":"booked","start":"2026-11-23T08:00:00Z","end":"2026-11-23T09:00:00Z",
            "serviceCategory":[{"coding":[{"system":"urn:medhub:appointment-kind","code":"theatre"}]}],"basedOn":[{"reference":"ServiceRequest/c1"}],
            "participant":[{"actor":{"reference":"Location/r1"},"status":"accepted"}]}"#;
        let refused = house.hub.refusal(appointment).await;
        assert!(refused.contains("laminar"), "{refused}");
    }
}
