//! `GET diagnoses?q=`: `{present, concepts: [{system, code, display}]}`. `present`: whether the tenant holds the
//! classification at all.

use super::shelf::Shelf;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;
use store::index::normalise::{fold, words};
use store::search::SearchRequest;

/// The international classification (CIM-10 in French), whichever edition the clinic holds.
const SYSTEM: &str = "http://hl7.org/fhir/sid/icd-10";
const SYSTEMS_MAX: &str = "60";
const SHOWN_MAX: usize = 20;
const ASKED_MAX: usize = 100;

const BAD_QUESTION: Text = Text {
    key: "diagnoses.question",
    fr: "Écrivez au moins deux caractères, {max} au plus : un code ou des mots du diagnostic.",
    en: "Write at least two characters, at most {max}: a code or words of the diagnosis.",
    de: "Schreiben Sie mindestens zwei Zeichen, höchstens {max}: einen Code oder Wörter der Diagnose.",
};

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "diagnoses",
        summary: "Searches the classification of diseases that the clinic has loaded, by code or words",
        access: Access::SignedIn,
        handler: Arc::new(Search(Shelf::default())),
    }
}

struct Search(Shelf);

#[async_trait]
impl Handler for Search {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let typed = request.query("q").unwrap_or_default().trim().to_string();
        if !(2..=ASKED_MAX).contains(&typed.chars().count()) {
            let issue = Issue::error(Code::Value, BAD_QUESTION).at("q").arg("max", ASKED_MAX);
            return Err(issue.into());
        }
        let folded = fold(&typed);
        let asked: Vec<String> = words(&folded).map(String::from).collect();
        let code: String = typed.to_uppercase().chars().filter(|c| *c != '.').collect();
        let params = [("url", SYSTEM), ("_count", SYSTEMS_MAX)];
        let held = SearchRequest {
            rt: Some(ResourceType::CODE_SYSTEM),
            params: params.into_iter().map(|(n, v)| (n.to_string(), v.to_string())).collect(),
            ..SearchRequest::default()
        };
        let page = cx.tenant.search(&cx.ctx, &held).await?;
        let mut found = Vec::new();
        for entry in &page.entries {
            for concept in self.0.concepts(&cx.tenant, &entry.visible).iter() {
                if let Some(rank) = concept.rank(&asked, &code) {
                    found.push((rank, concept.code.clone(), concept.display.clone()));
                }
            }
        }
        found.sort();
        found.dedup();
        let shown = found.into_iter().take(SHOWN_MAX).map(|(_, code, display)| {
            Json::object([
                ("system", Json::string(SYSTEM)),
                ("code", Json::string(code)),
                ("display", Json::string(display)),
            ])
        });
        let told = [("present", Json::Bool(!page.entries.is_empty())), ("concepts", Json::array(shown))];
        Ok(RouteReply::json(200, &Json::object(told)))
    }
}
