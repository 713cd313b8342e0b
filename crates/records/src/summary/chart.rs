//! What the synthesis is made from: the patient's resources, as far as the caller may see them, each kind bounded.

use crate::result::{Limits, Settings};
use fhir::{Json, Lang, ResourceType};
use service::RouteCtx;
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Error, Result};

/// Resources of one kind that are looked at; more are not, and the newest come first.
const EACH_MAX: usize = 500;
/// How far back results are recent.
const RECENT_MS: i64 = 365 * 86_400_000;

/// Resources of one kind; `None` when the caller may not read them.
pub(crate) type Kindred = Option<Vec<Json<'static>>>;

/// A patient's resources.
pub(crate) struct Chart {
    pub lang: Lang,
    pub now: i64,
    /// Beyond which a value is critical.
    pub limits: Arc<Limits>,
    pub patient: Json<'static>,
    pub conditions: Kindred,
    pub procedures: Kindred,
    pub family: Kindred,
    pub allergies: Kindred,
    /// Lists of allergies: one may say why it is empty.
    pub allergy_lists: Kindred,
    pub statements: Kindred,
    pub requests: Kindred,
    pub vitals: Kindred,
    pub results: Kindred,
    pub habits: Kindred,
    pub immunizations: Kindred,
    pub appointments: Kindred,
    pub teams: Kindred,
    pub flags: Kindred,
}

impl Chart {
    /// # Errors
    /// `NotFound` and `Denied` for the patient; `Unavailable`.
    pub async fn read(cx: &RouteCtx, id: &str) -> Result<Chart> {
        let found = crate::person::patient_read(cx, id).await?;
        let patient =
            fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored Patient".into()))?;
        let of = Source { cx, id };
        let now = cx.ctx.clock.now_ms();
        let recent = format!("ge{}", fhir::date::date_format(now - RECENT_MS));
        let coming = format!("ge{}", fhir::date::instant_format(now));
        use ResourceType as Rt;
        Ok(Chart {
            lang: cx.ctx.lang,
            now,
            limits: Settings::read(&cx.tenant, &cx.ctx).await?.limits,
            patient: patient.into_owned(),
            conditions: of.all(Rt::CONDITION, &[]).await?,
            procedures: of.all(Rt::PROCEDURE, &[]).await?,
            family: of.all(Rt::FAMILY_MEMBER_HISTORY, &[]).await?,
            allergies: of.all(Rt::ALLERGY_INTOLERANCE, &[]).await?,
            allergy_lists: of.all(Rt::LIST, &[("code", "52472-8")]).await?,
            statements: of.all(Rt::MEDICATION_STATEMENT, &[]).await?,
            requests: of.all(Rt::MEDICATION_REQUEST, &[("status", "active")]).await?,
            vitals: of.all(Rt::OBSERVATION, &[("category", "vital-signs"), ("_sort", "-date")]).await?,
            results: of
                .all(Rt::OBSERVATION, &[("category", "laboratory"), ("date", &recent), ("_sort", "-date")])
                .await?,
            habits: of.all(Rt::OBSERVATION, &[("category", "social-history"), ("_sort", "-date")]).await?,
            immunizations: of.all(Rt::IMMUNIZATION, &[]).await?,
            appointments: of.all(Rt::APPOINTMENT, &[("date", &coming), ("_sort", "date")]).await?,
            teams: of.all(Rt::CARE_TEAM, &[]).await?,
            flags: of.all(Rt::FLAG, &[]).await?,
        })
    }

    /// The patient's age in years on the day of the chart.
    pub fn age(&self) -> Option<i64> {
        let birth = fhir::date::date(self.patient.get_str("birthDate")?)?.lo_ms;
        let (born, today) = (date_of(birth), date_of(self.now));
        let had = (today.1, today.2) >= (born.1, born.2);
        Some(today.0 - born.0 - i64::from(!had))
    }
}

/// Year, month and day of a moment, in UTC.
fn date_of(ms: i64) -> (i64, u32, u32) {
    fhir::date::civil_from_days(ms.div_euclid(86_400_000))
}

/// Whose resources, and for whom.
struct Source<'a> {
    cx: &'a RouteCtx,
    id: &'a str,
}

impl Source<'_> {
    async fn all(&self, rt: ResourceType, query: &[(&str, &str)]) -> Result<Kindred> {
        let mut params = vec![
            ("patient".to_string(), format!("Patient/{}", self.id)),
            ("_count".to_string(), EACH_MAX.to_string()),
        ];
        params.extend(query.iter().map(|(name, value)| ((*name).to_string(), (*value).to_string())));
        let request = SearchRequest { rt: Some(rt), params, ..SearchRequest::default() };
        let page = match self.cx.tenant.search(&self.cx.ctx, &request).await {
            Err(Error::Denied) => return Ok(None),
            other => other?,
        };
        let read = |body: &[u8]| fhir::json::parse(body).ok().map(Json::into_owned);
        Ok(Some(page.entries.iter().filter_map(|found| read(&found.visible.body)).collect()))
    }
}
