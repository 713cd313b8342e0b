//! Documents: made from the chart, printed as archive PDFs, signed, and kept.

mod asked;
mod certify;
mod chart;
mod document;
mod draft;
mod field;
mod fixed;
mod incoming;
mod ins;
mod kind;
mod leaflet;
mod letters;
mod message;
mod missing;
mod package;
mod paper;
mod prefill;
mod programme;
mod read;
mod right;
mod rule;
mod sheet;
mod sign;
mod tell;
mod template;
#[cfg(test)]
mod tests;
mod verb;
mod words;
mod zone;

use fhir::ResourceType;
use service::{Mailer, Reader, Round, Route, Service};
use std::sync::Arc;
use store::Rule;

/// The service of documents.
pub struct Content {
    mailer: Arc<dyn Mailer>,
    reader: Arc<dyn Reader>,
    reading: Arc<incoming::Progress>,
}

impl Content {
    /// `mailer` carries one-time codes to patients who sign; `reader` reads what comes in.
    pub fn new(mailer: Arc<dyn Mailer>, reader: Arc<dyn Reader>) -> Content {
        Content { mailer, reader, reading: Arc::default() }
    }
}

const OWNS: [ResourceType; 4] = [
    ResourceType::DOCUMENT_REFERENCE,
    ResourceType::BINARY,
    ResourceType::DOCUMENT_MANIFEST,
    ResourceType::LIBRARY,
];

impl Service for Content {
    fn name(&self) -> &'static str {
        "content"
    }

    fn owns(&self) -> &[ResourceType] {
        &OWNS
    }

    fn rules(&self) -> Vec<Arc<dyn Rule>> {
        vec![Arc::new(rule::DocumentStays), Arc::new(rule::PagesStay)]
    }

    fn rounds(&self) -> Vec<Arc<dyn Round>> {
        vec![Arc::new(incoming::ReadRound { reader: self.reader.clone(), progress: self.reading.clone() })]
    }

    fn routes(&self) -> Vec<Route> {
        // Paths of words stand before those with an id in them.
        let mut routes = package::routes();
        routes.extend(incoming::routes(&self.reading));
        routes.extend(certify::routes());
        routes.push(programme::route());
        routes.extend(template::routes());
        routes.extend(verb::routes());
        routes.extend(sign::routes(&self.mailer));
        routes
    }
}
