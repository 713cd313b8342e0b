//! `POST ai/predict-surgery-duration`: how long an operation will take here, and what that rests on.

use super::Durations;
use crate::element::text;
use crate::index::{Index, Shelves};
use crate::suite::who::staff;
use async_trait::async_trait;
use fhir::{Json, Lang};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;
use theatre::durations::{Level, Prediction, Provenance, Request};

pub(crate) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    vec![Route {
        method: Method::Post,
        path: "ai/predict-surgery-duration",
        summary: "How long an operation will take: median and two cautious values",
        access: Access::SignedIn,
        handler: Arc::new(Predict(shelves.clone())),
    }]
}

struct Predict(Arc<Shelves>);

#[async_trait]
impl Handler for Predict {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let mut form = Form::read(&request.body)?;
        let act = form.required("act", 200);
        let (approach, specialty) = (form.text("approach", 200), form.text("specialty", 200));
        let surgeon = form.text("surgeon", 100);
        let phases = form.flag("phases");
        form.finish()?;
        let shelf = self.0.fresh(&cx).await?;
        let told = shelf.read(|index| {
            let durations = Durations::new(&shelf, index);
            let request = Request {
                specialty: specialty.unwrap_or_else(|| durations.specialty(surgeon.as_deref())),
                procedure: act,
                approach: approach.unwrap_or_default(),
                surgeon,
                features: Vec::new(),
            };
            tell(index, &request, &durations.ask(&request), (phases, cx.ctx.lang))
        });
        Ok(RouteReply::json(200, &told))
    }
}

fn tell(index: &Index, request: &Request, found: &Prediction, (phases, lang): (bool, Lang)) -> Json<'static> {
    let whole = |minutes: f64| Json::integer(minutes.round() as i64);
    let provenance = found.provenance.map_or(Json::Null, |p| provenance(index, request, p, lang));
    let mut members = vec![
        ("p50", whole(found.p50)),
        ("p80", whole(found.p80)),
        ("p90", whole(found.p90)),
        ("provenance", provenance),
    ];
    if phases {
        members.push(("phases", Json::Array(shares(index, request, found.p50))));
    }
    Json::object(members)
}

fn provenance(index: &Index, request: &Request, p: Provenance, lang: Lang) -> Json<'static> {
    let surgeon = request.surgeon.as_deref().map(|s| index.name(s)).unwrap_or_default();
    let (level, of) = match (p.level, lang) {
        (Level::Surgeon, Lang::Fr) => ("surgeon", format!("{surgeon}, cet acte")),
        (Level::Surgeon, Lang::En) => ("surgeon", format!("{surgeon}, this act")),
        (Level::Surgeon, Lang::De) => ("surgeon", format!("{surgeon}, dieser Eingriff")),
        (Level::Approach, Lang::Fr) => ("approach", "de cet acte par cette voie".to_string()),
        (Level::Approach, Lang::En) => ("approach", "this act by this approach".to_string()),
        (Level::Approach, Lang::De) => ("approach", "dieser Eingriff auf diesem Weg".to_string()),
        (Level::Procedure, Lang::Fr) => ("act", "de cet acte, tous chirurgiens".to_string()),
        (Level::Procedure, Lang::En) => ("act", "this act, all surgeons".to_string()),
        (Level::Procedure, Lang::De) => ("act", "dieser Eingriff, alle Operateure".to_string()),
        (Level::Specialty, Lang::Fr) => ("specialty", "de la spécialité".to_string()),
        (Level::Specialty, Lang::En) => ("specialty", "of the specialty".to_string()),
        (Level::Specialty, Lang::De) => ("specialty", "des Fachgebiets".to_string()),
        (Level::All, Lang::Fr) => ("all", "de la clinique".to_string()),
        (Level::All, Lang::En) => ("all", "of the clinic".to_string()),
        (Level::All, Lang::De) => ("all", "der Klinik".to_string()),
    };
    let (median, cases) = (p.median_minutes.round() as i64, p.cases);
    let sentence = match lang {
        Lang::Fr => format!("médiane {median} min, {cases} cas ({of})"),
        Lang::En => format!("median {median} min, {cases} cases ({of})"),
        Lang::De => format!("Median {median} min, {cases} Fälle ({of})"),
    };
    Json::object([
        ("level", text(level)),
        ("cases", Json::integer(cases as i64)),
        ("median", Json::integer(median)),
        ("text", text(sentence)),
    ])
}

/// The phases of room time and the milestones that bound them.
const PHASES: [(&str, &str, &str); 4] = [
    ("preparation", "in", "induction"),
    ("induction", "induction", "incision"),
    ("operation", "incision", "closure"),
    ("exit", "closure", "out"),
];

/// The median by phase, in proportion to what the milestones of such operations say; nothing where none was timed.
fn shares(index: &Index, request: &Request, minutes: f64) -> Vec<Json<'static>> {
    let mut totals = [0.0f64; 4];
    for (case, course) in &index.courses {
        let same = index.cases.get(case).is_some_and(|c| c.act_code.as_deref() == Some(&request.procedure));
        let at = |code: &str| course.milestones.iter().find(|(c, _)| c == code).map(|(_, t)| *t);
        let parts: Option<Vec<i64>> = PHASES.iter().map(|(_, from, to)| Some(at(to)? - at(from)?)).collect();
        for (total, part) in totals.iter_mut().zip(parts.filter(|_| same).into_iter().flatten()) {
            *total += part.max(0) as f64;
        }
    }
    let sum: f64 = totals.iter().sum();
    if sum <= 0.0 {
        return Vec::new();
    }
    let phase = |((code, _, _), total): (&(&'static str, &str, &str), &f64)| {
        let part = (minutes * total / sum).round() as i64;
        Json::object([("code", text(*code)), ("minutes", Json::integer(part))])
    };
    PHASES.iter().zip(&totals).map(phase).collect()
}
