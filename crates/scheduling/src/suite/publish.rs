//! `POST theatre/publish {from, to, facility?}`: the drafts of some days become the plan that is promised. What is
//! in conflict stays a draft.

use super::save::{Change, Saved, save, stored};
use super::tell::Teller;
use super::who::{Names, may_book};
use crate::booking::clash::clashes;
use crate::booking::{Booking, Kind};
use crate::element::{LOCK, set, text};
use crate::index::{At, Shelves};
use crate::zone;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const DAYS_MAX: i64 = 42;

const DAYS: Text = Text {
    key: "scheduling.publish-days",
    fr: "Publiez de 1 à {max} jours.",
    en: "Publish 1 to {max} days.",
    de: "Veröffentlichen Sie 1 bis {max} Tage.",
};

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Post,
        path: "theatre/publish",
        summary: "Publishes the plan of some days",
        access: Access::SignedIn,
        handler: Arc::new(Publish(shelves)),
    }
}

struct Publish(Arc<Shelves>);

#[async_trait]
impl Handler for Publish {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        may_book(&cx, None).await?;
        let mut form = Form::read(&request.body)?;
        let (from, to) = (form.required("from", 10), form.required("to", 10));
        let facility = form.text("facility", 100);
        form.finish()?;
        let (from, to) = (zone::day(&from, "from")?, zone::day(&to, "to")?);
        if !(0..DAYS_MAX).contains(&zone::days_between(from, to)) {
            return Err(Issue::error(Code::Value, DAYS).at("to").arg("max", DAYS_MAX).into());
        }
        let now = cx.ctx.clock.now_ms();
        let shelf = self.0.fresh(&cx).await?;
        let (clean, refused) = shelf.read(|index| {
            let facility = facility.as_deref().and_then(|f| index.facility(f));
            let rooms: Vec<&String> = index.rooms(facility.as_deref()).iter().map(|r| &r.what).collect();
            let drafts = index
                .between(zone::midnight(from), zone::midnight(zone::plus(to, 1)))
                .filter(|b| b.kind == Kind::Theatre && b.lock == "draft" && b.status.as_str() == "booked")
                .filter(|b| b.room.as_ref().is_some_and(|r| rooms.contains(&r)));
            let mut clean: Vec<Arc<Booking>> = Vec::new();
            let mut refused = Vec::new();
            let teller = Teller { index, names: &Names::new(), lang: cx.ctx.lang };
            for booking in drafts {
                let found = clashes(&mut At { index, now }, booking, &[], &|_| false).unwrap_or_default();
                match found.is_empty() {
                    true => clean.push(booking.clone()),
                    false => refused.push(Json::object([
                        ("id", text(&booking.id)),
                        ("conflicts", teller.conflicts(&found)),
                    ])),
                }
            }
            (clean, refused)
        });
        let mut changes = Vec::new();
        for booking in &clean {
            let (json, version) = stored(&cx, &booking.id).await?;
            let mut after = json.clone();
            set(&mut after, LOCK, Some(("valueCode", text("published"))));
            let id = booking.id.clone();
            changes.push(Change { id, version: Some(version), before: Some(json), json: after });
        }
        let published = match changes.is_empty() {
            true => 0,
            false => match save(&cx, "publish", changes).await? {
                Saved::Done(ids) => ids.len(),
                Saved::Refused(issues) => return Err(store::Error::Refused(issues)),
            },
        };
        let told =
            Json::object([("published", Json::integer(published as i64)), ("refused", Json::Array(refused))]);
        Ok(RouteReply::json(200, &told))
    }
}
