//! Edits: setters that keep the rest of a resource as it is, and builders of the datatypes that programs
//! write most. What they make is checked where everything is checked: on the way into the store.

mod build;

pub use build::{
    code, codeable_concept, coding, identifier, instant, period, reference, reference_named, resource,
};

use crate::{Json, Object};

/// An object under edit. Each setter gives it back, for the next.
pub struct Edit<'e, 'a>(&'e mut Object<'a>);

/// An edit of a resource or element; None if the value is no object.
pub fn edit<'e, 'a>(json: &'e mut Json<'a>) -> Option<Edit<'e, 'a>> {
    json.as_object_mut().map(Edit)
}

impl<'a> Edit<'_, 'a> {
    /// Sets a member where it stands, or at the end. Of a choice, clear the others with
    /// [`Edit::choice`].
    pub fn set(self, name: &'static str, value: Json<'a>) -> Self {
        self.0.set(name, value);
        self
    }

    /// Sets a member, or removes it if there is nothing to set.
    pub fn set_or_remove(self, name: &'static str, value: Option<Json<'a>>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self.remove(name),
        }
    }

    /// Sets a choice such as `value` to one type (`String`), and removes whatever other type it had, with
    /// its extensions.
    pub fn choice(self, name: &str, datatype: &str, value: Json<'a>) -> Self {
        let old: Vec<String> =
            self.0.iter().map(|(n, _)| n).filter(|n| is_choice(n, name)).map(str::to_string).collect();
        for member in old {
            self.0.remove(&member);
        }
        self.0.set(format!("{name}{datatype}"), value);
        self
    }

    /// Removes a member, with its primitive extensions.
    pub fn remove(self, name: &str) -> Self {
        self.0.remove(name);
        self.0.remove(&format!("_{name}"));
        self
    }

    /// Adds to a repeating element. A single value that stands there becomes the first.
    pub fn push(self, name: &'static str, value: Json<'a>) -> Self {
        let mut items = match self.0.remove(name) {
            Some(Json::Array(items)) => items,
            Some(Json::Null) | None => Vec::new(),
            Some(single) => vec![single],
        };
        items.push(value);
        self.0.set(name, Json::Array(items));
        self
    }

    /// Adds to a repeating element unless an equal item is there.
    pub fn push_new(self, name: &'static str, value: Json<'a>) -> Self {
        let there = self.0.get(name).is_some_and(|old| old.items().any(|item| *item == value));
        if there { self } else { self.push(name, value) }
    }

    /// Sets the workflow state that most resource types call `status`.
    pub fn status(self, status: &'a str) -> Self {
        self.set("status", Json::string(status))
    }

    /// Adds a tag to `meta`.
    pub fn tag(self, system: &'a str, code: &'a str) -> Self {
        if !matches!(self.0.get("meta"), Some(Json::Object(_))) {
            self.0.set("meta", Json::Object(Object::default()));
        }
        if let Some(Json::Object(meta)) = self.0.get_mut("meta") {
            Edit(meta).push_new("tag", coding(system, code, None));
        }
        self
    }
}

/// Whether a member is of the choice: `valueString` and `_valueString` of `value`, not `values`.
fn is_choice(member: &str, name: &str) -> bool {
    let member = member.strip_prefix('_').unwrap_or(member);
    member.strip_prefix(name).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ResourceType;

    #[test]
    fn edits_keep_the_rest() {
        let text = br#"{"resourceType":"Observation","status":"final","valueString":"a","_valueString":{"id":"x"},"x":1.10}"#;
        let mut json = crate::json::parse(text).unwrap();
        edit(&mut json)
            .unwrap()
            .status("amended")
            .choice("value", "Boolean", Json::Bool(true))
            .push("performer", reference(ResourceType::PATIENT, "1"))
            .push_new("performer", reference(ResourceType::PATIENT, "1"))
            .tag("s", "c")
            .remove("absent");
        assert_eq!(
            json.to_string(),
            r#"{"resourceType":"Observation","status":"amended","x":1.10,"valueBoolean":true,"performer":[{"reference":"Patient/1"}],"meta":{"tag":[{"system":"s","code":"c"}]}}"#
        );
    }

    #[test]
    fn builds_datatypes() {
        let concept = codeable_concept("s", "c", Some("d"));
        assert_eq!(concept.to_string(), r#"{"coding":[{"system":"s","code":"c","display":"d"}]}"#);
        assert_eq!(period(Some(0), None).to_string(), r#"{"start":"1970-01-01T00:00:00.000Z"}"#);
        assert_eq!(resource(ResourceType::TASK).to_string(), r#"{"resourceType":"Task"}"#);
    }
}
