//! What an expression works on: elements of a resource, and values computed from them.

use super::quantity::Quantity;
use super::temporal::{Temporal, TemporalKind};
use crate::validate::schema::{Kind, Primitive, Schema, Structure};
use crate::{Json, ResourceType};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// One item of a collection.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    Element(Element<'a>),
    Boolean(bool),
    Integer(i64),
    Decimal(Decimal),
    String(Cow<'a, str>),
    Temporal(Temporal),
    Quantity(Quantity<'a>),
    /// The answer of `type()`.
    Type {
        namespace: &'static str,
        name: Cow<'static, str>,
    },
}

/// An element of a resource: its JSON, the `_name` beside it, and its type as far as it is known.
#[derive(Clone, Copy)]
pub struct Element<'a> {
    pub json: Option<&'a Json<'a>>,
    pub extra: Option<&'a Json<'a>>,
    pub structure: Option<&'static Structure>,
}

impl std::fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = self.structure.map_or("?", |structure| structure.name);
        write!(f, "Element({name}: {:?})", self.json)
    }
}

impl<'a> Element<'a> {
    /// A whole resource.
    pub fn resource(json: &'a Json<'a>) -> Self {
        let structure = ResourceType::of(json).map(|rt| Schema::get().resource(rt));
        Element { json: Some(json), extra: None, structure }
    }

    /// An element of a known structure.
    pub fn of(json: &'a Json<'a>, structure: &'static Structure) -> Self {
        Element { json: Some(json), extra: None, structure: Some(structure) }
    }

    pub fn primitive(&self) -> Option<Primitive> {
        self.structure?.primitive
    }

    pub fn type_name(&self) -> Option<&'static str> {
        self.structure.map(|structure| match structure.kind {
            Kind::Part => "BackboneElement",
            _ => structure.name,
        })
    }

    /// The value as the language's own type; none for complex elements and empty ones.
    pub fn system(&self) -> Option<Value<'a>> {
        let json = self.json?;
        match json {
            Json::Bool(b) => Some(Value::Boolean(*b)),
            Json::Number(text) => number(text, self.primitive()),
            Json::String(text) => Some(string(text, self.primitive())),
            _ => None,
        }
    }

    /// A Quantity as the language's own type.
    pub fn quantity(&self) -> Option<Quantity<'a>> {
        let structure = self.structure?;
        let is_quantity = structure.name == "Quantity"
            || structure.base.is_some_and(|base| Schema::get().structure(base).name == "Quantity");
        let json = self.json.filter(|_| is_quantity)?;
        let value = decimal(json.get("value")?.as_number()?)?;
        let is_ucum = json.get_str("system") == Some(crate::ucum::SYSTEM);
        let unit = json.get_str("code").filter(|_| is_ucum).or(json.get_str("unit")).or(json.get_str("code"));
        Some(Quantity { value, unit: Quantity::ucum_unit(unit.unwrap_or("1")) })
    }
}

fn number<'a>(text: &str, primitive: Option<Primitive>) -> Option<Value<'a>> {
    let whole = match primitive {
        Some(Primitive::Decimal) => false,
        Some(_) => true,
        None => !text.contains(['.', 'e', 'E']),
    };
    if whole {
        return text.parse().ok().map(Value::Integer);
    }
    decimal(text).map(Value::Decimal)
}

/// A JSON number, exactly.
pub fn decimal(text: &str) -> Option<Decimal> {
    if text.contains(['e', 'E']) {
        return Decimal::from_scientific(text).ok();
    }
    Decimal::from_str_exact(text).ok()
}

fn string<'a>(text: &'a str, primitive: Option<Primitive>) -> Value<'a> {
    let temporal = match primitive {
        Some(Primitive::Date) => Temporal::date(text),
        Some(Primitive::DateTime | Primitive::Instant) => Temporal::date_time(text),
        Some(Primitive::Time) => Temporal::time(text),
        _ => None,
    };
    temporal.map_or(Value::String(Cow::Borrowed(text)), Value::Temporal)
}

impl<'a> Value<'a> {
    /// The item as the language's own type, if it has one: primitives and quantities of the data.
    pub fn system(&self) -> Option<Value<'a>> {
        match self {
            Value::Element(element) => element.system().or_else(|| element.quantity().map(Value::Quantity)),
            other => Some(other.clone()),
        }
    }

    /// The bytes of a text that the item holds itself, which each copy of it copies.
    pub(super) fn own_text(&self) -> usize {
        match self {
            Value::String(Cow::Owned(text)) => text.len(),
            _ => 0,
        }
    }

    /// The value of a primitive, none for complex elements.
    pub(super) fn plain_system(&self) -> Option<Value<'a>> {
        match self {
            Value::Element(element) => element.system(),
            other => Some(other.clone()),
        }
    }

    /// The text of a text or of a text-like element that is equal to another exactly when the texts are.
    pub(super) fn plain_text(&self) -> Option<Cow<'a, str>> {
        match self.plain_system()? {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The name of the type in `System`, for the language's own values.
    pub fn system_name(&self) -> Option<&'static str> {
        Some(match self {
            Value::Element(_) => return None,
            Value::Boolean(_) => "Boolean",
            Value::Integer(_) => "Integer",
            Value::Decimal(_) => "Decimal",
            Value::String(_) => "String",
            Value::Quantity(_) => "Quantity",
            Value::Type { .. } => "TypeInfo",
            Value::Temporal(t) => match t.kind {
                TemporalKind::Date => "Date",
                TemporalKind::DateTime => "DateTime",
                TemporalKind::Time => "Time",
            },
        })
    }

    /// The item as text, as `toString()` gives it.
    pub fn text(&self) -> Option<Cow<'a, str>> {
        match self {
            Value::Element(element) => match element.json? {
                Json::String(text) => Some(Cow::Borrowed(&**text)),
                Json::Number(text) => Some(Cow::Borrowed(&**text)),
                _ => self.system()?.text_of_system(),
            },
            other => other.text_of_system(),
        }
    }

    fn text_of_system(&self) -> Option<Cow<'a, str>> {
        Some(match self {
            Value::Boolean(b) => Cow::Borrowed(if *b { "true" } else { "false" }),
            Value::Integer(n) => Cow::Owned(n.to_string()),
            Value::Decimal(d) => Cow::Owned(d.to_string()),
            Value::String(s) => s.clone(),
            Value::Temporal(t) => Cow::Owned(t.text()),
            Value::Quantity(q) => Cow::Owned(q.text()),
            Value::Element(_) | Value::Type { .. } => return None,
        })
    }
}
