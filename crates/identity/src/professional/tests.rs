//! The directory, through the verbs and the rules.

use crate::{Identity, Parts};
use fhir::Json;
use service::testing::TestHub;
use std::sync::Arc;
use store::{Ctx, Error, Role};

fn identity() -> Identity {
    Identity::new(Parts::default())
}

async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(identity())]).await;
    hub.create(r#"{"resourceType":"Organization","id":"site1","name":"Site 1"}"#).await;
    hub.create(r#"{"resourceType":"Organization","id":"site2","name":"Site 2"}"#).await;
    hub
}

fn admin(hub: &TestHub) -> Ctx {
    hub.ctx(&[Role::MedicalAdmin])
}

async fn post(hub: &TestHub, path: &str, body: &str) -> Json<'static> {
    hub.ask(&identity(), admin(hub), "POST", path, body).await
}

const DR: &str = r#"{"family":"Exemple","given":"Anne","prefix":"Dr","rpps":"10001234565","organization":"Organization/site1","specialties":["SM08"],"profession":"10","qualifications":[{"text":"DES de chirurgie","issuer":"Université de Lyon","start":"2010-01-01","end":"2025-12-31"}]}"#;

#[tokio::test]
async fn a_professional_works_at_several_facilities() {
    let hub = hub().await;
    let made = post(&hub, "medical-professionals", DR).await;
    assert_eq!((made.get_str("name"), made.each("warnings").count()), (Some("Dr Anne Exemple"), 0));
    let person = format!("Practitioner/{}", made.get_str("id").unwrap());
    let second = format!(
        r#"{{"practitioner":"{person}","organization":"Organization/site2","specialties":["SM08"],"start":"2026-01-01","end":"2026-06-30"}}"#
    );
    // The role is over by today.
    assert_eq!(post(&hub, "providers", &second).await.get("active"), Some(&Json::Bool(false)));
    let read = hub.ask(&identity(), admin(&hub), "GET", "medical-professionals/10001234565", "").await;
    assert_eq!(read.each("roles").count(), 2);
    let diploma = read.each("qualifications").next().unwrap();
    assert_eq!(
        (diploma.get_str("text"), diploma.get("valid")),
        (Some("DES de chirurgie"), Some(&Json::Bool(false)))
    );
    let at = hub.ask(&identity(), admin(&hub), "GET", "providers?organization=Organization/site1", "").await;
    let role = at.each("providers").next().unwrap();
    let label = role.each("specialties").next().unwrap().get_str("label");
    assert_eq!(
        (role.get_str("name"), label),
        (Some("Dr Anne Exemple"), Some("Chirurgie orthopédique et traumatologie"))
    );
}

#[tokio::test]
async fn numbers_are_checked_gently_and_unique() {
    let hub = hub().await;
    post(&hub, "medical-professionals", DR).await;
    let twice = hub.call(&identity(), admin(&hub), "POST", "medical-professionals", DR).await;
    assert!(matches!(twice, Err(Error::Refused(i)) if i[0].text.key == "professional.rpps-taken"));
    // A number that fails the check is taken with a warning, as is an unknown specialty.
    let odd = DR.replace("10001234565", "10001766123").replace("SM08", "SM99");
    let made = post(&hub, "medical-professionals", &odd).await;
    let keys: Vec<_> = made.each("warnings").filter_map(|w| w.get_str("code")).collect();
    assert_eq!(keys, ["professional.rpps-check", "professional.specialty-unknown"]);
    let short = DR.replace("10001234565", "123");
    assert!(hub.call(&identity(), admin(&hub), "POST", "medical-professionals", &short).await.is_err());
    let none = hub.call(&identity(), admin(&hub), "GET", "medical-professionals/10101010105", "").await;
    assert!(matches!(none, Err(Error::NotFound)));
}

#[tokio::test]
async fn credentials_are_replaced() {
    let hub = hub().await;
    let made = post(&hub, "medical-professionals", DR).await;
    let path = format!("medical-professionals/{}/credentials", made.get_str("id").unwrap());
    let body = r#"{"qualifications":[{"text":"DESC","start":"2020-01-01"}],"active":false}"#;
    let told = hub.ask(&identity(), admin(&hub), "PUT", &path, body).await;
    let valid = told.each("qualifications").next().unwrap().get("valid");
    assert_eq!((told.get("active"), valid), (Some(&Json::Bool(false)), Some(&Json::Bool(true))));
    let bad = r#"{"qualifications":[{"start":"hier"}]}"#;
    match hub.call(&identity(), admin(&hub), "PUT", &path, bad).await {
        Err(Error::Refused(issues)) => {
            assert_eq!(issues[0].expression.as_deref(), Some("qualifications[0].text"));
            assert_eq!(issues.len(), 2);
        }
        other => panic!("{other:?}"),
    }
    let clinician = hub.call(&identity(), hub.ctx(&[Role::Clinician]), "PUT", &path, body).await;
    assert!(matches!(clinician, Err(Error::Denied)));
}
