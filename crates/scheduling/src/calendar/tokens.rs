//! `calendar-feeds`: one's own addresses, made, listed and taken back.

use super::DRAWER;
use crate::element::{instant, ms, text};
use crate::secret::{self, digest};
use async_trait::async_trait;
use fhir::{Code, Json, Text};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const FEEDS_MAX: usize = 5;

const NO_PERSON: Text = Text {
    key: "scheduling.feed-no-person",
    fr: "Votre compte n'est pas lié à une fiche de professionnel : demandez à l'administrateur de le lier.",
    en: "Your account is not linked to a professional's record: ask the administrator to link it.",
    de: "Ihr Konto ist mit keinem Fachpersonen-Eintrag verknüpft: Bitten Sie die Verwaltung darum.",
};
const TOO_MANY: Text = Text {
    key: "scheduling.feeds-too-many",
    fr: "Vous avez déjà {max} agendas partagés : supprimez-en un.",
    en: "You have {max} calendar feeds already: delete one.",
    de: "Sie haben bereits {max} Kalender-Abonnements: Löschen Sie eines.",
};

pub(super) fn routes() -> Vec<Route> {
    let route = |method, path, summary, verb| Route {
        method,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Feeds(verb)),
    };
    vec![
        route(Method::Get, "calendar-feeds", "One's calendar feeds", Verb::List),
        route(Method::Post, "calendar-feeds", "Makes a calendar feed", Verb::Make),
        route(Method::Delete, "calendar-feeds/{id}", "Takes a calendar feed back", Verb::Delete),
    ]
}

#[derive(Clone, Copy)]
enum Verb {
    List,
    Make,
    Delete,
}

struct Feeds(Verb);

/// A feed as it lies in the vault, under the digest of its token.
pub(super) struct Feed {
    pub id: String,
    pub account: String,
    /// `Practitioner/…`.
    pub who: String,
    pub created: i64,
    pub digest: String,
}

impl Feed {
    fn json(&self) -> Json<'static> {
        Json::object([
            ("id", text(&self.id)),
            ("account", text(&self.account)),
            ("who", text(&self.who)),
            ("created", instant(self.created)),
            ("digest", text(&self.digest)),
        ])
    }

    pub fn read(bytes: &[u8]) -> Option<Feed> {
        let json = fhir::json::parse(bytes).ok()?;
        let part = |name: &str| json.get_str(name).map(str::to_string);
        Some(Feed {
            id: part("id")?,
            account: part("account")?,
            who: part("who")?,
            created: part("created").as_deref().and_then(ms)?,
            digest: part("digest")?,
        })
    }
}

#[async_trait]
impl Handler for Feeds {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let tenant = cx.tenant.name();
        let account = cx.ctx.actor.id.to_string();
        let all = cx.hub.vault_list(tenant, DRAWER).await?;
        let own: Vec<Feed> =
            all.iter().filter_map(|bytes| Feed::read(bytes)).filter(|f| f.account == account).collect();
        match self.0 {
            Verb::List => {
                let one = |f: &Feed| Json::object([("id", text(&f.id)), ("created", instant(f.created))]);
                let told = own.iter().map(one).collect();
                Ok(RouteReply::json(200, &Json::object([("feeds", Json::Array(told))])))
            }
            Verb::Make => {
                let who = cx.ctx.actor.person.as_deref().filter(|p| p.starts_with("Practitioner/"));
                let who = who.ok_or_else(|| Error::refused(Code::Forbidden, NO_PERSON))?.to_string();
                if own.len() >= FEEDS_MAX {
                    let issue = fhir::Issue::error(Code::BusinessRule, TOO_MANY).arg("max", FEEDS_MAX);
                    return Err(issue.into());
                }
                let token = secret::fresh()?;
                let feed = Feed {
                    id: cx.ctx.ids.uuid().to_string(),
                    account,
                    who,
                    created: cx.ctx.clock.now_ms(),
                    digest: digest(&token),
                };
                cx.hub.vault_put(tenant, DRAWER, &feed.digest, None, &feed.json().to_vec()).await?;
                cx.tenant.audit_operation(&cx.ctx, "calendar-feed-make", None).await?;
                let url = format!("{}/calendar/{token}.ics", cx.base);
                Ok(RouteReply::json(201, &Json::object([("id", text(feed.id)), ("url", text(url))])))
            }
            Verb::Delete => {
                let found = own.iter().find(|f| f.id == request.param("id")).ok_or(Error::NotFound)?;
                cx.hub.vault_take(tenant, DRAWER, &found.digest).await?;
                cx.tenant.audit_operation(&cx.ctx, "calendar-feed-end", None).await?;
                Ok(RouteReply::empty(204))
            }
        }
    }
}
