//! Who asks, why, and with which clock: every call into the store takes a [`Ctx`].
// The one place that reads the machine's clock and draws random ids.
#![allow(clippy::disallowed_methods)]

use fhir::{Code, Issue, Lang, Text};
use std::sync::Arc;
use uuid::Uuid;

/// A role that an account holds in its tenant. The identity service will map these to policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Runs the tenant: everything but the audit log.
    MedicalAdmin,
    /// Cares for patients: reads and writes clinical resources.
    Clinician,
    /// Reads the audit log, and nothing clinical.
    Auditor,
}

/// Why a record is opened, HL7 v3 PurposeOfUse
/// (<https://terminology.hl7.org/ValueSet-v3-PurposeOfUse.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    Treatment,
    Payment,
    Operations,
    Research,
    PatientRequest,
    BreakGlass,
}

/// The account (or the program itself) on whose behalf the store acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Account id, unique in the tenant; `Uuid::nil()` for the hub itself.
    pub id: Uuid,
    /// Login name of the account or name of the reaction. Never a patient's name.
    pub name: String,
    pub roles: Vec<Role>,
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
    /// Request id, echoed as `X-Request-Id` and written to the audit log.
    pub request: Uuid,
    pub cause: Option<Cause>,
    pub lang: Lang,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
}

impl Role {
    pub const ALL: [Role; 3] = [Role::MedicalAdmin, Role::Clinician, Role::Auditor];

    pub fn as_str(self) -> &'static str {
        match self {
            Role::MedicalAdmin => "medical_admin",
            Role::Clinician => "clinician",
            Role::Auditor => "auditor",
        }
    }

    pub fn parse(text: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.as_str() == text)
    }
}

impl Purpose {
    pub const ALL: [Purpose; 6] = [
        Purpose::Treatment,
        Purpose::Payment,
        Purpose::Operations,
        Purpose::Research,
        Purpose::PatientRequest,
        Purpose::BreakGlass,
    ];

    /// The HL7 code.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Treatment => "TREAT",
            Purpose::Payment => "HPAYMT",
            Purpose::Operations => "HOPERAT",
            Purpose::Research => "HRESCH",
            Purpose::PatientRequest => "PATRQT",
            Purpose::BreakGlass => "BTG",
        }
    }

    /// # Errors
    /// The code is none of ours.
    pub fn parse(text: &str) -> Result<Purpose, Issue> {
        const TEXT: Text = Text {
            key: "purpose.unknown",
            fr: "Le motif d'accès « {code} » est inconnu. Motifs admis : TREAT, HPAYMT, HOPERAT, HRESCH, PATRQT, BTG.",
            en: "The purpose of use \"{code}\" is unknown. Use TREAT, HPAYMT, HOPERAT, HRESCH, PATRQT or BTG.",
            de: "Der Zugriffszweck „{code}“ ist unbekannt. Zulässig: TREAT, HPAYMT, HOPERAT, HRESCH, PATRQT, BTG.",
        };
        Purpose::ALL.into_iter().find(|p| p.as_str() == text).ok_or_else(|| {
            Issue::error(Code::Value, TEXT).arg("code", text.chars().take(20).collect::<String>())
        })
    }
}

impl Actor {
    /// The hub itself, under the name of what acts.
    pub fn system(name: impl Into<String>) -> Arc<Actor> {
        Arc::new(Actor { id: Uuid::nil(), name: name.into(), roles: Vec::new(), system: true })
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
