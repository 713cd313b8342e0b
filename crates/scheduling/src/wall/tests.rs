//! A screen sees initials and no more, by its own token, until that is taken back.

use super::HEADER;
use crate::fixture::{House, house};
use bytes::Bytes;
use fhir::Json;
use service::{RouteCtx, RouteRequest, Service};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use store::{Actor, Ctx, Error, Result, Role};

/// Asks as a screen does: without an account.
async fn seen(house: &House, token: Option<&str>) -> Result<Json<'static>> {
    let actor = Actor { roles: Vec::new(), ..(*house.hub.ctx(&[]).actor).clone() };
    let cx = RouteCtx {
        hub: house.hub.hub.clone(),
        tenant: house.hub.tenant.clone(),
        ctx: Ctx { actor: Arc::new(actor), ..house.ctx() },
        caller: None,
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        base: String::new(),
    };
    let headers = token.map(|token| (HEADER.to_string(), token.to_string()));
    let request = RouteRequest {
        headers: headers.into_iter().collect(),
        body: Bytes::new(),
        ..RouteRequest::default()
    };
    let routes = house.service.routes();
    let route = routes.iter().find(|route| route.path == "theatre/wall").unwrap();
    let reply = route.handler.handle(cx, request).await?;
    Ok(fhir::json::parse(&reply.body).unwrap().into_owned())
}

#[tokio::test]
async fn a_screen_sees_initials_until_its_token_is_taken_back() {
    let house = house().await;
    house.hub.clock.advance(std::time::Duration::from_secs(22 * 3600));
    assert_eq!(house.book(1, 1, "2026-11-23T14:00").await.0, 201);
    let (status, made) =
        house.call("POST", "theatre/walls", r#"{"name":"Couloir A","facility":"Location/site"}"#).await;
    assert_eq!(status, 201, "{made}");
    let token = made.get_str("token").unwrap();
    let told = seen(&house, Some(token)).await.unwrap();
    let cases: Vec<_> = told.each("rooms").flat_map(|room| room.each("cases")).collect();
    assert_eq!(cases.len(), 1, "{told}");
    assert_eq!((cases[0].get_str("initials"), cases[0].get_str("number")), (Some("NE"), Some("BLOC-1")));
    let words = told.to_string();
    for secret in ["Exemple", "Prothèse", "NEKA", "1960", "Patient/", "Dr s1", "left"] {
        assert!(!words.contains(secret), "{secret} in {words}");
    }
    let (_, list) = house.call("GET", "theatre/walls", "").await;
    assert!(!list.to_string().contains(token), "a token is told once");
    let id = list.each("walls").next().unwrap().get_str("id").unwrap();
    assert_eq!(house.call("DELETE", &format!("theatre/walls/{id}"), "").await.0, 204);
    assert!(matches!(seen(&house, Some(token)).await, Err(Error::NotFound)));
    assert!(matches!(seen(&house, None).await, Err(Error::Denied)), "nobody sees it without");
}

#[tokio::test]
async fn only_the_administration_makes_screens() {
    let house = house().await;
    let nurse = house.hub.ctx(&[Role::Nurse]);
    let asked = house.hub.call(&*house.service, nurse, "POST", "theatre/walls", r#"{"name":"x"}"#).await;
    assert!(matches!(asked, Err(Error::Denied)));
    assert_eq!(house.call("POST", "theatre/walls", "{}").await.0, 422);
    assert_eq!(house.call("DELETE", "theatre/walls/nothing", "").await.0, 404);
}
