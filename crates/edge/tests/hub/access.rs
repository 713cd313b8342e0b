//! Who can open a record and why, and the proof of an audit event, over HTTP.

use crate::kit::{World, world};
use crate::signed_in::{Browser, list, member, text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ledger::{Checkpoint, Verifier, inclusion_verify, leaf_hash};

fn with<'w>(w: &'w World, token: &str) -> Browser<'w> {
    Browser { headers: vec![("authorization", format!("Bearer {token}"))], ..Browser::new(w) }
}

#[tokio::test]
async fn only_those_who_control_access_are_told_who_may_and_why() {
    let w = world().await;
    w.patient("p", "").await;
    let claire = w.hub.account("alpha", "claire").await.unwrap().unwrap().id;
    let asked = format!(r#"{{"account":"{claire}","patient":"p","verb":"read","group":"identity"}}"#);
    for (method, path, body) in [
        ("GET", "access/policies", ""),
        ("GET", "access/who?patient=p", ""),
        ("POST", "access/explain", asked.as_str()),
    ] {
        assert_eq!(with(&w, &w.claire).call(method, path, body).await.status, 403, "{path}");
        assert_eq!(Browser::new(&w).call(method, path, body).await.status, 401, "{path}");
        assert_eq!(with(&w, &w.admin).call(method, path, body).await.status, 200, "{path}");
    }
    let mut admin = with(&w, &w.admin);
    let explained = admin.post("access/explain", &asked).await;
    let json = explained.json();
    assert_eq!(json.get("allowed").and_then(fhir::Json::as_bool), Some(true), "{}", text(&explained));
    assert!(json.each("reasons").count() > 0);
    let may: Vec<String> = {
        let page = admin.get("access/who?patient=Patient/p").await;
        page.json().each("accounts").filter_map(|a| a.get_str("user").map(str::to_string)).collect()
    };
    assert!(may.contains(&"claire".to_string()), "{may:?}");
    for (body, status) in [
        (asked.replace("identity", "everything"), 422),
        (asked.replace("\"p\"", "\"nobody\""), 404),
        (asked.replace(&claire.to_string(), "00000000-0000-0000-0000-000000000000"), 404),
    ] {
        assert_eq!(admin.post("access/explain", &body).await.status, status, "{body}");
    }
    assert!(
        list(&with(&w, &w.claire).get("access/mine?patient=p").await.json(), "groups")
            .contains(&"identity".to_string())
    );
    assert_eq!(admin.get("access/who").await.status, 422);
    assert_eq!(admin.get("access/who?patient=nobody").await.status, 404);
}

#[tokio::test]
async fn an_audit_event_is_proved_to_be_in_the_signed_log() {
    let w = world().await;
    w.patient("p", "").await;
    assert_eq!(w.get("/fhir/Patient/p").send().await.status, 200);
    let mut auditor = with(&w, &w.auditor);
    let page = w.ask("GET", "/t/alpha/fhir/AuditEvent?_count=3").token(&w.auditor).send().await;
    let id = page.entries("match").pop().unwrap().replace("AuditEvent/", "");
    let path = format!("audit/{id}/proof");
    let proof = auditor.get(&path).await;
    assert_eq!(proof.status, 200, "{}", text(&proof));
    let json = proof.json();
    let number = |name: &str| json.get(name).and_then(|v| v.as_number()).unwrap().parse::<u64>().unwrap();
    let (index, size) = (number("index"), number("size"));
    let entry = STANDARD.decode(member(&proof, "entry")).unwrap();
    let hashes: Vec<ledger::Hash> =
        list(&json, "hashes").iter().map(|h| STANDARD.decode(h).unwrap().try_into().unwrap()).collect();
    let verifier = Verifier::parse(&member(&proof, "verifier")).unwrap();
    let signed = Checkpoint::open(&member(&proof, "checkpoint"), &verifier).unwrap();
    assert_eq!(signed.size, size);
    assert!(inclusion_verify(&leaf_hash(&entry), index, size, &hashes, &signed.root));
    let mut other = entry.clone();
    other[0] ^= 1;
    assert!(!inclusion_verify(&leaf_hash(&other), index, size, &hashes, &signed.root));

    for token in [&w.admin, &w.claire] {
        assert_eq!(with(&w, token).get(&path).await.status, 403);
    }
    for unknown in ["audit/audit-999999/proof", "audit/x/proof"] {
        assert_eq!(auditor.get(unknown).await.status, 404, "{unknown}");
    }
}
