//! An expression, read once and run on many resources.

use crate::{Collection, Environment, Error, What};
use fhir::Json;
use fhir::fhirpath::{self, Element, EvaluationError, Fault, Value};

/// Longer texts are refused unread, in bytes.
pub const LENGTH_MAX: usize = 32 * 1024;

/// An expression that is ready to run. It is shared between threads as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    inner: fhirpath::Expression,
}

/// Reads an expression.
///
/// # Errors
/// The first thing that is wrong, with its place; also texts that are too long or too deep.
pub fn compile(text: &str) -> Result<Expression, Error> {
    if text.len() > LENGTH_MAX {
        return Err(Error { what: What::Text(Fault::TooLarge), at: Some(LENGTH_MAX) });
    }
    Ok(Expression { inner: fhirpath::Expression::parse(text)? })
}

impl Expression {
    /// Runs on a resource.
    ///
    /// # Errors
    /// Types that do not fit, an item too many, an unknown value set, or a limit that is reached.
    pub fn evaluate<'a>(
        &'a self,
        resource: &'a Json<'a>,
        environment: &'a Environment<'a>,
    ) -> Result<Collection<'a>, Error> {
        let input = [Value::Element(Element::resource(resource))];
        self.evaluate_on(resource, &input, environment)
    }

    /// Runs on items inside a resource, which are `%context` then; the resource stays `%resource`.
    ///
    /// # Errors
    /// As [`Expression::evaluate`].
    pub fn evaluate_on<'a>(
        &'a self,
        resource: &'a Json<'a>,
        input: &[Value<'a>],
        environment: &'a Environment<'a>,
    ) -> Result<Collection<'a>, Error> {
        environment.take_declined();
        let mut variables = environment.variables.clone();
        variables.push(("context".to_string(), input.to_vec()));
        let inner = fhirpath::Environment {
            resource: Some(resource),
            root_resource: environment.root.or(Some(resource)),
            variables,
            now: environment.now,
            outside: environment,
            strict: environment.strict,
            steps_max: environment.steps_max,
            items_max: environment.items_max,
        };
        let items = self.inner.evaluate_on(&inner, input)?;
        if environment.take_declined() {
            return Err(EvaluationError::NotOffered("memberOf").into());
        }
        Ok(Collection::new(resource, items))
    }

    /// Runs as a condition; none when the answer is empty.
    ///
    /// # Errors
    /// As [`Expression::evaluate`], and when there are several items.
    pub fn to_boolean<'a>(
        &'a self,
        resource: &'a Json<'a>,
        environment: &'a Environment<'a>,
    ) -> Result<Option<bool>, Error> {
        self.evaluate(resource, environment)?.to_boolean()
    }
}
