//! `constant`: values that the paths use as `%name`.

use super::read::{fail, text};
use crate::{Error, What};
use fhir::Json;
use fhir::fhirpath::{Element, Value};
use fhir::validate::schema::{Schema, Structure};

#[derive(Clone)]
pub struct Constant {
    pub name: String,
    value: Json<'static>,
    structure: &'static Structure,
}

impl Constant {
    pub fn read(json: &Json<'_>, at: &str) -> Result<Self, Error> {
        let name = text(json, "name", at)?.to_string();
        let object = json.as_object().ok_or_else(|| fail(at, What::WrongJson))?;
        let mut values =
            object.iter().filter_map(|(key, value)| Some((primitive(key.strip_prefix("value")?)?, value)));
        let (Some((structure, value)), None) = (values.next(), values.next()) else {
            return Err(fail(at, What::BadConstant));
        };
        if !matches!(value, Json::Bool(_) | Json::Number(_) | Json::String(_)) {
            return Err(fail(at, What::BadConstant));
        }
        Ok(Constant { name, value: value.clone().into_owned(), structure })
    }

    pub fn value(&self) -> Value<'_> {
        Value::Element(Element::of(&self.value, self.structure))
    }
}

/// The primitive type that `value[x]` names: `Date` is `date`.
fn primitive(name: &str) -> Option<&'static Structure> {
    let first = name.chars().next().filter(char::is_ascii_uppercase)?;
    let name = format!("{}{}", first.to_ascii_lowercase(), &name[1..]);
    Schema::get().find(&name).filter(|structure| structure.primitive.is_some())
}
