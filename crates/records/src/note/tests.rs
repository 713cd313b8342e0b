//! Notes through the verbs, and past them.

use crate::Records;
use fhir::Json;
use service::testing::{AllCare, TestHub};
use std::sync::Arc;
use std::time::Duration;
use store::{Actor, Ctx, Error, Grant, Role, Write};
use uuid::Uuid;

async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(Records)]).await;
    hub.hub.ties_set(Arc::new(AllCare));
    hub.create(
        r#"{"resourceType":"Patient","id":"p","gender":"female","birthDate":"1961-03-12","name":[{"family":"Secret"}]}"#,
    )
    .await;
    hub.create(r#"{"resourceType":"Patient","id":"q"}"#).await;
    for (id, name) in [("ada", "Dr Ada Exemple"), ("bob", "Dr Bob Exemple")] {
        hub.create(&format!(r#"{{"resourceType":"Practitioner","id":"{id}","name":[{{"text":"{name}"}}]}}"#))
            .await;
    }
    hub
}

/// A surgeon with a factor given now.
fn surgeon(hub: &TestHub, who: &str) -> Ctx {
    let id = Uuid::from_u128(if who == "ada" { 0xADA } else { 0xB0B });
    let ctx = hub.ctx(&[Role::Surgeon]);
    let actor = Actor { id, person: Some(format!("Practitioner/{who}").into()), ..(*ctx.actor).clone() };
    let now = ctx.clock.now_ms();
    let grant = Grant { amr: vec!["pwd".into(), "otp".into()], factor_at: Some(now), ..Grant::default() };
    Ctx { actor: Arc::new(actor), grant: Arc::new(grant), ..ctx }
}

async fn draft(hub: &TestHub) -> Json<'static> {
    let body = r#"{"patient":"p","kind":"soap"}"#;
    hub.ask(&Records, surgeon(hub, "ada"), "POST", "notes", body).await
}

fn id(note: &Json<'_>) -> String {
    note.get_str("id").unwrap().to_string()
}

fn version<'j>(note: &'j Json<'_>) -> &'j str {
    note.get("version").and_then(Json::as_number).unwrap()
}

fn section<'j>(note: &'j Json<'_>, code: &str) -> &'j str {
    note.each("sections").find(|s| s.get_str("code") == Some(code)).unwrap().get_str("text").unwrap()
}

/// Status and body of `PUT notes/{id}` of a plan.
async fn put(hub: &TestHub, who: &str, note: &Json<'_>, text: &str) -> (u16, Json<'static>) {
    let text = Json::string(text.to_string());
    let body = format!(
        r#"{{"version":{},"sections":[{{"code":"plan","text":{text}}}]}}"#,
        version(note),
        text = Text(text)
    );
    act(hub, who, "PUT", &format!("notes/{}", id(note)), &body).await
}

struct Text(Json<'static>);

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from_utf8(self.0.to_vec()).unwrap())
    }
}

/// Status (of a refusal: that of its first issue's code) and body.
async fn act(hub: &TestHub, who: &str, method: &str, path: &str, body: &str) -> (u16, Json<'static>) {
    act_as(hub, surgeon(hub, who), method, path, body).await
}

async fn act_as(hub: &TestHub, ctx: Ctx, method: &str, path: &str, body: &str) -> (u16, Json<'static>) {
    match hub.call(&Records, ctx, method, path, body).await {
        Ok(reply) => (reply.status, fhir::json::parse(&reply.body).unwrap().into_owned()),
        Err(Error::Refused(issues)) => {
            let status = store::bundle::status(&Error::Refused(issues.clone()))[..3].parse().unwrap();
            (status, Json::object([("code", Json::string(issues[0].text.key))]))
        }
        Err(error) => (
            store::bundle::status(&error)[..3].parse().unwrap(),
            Json::object([("code", Json::string(error.to_string()))]),
        ),
    }
}

async fn sign(hub: &TestHub, who: &str, note: &Json<'_>) -> (u16, Json<'static>) {
    let body = format!(r#"{{"version":{}}}"#, version(note));
    act(hub, who, "POST", &format!("notes/{}/sign", id(note)), &body).await
}

/// A note with a plan, signed by Ada.
async fn signed(hub: &TestHub) -> Json<'static> {
    let note = draft(hub).await;
    let (status, note) = put(hub, "ada", &note, "Revoir dans un mois.").await;
    assert_eq!(status, 200, "{note:?}");
    let (status, note) = sign(hub, "ada", &note).await;
    assert_eq!(status, 200, "{note:?}");
    note
}

fn code(answer: &Json<'_>) -> String {
    answer.get_str("code").unwrap_or_default().to_string()
}

#[tokio::test]
async fn a_template_is_filled_in_from_the_chart() {
    let hub = hub().await;
    hub.create(
        r#"{"resourceType":"Condition","id":"c","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},"code":{"text":"Hypertension artérielle"},"subject":{"reference":"Patient/p"}}"#,
    )
    .await;
    let body = r#"{"patient":"p","kind":"consultation","template":"general.consultation"}"#;
    let note = hub.ask(&Records, surgeon(&hub, "ada"), "POST", "notes", body).await;
    assert_eq!(section(&note, "history"), "Patiente de 65 ans qui consulte pour […].");
    assert!(section(&note, "background").contains("Hypertension artérielle"));
    assert_eq!(section(&note, "allergies"), "Allergies non renseignées : à demander.");
    assert_eq!(section(&note, "medications"), "aucun traitement enregistré");
    assert_eq!(note.get_str("status"), Some("draft"));
    assert_eq!(note.get("author").and_then(|a| a.get_str("name")), Some("Dr Ada Exemple"));
    assert_ne!(note.get("blanks"), Some(&Json::integer(0)));
    let wrong = r#"{"patient":"p","kind":"soap","template":"general.consultation"}"#;
    assert_eq!(code(&act(&hub, "ada", "POST", "notes", wrong).await.1), "note.template");
    let other = r#"{"patient":"p","kind":"soap","author":"Practitioner/bob"}"#;
    assert_eq!(code(&act(&hub, "ada", "POST", "notes", other).await.1), "note.author");
}

#[tokio::test]
async fn whoever_saves_second_sees_both_texts() {
    let hub = hub().await;
    let first = draft(&hub).await;
    let (status, saved) = put(&hub, "ada", &first, "Texte d'Ada\n< 38 °C & \"stable\"").await;
    assert_eq!((status, version(&saved)), (200, "2"));
    assert_eq!(section(&saved, "plan"), "Texte d'Ada\n< 38 °C & \"stable\"");
    let (status, conflict) = put(&hub, "bob", &first, "Texte de Bob").await;
    assert_eq!((status, code(&conflict).as_str()), (412, "note.changed"));
    let current = conflict.get("current").unwrap();
    assert!(section(current, "plan").starts_with("Texte d'Ada"));
    let (status, merged) = put(&hub, "bob", current, "Les deux textes").await;
    assert_eq!((status, version(&merged)), (200, "3"));
    assert_eq!(merged.get("editor").and_then(|e| e.get_str("name")), Some("Dr Bob Exemple"));
    let versions =
        hub.ask(&Records, surgeon(&hub, "ada"), "GET", &format!("notes/{}/versions", id(&first)), "").await;
    let texts: Vec<&str> = versions
        .each("versions")
        .map(|v| v.each("sections").next().and_then(|s| s.get_str("text")).unwrap_or(""))
        .collect();
    assert_eq!(texts, ["Les deux textes", "Texte d'Ada\n< 38 °C & \"stable\"", ""]);
}

#[tokio::test]
async fn of_two_writers_at_once_one_is_told() {
    let hub = hub().await;
    let note = draft(&hub).await;
    for round in 0..10 {
        let now = hub.ask(&Records, surgeon(&hub, "ada"), "GET", &format!("notes/{}", id(&note)), "").await;
        let (one, two) = (format!("Ada {round}"), format!("Bob {round}"));
        let ((first, a), (second, b)) =
            tokio::join!(put(&hub, "ada", &now, &one), put(&hub, "bob", &now, &two));
        let mut both = [first, second];
        both.sort_unstable();
        assert_eq!(both, [200, 412]);
        let (won, lost) = if first == 200 { (a, b) } else { (b, a) };
        assert_eq!(section(lost.get("current").unwrap(), "plan"), section(&won, "plan"));
    }
}

#[tokio::test]
async fn the_same_text_makes_no_version() {
    let hub = hub().await;
    let note = draft(&hub).await;
    let (_, saved) = put(&hub, "ada", &note, "Texte").await;
    // The answer was lost; the app repeats over the version that it knows.
    let (status, again) = put(&hub, "ada", &note, "Texte").await;
    assert_eq!((status, version(&again)), (200, version(&saved)));
    let path = format!("notes/{}", id(&note));
    let (status, answer) =
        act(&hub, "ada", "PUT", &path, r#"{"sections":[{"code":"plan","text":"x"}]}"#).await;
    assert_eq!((status, code(&answer).as_str()), (428, "note.version-missing"));
}

#[tokio::test]
async fn what_is_signed_is_proved_and_stays() {
    let hub = hub().await;
    let note = signed(&hub).await;
    assert_eq!(note.get_str("status"), Some("signed"));
    assert_eq!(note.get_str("signedAt"), Some("2026-11-22T08:00:00.000Z"));
    let signature = note.each("signatures").next().unwrap();
    assert_eq!(
        (signature.get_str("role"), signature.get("intact")),
        (Some("author"), Some(&Json::Bool(true)))
    );
    assert_eq!(signature.each("methods").filter_map(Json::as_str).collect::<Vec<_>>(), ["pwd", "otp"]);
    // Only what was written is signed.
    assert_eq!(note.each("sections").count(), 1);
    let (status, answer) = put(&hub, "ada", &note, "Autre").await;
    assert_eq!((status, code(&answer).as_str()), (409, "note.signed"));
    assert_eq!(sign(&hub, "ada", &note).await.0, 409);
}

#[tokio::test]
async fn signing_asks_for_the_author_a_fresh_factor_and_the_text_that_was_seen() {
    let hub = hub().await;
    let empty = draft(&hub).await;
    assert_eq!(code(&sign(&hub, "ada", &empty).await.1), "note.empty");
    let (_, note) = put(&hub, "ada", &empty, "Texte").await;
    assert_eq!(code(&sign(&hub, "bob", &note).await.1), "note.not-the-author");
    assert_eq!(sign(&hub, "ada", &empty).await.0, 412);
    let stale = surgeon(&hub, "ada");
    hub.clock.advance(Duration::from_secs(301));
    let (path, body) = (format!("notes/{}/sign", id(&note)), format!(r#"{{"version":{}}}"#, version(&note)));
    let (status, answer) = act_as(&hub, stale, "POST", &path, &body).await;
    assert_eq!((status, code(&answer).as_str()), (403, "auth.fresh-factor"));
    // Nothing was written by half: the draft is as it was, and nothing proves anything.
    let now = hub.ask(&Records, surgeon(&hub, "ada"), "GET", &format!("notes/{}", id(&note)), "").await;
    assert_eq!((now.get_str("status"), version(&now)), (Some("draft"), version(&note)));
    let nurse = Ctx {
        actor: Arc::new(Actor { person: None, ..(*hub.ctx(&[Role::Clinician]).actor).clone() }),
        ..surgeon(&hub, "ada")
    };
    let (status, answer) = act_as(&hub, nurse, "POST", &path, &body).await;
    assert_eq!((status, code(&answer).as_str()), (403, "note.no-professional"));
}

#[tokio::test]
async fn another_person_co_signs_once() {
    let hub = hub().await;
    let note = signed(&hub).await;
    let path = format!("notes/{}/cosign", id(&note));
    let body = |note: &Json<'_>| format!(r#"{{"version":{}}}"#, version(note));
    assert_eq!(code(&act(&hub, "ada", "POST", &path, &body(&note)).await.1), "note.cosign-self");
    let seen = hub.ask(&Records, surgeon(&hub, "bob"), "GET", &format!("notes/{}", id(&note)), "").await;
    assert_eq!(
        (seen.get("cosignable"), seen.get("signable")),
        (Some(&Json::Bool(true)), Some(&Json::Bool(false)))
    );
    let (status, cosigned) = act(&hub, "bob", "POST", &path, &body(&note)).await;
    assert_eq!(status, 200, "{cosigned:?}");
    assert_eq!(cosigned.get("cosigner").and_then(|c| c.get_str("name")), Some("Dr Bob Exemple"));
    assert!(cosigned.each("signatures").all(|s| s.get("intact") == Some(&Json::Bool(true))));
    assert_eq!(cosigned.each("signatures").count(), 2);
    assert_eq!(code(&act(&hub, "bob", "POST", &path, &body(&cosigned)).await.1), "note.cosigned");
    // Whoever may read but not sign does not co-sign.
    let note = signed(&hub).await;
    let ctx = surgeon(&hub, "bob");
    let actor = Actor { roles: vec![Role::MedicalAdmin], ..(*ctx.actor).clone() };
    let admin = Ctx { actor: Arc::new(actor), ..ctx };
    let path = format!("notes/{}/cosign", id(&note));
    assert_eq!(act_as(&hub, admin, "POST", &path, &body(&note)).await.0, 403);
}

#[tokio::test]
async fn an_amendment_replaces_and_never_overwrites() {
    let hub = hub().await;
    let note = signed(&hub).await;
    let path = format!("notes/{}/amend", id(&note));
    assert_eq!(act(&hub, "ada", "POST", &path, "{}").await.0, 422);
    let (status, amendment) = act(&hub, "ada", "POST", &path, r#"{"reason":"Côté inversé"}"#).await;
    assert_eq!(status, 201, "{amendment:?}");
    assert_eq!(amendment.get_str("amends"), note.get_str("id"));
    assert_eq!(section(&amendment, "plan"), "Revoir dans un mois.");
    let (status, second) = act(&hub, "bob", "POST", &path, r#"{"reason":"Moi aussi"}"#).await;
    assert_eq!((status, code(&second).as_str()), (409, "note.amendment-open"));
    assert_eq!(second.get("current").and_then(|c| c.get_str("id")), amendment.get_str("id"));
    let (_, amendment) = put(&hub, "ada", &amendment, "Revoir dans deux mois.").await;
    let (status, amendment) = sign(&hub, "ada", &amendment).await;
    assert_eq!(status, 200, "{amendment:?}");
    let signature = amendment.each("signatures").next().unwrap();
    assert_eq!(
        (signature.get_str("role"), signature.get_str("reason")),
        (Some("amendment"), Some("Côté inversé"))
    );
    let old = hub.ask(&Records, surgeon(&hub, "ada"), "GET", &format!("notes/{}", id(&note)), "").await;
    assert_eq!((old.get_str("status"), old.get_str("amendedBy")), (Some("amended"), amendment.get_str("id")));
    assert_eq!((section(&old, "plan"), version(&old)), ("Revoir dans un mois.", version(&note)));
    assert_eq!(code(&act(&hub, "ada", "POST", &path, r#"{"reason":"Encore"}"#).await.1), "note.amended");
    let list = hub.ask(&Records, surgeon(&hub, "ada"), "GET", "patients/p/notes", "").await;
    let mut states: Vec<&str> = list.each("notes").filter_map(|n| n.get_str("status")).collect();
    states.sort_unstable();
    assert_eq!(states, ["amended", "signed"]);
}

#[tokio::test]
async fn a_withdrawn_note_keeps_its_text() {
    let hub = hub().await;
    let note = signed(&hub).await;
    let path = format!("notes/{}/withdraw", id(&note));
    let (status, withdrawn) = act(&hub, "ada", "POST", &path, r#"{"reason":"Autre patient"}"#).await;
    assert_eq!(status, 200, "{withdrawn:?}");
    assert_eq!(
        (withdrawn.get_str("status"), withdrawn.get_str("reason")),
        (Some("withdrawn"), Some("Autre patient"))
    );
    assert_eq!(section(&withdrawn, "plan"), "Revoir dans un mois.");
    assert!(withdrawn.each("signatures").all(|s| s.get("intact") == Some(&Json::Bool(true))));
    assert_eq!(code(&act(&hub, "ada", "POST", &path, r#"{"reason":"Encore"}"#).await.1), "note.withdrawn");
    // A draft is withdrawn too, and can no longer be written.
    let note = draft(&hub).await;
    let path = format!("notes/{}/withdraw", id(&note));
    assert_eq!(act(&hub, "ada", "POST", &path, r#"{"reason":"Par erreur"}"#).await.0, 200);
    assert_eq!(put(&hub, "ada", &note, "Texte").await.0, 409);
}

/// As the verbs write: the hub, on behalf of Ada. No policy stands against it, the rule alone does.
fn by_the_hub(hub: &TestHub) -> Ctx {
    let ctx = surgeon(hub, "ada");
    Ctx { actor: Arc::new(Actor { system: true, ..(*ctx.actor).clone() }), ..ctx }
}

/// The stored Composition with a change made to its text, written by somebody who may write everything.
async fn past_the_verbs(
    hub: &TestHub,
    note: &Json<'_>,
    change: impl Fn(String) -> String,
) -> Result<(), String> {
    let stored = hub.get(&format!("Composition/{}", id(note))).await;
    let body = change(String::from_utf8(stored.to_vec()).unwrap());
    let ctx = by_the_hub(hub);
    let write = Write::Update {
        rt: fhir::ResourceType::COMPOSITION,
        id: id(note),
        body: body.into_bytes().into(),
        if_match: None,
        if_none_match: false,
    };
    match hub.tenant.commit(&ctx, vec![write]).await {
        Ok(_) => Ok(()),
        Err(Error::Refused(issues)) => Err(issues[0].text.key.to_string()),
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn the_rule_holds_past_the_verbs() {
    let hub = hub().await;
    let (_, note) = put(&hub, "ada", &draft(&hub).await, "Texte").await;
    let refused =
        async |change: &dyn Fn(String) -> String| past_the_verbs(&hub, &note, change).await.unwrap_err();
    assert_eq!(refused(&|b| b.replace("Patient/p", "Patient/q")).await, "note.patient-changed");
    assert_eq!(
        refused(&|b| b.replacen("Practitioner/ada", "Practitioner/bob", 2)).await,
        "note.author-changed"
    );
    assert_eq!(refused(&|b| b.replace("\"soap\"", "\"progress\"")).await, "note.kind");
    assert_eq!(refused(&|b| b.replace("preliminary", "final")).await, "note.signature-not-proved");
    let (status, note) = sign(&hub, "ada", &note).await;
    assert_eq!(status, 200);
    let refused =
        async |change: &dyn Fn(String) -> String| past_the_verbs(&hub, &note, change).await.unwrap_err();
    assert_eq!(refused(&|b| b.replace("<p>Texte", "<p>Faux")).await, "note.signed");
    assert_eq!(refused(&|b| b.replace("final", "preliminary")).await, "note.signed");
    assert_eq!(refused(&|b| b.replace("DIGSIG", "N")).await, "note.signed");
    assert_eq!(refused(&|b| b.replace("legal", "personal")).await, "note.signed");
    assert_eq!(refused(&|b| b.replace("final", "entered-in-error")).await, "note.signature-not-proved");
    let forged = r#"},{"mode":"professional","time":"2026-11-22T08:00:00Z","party":{"reference":"Practitioner/bob"}}]"#;
    let cosigned = |b: String| b.replacen("}}]", &format!("}}{forged}"), 1);
    assert!(past_the_verbs(&hub, &note, cosigned).await.is_err());
    let delete = Write::Delete { rt: fhir::ResourceType::COMPOSITION, id: id(&note), if_match: None };
    let ctx = by_the_hub(&hub);
    let kept = hub.tenant.commit(&ctx, vec![delete]).await;
    assert!(matches!(kept, Err(Error::Refused(issues)) if issues[0].text.key == "note.signed"));
    // By her own hand neither.
    let (status, _) = put(&hub, "ada", &note, "Faux").await;
    assert_eq!(status, 409);
    assert!(past_the_verbs(&hub, &note, |b| b).await.is_ok(), "written again as it is, by an import");
}

#[tokio::test]
async fn the_proof_of_a_signature_is_kept() {
    let hub = hub().await;
    let note = signed(&hub).await;
    let ctx = || Ctx { actor: Actor::system("test"), ..hub.ctx(&[]) };
    let query = vec![("target".to_string(), format!("Composition/{}", id(&note)))];
    let asked = store::search::SearchRequest {
        rt: Some(fhir::ResourceType::PROVENANCE),
        params: query,
        ..Default::default()
    };
    let proof = hub.tenant.search(&ctx(), &asked).await.unwrap().entries.remove(0).visible;
    let delete = Write::Delete { rt: proof.rt, id: proof.id, if_match: None };
    let kept = hub.tenant.commit(&ctx(), vec![delete]).await;
    assert!(matches!(kept, Err(Error::Refused(issues)) if issues[0].text.key == "note.proof-kept"));
}

#[tokio::test]
async fn nobody_writes_or_signs_in_anothers_name() {
    let hub = hub().await;
    let (_, note) = put(&hub, "ada", &draft(&hub).await, "Texte").await;
    let stored = hub.get(&format!("Composition/{}", id(&note))).await;
    let write = |rt: fhir::ResourceType, json: &Json<'_>| {
        let mut json = json.clone().into_owned();
        if let Some(object) = json.as_object_mut() {
            object.remove("id");
        }
        Write::Create { rt, id: None, body: json.to_vec().into(), if_none_exist: None }
    };
    let refused =
        async |who: &str, write: Write| match hub.tenant.commit(&surgeon(&hub, who), vec![write]).await {
            Err(Error::Refused(issues)) => issues[0].text.key,
            Ok(_) => "written",
            Err(other) => panic!("{other}"),
        };
    let composition = fhir::ResourceType::COMPOSITION;
    assert_eq!(refused("bob", write(composition, &stored)).await, "note.author");
    assert_eq!(refused("ada", write(composition, &stored)).await, "written");
    let (_, note) = sign(&hub, "ada", &note).await;
    let query = vec![("target".to_string(), format!("Composition/{}", id(&note)))];
    let rt = fhir::ResourceType::PROVENANCE;
    let asked = store::search::SearchRequest { rt: Some(rt), params: query, ..Default::default() };
    let proof = hub.tenant.search(&surgeon(&hub, "bob"), &asked).await.unwrap().entries.remove(0).visible;
    let proof = fhir::json::parse(&proof.body).unwrap().into_owned();
    assert_eq!(refused("bob", write(rt, &proof)).await, "note.signature-not-proved");
    let proof = proof.into_owned();
    assert_eq!(refused("ada", write(rt, &proof)).await, "written");
}

#[tokio::test]
async fn what_a_note_links_to_is_of_its_patient() {
    let hub = hub().await;
    let observation = |id: &str, patient: &str| {
        format!(
            r#"{{"resourceType":"Observation","id":"{id}","status":"final","code":{{"text":"Poids"}},"subject":{{"reference":"Patient/{patient}"}}}}"#
        )
    };
    hub.create(&observation("mine", "p")).await;
    hub.create(&observation("other", "q")).await;
    let note = draft(&hub).await;
    let body = |entry: &str| {
        format!(r#"{{"version":1,"sections":[{{"code":"objective","text":"Poids","entries":["{entry}"]}}]}}"#)
    };
    let path = format!("notes/{}", id(&note));
    for wrong in ["Observation/other", "Observation/none"] {
        assert_eq!(code(&act(&hub, "ada", "PUT", &path, &body(wrong)).await.1), "note.entry");
    }
    assert_eq!(code(&act(&hub, "ada", "PUT", &path, &body("http://x/y")).await.1), "note.sections");
    let (status, saved) = act(&hub, "ada", "PUT", &path, &body("Observation/mine")).await;
    assert_eq!(status, 200, "{saved:?}");
    let objective = saved.each("sections").find(|s| s.get_str("code") == Some("objective")).unwrap();
    assert_eq!(objective.each("entries").next().and_then(Json::as_str), Some("Observation/mine"));
}

#[tokio::test]
async fn a_note_is_bounded() {
    let hub = hub().await;
    let note = draft(&hub).await;
    let long = "é".repeat(super::content::LETTERS_MAX + 1);
    assert_eq!(code(&put(&hub, "ada", &note, &long).await.1), "note.too-long");
    let fits = "é".repeat(super::content::LETTERS_MAX - 200);
    assert_eq!(put(&hub, "ada", &note, &fits).await.0, 200);
    let sections: Vec<String> = (0..50).map(|n| format!(r#"{{"code":"s-{n}","text":"x"}}"#)).collect();
    let body = format!(r#"{{"version":2,"sections":[{}]}}"#, sections.join(","));
    let path = format!("notes/{}", id(&note));
    assert_eq!(code(&act(&hub, "ada", "PUT", &path, &body).await.1), "note.too-long");
    for wrong in
        [r#"[{"code":"A b","text":"x"}]"#, r#"[{"code":"plan"},{"code":"plan"}]"#, r#"[7]"#, r#""x""#]
    {
        let body = format!(r#"{{"version":2,"sections":{wrong}}}"#);
        assert_eq!(code(&act(&hub, "ada", "PUT", &path, &body).await.1), "note.sections", "{wrong}");
    }
}

#[tokio::test]
async fn other_compositions_are_left_alone() {
    let hub = hub().await;
    let letter = |text: &str| {
        format!(
            r#"{{"resourceType":"Composition","id":"letter","status":"final","type":{{"text":"Lettre"}},"subject":{{"reference":"Patient/p"}},"date":"2026-01-01","author":[{{"display":"Dr Dehors"}}],"title":"{text}"}}"#
        )
    };
    hub.create(&letter("Une")).await;
    hub.create(&letter("Deux")).await;
    assert_eq!(act(&hub, "ada", "GET", "notes/letter", "").await.0, 404);
    let list = hub.ask(&Records, surgeon(&hub, "ada"), "GET", "patients/p/notes", "").await;
    assert_eq!(list.each("notes").count(), 0);
    let templates = hub.ask(&Records, surgeon(&hub, "ada"), "GET", "notes/templates", "").await;
    assert_eq!(templates.each("kinds").count(), 7);
}
