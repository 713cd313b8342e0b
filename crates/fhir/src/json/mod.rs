//! A lossless JSON value that borrows from the text it was read from.
//!
//! FHIR needs what general JSON libraries drop: the text of decimals (`1.10` is not `1.1`), the order of
//! members, and an error for a member that stands twice. Numbers therefore stay text and objects stay
//! lists. See <https://hl7.org/fhir/R4/json.html>.

mod members;
mod parse;
pub mod patch;
mod sentence;
mod write;

pub use members::parse_members;
pub use parse::{DEPTH_MAX, ParseError, ParseErrorKind, parse};
use std::borrow::Cow;

/// One JSON value. Cloning is deep; reading never allocates unless a string holds an escape.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    Null,
    Bool(bool),
    /// The number as it was written, such as `1.10` or `1e3`.
    Number(Cow<'a, str>),
    String(Cow<'a, str>),
    Array(Vec<Json<'a>>),
    Object(Object<'a>),
}

/// The members of an object, in the order in which they were written. Names are unique.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Json<'a> {
    pub fn string(text: impl Into<Cow<'a, str>>) -> Self {
        Json::String(text.into())
    }

    pub fn number(text: impl Into<Cow<'a, str>>) -> Self {
        Json::Number(text.into())
    }

    pub fn integer(n: i64) -> Self {
        Json::Number(Cow::Owned(n.to_string()))
    }

    /// An object made of these members, for example `Json::object([("a", Json::Null)])`.
    pub fn object<K: Into<Cow<'a, str>>>(members: impl IntoIterator<Item = (K, Json<'a>)>) -> Self {
        let mut object = Object::default();
        for (name, value) in members {
            object.set(name, value);
        }
        Json::Object(object)
    }

    pub fn array(items: impl IntoIterator<Item = Json<'a>>) -> Self {
        Json::Array(items.into_iter().collect())
    }

    /// The member of that name, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.as_object()?.get(name)
    }

    /// The string member of that name.
    pub fn get_str(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// The member of that name as a list: its items, or itself alone, or nothing.
    pub fn each(&self, name: &str) -> impl Iterator<Item = &Json<'a>> {
        self.get(name).into_iter().flat_map(Json::items)
    }

    /// The items of an array; any other value alone.
    pub fn items(&self) -> std::slice::Iter<'_, Json<'a>> {
        match self {
            Json::Array(items) => items.iter(),
            other => std::slice::from_ref(other).iter(),
        }
    }

    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::String(s) => Some(s),
            _ => None,
        }
    }

    /// The text of a number.
    pub fn as_number(&self) -> Option<&str> {
        match self {
            Json::Number(n) => Some(n),
            _ => None,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Json::Bool(b) => Some(*b),
            _ => None,
        }
    }

    pub fn as_array(&self) -> Option<&[Json<'a>]> {
        match self {
            Json::Array(items) => Some(items),
            _ => None,
        }
    }

    pub fn as_object(&self) -> Option<&Object<'a>> {
        match self {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }

    pub fn as_object_mut(&mut self) -> Option<&mut Object<'a>> {
        match self {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }

    /// A copy that borrows nothing.
    pub fn into_owned(self) -> Json<'static> {
        match self {
            Json::Null => Json::Null,
            Json::Bool(b) => Json::Bool(b),
            Json::Number(n) => Json::Number(Cow::Owned(n.into_owned())),
            Json::String(s) => Json::String(Cow::Owned(s.into_owned())),
            Json::Array(items) => Json::Array(items.into_iter().map(Json::into_owned).collect()),
            Json::Object(o) => Json::Object(Object(
                o.0.into_iter().map(|(n, v)| (Cow::Owned(n.into_owned()), v.into_owned())).collect(),
            )),
        }
    }
}

impl<'a> Object<'a> {
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut Json<'a>> {
        self.0.iter_mut().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    /// Replaces the member where it stands, or adds it at the end.
    pub fn set(&mut self, name: impl Into<Cow<'a, str>>, value: Json<'a>) {
        let name = name.into();
        match self.get_mut(&name) {
            Some(slot) => *slot = value,
            None => self.0.push((name, value)),
        }
    }

    /// Puts a new member at a place (0 = first), or replaces it where it stands.
    pub fn insert_at(&mut self, at: usize, name: impl Into<Cow<'a, str>>, value: Json<'a>) {
        let name = name.into();
        match self.get_mut(&name) {
            Some(slot) => *slot = value,
            None => self.0.insert(at.min(self.0.len()), (name, value)),
        }
    }

    pub fn remove(&mut self, name: &str) -> Option<Json<'a>> {
        let at = self.0.iter().position(|(n, _)| n == name)?;
        Some(self.0.remove(at).1)
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Json<'a>)> {
        self.0.iter().map(|(n, v)| (n.as_ref(), v))
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Json<'a>)> {
        self.0.iter_mut().map(|(n, v)| (&**n, v))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &Cow<'a, str>> {
        self.0.iter().map(|(name, _)| name)
    }

    /// Adds a member that the caller knows to be new.
    pub(crate) fn push(&mut self, name: Cow<'a, str>, value: Json<'a>) {
        self.0.push((name, value));
    }
}
