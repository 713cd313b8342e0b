//! A small theatre for tests: two rooms, two surgeons, two anaesthetists, a nurse, one microscope, four cases.
//! All of it is about Monday 2026-11-23; the clock of tests stands at the Sunday before it.

use crate::Scheduling;
use fhir::Json;
use service::testing::{AllCare, TestHub};
use std::sync::Arc;
use store::{Ctx, Role};

pub struct House {
    pub hub: TestHub,
    pub service: Arc<Scheduling>,
}

pub async fn house() -> House {
    let service = Arc::new(Scheduling::default());
    let hub = TestHub::new(vec![service.clone()]).await;
    hub.hub.ties_set(Arc::new(AllCare));
    for json in places() {
        hub.create(&json).await;
    }
    for n in 1..=4 {
        hub.create(&format!(r#"{{"resourceType":"Patient","id":"p{n}","name":[{{"family":"Exemple","given":["N{n}"]}}],"birthDate":"1960-01-0{n}"}}"#)).await;
        let surgeon = if n % 2 == 1 { "s1" } else { "s2" };
        hub.create(&case(n, surgeon, "left", "")).await;
    }
    House { hub, service }
}

pub fn case(n: usize, surgeon: &str, side: &str, more: &str) -> String {
    let code = if side == "left" { "7771000" } else { "24028007" };
    format!(
        r#"{{"resourceType":"ServiceRequest","id":"c{n}","status":"active","intent":"order","identifier":[{{"system":"urn:medhub:case","value":"BLOC-{n}"}}],
        "category":[{{"coding":[{{"system":"http://snomed.info/sct","code":"387713003"}}]}}],
        "code":{{"coding":[{{"system":"urn:ccam","code":"NEKA020","display":"Prothèse"}}],"text":"Prothèse"}},"subject":{{"reference":"Patient/p{n}"}},
        "bodySite":[{{"coding":[{{"system":"http://snomed.info/sct","code":"{code}"}}]}}],"performer":[{{"reference":"Practitioner/{surgeon}"}}],
        "authoredOn":"2026-11-01","occurrencePeriod":{{"start":"2026-11-01","end":"2026-12-0{n}"}},
        "extension":[{{"url":"urn:medhub:case:minutes","valueUnsignedInt":60}},{{"url":"urn:medhub:case:cleaning","valueUnsignedInt":20}}{more}]}}"#
    )
}

fn places() -> Vec<String> {
    let physical = |code: &str| {
        format!(
            r#""physicalType":{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/location-physical-type","code":"{code}"}}]}}"#
        )
    };
    let mut all = vec![
        r#"{"resourceType":"Organization","id":"o","name":"Clinique"}"#.to_string(),
        format!(r#"{{"resourceType":"Location","id":"site","name":"Clinique","managingOrganization":{{"reference":"Organization/o"}},{}}}"#, physical("si")),
        r#"{"resourceType":"Device","id":"scope","status":"active","deviceName":[{"name":"Microscope","type":"user-friendly-name"}],"extension":[{"url":"urn:medhub:turnaround","valueUnsignedInt":60}]}"#.to_string(),
    ];
    for n in 1..=2 {
        all.push(format!(r#"{{"resourceType":"Location","id":"r{n}","name":"Salle {n}","alias":["S{n}"],"partOf":{{"reference":"Location/site"}},{}}}"#, physical("ro")));
    }
    for (id, specialty, profession) in [
        ("s1", "SM14", "10"),
        ("s2", "SM14", "10"),
        ("a1", "SM02", "10"),
        ("a2", "SM02", "10"),
        ("n1", "SI06", "60"),
    ] {
        let label = if specialty == "SM14" { "Chirurgie viscérale" } else { "Autre" };
        all.push(format!(r#"{{"resourceType":"Practitioner","id":"{id}","name":[{{"text":"Dr {id}"}}]}}"#));
        all.push(format!(
            r#"{{"resourceType":"PractitionerRole","id":"role-{id}","practitioner":{{"reference":"Practitioner/{id}"}},"organization":{{"reference":"Organization/o"}},
            "code":[{{"coding":[{{"system":"urn:p","code":"{profession}"}}]}}],"specialty":[{{"coding":[{{"system":"urn:s","code":"{specialty}"}}],"text":"{label}"}}]}}"#
        ));
    }
    all
}

impl House {
    pub fn ctx(&self) -> Ctx {
        self.hub.ctx(&[Role::Clinician, Role::MedicalAdmin])
    }

    /// Status and body of the answer.
    pub async fn call(&self, method: &str, path: &str, body: &str) -> (u16, Json<'static>) {
        match self.hub.call(&*self.service, self.ctx(), method, path, body).await {
            Ok(reply) => {
                let json = fhir::json::parse(&reply.body).map_or(Json::Null, Json::into_owned);
                (reply.status, json)
            }
            Err(store::Error::Refused(issues)) => (422, Json::string(issues[0].text.key)),
            Err(store::Error::VersionConflict { .. }) => (412, Json::Null),
            Err(store::Error::Denied) => (403, Json::Null),
            Err(store::Error::NotFound) => (404, Json::Null),
            Err(other) => panic!("{other}"),
        }
    }

    pub async fn book(&self, case: usize, room: usize, start: &str) -> (u16, Json<'static>) {
        let body =
            format!(r#"{{"case":"ServiceRequest/c{case}","room":"Location/r{room}","start":"{start}"}}"#);
        self.call("POST", "theatre/bookings", &body).await
    }

    /// Every resource is held once at a time, by the check itself.
    pub async fn nothing_is_taken_twice(&self) {
        let (_, board) = self.call("GET", "theatre/board?from=2026-11-20&to=2026-12-20", "").await;
        for booking in board.each("bookings") {
            let conflicts = booking.get("conflicts").map(Json::to_string);
            assert_eq!(conflicts.as_deref(), Some("[]"), "{booking}");
        }
    }
}
