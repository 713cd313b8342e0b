//! `Observation/$lastn` (<https://hl7.org/fhir/R4/observation-operation-lastn.html>): the newest observations of
//! each code of a patient.

use super::dispatch::Call;
use super::page::{View, bad};
use super::{present, search};
use crate::failure::{Answer, Failure};
use crate::text;
use crate::wire::media;
use axum::body::Body;
use fhir::{Code, Issue, Json, ResourceType};
use http::{Response, StatusCode};
use std::collections::HashSet;
use store::search::{SearchPage, SearchRequest};

/// Observations of each code that can be asked for; one, when nothing is said.
const MAX: usize = 100;
/// Pages that one request looks at, and their observations; what is older is not told.
const PAGES: usize = 10;
const COUNT: usize = 500;

pub async fn serve(call: &Call<'_>, view: &View) -> Answer<Response<Body>> {
    let headers = &call.parts.headers;
    let kind = media::accepted(headers, view.format.as_deref())?;
    let (params, max) = read(&view.rest)?;
    let rt = Some(ResourceType::OBSERVATION);
    let mut request = SearchRequest { rt, params, strict: true, ..SearchRequest::default() };
    let (mut groups, mut newest, mut whole) = (Groups::default(), SearchPage::default(), false);
    for _ in 0..PAGES {
        // The order of the index: newest first.
        let page = call.tenant.search(&call.ctx, &request).await?;
        for found in page.entries {
            let json =
                fhir::json::parse(&found.visible.body).map_err(|_| Failure::new(500, text::INTERNAL))?;
            if groups.count(&json) <= max {
                newest.entries.push(found);
            }
        }
        request.page = page.next;
        whole = request.page.is_none();
        if whole {
            break;
        }
    }
    if !whole {
        let older = Issue::warning(Code::TooCostly, text::LASTN_OLDER);
        newest.issues.push(older.arg("count", PAGES * COUNT));
    }
    newest.total = Some(newest.entries.len() as u64);
    let base = call.base();
    let body = search::bundle(call, &format!("{base}/Observation/$lastn"), view, &newest, &base)?;
    Ok(present::reply(headers, StatusCode::OK, body, kind).await)
}

/// The parameters of the search, and how many of each code.
fn read(rest: &[(String, String)]) -> Answer<(Vec<(String, String)>, usize)> {
    let (mut params, mut max, mut somebody) = (Vec::new(), 1, false);
    for (name, value) in rest {
        let code = name.split([':', '.']).next().unwrap_or("");
        match code {
            "max" => {
                let asked = value.parse().ok().filter(|max| (1..=MAX).contains(max));
                max = asked.ok_or_else(|| bad(name, "1 … 100"))?;
                continue;
            }
            "_count" | "_sort" | "_include" | "_revinclude" | "_total" => {
                return Err(Failure::new(400, text::NO_SUCH_PARAMETER)
                    .arg("known", "max, patient, category, code, date, …"));
            }
            "patient" | "subject" => somebody = true,
            _ => {}
        }
        params.push((name.clone(), value.clone()));
    }
    if !somebody {
        return Err(Failure::new(400, text::LASTN_PATIENT));
    }
    params.push(("_count".to_string(), COUNT.to_string()));
    Ok((params, max))
}

/// Observations that share a code; what has two codings brings these together.
#[derive(Default)]
struct Groups(Vec<(HashSet<String>, usize)>);

impl Groups {
    /// Counts an observation; the number of those of its code so far, itself included.
    fn count(&mut self, observation: &Json<'_>) -> usize {
        let Some(code) = observation.get("code") else { return 1 };
        let codings = code.each("coding").filter_map(|coding| {
            Some(format!("{}|{}", coding.get_str("system").unwrap_or(""), coding.get_str("code")?))
        });
        let mut keys: HashSet<String> = codings.collect();
        if keys.is_empty() {
            keys.extend(code.get_str("text").map(str::to_string));
        }
        let same = self.0.iter_mut().find(|(known, _)| !known.is_disjoint(&keys));
        match same {
            Some((known, count)) => {
                known.extend(keys);
                *count += 1;
                *count
            }
            None => {
                self.0.push((keys, 1));
                1
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codings_bring_observations_together() {
        let mut groups = Groups::default();
        let mut count = |code: &str| {
            let text = format!(r#"{{"code":{code}}}"#);
            groups.count(&fhir::json::parse(text.as_bytes()).unwrap())
        };
        assert_eq!(count(r#"{"coding":[{"system":"l","code":"1"}]}"#), 1);
        assert_eq!(count(r#"{"coding":[{"system":"s","code":"9"},{"system":"l","code":"1"}]}"#), 2);
        assert_eq!(count(r#"{"coding":[{"system":"s","code":"9"}]}"#), 3);
        assert_eq!(count(r#"{"coding":[{"system":"l","code":"9"}]}"#), 1);
        assert_eq!(count(r#"{"text":"weight"}"#), 1);
        assert_eq!(count(r#"{"text":"weight"}"#), 2);
    }
}
