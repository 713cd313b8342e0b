//! Why a case is cancelled or postponed: a small versioned list (`data/reasons.json`). `GET surgeries/reasons`.

use async_trait::async_trait;
use fhir::{Json, Lang};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::{Arc, OnceLock};
use store::Result;

pub(super) struct Reason {
    pub code: &'static str,
    words: [&'static str; 3],
}

impl Reason {
    pub fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => self.words[0],
            Lang::En => self.words[1],
            Lang::De => self.words[2],
        }
    }
}

fn data() -> &'static Json<'static> {
    static DATA: OnceLock<Json<'static>> = OnceLock::new();
    DATA.get_or_init(|| {
        fhir::json::parse(include_bytes!("../../data/reasons.json")).map_or(Json::Null, Json::into_owned)
    })
}

fn all() -> &'static [Reason] {
    static ALL: OnceLock<Vec<Reason>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read = |r: &'static Json<'static>| {
            Some(Reason {
                code: r.get_str("code")?,
                words: [r.get_str("fr")?, r.get_str("en")?, r.get_str("de")?],
            })
        };
        data().each("reasons").filter_map(read).collect()
    })
}

pub(super) fn system() -> &'static str {
    data().get_str("system").unwrap_or_default()
}

/// The reason of a form; another code is noted as a fault.
pub(super) fn chosen(form: &mut Form<'_>) -> Option<&'static Reason> {
    let table: Vec<(&'static str, &'static Reason)> = all().iter().map(|r| (r.code, r)).collect();
    form.required_choice("reason", &table)
}

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/reasons",
        summary: "Why cases are cancelled or postponed",
        access: Access::SignedIn,
        handler: Arc::new(Reasons),
    }
}

struct Reasons;

#[async_trait]
impl Handler for Reasons {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let one = |r: &Reason| {
            Json::object([("code", Json::string(r.code)), ("text", Json::string(r.text(cx.ctx.lang)))])
        };
        let list = || Json::array(all().iter().map(one));
        let version = Json::string(data().get_str("version").unwrap_or_default());
        let told = [("version", version), ("cancel", list()), ("postpone", list())];
        Ok(RouteReply::json(200, &Json::object(told)))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_whole() {
        assert_eq!(super::all().len(), 7);
        assert_eq!(super::system(), "urn:medhub:case-reason");
    }
}
