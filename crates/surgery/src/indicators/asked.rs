//! What is asked for: days, grouping, site, tolerance.

use super::figures::By;
use crate::case::zone;
use fhir::{Code, Issue, Text};
use jiff::civil::Date;
use policy::{Group, Role, Verb};
use service::{RouteCtx, RouteRequest};
use store::{Error, Result};

/// A little more than a year.
const DAYS_MAX: i64 = 400;
const USUAL: i64 = 91;
const TOLERANCE: i64 = 5;

const DAYS: Text = Text {
    key: "surgery.indicator-days",
    fr: "Demandez de 1 à {max} jours, du premier (« from ») au dernier (« to »), écrits AAAA-MM-JJ.",
    en: "Ask for 1 to {max} days, from the first (\"from\") to the last (\"to\"), written YYYY-MM-DD.",
    de: "Fragen Sie 1 bis {max} Tage ab, vom ersten („from“) bis zum letzten („to“), als JJJJ-MM-TT.",
};
const UNKNOWN: Text = Text {
    key: "surgery.indicator-unknown",
    fr: "Ce regroupement, cette tolérance ou cet indicateur n'existe pas. Admis : {known}.",
    en: "There is no such grouping, tolerance or figure. Use: {known}.",
    de: "Diese Gruppierung, Toleranz oder Kennzahl gibt es nicht. Zulässig: {known}.",
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub from: Date,
    /// Included.
    pub to: Date,
    pub by: By,
    pub facility: Option<String>,
    pub tolerance: i64,
}

pub(super) fn unknown(place: &'static str, known: &str) -> Issue {
    Issue::error(Code::Value, UNKNOWN).at(place).arg("known", known)
}

impl Asked {
    /// # Errors
    /// An issue for what is not understood.
    pub fn read(request: &RouteRequest, now: i64) -> std::result::Result<Asked, Issue> {
        let given = |name: &str| request.query(name).filter(|text| !text.is_empty());
        let wrong = |place: &'static str| Issue::error(Code::Value, DAYS).at(place).arg("max", DAYS_MAX);
        let day = |name: &'static str, otherwise: Date| match given(name) {
            Some(text) => text.parse::<Date>().map_err(|_| wrong(name)),
            None => Ok(otherwise),
        };
        let to = day("to", zone::day_of(now))?;
        let from = day("from", zone::plus(to, -USUAL))?;
        if from > to || zone::plus(from, DAYS_MAX) <= to {
            return Err(wrong("to"));
        }
        let by = match given("by") {
            None | Some("room") => By::Room,
            Some("surgeon") => By::Surgeon,
            Some("specialty") => By::Specialty,
            Some("period") => By::Period,
            Some(_) => return Err(unknown("by", "room, surgeon, specialty, period")),
        };
        let tolerance = match given("tolerance").map(str::parse::<i64>) {
            None => TOLERANCE,
            Some(Ok(minutes)) if (0..=60).contains(&minutes) => minutes,
            Some(_) => return Err(unknown("tolerance", "0–60")),
        };
        Ok(Asked { from, to, by, facility: given("facility").map(str::to_string), tolerance })
    }

    /// From the first moment to the one after the last.
    pub fn span(&self) -> (i64, i64) {
        (zone::midnight(self.from), zone::midnight(zone::plus(self.to, 1)))
    }
}

/// Whether the caller may look at the plan of the clinic; a patient's portal may not.
///
/// # Errors
/// `Denied`.
pub(super) async fn staff(cx: &RouteCtx) -> Result<()> {
    let only_patient = cx.ctx.actor.roles.iter().all(|role| *role == Role::Patient) && !cx.ctx.actor.system;
    if only_patient || !cx.tenant.decide(&cx.ctx, Verb::Read, Group::Schedule, None).await? {
        cx.tenant.audit_refused(&cx.ctx, "theatre-indicators", None).await?;
        return Err(Error::Denied);
    }
    Ok(())
}
