//! Conversations: who sees them and who does not, said once, never changed, read by whom.

use super::*;
use crate::talk::RESERVED;
use store::Actor;
use store::search::SearchRequest as Asked;

fn person(house: &House, role: Role, id: &str) -> Ctx {
    let ctx = house.ctx(&[role]);
    let account = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, id.as_bytes());
    let actor =
        Actor { id: account, person: Some(format!("Practitioner/{id}").into()), ..(*ctx.actor).clone() };
    Ctx { actor: Arc::new(actor), ..ctx }
}

async fn clinic() -> House {
    let house = house().await;
    for id in ["ada", "ben", "cleo", "dora", "admin", "paul"] {
        house
            .put(&format!(r#"{{"resourceType":"Practitioner","id":"{id}","name":[{{"text":"Nom {id}"}}]}}"#))
            .await;
    }
    house
}

const FIRST: &str = r#"{"key":"k1","subject":"Anticoagulant avant l'opération","patient":"p1","to":["Practitioner/ben"],"text":"Faut-il arrêter l'apixaban ?","urgent":true,"mentions":["Practitioner/ben"]}"#;
const TALK: &str = "secure-messaging/conversations";

fn ada(house: &House) -> Ctx {
    person(house, Role::Surgeon, "ada")
}

fn ben(house: &House) -> Ctx {
    person(house, Role::Anaesthetist, "ben")
}

async fn begun(house: &House) -> String {
    let (status, told) = house.call(ada(house), "POST", TALK, FIRST).await;
    assert_eq!(status, 201, "{told}");
    told.get_str("id").unwrap().to_string()
}

async fn say(house: &House, who: Ctx, id: &str, key: &str, more: &str) -> (u16, Json<'static>) {
    let body = format!(r#"{{"key":"{key}","text":"Réponse {key}"{more}}}"#);
    house.call(who, "POST", &format!("{TALK}/{id}/messages"), &body).await
}

async fn open(house: &House, who: Ctx, id: &str) -> (u16, Json<'static>) {
    house.call(who, "GET", &format!("{TALK}/{id}"), "").await
}

fn number(json: &Json<'_>, name: &str) -> i64 {
    json.get(name).and_then(Json::as_number).unwrap().parse().unwrap()
}

async fn listed(house: &House, who: Ctx) -> Vec<Json<'static>> {
    let (status, told) = house.call(who, "GET", TALK, "").await;
    assert_eq!(status, 200);
    told.each("items").cloned().collect()
}

/// All ids of conversations that plain FHIR shows.
async fn shown(house: &House, ctx: &Ctx, params: &[(&str, &str)]) -> Vec<String> {
    let request = Asked {
        rt: Some(ResourceType::COMMUNICATION),
        params: params.iter().map(|(n, v)| ((*n).to_string(), (*v).to_string())).collect(),
        ..Asked::default()
    };
    match house.hub.tenant.search(ctx, &request).await {
        Ok(page) => {
            assert!(
                page.total.is_none_or(|total| total as usize <= page.entries.len()),
                "the total tells more"
            );
            page.entries.into_iter().map(|e| e.visible.id).filter(|id| id.starts_with(RESERVED)).collect()
        }
        Err(Error::Denied) => Vec::new(),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn two_people_talk_about_a_patient() {
    let house = clinic().await;
    let id = begun(&house).await;
    let mine = listed(&house, ben(&house)).await;
    assert_eq!(mine.len(), 1);
    let card = &mine[0];
    assert_eq!(card.get_str("excerpt"), Some("Faut-il arrêter l'apixaban ?"));
    assert_eq!(card.get("patient").unwrap().get_str("name"), Some("SECRET Ada"));
    let flag = |card: &Json<'_>, name: &str| card.get(name).and_then(Json::as_bool).unwrap();
    assert_eq!((number(card, "unread"), flag(card, "urgent"), flag(card, "called")), (1, true, true));
    let (_, counted) = house.call(ben(&house), "GET", "secure-messaging/count", "").await;
    assert_eq!(["unread", "urgent", "called"].map(|name| number(&counted, name)), [1, 1, 1]);
    // To open it is not to have read it; the page says when it was shown.
    open(&house, ben(&house), &id).await;
    assert_eq!(number(&listed(&house, ben(&house)).await[0], "unread"), 1);
    let read = format!("{TALK}/{id}/read");
    assert_eq!(house.call(ben(&house), "POST", &read, r#"{"upto":99}"#).await.0, 204);
    assert_eq!(number(&listed(&house, ben(&house)).await[0], "unread"), 0);
    let (_, seen) = open(&house, ada(&house), &id).await;
    let upto = seen.each("read").find(|one| one.get_str("reference") == Some("Practitioner/ben")).unwrap();
    assert_eq!((number(upto, "upto"), upto.get_str("name")), (1, Some("Nom ben")));
    assert_eq!(say(&house, ben(&house), &id, "b1", "").await.0, 201);
    assert_eq!(number(&listed(&house, ada(&house)).await[0], "unread"), 1);
    assert_eq!(number(&listed(&house, ben(&house)).await[0], "unread"), 0);
    let (_, seen) = open(&house, ada(&house), &id).await;
    let texts: Vec<&str> = seen.each("messages").filter_map(|one| one.get_str("text")).collect();
    assert_eq!(texts, ["Faut-il arrêter l'apixaban ?", "Réponse b1"]);
}

#[tokio::test]
async fn what_is_sent_twice_is_said_once_and_nothing_is_lost_under_one_key() {
    let house = clinic().await;
    let id = begun(&house).await;
    assert_eq!(house.call(ada(&house), "POST", TALK, FIRST).await.0, 200);
    assert_eq!(listed(&house, ada(&house)).await.len(), 1);
    for _ in 0..3 {
        assert_eq!(say(&house, ben(&house), &id, "same", "").await.0, 201);
    }
    let body = r#"{"key":"same","text":"Autre chose"}"#;
    let (_, told) = house.call(ben(&house), "POST", &format!("{TALK}/{id}/messages"), body).await;
    assert_eq!(told.as_str(), Some("communication.key-used"));
    // The same key of somebody else is another message.
    assert_eq!(say(&house, ada(&house), &id, "same", "").await.0, 201);
    let all: Vec<_> =
        (0..12).map(|n| (if n % 2 == 0 { ada(&house) } else { ben(&house) }, format!("n{n}"))).collect();
    let at_once = all.into_iter().map(|(who, key)| {
        let (house, id) = (&house, &id);
        async move { say(house, who, id, &key, "").await.0 }
    });
    let done = futures_util::future::join_all(at_once).await;
    assert!(done.iter().all(|status| *status == 201), "{done:?}");
    let (_, seen) = open(&house, ada(&house), &id).await;
    let order: Vec<i64> = seen.each("messages").map(|one| number(one, "seq")).collect();
    assert_eq!(order, (1..=15).collect::<Vec<i64>>());
}

#[tokio::test]
async fn nobody_else_sees_it_whatever_their_role() {
    let house = clinic().await;
    let id = begun(&house).await;
    say(&house, ben(&house), &id, "b", "").await;
    house.call(ben(&house), "POST", &format!("{TALK}/{id}/read"), r#"{"upto":1}"#).await;
    let both = [shown(&house, &ada(&house), &[]).await, shown(&house, &ben(&house), &[]).await];
    assert!(both.iter().all(|ids| ids.len() == 5), "conversation, two messages, two receipts: {both:?}");
    let rows = both[0].clone();
    let glass = |ctx: Ctx| Ctx { purpose: store::Purpose::BreakGlass, ..ctx };
    let strangers = [
        ("same role", person(&house, Role::Surgeon, "cleo")),
        ("the same person's other account", house.ctx(&[Role::Surgeon])),
        ("nurse", person(&house, Role::Nurse, "dora")),
        ("administrator", person(&house, Role::MedicalAdmin, "admin")),
        ("auditor", person(&house, Role::Auditor, "admin")),
        ("program", house.ctx(&[Role::Integration])),
        ("patient", house.ctx(&[Role::Patient])),
        ("billing, by the very name", person(&house, Role::Billing, "ben")),
        ("emergency", glass(person(&house, Role::Surgeon, "cleo"))),
    ];
    for (who, ctx) in strangers {
        for params in [
            &[][..],
            &[("patient", "Patient/p1")],
            &[("_id", rows[0].as_str())],
            &[("_security", "urn:medhub:among|Practitioner/ben")],
            &[("_summary", "count")],
            &[
                ("_include", "Communication:part-of"),
                ("category", "urn:medhub:communication:purpose|conversation-message"),
            ],
        ] {
            assert!(shown(&house, &ctx, params).await.is_empty(), "{who}: {params:?}");
        }
        for row in &rows {
            let read = house.hub.tenant.read(&ctx, ResourceType::COMMUNICATION, row).await;
            assert!(matches!(read, Err(Error::Denied)), "{who} reads {row}");
            let version = house.hub.tenant.vread(&ctx, ResourceType::COMMUNICATION, row, 1).await;
            assert!(
                matches!(version, Err(Error::Denied | Error::NotFound)),
                "{who} reads a version of {row}"
            );
        }
        let (status, told) = open(&house, ctx.clone(), &id).await;
        assert!(matches!(status, 403 | 404), "{who} opens it: {told}");
        assert!(!matches!(say(&house, ctx.clone(), &id, "x", "").await.0, 200 | 201), "{who} says something");
        let upto = house.call(ctx.clone(), "POST", &format!("{TALK}/{id}/read"), r#"{"upto":1}"#).await.0;
        assert!(matches!(upto, 403 | 404 | 422), "{who} leaves a receipt");
    }
}

#[tokio::test]
async fn a_team_takes_part_and_administrators_are_none() {
    let house = clinic().await;
    let body = FIRST
        .replace(r#"["Practitioner/ben"],"text""#, r#"["secretary"],"text""#)
        .replace(r#","mentions":["Practitioner/ben"]"#, "");
    let (status, told) = house.call(ada(&house), "POST", TALK, &body).await;
    assert_eq!(status, 201, "{told}");
    assert_eq!(listed(&house, person(&house, Role::Secretary, "paul")).await.len(), 1);
    assert_eq!(listed(&house, person(&house, Role::Nurse, "dora")).await.len(), 0);
    let (_, told) = house.call(ada(&house), "POST", TALK, &body.replace("secretary", "medical_admin")).await;
    assert_eq!(told.as_str(), Some("communication.unknown-addressed"));
    // By name an administrator takes part like anybody.
    let named = FIRST.replace("Practitioner/ben", "Practitioner/admin").replace("k1", "k2");
    assert_eq!(house.call(ada(&house), "POST", TALK, &named).await.0, 201);
    assert_eq!(listed(&house, person(&house, Role::MedicalAdmin, "admin")).await.len(), 1);
}

#[tokio::test]
async fn what_was_said_stays_as_it_was() {
    let house = clinic().await;
    let id = begun(&house).await;
    let all = shown(&house, &ada(&house), &[]).await;
    for row in &all {
        let stored = house.hub.tenant.read(&ada(&house), ResourceType::COMMUNICATION, row).await.unwrap();
        let forged = String::from_utf8(stored.body.to_vec()).unwrap().replace("apixaban", "rivaroxaban");
        for ctx in [ada(&house), person(&house, Role::MedicalAdmin, "admin")] {
            let body = bytes::Bytes::from(forged.clone());
            let write = store::Write::Update {
                rt: ResourceType::COMMUNICATION,
                id: row.clone(),
                body,
                if_match: None,
                if_none_match: false,
            };
            assert!(house.hub.tenant.commit(&ctx, vec![write]).await.is_err(), "{row} was changed");
        }
    }
    // Not even by the hub.
    let message = all.iter().find(|one| one.starts_with("talk-message-")).unwrap();
    let stored = house.hub.tenant.read(&ada(&house), ResourceType::COMMUNICATION, message).await.unwrap();
    let write = store::Write::Update {
        rt: ResourceType::COMMUNICATION,
        id: message.clone(),
        body: stored.body,
        if_match: None,
        if_none_match: false,
    };
    assert!(house.hub.tenant.commit(&Ctx::system("test"), vec![write]).await.is_err());
    // Nor does anybody put words into it from outside.
    let forged = format!(
        r#"{{"resourceType":"Communication","id":"talk-message-x","status":"completed","partOf":[{{"reference":"Communication/{id}"}}],"payload":[{{"contentString":"faux"}}]}}"#
    );
    house.hub.refusal(&forged).await;
    let labelled = r#"{"resourceType":"Communication","id":"other","meta":{"security":[{"system":"urn:medhub:among","code":"Practitioner/ada"}]},"status":"completed"}"#;
    let denied = house.hub.try_create(labelled).await;
    assert!(matches!(denied, Err(Error::Denied)), "{denied:?}");
}

#[tokio::test]
async fn who_is_brought_in_sees_all_and_who_leaves_nothing_new() {
    let house = clinic().await;
    let id = begun(&house).await;
    let cleo = || person(&house, Role::Surgeon, "cleo");
    assert_eq!(open(&house, cleo(), &id).await.0, 404);
    let bring = format!("{TALK}/{id}/participants");
    let body = r#"{"key":"c","to":["Practitioner/cleo","nurse"]}"#;
    assert_eq!(house.call(cleo(), "POST", &bring, body).await.0, 404, "nobody brings oneself in");
    assert_eq!(house.call(ben(&house), "POST", &bring, body).await.0, 200);
    let (status, seen) = open(&house, cleo(), &id).await;
    let kinds: Vec<&str> = seen.each("messages").filter_map(|one| one.get_str("kind")).collect();
    assert_eq!((status, kinds), (200, vec!["said", "joined"]));
    assert_eq!(say(&house, person(&house, Role::Nurse, "dora"), &id, "d", "").await.0, 201);
    assert_eq!(house.call(cleo(), "POST", &format!("{TALK}/{id}/leave"), r#"{"key":"l"}"#).await.0, 204);
    assert_eq!(open(&house, cleo(), &id).await.0, 404);
    say(&house, ben(&house), &id, "after", "").await;
    // What was said to them they were told; of what came after they know nothing.
    let (before, now) = (shown(&house, &cleo(), &[]).await, shown(&house, &ben(&house), &[]).await);
    assert!(!before.contains(&id) && before.len() < now.len(), "{before:?}");
    let (_, found) = house.call(cleo(), "GET", "secure-messaging/search?q=apixaban", "").await;
    assert_eq!(found.each("items").count(), 0);
}

#[tokio::test]
async fn it_is_put_into_the_chart_handed_over_and_found() {
    let house = clinic().await;
    let id = begun(&house).await;
    let act = |name: &'static str, body: &'static str| (format!("{TALK}/{id}/{name}"), body);
    let (path, body) = act("archive", r#"{"key":"a"}"#);
    let paul = || person(&house, Role::Secretary, "paul");
    assert_eq!(house.call(paul(), "POST", &path, body).await.0, 404);
    assert_eq!(house.call(ada(&house), "POST", &path, body).await.0, 200);
    let (_, again) = house.call(ada(&house), "POST", &path, r#"{"key":"a2"}"#).await;
    assert_eq!(again.as_str(), Some("communication.nothing-new"));
    // In the chart it is the chart's: a colleague who may read the chart reads it, and not the conversation.
    let cleo = || person(&house, Role::Surgeon, "cleo");
    let (_, chart) = house.call(cleo(), "GET", "secure-messaging/patients/p1", "").await;
    let record = chart.each("records").next().expect("a record");
    assert!(record.each("lines").next().unwrap().as_str().unwrap().contains("apixaban"), "{record}");
    assert_eq!(chart.each("items").count(), 0);
    assert_eq!(shown(&house, &cleo(), &[("patient", "Patient/p1")]).await.len(), 1);

    let (path, body) = act("delegate", r#"{"key":"d","text":"Merci d'appeler le cardiologue."}"#);
    assert_eq!(house.call(ben(&house), "POST", &path, body).await.0, 200);
    let (_, count) = house.call(paul(), "GET", "secure-messaging/count", "").await;
    assert_eq!((number(&count, "todo"), number(&count, "unread")), (1, 1));
    let (path, body) = act("done", r#"{"key":"e","text":"Fait à 14 h."}"#);
    assert_eq!(house.call(paul(), "POST", &path, body).await.0, 200);
    let (_, count) = house.call(paul(), "GET", "secure-messaging/count", "").await;
    assert_eq!((number(&count, "todo"), number(&count, "unread")), (0, 0));

    for (asked, hits) in [("APIXABAN", 1), ("cardiologue", 1), ("arreter", 1), ("bilan", 0)] {
        let (_, found) =
            house.call(ben(&house), "GET", &format!("secure-messaging/search?q={asked}"), "").await;
        assert_eq!(found.each("items").count(), hits, "{asked}");
        let (_, found) = house.call(cleo(), "GET", &format!("secure-messaging/search?q={asked}"), "").await;
        assert_eq!(found.each("items").count(), 0, "{asked}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_said() {
    let house = clinic().await;
    let id = begun(&house).await;
    for (body, why) in [
        (FIRST.replace("Practitioner/ben", "Practitioner/nobody"), "communication.unknown-addressed"),
        (FIRST.replace(r#""to":["Practitioner/ben"]"#, r#""to":[]"#), "communication.nobody-addressed"),
        (FIRST.replace("p1", "nobody"), "communication.no-patient"),
        (FIRST.replace("p1", "../x"), "communication.no-patient"),
        (
            FIRST.replace(r#""mentions":["Practitioner/ben"]"#, r#""mentions":["Practitioner/cleo"]"#),
            "communication.not-taking-part",
        ),
        (
            FIRST.replace(r#""urgent":true"#, r#""documents":["DocumentReference/x"]"#),
            "communication.not-a-document",
        ),
        (FIRST.replace("Faut-il arrêter l'apixaban ?", " "), "form.not-text"),
    ] {
        let (_, told) = house.call(ada(&house), "POST", TALK, &body.replace("k1", "k9")).await;
        assert_eq!(told.as_str(), Some(why), "{body}");
    }
    let (_, told) = house.call(house.ctx(&[Role::Surgeon]), "POST", TALK, FIRST).await;
    assert_eq!(told.as_str(), Some("communication.no-person"));
    for other in ["talk-x", "alert-1", &format!("{id}0")] {
        assert_eq!(open(&house, ada(&house), other).await.0, 404, "{other}");
    }
    let (_, told) = house.call(ada(&house), "GET", "secure-messaging/search?q=a", "").await;
    assert_eq!(told.as_str(), Some("communication.too-short"));
}
