//! Who might be the same person: compared by name, by how the name sounds, by birth date and by number.

use super::traits::Traits;
use super::write::IPP;
use crate::person::name;
use fhir::{Json, Lang, ResourceType, Text};
use service::RouteCtx;
use std::collections::BTreeMap;
use store::Result;
use store::index::normalise::{fold, sound, words};
use store::search::SearchRequest;

/// Candidates looked at for each question, and told.
const LOOKED_AT: &str = "200";
const TOLD_MAX: usize = 20;

const SAME: Text = Text {
    key: "register.same-name-and-date",
    fr: "Mêmes nom, prénom et date de naissance",
    en: "Same name, given name and birth date",
    de: "Gleicher Name, Vorname und gleiches Geburtsdatum",
};

const SOUNDS: Text = Text {
    key: "register.sounds-alike",
    fr: "Nom et prénom de même sonorité, même date de naissance",
    en: "Names that sound alike, same birth date",
    de: "Ähnlich klingende Namen, gleiches Geburtsdatum",
};

const DATE: Text = Text {
    key: "register.date-differs",
    fr: "Mêmes nom et prénom, date de naissance voisine",
    en: "Same names, a birth date that differs little",
    de: "Gleiche Namen, wenig abweichendes Geburtsdatum",
};

const NUMBER: Text =
    Text { key: "register.same-number", fr: "Même numéro", en: "Same number", de: "Gleiche Nummer" };

/// A record that may be the same person's.
pub(super) struct Candidate {
    pub id: String,
    pub reasons: Vec<Text>,
    body: Json<'static>,
}

impl Candidate {
    /// Whether it bears the same national number: then it is the same person.
    pub fn same_number(&self) -> bool {
        self.reasons.contains(&NUMBER)
    }

    /// `{id, name, birthDate, gender, ipp, reasons}`
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
            ("reasons", Json::array(reasons)),
        ])
    }
}

/// The records that may be this person's, as far as the caller may see them.
pub(super) async fn find(cx: &RouteCtx, traits: &Traits) -> Result<Vec<Candidate>> {
    let mut found: BTreeMap<String, Candidate> = BTreeMap::new();
    let own = Seen::of_traits(traits);
    // Each name by itself: a name is compared word by word within one element of the record.
    let first = traits.given.first().cloned().unwrap_or_default();
    let sounds = vec![("phonetic", traits.family.clone()), ("phonetic", first)];
    let mut questions = vec![vec![("birthdate", traits.birth.clone())], sounds];
    for identifier in traits.identifiers.iter().filter(|i| i.is_ins()) {
        questions.push(vec![("identifier", format!("{}|{}", identifier.system, identifier.value))]);
    }
    for question in questions {
        let by_number = question.iter().any(|(name, _)| *name == "identifier");
        let mut params: Vec<(String, String)> = question.into_iter().map(|(n, v)| (n.into(), v)).collect();
        params.push(("_count".into(), LOOKED_AT.into()));
        let request = SearchRequest { rt: Some(ResourceType::PATIENT), params, ..SearchRequest::default() };
        for entry in cx.tenant.search(&cx.ctx, &request).await?.entries {
            let Ok(body) = fhir::json::parse(&entry.visible.body) else { continue };
            let merged = body.each("link").any(|l| l.get_str("type") == Some("replaced-by"));
            let mut reasons = if merged { Vec::new() } else { own.compare(&Seen::of_patient(&body)) };
            if by_number && !merged {
                reasons.push(NUMBER);
            }
            if !reasons.is_empty() {
                let id = entry.visible.id.clone();
                let new =
                    || Candidate { id: id.clone(), reasons: Vec::new(), body: body.clone().into_owned() };
                let candidate = found.entry(id.clone()).or_insert_with(new);
                reasons.retain(|reason| !candidate.reasons.contains(reason));
                candidate.reasons.extend(reasons);
            }
        }
    }
    Ok(found.into_values().take(TOLD_MAX).collect())
}

/// The traits that are compared.
struct Seen {
    families: Vec<String>,
    given: Vec<String>,
    birth: String,
}

impl Seen {
    fn of_traits(traits: &Traits) -> Seen {
        let families = [Some(&traits.family), traits.used_family.as_ref()];
        let given = traits.given.first().into_iter().chain(traits.used_given.as_ref());
        Seen {
            families: families.into_iter().flatten().map(|f| fold(f)).collect(),
            given: given.map(|g| fold(g)).collect(),
            birth: traits.birth.clone(),
        }
    }

    fn of_patient(patient: &Json<'_>) -> Seen {
        let given = patient.each("name").filter_map(|n| n.each("given").next()).filter_map(Json::as_str);
        Seen {
            families: patient.each("name").filter_map(|n| n.get_str("family")).map(fold).collect(),
            given: given.map(fold).collect(),
            birth: patient.get_str("birthDate").unwrap_or_default().to_string(),
        }
    }

    fn compare(&self, other: &Seen) -> Vec<Text> {
        let same = |a: &[String], b: &[String]| a.iter().any(|x| b.contains(x));
        let alike = |a: &[String], b: &[String]| a.iter().any(|x| b.iter().any(|y| sounds_alike(x, y)));
        let names = same(&self.families, &other.families) && same(&self.given, &other.given);
        let sounds = alike(&self.families, &other.families) && alike(&self.given, &other.given);
        match (self.birth == other.birth, names, sounds) {
            (true, true, _) => vec![SAME],
            (true, false, true) => vec![SOUNDS],
            (false, true, _) if near(&self.birth, &other.birth) => vec![DATE],
            _ => Vec::new(),
        }
    }
}

/// Whether two folded names sound alike, word by word.
fn sounds_alike(a: &str, b: &str) -> bool {
    let sounds = |text: &str| words(text).filter_map(sound).collect::<Vec<_>>();
    let (a, b) = (sounds(a), sounds(b));
    !a.is_empty() && a == b
}

/// Dates that differ in one part only, or whose day and month are exchanged: errors of typing.
fn near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split('-').collect(), b.split('-').collect());
    let ([year, month, day], [y, m, d]) = (a.as_slice(), b.as_slice()) else { return false };
    let differences = [year != y, month != m, day != d].into_iter().filter(|differs| *differs).count();
    differences == 1 || year == y && month == d && day == m
}
