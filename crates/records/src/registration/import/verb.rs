//! The two verbs: the preview writes nothing, the import answers for each row what became of it.

use super::super::duplicates::{self, LIKELY, Sought};
use super::super::identity;
use super::super::register::create;
use super::super::traits::Traits;
use super::{columns, csv, row};
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fhir::{Issue, Json, Lang};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

/// Rows of one call: each costs some searches.
const ROWS: usize = 50;
/// From here on it is the same person for certain, and the row is never taken: so a list may be sent twice.
const CERTAIN: f64 = 0.99;

pub(super) fn route(writes: bool) -> Route {
    Route {
        method: Method::Post,
        path: if writes { "patients/import" } else { "patients/import/preview" },
        summary: if writes {
            "Registers the patients of a CSV list, part by part; a row taken before is passed over"
        } else {
            "Tells what a CSV list of patients holds, row by row, and what is wrong with it"
        },
        access: Access::SignedIn,
        handler: Arc::new(Import { writes }),
    }
}

struct Import {
    writes: bool,
}

#[async_trait]
impl Handler for Import {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let form = Form::read(&request.body)?;
        let json = form.json();
        let (text, encoding) = csv::decode(&bytes(json)?);
        let table = csv::read(&text)?;
        let mapping = columns::mapping(&table.header, json.get("mapping"));
        let number =
            |name: &str| json.get(name).and_then(Json::as_number).and_then(|n| n.parse::<usize>().ok());
        let from = number("from").unwrap_or(0).min(table.records.len());
        let count = number("count").unwrap_or(ROWS).clamp(1, ROWS);
        let anyway = |line: usize| {
            let line = line.to_string();
            json.each("anyway").any(|l| l.as_number() == Some(line.as_str()))
        };
        let mut rows = Vec::new();
        for record in table.records.iter().skip(from).take(count) {
            let body = row::body(&mapping, &record.cells);
            rows.push(self.row(&cx, record.line, &body, anyway(record.line)).await?);
        }
        let next = from + rows.len();
        let columns = table.header.iter().enumerate().map(|(n, title)| {
            let field = mapping.iter().find(|(_, column)| *column == n).map(|(field, _)| *field);
            let sample = table.records.first().and_then(|r| r.cells.get(n)).cloned().unwrap_or_default();
            Json::object([
                ("title", Json::string(title.clone())),
                ("field", field.map_or(Json::Null, Json::string)),
                ("sample", Json::string(sample)),
            ])
        });
        let size = |n: usize| Json::integer(i64::try_from(n).unwrap_or(i64::MAX));
        let mut told = vec![
            ("encoding", Json::string(encoding)),
            ("delimiter", Json::string(table.delimiter.to_string())),
            ("columns", Json::array(columns)),
            ("fields", Json::array(columns::FIELDS.iter().map(|(field, _)| Json::string(*field)))),
            ("total", size(table.records.len())),
            ("rows", Json::array(rows)),
        ];
        if next < table.records.len() {
            told.push(("next", size(next)));
        }
        Ok(RouteReply::json(200, &Json::object(told)))
    }
}

impl Import {
    /// `{line, name, birthDate, state: ready|known|error|created, score?, faults:[{field, message}], candidates?, id?, ipp?}`
    async fn row(&self, cx: &RouteCtx, line: usize, body: &Json<'_>, anyway: bool) -> Result<Json<'static>> {
        let name = body.each("name").next();
        let given = name.map(|n| n.each("given").filter_map(Json::as_str).collect::<Vec<_>>().join(" "));
        let shown = [name.and_then(|n| n.get_str("family")), given.as_deref()];
        let mut told = vec![
            ("line", Json::integer(i64::try_from(line).unwrap_or(i64::MAX))),
            ("name", Json::string(shown.into_iter().flatten().collect::<Vec<_>>().join(" "))),
        ];
        told.extend(body.get_str("birthDate").map(|birth| ("birthDate", Json::string(birth.to_string()))));
        let bytes = body.to_vec();
        let traits = match Traits::read(&mut Form::read(&bytes)?, cx.ctx.clock.now_ms()) {
            Ok(traits) => traits,
            Err(Error::Refused(issues)) => {
                told.push(("state", Json::string("error")));
                told.push(("faults", faults(&issues, cx.ctx.lang)));
                return Ok(Json::object(told));
            }
            Err(other) => return Err(other),
        };
        told.push(("faults", faults(&traits.warnings, cx.ctx.lang)));
        let found = duplicates::find(cx, &Sought::of_traits(&traits), LIKELY).await?;
        let certain = found.iter().any(|c| c.score >= CERTAIN || c.same_number());
        if certain || !anyway && !found.is_empty() {
            told.push(("state", Json::string("known")));
            told.push(("certain", Json::Bool(certain)));
        } else if self.writes {
            match create(cx, &traits).await {
                Ok((outcome, number)) => {
                    told.push(("state", Json::string("created")));
                    told.push(("id", Json::string(outcome.id)));
                    told.push(("ipp", Json::string(number)));
                }
                // Another desk registered the person meanwhile.
                Err(error) if identity::is_refusal(&error) => {
                    told.push(("state", Json::string("known")));
                    told.push(("certain", Json::Bool(true)));
                }
                Err(Error::Refused(issues)) => {
                    told.retain(|(name, _)| *name != "faults");
                    told.push(("state", Json::string("error")));
                    told.push(("faults", faults(&issues, cx.ctx.lang)));
                }
                Err(other) => return Err(other),
            }
        } else {
            told.push(("state", Json::string("ready")));
        }
        if !found.is_empty() {
            told.push(("candidates", Json::array(found.iter().take(3).map(|c| c.told(cx.ctx.lang)))));
        }
        Ok(Json::object(told))
    }
}

/// `text`: the file as the browser read it; or `bytes`: its bytes in base 64, where the encoding is to be found.
fn bytes(json: &Json<'_>) -> Result<Vec<u8>> {
    let found = match (json.get_str("text"), json.get_str("bytes")) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (None, Some(coded)) if coded.len() <= csv::BYTES_MAX / 3 * 4 + 4 => {
            STANDARD.decode(coded).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    if found.len() > csv::BYTES_MAX
        || json.get_str("bytes").is_some_and(|b| b.len() > csv::BYTES_MAX / 3 * 4 + 4)
    {
        return Err(csv::too_long().into());
    }
    Ok(found)
}

fn faults(issues: &[Issue], lang: Lang) -> Json<'static> {
    Json::array(issues.iter().map(|issue| {
        Json::object([
            ("field", Json::string(issue.expression.clone().unwrap_or_default())),
            ("message", Json::string(issue.sentence(lang))),
        ])
    }))
}
