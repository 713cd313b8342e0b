//! What an operation is asked, as a Parameters resource (<https://hl7.org/fhir/R4/parameters.html>).

use crate::failure::{Answer, Failure};
use crate::text;
use fhir::{Code, Issue, Json, Text};

/// One parameter and its place.
pub struct Parameter<'p, 'd> {
    pub at: usize,
    pub name: &'p str,
    json: &'p Json<'d>,
}

/// The parameters in their order.
///
/// # Errors
/// The body is no Parameters resource.
pub fn read<'p, 'd>(json: &'p Json<'d>) -> Answer<Vec<Parameter<'p, 'd>>> {
    let wrong = || Failure::of(400, Issue::error(Code::Structure, text::NOT_PARAMETERS).at("Parameters"));
    if json.get_str("resourceType") != Some("Parameters") {
        return Err(wrong());
    }
    let list = json.get("parameter").map_or(Some(&[][..]), Json::as_array).ok_or_else(wrong)?;
    let one = |(at, json): (usize, &'p Json<'d>)| {
        json.get_str("name").map(|name| Parameter { at, name, json }).ok_or_else(wrong)
    };
    list.iter().enumerate().map(one).collect()
}

impl<'p, 'd> Parameter<'p, 'd> {
    pub fn resource(&self) -> Option<&'p Json<'d>> {
        self.json.get("resource")
    }

    /// The `value[x]`, of whatever type.
    pub fn value(&self) -> Option<&'p Json<'d>> {
        let mut members = self.json.as_object()?.iter();
        members.find(|(name, _)| name.starts_with("value")).map(|(_, json)| json)
    }

    /// A plain value as text; of a reference, its address.
    pub fn text(&self) -> Option<String> {
        match self.value()? {
            Json::String(text) => Some(text.to_string()),
            Json::Number(text) => Some(text.to_string()),
            Json::Bool(b) => Some(b.to_string()),
            reference => reference.get_str("reference").map(str::to_string),
        }
    }

    /// An error of this parameter.
    pub fn wrong(&self, status: u16, code: Code, text: Text) -> Failure {
        let name: String =
            self.name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(40).collect();
        let issue = Issue::error(code, text).at(format!("Parameters.parameter[{}]", self.at));
        Failure::of(status, issue.arg("name", name))
    }
}
