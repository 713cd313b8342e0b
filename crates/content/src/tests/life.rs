//! From the draft to what replaces it; what is missing; bad input; who may.

use super::*;

#[tokio::test]
async fn what_is_missing_is_told_before_and_nothing_is_made() {
    let hub = hub().await;
    let body = r#"{"type":"operative-report","patient":"q","case":"long"}"#;
    let (status, told) = act(&hub, surgeon(&hub), "POST", "documents/missing", body).await;
    assert_eq!(status, 200, "{told}");
    assert_eq!(told.get("ready").and_then(Json::as_bool), Some(false));
    let codes: Vec<&str> = told.each("missing").filter_map(|m| m.get_str("code")).collect();
    for code in ["case.performed", "case.times", "report.findings", "report.orders"] {
        assert!(codes.contains(&code), "{code}: {codes:?}");
    }
    assert!(told.each("warnings").any(|w| w.get_str("code") == Some("identity.not-qualified")));
    let (status, issues) = act(&hub, surgeon(&hub), "POST", "documents/generate-medical", body).await;
    assert_eq!(status, 422);
    assert!(issues.items().any(|issue| issue.as_str() == Some("document.missing report.findings")));
    let (_, list) = act(&hub, surgeon(&hub), "GET", "documents?patient=q", "").await;
    assert_eq!(list.each("documents").count(), 0);
    // An act without a leaflet asks for what the leaflet would say.
    let body = r#"{"type":"consent","patient":"q","case":"long"}"#;
    let (_, told) = act(&hub, surgeon(&hub), "POST", "documents/missing", body).await;
    let codes: Vec<&str> = told.each("missing").filter_map(|m| m.get_str("code")).collect();
    assert_eq!(codes, ["values.frequent", "values.serious", "values.alternatives", "values.refusal"]);
    let body = r#"{"type":"discharge-letter","patient":"q","values":{}}"#;
    let (_, told) = act(&hub, surgeon(&hub), "POST", "documents/missing", body).await;
    assert!(told.each("missing").any(|m| m.get_str("code") == Some("values.medications")));
}

#[tokio::test]
async fn a_draft_becomes_fixed_and_is_replaced() {
    let hub = hub().await;
    let draft = made(&hub, "certificate", "fr").await;
    assert_eq!(text(&draft, "status"), "draft");
    let body = format!(r#"{{"version":{},"values":{{"facts":"Plaie de 2 cm."}}}}"#, version(&draft));
    let (status, again) = act(&hub, surgeon(&hub), "PUT", &path(&draft, ""), &body).await;
    assert_eq!((status, text(again.get("values").unwrap(), "facts")), (200, "Plaie de 2 cm."), "{again}");
    assert_ne!(text(&again, "hash"), text(&draft, "hash"));
    let (status, _) = act(&hub, surgeon(&hub), "PUT", &path(&draft, ""), &body).await;
    assert_eq!(status, 412, "the first version is not the newest");
    let body = format!(r#"{{"version":{}}}"#, version(&again));
    let (status, fixed) = act(&hub, surgeon(&hub), "POST", &path(&draft, "/finalise"), &body).await;
    assert_eq!((status, text(&fixed, "status")), (200, "final"), "{fixed}");
    let body = format!(r#"{{"version":{},"values":{{"facts":"Rien."}}}}"#, version(&fixed));
    let (status, _) = act(&hub, surgeon(&hub), "PUT", &path(&draft, ""), &body).await;
    assert_eq!(status, 409, "fixed");
    // Another takes its place once it is fixed itself.
    let body = format!(
        r#"{{"type":"certificate","patient":"p","case":"case","replaces":"{}","values":{{"facts":"Autre."}}}}"#,
        text(&fixed, "id")
    );
    let (status, new) = act(&hub, surgeon(&hub), "POST", "documents/generate-medical", &body).await;
    assert_eq!(status, 201, "{new}");
    let (_, old) = act(&hub, surgeon(&hub), "GET", &path(&fixed, ""), "").await;
    assert_eq!(text(&old, "status"), "final");
    let body = format!(r#"{{"version":{}}}"#, version(&new));
    let (status, new) = act(&hub, surgeon(&hub), "POST", &path(&new, "/finalise"), &body).await;
    assert_eq!(status, 200, "{new}");
    let (_, old) = act(&hub, surgeon(&hub), "GET", &path(&fixed, ""), "").await;
    assert_eq!(text(&old, "status"), "superseded");
    let (_, versions) = act(&hub, surgeon(&hub), "GET", &path(&fixed, "/versions"), "").await;
    let states: Vec<&str> = versions.each("versions").map(|v| text(v, "status")).collect();
    assert_eq!(states, ["superseded", "final", "draft", "draft"]);
    let (_, list) = act(&hub, surgeon(&hub), "GET", "documents?patient=p", "").await;
    assert_eq!(list.each("documents").count(), 3, "with the letter that was received");
    let path = format!("documents/verify/{}", text(&new, "check").to_lowercase());
    let (_, known) = act(&hub, surgeon(&hub), "GET", &path, "").await;
    assert_eq!(known.get("valid").and_then(Json::as_bool), Some(true));
}

#[tokio::test]
async fn withdrawn_pages_stay_readable() {
    let hub = hub().await;
    let draft = made(&hub, "gp-letter", "fr").await;
    let body = format!(r#"{{"version":{},"reason":"Autre patient."}}"#, version(&draft));
    let (status, gone) = act(&hub, surgeon(&hub), "POST", &path(&draft, "/withdraw"), &body).await;
    assert_eq!((status, text(&gone, "status")), (200, "withdrawn"), "{gone}");
    assert!(!pdf(&hub, &gone, "").await.is_empty());
    let (status, _) = act(&hub, surgeon(&hub), "POST", &path(&draft, "/withdraw"), &body).await;
    assert_eq!(status, 409);
}

#[tokio::test]
async fn bad_input_is_refused_with_its_place() {
    let hub = hub().await;
    let long = "x".repeat(7_000);
    for (body, wanted) in [
        (r#"{"type":"novel","patient":"p"}"#.to_string(), "document.type-unknown type"),
        (r#"{"type":"certificate","patient":"p","language":"de"}"#.into(), "document.language language"),
        (r#"{"type":"certificate","patient":"p","values":{"colour":"red"}}"#.into(), "document.field-unknown values.colour"),
        (format!(r#"{{"type":"certificate","patient":"p","values":{{"facts":"{long}"}}}}"#), "document.text values.facts"),
        (r#"{"type":"consent","patient":"p","case":"case","values":{"interview":"demain"}}"#.into(), "document.date values.interview"),
        (r#"{"type":"prescription","patient":"p","values":{"items":[{"drug":"x","dose":"y"}]}}"#.into(), "document.text values.items[0].duration"),
        (r#"{"type":"quote","patient":"p","case":"case","values":{"lines":[{"label":"x","base":"1","fee":"beaucoup"}]}}"#.into(), "document.amount values.lines[0].fee"),
        (r#"{"type":"consent","patient":"p"}"#.into(), "document.case case"),
        (r#"{"type":"consent","patient":"q","case":"case"}"#.into(), "document.case case"),
        (r#"{"type":"certificate","patient":"p","replaces":"received","values":{"facts":"x"}}"#.into(), "document.replaces replaces"),
    ] {
        let (status, issues) = act(&hub, surgeon(&hub), "POST", "documents/generate-medical", &body).await;
        assert!(matches!(status, 400 | 403 | 413 | 422), "{status} {wanted}");
        assert!(issues.items().any(|issue| issue.as_str() == Some(wanted)), "{wanted}: {issues}");
    }
    // What looks like markup is text.
    let body = r##"{"type":"certificate","patient":"p","values":{"facts":"#read(\"/etc/passwd\") *gras* $x$ <a> \\ @b"}}"##;
    let (status, made) = act(&hub, surgeon(&hub), "POST", "documents/generate-medical", body).await;
    assert_eq!(status, 201, "{made}");
}

#[tokio::test]
async fn pages_never_change_past_the_verbs() {
    let hub = hub().await;
    let draft = made(&hub, "gp-letter", "fr").await;
    let stored = hub.get(&format!("DocumentReference/{}", text(&draft, "id"))).await;
    let url =
        stored.each("content").next().unwrap().get("attachment").unwrap().get_str("url").unwrap().to_string();
    let mut pages = hub.get(&url).await;
    pages.as_object_mut().unwrap().set("data", Json::string("AAAA"));
    assert!(hub.refusal(&pages.to_string()).await.contains("ne se modifient pas"));
    let mut moved = stored.clone();
    moved.as_object_mut().unwrap().set("subject", fhir::edit::reference(fhir::ResourceType::PATIENT, "q"));
    assert!(hub.refusal(&moved.to_string()).await.contains("garde son patient"));
    let body = format!(r#"{{"version":{}}}"#, version(&draft));
    act(&hub, surgeon(&hub), "POST", &path(&draft, "/finalise"), &body).await;
    let mut stored = hub.get(&format!("DocumentReference/{}", text(&draft, "id"))).await;
    stored.as_object_mut().unwrap().set("date", Json::string("2020-01-01T00:00:00Z"));
    assert!(hub.refusal(&stored.to_string()).await.contains("ne change plus"));
}

#[tokio::test]
async fn who_has_no_right_makes_nothing() {
    let hub = hub().await;
    for role in [Role::Secretary, Role::Billing, Role::Auditor] {
        let ctx = someone(&hub, "sam", role);
        let (status, _) =
            act(&hub, ctx, "POST", "documents/generate-medical", &asked("certificate", "fr")).await;
        assert!(matches!(status, 403 | 422), "{role:?}: {status}");
    }
}

#[tokio::test]
async fn two_versions_are_told_apart() {
    let hub = hub().await;
    let draft = made(&hub, "certificate", "fr").await;
    let body = r#"{"version":1,"values":{"facts":"Hématome de la cuisse gauche.","conclusion":"Incapacité totale de travail de 5 jours."}}"#;
    let (status, again) = act(&hub, surgeon(&hub), "PUT", &path(&draft, ""), body).await;
    assert_eq!((status, version(&again)), (200, "2"), "{again}");
    let (_, told) = act(&hub, surgeon(&hub), "GET", &path(&draft, "/diff?from=1&to=2"), "").await;
    let changed: Vec<&str> = told.each("changes").map(|change| text(change, "field")).collect();
    assert_eq!(changed, ["facts"], "{told}");
    let change = told.each("changes").next().unwrap();
    assert!(text(change, "before").contains("droite") && text(change, "after").contains("gauche"), "{told}");
    let (_, same) = act(&hub, surgeon(&hub), "GET", &path(&draft, "/diff?from=2&to=2"), "").await;
    assert_eq!(same.each("changes").count(), 0);
    let (status, _) = act(&hub, surgeon(&hub), "GET", &path(&draft, "/diff?from=1"), "").await;
    assert_eq!(status, 422);
}
