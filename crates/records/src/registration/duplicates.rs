//! Who might be the same person: found by name, sound, birth date and number, then weighed.

use super::identity::Strict;
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
    /// Whether all strict traits are the same: two such records need a reason.
    same: bool,
    reasons: Vec<Text>,
    pub body: Json<'static>,
}

/// Who is looked for.
pub(super) struct Sought {
    seen: Seen,
    strict: Option<Strict>,
    /// A whole date, or empty.
    birth: String,
    families: Vec<String>,
    given: String,
    /// `system|value` of national numbers.
    numbers: Vec<String>,
}

impl Sought {
    pub fn of_traits(traits: &Traits) -> Sought {
        let given = traits.given.first().cloned().unwrap_or_default();
        let families = [Some(&traits.family), traits.used_family.as_ref()].into_iter().flatten();
        let national = traits.identifiers.iter().filter(|i| i.is_ins());
        Sought {
            seen: Seen::of_traits(traits),
            strict: Strict::new(&traits.family, &given, &traits.birth, traits.gender),
            birth: traits.birth.clone(),
            families: families.cloned().collect(),
            given,
            numbers: national.map(|i| format!("{}|{}", i.system, i.value)).collect(),
        }
    }

    /// Of a Patient that is perhaps not whole; `None` when nothing in it can find anybody.
    pub fn of_patient(patient: &Json<'_>) -> Option<Sought> {
        const NAMES_MAX: usize = 5;
        let day =
            |text: &&str| fhir::date::date(text).is_some_and(|d| d.precision == fhir::date::Precision::Day);
        let birth = patient.get_str("birthDate").filter(day).unwrap_or_default().to_string();
        let word = |text: &str| text.chars().any(char::is_alphanumeric);
        let names = || patient.each("name").take(NAMES_MAX);
        let families: Vec<String> =
            names().filter_map(|n| n.get_str("family")).filter(|f| word(f)).map(String::from).collect();
        let given = names().find_map(|n| n.each("given").next()?.as_str().filter(|g| word(g)));
        let plain = |text: &&str| !text.contains(['|', ',', '$', '\\']);
        let numbers: Vec<String> = patient
            .each("identifier")
            .take(NAMES_MAX)
            .filter_map(|i| {
                let (system, value) = (i.get_str("system")?, i.get_str("value")?);
                Some(format!("{}|{}", Some(system).filter(plain)?, Some(value).filter(plain)?))
            })
            .collect();
        if birth.is_empty() && families.is_empty() && numbers.is_empty() {
            return None;
        }
        Some(Sought {
            seen: Seen::of_patient(patient),
            strict: Strict::of(patient),
            birth,
            families,
            given: given.unwrap_or_default().to_string(),
            numbers,
        })
    }
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
            ("same", Json::Bool(self.same)),
            ("reasons", Json::array(reasons)),
        ])
    }
}

/// The records that may be this person's, as far as the caller may see them, the likeliest first.
pub(super) async fn find(cx: &RouteCtx, sought: &Sought, least: f64) -> Result<Vec<Candidate>> {
    let mut found: BTreeMap<String, Candidate> = BTreeMap::new();
    for question in questions(sought) {
        let mut params: Vec<(String, String)> = question.into_iter().map(|(n, v)| (n.into(), v)).collect();
        params.push(("_count".into(), LOOKED_AT.into()));
        let request = SearchRequest { rt: Some(ResourceType::PATIENT), params, ..SearchRequest::default() };
        for entry in cx.tenant.search(&cx.ctx, &request).await?.entries {
            let Ok(body) = fhir::json::parse(&entry.visible.body) else { continue };
            let merged = body.each("link").any(|l| l.get_str("type") == Some("replaced-by"));
            if merged || found.contains_key(&entry.visible.id) {
                continue;
            }
            let Likeness { score, reasons } = sought.seen.compare(&Seen::of_patient(&body));
            if score >= least {
                let id = entry.visible.id.clone();
                let same = sought.strict.is_some() && sought.strict == Strict::of(&body);
                found.insert(id.clone(), Candidate { id, score, same, reasons, body: body.into_owned() });
            }
        }
    }
    let mut all: Vec<Candidate> = found.into_values().collect();
    all.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    all.truncate(TOLD_MAX);
    Ok(all)
}

/// What finds the records worth a comparison: by day of birth (also turned), by sound of the names, by number.
fn questions(sought: &Sought) -> Vec<Vec<(&'static str, String)>> {
    let mut asked = Vec::new();
    if !sought.birth.is_empty() {
        asked.push(vec![("birthdate", sought.birth.clone())]);
    }
    if let [year, month, day] = sought.birth.split('-').collect::<Vec<_>>()[..]
        && month != day
        && day <= "12"
    {
        asked.push(vec![("birthdate", format!("{year}-{day}-{month}"))]);
    }
    // Each name by itself: a name is compared word by word within one element of the record.
    for family in &sought.families {
        let given = Some(&sought.given).filter(|given| !given.is_empty());
        let names = [Some(family), given].into_iter().flatten();
        asked.push(names.map(|name| ("phonetic", name.clone())).collect());
    }
    asked.extend(sought.numbers.iter().map(|number| vec![("identifier", number.clone())]));
    asked
}
