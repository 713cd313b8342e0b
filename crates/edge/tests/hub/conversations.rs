//! What is said among some people, by plain FHIR over HTTP: those who are named read it, nobody else does, by no way.

use crate::kit::{World, world};
use bytes::Bytes;
use fhir::ResourceType;
use store::{Ctx, Purpose, Role, Write};

const SECRET: &str = "apixaban";

/// Tokens of a surgeon who is named, of another, and of an administrator; the conversation about `p` is written.
pub(crate) async fn talk(w: &World) -> [String; 3] {
    let mut tokens = Vec::new();
    for (user, role) in [("ada", Role::Surgeon), ("cleo", Role::Surgeon), ("admin2", Role::MedicalAdmin)] {
        let person = format!("Practitioner/{user}");
        w.hub.account_create("alpha", user, &[role], Some(&person)).await.unwrap();
        tokens.push(w.hub.token_issue("alpha", user, Purpose::Treatment, 3600).await.unwrap());
    }
    w.patient("p", "").await;
    said(w, "talk-1", "", "conversation").await;
    said(w, "talk-message-1", r#","partOf":[{"reference":"Communication/talk-1"}]"#, "message").await;
    tokens.try_into().unwrap()
}

pub(crate) async fn said(w: &World, id: &str, more: &str, kind: &str) {
    let body = format!(
        r#"{{"resourceType":"Communication","id":"{id}","meta":{{"security":[{{"system":"urn:medhub:among","code":"Practitioner/ada"}},{{"system":"urn:medhub:among","code":"role/pharmacist"}}]}},"status":"completed","category":[{{"text":"{kind}"}}],"subject":{{"reference":"Patient/p"}},"payload":[{{"contentString":"{SECRET}"}}]{more}}}"#
    );
    let (rt, body) = (ResourceType::COMMUNICATION, Bytes::from(body));
    let write = Write::Update { rt, id: id.into(), body, if_match: None, if_none_match: false };
    w.hub.tenant("alpha").await.unwrap().commit(&Ctx::system("test"), vec![write]).await.unwrap();
}

const WAYS: [&str; 12] = [
    "/fhir/Communication/talk-1",
    "/fhir/Communication/talk-message-1",
    "/fhir/Communication/talk-message-1/_history",
    "/fhir/Communication/talk-message-1/_history/1",
    "/fhir/Communication/talk-message-1/$meta",
    "/fhir/Communication/_history",
    "/fhir/_history",
    "/fhir/Communication?patient=p&_include=Communication:part-of&_revinclude=Communication:part-of",
    "/fhir/Patient?_id=p&_revinclude=Communication:subject",
    "/fhir/Patient/p/Communication",
    "/fhir/Patient/p/$everything",
    "/fhir/Communication?_security=urn:medhub:among|Practitioner/ada&_total=accurate",
];

#[tokio::test]
async fn only_who_is_named_reads_what_is_said_among_some() {
    let w = world().await;
    let [ada, cleo, admin] = talk(&w).await;
    for path in WAYS {
        let reply = w.ask("GET", path).token(&ada).send().await;
        let body = String::from_utf8_lossy(&reply.body).into_owned();
        assert_eq!(reply.status, 200, "{path}: {body}");
        assert!(body.contains("talk-") || path.ends_with("$meta"), "who takes part reads {path}: {body}");
        for (who, token) in [
            ("a colleague", &cleo),
            ("an administrator", &admin),
            ("the auditor", &w.auditor),
            ("another clinic", &w.bruno),
        ] {
            let reply = w.ask("GET", path).token(token).send().await;
            let body = String::from_utf8_lossy(&reply.body).into_owned();
            let told =
                body.contains(SECRET) || body.contains(r#""id":"talk-"#) || body.contains("urn:medhub:among");
            let echoed = path.contains("urn:medhub:among")
                && !body.contains(SECRET)
                && !body.contains(r#""id":"talk-"#);
            assert!(!told || echoed, "{who} by {path}: {} {body}", reply.status);
            if path.contains("_total") && reply.status == 200 {
                assert!(body.contains(r#""total":0"#), "{who} learns how many: {body}");
            }
        }
    }
    // A team is named by its role.
    w.hub.account_create("alpha", "phil", &[Role::Pharmacist], Some("Practitioner/phil")).await.unwrap();
    let phil = w.hub.token_issue("alpha", "phil", Purpose::Treatment, 3600).await.unwrap();
    assert_eq!(w.ask("GET", WAYS[1]).token(&phil).send().await.status, 200);
}

#[tokio::test]
async fn nobody_writes_it_by_plain_fhir_not_even_who_is_named() {
    let w = world().await;
    let [ada, cleo, admin] = talk(&w).await;
    let path = "/fhir/Communication/talk-message-1";
    let body = format!(
        r#"{{"resourceType":"Communication","id":"talk-message-1","status":"completed","payload":[{{"contentString":"no {SECRET}"}}]}}"#
    );
    let labelled = r#"{"resourceType":"Communication","meta":{"security":[{"system":"urn:medhub:among","code":"Practitioner/cleo"}]},"status":"completed"}"#;
    let open = r#"{"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{"security":[{"system":"urn:medhub:among","code":"Practitioner/cleo"}]}}]}"#;
    let taken = open.replace("cleo", "ada");
    for (who, token) in [("who is named", &ada), ("a colleague", &cleo), ("an administrator", &admin)] {
        let ask = |method: &str, path: &str, body: &str| w.ask(method, path).token(token).json(body);
        for (method, path, body) in [
            ("PUT", path, body.as_str()),
            ("POST", "/fhir/Communication", labelled),
            ("POST", "/fhir/Communication/talk-message-1/$meta-add", open),
            ("POST", "/fhir/Communication/talk-message-1/$meta-delete", taken.as_str()),
        ] {
            let reply = ask(method, path, body).send().await;
            assert_eq!(reply.status, 403, "{who} {method} {path}: {}", String::from_utf8_lossy(&reply.body));
        }
        let patched = w
            .ask("PATCH", path)
            .token(token)
            .body(br#"[{"op":"replace","path":"/status","value":"unknown"}]"#.to_vec())
            .header("content-type", "application/json-patch+json");
        assert_eq!(patched.send().await.status, 403, "{who} patches");
        assert_eq!(w.ask("DELETE", path).token(token).send().await.status, 403, "{who} deletes");
        let found = ask("PUT", "/fhir/Communication?_id=talk-message-1", &body).send().await;
        assert!(matches!(found.status, 403 | 409 | 412 | 422), "{who} by condition: {}", found.status);
    }
    let still = w.ask("GET", path).token(&ada).send().await;
    assert!(String::from_utf8_lossy(&still.body).contains(r#""contentString":"apixaban""#));
}
