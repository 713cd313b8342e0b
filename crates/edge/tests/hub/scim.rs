//! SCIM over HTTP, as a directory uses it.

use crate::kit::Reply;
use crate::oauth::{Stage, stage, text, value};
use serde_json::{Value, json};
use std::time::Duration;
use store::{Grant, NewToken, Purpose, Role, TokenKind};

/// A token of a directory; `scopes` as they would be granted to it.
async fn token(s: &Stage, tenant: &str, scopes: &str) -> String {
    let name = format!("client-{}", scopes.len());
    let hub = &s.w.hub;
    if hub.account(tenant, &name).await.unwrap().is_none() {
        hub.account_create(tenant, &name, &[Role::Integration], None).await.unwrap();
    }
    let account = hub.account(tenant, &name).await.unwrap().unwrap().id;
    let grant = Grant {
        client: Some("directory".into()),
        scopes: Some(vec![]),
        plain_scopes: scopes.into(),
        ..Grant::default()
    };
    let new = NewToken {
        tenant: tenant.into(),
        account,
        kind: TokenKind::Access,
        purpose: Purpose::Treatment,
        ttl_s: 300,
        idle_s: None,
        family: None,
        grant,
    };
    hub.token_issue_new(new).await.unwrap().0
}

async fn ask(s: &Stage, token: &str, method: &str, path: &str, body: Value) -> Reply {
    let ask = s.w.ask(method, &format!("/t/alpha/scim/v2/{path}")).token(token);
    let body = if body.is_null() { String::new() } else { body.to_string() };
    ask.body(body.into_bytes()).header("content-type", "application/scim+json").send().await
}

#[tokio::test]
async fn only_a_program_with_the_scope_comes_in() {
    let s = stage().await;
    let good = token(&s, "alpha", "scim").await;
    assert_eq!(ask(&s, &good, "GET", "Users", Value::Null).await.status, 200);
    let other = token(&s, "alpha", "openid profile").await;
    for bad in [&other, &s.w.admin, &s.w.claire] {
        let reply = ask(&s, bad, "GET", "Users", Value::Null).await;
        assert_eq!((reply.status, &value(&reply)["status"]), (403, &json!("403")));
        assert_eq!(ask(&s, bad, "PATCH", "Groups/medical_admin", json!({})).await.status, 403);
        assert_eq!(ask(&s, bad, "POST", "Groups", json!({})).await.status, 403);
    }
    let nobody = s.w.ask("GET", "/t/alpha/scim/v2/Users").send().await;
    assert_eq!((nobody.status, nobody.header("www-authenticate")), (401, "Bearer realm=\"medhub\""));
    assert_eq!(nobody.header("content-type"), "application/scim+json; charset=utf-8");
    let foreign = token(&s, "beta", "scim").await;
    assert_eq!(ask(&s, &foreign, "GET", "Users", Value::Null).await.status, 404);
    let open = s.w.ask("GET", "/t/alpha/scim/v2/ServiceProviderConfig").send().await;
    assert_eq!(value(&open)["patch"]["supported"], true);
}

#[tokio::test]
async fn an_account_comes_changes_and_goes() {
    let s = stage().await;
    let t = token(&s, "alpha", "scim").await;
    let user = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "dora@clinic.example", "externalId": "7",
        "name": {"givenName": "Dora", "familyName": "EXEMPLE"}, "title": "IBODE", "active": true,
        "emails": [{"value": "other@clinic.example"}, {"value": "dora@clinic.example", "primary": true}],
    });
    let made = ask(&s, &t, "POST", "Users", user.clone()).await;
    assert_eq!(made.status, 201, "{}", text(&made));
    let seen = value(&made);
    let id = seen["id"].as_str().unwrap().to_string();
    assert_eq!(made.header("location"), format!("http://hub.test/t/alpha/scim/v2/Users/{id}"));
    assert_eq!((&seen["displayName"], &seen["groups"]), (&json!("Dora EXEMPLE"), &json!([])));
    assert_eq!(seen["emails"][0]["value"], "dora@clinic.example");
    let again = ask(&s, &t, "POST", "Users", user).await;
    assert_eq!((again.status, &value(&again)["scimType"]), (409, &json!("uniqueness")));
    let found = async |filter: &str| {
        let path = format!("Users?filter={}", filter.replace(' ', "%20").replace('"', "%22"));
        value(&ask(&s, &t, "GET", &path, Value::Null).await)
    };
    assert_eq!(found("userName eq \"DORA@clinic.example\"").await["Resources"][0]["id"], json!(id));
    assert_eq!(found("externalId eq \"7\"").await["totalResults"], 1);
    assert_eq!(found("userName eq \"nobody\"").await["totalResults"], 0);
    assert_eq!(found("title pr").await["scimType"], "invalidFilter");
    // A role, then none of it works any more once the directory switches the account off.
    let before = crate::oauth::session(&s.w, "alpha", "dora@clinic.example").await.0;
    let add = json!({"Operations": [{"op": "Add", "path": "members", "value": [{"value": id}]}]});
    let group = ask(&s, &t, "PATCH", "Groups/nurse", add).await;
    assert_eq!(value(&group)["members"][0]["value"], json!(id), "{}", text(&group));
    // Who was signed in with one factor is not staff all at once.
    assert_eq!(s.w.ask("GET", "/api/v1/me").header("cookie", &before).send().await.status, 401);
    let session = crate::oauth::session(&s.w, "alpha", "dora@clinic.example").await.0;
    let me = async || s.w.ask("GET", "/api/v1/me").header("cookie", &session).send().await.status;
    assert_eq!(me().await, 200);
    let off = json!({"Operations": [{"op": "Replace", "path": "active", "value": "False"}]});
    assert_eq!(value(&ask(&s, &t, "PATCH", &format!("Users/{id}"), off).await)["active"], false);
    s.clock.advance(Duration::from_secs(2));
    assert_eq!(me().await, 401);
    let rename = json!({"Operations": [{"op": "replace", "value": {"userName": "root"}}]});
    let rename = ask(&s, &t, "PATCH", &format!("Users/{id}"), rename).await;
    assert_eq!((rename.status, &value(&rename)["scimType"]), (400, &json!("mutability")));
    let whole = json!({"userName": "dora@clinic.example", "displayName": "Dora", "active": true});
    let whole = value(&ask(&s, &t, "PUT", &format!("Users/{id}"), whole).await);
    assert_eq!(
        (&whole["displayName"], &whole["active"], whole.get("emails")),
        (&json!("Dora"), &json!(true), None)
    );
    // Gone for the directory, closed for us; the name is never given to somebody else.
    assert_eq!(ask(&s, &t, "DELETE", &format!("Users/{id}"), Value::Null).await.status, 204);
    assert_eq!(ask(&s, &t, "GET", &format!("Users/{id}"), Value::Null).await.status, 404);
    let back = ask(&s, &t, "POST", "Users", json!({"userName": "dora@clinic.example"})).await;
    assert_eq!(back.status, 409);
    assert!(s.w.hub.account("alpha", "dora@clinic.example").await.unwrap().unwrap().disabled);
}

#[tokio::test]
async fn lists_come_in_pages_without_programs() {
    let s = stage().await;
    let t = token(&s, "alpha", "scim").await;
    let page = value(&ask(&s, &t, "GET", "Users?startIndex=2&count=1", Value::Null).await);
    assert_eq!(
        (&page["totalResults"], &page["startIndex"], &page["itemsPerPage"]),
        (&json!(3), &json!(2), &json!(1))
    );
    assert_eq!(page["Resources"][0]["userName"], "auditor");
    let program = s.w.hub.account("alpha", "client-4").await.unwrap().unwrap().id;
    assert_eq!(ask(&s, &t, "DELETE", &format!("Users/{program}"), Value::Null).await.status, 404);
    let named = json!({"userName": "client-9"});
    assert_eq!(ask(&s, &t, "POST", "Users", named).await.status, 400);
    let groups = value(&ask(&s, &t, "GET", "Groups", Value::Null).await);
    assert!(groups["Resources"].as_array().unwrap().iter().all(|g| g["id"] != "integration"));
    assert_eq!(ask(&s, &t, "PATCH", "Groups/integration", json!({})).await.status, 404);
}

#[tokio::test]
async fn somebody_always_runs_the_clinic() {
    let s = stage().await;
    let t = token(&s, "alpha", "scim").await;
    let id = s.w.hub.account("alpha", "admin").await.unwrap().unwrap().id.to_string();
    let off = json!({"Operations": [{"op": "replace", "value": {"active": false}}]});
    assert_eq!(ask(&s, &t, "PATCH", &format!("Users/{id}"), off.clone()).await.status, 409);
    assert_eq!(ask(&s, &t, "DELETE", &format!("Users/{id}"), Value::Null).await.status, 409);
    let out = json!({"Operations": [{"op": "remove", "path": format!("members[value eq \"{id}\"]")}]});
    assert_eq!(ask(&s, &t, "PATCH", "Groups/medical_admin", out.clone()).await.status, 409);
    assert_eq!(ask(&s, &t, "PUT", "Groups/medical_admin", json!({"members": []})).await.status, 409);
    let claire = s.w.hub.account("alpha", "claire").await.unwrap().unwrap().id.to_string();
    let to = json!({"members": [{"value": claire}]});
    let group = value(&ask(&s, &t, "PUT", "Groups/medical_admin", to).await);
    assert_eq!(group["members"].as_array().unwrap().len(), 1);
    assert_eq!(ask(&s, &t, "PATCH", &format!("Users/{id}"), off).await.status, 200);
    let unknown = json!({"members": [{"value": "nobody"}]});
    assert_eq!(ask(&s, &t, "PUT", "Groups/nurse", unknown).await.status, 400);
    assert_eq!(ask(&s, &t, "POST", "Groups", json!({"displayName": "x"})).await.status, 403);
}
