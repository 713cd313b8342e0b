//! The port of mail. Mails carry no identity of a patient: they may stay in clear on servers that are not ours.

use async_trait::async_trait;
use fhir::{Code, Text};
use parking_lot::Mutex;
use std::collections::VecDeque;
use store::{Error, Result};

/// One mail, in plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Address of the one who receives it.
    pub to: String,
    pub subject: String,
    pub text: String,
}

/// Whoever takes mails.
#[async_trait]
pub trait Mailer: Send + Sync + 'static {
    /// Hands a mail over.
    ///
    /// # Errors
    /// `Refused` when mail is not set up; `Unavailable` when the mail server does not take it.
    async fn send(&self, mail: Mail) -> Result<()>;

    /// Whether mail is set up at all.
    fn is_ready(&self) -> bool {
        true
    }
}

/// Mail is not set up: each mail is refused with a sentence for the operator.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoMail;

#[async_trait]
impl Mailer for NoMail {
    async fn send(&self, _: Mail) -> Result<()> {
        Err(Error::refused(Code::NotSupported, NOT_SET_UP))
    }

    fn is_ready(&self) -> bool {
        false
    }
}

/// Takes mails and keeps the latest of them in memory: for tests, and for the sample clinic, which shows them.
#[derive(Debug, Default)]
pub struct Outbox(Mutex<VecDeque<Mail>>);

/// Older mails fall out.
const OUTBOX_MAX: usize = 50;

impl Outbox {
    /// Newest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.0.lock().iter().rev().cloned().collect()
    }
}

#[async_trait]
impl Mailer for Outbox {
    async fn send(&self, mail: Mail) -> Result<()> {
        let mut kept = self.0.lock();
        if kept.len() >= OUTBOX_MAX {
            kept.pop_front();
        }
        kept.push_back(mail);
        Ok(())
    }
}

const NOT_SET_UP: Text = Text {
    key: "mail.not-set-up",
    fr: "Aucun courriel ne part d'ici : le serveur de courriel n'est pas configuré (réglages « mail_… » de medhub.toml). Créez le lien avec « medhub user invite ».",
    en: "No mail leaves from here: the mail server is not configured (settings \"mail_…\" of medhub.toml). Make the link with \"medhub user invite\".",
    de: "Von hier geht keine E-Mail ab: Der Mailserver ist nicht eingerichtet (Einstellungen „mail_…“ in medhub.toml). Erzeugen Sie den Link mit „medhub user invite“.",
};

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(subject: String) -> Mail {
        Mail { to: "a@clinic.example".into(), subject, text: String::new() }
    }

    #[tokio::test]
    async fn an_outbox_keeps_the_latest() {
        let outbox = Outbox::default();
        for n in 0..60 {
            outbox.send(mail(n.to_string())).await.unwrap();
        }
        let mails = outbox.mails();
        assert_eq!((mails.len(), mails[0].subject.as_str(), mails[49].subject.as_str()), (50, "59", "10"));
    }

    #[tokio::test]
    async fn without_a_server_no_mail_is_taken() {
        assert!(!NoMail.is_ready());
        assert!(matches!(NoMail.send(mail(String::new())).await, Err(Error::Refused(_))));
    }
}
