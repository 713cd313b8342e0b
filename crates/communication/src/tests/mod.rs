//! From a booking to what was said: once, at its hour, to whom it may be said, whatever ends or fails in between.

mod alerts;
mod channels;
mod crash;
mod life;
mod talk;
mod verbs;

use crate::channel::{Channels, TextMessage, Texts};
use crate::{Communication, TextOutbox};
use async_trait::async_trait;
use fhir::{Code, Json, ResourceType, Text};
use parking_lot::Mutex;
use service::testing::{AllCare, TestHub};
use service::{Mail, Mailer, Outbox};
use std::sync::Arc;
use std::time::Duration;
use store::search::SearchRequest;
use store::{Ctx, Error, Result, Role};

pub(super) const HOUR: u64 = 3_600;
pub(super) const DAY: u64 = 24 * HOUR;

/// What the mail server does next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mood {
    #[default]
    Takes,
    Refuses,
    Away,
    /// The program ends while it speaks to the server, which has heard.
    Ends,
}

#[derive(Default)]
pub(super) struct Server {
    pub mood: Mutex<Mood>,
    pub mails: Outbox,
    pub texts: TextOutbox,
}

const REFUSED: Text = Text { key: "test.refused", fr: "refusé", en: "refused", de: "abgelehnt" };

impl Server {
    fn answer(&self) -> Result<()> {
        match *self.mood.lock() {
            Mood::Takes => Ok(()),
            Mood::Refuses => Err(Error::refused(Code::Value, REFUSED)),
            Mood::Away => Err(Error::Unavailable("away".into())),
            Mood::Ends => panic!("the program ends here"),
        }
    }
}

struct Mails(Arc<Server>);
struct Messages(Arc<Server>);

#[async_trait]
impl Mailer for Mails {
    async fn send(&self, mail: Mail) -> Result<()> {
        // The server's answer comes later than others can knock.
        tokio::task::yield_now().await;
        if *self.0.mood.lock() == Mood::Ends {
            self.0.mails.send(mail.clone()).await?;
        }
        self.0.answer()?;
        self.0.mails.send(mail).await
    }
}

#[async_trait]
impl Texts for Messages {
    async fn send(&self, message: TextMessage) -> Result<()> {
        self.0.answer()?;
        self.0.texts.send(message).await
    }
}

pub(super) struct House {
    pub hub: TestHub,
    pub server: Arc<Server>,
    pub service: Arc<Communication>,
}

pub(super) async fn house() -> House {
    let server = Arc::new(Server::default());
    let service = service(&server);
    let hub = TestHub::new(vec![service.clone()]).await;
    hub.hub.ties_set(Arc::new(AllCare));
    let house = House { hub, server, service };
    house.put(&patient(MAIL_AND_MOBILE, "")).await;
    house
        .put(r#"{"resourceType":"Location","id":"site","name":"Clinique des Tilleuls","telecom":[{"system":"phone","value":"02 99 00 00 00"}]}"#)
        .await;
    house
}

fn service(server: &Arc<Server>) -> Arc<Communication> {
    let channels = Channels {
        mailer: Arc::new(Mails(server.clone())),
        texts: Arc::new(Messages(server.clone())),
        sample: None,
    };
    Arc::new(Communication::new(channels))
}

pub(super) const MAIL_AND_MOBILE: &str =
    r#"[{"system":"email","value":"ada@exemple.example"},{"system":"phone","value":"06 12 34 56 78"}]"#;

pub(super) fn patient(telecom: &str, more: &str) -> String {
    format!(
        r#"{{"resourceType":"Patient","id":"p1","name":[{{"family":"Secret","given":["Ada"]}}],"telecom":{telecom}{more}}}"#
    )
}

/// On 2026-12-07 by default: fifteen days after the clock's first moment.
pub(super) fn booking(status: &str, start: &str) -> String {
    format!(
        r#"{{"resourceType":"Appointment","id":"b1","status":"{status}","serviceCategory":[{{"coding":[{{"system":"urn:medhub:appointment-kind","code":"consultation"}}]}}],"start":"{start}","end":"2030-01-01T00:00:00Z","participant":[{{"actor":{{"reference":"Patient/p1"}},"status":"accepted"}},{{"actor":{{"reference":"Location/site"}},"status":"accepted"}}]}}"#
    )
}

pub(super) const MONDAY: &str = "2026-12-07T09:00:00+01:00";

impl House {
    /// The service of another program that reaches the same people.
    pub fn another(&self) -> Arc<Communication> {
        service(&self.server)
    }

    pub async fn put(&self, json: &str) {
        self.hub.create(json).await;
        self.hub.drain().await;
    }

    /// The same number of seconds at once, as when the program was not running meanwhile.
    pub async fn later(&self, seconds: u64) {
        self.hub.clock.advance(Duration::from_secs(seconds));
        self.hub.rounds().await;
    }

    pub fn ctx(&self, roles: &[Role]) -> Ctx {
        self.hub.ctx(roles)
    }

    /// Status and reason of the reminder of a step, newest hour first.
    pub async fn reminder(&self, step: &str) -> (String, String) {
        let all = self.reminders().await;
        let of = all.iter().find(|json| {
            json.each("reasonCode").any(|c| c.each("coding").any(|one| one.get_str("code") == Some(step)))
        });
        let Some(json) = of else { return ("none".into(), String::new()) };
        let reason = json.each("extension").find_map(|one| one.get_str("valueCode")).unwrap_or_default();
        (json.get_str("status").unwrap_or_default().to_string(), reason.to_string())
    }

    pub async fn reminders(&self) -> Vec<Json<'static>> {
        let request = SearchRequest {
            rt: Some(ResourceType::COMMUNICATION_REQUEST),
            params: vec![("_count".into(), "500".into())],
            ..SearchRequest::default()
        };
        let ctx = self.ctx(&[Role::Clinician, Role::MedicalAdmin]);
        let page = self.hub.tenant.search(&ctx, &request).await.expect("a page");
        let bodies = page.entries.iter().map(|entry| &entry.visible.body);
        let mut all: Vec<Json<'static>> =
            bodies.map(|body| fhir::json::parse(body).expect("JSON").into_owned()).collect();
        let order = |json: &Json<'_>| match json.get_str("status") {
            Some("active") => 0,
            Some("on-hold") => 1,
            Some("completed") => 2,
            _ => 3,
        };
        all.sort_by_key(order);
        all
    }

    pub async fn open(&self) -> usize {
        self.reminders().await.iter().filter(|json| json.get_str("status") == Some("active")).count()
    }

    pub fn mails(&self) -> usize {
        self.server.mails.mails().len()
    }

    pub fn texts(&self) -> usize {
        self.server.texts.messages().len()
    }

    /// Status and body of the answer.
    pub async fn call(&self, ctx: Ctx, method: &str, path: &str, body: &str) -> (u16, Json<'static>) {
        match self.hub.call(&*self.service, ctx, method, path, body).await {
            Ok(reply) => (reply.status, fhir::json::parse(&reply.body).map_or(Json::Null, Json::into_owned)),
            Err(Error::Refused(issues)) => (422, Json::string(issues[0].text.key)),
            Err(Error::VersionConflict { .. }) => (412, Json::Null),
            Err(Error::Denied) => (403, Json::Null),
            Err(Error::NotFound) => (404, Json::Null),
            Err(error) => panic!("{error}"),
        }
    }
}
