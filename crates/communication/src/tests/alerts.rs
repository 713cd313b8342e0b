//! An alert from the call to its end, with the clock, several people and bad input.

use super::*;
use store::Actor;

fn person(house: &House, role: Role, id: &str) -> Ctx {
    let ctx = house.ctx(&[role]);
    let actor = Actor { person: Some(format!("Practitioner/{id}").into()), ..(*ctx.actor).clone() };
    Ctx { actor: Arc::new(actor), ..ctx }
}

async fn ward() -> House {
    let house = house().await;
    for id in ["nurse", "surgeon", "other", "an"] {
        house
            .put(&format!(r#"{{"resourceType":"Practitioner","id":"{id}","name":[{{"text":"Nom {id}"}}]}}"#))
            .await;
    }
    house
}

const CALL: &str =
    r#"{"patient":"p1","priority":"high","text":"Saigne au niveau du redon","to":["Practitioner/surgeon"]}"#;

async fn called(house: &House) -> Json<'static> {
    let nurse = person(house, Role::Nurse, "nurse");
    let (status, alert) = house.call(nurse, "POST", "medical-alerts/send", CALL).await;
    assert_eq!(status, 201, "{alert:?}");
    alert
}

async fn waiting(house: &House, role: Role, id: &str) -> String {
    let (_, count) = house.call(person(house, role, id), "GET", "medical-alerts/count", "").await;
    ["waiting", "high", "late"]
        .map(|name| count.get(name).unwrap().as_number().unwrap().to_string())
        .join(" ")
}

async fn state(house: &House, alert: &Json<'_>) -> (String, String) {
    let json = house.hub.get(&format!("CommunicationRequest/{}", alert.get_str("id").unwrap())).await;
    let code = |url: &str| {
        json.each("extension").find(|e| e.get_str("url") == Some(url)).and_then(|e| {
            e.get_str("valueCode")
                .map(str::to_string)
                .or_else(|| e.get("valueUnsignedInt")?.as_number().map(str::to_string))
        })
    };
    (code("urn:medhub:alert:state").unwrap(), code("urn:medhub:alert:rung").unwrap())
}

async fn say(house: &House, who: Ctx, alert: &Json<'_>, verb: &str, words: &str) -> (u16, Json<'static>) {
    let json = house.hub.get(&format!("CommunicationRequest/{}", alert.get_str("id").unwrap())).await;
    let version = json.get("meta").unwrap().get_str("versionId").unwrap();
    // The store's version numbers are those of the resource.
    let path = format!("medical-alerts/{}/{verb}", alert.get_str("id").unwrap());
    house.call(who, "POST", &path, &format!(r#"{{"version":{version}{words}}}"#)).await
}

#[tokio::test]
async fn nobody_answers_and_it_goes_up_and_never_ends() {
    let house = ward().await;
    let alert = called(&house).await;
    assert_eq!(
        (alert.get_str("state"), alert.get_str("text")),
        (Some("notified"), Some("Saigne au niveau du redon"))
    );
    assert_eq!(waiting(&house, Role::Surgeon, "surgeon").await, "1 1 0");
    assert_eq!(waiting(&house, Role::Anaesthetist, "an").await, "0 0 0");
    house.later(119).await;
    assert_eq!(state(&house, &alert).await.1, "0");
    house.later(1).await;
    assert_eq!(state(&house, &alert).await, ("notified".into(), "1".into()));
    assert_eq!(waiting(&house, Role::Anaesthetist, "an").await, "1 1 0");
    assert_eq!(waiting(&house, Role::Nurse, "other").await, "0 0 0");
    for _ in 0..20 {
        house.later(120).await;
        assert_eq!(state(&house, &alert).await, ("notified".into(), "2".into()));
    }
    assert_eq!(waiting(&house, Role::Nurse, "other").await, "1 1 0");
    // The round stands still: whoever looks is told.
    house.hub.clock.advance(Duration::from_secs(300));
    assert_eq!(waiting(&house, Role::Surgeon, "surgeon").await, "1 1 1");
}

#[tokio::test]
async fn read_is_not_done_and_done_is_said_with_words() {
    let house = ward().await;
    let alert = called(&house).await;
    let surgeon = || person(&house, Role::Surgeon, "surgeon");
    assert_eq!(say(&house, surgeon(), &alert, "ack", "").await.0, 200);
    assert_eq!(waiting(&house, Role::Surgeon, "surgeon").await, "0 0 0");
    house.later(300).await;
    assert_eq!(state(&house, &alert).await, ("notified".into(), "1".into()));
    assert_eq!(say(&house, surgeon(), &alert, "respond", "").await.0, 200);
    house.later(29 * 60).await;
    assert_eq!(state(&house, &alert).await.0, "responding");
    assert_eq!(say(&house, surgeon(), &alert, "ack", "").await.1.as_str(), Some("communication.alert-over"));
    assert_eq!(say(&house, surgeon(), &alert, "resolve", "").await.1.as_str(), Some("form.missing"));
    let (status, over) =
        say(&house, surgeon(), &alert, "resolve", r#","comment":"Pansement compressif""#).await;
    assert_eq!((status, over.get_str("state"), over.each("may").count()), (200, Some("resolved"), 0));
    let codes: Vec<&str> = over.each("events").filter_map(|e| e.get_str("code")).collect();
    assert_eq!(codes, ["sent", "called", "ack", "idle", "respond", "resolve"]);
    house.later(DAY).await;
    assert_eq!(state(&house, &alert).await.0, "resolved");
    assert_eq!(
        say(&house, surgeon(), &alert, "respond", "").await.1.as_str(),
        Some("communication.alert-over")
    );
}

#[tokio::test]
async fn who_cannot_come_passes_it_on_and_who_called_takes_it_back() {
    let house = ward().await;
    let alert = called(&house).await;
    say(&house, person(&house, Role::Surgeon, "surgeon"), &alert, "pass", "").await;
    assert_eq!(state(&house, &alert).await, ("notified".into(), "1".into()));
    let words = r#","comment":"Erreur de patient""#;
    let other = say(&house, person(&house, Role::Surgeon, "surgeon"), &alert, "withdraw", words).await;
    assert_eq!(other.0, 403);
    let nurse = person(&house, Role::Nurse, "nurse");
    assert_eq!(say(&house, nurse, &alert, "withdraw", words).await.0, 200);
    house.later(DAY).await;
    assert_eq!(state(&house, &alert).await.0, "withdrawn");
}

#[tokio::test]
async fn two_who_answer_at_once_and_calls_that_are_wrong() {
    let house = ward().await;
    let alert = called(&house).await;
    let path = format!("medical-alerts/{}/respond", alert.get_str("id").unwrap());
    let body = format!(r#"{{"version":{}}}"#, alert.get("version").unwrap().as_number().unwrap());
    let first = house.call(person(&house, Role::Surgeon, "surgeon"), "POST", &path, &body).await.0;
    let second = house.call(person(&house, Role::Anaesthetist, "an"), "POST", &path, &body).await.0;
    assert_eq!((first, second), (200, 412));
    let nurse = || person(&house, Role::Nurse, "nurse");
    for (body, why) in [
        (CALL.replace("high", "red"), "form.not-listed"),
        (CALL.replace("Practitioner/surgeon", "Practitioner/nobody"), "communication.unknown-called"),
        (CALL.replace("Practitioner/surgeon", "auditor"), "communication.unknown-called"),
        (CALL.replace(r#"["Practitioner/surgeon"]"#, "[]"), "communication.nobody-called"),
        (CALL.replace("Saigne au niveau du redon", " "), "form.not-text"),
    ] {
        let (_, told) = house.call(nurse(), "POST", "medical-alerts/send", &body).await;
        assert_eq!(told.as_str(), Some(why), "{body}");
    }
    // Nobody learns by a call who is a patient here.
    assert_eq!(
        house.call(nurse(), "POST", "medical-alerts/send", &CALL.replace("p1", "nobody")).await.0,
        404
    );
    let desk = house.ctx(&[Role::Secretary]);
    assert_eq!(house.call(desk.clone(), "POST", "medical-alerts/send", CALL).await.0, 403);
    assert_eq!(house.call(desk, "POST", &path, &body).await.0, 404);
    let forged = String::from_utf8(
        house.hub.get(&format!("CommunicationRequest/{}", alert.get_str("id").unwrap())).await.to_vec(),
    )
    .unwrap();
    house.hub.refusal(&forged.replace("active", "completed")).await;
}
