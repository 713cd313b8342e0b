//! Profiles, tags and security labels are put on and taken off
//! (<https://hl7.org/fhir/R4/resource-operation-meta-add.html>).

use fhir::{Json, Object};

/// The parts of `Meta` that are sets; of the others nothing is taken over.
const SETS: [&str; 3] = ["profile", "security", "tag"];

/// Labels to put on or to take off.
#[derive(Clone, Debug)]
pub enum Labelling {
    Add(Json<'static>),
    Delete(Json<'static>),
}

impl Labelling {
    pub(super) fn apply(&self, resource: &Json<'_>) -> Json<'static> {
        let mut now = resource.clone().into_owned();
        let Some(object) = now.as_object_mut() else { return now };
        if object.get("meta").and_then(Json::as_object).is_none() {
            object.insert_at(2, "meta", Json::Object(Object::default()));
        }
        if let Some(meta) = object.get_mut("meta").and_then(Json::as_object_mut) {
            match self {
                Labelling::Add(labels) => add(meta, labels),
                Labelling::Delete(labels) => delete(meta, labels),
            }
        }
        if object.get("meta").and_then(Json::as_object).is_some_and(Object::is_empty) {
            object.remove("meta");
        }
        now
    }
}

fn add(meta: &mut Object<'static>, labels: &Json<'static>) {
    for set in SETS {
        let mut items: Vec<_> = meta.get(set).map(|json| json.items().cloned().collect()).unwrap_or_default();
        let before = items.len();
        for label in labels.each(set) {
            if !items.iter().any(|known| same(known, label)) {
                items.push(label.clone());
            }
        }
        if items.len() > before {
            meta.set(set, Json::Array(items));
        }
    }
}

fn delete(meta: &mut Object<'static>, labels: &Json<'static>) {
    for set in SETS {
        let Some(known) = meta.get(set) else { continue };
        let kept = known.items().filter(|known| !labels.each(set).any(|label| same(known, label)));
        let kept: Vec<Json<'static>> = kept.cloned().collect();
        match kept.len() {
            0 => drop(meta.remove(set)),
            count if count < known.items().count() => meta.set(set, Json::Array(kept)),
            _ => {}
        }
    }
}

/// Codings are the same by system and code, profiles by their address.
fn same(a: &Json<'_>, b: &Json<'_>) -> bool {
    match (a, b) {
        (Json::String(a), Json::String(b)) => a == b,
        (a, b) => a.get_str("system") == b.get_str("system") && a.get_str("code") == b.get_str("code"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_sets() {
        let parse = |text: &str| fhir::json::parse(text.as_bytes()).unwrap().into_owned();
        let plain = parse(r#"{"resourceType":"Patient","id":"a","active":true}"#);
        let labels = parse(
            r#"{"versionId":"9","profile":["http://p"],"tag":[{"system":"s","code":"c","display":"d"}],"security":[{"code":"R"}]}"#,
        );
        let labelled = Labelling::Add(labels.clone()).apply(&plain);
        assert_eq!(
            labelled.to_string(),
            r#"{"resourceType":"Patient","id":"a","meta":{"profile":["http://p"],"security":[{"code":"R"}],"tag":[{"system":"s","code":"c","display":"d"}]},"active":true}"#
        );
        assert_eq!(Labelling::Add(labels.clone()).apply(&labelled), labelled);
        let one = parse(r#"{"tag":[{"system":"s","code":"c"}],"security":[{"system":"x","code":"R"}]}"#);
        assert_eq!(
            Labelling::Delete(one).apply(&labelled).to_string(),
            r#"{"resourceType":"Patient","id":"a","meta":{"profile":["http://p"],"security":[{"code":"R"}]},"active":true}"#
        );
        assert_eq!(Labelling::Delete(labels).apply(&labelled), plain);
    }
}
