//! `theatre/walls`: the screens of the clinic, made, listed and taken back by the administration.

use super::DRAWER;
use crate::element::{instant, maybe, ms, text};
use crate::secret::{self, digest};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Text};
use policy::Role;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const WALLS_MAX: usize = 50;
const NAME_MAX: usize = 60;

const TOO_MANY: Text = Text {
    key: "scheduling.walls-too-many",
    fr: "La clinique a déjà {max} écrans de couloir : supprimez-en un.",
    en: "The clinic has {max} wall screens already: delete one.",
    de: "Die Klinik hat bereits {max} Wandbildschirme: Löschen Sie einen.",
};

pub(super) fn routes() -> Vec<Route> {
    let route = |method, path, summary, verb| Route {
        method,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Walls(verb)),
    };
    vec![
        route(Method::Get, "theatre/walls", "The screens in the corridors", Verb::List),
        route(Method::Post, "theatre/walls", "Makes a screen; its token is told once", Verb::Make),
        route(Method::Delete, "theatre/walls/{id}", "Takes a screen's token back", Verb::Delete),
    ]
}

#[derive(Clone, Copy)]
enum Verb {
    List,
    Make,
    Delete,
}

struct Walls(Verb);

/// A screen as it lies in the vault, under the digest of its token.
pub(super) struct Wall {
    pub id: String,
    pub name: String,
    /// `Location/…`; all sites without it.
    pub facility: Option<String>,
    created: i64,
    digest: String,
}

impl Wall {
    fn told(&self) -> [(&'static str, Json<'static>); 4] {
        [
            ("id", text(&self.id)),
            ("name", text(&self.name)),
            ("facility", maybe(self.facility.as_deref())),
            ("created", instant(self.created)),
        ]
    }

    fn kept(&self) -> Json<'static> {
        Json::object(self.told().into_iter().chain([("digest", text(&self.digest))]))
    }

    pub fn read(bytes: &[u8]) -> Option<Wall> {
        let json = fhir::json::parse(bytes).ok()?;
        let part = |name: &str| json.get_str(name).map(str::to_string);
        Some(Wall {
            id: part("id")?,
            name: part("name")?,
            facility: part("facility"),
            created: part("created").as_deref().and_then(ms)?,
            digest: part("digest")?,
        })
    }
}

#[async_trait]
impl Handler for Walls {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        if !cx.ctx.actor.has(Role::MedicalAdmin) {
            cx.tenant.audit_refused(&cx.ctx, "theatre-walls", None).await?;
            return Err(Error::Denied);
        }
        let all = cx.hub.vault_list(cx.tenant.name(), DRAWER).await?;
        let mut walls: Vec<Wall> = all.iter().filter_map(|bytes| Wall::read(bytes)).collect();
        walls.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        match self.0 {
            Verb::List => {
                let told = Json::array(walls.iter().map(|wall| Json::object(wall.told())));
                Ok(RouteReply::json(200, &Json::object([("walls", told)])))
            }
            Verb::Make => make(&cx, &request, walls.len()).await,
            Verb::Delete => {
                let found = walls.iter().find(|w| w.id == request.param("id")).ok_or(Error::NotFound)?;
                cx.hub.vault_take(cx.tenant.name(), DRAWER, &found.digest).await?;
                cx.tenant.audit_operation(&cx.ctx, "theatre-wall-end", None).await?;
                Ok(RouteReply::empty(204))
            }
        }
    }
}

async fn make(cx: &RouteCtx, request: &RouteRequest, there: usize) -> Result<RouteReply> {
    let mut form = Form::read(&request.body)?;
    let name = form.required("name", NAME_MAX);
    let facility = form.text("facility", 80);
    form.finish()?;
    if there >= WALLS_MAX {
        return Err(Issue::error(Code::BusinessRule, TOO_MANY).arg("max", WALLS_MAX).into());
    }
    let token = secret::fresh()?;
    let id = cx.ctx.ids.uuid().to_string();
    let wall = Wall { id, name, facility, created: cx.ctx.clock.now_ms(), digest: digest(&token) };
    cx.hub.vault_put(cx.tenant.name(), DRAWER, &wall.digest, None, &wall.kept().to_vec()).await?;
    cx.tenant.audit_operation(&cx.ctx, "theatre-wall-make", None).await?;
    Ok(RouteReply::json(201, &Json::object(wall.told().into_iter().chain([("token", text(token))]))))
}
