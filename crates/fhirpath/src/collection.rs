//! The answer of an expression.

use crate::location::{self, Location};
use crate::{Error, Value};
use fhir::Json;
use fhir::fhirpath::EvaluationError;
use std::fmt;

/// The items that an expression found, in order.
#[derive(Clone, Debug)]
pub struct Collection<'a> {
    resource: &'a Json<'a>,
    items: Vec<Value<'a>>,
}

/// The type of an item, such as `FHIR.HumanName` or `System.String`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeInfo {
    pub namespace: &'static str,
    pub name: &'static str,
}

impl TypeInfo {
    /// None for elements of JSON that is no known resource.
    pub fn of(item: &Value<'_>) -> Option<Self> {
        match item {
            Value::Element(element) => Some(TypeInfo { namespace: "FHIR", name: element.type_name()? }),
            other => Some(TypeInfo { namespace: "System", name: other.system_name()? }),
        }
    }
}

impl fmt::Display for TypeInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.namespace, self.name)
    }
}

impl<'a> Collection<'a> {
    pub(crate) fn new(resource: &'a Json<'a>, items: Vec<Value<'a>>) -> Self {
        Collection { resource, items }
    }

    pub fn items(&self) -> &[Value<'a>] {
        &self.items
    }

    pub fn into_items(self) -> Vec<Value<'a>> {
        self.items
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The only item, or none.
    ///
    /// # Errors
    /// There are several.
    pub fn single(&self) -> Result<Option<&Value<'a>>, Error> {
        match &self.items[..] {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            _ => Err(EvaluationError::NotSingle("expression").into()),
        }
    }

    /// The answer as a condition: a boolean as it is, any other single value as true, nothing as none.
    ///
    /// # Errors
    /// There are several items.
    pub fn to_boolean(&self) -> Result<Option<bool>, Error> {
        Ok(match self.single()? {
            None => None,
            Some(Value::Element(element)) if element.json.is_none() => None,
            Some(item) => match item.system() {
                Some(Value::Boolean(b)) => Some(b),
                _ => Some(true),
            },
        })
    }

    /// Where each item stands in the resource, in one walk over it. None for values that were computed and
    /// for elements of other resources.
    pub fn locations(&self) -> Vec<Option<Location<'a>>> {
        location::locate(self.resource, &self.items)
    }
}
