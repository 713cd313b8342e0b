//! A photo from the agreement to its end.

use crate::Records;
use service::testing::TestHub;
use std::sync::Arc;
use store::{Error, Role};

const PHOTO: &str = r#"{"data":"/9j/4AAQSkZJRg=="}"#;

async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(Records)]).await;
    hub.create(r#"{"resourceType":"Patient","id":"p","active":true}"#).await;
    hub
}

async fn send(hub: &TestHub, method: &str, body: &str) -> Result<(), &'static str> {
    let desk = hub.ctx(&[Role::Secretary]);
    match hub.call(&Records, desk, method, "patients/p/photo", body).await {
        Ok(reply) => {
            assert_eq!(reply.status, 204);
            Ok(())
        }
        Err(Error::Refused(issues)) => Err(issues[0].text.key),
        Err(other) => panic!("{other}"),
    }
}

async fn decide(hub: &TestHub, decision: &str) {
    let body = format!(r#"{{"kind":"photo","decision":"{decision}","method":"oral"}}"#);
    hub.ask(&Records, hub.ctx(&[Role::Secretary]), "PUT", "patients/p/consent", &body).await;
    hub.drain().await;
}

async fn shown(hub: &TestHub) -> bool {
    hub.get("Patient/p").await.get("photo").is_some()
}

#[tokio::test]
async fn a_photo_stands_as_long_as_the_patient_agrees() {
    let hub = hub().await;
    assert_eq!(send(&hub, "PUT", PHOTO).await, Err("photo.no-consent"));
    decide(&hub, "deny").await;
    assert_eq!(send(&hub, "PUT", PHOTO).await, Err("photo.no-consent"));
    decide(&hub, "permit").await;
    send(&hub, "PUT", PHOTO).await.unwrap();
    assert!(shown(&hub).await);
    decide(&hub, "withdraw").await;
    assert!(!shown(&hub).await);
    assert_eq!(send(&hub, "PUT", PHOTO).await, Err("photo.no-consent"));
    decide(&hub, "permit").await;
    send(&hub, "PUT", PHOTO).await.unwrap();
    send(&hub, "DELETE", "").await.unwrap();
    assert!(!shown(&hub).await);
}

#[tokio::test]
async fn only_one_small_jpeg_is_taken() {
    let hub = hub().await;
    decide(&hub, "permit").await;
    assert_eq!(send(&hub, "PUT", r#"{"data":"iVBORw0KGgo="}"#).await, Err("photo.shape"));
    let long = format!(r#"{{"data":"/9j/{}"}}"#, "A".repeat(64_000));
    assert_eq!(send(&hub, "PUT", &long).await, Err("form.not-text"));
    for photo in [
        r#"{"contentType":"image/jpeg","url":"https://elsewhere.example/p.jpg"}"#,
        r#"{"contentType":"image/jpeg","data":"/9j/"},{"contentType":"image/jpeg","data":"/9j/"}"#,
    ] {
        let body = format!(r#"{{"resourceType":"Patient","id":"p","photo":[{photo}]}}"#);
        assert!(hub.refusal(&body).await.contains("JPEG"), "{photo}");
    }
}
