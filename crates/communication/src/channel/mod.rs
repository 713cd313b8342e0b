//! Ways to reach somebody outside the program: mail and text messages.

mod gateway;
mod texts;

pub use gateway::Gateway;
pub use texts::{NoTexts, TextMessage, TextOutbox, Texts};

use crate::element::MODE;
use service::{Mail, Mailer, Outbox};
use std::sync::Arc;
use store::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Mail,
    Sms,
}

impl Channel {
    pub const ALL: [Channel; 2] = [Channel::Mail, Channel::Sms];

    pub fn as_str(self) -> &'static str {
        match self {
            Channel::Mail => "mail",
            Channel::Sms => "sms",
        }
    }

    pub fn parse(text: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|one| one.as_str() == text)
    }

    pub fn other(self) -> Channel {
        match self {
            Channel::Mail => Channel::Sms,
            Channel::Sms => Channel::Mail,
        }
    }

    /// The code of v3-ParticipationMode.
    pub(crate) fn mode(self) -> &'static str {
        match self {
            Channel::Mail => "EMAILWRIT",
            Channel::Sms => "SMSWRIT",
        }
    }

    pub(crate) fn of_medium(json: &fhir::Json<'_>) -> Option<Channel> {
        let mode = crate::element::coded(json, "medium", MODE)?;
        Channel::ALL.into_iter().find(|one| one.mode() == mode)
    }
}

/// What is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub subject: String,
    pub text: String,
}

/// Why something was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotTaken {
    /// This address, for good.
    Refused,
    /// Not now.
    Later,
}

/// The sample clinic: nothing leaves, what would have left is shown.
#[derive(Clone)]
pub struct Sample {
    pub tenant: String,
    pub mails: Arc<Outbox>,
    pub texts: Arc<TextOutbox>,
}

/// The channels that the operator has set up.
#[derive(Clone)]
pub struct Channels {
    pub mailer: Arc<dyn Mailer>,
    pub texts: Arc<dyn Texts>,
    pub sample: Option<Sample>,
}

impl Channels {
    fn sample(&self, tenant: &str) -> Option<&Sample> {
        self.sample.as_ref().filter(|sample| sample.tenant == tenant)
    }

    pub(crate) fn is_sample(&self, tenant: &str) -> bool {
        self.sample(tenant).is_some()
    }

    pub(crate) fn ready(&self, tenant: &str, channel: Channel) -> bool {
        self.is_sample(tenant)
            || match channel {
                Channel::Mail => self.mailer.is_ready(),
                Channel::Sms => self.texts.is_ready(),
            }
    }

    /// Hands a message over. `reference` is the same at each attempt.
    pub(crate) async fn send(
        &self,
        tenant: &str,
        channel: Channel,
        to: &str,
        said: &Said,
        reference: &str,
    ) -> Result<(), NotTaken> {
        let sample = self.sample(tenant);
        let taken = match channel {
            Channel::Mail => {
                let mail = Mail { to: to.into(), subject: said.subject.clone(), text: said.text.clone() };
                match sample {
                    Some(sample) => sample.mails.send(mail).await,
                    None => self.mailer.send(mail).await,
                }
            }
            Channel::Sms => {
                let text =
                    TextMessage { to: to.into(), text: said.text.clone(), reference: reference.into() };
                match sample {
                    Some(sample) => sample.texts.send(text).await,
                    None => self.texts.send(text).await,
                }
            }
        };
        taken.map_err(|error| match error {
            Error::Refused(_) => NotTaken::Refused,
            _ => NotTaken::Later,
        })
    }
}
