//! Hits, ranked: where the words stand counts first, then what is newer.

use super::document::Document;
use super::excerpt::{excerpt, marked};
use super::query::Query;
use fhir::Json;
use service::RouteReply;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use store::Visible;

/// What was found so far.
#[derive(Default)]
pub(super) struct Hits {
    hits: Vec<Hit>,
    /// Results of the same name: the newest stands for all.
    results: HashSet<String>,
    /// There was more than was looked at.
    pub cut: bool,
}

struct Hit {
    score: u32,
    resource: String,
    document: Arc<Document>,
}

impl Hits {
    /// `more`: not all is looked at.
    pub fn of_some(more: bool) -> Hits {
        Hits { cut: more, ..Hits::default() }
    }

    /// Takes a document if it fits. Results of one name must come newest first.
    pub fn take(&mut self, visible: &Visible, document: Option<Arc<Document>>, query: &Query) {
        let Some(document) = document else { return };
        let Some(score) = query.score(&document) else { return };
        let single = visible.rt == fhir::ResourceType::OBSERVATION;
        if single && !self.results.insert(document.title.text.clone()) {
            return;
        }
        let resource = format!("{}/{}", visible.rt.name(), visible.id);
        self.hits.push(Hit { score, resource, document });
    }

    /// `{hits, truncated}`, with the names of the patients by their ids.
    pub fn reply(mut self, query: &Query, names: &HashMap<String, String>) -> RouteReply {
        self.hits.sort_by(|a, b| {
            let key = |hit: &Hit| (hit.score, hit.document.at);
            key(b).cmp(&key(a)).then_with(|| a.resource.cmp(&b.resource))
        });
        let truncated = self.cut || self.hits.len() > query.limit;
        let shown = self.hits.iter().take(query.limit).map(|hit| line(hit, query, names));
        RouteReply::json(
            200,
            &Json::object([("hits", Json::array(shown)), ("truncated", Json::Bool(truncated))]),
        )
    }
}

fn line(hit: &Hit, query: &Query, names: &HashMap<String, String>) -> Json<'static> {
    let document = &hit.document;
    let patient = document.patient.clone().unwrap_or_default();
    let name = names.get(&patient).cloned().unwrap_or_default();
    let mut out = vec![
        ("kind", Json::string(document.kind)),
        ("patient", Json::string(patient)),
        ("patientName", Json::string(name)),
        ("resource", Json::string(hit.resource.clone())),
        ("title", Json::string(document.title.text.clone())),
        ("titleParts", marked(&document.title, query)),
        ("excerpt", excerpt(document, query)),
    ];
    out.extend(document.date.clone().map(|date| ("date", Json::string(date))));
    Json::object(out)
}
