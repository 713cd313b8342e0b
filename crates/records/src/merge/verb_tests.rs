//! Merging and parting records as the desk does it.

use crate::Records;
use service::testing::TestHub;
use std::sync::Arc;
use store::{Error, Role};

#[tokio::test]
async fn a_merge_is_undone_wholly() {
    let hub = TestHub::new(vec![Arc::new(Records)]).await;
    for id in ["a", "b"] {
        hub.create(&format!(r#"{{"resourceType":"Patient","id":"{id}","active":true}}"#)).await;
    }
    let before = (hub.get("Patient/a").await, hub.get("Patient/b").await);
    let desk = || hub.ctx(&[Role::MedicalAdmin]);
    let counted = hub.ask(&Records, desk(), "GET", "patients/a/merge?into=b", "").await;
    assert!(counted.get("from").is_some_and(|f| f.get("counts").is_some()), "{counted:?}");
    hub.ask(&Records, desk(), "POST", "patients/a/merge", r#"{"into":"b"}"#).await;
    hub.drain().await;
    assert_eq!(hub.get("Patient/a").await.get("active").and_then(|a| a.as_bool()), Some(false));
    assert_eq!(hub.get("Patient/b").await.each("link").next().unwrap().get_str("type"), Some("replaces"));
    let refused = async |path: &str, body: &str| match hub.call(&Records, desk(), "POST", path, body).await {
        Err(Error::Refused(issues)) => issues[0].text.key,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused("patients/a/merge", r#"{"into":"b"}"#).await, "merge.over");
    assert_eq!(refused("patients/b/merge", r#"{"into":"a"}"#).await, "merge.over");
    assert_eq!(refused("patients/b/merge", r#"{"into":"b"}"#).await, "merge.self");
    hub.ask(&Records, desk(), "POST", "patients/a/unmerge", "{}").await;
    hub.drain().await;
    let after = (hub.get("Patient/a").await, hub.get("Patient/b").await);
    for (mut was, mut is) in [(before.0, after.0), (before.1, after.1)] {
        for patient in [&mut was, &mut is] {
            patient.as_object_mut().unwrap().remove("meta");
        }
        assert_eq!(was.to_vec(), is.to_vec());
    }
    assert_eq!(refused("patients/a/unmerge", "{}").await, "merge.none");
}
