//! What can be ordered, and the sets that are ordered together: data (`data/order_sets.json`).

use super::shape::Kind;
use fhir::{Json, Lang};
use std::sync::OnceLock;

pub(super) const LOINC: &str = "http://loinc.org";
/// System of examinations that have no code of a terminology here.
pub(super) const OWN: &str = "urn:medhub:order-item";

/// An examination.
pub(super) struct Item {
    pub kind: Kind,
    pub system: &'static str,
    pub code: String,
    display: [String; 3],
}

/// Examinations that are ordered together.
pub(super) struct Set {
    pub id: String,
    title: [String; 3],
    /// Places in [`Catalog::items`].
    pub items: Vec<usize>,
}

#[derive(Default)]
pub(super) struct Catalog {
    pub items: Vec<Item>,
    pub sets: Vec<Set>,
}

impl Item {
    pub fn display(&self, lang: Lang) -> &str {
        in_lang(&self.display, lang)
    }
}

impl Set {
    pub fn title(&self, lang: Lang) -> &str {
        in_lang(&self.title, lang)
    }
}

/// The catalogue that the program carries.
pub(super) fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| read(include_bytes!("../../data/order_sets.json")).unwrap_or_default())
}

/// The examination of that code, of any system if none is said.
pub(super) fn item(kind: Kind, system: Option<&str>, code: &str) -> Option<&'static Item> {
    let named =
        |item: &&Item| item.kind == kind && item.code == code && system.is_none_or(|s| s == item.system);
    catalog().items.iter().find(named)
}

fn read(bytes: &[u8]) -> Option<Catalog> {
    let json = fhir::json::parse(bytes).ok()?;
    let mut ids: Vec<String> = Vec::new();
    let mut catalog = Catalog::default();
    for item in json.each("items") {
        let id = item.get_str("id")?.to_string();
        let (system, code) = match item.get_str("code") {
            Some(code) => (LOINC, code.to_string()),
            None => (OWN, id.clone()),
        };
        ids.push(id);
        let kind = Kind::parse(item.get_str("kind")?)?;
        catalog.items.push(Item { kind, system, code, display: words(item.get("display")?)? });
    }
    for set in json.each("sets") {
        let place = |item: &Json<'_>| ids.iter().position(|id| Some(id.as_str()) == item.as_str());
        let items = set.each("items").map(place).collect::<Option<Vec<_>>>()?;
        let id = set.get_str("id")?.to_string();
        catalog.sets.push(Set { id, title: words(set.get("title")?)?, items });
    }
    Some(catalog)
}

fn words(json: &Json<'_>) -> Option<[String; 3]> {
    let text = |lang: &str| json.get_str(lang).map(String::from);
    Some([text("fr")?, text("en")?, text("de")?])
}

fn in_lang(words: &[String; 3], lang: Lang) -> &str {
    match lang {
        Lang::Fr => &words[0],
        Lang::En => &words[1],
        Lang::De => &words[2],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_whole() {
        let catalog = catalog();
        assert!(catalog.items.len() > 30 && catalog.sets.len() > 5);
        for (n, item) in catalog.items.iter().enumerate() {
            let same = |other: &Item| other.system == item.system && other.code == item.code;
            assert_eq!(catalog.items.iter().position(same), Some(n), "{}", item.code);
            if item.system == LOINC {
                assert!(has_check_digit(&item.code), "{}", item.code);
            }
        }
        assert!(catalog.sets.iter().all(|set| !set.items.is_empty()));
    }

    /// LOINC's last digit is that of Luhn, modulus 10.
    fn has_check_digit(code: &str) -> bool {
        let Some((digits, check)) = code.split_once('-') else { return false };
        let sum: u32 = digits
            .bytes()
            .rev()
            .enumerate()
            .map(|(n, digit)| match (n % 2, u32::from(digit - b'0')) {
                (0, digit) if digit > 4 => digit * 2 - 9,
                (0, digit) => digit * 2,
                (_, digit) => digit,
            })
            .sum();
        check == ((10 - sum % 10) % 10).to_string()
    }
}
