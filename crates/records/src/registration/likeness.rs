//! How likely two sets of traits are one person's: each field adds or takes weight, and says why.
//!
//! The weights are bits of evidence (Fellegi and Sunter, A Theory for Record Linkage, 1969): how much more
//! often a field agrees so among records of one person than among strangers. They are rounded estimates for a
//! clinic of some ten thousand patients, not fitted to anyone's data; a person decides, never the number.

use super::traits::Traits;
use super::write::IPP;
use fhir::{Json, Text};
use store::index::normalise::{fold, sound, words};

/// Bits against: that two records taken at random are one person's.
const PRIOR: f64 = 16.0;

macro_rules! reasons {
    ($($name:ident $key:literal $fr:literal $en:literal $de:literal;)*) => {
        $(pub(super) const $name: Text = Text { key: $key, fr: $fr, en: $en, de: $de };)*
    };
}

reasons! {
    NUMBER "register.same-number" "Même matricule" "Same national number" "Gleiche Nummer";
    FAMILY "register.same-family" "Même nom" "Same name" "Gleicher Name";
    FAMILY_NEAR "register.near-family" "Nom très proche" "Name almost the same" "Fast gleicher Name";
    FAMILY_SOUND "register.sound-family" "Nom de même sonorité" "Name sounds alike" "Gleich klingender Name";
    FAMILY_PART "register.part-family" "Une partie du nom est la même" "Part of the name is the same" "Ein Teil des Namens ist gleich";
    GIVEN "register.same-given" "Même prénom" "Same given name" "Gleicher Vorname";
    GIVEN_NEAR "register.near-given" "Prénom très proche" "Given name almost the same" "Fast gleicher Vorname";
    GIVEN_SOUND "register.sound-given" "Prénom de même sonorité" "Given name sounds alike" "Gleich klingender Vorname";
    GIVEN_OTHER "register.other-given" "Un autre prénom commun" "Another given name in common" "Ein weiterer gemeinsamer Vorname";
    EXCHANGED "register.names-exchanged" "Nom et prénom inversés" "Name and given name exchanged" "Name und Vorname vertauscht";
    BIRTH "register.same-birth" "Même date de naissance" "Same birth date" "Gleiches Geburtsdatum";
    BIRTH_TURNED "register.birth-turned" "Jour et mois de naissance inversés" "Day and month of birth exchanged" "Tag und Monat der Geburt vertauscht";
    BIRTH_NEAR "register.birth-near" "Date de naissance voisine" "Birth date differs in one part" "Geburtsdatum weicht in einem Teil ab";
    BIRTH_YEAR "register.birth-year" "Même année de naissance, jour inconnu" "Same year of birth, day not known" "Gleiches Geburtsjahr, Tag unbekannt";
    PLACE "register.same-place" "Même lieu de naissance" "Same birthplace" "Gleicher Geburtsort";
    PHONE "register.same-phone" "Même téléphone" "Same telephone" "Gleiche Telefonnummer";
}

/// The traits that are compared, folded.
pub(super) struct Seen {
    families: Vec<String>,
    given: Vec<String>,
    birth: String,
    gender: String,
    place: Option<String>,
    phones: Vec<String>,
    numbers: Vec<String>,
}

/// How likely, from 0 to 1, and what speaks for it.
pub(super) struct Likeness {
    pub score: f64,
    pub reasons: Vec<Text>,
}

impl Seen {
    pub fn of_traits(traits: &Traits) -> Seen {
        let families = [Some(&traits.family), traits.used_family.as_ref()];
        let first = traits.used_given.iter().chain(&traits.given);
        Seen {
            families: families.into_iter().flatten().map(|f| plain(f)).collect(),
            given: first.map(|g| plain(g)).collect(),
            birth: traits.birth.clone(),
            gender: traits.gender.to_string(),
            place: traits.birthplace.clone(),
            phones: traits.telecom.iter().flat_map(Json::items).filter_map(phone).collect(),
            numbers: traits.identifiers.iter().filter(|i| i.is_ins()).map(|i| i.value.clone()).collect(),
        }
    }

    pub fn of_patient(patient: &Json<'_>) -> Seen {
        const LISTED: &str = "fr-core-patient-birth-list-given-name";
        let names = || patient.each("name");
        let listed = names().flat_map(|n| n.each("extension").collect::<Vec<_>>()).filter_map(|e| {
            e.get_str("url").filter(|url| url.ends_with(LISTED)).and_then(|_| e.get_str("valueString"))
        });
        let given = names().flat_map(|n| n.each("given").filter_map(Json::as_str).collect::<Vec<_>>());
        let numbers = patient.each("identifier").filter(|i| i.get_str("system") != Some(IPP));
        Seen {
            families: names().filter_map(|n| n.get_str("family")).map(plain).collect(),
            given: given.chain(listed.flat_map(str::split_whitespace)).map(plain).collect(),
            birth: patient.get_str("birthDate").unwrap_or_default().to_string(),
            gender: patient.get_str("gender").unwrap_or_default().to_string(),
            place: place_of(patient),
            phones: patient.each("telecom").filter_map(phone).collect(),
            numbers: numbers.filter_map(|i| i.get_str("value")).map(String::from).collect(),
        }
    }

    /// Compares with a record.
    pub fn compare(&self, other: &Seen) -> Likeness {
        let mut told = Vec::new();
        let mut bits = -PRIOR;
        let mut add = |found: (f64, Option<Text>)| {
            bits += found.0;
            told.extend(found.1);
        };
        add(both(&self.numbers, &other.numbers, 40.0, NUMBER));
        let (straight, turned) = (self.names(other), self.turned(other));
        if turned > straight.iter().map(|s| s.0).sum() {
            add((turned, Some(EXCHANGED)));
        } else {
            straight.into_iter().for_each(&mut add);
        }
        add(births(&self.birth, &other.birth));
        add(both(&self.phones, &other.phones, 6.0, PHONE));
        add(match (&self.place, &other.place) {
            (Some(a), Some(b)) if a == b => (4.0, Some(PLACE)),
            (Some(_), Some(_)) => (-2.0, None),
            _ => (0.0, None),
        });
        let known = |g: &str| matches!(g, "male" | "female");
        if known(&self.gender) && known(&other.gender) {
            add((if self.gender == other.gender { 1.0 } else { -3.0 }, None));
        }
        Likeness { score: 1.0 / (1.0 + (-bits).exp2()), reasons: told }
    }

    fn names(&self, other: &Seen) -> Vec<(f64, Option<Text>)> {
        let best = |a: &[String], b: &[String], how: fn(&str, &str) -> (f64, Option<Text>)| {
            let pairs = a.iter().flat_map(|x| b.iter().map(move |y| how(x, y)));
            pairs.max_by(|x, y| x.0.total_cmp(&y.0)).unwrap_or((0.0, None))
        };
        let mut given = match (self.given.first(), other.given.first()) {
            (Some(x), Some(y)) => given(x, y),
            _ => (0.0, None),
        };
        // A second given name in use, or given names in another order.
        if given.0 < 3.0 && self.given.iter().any(|x| other.given.contains(x)) {
            given = (3.0, Some(GIVEN_OTHER));
        }
        vec![best(&self.families, &other.families, family), given]
    }

    fn turned(&self, other: &Seen) -> f64 {
        let swapped = |a: &Seen, b: &Seen| a.given.first().is_some_and(|g| b.families.contains(g));
        if swapped(self, other)
            && swapped(other, self)
            && !self.families.iter().any(|f| self.given.contains(f))
        {
            13.0
        } else {
            f64::NEG_INFINITY
        }
    }
}

fn family(a: &str, b: &str) -> (f64, Option<Text>) {
    let parts = || words(a).any(|x| x.chars().count() > 2 && words(b).any(|y| x == y));
    match () {
        () if joined(a) == joined(b) => (8.0, Some(FAMILY)),
        () if slip(&joined(a), &joined(b)) => (6.0, Some(FAMILY_NEAR)),
        () if sounds_alike(a, b) => (5.0, Some(FAMILY_SOUND)),
        () if parts() => (4.0, Some(FAMILY_PART)),
        () => (-5.0, None),
    }
}

fn given(a: &str, b: &str) -> (f64, Option<Text>) {
    match () {
        () if joined(a) == joined(b) => (6.0, Some(GIVEN)),
        () if slip(&joined(a), &joined(b)) => (4.0, Some(GIVEN_NEAR)),
        () if sounds_alike(a, b) => (4.0, Some(GIVEN_SOUND)),
        () => (-6.0, None),
    }
}

/// Equal; day and month exchanged; one part mistyped; or the year alone is known. The latter is written as
/// 1 January or 31 December where the papers have no day (dates of other calendars).
fn births(a: &str, b: &str) -> (f64, Option<Text>) {
    let (x, y): (Vec<&str>, Vec<&str>) = (a.split('-').collect(), b.split('-').collect());
    if a.is_empty() || b.is_empty() {
        return (0.0, None);
    }
    let ([year, month, day], [y_year, y_month, y_day]) = (x.as_slice(), y.as_slice()) else {
        return if x.first() == y.first() { (5.0, Some(BIRTH_YEAR)) } else { (-8.0, None) };
    };
    let vague = |m: &str, d: &str| matches!((m, d), ("01", "01") | ("12", "31"));
    let differ = [year != y_year, month != y_month, day != y_day].iter().filter(|d| **d).count();
    match differ {
        0 => (12.0, Some(BIRTH)),
        2 if year == y_year && month == y_day && day == y_month => (8.0, Some(BIRTH_TURNED)),
        _ if year == y_year && (vague(month, day) || vague(y_month, y_day)) => (5.0, Some(BIRTH_YEAR)),
        1 => (4.0, Some(BIRTH_NEAR)),
        _ => (-8.0, None),
    }
}

fn both(a: &[String], b: &[String], weight: f64, reason: Text) -> (f64, Option<Text>) {
    if a.iter().any(|x| b.contains(x)) { (weight, Some(reason)) } else { (0.0, None) }
}

/// Folded, without the particles that one office writes and another leaves out.
fn plain(name: &str) -> String {
    const PARTICLES: [&str; 16] = [
        "de", "du", "des", "d", "la", "le", "les", "l", "von", "van", "den", "der", "el", "al", "ben", "bin",
    ];
    let folded = fold(name);
    let kept: Vec<&str> = words(&folded).filter(|w| !PARTICLES.contains(w)).collect();
    if kept.is_empty() { folded } else { kept.join(" ") }
}

/// `jean pierre` and `jeanpierre` are one name.
fn joined(name: &str) -> String {
    words(name).collect()
}

/// Whether two folded names sound alike, word by word.
fn sounds_alike(a: &str, b: &str) -> bool {
    let sounds = |text: &str| words(text).filter_map(sound).collect::<Vec<_>>();
    let (a, b) = (sounds(a), sounds(b));
    !a.is_empty() && a == b
}

/// One letter typed wrongly, left out, added, or two neighbours exchanged, in a name of five letters or more.
fn slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() < 5 || long.len() - short.len() > 1 {
        return false;
    }
    let start = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let end = short.iter().rev().zip(long.iter().rev()).take_while(|(x, y)| x == y).count();
    let left = short.len().saturating_sub(start + end);
    if long.len() > short.len() {
        return left == 0;
    }
    left <= 1
        || left == 2 && short.get(start) == long.get(start + 1) && short.get(start + 1) == long.get(start)
}

fn phone(telecom: &Json<'_>) -> Option<String> {
    let value = telecom.get_str("value").filter(|_| telecom.get_str("system") == Some("phone"))?;
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    // +33 6… and 06… are one number.
    (digits.len() >= 9).then(|| digits[digits.len() - 9..].to_string())
}

fn place_of(patient: &Json<'_>) -> Option<String> {
    let place = patient
        .each("extension")
        .find(|e| e.get_str("url").is_some_and(|u| u.ends_with("patient-birthPlace")))?;
    let insee = place.get("valueAddress")?.each("extension").next()?.get("valueCoding")?.get_str("code")?;
    Some(insee.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(families: &[&str], given: &[&str], birth: &str) -> Seen {
        Seen {
            families: families.iter().map(|f| plain(f)).collect(),
            given: given.iter().map(|g| plain(g)).collect(),
            birth: birth.to_string(),
            gender: String::new(),
            place: None,
            phones: Vec::new(),
            numbers: Vec::new(),
        }
    }

    fn like(a: &Seen, b: &Seen) -> (bool, Vec<&'static str>) {
        let (one, two) = (a.compare(b), b.compare(a));
        assert!((one.score - two.score).abs() < 1e-9, "the order of two records does not matter");
        (one.score >= 0.5, one.reasons.iter().map(|r| r.key).collect())
    }

    #[test]
    fn french_names_are_compared_as_people_write_them() {
        let day = "1961-03-12";
        let one = |family: &str, given: &str| seen(&[family], &[given], day);
        for (a, b, c, d) in [
            ("de La Tour", "Jean-Pierre", "LATOUR", "jean pierre"),
            ("d'Ormesson", "Œdipe", "Ormesson", "OEDIPE"),
            ("Lefèvre", "Anne", "LEFEVRE", "Anne"),
            ("Lefebvre", "Anne", "Lefevre", "Anne"),
            ("Anne", "Moreau", "Moreau", "Anne"),
            ("Dupont-Durand", "Zoé", "Durand", "Zoe"),
            ("Martin", "Christophe", "Martin", "Christohpe"),
        ] {
            assert!(like(&one(a, b), &one(c, d)).0, "{a} {b} / {c} {d}");
        }
        assert!(!like(&one("Martin", "Paul"), &one("Martin", "Louise")).0, "twins");
        assert!(!like(&one("Dupont", "Robert"), &one("Martin", "Louise")).0);
    }

    #[test]
    fn a_maiden_name_and_a_second_given_name_are_seen() {
        let (day, other) = ("1961-03-12", "1961-12-03");
        let wife = seen(&["Petit", "Morel"], &["Anne", "Marie"], day);
        assert!(like(&wife, &seen(&["Morel"], &["Marie"], day)).0);
        let (found, why) = like(&wife, &seen(&["Petit"], &["Anne"], other));
        assert!(found && why.contains(&"register.birth-turned"), "{why:?}");
        let (found, why) = like(&wife, &seen(&["Petit"], &["Anne"], "1961-01-01"));
        assert!(found && why.contains(&"register.birth-year"), "{why:?}");
        assert!(!like(&wife, &seen(&["Petit"], &["Anne"], "1984-07-30")).0);
    }

    #[test]
    fn one_slip_of_the_keys() {
        for (a, b) in [("martin", "matrin"), ("martin", "martn"), ("martin", "martins"), ("martin", "mertin")]
        {
            assert!(slip(a, b) && slip(b, a), "{a} {b}");
        }
        for (a, b) in [("paul", "saul"), ("martin", "marine"), ("martin", "mrtain")] {
            assert!(!slip(a, b), "{a} {b}");
        }
    }
}
