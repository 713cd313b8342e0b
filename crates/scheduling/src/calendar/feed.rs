//! `GET /calendar/{token}`: the busy times of the person who made the feed.

use super::DRAWER;
use super::ics::{Event, OURS, calendar};
use super::tokens::Feed;
use crate::booking::Kind;
use crate::index::Shelves;
use crate::secret::digest;
use crate::zone::DAY;
use async_trait::async_trait;
use bytes::Bytes;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Ctx, Error, Result};

const BACK: i64 = 30 * DAY;
const AHEAD: i64 = 180 * DAY;
const TOKEN_BYTES: usize = 64;

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Get,
        path: "/calendar/{token}",
        summary: "The busy times of one person, by a secret address",
        access: Access::Open,
        handler: Arc::new(Read(shelves)),
    }
}

struct Read(Arc<Shelves>);

#[async_trait]
impl Handler for Read {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let token = request.param("token").strip_suffix(".ics").unwrap_or(request.param("token"));
        if token.len() != TOKEN_BYTES {
            return Err(Error::NotFound);
        }
        let kept = cx.hub.vault(cx.tenant.name(), DRAWER, &digest(token)).await?;
        let feed = kept.as_deref().and_then(Feed::read).ok_or(Error::NotFound)?;
        let shelf = self.0.fresh(&cx).await?;
        let now = cx.ctx.clock.now_ms();
        // Whoever holds the address reads as the hub: recorded under a name of its own.
        let ctx =
            Ctx { clock: cx.ctx.clock.clone(), ids: cx.ctx.ids.clone(), ..Ctx::system("calendar-feed") };
        cx.tenant.audit_operation(&ctx, "calendar-feed-read", None).await?;
        let text = shelf.read(|index| {
            let own = index.of(&feed.who, now - BACK, now + AHEAD).filter(|b| b.is_taking(now));
            let one = |b: &Arc<crate::booking::Booking>| {
                let room = b.room.as_deref().and_then(|r| index.room(r));
                let summary = match (b.kind, room) {
                    (Kind::Theatre, Some(room)) => format!("Bloc – {}", room.short),
                    (Kind::Theatre, None) => "Bloc".to_string(),
                    _ => "Occupé".to_string(),
                };
                Event { uid: format!("{}{OURS}", b.id), start: b.start, end: b.end, summary }
            };
            calendar("Agenda", now, &own.map(one).collect::<Vec<_>>())
        });
        let mut reply = RouteReply::empty(200).with("content-type", "text/calendar; charset=utf-8");
        reply.body = Bytes::from(text);
        Ok(reply)
    }
}
