//! `GET stock?q=&location=`: the lots in stock, and each product with its threshold.

use super::line::{Line, lines};
use super::product::{Product, products};
use crate::implant::recall::{self, Recall};
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "stock",
        summary: "Lots in stock with expiry and recall, products with their thresholds",
        access: Access::SignedIn,
        handler: Arc::new(ListStock),
    }
}

struct ListStock;

#[async_trait]
impl Handler for ListStock {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let today = fhir::date::date_format(cx.ctx.clock.now_ms());
        let asked = |name: &str| request.query(name).map(str::to_lowercase).filter(|text| !text.is_empty());
        let (q, place) = (asked("q"), asked("location"));
        let all = lines(&cx).await?;
        let products = products(&cx).await?;
        let recalls = recall::every(&cx).await?;
        let fits = |texts: &[&Option<String>], gtin: &str| {
            q.as_deref().is_none_or(|q| {
                gtin.contains(q)
                    || texts.iter().any(|t| t.as_ref().is_some_and(|t| t.to_lowercase().contains(q)))
            })
        };
        let at = |line: &&Line| place.is_none() || line.place.as_ref().map(|p| p.to_lowercase()) == place;
        let told =
            all.iter().filter(at).filter(|line| fits(&[&line.name, &line.lot, &line.serial], &line.gtin));
        let told = told.map(|line| line.told(&today, is_recalled(&recalls, line)));
        let sums = products
            .iter()
            .filter(|product| fits(&[&Some(product.name.clone())], &product.gtin))
            .map(|product| sum(product, &all, &recalls, &today));
        let answer = [("lines", Json::array(told)), ("products", Json::array(sums))];
        Ok(RouteReply::json(200, &Json::object(answer)))
    }
}

pub(super) fn is_recalled(recalls: &[Recall], line: &Line) -> bool {
    recalls.iter().any(|recall| recall.covers(&line.gtin, line.lot.as_deref()))
}

/// How many of a product may be used: what is expired or recalled does not count.
pub(super) fn usable(gtin: &str, lines: &[Line], recalls: &[Recall], today: &str) -> i64 {
    let good = |line: &&Line| {
        line.gtin == gtin && !matches!(line.state(today, is_recalled(recalls, line)), "expired" | "recalled")
    };
    lines.iter().filter(good).map(|line| line.quantity).sum()
}

fn sum(product: &Product, lines: &[Line], recalls: &[Recall], today: &str) -> Json<'static> {
    let quantity = usable(&product.gtin, lines, recalls, today);
    Json::object([
        ("gtin", Json::string(product.gtin.clone())),
        ("name", Json::string(product.name.clone())),
        ("quantity", Json::integer(quantity)),
        ("threshold", Json::integer(product.threshold)),
        ("low", Json::Bool(quantity < product.threshold)),
    ])
}
