//! Reads the JSON body of a verb field by field, and gathers everything that is wrong with it: a person who
//! fills a form wants all faults at once.

use fhir::{Code, Issue, Json, Text};
use store::{Error, Result};

const NOT_JSON: Text = Text {
    key: "form.not-json",
    fr: "Le corps de la requête doit être un objet JSON.",
    en: "The body of the request must be a JSON object.",
    de: "Der Inhalt der Anfrage muss ein JSON-Objekt sein.",
};

const MISSING: Text = Text {
    key: "form.missing",
    fr: "Ce champ est obligatoire : renseignez-le.",
    en: "This field is required: fill it in.",
    de: "Dieses Feld ist erforderlich: Füllen Sie es aus.",
};

const NOT_TEXT: Text = Text {
    key: "form.not-text",
    fr: "Ce champ doit être un texte non vide d'au plus {max} caractères.",
    en: "This field must be a text that is not empty, of at most {max} characters.",
    de: "Dieses Feld muss ein nicht leerer Text mit höchstens {max} Zeichen sein.",
};

const NOT_LISTED: Text = Text {
    key: "form.not-listed",
    fr: "Cette valeur n'est pas admise. Choisissez parmi : {values}.",
    en: "This value is not admitted. Choose one of: {values}.",
    de: "Dieser Wert ist nicht zulässig. Wählen Sie aus: {values}.",
};

/// A JSON object under reading.
pub struct Form<'a> {
    json: Json<'a>,
    issues: Vec<Issue>,
}

impl<'a> Form<'a> {
    /// # Errors
    /// `Refused` when the body is no JSON object.
    pub fn read(body: &'a [u8]) -> Result<Form<'a>> {
        match fhir::json::parse(body) {
            Ok(json @ Json::Object(_)) => Ok(Form { json, issues: Vec::new() }),
            _ => Err(Error::refused(Code::Structure, NOT_JSON)),
        }
    }

    pub fn json(&self) -> &Json<'a> {
        &self.json
    }

    /// Notes what is wrong.
    pub fn wrong(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    /// A text that may be absent; what is no text of at most `max` characters is noted.
    pub fn text(&mut self, name: &str, max: usize) -> Option<String> {
        let found = match self.json.get(name) {
            None | Some(Json::Null) => return None,
            Some(found) => found.as_str().map(str::trim),
        };
        match found.filter(|text| !text.is_empty() && text.chars().count() <= max) {
            Some(text) => Some(text.to_string()),
            None => {
                let issue = Issue::error(Code::Value, NOT_TEXT).at(name).arg("max", max);
                self.issues.push(issue);
                None
            }
        }
    }

    /// A text that must be there; empty when it is not, which is noted.
    pub fn required(&mut self, name: &str, max: usize) -> String {
        if matches!(self.json.get(name), None | Some(Json::Null)) {
            self.issues.push(Issue::error(Code::Required, MISSING).at(name));
            return String::new();
        }
        self.text(name, max).unwrap_or_default()
    }

    /// One of the listed values, or nothing; another value is noted.
    pub fn choice<T: Copy>(&mut self, name: &str, values: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(name, 100)?;
        let found = values.iter().find(|(value, _)| *value == text).map(|(_, found)| *found);
        if found.is_none() {
            let all: Vec<&str> = values.iter().map(|(value, _)| *value).collect();
            let issue = Issue::error(Code::CodeInvalid, NOT_LISTED).at(name).arg("values", all.join(", "));
            self.issues.push(issue);
        }
        found
    }

    /// One of the listed values; that it is missing is noted.
    pub fn required_choice<T: Copy>(&mut self, name: &str, values: &[(&'static str, T)]) -> Option<T> {
        if matches!(self.json.get(name), None | Some(Json::Null)) {
            self.issues.push(Issue::error(Code::Required, MISSING).at(name));
            return None;
        }
        self.choice(name, values)
    }

    pub fn flag(&self, name: &str) -> bool {
        self.json.get(name).and_then(Json::as_bool).unwrap_or(false)
    }

    /// # Errors
    /// `Refused` with everything that was noted.
    pub fn finish(&mut self) -> Result<()> {
        if self.issues.is_empty() { Ok(()) } else { Err(Error::Refused(std::mem::take(&mut self.issues))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_are_told_at_once() {
        let body = br#"{"a":"", "kind":"x", "long":"abcdef", "fine":" yes "}"#;
        let mut form = Form::read(body).unwrap();
        form.required("absent", 10);
        form.text("a", 10);
        form.text("long", 5);
        form.choice("kind", &[("y", 1), ("z", 2)]);
        assert_eq!(form.text("fine", 10).as_deref(), Some("yes"));
        let Err(Error::Refused(issues)) = form.finish() else { panic!("faults were not told") };
        let keys: Vec<&str> = issues.iter().map(|i| i.text.key).collect();
        assert_eq!(keys, ["form.missing", "form.not-text", "form.not-text", "form.not-listed"]);
        assert!(Form::read(b"[]").is_err());
    }
}
