//! Nobody decides a step by plain FHIR, or takes its place before it begins.

use super::{House, case, house};
use fhir::{Json, ResourceType};
use store::{Error, Outcome, Result, Role, Write};

const CALL: &str = r#"{"resourceType":"Task","id":"call","status":"requested","intent":"order","description":"Rappeler","for":{"reference":"Patient/p1"}}"#;

async fn commit(house: &House, writes: Vec<Write>) -> Result<Vec<Outcome>> {
    let nurse = house.hub.ctx(&[Role::Nurse, Role::MedicalAdmin]);
    house.hub.tenant.commit(&nurse, writes).await
}

/// A step that somebody could decide.
async fn ready(house: &House) -> Json<'static> {
    let all = house.found(ResourceType::TASK).await;
    all.into_iter().find(|task| task.get_str("status") == Some("ready")).expect("a step")
}

async fn is_refused(house: &House, writes: Vec<Write>) {
    let shown = format!("{writes:?}");
    match commit(house, writes).await {
        Err(Error::Refused(issues)) => assert_eq!(issues[0].text.key, "workflow.only-by-its-verbs"),
        other => panic!("{other:?}: {shown}"),
    }
}

fn update(rt: ResourceType, id: &str, body: &str) -> Write {
    let body = body.to_string().into();
    Write::Update { rt, id: id.into(), body, if_match: None, if_none_match: false }
}

#[tokio::test]
async fn a_step_is_written_by_its_verbs_alone() {
    let house = house().await;
    house.put(&case("active", "")).await;
    let real = ready(&house).await;
    let id = real.get_str("id").unwrap();
    let looks = real.to_string().replace(&format!(r#""id":"{id}""#), r#""id":"false""#);
    let approved = real.to_string().replace(r#""status":"ready""#, r#""status":"completed""#);
    let unmarked = real.to_string().replace("workflow-step\"", "other\"");
    for forged in [&looks, &approved, &unmarked] {
        assert!(house.hub.refusal(forged).await.contains("« À faire »"), "{forged}");
    }
    let group = house.found(ResourceType::REQUEST_GROUP).await.remove(0).to_string();
    house.hub.refusal(&group.replace(r#""active""#, r#""completed""#)).await;
    let delete = Write::Delete { rt: ResourceType::TASK, id: id.into(), if_match: None };
    let gone = house.hub.tenant.commit(&house.admin(), vec![delete]).await;
    assert!(matches!(gone, Err(store::Error::Refused(_))), "{gone:?}");
    // A task of another kind is anybody's.
    house.hub.create(r#"{"resourceType":"Task","id":"call","status":"requested","intent":"order","description":"Rappeler","for":{"reference":"Patient/p1"}}"#).await;
    assert_eq!(house.hub.get(&format!("Task/{id}")).await.to_string(), real.to_string(), "nothing changed");
}

#[tokio::test]
async fn no_way_of_writing_goes_around_the_rule() {
    let house = house().await;
    house.put(&case("active", "")).await;
    let task = ready(&house).await;
    let (id, body) = (task.get_str("id").unwrap(), task.to_string());
    let rt = ResourceType::TASK;
    let approved = body.replace(r#""code":"ready""#, r#""code":"done""#);
    assert_ne!(approved, body);
    // An update of the version that was read, as a client makes it; a bundle is one transaction.
    let matched = Write::Update {
        rt,
        id: id.into(),
        body: approved.clone().into(),
        if_match: Some(1),
        if_none_match: false,
    };
    is_refused(&house, vec![matched]).await;
    is_refused(&house, vec![update(rt, "call", CALL), update(rt, id, &approved)]).await;
    let query = format!("_id={id}");
    let found =
        Write::UpdateWhere { rt, query: query.clone(), body: approved.clone().into(), if_match: None };
    is_refused(&house, vec![found]).await;
    is_refused(&house, vec![Write::DeleteWhere { rt, query, multiple: true }]).await;
    is_refused(&house, vec![Write::Create { rt, id: None, body: approved.into(), if_none_exist: None }])
        .await;
    assert_eq!(house.hub.get(&format!("Task/{id}")).await.to_string(), body, "nothing changed");
    let call = house.hub.tenant.read(&house.admin(), rt, "call").await;
    assert!(matches!(call, Err(Error::NotFound)), "nothing of the bundle stands");
    commit(&house, vec![update(rt, "call", CALL)]).await.unwrap();
}

#[tokio::test]
async fn the_place_of_a_step_cannot_be_taken_before_it_begins() {
    let house = house().await;
    house.put(&case("active", "")).await;
    for rt in [ResourceType::TASK, ResourceType::REQUEST_GROUP] {
        let real = house.found(rt).await.remove(0);
        let id = real.get_str("id").unwrap();
        assert!(id.starts_with("workflow-"), "{id}");
    }
    for rt in [ResourceType::TASK, ResourceType::REQUEST_GROUP] {
        let empty = format!(
            r#"{{"resourceType":"{rt}","id":"workflow-1","status":"draft","intent":"order","subject":{{"reference":"Patient/p1"}}}}"#
        );
        let empty = if rt == ResourceType::TASK { empty.replace("subject", "for") } else { empty };
        is_refused(&house, vec![update(rt, "workflow-1", &empty)]).await;
        commit(&house, vec![update(rt, "other-1", &empty.replace("workflow-1", "other-1"))]).await.unwrap();
    }
}
