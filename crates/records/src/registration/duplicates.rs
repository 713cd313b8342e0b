//! Who might be the same person: found by name, sound, birth date and number, then weighed.

use super::likeness::{self, Likeness, Seen};
use super::traits::Traits;
use super::write::IPP;
use crate::person::name;
use fhir::{Json, Lang, ResourceType, Text};
use service::RouteCtx;
use std::collections::BTreeMap;
use store::Result;
use store::search::SearchRequest;

/// Candidates looked at for each question, and told.
const LOOKED_AT: &str = "200";
const TOLD_MAX: usize = 20;

/// From here on a registration stops until somebody compared the records.
pub(super) const LIKELY: f64 = 0.5;

/// A record that may be the same person's.
pub(super) struct Candidate {
    pub id: String,
    /// How likely it is, from 0 to 1.
    pub score: f64,
    reasons: Vec<Text>,
    body: Json<'static>,
}

impl Candidate {
    /// Whether it bears the same national number: then it is the same person.
    pub fn same_number(&self) -> bool {
        self.reasons.contains(&likeness::NUMBER)
    }

    /// `{id, name, birthDate, gender, ipp, score, reasons}`
    pub fn told(&self, lang: Lang) -> Json<'static> {
        let string = |text: Option<&str>| text.map_or(Json::Null, |text| Json::string(text.to_string()));
        let ipp = self.body.each("identifier").find(|i| i.get_str("system") == Some(IPP));
        let reasons = self
            .reasons
            .iter()
            .map(|reason| Json::string(fhir::Issue::error(fhir::Code::Duplicate, *reason).sentence(lang)));
        Json::object([
            ("id", Json::string(self.id.clone())),
            ("name", string(name(&self.body).as_deref())),
            ("birthDate", string(self.body.get_str("birthDate"))),
            ("gender", string(self.body.get_str("gender"))),
            ("ipp", string(ipp.and_then(|i| i.get_str("value")))),
            // Whole hundredths: more would promise what nobody measured.
            ("score", Json::Number(format!("{:.2}", self.score).into())),
            ("reasons", Json::array(reasons)),
        ])
    }
}

/// The records that may be this person's, as far as the caller may see them, the likeliest first.
pub(super) async fn find(cx: &RouteCtx, traits: &Traits, least: f64) -> Result<Vec<Candidate>> {
    let mut found: BTreeMap<String, Candidate> = BTreeMap::new();
    let own = Seen::of_traits(traits);
    for question in questions(traits) {
        let mut params: Vec<(String, String)> = question.into_iter().map(|(n, v)| (n.into(), v)).collect();
        params.push(("_count".into(), LOOKED_AT.into()));
        let request = SearchRequest { rt: Some(ResourceType::PATIENT), params, ..SearchRequest::default() };
        for entry in cx.tenant.search(&cx.ctx, &request).await?.entries {
            let Ok(body) = fhir::json::parse(&entry.visible.body) else { continue };
            let merged = body.each("link").any(|l| l.get_str("type") == Some("replaced-by"));
            if merged || found.contains_key(&entry.visible.id) {
                continue;
            }
            let Likeness { score, reasons } = own.compare(&Seen::of_patient(&body));
            if score >= least {
                let id = entry.visible.id.clone();
                found.insert(id.clone(), Candidate { id, score, reasons, body: body.into_owned() });
            }
        }
    }
    let mut all: Vec<Candidate> = found.into_values().collect();
    all.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    all.truncate(TOLD_MAX);
    Ok(all)
}

/// What finds the records worth a comparison: by day of birth (also turned), by sound of the names, by number.
fn questions(traits: &Traits) -> Vec<Vec<(&'static str, String)>> {
    let first = traits.given.first().cloned().unwrap_or_default();
    let mut asked = vec![vec![("birthdate", traits.birth.clone())]];
    if let [year, month, day] = traits.birth.split('-').collect::<Vec<_>>()[..]
        && month != day
        && day <= "12"
    {
        asked.push(vec![("birthdate", format!("{year}-{day}-{month}"))]);
    }
    // Each name by itself: a name is compared word by word within one element of the record.
    for family in [Some(&traits.family), traits.used_family.as_ref()].into_iter().flatten() {
        asked.push(vec![("phonetic", family.clone()), ("phonetic", first.clone())]);
    }
    for identifier in traits.identifiers.iter().filter(|i| i.is_ins()) {
        asked.push(vec![("identifier", format!("{}|{}", identifier.system, identifier.value))]);
    }
    asked
}
