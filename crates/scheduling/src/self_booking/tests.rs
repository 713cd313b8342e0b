//! A patient with a link: the birth date, free times alone, one appointment, its limits; two who want one time.

use super::{PASS, TOKEN};
use crate::fixture::{House, house};
use bytes::Bytes;
use fhir::Json;
use service::{RouteCtx, RouteReply, RouteRequest, Service};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;
use store::{Actor, Ctx, Error, Result, Role};

const RULES: &str = r#"{"version":0,"rules":[{"type":"Suivi","minutes":30,"notice":24,"ahead":30,"open":1,"cancel":24},
    {"type":"Suivi","practitioner":"Practitioner/s2","known":true}]}"#;

/// What the page of a patient holds.
#[derive(Clone, Default)]
struct Page {
    token: String,
    pass: String,
}

impl Page {
    async fn ask(&self, house: &House, method: &str, path: &str, body: &str) -> Result<RouteReply> {
        self.send(house, method, path, body, &[(TOKEN, &self.token), (PASS, &self.pass)]).await
    }

    async fn send(
        &self,
        house: &House,
        method: &str,
        path: &str,
        body: &str,
        headers: &[(&str, &String)],
    ) -> Result<RouteReply> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let actor = Actor { roles: Vec::new(), ..(*house.hub.ctx(&[]).actor).clone() };
        let cx = RouteCtx {
            hub: house.hub.hub.clone(),
            tenant: house.hub.tenant.clone(),
            ctx: Ctx { actor: Arc::new(actor), ..house.ctx() },
            caller: None,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            base: String::new(),
        };
        let request = RouteRequest {
            query: query.split('&').filter_map(|p| p.split_once('=')).map(pair).collect(),
            headers: headers.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect(),
            body: Bytes::from(body.to_string()),
            ..RouteRequest::default()
        };
        let routes = house.service.routes();
        let route = routes.iter().find(|r| r.method.as_str() == method && r.path == path).unwrap();
        route.handler.handle(cx, request).await
    }

    /// Status and answer, a refusal as its key.
    async fn call(&self, house: &House, method: &str, path: &str, body: &str) -> (u16, Json<'static>) {
        match self.ask(house, method, path, body).await {
            Ok(reply) => (reply.status, fhir::json::parse(&reply.body).unwrap().into_owned()),
            Err(Error::Refused(issues)) => (0, Json::string(issues[0].text.key)),
            Err(Error::NotFound) => (404, Json::Null),
            Err(Error::VersionConflict { .. }) => (412, Json::Null),
            Err(Error::InWrite { error, .. }) => panic!("{error:?}"),
            Err(other) => panic!("{other}"),
        }
    }

    async fn open(house: &House, patient: usize) -> Page {
        let mut page = Page { token: invite(house, patient, "s1").await, ..Page::default() };
        let birth = format!(r#"{{"birthDate":"1960-01-0{patient}"}}"#);
        let (status, told) = page.call(house, "POST", "booking/open", &birth).await;
        assert_eq!(status, 200, "{told}");
        page.pass = told.get_str("pass").unwrap().to_string();
        page
    }
}

fn pair((name, value): (&str, &str)) -> (String, String) {
    (name.to_string(), value.to_string())
}

async fn invite(house: &House, patient: usize, who: &str) -> String {
    let body = format!(r#"{{"patient":"p{patient}","type":"Suivi","practitioner":"Practitioner/{who}"}}"#);
    let (status, made) = house.call("POST", "agenda/invitations", &body).await;
    assert_eq!(status, 201, "{made}");
    made.get_str("token").unwrap().to_string()
}

async fn ruled() -> House {
    let house = house().await;
    let (status, told) = house.call("PUT", "agenda/self-booking", RULES).await;
    assert_eq!(status, 200, "{told}");
    house
}

#[tokio::test]
async fn a_patient_books_moves_and_cancels_one_appointment() {
    let house = ruled().await;
    let page = Page::open(&house, 1).await;
    let (_, slots) = page.call(&house, "GET", "booking/slots?from=2026-11-25", "").await;
    assert_eq!(slots.each("slots").next().unwrap().get_str("start"), Some("2026-11-25T07:00:00.000Z"));
    let (status, told) = page.call(&house, "POST", "booking", r#"{"start":"2026-11-25T09:00"}"#).await;
    assert_eq!(status, 201, "{told}");
    let again = page.call(&house, "POST", "booking", r#"{"start":"2026-11-26T09:00"}"#).await;
    assert_eq!(again.1.as_str(), Some("scheduling.self-already"));
    let version = |told: &Json<'_>| {
        let shown = told.get("appointment").and_then(|a| a.get("version")).unwrap();
        shown.as_number().unwrap().parse::<u64>().unwrap()
    };
    let body = format!(r#"{{"version":{},"start":"2026-11-26T10:00"}}"#, version(&told));
    assert_eq!(page.call(&house, "PUT", "booking", &body.replace(":1,", ":7,")).await.0, 412);
    let (status, told) = page.call(&house, "PUT", "booking", &body).await;
    let start = told.get("appointment").and_then(|a| a.get_str("start"));
    assert_eq!((status, start), (200, Some("2026-11-26T09:00:00.000Z")), "{told}");
    // The desk sees it in the agenda, as any other.
    let (_, agenda) = house.call("GET", "appointments?from=2026-11-26&to=2026-11-26", "").await;
    let one = agenda.each("appointments").next().unwrap();
    assert_eq!((one.get_str("type"), one.get_str("status")), (Some("Suivi"), Some("booked")));
    let body = format!(r#"{{"version":{}}}"#, version(&told));
    let (status, told) = page.call(&house, "POST", "booking/cancel", &body).await;
    assert_eq!((status, told.get("appointment")), (200, Some(&Json::Null)), "{told}");
    // And takes one again: it is the same appointment.
    let (status, told) = page.call(&house, "POST", "booking", r#"{"start":"2026-11-27T09:00"}"#).await;
    assert_eq!((status, version(&told)), (201, 4), "{told}");
    house.nothing_is_taken_twice().await;
}

#[tokio::test]
async fn a_link_shows_nothing_of_others() {
    let house = ruled().await;
    assert_eq!(house.book(1, 1, "2026-11-25T08:00").await.0, 201);
    let page = Page::open(&house, 3).await;
    let (_, slots) = page.call(&house, "GET", "booking/slots?from=2026-11-25", "").await;
    let starts: Vec<&str> = slots.each("slots").filter_map(|s| s.get_str("start")).collect();
    assert!(!starts.contains(&"2026-11-25T07:00:00.000Z") && starts.contains(&"2026-11-25T08:00:00.000Z"));
    let (_, taken) = page.call(&house, "POST", "booking", r#"{"start":"2026-11-25T08:30"}"#).await;
    assert_eq!(taken.as_str(), Some("scheduling.self-taken"));
    let (_, visit) = page.call(&house, "GET", "booking", "").await;
    for secret in ["Exemple", "BLOC", "Prothèse", "Patient/", "1960"] {
        let words = format!("{slots}{visit}{taken}");
        assert!(!words.contains(secret), "{secret} in {words}");
    }
}

#[tokio::test]
async fn a_birth_date_is_guessed_five_times_at_most() {
    let house = ruled().await;
    let page = Page { token: invite(&house, 1, "s1").await, pass: "0".repeat(64) };
    assert_eq!(page.call(&house, "GET", "booking", "").await.1.as_str(), Some("scheduling.self-ask-date"));
    for n in 1..=5 {
        let told = page.call(&house, "POST", "booking/open", r#"{"birthDate":"1970-01-01"}"#).await.1;
        let key = if n == 5 { "scheduling.self-locked" } else { "scheduling.self-wrong-date" };
        assert_eq!(told.as_str(), Some(key));
    }
    let right = page.call(&house, "POST", "booking/open", r#"{"birthDate":"1960-01-01"}"#).await.1;
    assert_eq!(right.as_str(), Some("scheduling.self-locked"), "the right one is too late");
    let (_, list) = house.call("GET", "agenda/invitations?patient=p1", "").await;
    let one = list.each("invitations").next().unwrap();
    assert_eq!(one.get_str("state"), Some("locked"));
    assert!(!list.to_string().contains(&page.token), "a secret is told once");
    let id = one.get_str("id").unwrap();
    assert_eq!(house.call("DELETE", &format!("agenda/invitations/{id}"), "").await.0, 204);
    let (_, list) = house.call("GET", "agenda/invitations?patient=p1", "").await;
    assert_eq!(list.each("invitations").count(), 0, "{list}");
    assert_eq!(house.call("DELETE", &format!("agenda/invitations/{id}"), "").await.0, 404);
    let gone = page.call(&house, "POST", "booking/open", r#"{"birthDate":"1960-01-01"}"#).await.1;
    assert_eq!(gone.as_str(), Some("scheduling.self-withdrawn"));
}

#[tokio::test]
async fn each_state_of_a_link_is_told_to_whoever_has_its_secret_alone() {
    let house = ruled().await;
    let said = async |page: &Page| {
        let (status, told) = page.call(&house, "GET", "booking", "").await;
        (status, told.as_str().unwrap_or_default().to_string())
    };
    let state = |key: &str| (0, format!("scheduling.self-{key}"));
    let whole = invite(&house, 1, "s1").await;
    let page = |token: &str| Page { token: token.to_string(), ..Page::default() };
    assert_eq!(said(&page(&whole)).await, state("ask-date"));
    // One that was cut is not told from one that never was, nor from a longer one.
    for token in [&whole[..63], &whole[..10], "", &"0".repeat(64), &format!("{whole}0")] {
        assert_eq!(said(&page(token)).await, state("unknown"), "{token}");
    }
    let bare = async |headers: &[(&str, &String)]| page("").send(&house, "GET", "booking", "", headers).await;
    assert!(matches!(bare(&[]).await, Err(Error::Denied)));
    let asks = bare(&[(TOKEN, &whole)]).await.unwrap();
    assert_eq!(&asks.body[..], br#"{"asks":"birthDate"}"#, "nothing else before the birth date");
    let (_, list) = house.call("GET", "agenda/invitations?patient=p1", "").await;
    let id = list.each("invitations").next().unwrap().get_str("id").unwrap().to_string();
    assert_eq!(house.call("DELETE", &format!("agenda/invitations/{id}"), "").await.0, 204);
    assert_eq!(said(&page(&whole)).await, state("withdrawn"));
    let short = invite(&house, 2, "s1").await;
    house.hub.clock.advance(Duration::from_secs(15 * 24 * 3600));
    assert_eq!(said(&page(&short)).await, state("expired"));
}

/// The appointment of a link is behind: opening the link again must not write over it.
#[tokio::test]
async fn a_visit_that_was_is_not_written_over() {
    let house = ruled().await;
    let mut page = Page::open(&house, 1).await;
    assert_eq!(page.call(&house, "POST", "booking", r#"{"start":"2026-11-25T09:00"}"#).await.0, 201);
    house.hub.clock.advance(Duration::from_secs(4 * 24 * 3600));
    for (method, path, body) in [
        ("GET", "booking", ""),
        ("POST", "booking/open", r#"{"birthDate":"1960-01-01"}"#),
        ("POST", "booking", r#"{"start":"2026-12-02T09:00"}"#),
    ] {
        let told = page.call(&house, method, path, body).await.1;
        assert_eq!(told.as_str(), Some("scheduling.self-used"), "{method} {path}");
    }
    let (_, list) = house.call("GET", "agenda/invitations?patient=p1", "").await;
    assert_eq!(list.each("invitations").next().unwrap().get_str("state"), Some("used"));
    // Nor one that the patient missed, which the plan does not know.
    page = Page::open(&house, 2).await;
    assert_eq!(page.call(&house, "POST", "booking", r#"{"start":"2026-12-02T09:00"}"#).await.0, 201);
    let (_, list) = house.call("GET", "agenda/invitations?patient=p2", "").await;
    let id = list.each("invitations").next().unwrap().get_str("id").unwrap().to_string();
    let stored = house.hub.get(&format!("Appointment/{id}")).await.to_string();
    house.hub.create(&stored.replace(r#""status":"booked""#, r#""status":"noshow""#)).await;
    let told = page.call(&house, "POST", "booking", r#"{"start":"2026-12-03T09:00"}"#).await.1;
    assert_eq!(told.as_str(), Some("scheduling.self-used"));
}

#[tokio::test]
async fn a_patient_is_told_where_to_come_and_what_to_bring() {
    let house = ruled().await;
    let rules = RULES.replace(r#""version":0"#, r#""version":1"#);
    let rules =
        rules.replace(r#""cancel":24}"#, r#""cancel":24,"bring":{"fr":"Carte Vitale","de":"Ausweis"}}"#);
    assert_eq!(house.call("PUT", "agenda/self-booking", &rules).await.0, 200);
    let page = Page::open(&house, 1).await;
    let (_, told) = page.call(&house, "POST", "booking", r#"{"start":"2026-11-25T09:00"}"#).await;
    let bring = told.get("bring").unwrap();
    assert_eq!(
        (bring.get_str("fr"), bring.get_str("en"), bring.get_str("de")),
        (Some("Carte Vitale"), None, Some("Ausweis"))
    );
    // The site of the professional's organisation; nothing is known of its address.
    let place = told.get("place").unwrap();
    assert_eq!((place.get_str("name"), place.get_str("part")), (Some("Clinique"), None), "{told}");
    // Where the professional holds consultations, with what the site and its organisation say of themselves.
    for json in [
        r#"{"resourceType":"Location","id":"cs","name":"Consultations, 2e étage","partOf":{"reference":"Location/site"}}"#,
        r#"{"resourceType":"Organization","id":"o","name":"Clinique","telecom":[{"system":"email","value":"a@example.org"},{"system":"phone","value":"+33 4 00 00 00 00"}],
            "address":[{"line":["12 allée des Cèdres"],"postalCode":"69003","city":"Lyon"}]}"#,
        r#"{"resourceType":"PractitionerRole","id":"role-s1","practitioner":{"reference":"Practitioner/s1"},"organization":{"reference":"Organization/o"},"location":[{"reference":"Location/cs"}]}"#,
    ] {
        house.hub.create(json).await;
    }
    let (_, told) = page.call(&house, "GET", "booking", "").await;
    let place = told.get("place").unwrap();
    let address: Vec<&str> = place.each("address").filter_map(|line| line.as_str()).collect();
    assert_eq!(place.get_str("part"), Some("Consultations, 2e étage"), "{told}");
    assert_eq!(address, ["12 allée des Cèdres", "69003 Lyon"]);
    assert_eq!(place.get_str("phone"), Some("+33 4 00 00 00 00"));
    // The same appointment in a calendar, whatever becomes of it.
    let uid = told.get_str("uid").unwrap().to_string();
    assert_eq!(uid.len(), 32);
    let (_, told) = page.call(&house, "PUT", "booking", r#"{"version":1,"start":"2026-11-26T09:00"}"#).await;
    assert_eq!(told.get_str("uid"), Some(uid.as_str()));
    // Two sites: a wrong address is worse than none.
    for json in [
        r#"{"resourceType":"Location","id":"other","name":"Ailleurs","physicalType":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/location-physical-type","code":"si"}]}}"#,
        r#"{"resourceType":"PractitionerRole","id":"role-s1","practitioner":{"reference":"Practitioner/s1"},"location":[{"reference":"Location/cs"},{"reference":"Location/other"}]}"#,
    ] {
        house.hub.create(json).await;
    }
    let (_, told) = page.call(&house, "GET", "booking", "").await;
    assert_eq!(told.get("place"), Some(&Json::Null));
}

#[tokio::test]
async fn of_two_who_want_one_time_one_gets_it_and_a_patient_has_no_more_than_the_rule_says() {
    let house = ruled().await;
    let (a, b) = (Page::open(&house, 1).await, Page::open(&house, 2).await);
    let body = r#"{"start":"2026-11-25T09:00"}"#;
    let (first, second) =
        tokio::join!(a.call(&house, "POST", "booking", body), b.call(&house, "POST", "booking", body));
    let mut status = [first.0, second.0];
    status.sort_unstable();
    assert_eq!(status, [0, 201], "{} {}", first.1, second.1);
    let (winner, patient) = if first.0 == 201 { (a, 1) } else { (b, 2) };
    let other = Page::open(&house, patient).await;
    let (_, told) = other.call(&house, "POST", "booking", r#"{"start":"2026-11-26T09:00"}"#).await;
    assert_eq!(told.as_str(), Some("scheduling.self-limit"));
    assert_eq!(winner.call(&house, "POST", "booking/cancel", r#"{"version":1}"#).await.0, 200);
    assert_eq!(other.call(&house, "POST", "booking", r#"{"start":"2026-11-26T09:00"}"#).await.0, 201);
    house.nothing_is_taken_twice().await;
}

#[tokio::test]
async fn the_rules_hold_to_the_end() {
    let house = ruled().await;
    let page = Page::open(&house, 1).await;
    // Too near, too far, a Sunday, the night, a crooked minute.
    for start in
        ["2026-11-22T10:00", "2027-02-01T09:00", "2026-11-29T09:00", "2026-11-25T05:00", "2026-11-25T09:03"]
    {
        let body = format!(r#"{{"start":"{start}"}}"#);
        let (_, told) = page.call(&house, "POST", "booking", &body).await;
        assert_eq!(told.as_str(), Some("scheduling.self-outside"), "{start}");
    }
    assert_eq!(page.call(&house, "POST", "booking", r#"{"start":"2026-11-25T09:00"}"#).await.0, 201);
    // Less than a day before, it is too late; the page must be opened anew by then.
    house.hub.clock.advance(Duration::from_secs(3600));
    let closed = page.call(&house, "GET", "booking", "").await.1;
    assert_eq!(closed.as_str(), Some("scheduling.self-ask-date"));
    house.hub.clock.advance(Duration::from_secs(48 * 3600));
    let mut page = page;
    let (_, told) = page.call(&house, "POST", "booking/open", r#"{"birthDate":"1960-01-01"}"#).await;
    page.pass = told.get_str("pass").unwrap().to_string();
    assert!(told.to_string().contains(r#""can":false"#), "{told}");
    let (_, late) = page.call(&house, "POST", "booking/cancel", r#"{"version":1}"#).await;
    assert_eq!(late.as_str(), Some("scheduling.self-too-late"));
    let unknown = r#"{"patient":"p1","type":"Suivi","practitioner":"Practitioner/s2"}"#;
    let (_, told) = house.call("POST", "agenda/invitations", unknown).await;
    assert_eq!(told.as_str(), Some("scheduling.self-not-known"));
    let other = r#"{"patient":"p1","type":"Autre","practitioner":"Practitioner/s1"}"#;
    let (_, told) = house.call("POST", "agenda/invitations", other).await;
    assert_eq!(told.as_str(), Some("scheduling.self-not-offered"));
}

#[tokio::test]
async fn nobody_overwrites_the_rules_of_another() {
    let house = ruled().await;
    assert_eq!(house.call("PUT", "agenda/self-booking", RULES).await.0, 412);
    let (_, told) = house.call("GET", "agenda/self-booking", "").await;
    assert_eq!((told.get("version").unwrap().to_string().as_str(), told.each("rules").count()), ("1", 2));
    let twice = r#"{"version":1,"rules":[{"type":"Suivi"},{"type":"Suivi"}]}"#;
    let (_, wrong) = house.call("PUT", "agenda/self-booking", twice).await;
    assert_eq!(wrong.as_str(), Some("scheduling.self-rule-twice"));
    let nurse = house.hub.ctx(&[Role::Nurse]);
    let asked = house.hub.call(&*house.service, nurse, "PUT", "agenda/self-booking", RULES).await;
    assert!(matches!(asked, Err(Error::Denied)));
}
