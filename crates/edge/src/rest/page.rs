//! The parameters of an address that the edge itself reads; all others are the search's.

use crate::failure::{Answer, Failure};
use crate::text;
use store::search::SearchRequest;

/// <https://hl7.org/fhir/R4/search.html#summary>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Summary {
    #[default]
    False,
    True,
    Text,
    Data,
    Count,
}

/// How the answer shall look, and the rest of the query.
#[derive(Clone, Debug, Default)]
pub struct View {
    pub format: Option<String>,
    pub pretty: bool,
    pub summary: Summary,
    pub elements: Vec<String>,
    /// `_page`: the token of a `next` link.
    pub page: Option<String>,
    /// All other parameters, decoded, in order.
    pub rest: Vec<(String, String)>,
}

impl View {
    /// Reads a query, and the form of a `_search`.
    ///
    /// # Errors
    /// A broken encoding, too many parameters, a value that does not fit.
    pub fn of(query: Option<&str>, form: Option<&str>) -> Answer<View> {
        let mut view = View::default();
        for part in [query, form].into_iter().flatten().filter(|part| !part.is_empty()) {
            let request = SearchRequest::from_query(None, part)?;
            view.page = request.page.or(view.page);
            for (name, value) in request.params {
                view.take(name, value)?;
            }
        }
        Ok(view)
    }

    fn take(&mut self, name: String, value: String) -> Answer<()> {
        match name.as_str() {
            "_format" => self.format = Some(value),
            "_pretty" => self.pretty = boolean(&name, &value)?,
            "_elements" => {
                self.elements
                    .extend(value.split(',').map(|e| e.trim().to_string()).filter(|e| !e.is_empty()));
            }
            "_summary" => {
                self.summary = match value.as_str() {
                    "true" => Summary::True,
                    "false" => Summary::False,
                    "text" => Summary::Text,
                    "data" => Summary::Data,
                    "count" => Summary::Count,
                    _ => return Err(bad(&name, "true, false, text, data, count")),
                };
                // The search needs to know that only the number is wanted.
                if self.summary == Summary::Count {
                    self.rest.push((name, value));
                }
            }
            _ => self.rest.push((name, value)),
        }
        Ok(())
    }

    /// Whether resources go out as they are stored.
    pub fn whole(&self) -> bool {
        matches!(self.summary, Summary::False | Summary::Count) && self.elements.is_empty()
    }
}

fn boolean(name: &str, value: &str) -> Answer<bool> {
    match value {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(bad(name, "true, false")),
    }
}

/// A parameter whose value does not fit.
pub fn bad(name: &str, expected: &str) -> Failure {
    let name: String = name.chars().take(40).collect();
    Failure::new(400, text::BAD_PARAMETER).arg("name", name).arg("expected", expected)
}
