//! Who stands around the patient, who pays, the stay, and the consultation before the anaesthesia.

use crate::read::{all, display, label, name, one, telecom};
use crate::zone;
use fhir::{Json, Lang, ResourceType};
use service::RouteCtx;
use store::Result;

const ROLE: &str = "urn:medhub:person-role";

#[derive(Default)]
pub(crate) struct Around {
    pub cover: Vec<String>,
    pub contact: Option<String>,
    pub trusted: Option<String>,
    /// FHIR dates of the stay.
    pub admitted: Option<String>,
    pub discharged: Option<String>,
    pub entry_mode: Option<String>,
    /// When the consultation before the anaesthesia took place, in words.
    pub anaesthesia: Option<String>,
}

impl Around {
    pub async fn read(
        cx: &RouteCtx,
        patient: &str,
        encounter: Option<&str>,
        case: Option<&str>,
        lang: Lang,
    ) -> Result<Around> {
        let of = [("patient", format!("Patient/{patient}"))];
        let mut around = Around::default();
        for person in all(cx, ResourceType::RELATED_PERSON, &of).await? {
            let codings = person.json.each("relationship").flat_map(|r| r.each("coding"));
            let trusted = codings
                .into_iter()
                .any(|c| c.get_str("system") == Some(ROLE) && c.get_str("code") == Some("trusted-person"));
            let told = [name(&person.json), telecom(&person.json, "phone")];
            let told = told.into_iter().flatten().collect::<Vec<_>>().join(", ");
            let place = if trusted { &mut around.trusted } else { &mut around.contact };
            if place.is_none() && !told.is_empty() {
                *place = Some(told);
            }
        }
        for coverage in all(cx, ResourceType::COVERAGE, &[("beneficiary", of[0].1.clone())]).await? {
            around.cover.extend(covered(cx, &coverage.json).await?);
        }
        around.cover.sort();
        if let Some(stay) = stay(cx, patient, encounter).await? {
            let period = stay.get("period");
            let day = |name: &str| {
                let text = period.and_then(|p| p.get_str(name))?;
                zone::day(text).map(|day| day.to_string())
            };
            (around.admitted, around.discharged) = (day("start"), day("end"));
            let source = stay.get("hospitalization").and_then(|h| h.get("admitSource"));
            around.entry_mode = source.and_then(label);
        }
        if let Some(case) = case {
            around.anaesthesia = consultation(cx, case, lang).await?;
        }
        Ok(around)
    }
}

async fn covered(cx: &RouteCtx, coverage: &Json<'static>) -> Result<Option<String>> {
    let kind = coverage.get("type").and_then(label);
    let Some(payor) = coverage.each("payor").next() else { return Ok(kind) };
    let payer = match (display(payor), payor.get_str("reference")) {
        (Some(name), _) => Some(name),
        (None, Some(reference)) => {
            crate::read::referred(cx, reference).await?.and_then(|found| name(&found.json))
        }
        _ => None,
    };
    let parts: Vec<String> = [kind, payer].into_iter().flatten().collect();
    Ok((!parts.is_empty()).then(|| parts.join(" : ")))
}

/// The stay that is named, else the newest in a ward.
async fn stay(cx: &RouteCtx, patient: &str, named: Option<&str>) -> Result<Option<Json<'static>>> {
    if let Some(id) = named {
        let found = one(cx, ResourceType::ENCOUNTER, id).await?;
        let own = format!("Patient/{patient}");
        let of =
            |json: &Json<'static>| json.get("subject").and_then(|s| s.get_str("reference")) == Some(&*own);
        return Ok(found.map(|found| found.json).filter(of));
    }
    let query = [
        ("patient", format!("Patient/{patient}")),
        ("class", "IMP,ACUTE,SS".to_string()),
        ("_sort", "-date".to_string()),
    ];
    Ok(all(cx, ResourceType::ENCOUNTER, &query).await?.into_iter().next().map(|found| found.json))
}

async fn consultation(cx: &RouteCtx, case: &str, lang: Lang) -> Result<Option<String>> {
    let query = [("based-on", format!("ServiceRequest/{case}")), ("status", "completed".to_string())];
    let forms = all(cx, ResourceType::QUESTIONNAIRE_RESPONSE, &query).await?;
    let is_it = |json: &Json<'static>| {
        json.get_str("questionnaire").is_some_and(|q| q.starts_with("urn:medhub:preanaesthesia"))
    };
    let Some(done) = forms.iter().find(|form| is_it(&form.json)) else { return Ok(None) };
    let Some(at) = done.json.get_str("authored").and_then(zone::ms) else { return Ok(None) };
    let day = zone::long(zone::day_of(at), lang);
    Ok(Some(match lang {
        Lang::Fr => format!("faite le {day}"),
        Lang::En => format!("done on {day}"),
        Lang::De => format!("erfolgt am {day}"),
    }))
}
