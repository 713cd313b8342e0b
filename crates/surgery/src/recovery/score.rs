//! `POST surgeries/{id}/recovery/scores`: a score, once however often it is sent.

use super::message::{ITEMS, KNOWN};
use super::record::{Recovery, Score};
use super::scale::{SCALES, Scale};
use crate::perioperative::case::{Case, created, derived, settled};
use crate::perioperative::entry::moment;
use crate::perioperative::message::CLIENT_ID;
use crate::perioperative::person;
use async_trait::async_trait;
use fhir::{Code, Issue, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};
use uuid::Uuid;

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "surgeries/{id}/recovery/scores",
        summary: "Records an Aldrete or PADSS score; sent again, it changes nothing",
        access: Access::SignedIn,
        handler: Arc::new(AddScore),
    }
}

struct AddScore;

struct Asked {
    client: Uuid,
    scale: &'static Scale,
    time: Option<String>,
    items: Vec<i64>,
}

#[async_trait]
impl Handler for AddScore {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let asked = read(&request.body, cx.ctx.clock.now_ms())?;
        let author = person::author(&cx).await?;
        let id = request.param("id");
        let (cx, asked, author) = (&cx, &asked, &author);
        let (new, told) = settled(cx, || async move {
            let case = Case::read(cx, id).await?;
            let recovery = Recovery::read(cx, &case).await?;
            let id = derived("recovery", &case.id, &asked.client.to_string());
            if let Some(known) = recovery.scores.iter().find(|score| score.id == id) {
                let same = known.scale.name == asked.scale.name && known.items == asked.items;
                return match same {
                    true => Ok((Vec::new(), (false, known.told()))),
                    false => Err(Error::refused(Code::Conflict, KNOWN)),
                };
            }
            let time = asked.time.clone();
            let time = time.unwrap_or_else(|| fhir::date::instant_format(cx.ctx.clock.now_ms()));
            let items = asked.items.clone();
            let score = Score { id: id.clone(), scale: asked.scale, time, items, author: author.clone() };
            let mut writes = vec![created(ResourceType::OBSERVATION, id, &score.json(&case))];
            writes.extend(case.begun());
            Ok((writes, (true, score.told())))
        })
        .await?;
        Ok(RouteReply::json(if new { 201 } else { 200 }, &told))
    }
}

fn read(body: &[u8], now: i64) -> Result<Asked> {
    let mut form = Form::read(body)?;
    let client = form.required("id", 40);
    let client = Uuid::try_parse(&client).ok();
    if client.is_none() {
        form.wrong(Issue::error(Code::Value, CLIENT_ID).at("id"));
    }
    let scales = SCALES.iter().map(|scale| (scale.name, scale)).collect::<Vec<_>>();
    let scale = form.required_choice("scale", &scales);
    let mut issues = Vec::new();
    let time = moment(form.json(), now, "time", &mut issues);
    issues.into_iter().for_each(|issue| form.wrong(issue));
    let item = |code: &str| {
        let n = form.json().get("items")?.get(code)?.as_number()?.parse::<i64>().ok()?;
        (0..=2).contains(&n).then_some(n)
    };
    let items = scale.map(|scale| scale.items.iter().map(|i| item(i.code)).collect::<Option<Vec<i64>>>());
    if let (Some(scale), Some(None)) = (scale, &items) {
        let codes: Vec<&str> = scale.items.iter().map(|item| item.code).collect();
        form.wrong(Issue::error(Code::Required, ITEMS).at("items").arg("items", codes.join(", ")));
    }
    form.finish()?;
    match (client, scale, items.flatten()) {
        (Some(client), Some(scale), Some(items)) => Ok(Asked { client, scale, time, items }),
        _ => Err(Error::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fhir::Json;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_score_is_the_sum_of_its_items_and_nine_lets_go(items in prop::collection::vec(0i64..3, 5), scale in 0usize..2) {
            let scale = &SCALES[scale];
            let members = scale.items.iter().zip(&items).map(|(item, n)| (item.code, Json::integer(*n)));
            let body = Json::object([
                ("id", Json::string("00000000-0000-4000-8000-000000000001")),
                ("scale", Json::string(scale.name)),
                ("items", Json::object(members)),
            ]);
            let asked = read(&body.to_vec(), 0).unwrap();
            let score = Score { id: String::new(), scale, time: String::new(), items: asked.items, author: Json::Null };
            prop_assert_eq!(score.total(), items.iter().sum::<i64>());
            prop_assert_eq!(score.is_fit(), score.total() >= 9);
        }

        #[test]
        fn nothing_but_zero_to_two_counts(value in prop_oneof![any::<i64>().prop_map(|n| n.to_string()), "[0-2]\\.[0-9]"]) {
            let body = format!(
                r#"{{"id":"00000000-0000-4000-8000-000000000001","scale":"aldrete","items":{{"activity":{value},"respiration":2,"circulation":2,"consciousness":2,"saturation":2}}}}"#
            );
            let accepted = read(body.as_bytes(), 0).is_ok();
            prop_assert_eq!(accepted, matches!(value.as_str(), "0" | "1" | "2"));
        }
    }
}
