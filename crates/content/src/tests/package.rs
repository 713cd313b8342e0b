//! The documents of a surgery together.

use super::*;

async fn package(hub: &TestHub) -> Json<'static> {
    let (status, told) = act(hub, surgeon(hub), "GET", "documents/surgery/case/package", "").await;
    assert_eq!(status, 200, "{told}");
    told
}

fn state<'j>(package: &'j Json<'_>, kind: &str) -> &'j str {
    let item = package.each("items").find(|item| item.get_str("type") == Some(kind)).unwrap();
    text(item, "state")
}

#[tokio::test]
async fn what_is_wanted_is_made_together() {
    let hub = hub().await;
    let before = package(&hub).await;
    assert_eq!(state(&before, "consent"), "missing");
    let (status, told) =
        act(&hub, surgeon(&hub), "POST", "documents/surgery/case/package", r#"{"language":"en"}"#).await;
    assert_eq!(status, 200, "{told}");
    let made: Vec<&str> = told.each("generated").map(|d| text(d, "type")).collect();
    assert_eq!(
        made,
        ["consent", "operative-report", "preadmission", "implant-card", "implant-sheet"],
        "{told}"
    );
    let skipped = told.each("skipped").find(|s| text(s, "type") == "prescription").unwrap();
    assert!(skipped.each("missing").any(|m| text(m, "code") == "values.items"));
    assert_eq!(state(&package(&hub).await, "consent"), "draft");
    // Again: nothing is made twice.
    let (_, told) =
        act(&hub, surgeon(&hub), "POST", "documents/surgery/case/package", r#"{"types":["consent"]}"#).await;
    assert_eq!(told.each("generated").count(), 0);
    let reply =
        hub.call(&service(), surgeon(&hub), "GET", "documents/surgery/case/package/zip", "").await.unwrap();
    assert!(reply.body.starts_with(b"PK\x03\x04"));
    if let Ok(folder) = std::env::var("CONTENT_PAGES") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(format!("{folder}/package.zip"), &reply.body).unwrap();
    }
}

#[tokio::test]
async fn a_change_of_side_asks_for_another_consent() {
    let hub = hub().await;
    made(&hub, "consent", "fr").await;
    assert_eq!(state(&package(&hub).await, "consent"), "draft");
    let mut case = hub.get("ServiceRequest/case").await;
    let left = r#"[{"coding":[{"system":"http://snomed.info/sct","code":"7771000"}]}]"#;
    let left = fhir::json::parse(left.as_bytes()).unwrap().into_owned();
    case.as_object_mut().unwrap().set("bodySite", left);
    hub.create(&case.to_string()).await;
    let now = package(&hub).await;
    assert_eq!(state(&now, "consent"), "outdated");
    let (_, told) =
        act(&hub, surgeon(&hub), "POST", "documents/surgery/case/package", r#"{"types":["consent"]}"#).await;
    let new = told.each("generated").next().unwrap();
    assert!(text(new, "subtitle").contains("GAUCHE"), "{new}");
    let body = format!(r#"{{"version":{}}}"#, version(new));
    let (status, _) = act(&hub, surgeon(&hub), "POST", &path(new, "/finalise"), &body).await;
    assert_eq!(status, 200);
    assert_eq!(state(&package(&hub).await, "consent"), "final");
}

#[tokio::test]
async fn the_documents_are_bound_with_bookmarks() {
    let hub = hub().await;
    let path = "documents/surgery/case/package/pdf";
    let (status, issues) = act(&hub, surgeon(&hub), "GET", path, "").await;
    assert_eq!(status, 404, "nothing to bind yet: {issues}");
    act(&hub, surgeon(&hub), "POST", "documents/surgery/case/package", "{}").await;
    let reply = hub.call(&service(), surgeon(&hub), "GET", path, "").await.unwrap();
    assert!(reply.headers.contains(&("content-type", "application/pdf".to_string())));
    super::pages::kept("package", &reply.body);
    let text = super::pages::read(&reply.body);
    for mention in ["Luxation (déboîtement)", "Voie postérieure", "Carte d'implant", "Fiche de traçabilité"]
    {
        assert!(text.contains(mention), "lacks « {mention} »");
    }
    let pages: i32 = package(&hub)
        .await
        .each("items")
        .filter_map(|item| item.get("document")?.get("pages")?.as_number()?.parse::<i32>().ok())
        .sum();
    assert!(
        super::pages::info(&reply.body).contains(&format!("Pages: {pages}")),
        "all pages of all documents"
    );
}

#[tokio::test]
async fn boards_see_who_has_consented() {
    let hub = hub().await;
    let ask = async |cases: &str| {
        act(&hub, nurse(&hub), "GET", &format!("documents/consents?cases={cases}"), "").await
    };
    let states = |told: &Json<'_>| {
        let one = |c: &Json<'_>| format!("{} {}", text(c, "case"), text(c, "state"));
        told.each("consents").map(one).collect::<Vec<_>>()
    };
    let (_, told) = ask("case,long,unknown").await;
    assert_eq!(states(&told), ["ServiceRequest/case missing", "ServiceRequest/long missing"], "{told}");
    made(&hub, "consent", "fr").await;
    assert_eq!(states(&ask("case").await.1), ["ServiceRequest/case draft"]);
    let mut case = hub.get("ServiceRequest/case").await;
    let left = r#"[{"coding":[{"system":"http://snomed.info/sct","code":"7771000"}]}]"#;
    case.as_object_mut().unwrap().set("bodySite", fhir::json::parse(left.as_bytes()).unwrap().into_owned());
    hub.create(&case.to_string()).await;
    let (_, told) = ask("case").await;
    assert_eq!(states(&told), ["ServiceRequest/case outdated"]);
    assert!(told.each("consents").all(|c| text(c, "why").contains("côté")), "{told}");
    for wrong in ["", "a b", &"x,".repeat(101)] {
        let wrong = wrong.replace(' ', "%20");
        let (_, issues) = ask(&wrong).await;
        assert_eq!(issues.items().next().and_then(Json::as_str), Some("document.cases cases"), "{wrong}");
    }
}
