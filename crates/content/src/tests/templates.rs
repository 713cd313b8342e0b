//! A clinic's own texts.

use super::*;

const LETTER: &str = r#"{"type":"gp-letter","name":"Après consultation, hanche","specialty":"Orthopédie","values":{"body":"Cher confrère,\\nje vous remercie de m'avoir adressé {{patient.name}}, né(e) le {{patient.birth}}, pour {{case.act}}{{#if case.side}} ({{case.side}}){{/if}}.","plan":"{{#each medications}}Poursuivre {{drug}} : {{dose}}. {{/each}}"}}"#;

fn admin(hub: &TestHub) -> Ctx {
    someone(hub, "admin", Role::MedicalAdmin)
}

#[tokio::test]
async fn a_text_of_the_clinic_fills_in_what_is_left_out() {
    let hub = hub().await;
    let (status, template) = act(&hub, admin(&hub), "POST", "documents/templates/medical", LETTER).await;
    assert_eq!(status, 201, "{template}");
    let (_, all) = act(&hub, surgeon(&hub), "GET", "documents/templates/medical?type=gp-letter", "").await;
    assert_eq!(all.each("templates").map(|t| text(t, "id")).collect::<Vec<_>>(), [text(&template, "id")]);
    let body = format!(
        r#"{{"type":"gp-letter","patient":"p","case":"case","template":"{}","values":{{"conclusion":"Indication retenue."}}}}"#,
        text(&template, "id")
    );
    // Whoever writes sees it in the form, and changes it there.
    let (_, before) = act(&hub, surgeon(&hub), "POST", "documents/missing", &body).await;
    let told = before.get("prefilled").map(|values| text(values, "plan")).unwrap_or_default();
    assert!(told.starts_with("Poursuivre Metformine"), "{before}");
    let (status, made) = act(&hub, surgeon(&hub), "POST", "documents/generate-medical", &body).await;
    assert_eq!(status, 201, "{made}");
    let shown = super::pages::read(&pdf(&hub, &made, "").await);
    for mention in [
        "adressé SECRÈTE Dominique, né(e) le 5 mars 1979, pour Prothèse totale de hanche (CÔTÉ DROIT).",
        "Poursuivre Metformine 850 mg : 1 comprimé matin et soir.",
        "Indication retenue.",
    ] {
        assert!(shown.contains(mention), "lacks « {mention} »: {shown}");
    }
    assert_eq!(text(&made, "wording"), format!("{}/1", text(&template, "id")), "the version is kept");
    let other = body.replace("gp-letter", "certificate");
    let (_, issues) = act(&hub, surgeon(&hub), "POST", "documents/generate-medical", &other).await;
    assert_eq!(issues.items().next().and_then(Json::as_str), Some("template.unknown template"));
}

#[tokio::test]
async fn versions_follow_and_an_ended_text_is_not_offered() {
    let hub = hub().await;
    let (_, first) = act(&hub, admin(&hub), "POST", "documents/templates/medical", LETTER).await;
    let next = |version: &str| {
        let head = format!(r#"{{"id":"{}","version":{version},"active":false,"#, text(&first, "id"));
        LETTER.replacen('{', &head, 1)
    };
    let (status, second) =
        act(&hub, admin(&hub), "POST", "documents/templates/medical", &next(version(&first))).await;
    assert_eq!((status, version(&second)), (200, "2"), "{second}");
    let (status, _) =
        act(&hub, admin(&hub), "POST", "documents/templates/medical", &next(version(&first))).await;
    assert_eq!(status, 409, "somebody was faster");
    let (_, all) = act(&hub, surgeon(&hub), "GET", "documents/templates/medical", "").await;
    assert_eq!(all.each("templates").count(), 0);
    let (_, all) = act(&hub, surgeon(&hub), "GET", "documents/templates/medical?active=false", "").await;
    assert_eq!(all.each("templates").count(), 1);
}

#[tokio::test]
async fn a_text_that_cannot_be_is_refused_with_its_place() {
    let hub = hub().await;
    for (value, wanted) in [
        ("{{patient.secret}}", "template.wording values.body"),
        ("{{#if date}}", "template.wording values.body"),
        (&"x".repeat(6_001), "document.field-unknown values.body"),
    ] {
        let body = format!(r#"{{"type":"gp-letter","name":"x","values":{{"body":"{value}"}}}}"#);
        for path in ["documents/templates/medical", "documents/templates/medical/preview"] {
            let (_, issues) = act(&hub, admin(&hub), "POST", path, &body).await;
            assert_eq!(issues.items().next().and_then(Json::as_str), Some(wanted), "{path} {issues}");
        }
    }
    // A table is no text.
    let body = r#"{"type":"gp-letter","name":"x","values":{"medications":"x"}}"#;
    let (_, issues) = act(&hub, admin(&hub), "POST", "documents/templates/medical", body).await;
    assert_eq!(
        issues.items().next().and_then(Json::as_str),
        Some("document.field-unknown values.medications")
    );
    let (status, _) = act(&hub, nurse(&hub), "POST", "documents/templates/medical", LETTER).await;
    assert_eq!(status, 403, "texts of the clinic are the administration's");
}

#[tokio::test]
async fn previews_keep_nothing() {
    let hub = hub().await;
    let (status, told) =
        act(&hub, surgeon(&hub), "POST", "documents/templates/medical/preview", LETTER).await;
    assert_eq!(status, 200, "{told}");
    let body = told.get("values").map(|values| text(values, "body")).unwrap();
    assert!(body.contains("MARTIN Camille") && body.contains("(CÔTÉ DROIT)"), "{body}");
    let asked = super::asked("certificate", "fr");
    let reply = hub.call(&service(), surgeon(&hub), "POST", "documents/preview", &asked).await.unwrap();
    assert!(super::pages::read(&reply.body).contains("Hématome"));
    let (_, all) = act(&hub, surgeon(&hub), "GET", "documents?patient=p", "").await;
    assert_eq!(all.each("documents").filter(|d| d.get_str("type").is_some()).count(), 0, "{all}");
}
