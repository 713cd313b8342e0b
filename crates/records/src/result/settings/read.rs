//! From the resources. What another program wrote there and cannot be read is passed over.

use super::super::limits::{Limit, Limits};
use super::{LIMITS_MAX, LOINC, MINUTES, PREFIX, REVIEW, Settings, Times};
use fhir::{Json, ResourceType};
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Ctx, Error, Result, Tenant};

impl Settings {
    /// # Errors
    /// `Unavailable`.
    pub async fn read(tenant: &Tenant, ctx: &Ctx) -> Result<Settings> {
        let request = SearchRequest {
            rt: Some(ResourceType::OBSERVATION_DEFINITION),
            params: vec![("_count".into(), (LIMITS_MAX * 2).to_string())],
            ..SearchRequest::default()
        };
        let (mut own, mut off) = (Vec::new(), Vec::new());
        let entries = match tenant.search(ctx, &request).await {
            // A token that is limited to other types: what the software brings.
            Err(Error::Denied) => Vec::new(),
            page => page?.entries,
        };
        for found in entries {
            let Ok(json) = fhir::json::parse(&found.visible.body) else { continue };
            if !found.visible.id.starts_with(PREFIX) {
                continue;
            }
            match limit(&json) {
                Some(limit) => own.push(limit),
                None => off.extend(loinc(&json).map(String::from)),
            }
        }
        let times = match tenant.read(ctx, ResourceType::ACTIVITY_DEFINITION, REVIEW).await {
            Ok(found) => fhir::json::parse(&found.body).ok().as_ref().map(times).unwrap_or_default(),
            Err(Error::NotFound | Error::Gone { .. } | Error::Denied) => Times::default(),
            Err(other) => return Err(other),
        };
        Ok(Settings { limits: Arc::new(Limits::default().overlaid(own, &off)), times })
    }
}

fn loinc<'j>(definition: &'j Json<'_>) -> Option<&'j str> {
    let mut codings = definition.get("code")?.each("coding");
    codings.find(|coding| coding.get_str("system") == Some(LOINC))?.get_str("code")
}

fn limit(definition: &Json<'_>) -> Option<Limit> {
    let interval =
        definition.each("qualifiedInterval").find(|one| one.get_str("category") == Some("critical"));
    let range = interval?.get("range")?;
    let bound = |name: &str| range.get(name)?.get("value").and_then(Json::as_number);
    let unit = ["low", "high"].iter().find_map(|name| range.get(name)?.get_str("code"))?;
    let title = definition.get("code").and_then(|code| code.get_str("text")).unwrap_or_default();
    Limit::new(loinc(definition)?, title, unit, bound("low"), bound("high"))
}

fn times(definition: &Json<'_>) -> Times {
    let otherwise = Times::default();
    let said = definition.each("extension").find(|e| e.get_str("url") == Some(MINUTES));
    let minutes = |name: &str| {
        let part = said?.each("extension").find(|e| e.get_str("url") == Some(name))?;
        part.get("valuePositiveInt").and_then(Json::as_number)?.parse::<i64>().ok().filter(|n| *n > 0)
    };
    Times {
        critical: minutes("critical").unwrap_or(otherwise.critical),
        abnormal: minutes("abnormal").unwrap_or(otherwise.abnormal),
        normal: minutes("normal").unwrap_or(otherwise.normal),
    }
}
