//! The verbs of the records over HTTP: consent, registration, copy, requests, access list.

use crate::kit::{Ask, World, world};

fn admin<'w>(w: &'w World, method: &str, path: &str) -> Ask<'w> {
    w.ask(method, path).token(&w.admin)
}

const CONSENT: &str = "/api/v1/patients/p/consent";

#[tokio::test]
async fn consent_is_given_read_and_withdrawn() {
    let w = world().await;
    let made =
        admin(&w, "PUT", "/fhir/Patient/p").json(r#"{"resourceType":"Patient","id":"p"}"#).send().await;
    assert_eq!(made.status, 201);
    let permit = r#"{"kind":"research","decision":"permit","method":"written"}"#;
    let given = admin(&w, "PUT", CONSENT).json(permit).send().await;
    assert_eq!(given.status, 200, "{}", String::from_utf8_lossy(&given.body));
    let withdraw = r#"{"kind":"research","decision":"withdraw","method":"oral"}"#;
    assert_eq!(admin(&w, "PUT", CONSENT).json(withdraw).send().await.status, 200);
    let again = admin(&w, "PUT", CONSENT).json(withdraw).send().await;
    assert_eq!((again.status, again.json().get_str("code")), (422, Some("consent.nothing-to-withdraw")));
    let history = admin(&w, "GET", "/api/v1/patients/p/consent-history").send().await;
    assert_eq!(history.json().each("history").count(), 2);
    let texts = admin(&w, "GET", "/api/v1/consent-texts/").header("accept-language", "de").send().await;
    assert!(String::from_utf8_lossy(&texts.body).contains("Videosprechstunde"));
    // Another tenant has no such patient; an auditor reads no consents.
    assert_eq!(w.ask("GET", CONSENT).token(&w.bruno).send().await.status, 404);
    assert_eq!(w.ask("GET", CONSENT).token(&w.auditor).send().await.status, 403);
}

#[tokio::test]
async fn a_patient_is_registered_once() {
    let w = world().await;
    let ada = r#"{"name":[{"family":"Exemple","given":["Ada"]}],"birthDate":"1961-03-12","gender":"female"}"#;
    let made = admin(&w, "POST", "/api/v1/patients/register").json(ada).send().await;
    assert_eq!(made.status, 201, "{}", String::from_utf8_lossy(&made.body));
    let again = admin(&w, "POST", "/api/v1/patients/register").json(ada).send().await;
    assert_eq!((again.status, again.header("content-type")), (409, "application/problem+json"));
    let json = again.json();
    let candidate = json.each("candidates").next().unwrap();
    assert_eq!(candidate.get_str("id"), Some(made.id().as_str()));
    let wrong = admin(&w, "POST", "/api/v1/patients/register").json("{}").send().await;
    assert_eq!((wrong.status, wrong.json().each("errors").count()), (422, 4));
}

#[tokio::test]
async fn a_copy_is_taken_and_shows_in_the_access_list() {
    let w = world().await;
    let made =
        admin(&w, "PUT", "/fhir/Patient/p").json(r#"{"resourceType":"Patient","id":"p"}"#).send().await;
    assert_eq!(made.status, 201);
    let copy = admin(&w, "POST", "/api/v1/patients/p/copy").send().await;
    assert_eq!((copy.status, copy.header("content-type")), (200, "application/fhir+json"));
    assert_eq!(copy.json().each("entry").count(), 1);
    let asked = r#"{"kind":"erasure","text":"Effacez"}"#;
    let refused = admin(&w, "POST", "/api/v1/patients/p/data-requests").json(asked).send().await;
    assert_eq!((refused.status, refused.json().get_str("state")), (201, Some("refused")));
    let list = "/api/v1/patients/p/access-list";
    assert_eq!(admin(&w, "GET", list).send().await.status, 403);
    let told = w.ask("GET", list).token(&w.auditor).send().await;
    assert_eq!(told.status, 200);
    let json = told.json();
    let copied = json.each("accesses").find(|a| a.get_str("action") == Some("copy")).unwrap();
    assert_eq!((copied.get_str("user"), copied.get_str("role")), (Some("admin"), Some("medical_admin")));
}
