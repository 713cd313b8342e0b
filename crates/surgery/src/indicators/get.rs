//! `GET surgeries/indicators?from=&to=&by=&facility=&tolerance=`: the figures, by group and by week; as a table for a
//! spreadsheet with `format=csv`.

use super::asked::{Asked, staff};
use super::csv::table;
use super::facts::Facts;
use super::figures::{By, Measures, NOBODY, Row, Values};
use super::gather::{gather, shown};
use super::kinds::KINDS;
use crate::case::element::text;
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Json, Lang};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/indicators",
        summary: "Figures of the theatre over a period",
        access: Access::SignedIn,
        handler: Arc::new(Get),
    }
}

struct Get;

#[async_trait]
impl Handler for Get {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let asked = Asked::read(&request, cx.ctx.clock.now_ms())?;
        let facts = gather(&cx, &asked).await?;
        let measures = Measures::new(&facts, asked.tolerance);
        let lang = cx.ctx.lang;
        let total = measures.total();
        let mut rows: Vec<(String, Row)> = measures
            .rows(asked.by)
            .into_iter()
            .map(|row| (named(&facts, asked.by, &row.key, lang), row))
            .collect();
        if asked.by != By::Period {
            rows.sort_by(|a, b| a.0.cmp(&b.0));
        }
        if request.query("format") == Some("csv") {
            let file = format!("indicateurs-bloc-{}-{}.csv", asked.from, asked.to);
            let mut reply = RouteReply::empty(200)
                .with("content-type", "text/csv; charset=utf-8")
                .with("content-disposition", format!("attachment; filename=\"{file}\""));
            reply.body = Bytes::from(table(&rows, &total, lang));
            return Ok(reply);
        }
        let told = Json::object([
            ("from", text(asked.from.to_string())),
            ("to", text(asked.to.to_string())),
            ("by", text(by(asked.by))),
            ("tolerance", Json::integer(asked.tolerance)),
            ("indicators", kinds(lang)),
            ("total", line(&total, all(lang))),
            ("rows", Json::array(rows.iter().map(|(name, row)| line(row, name)))),
            ("weeks", Json::array(measures.weeks().iter().map(week))),
        ]);
        Ok(RouteReply::json(200, &told))
    }
}

fn by(by: By) -> &'static str {
    match by {
        By::Room => "room",
        By::Surgeon => "surgeon",
        By::Specialty => "specialty",
        By::Period => "period",
    }
}

pub(super) fn all(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "Ensemble",
        Lang::En => "All",
        Lang::De => "Gesamt",
    }
}

const MONTHS: [[&str; 12]; 3] = [
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
];

/// What a group is called.
fn named(facts: &Facts, by: By, key: &str, lang: Lang) -> String {
    let language = match lang {
        Lang::Fr => 0,
        Lang::En => 1,
        Lang::De => 2,
    };
    match by {
        _ if key == NOBODY => ["Non précisé", "Not stated", "Ohne Angabe"][language].to_string(),
        By::Room | By::Surgeon => shown(facts, key),
        By::Specialty => key.to_string(),
        By::Period => {
            let month = key.get(5..7).and_then(|m| m.parse::<usize>().ok()).unwrap_or(1);
            let name = MONTHS[language].get(month.saturating_sub(1)).unwrap_or(&"");
            format!("{name} {}", key.get(..4).unwrap_or_default())
        }
    }
}

fn kinds(lang: Lang) -> Json<'static> {
    Json::array(KINDS.iter().map(|kind| {
        Json::object([
            ("code", text(kind.code)),
            ("name", text(kind.name(lang))),
            ("definition", text(kind.definition(lang))),
            ("unit", text(kind.unit)),
        ])
    }))
}

/// With one digit after the point.
pub(super) fn number(value: Option<f64>) -> Json<'static> {
    value.map_or(Json::Null, |value| Json::number(rounded(value)))
}

pub(super) fn rounded(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_string)
}

fn values(values: &Values) -> Json<'static> {
    Json::object(KINDS.iter().zip(values).map(|(kind, value)| (kind.code, number(*value))))
}

fn line(row: &Row, name: &str) -> Json<'static> {
    Json::object([
        ("key", text(&row.key)),
        ("name", text(name)),
        ("cases", Json::integer(row.cases as i64)),
        ("values", values(&row.values)),
    ])
}

fn week(row: &Row) -> Json<'static> {
    Json::object([("week", text(&row.key)), ("values", values(&row.values))])
}
