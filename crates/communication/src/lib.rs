//! What is said. By the clinic itself: reminders of appointments, by mail and text message, each once; and medical alerts,
//! which call people until somebody has come. By people: conversations of professionals, about a patient or not.

mod alert;
mod channel;
mod contact;
mod due;
mod element;
mod outbox;
mod person;
mod place;
mod read;
mod reminder;
mod talk;
#[cfg(test)]
mod tests;
mod verb;
mod words;

pub use channel::{Channel, Channels, Gateway, NoTexts, Sample, TextMessage, TextOutbox, Texts};

use fhir::ResourceType;
use service::{Reaction, Round, Route, Service};
use std::sync::Arc;
use store::Rule;

/// The service of what is said.
pub struct Communication {
    channels: Arc<Channels>,
    reminders: Arc<due::Due>,
    alerts: Arc<due::Due>,
}

impl Communication {
    pub fn new(channels: Channels) -> Communication {
        Communication { channels: Arc::new(channels), reminders: Arc::default(), alerts: Arc::default() }
    }
}

const OWNS: [ResourceType; 2] = [ResourceType::COMMUNICATION, ResourceType::COMMUNICATION_REQUEST];

impl Service for Communication {
    fn name(&self) -> &'static str {
        "communication"
    }

    fn owns(&self) -> &[ResourceType] {
        &OWNS
    }

    fn rules(&self) -> Vec<Arc<dyn Rule>> {
        vec![Arc::new(reminder::OnlyByTheHub), Arc::new(talk::NeverRewritten)]
    }

    fn reactions(&self) -> Vec<Arc<dyn Reaction>> {
        let noted = due::Noted([self.reminders.clone(), self.alerts.clone()]);
        vec![Arc::new(reminder::Followed(self.channels.clone())), Arc::new(noted)]
    }

    fn rounds(&self) -> Vec<Arc<dyn Round>> {
        let outbox = outbox::OutboxRound { channels: self.channels.clone(), due: self.reminders.clone() };
        vec![Arc::new(alert::EscalationRound(self.alerts.clone())), Arc::new(outbox)]
    }

    fn routes(&self) -> Vec<Route> {
        verb::routes(&self.channels, &self.alerts)
    }
}
