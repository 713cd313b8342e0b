//! `GET|PUT notes/words`: the short words of one author, `{shortcuts: [{trigger, text}]}`. They are the author's own
//! data, kept beside the account and shown to nobody else; where one is also the clinic's, the author's counts.

use async_trait::async_trait;
use fhir::{Code, Issue, Json, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const DRAWER: &str = "note-words";
const WORDS_MAX: usize = 200;
const TRIGGER_MAX: usize = 30;
const TEXT_MAX: usize = 4_000;

const BAD_WORD: Text = Text {
    key: "note.word",
    fr: "Un raccourci commence par un point suivi de lettres ou de chiffres (30 au plus), sans espace, et a un texte d'au plus {long} caractères ; chacun vient une fois. Au plus {max}.",
    en: "A shortcut begins with a point and letters or digits (at most 30), without space, and has a text of at most {long} characters; each comes once. At most {max}.",
    de: "Ein Kürzel beginnt mit einem Punkt und Buchstaben oder Ziffern (höchstens 30), ohne Leerzeichen, und hat einen Text mit höchstens {long} Zeichen; jedes kommt einmal vor. Höchstens {max}.",
};

pub(super) fn routes() -> [Route; 2] {
    let route = |method, summary, handler: Arc<dyn Handler>| Route {
        method,
        path: "notes/words",
        summary,
        access: Access::SignedIn,
        handler,
    };
    [
        route(Method::Get, "One's own text shortcuts", Arc::new(Get)),
        route(Method::Put, "Replaces one's own text shortcuts", Arc::new(Put)),
    ]
}

/// One's own shortcuts: the short word and its text.
pub(super) async fn own(cx: &RouteCtx) -> Result<Vec<(String, String)>> {
    let name = cx.ctx.actor.id.to_string();
    let Some(kept) = cx.hub.vault(cx.tenant.name(), DRAWER, &name).await? else { return Ok(Vec::new()) };
    let json = fhir::json::parse(&kept).unwrap_or(Json::Null);
    let pair = |one: &Json<'_>| Some((one.get_str("trigger")?.to_string(), one.get_str("text")?.to_string()));
    Ok(json.each("shortcuts").filter_map(pair).collect())
}

fn told(words: &[(String, String)]) -> Json<'static> {
    let one = |(trigger, text): &(String, String)| {
        Json::object([("trigger", Json::string(trigger.clone())), ("text", Json::string(text.clone()))])
    };
    Json::object([("shortcuts", Json::array(words.iter().map(one)))])
}

struct Get;

#[async_trait]
impl Handler for Get {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        Ok(RouteReply::json(200, &told(&own(&cx).await?)))
    }
}

struct Put;

#[async_trait]
impl Handler for Put {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let words = read(&mut form);
        form.finish()?;
        let body = told(&words);
        let name = cx.ctx.actor.id.to_string();
        cx.hub.vault_put(cx.tenant.name(), DRAWER, &name, None, &body.to_vec()).await?;
        Ok(RouteReply::json(200, &body))
    }
}

fn read(form: &mut Form<'_>) -> Vec<(String, String)> {
    let given: Vec<Json<'_>> = form.json().each("shortcuts").cloned().collect();
    let mut words: Vec<(String, String)> = Vec::new();
    for (n, json) in given.iter().enumerate() {
        let trigger = json.get_str("trigger").unwrap_or_default().trim().to_lowercase();
        let text = json.get_str("text").unwrap_or_default();
        let word = trigger
            .strip_prefix('.')
            .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_alphanumeric() || c == '-'));
        let fits = word
            && trigger.chars().count() <= TRIGGER_MAX
            && !text.trim().is_empty()
            && text.chars().count() <= TEXT_MAX
            && !words.iter().any(|(known, _)| *known == trigger);
        if !fits || n >= WORDS_MAX {
            let issue = Issue::error(Code::Value, BAD_WORD).at(format!("shortcuts[{n}]"));
            form.wrong(issue.arg("long", TEXT_MAX).arg("max", WORDS_MAX));
            break;
        }
        words.push((trigger, text.to_string()));
    }
    words
}

#[cfg(test)]
mod tests {
    use crate::Records;
    use service::testing::TestHub;
    use std::sync::Arc;
    use store::{Actor, Ctx, Error, Role};

    #[tokio::test]
    async fn short_words_are_their_authors_alone() {
        let hub = TestHub::new(vec![Arc::new(Records)]).await;
        let (mine, theirs) = (hub.ctx(&[Role::Surgeon]), hub.ctx(&[Role::Surgeon]));
        let other = Actor { id: uuid::Uuid::from_u128(7), ..(*theirs.actor).clone() };
        let theirs = Ctx { actor: Arc::new(other), ..theirs };
        let body = r#"{"shortcuts":[{"trigger":".Genou","text":"Mon genou."},{"trigger":".moi","text":"Une ligne\nune autre"}]}"#;
        hub.ask(&Records, mine.clone(), "PUT", "notes/words", body).await;
        let of = async |ctx: &Ctx, trigger: &str| {
            let all = hub.ask(&Records, ctx.clone(), "GET", "notes/templates", "").await;
            let found: Vec<_> = all
                .each("shortcuts")
                .filter(|s| s.get_str("trigger") == Some(trigger))
                .map(|s| s.get_str("text").unwrap().to_string())
                .collect();
            assert!(found.len() <= 1, "{found:?}");
            found.into_iter().next()
        };
        assert_eq!(of(&mine, ".genou").await.as_deref(), Some("Mon genou."));
        assert_ne!(of(&theirs, ".genou").await.as_deref(), Some("Mon genou."));
        assert_eq!(of(&mine, ".moi").await.as_deref(), Some("Une ligne\nune autre"));
        assert_eq!(of(&theirs, ".moi").await, None);
        for bad in [
            r#"{"trigger":"moi","text":"x"}"#,
            r#"{"trigger":".","text":"x"}"#,
            r#"{"trigger":".a b","text":"x"}"#,
            r#"{"trigger":".a","text":" "}"#,
            r#"{"trigger":".a","text":"x"},{"trigger":".A","text":"y"}"#,
        ] {
            let body = format!(r#"{{"shortcuts":[{bad}]}}"#);
            let answer = hub.call(&Records, mine.clone(), "PUT", "notes/words", &body).await;
            assert!(matches!(answer, Err(Error::Refused(_))), "{bad}");
        }
        assert_eq!(of(&mine, ".genou").await.as_deref(), Some("Mon genou."));
    }
}
