//! `GET|PUT notes/templates/own`: the templates of one author, `{templates: [{id, kind, title, sections: [{code,
//! text}]}]}`. They are the author's own, kept beside the account and shown to nobody else; a note begins from one
//! as from a template of the clinic, with the same variables. One without `id` is new.

use super::kind;
use super::text::normalised;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const DRAWER: &str = "note-templates";
/// What an id begins with: a template of the clinic never does.
pub(super) const MINE: &str = "own.";
const TEMPLATES_MAX: usize = 50;
const TITLE_MAX: usize = 100;
const TEXT_MAX: usize = 4_000;
/// Letters of all of one's templates together.
const LETTERS_MAX: usize = 200_000;

const BAD_TEMPLATE: Text = Text {
    key: "note.own-template",
    fr: "Un modèle a un titre d'au plus {title} caractères, un type de note, et des rubriques de ce type avec au plus {long} caractères chacune ; une variable entre accolades est l'une de celles de « notes/templates ». Au plus {max} modèles.",
    en: "A template has a title of at most {title} characters, a kind of note, and sections of that kind with at most {long} characters each; a variable in braces is one of those of \"notes/templates\". At most {max} templates.",
    de: "Eine Vorlage hat einen Titel mit höchstens {title} Zeichen, eine Notizart und deren Abschnitte mit je höchstens {long} Zeichen; eine Variable in Klammern ist eine aus „notes/templates“. Höchstens {max} Vorlagen.",
};

/// One template of one author.
pub(super) struct Own {
    pub id: String,
    pub kind: String,
    pub title: String,
    /// Code of the section and its text, with `{{variables}}`.
    pub sections: Vec<(String, String)>,
}

pub(super) fn routes() -> [Route; 2] {
    let route = |method, summary, handler: Arc<dyn Handler>| Route {
        method,
        path: "notes/templates/own",
        summary,
        access: Access::SignedIn,
        handler,
    };
    [
        route(Method::Get, "One's own templates of notes", Arc::new(Get)),
        route(Method::Put, "Replaces one's own templates of notes", Arc::new(Put)),
    ]
}

/// One's own templates, in their order.
///
/// # Errors
/// `Unavailable`.
pub(super) async fn own(cx: &RouteCtx) -> Result<Vec<Own>> {
    let name = cx.ctx.actor.id.to_string();
    let Some(kept) = cx.hub.vault(cx.tenant.name(), DRAWER, &name).await? else { return Ok(Vec::new()) };
    let json = fhir::json::parse(&kept).unwrap_or(Json::Null);
    let text = |json: &Json<'_>, name: &str| json.get_str(name).unwrap_or_default().to_string();
    let one = |json: &Json<'_>| Own {
        id: text(json, "id"),
        kind: text(json, "kind"),
        title: text(json, "title"),
        sections: json.each("sections").map(|s| (text(s, "code"), text(s, "text"))).collect(),
    };
    Ok(json.each("templates").map(one).collect())
}

impl Own {
    /// As it is kept and told.
    pub fn json(&self) -> Json<'static> {
        let string = |text: &str| Json::string(text.to_string());
        let section =
            |(code, text): &(String, String)| Json::object([("code", string(code)), ("text", string(text))]);
        Json::object([
            ("id", string(&self.id)),
            ("kind", string(&self.kind)),
            ("title", string(&self.title)),
            ("sections", Json::array(self.sections.iter().map(section))),
        ])
    }
}

fn told(templates: &[Own]) -> Json<'static> {
    Json::object([("templates", Json::array(templates.iter().map(Own::json)))])
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
        let given: Vec<Json<'_>> = form.json().each("templates").cloned().collect();
        let mut templates: Vec<Own> = Vec::new();
        let mut letters = 0;
        for (n, json) in given.iter().enumerate() {
            let read = read(&cx, json).filter(|one| !templates.iter().any(|known| known.id == one.id));
            letters += read.iter().flat_map(|one| &one.sections).map(|(_, text)| text.len()).sum::<usize>();
            match read.filter(|_| n < TEMPLATES_MAX && letters <= LETTERS_MAX) {
                Some(one) => templates.push(one),
                None => {
                    let issue = Issue::error(Code::Value, BAD_TEMPLATE).at(format!("templates[{n}]"));
                    let issue = issue.arg("title", TITLE_MAX).arg("long", TEXT_MAX);
                    form.wrong(issue.arg("max", TEMPLATES_MAX));
                    break;
                }
            }
        }
        form.finish()?;
        let body = told(&templates);
        let name = cx.ctx.actor.id.to_string();
        cx.hub.vault_put(cx.tenant.name(), DRAWER, &name, None, &body.to_vec()).await?;
        Ok(RouteReply::json(200, &body))
    }
}

fn read(cx: &RouteCtx, json: &Json<'_>) -> Option<Own> {
    let kind = kind::find(json.get_str("kind")?)?;
    let title = normalised(json.get_str("title")?.trim()).replace('\n', " ");
    if title.is_empty() || title.chars().count() > TITLE_MAX {
        return None;
    }
    let mut sections: Vec<(String, String)> = Vec::new();
    for section in json.each("sections") {
        let (code, text) =
            (section.get_str("code")?, normalised(section.get_str("text").unwrap_or_default()));
        kind.section(code)?;
        let twice = sections.iter().any(|(known, _)| known == code);
        if twice || text.chars().count() > TEXT_MAX || !variables_exist(&text) {
            return None;
        }
        if !text.trim().is_empty() {
            sections.push((code.to_string(), text));
        }
    }
    let known = json.get_str("id").filter(|id| is_own(id)).map(String::from);
    let id = known.unwrap_or_else(|| format!("{MINE}{}", cx.ctx.ids.uuid().simple()));
    Some(Own { id, kind: kind.name.clone(), title, sections })
}

/// Ours, and of the length that we give.
fn is_own(id: &str) -> bool {
    id.strip_prefix(MINE).is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn variables_exist(text: &str) -> bool {
    text.split("{{").skip(1).all(|part| {
        let name = part.split_once("}}").map(|(name, _)| name.trim());
        name.is_some_and(|name| kind::all().variables.iter().any(|variable| variable.code == name))
    })
}

#[cfg(test)]
mod tests {
    use crate::Records;
    use fhir::Json;
    use service::testing::{AllCare, TestHub};
    use std::sync::Arc;
    use store::{Actor, Ctx, Error, Role};

    async fn hub() -> TestHub {
        let hub = TestHub::new(vec![Arc::new(Records)]).await;
        hub.hub.ties_set(Arc::new(AllCare));
        hub.create(r#"{"resourceType":"Patient","id":"p","gender":"female","birthDate":"1961-03-12"}"#).await;
        hub.create(r#"{"resourceType":"Practitioner","id":"ada","name":[{"text":"Dr Ada Exemple"}]}"#).await;
        hub
    }

    fn author(hub: &TestHub, id: u128) -> Ctx {
        let ctx = hub.ctx(&[Role::Surgeon]);
        let actor = Actor {
            id: uuid::Uuid::from_u128(id),
            person: Some("Practitioner/ada".into()),
            ..(*ctx.actor).clone()
        };
        Ctx { actor: Arc::new(actor), ..ctx }
    }

    const MINE: &str = r#"{"templates":[{"kind":"soap","title":"Ma gonalgie","sections":[{"code":"subjective","text":"{{patient.person}} de {{patient.age}} […]"},{"code":"plan","text":""}]}]}"#;

    #[tokio::test]
    async fn a_note_begins_from_a_template_of_ones_own_and_nobody_elses() {
        let hub = hub().await;
        let (mine, other) = (author(&hub, 1), author(&hub, 2));
        let kept = hub.ask(&Records, mine.clone(), "PUT", "notes/templates/own", MINE).await;
        let id = kept.each("templates").next().and_then(|one| one.get_str("id")).unwrap().to_string();
        let of = async |ctx: &Ctx| {
            let all = hub.ask(&Records, ctx.clone(), "GET", "notes/templates", "").await;
            all.each("templates").filter(|one| one.get("own").is_some()).count()
        };
        assert_eq!((of(&mine).await, of(&other).await), (1, 0));
        let body = format!(r#"{{"patient":"p","kind":"soap","template":"{id}"}}"#);
        let note = hub.ask(&Records, mine.clone(), "POST", "notes", &body).await;
        let text = note.each("sections").find(|s| s.get_str("code") == Some("subjective"));
        assert_eq!(text.and_then(|s| s.get_str("text")), Some("Patiente de 65 ans […]"));
        assert_eq!(note.get_str("title"), Some("Ma gonalgie"));
        let theirs = hub.call(&Records, other, "POST", "notes", &body).await;
        assert!(matches!(theirs, Err(Error::Refused(_))));
        let wrong = body.replace("soap", "operative");
        assert!(matches!(
            hub.call(&Records, mine.clone(), "POST", "notes", &wrong).await,
            Err(Error::Refused(_))
        ));
        // Sent again with its id it stays the same one.
        let again = String::from_utf8(kept.to_vec()).unwrap();
        let again = hub.ask(&Records, mine, "PUT", "notes/templates/own", &again).await;
        assert_eq!(again.each("templates").next().and_then(|one| one.get_str("id")), Some(id.as_str()));
    }

    #[tokio::test]
    async fn what_is_no_template_is_refused_and_changes_nothing() {
        let hub = hub().await;
        let mine = author(&hub, 1);
        hub.ask(&Records, mine.clone(), "PUT", "notes/templates/own", MINE).await;
        for bad in [
            r#"{"kind":"soap","title":" ","sections":[]}"#,
            r#"{"kind":"letter","title":"x","sections":[]}"#,
            r#"{"kind":"soap","title":"x","sections":[{"code":"nowhere","text":"x"}]}"#,
            r#"{"kind":"soap","title":"x","sections":[{"code":"plan","text":"{{patient.name}}"}]}"#,
            r#"{"kind":"soap","title":"x","sections":[{"code":"plan","text":"{{today"}]}"#,
            r#"{"kind":"soap","title":"x","sections":[{"code":"plan","text":"a"},{"code":"plan","text":"b"}]}"#,
        ] {
            let body = format!(r#"{{"templates":[{bad}]}}"#);
            let answer = hub.call(&Records, mine.clone(), "PUT", "notes/templates/own", &body).await;
            assert!(matches!(answer, Err(Error::Refused(_))), "{bad}");
        }
        let kept: Json<'static> = hub.ask(&Records, mine, "GET", "notes/templates/own", "").await;
        assert_eq!(kept.each("templates").count(), 1);
    }
}
