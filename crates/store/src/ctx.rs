//! Who asks, why, and with which clock: every call into the store takes a [`Ctx`].
// The one place that reads the machine's clock and draws random ids.
#![allow(clippy::disallowed_methods)]

use crate::grant::Grant;
use fhir::{Code, Issue, Lang, Text};
pub use policy::{Purpose, Role};
use std::sync::Arc;
use uuid::Uuid;

/// The account (or the program itself) on whose behalf the store acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Account id, unique in the tenant; `Uuid::nil()` for the hub itself.
    pub id: Uuid,
    /// Login name of the account or name of the reaction. Never a patient's name.
    pub name: String,
    pub roles: Vec<Role>,
    /// `Practitioner/…` (of a portal account: `Patient/…` or `RelatedPerson/…`) that the account stands for.
    pub person: Option<Arc<str>>,
    /// The hub itself: reactions, import from the command line. Allowed everything, audited like others.
    pub system: bool,
}

/// The feed row and the reaction that made us act; `None` when a person did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    pub t: i64,
}

/// The clock. `Utc::now` and the like are banned elsewhere.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    fn now_ms(&self) -> i64;
}

/// Source of new ids.
pub trait Ids: Send + Sync {
    fn uuid(&self) -> Uuid;
}

/// The context of one request.
#[derive(Clone)]
pub struct Ctx {
    pub actor: Arc<Actor>,
    pub purpose: Purpose,
    /// What the token is limited to, and the circumstances of the sign-in.
    pub grant: Arc<Grant>,
    /// Request id, echoed as `X-Request-Id` and written to the audit log.
    pub request: Uuid,
    pub cause: Option<Cause>,
    pub lang: Lang,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
}

/// Reads a purpose of use.
///
/// # Errors
/// The code is none of ours.
pub fn purpose_parse(text: &str) -> Result<Purpose, Issue> {
    const TEXT: Text = Text {
        key: "purpose.unknown",
        fr: "Le motif d'accès « {code} » est inconnu. Motifs admis : TREAT, HPAYMT, HOPERAT, HRESCH, PATRQT, BTG.",
        en: "The purpose of use \"{code}\" is unknown. Use TREAT, HPAYMT, HOPERAT, HRESCH, PATRQT or BTG.",
        de: "Der Zugriffszweck „{code}“ ist unbekannt. Zulässig: TREAT, HPAYMT, HOPERAT, HRESCH, PATRQT, BTG.",
    };
    Purpose::parse(text)
        .ok_or_else(|| Issue::error(Code::Value, TEXT).arg("code", text.chars().take(20).collect::<String>()))
}

impl Actor {
    /// The hub itself, under the name of what acts.
    pub fn system(name: impl Into<String>) -> Arc<Actor> {
        Arc::new(Actor { id: Uuid::nil(), name: name.into(), roles: Vec::new(), person: None, system: true })
    }

    pub fn has(&self, role: Role) -> bool {
        self.system || self.roles.contains(&role)
    }
}

impl Ctx {
    /// A context for the hub itself, with the real clock.
    pub fn system(name: &str) -> Ctx {
        Ctx {
            actor: Actor::system(name),
            purpose: Purpose::Operations,
            grant: Arc::default(),
            request: Uuid::now_v7(),
            cause: None,
            lang: Lang::Fr,
            clock: Arc::new(SystemClock),
            ids: Arc::new(RandomIds),
        }
    }
}

/// The machine's clock: the one place that reads it.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        jiff::Timestamp::now().as_millisecond()
    }
}

/// Random ids (UUIDv4): the one place that draws them.
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    fn uuid(&self) -> Uuid {
        Uuid::new_v4()
    }
}
