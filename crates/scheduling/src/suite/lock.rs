//! `POST theatre/bookings/{id}/lock`: how firm a booking is.

use super::change::same_version;
use super::check::booking;
use super::save::{Change, Saved, late_conflict, save, stored, told};
use super::who::may_book;
use super::wish::whole;
use crate::element::{LOCK, set, text};
use crate::index::Shelves;
use async_trait::async_trait;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Post,
        path: "theatre/bookings/{id}/lock",
        summary: "Makes a booking a draft, published or locked",
        access: Access::SignedIn,
        handler: Arc::new(Lock(shelves)),
    }
}

struct Lock(Arc<Shelves>);

#[async_trait]
impl Handler for Lock {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let mut form = Form::read(&request.body)?;
        let version = whole(&mut form, "version", 1, i64::MAX);
        let levels = [("draft", "draft"), ("published", "published"), ("locked", "locked")];
        let lock = form.required_choice("lock", &levels).unwrap_or("draft");
        form.finish()?;
        let shelf = self.0.fresh(&cx).await?;
        let old = shelf.read(|index| booking(index, id).cloned())?;
        may_book(&cx, old.patient.as_deref()).await?;
        let (json, current) = stored(&cx, id).await?;
        same_version(version, current)?;
        let mut after = json.clone();
        set(&mut after, LOCK, Some(("valueCode", text(lock))));
        let change = Change { id: id.to_string(), version: Some(current), before: Some(json), json: after };
        match save(&cx, "lock", vec![change]).await? {
            Saved::Done(_) => told(&cx, &self.0, 200, id).await,
            Saved::Refused(issues) => late_conflict(&cx, &self.0, &old, issues).await,
        }
    }
}
