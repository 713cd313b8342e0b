//! `POST documents/surgery/{surgery_id}/package`: makes all that is wanted and not there, in one go.

use super::get::asked;
use super::state::{Item, Package};
use crate::missing::Missing;
use crate::tell::{self, Powers};
use crate::words::{code, text};
use crate::{asked as form, draft, field};
use async_trait::async_trait;
use fhir::{Json, Lang};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "documents/surgery/{surgery_id}/package",
        summary: "Makes the documents of a surgery that are missing or no longer right",
        access: Access::SignedIn,
        handler: Arc::new(Post),
    }
}

struct Post;

#[async_trait]
impl Handler for Post {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut body = form::form(&request.body)?;
        let langs = [Lang::Fr, Lang::En, Lang::De].map(|lang| (code(lang), lang));
        let lang = body.choice("language", &langs).unwrap_or(Lang::Fr);
        let package = Package::read(&cx, request.param("surgery_id")).await?;
        let mut wrong = Vec::new();
        let chosen: Option<Vec<&str>> =
            body.json().get("types").map(|types| types.items().filter_map(Json::as_str).collect());
        let chosen: Vec<&Item> = package
            .items
            .iter()
            .filter(|item| chosen.as_ref().is_none_or(|chosen| chosen.contains(&item.kind.code.as_str())))
            .collect();
        let given = |item: &Item, wrong: &mut Vec<fhir::Issue>| {
            let values = body.json().get("values").and_then(|all| all.get(&item.kind.code));
            let place = format!("values.{}", item.kind.code);
            field::read(&item.kind.fields, values.unwrap_or(&Json::Null), &place, wrong)
        };
        let asked: Vec<_> = chosen.into_iter().map(|item| (item, given(item, &mut wrong))).collect();
        wrong.into_iter().for_each(|issue| body.wrong(issue));
        body.finish()?;
        let powers = Powers::of(&cx, &package.patient).await?;
        let (mut made, mut skipped) = (Vec::new(), Vec::new());
        for (item, values) in asked {
            if !item.is_wanted() {
                let why = item.why(cx.ctx.lang).unwrap_or_else(|| item.state().to_string());
                skipped.push(skip(item, &why, &[]));
                continue;
            }
            match one(&cx, &package, item, lang, values).await? {
                Ok(document) => made.push(tell::line(&document, &powers, &[], cx.ctx.lang)),
                Err(missing) => skipped.push(skip(item, "missing", &missing)),
            }
        }
        let told = Json::object([("generated", Json::Array(made)), ("skipped", Json::Array(skipped))]);
        Ok(RouteReply::json(200, &told))
    }
}

async fn one(
    cx: &RouteCtx,
    package: &Package,
    item: &Item,
    lang: Lang,
    values: Json<'static>,
) -> Result<std::result::Result<crate::document::Document, Vec<Missing>>> {
    let asked = asked(package, item, lang, values);
    let (chart, values, missing) = match asked.look(cx).await {
        Ok(looked) => looked,
        Err(Error::Refused(issues)) => {
            let told = issues.iter().map(|issue| Missing {
                code: issue.expression.clone().unwrap_or_default(),
                text: issue.sentence(cx.ctx.lang),
            });
            return Ok(Err(told.collect()));
        }
        Err(other) => return Err(other),
    };
    if !missing.is_empty() {
        return Ok(Err(missing));
    }
    Ok(Ok(draft::made(cx, &asked, &chart, &values).await?))
}

fn skip(item: &Item, why: &str, missing: &[Missing]) -> Json<'static> {
    Json::object([
        ("type", text(&*item.kind.code)),
        ("why", text(why)),
        ("missing", Json::array(missing.iter().map(Missing::json))),
    ])
}
