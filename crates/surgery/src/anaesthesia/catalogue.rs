//! Drugs of anaesthesia and their classes, with the colours of labels for syringes (ISO 26825:2020, table 1; the
//! colours are near their screen equivalents): `data/anaesthesia_drugs.json`.

use fhir::{Json, Lang};
use std::sync::OnceLock;

pub(super) struct Class {
    pub code: String,
    pub colour: String,
    /// Antagonists have the colour of what they oppose, in stripes.
    pub striped: bool,
    label: [String; 3],
}

pub(super) struct Drug {
    pub code: String,
    pub name: String,
    pub atc: String,
    pub class: String,
    pub unit: String,
    pub route: String,
    /// Of one dose: what is usual, and what is never given.
    pub usual: (f64, f64),
    pub max: f64,
}

#[derive(Default)]
pub(super) struct Catalogue {
    pub classes: Vec<Class>,
    pub drugs: Vec<Drug>,
}

impl Class {
    pub fn label(&self, lang: Lang) -> &str {
        &self.label[lang as usize]
    }
}

pub(super) fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| read(include_bytes!("../../data/anaesthesia_drugs.json")).unwrap_or_default())
}

pub(super) fn drug(code: &str) -> Option<&'static Drug> {
    catalogue().drugs.iter().find(|drug| drug.code == code)
}

fn read(bytes: &[u8]) -> Option<Catalogue> {
    let json = fhir::json::parse(bytes).ok()?;
    let text = |json: &Json<'_>, name: &str| json.get_str(name).map(String::from);
    let class = |json: &Json<'_>| {
        Some(Class {
            code: text(json, "code")?,
            colour: text(json, "colour")?,
            striped: json.get("striped")?.as_bool()?,
            label: [text(json, "fr")?, text(json, "en")?, text(json, "de")?],
        })
    };
    let drug = |json: &Json<'_>| {
        let number = |json: &Json<'_>| fhir::decimal::parse(json.as_number()?);
        let usual: Vec<f64> = json.each("usual").filter_map(number).collect();
        Some(Drug {
            code: text(json, "code")?,
            name: text(json, "name")?,
            atc: text(json, "atc")?,
            class: text(json, "class")?,
            unit: text(json, "unit")?,
            route: text(json, "route")?,
            usual: (*usual.first()?, *usual.get(1)?),
            max: number(json.get("max")?)?,
        })
    };
    Some(Catalogue {
        classes: json.each("classes").map(class).collect::<Option<_>>()?,
        drugs: json.each("drugs").map(drug).collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_whole() {
        let all = catalogue();
        assert!(all.classes.len() > 10 && all.drugs.len() > 30);
        for drug in &all.drugs {
            assert!(all.classes.iter().any(|class| class.code == drug.class), "{}", drug.code);
            assert!(drug.usual.0 <= drug.usual.1 && drug.usual.1 <= drug.max, "{}", drug.code);
            assert_eq!(all.drugs.iter().filter(|other| other.code == drug.code).count(), 1);
        }
    }
}
