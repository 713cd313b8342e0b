//! Templates and shortcuts: `data/note_templates.json`. Their texts are French, as the notes are.

use super::kind::Words;
use fhir::Json;
use std::sync::OnceLock;

pub(crate) struct Template {
    pub id: String,
    pub kind: String,
    pub specialty: String,
    pub title: Words,
    /// Code of the section and its text, with `{{variables}}`.
    pub sections: Vec<(String, String)>,
}

pub(crate) struct Shortcut {
    /// Such as `.abdo`.
    pub trigger: String,
    pub specialty: String,
    pub text: String,
}

pub(crate) struct Templates {
    pub templates: Vec<Template>,
    pub shortcuts: Vec<Shortcut>,
}

pub(crate) fn all() -> &'static Templates {
    static TEMPLATES: OnceLock<Templates> = OnceLock::new();
    TEMPLATES.get_or_init(|| {
        let json = fhir::json::parse(include_bytes!("../../data/note_templates.json")).unwrap_or(Json::Null);
        let text = |json: &Json<'_>, name: &str| json.get_str(name).unwrap_or_default().to_string();
        let template = |json: &Json<'_>| Template {
            id: text(json, "id"),
            kind: text(json, "kind"),
            specialty: text(json, "specialty"),
            title: Words::read(json.get("title")),
            sections: json.each("sections").map(|s| (text(s, "code"), text(s, "text"))).collect(),
        };
        let shortcut = |json: &Json<'_>| Shortcut {
            trigger: text(json, "trigger"),
            specialty: text(json, "specialty"),
            text: text(json, "text"),
        };
        Templates {
            templates: json.each("templates").map(template).collect(),
            shortcuts: json.each("shortcuts").map(shortcut).collect(),
        }
    })
}

pub(crate) fn find(id: &str) -> Option<&'static Template> {
    all().templates.iter().find(|template| template.id == id)
}

#[cfg(test)]
mod tests {
    use super::super::kind;
    use super::*;

    #[test]
    fn templates_fit_their_kinds_and_name_variables_that_exist() {
        let known = kind::all();
        let mut ids: Vec<&str> = Vec::new();
        for template in &all().templates {
            let kind = kind::find(&template.kind).unwrap_or_else(|| panic!("{}", template.id));
            assert!(known.specialties.iter().any(|s| s.code == template.specialty), "{}", template.id);
            assert!(!ids.contains(&template.id.as_str()));
            ids.push(&template.id);
            for (code, text) in &template.sections {
                assert!(kind.section(code).is_some(), "{}: {code}", template.id);
                for part in text.split("{{").skip(1) {
                    let (name, _) = part.split_once("}}").unwrap();
                    assert!(known.variables.iter().any(|v| v.code == name), "{}: {name}", template.id);
                }
            }
        }
        for wanted in
            ["orthopaedics", "digestive", "ophthalmology", "ent", "urology", "gynaecology", "anaesthesia"]
        {
            assert!(all().templates.iter().any(|t| t.specialty == wanted), "{wanted}");
        }
        for kind in &known.kinds {
            assert!(all().templates.iter().any(|t| t.kind == kind.name), "{}", kind.name);
        }
    }

    #[test]
    fn shortcuts_are_short_and_hold_no_variables() {
        let mut seen: Vec<&str> = Vec::new();
        for shortcut in &all().shortcuts {
            assert!(shortcut.trigger.starts_with('.') && !shortcut.text.contains("{{"));
            assert!(!seen.contains(&shortcut.trigger.as_str()), "{}", shortcut.trigger);
            seen.push(&shortcut.trigger);
        }
        assert!(seen.len() > 15);
    }
}
