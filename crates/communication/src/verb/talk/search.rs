//! `GET secure-messaging/search?q=…`: messages of the caller's own conversations that hold all the words, the latest
//! first. Nothing of what was said is in an index: it is opened and looked through.

use super::tell::{messages, mine};
use crate::element::text;
use crate::words::TOO_SHORT;
use async_trait::async_trait;
use fhir::{Code, Issue, Json};
use service::{Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;
use store::Result;

/// Conversations that are looked through, the latest first.
const LOOKED: usize = 200;
const SHOWN: usize = 50;
const ASKED_MAX: usize = 100;

pub(super) fn route() -> Route {
    let summary = "Looks for words in the caller's own conversations";
    super::route(Method::Get, "secure-messaging/search", summary, Arc::new(Search))
}

struct Search;

#[async_trait]
impl Handler for Search {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let asked: String = request.query("q").unwrap_or_default().chars().take(ASKED_MAX).collect();
        let words: Vec<String> = folded(&asked).split_whitespace().map(String::from).collect();
        if asked.trim().chars().count() < 2 {
            return Err(Issue::error(Code::Value, TOO_SHORT).at("q").into());
        }
        let all = mine(&cx, LOOKED).await?;
        let subjects: HashMap<&str, &str> = all.iter().map(|one| (one.id.as_str(), one.subject())).collect();
        let ids: Vec<&str> = all.iter().map(|one| one.id.as_str()).collect();
        let mut hits = Vec::new();
        for one in messages(&cx, &ids).await? {
            let of = one.conversation().unwrap_or_default();
            let subject = subjects.get(of).copied().unwrap_or_default();
            let whole = folded(&format!("{subject} {} {}", one.sender_name(), one.words()));
            if words.iter().all(|word| whole.contains(word.as_str())) {
                hits.push(one);
            }
        }
        hits.sort_by_key(|one| Reverse(one.sent().to_string()));
        let more = hits.len() > SHOWN;
        hits.truncate(SHOWN);
        cx.tenant.audit_operation(&cx.ctx, "conversation-search", None).await?;
        let items = hits.iter().map(|one| {
            let of = one.conversation().unwrap_or_default();
            Json::object([
                ("conversation", text(of)),
                ("subject", text(subjects.get(of).copied().unwrap_or_default())),
                ("message", text(&*one.id)),
                ("sender", text(one.sender_name())),
                ("sent", text(one.sent())),
                ("text", text(one.words())),
            ])
        });
        let out = [("items", Json::array(items)), ("more", Json::Bool(more))];
        Ok(RouteReply::json(200, &Json::object(out)))
    }
}

/// Without case and accents.
fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'â' | 'ä' | 'á' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'í' => 'i',
        'ô' | 'ö' | 'ó' => 'o',
        'ù' | 'û' | 'ü' | 'ú' => 'u',
        'ç' => 'c',
        other => other,
    };
    text.to_lowercase().chars().map(plain).collect()
}
