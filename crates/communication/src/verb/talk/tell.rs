//! Conversations and messages, as the screens want them.

use crate::element::{parsed, text};
use crate::person::{names, of_patients};
use crate::read::{by_params, first};
use crate::talk::{Conversation, Message, Receipt, receipts};
use crate::verb::list::hub;
use fhir::{Json, ResourceType};
use service::RouteCtx;
use std::collections::HashMap;
use store::Result;

use super::who::{labels, person};

/// Conversations that are looked at for one answer, the latest first.
pub(super) const LOOKED: usize = 500;
/// Conversations whose messages are asked for at once.
const ASKED: usize = 40;

/// The caller's conversations, the latest first: at most `count`.
///
/// # Errors
/// The store's; `Denied` for whoever may read none.
pub(super) async fn mine(cx: &RouteCtx, count: usize) -> Result<Vec<Conversation>> {
    let Some(labels) = labels(cx) else { return Ok(Vec::new()) };
    let params = [
        ("category", format!("{}|conversation", crate::element::PURPOSE)),
        ("_security", labels),
        ("_sort", "-_lastUpdated".to_string()),
    ];
    let mut out = Vec::new();
    for found in first(&cx.tenant, &cx.ctx, ResourceType::COMMUNICATION, &params, count).await? {
        out.extend(Conversation::of(&found.id, found.version, parsed(&found)?));
    }
    Ok(out)
}

/// A conversation with how far the caller has read it.
pub(super) struct Mine {
    pub conversation: Conversation,
    pub upto: i64,
}

impl Mine {
    pub fn unread(&self) -> i64 {
        (self.conversation.count() - self.upto).max(0)
    }

    pub fn is_urgent(&self) -> bool {
        self.conversation.urgent() > self.upto
    }

    pub fn calls(&self, person: &str) -> bool {
        self.conversation.mention(person) > self.upto
    }
}

/// # Errors
/// The store's.
pub(super) async fn with_receipts(cx: &RouteCtx, all: Vec<Conversation>) -> Result<Vec<Mine>> {
    let me = person(cx).unwrap_or_default();
    let ids = all.iter().map(|one| Receipt::id_for(&one.id, me)).collect();
    let read = receipts(&cx.tenant, &hub(cx), ids).await?;
    let upto = |one: &Conversation| read.get(&Receipt::id_for(&one.id, me)).map_or(0, Receipt::upto);
    Ok(all.into_iter().map(|one| Mine { upto: upto(&one), conversation: one }).collect())
}

/// # Errors
/// The store's.
pub(super) async fn cards(cx: &RouteCtx, all: &[Mine]) -> Result<Vec<Json<'static>>> {
    let hub = hub(cx);
    let patients = all.iter().filter_map(|one| one.conversation.patient()).map(String::from).collect();
    // Who takes part must know about whom, also without a tie to the patient.
    let patients = of_patients(&cx.tenant, &hub, patients).await?;
    let people = all.iter().flat_map(|one| one.conversation.among().people).collect();
    let names = names(&cx.tenant, &hub, people).await?;
    let me = person(cx).unwrap_or_default();
    Ok(all.iter().map(|one| card(one, me, &patients, &names)).collect())
}

/// The card of one conversation.
///
/// # Errors
/// The store's.
pub(super) async fn told(cx: &RouteCtx, conversation: Conversation) -> Result<Json<'static>> {
    let mine = with_receipts(cx, vec![conversation]).await?;
    Ok(cards(cx, &mine).await?.into_iter().next().unwrap_or(Json::Null))
}

fn card(
    mine: &Mine,
    me: &str,
    patients: &HashMap<String, String>,
    names: &HashMap<String, String>,
) -> Json<'static> {
    let one = &mine.conversation;
    let maybe = |found: Option<&str>| found.map_or(Json::Null, text);
    let among = one.among();
    let people = among.people.iter().map(|person| {
        Json::object([
            ("reference", text(person.as_str())),
            ("name", maybe(names.get(person).map(String::as_str))),
        ])
    });
    let patient = one.patient().map_or(Json::Null, |id| {
        Json::object([("id", text(id)), ("name", maybe(patients.get(id).map(String::as_str)))])
    });
    Json::object([
        ("id", text(&*one.id)),
        ("subject", text(one.subject())),
        ("patient", patient),
        ("people", Json::array(people)),
        ("teams", Json::array(among.teams.iter().map(|team| Json::string(team.as_str())))),
        ("count", Json::integer(one.count())),
        ("at", maybe(one.at())),
        ("by", maybe(one.by())),
        ("excerpt", maybe(one.excerpt())),
        ("unread", Json::integer(mine.unread())),
        ("urgent", Json::Bool(mine.is_urgent())),
        ("called", Json::Bool(mine.calls(me))),
        ("todo", maybe(one.todo())),
    ])
}

/// Messages of conversations that the caller sees, in their order.
///
/// # Errors
/// The store's.
pub(super) async fn messages(cx: &RouteCtx, of: &[&str]) -> Result<Vec<Message>> {
    let hub = hub(cx);
    let mut out = Vec::new();
    for some in of.chunks(ASKED) {
        let named: Vec<String> = some.iter().map(|id| format!("Communication/{id}")).collect();
        let params = [
            ("part-of", named.join(",")),
            ("category", format!("{}|conversation-message", crate::element::PURPOSE)),
        ];
        for found in by_params(&cx.tenant, &hub, ResourceType::COMMUNICATION, &params).await? {
            out.extend(Message::of(&found.id, parsed(&found)?));
        }
    }
    out.sort_by_key(Message::seq);
    Ok(out)
}

/// Titles of documents that the caller may read, by reference.
///
/// Never fails: a title that cannot be read now is not shown.
pub(super) async fn titles(cx: &RouteCtx, messages: &[Message]) -> HashMap<String, String> {
    let ids: Vec<&str> = messages
        .iter()
        .flat_map(Message::documents)
        .filter_map(|one| one.split_once('/'))
        .map(|one| one.1)
        .collect();
    let mut out = HashMap::new();
    for some in ids.chunks(ASKED) {
        let params = [("_id", some.join(","))];
        // Whoever may not read documents sees that there is one, not which.
        let found = by_params(&cx.tenant, &cx.ctx, ResourceType::DOCUMENT_REFERENCE, &params).await;
        for one in found.unwrap_or_default() {
            let Ok(json) = parsed(&one) else { continue };
            let named =
                json.get_str("description").or(json.get("type").and_then(|kind| kind.get_str("text")));
            out.insert(format!("DocumentReference/{}", one.id), named.unwrap_or_default().to_string());
        }
    }
    out
}

pub(super) fn message(one: &Message, me: &str, titles: &HashMap<String, String>) -> Json<'static> {
    let documents = one.documents().map(|reference| {
        let title = titles.get(reference).map_or(Json::Null, |title| text(title.as_str()));
        Json::object([("reference", text(reference)), ("title", title)])
    });
    Json::object([
        ("id", text(&*one.id)),
        ("seq", Json::integer(one.seq())),
        ("kind", Json::string(one.kind().as_str())),
        ("sender", text(one.sender_name())),
        ("from", one.sender().map_or(Json::Null, text)),
        ("mine", Json::Bool(one.sender() == Some(me))),
        ("sent", text(one.sent())),
        ("text", text(one.words())),
        ("urgent", Json::Bool(one.is_urgent())),
        ("mentions", Json::array(one.mentions().map(text))),
        ("documents", Json::array(documents)),
    ])
}
