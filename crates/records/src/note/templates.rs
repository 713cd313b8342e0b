//! `GET notes/templates`: kinds, templates (one's own first, with `own`), shortcuts and variables. Names are in the caller's language, texts in
//! French.

use super::personal::{self, Own};
use super::{kind, template, words};
use async_trait::async_trait;
use fhir::{Json, Lang};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "notes/templates",
        summary: "Kinds of notes, templates by specialty, text shortcuts",
        access: Access::SignedIn,
        handler: Arc::new(Templates),
    }
}

struct Templates;

#[async_trait]
impl Handler for Templates {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let (words, templates) = (words::own(&cx).await?, personal::own(&cx).await?);
        Ok(RouteReply::json(200, &told(cx.ctx.lang, &words, &templates)))
    }
}

fn told(lang: Lang, own: &[(String, String)], mine: &[Own]) -> Json<'static> {
    let string = |text: &str| Json::string(text.to_string());
    let named = |name: &'static str, list: &[kind::Named]| {
        let one =
            |n: &kind::Named| Json::object([(name, string(&n.code)), ("title", string(n.title.tell(lang)))]);
        Json::array(list.iter().map(one).collect::<Vec<_>>())
    };
    let kinds = kind::all().kinds.iter().map(|kind| {
        let sections = kind.sections.iter().map(|section| {
            Json::object([("code", string(&section.code)), ("title", string(section.title.tell(lang)))])
        });
        Json::object([
            ("kind", string(&kind.name)),
            ("title", string(kind.title.tell(lang))),
            ("sections", Json::array(sections)),
        ])
    });
    let templates = template::all().templates.iter().map(|t| {
        let kind = kind::find(&t.kind);
        let title =
            |code: &str| kind.and_then(|k| k.section(code)).map_or("", |s| s.title.tell(lang)).to_string();
        let sections = t.sections.iter().map(|(code, text)| {
            Json::object([
                ("code", string(code)),
                ("title", Json::string(title(code))),
                ("text", string(text)),
            ])
        });
        Json::object([
            ("id", string(&t.id)),
            ("kind", string(&t.kind)),
            ("specialty", string(&t.specialty)),
            ("title", string(t.title.tell(lang))),
            ("sections", Json::array(sections)),
        ])
    });
    let mine = mine.iter().map(|one| {
        let mut json = one.json();
        if let Some(edit) = json.as_object_mut() {
            edit.set("own", Json::Bool(true));
        }
        json
    });
    let templates: Vec<Json<'static>> = mine.chain(templates).collect();
    let ours = template::all().shortcuts.iter();
    let ours = ours.filter(|s| !own.iter().any(|(trigger, _)| trigger.eq_ignore_ascii_case(&s.trigger)));
    let shortcuts = ours.map(|s| {
        let members = [("trigger", &s.trigger), ("specialty", &s.specialty), ("text", &s.text)];
        Json::object(members.map(|(name, text)| (name, string(text))))
    });
    let personal = own.iter().map(|(trigger, text)| {
        Json::object([("trigger", string(trigger)), ("specialty", string("")), ("text", string(text))])
    });
    Json::object([
        ("kinds", Json::array(kinds)),
        ("specialties", named("code", &kind::all().specialties)),
        ("templates", Json::Array(templates)),
        ("shortcuts", Json::array(personal.chain(shortcuts))),
        ("variables", named("name", &kind::all().variables)),
    ])
}
