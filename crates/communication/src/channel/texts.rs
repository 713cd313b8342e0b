//! The port of text messages. They carry no diagnosis and no name: a telephone lies on a table.

use async_trait::async_trait;
use fhir::{Code, Text};
use std::collections::VecDeque;
use std::sync::Mutex;
use store::{Error, Result};

/// One text message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextMessage {
    /// In the international form: `+33612345678`.
    pub to: String,
    pub text: String,
    /// The same for each attempt of one message: a gateway that knows it sends once.
    pub reference: String,
}

/// Whoever takes text messages.
#[async_trait]
pub trait Texts: Send + Sync + 'static {
    /// # Errors
    /// `Refused` for a number that takes no messages, or when nothing is set up; `Unavailable` to try again later.
    async fn send(&self, message: TextMessage) -> Result<()>;

    fn is_ready(&self) -> bool {
        true
    }
}

/// Text messages are not set up.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoTexts;

#[async_trait]
impl Texts for NoTexts {
    async fn send(&self, _: TextMessage) -> Result<()> {
        Err(Error::refused(Code::NotSupported, NOT_SET_UP))
    }

    fn is_ready(&self) -> bool {
        false
    }
}

/// Keeps the latest messages in memory, for the sample clinic and for tests.
#[derive(Debug, Default)]
pub struct TextOutbox(Mutex<VecDeque<TextMessage>>);

/// Older messages fall out.
const KEPT: usize = 50;

impl TextOutbox {
    /// Newest first.
    pub fn messages(&self) -> Vec<TextMessage> {
        self.0.lock().map(|kept| kept.iter().rev().cloned().collect()).unwrap_or_default()
    }
}

#[async_trait]
impl Texts for TextOutbox {
    async fn send(&self, message: TextMessage) -> Result<()> {
        let mut kept = self.0.lock().map_err(|_| Error::Unavailable("outbox".into()))?;
        if kept.len() >= KEPT {
            kept.pop_front();
        }
        kept.push_back(message);
        Ok(())
    }
}

pub(super) const NOT_SET_UP: Text = Text {
    key: "communication.texts-not-set-up",
    fr: "Aucun SMS ne part d'ici : la passerelle n'est pas configurée (réglages « sms_… » de medhub.toml).",
    en: "No text message leaves from here: the gateway is not configured (settings \"sms_…\" of medhub.toml).",
    de: "Von hier geht keine SMS ab: Das Gateway ist nicht eingerichtet (Einstellungen „sms_…“ in medhub.toml).",
};
pub(super) const REFUSED: Text = Text {
    key: "communication.number-refused",
    fr: "La passerelle refuse ce numéro. Vérifiez-le dans l'identité du patient.",
    en: "The gateway refuses this number. Check it in the patient's identity.",
    de: "Das Gateway lehnt diese Nummer ab. Prüfen Sie sie in den Patientendaten.",
};
