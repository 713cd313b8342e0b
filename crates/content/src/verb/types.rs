//! `GET documents/types`: the types of documents with their fields.

use crate::field::Field;
use crate::kind;
use crate::words::{code, text};
use async_trait::async_trait;
use fhir::{Json, Lang};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents/types",
        summary: "The types of documents, with the fields of each",
        access: Access::SignedIn,
        handler: Arc::new(Types),
    }
}

struct Types;

#[async_trait]
impl Handler for Types {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let lang = cx.ctx.lang;
        let types = kind::all().iter().map(|kind| {
            Json::object([
                ("code", text(&*kind.code)),
                ("title", text(kind.title.tell(lang))),
                ("loinc", text(&*kind.loinc)),
                ("languages", Json::array(kind.languages.iter().map(|l| Json::string(code(*l))))),
                ("audience", text(&*kind.audience)),
                ("needsCase", Json::Bool(kind.needs_case)),
                ("signers", Json::array(kind.signers.iter().map(|s| Json::string(s.as_str())))),
                ("inPackage", Json::Bool(kind.in_package)),
                ("fields", Json::array(kind.fields.iter().map(|f| field(f, lang)))),
            ])
        });
        Ok(RouteReply::json(200, &Json::object([("types", Json::array(types))])))
    }
}

fn field(field: &Field, lang: Lang) -> Json<'static> {
    let help = field.help.as_ref().map_or(Json::Null, |help| text(help.tell(lang)));
    let max = i64::try_from(field.max).unwrap_or(i64::MAX);
    let mut members = vec![
        ("name", text(&*field.name)),
        ("label", text(field.label.tell(lang))),
        ("type", Json::string(field.form_name())),
        ("required", Json::Bool(field.required)),
        ("max", Json::integer(max)),
        ("help", help),
    ];
    if !field.choices.is_empty() {
        let choice = |(value, words): &(String, crate::words::Words)| {
            Json::object([("value", text(&**value)), ("label", text(words.tell(lang)))])
        };
        members.push(("choices", Json::array(field.choices.iter().map(choice))));
    }
    if !field.columns.is_empty() {
        members.push(("columns", Json::array(field.columns.iter().map(|column| self::field(column, lang)))));
        members.push(("rowsMax", Json::integer(max)));
    }
    Json::object(members)
}
