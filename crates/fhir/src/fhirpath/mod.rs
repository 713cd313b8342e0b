//! FHIRPath, the expression language of invariants, search parameters and patches
//! (<https://hl7.org/fhirpath/N1/>, <https://hl7.org/fhir/R4/fhirpath.html>).
//!
//! An [`Expression`] is read once and run over borrowed JSON; the element tables give types to elements,
//! so that `Observation.value` finds `valueQuantity`. Decimals are exact. Every run is bounded in steps
//! and in the length of collections.
//!
//! ```
//! use fhir::fhirpath::{Environment, Expression};
//! let patient = fhir::json::parse(br#"{"resourceType":"Patient","active":true}"#).unwrap();
//! let expression = Expression::parse("Patient.active and name.empty()").unwrap();
//! assert_eq!(expression.is_true(&Environment::of(&patient)).unwrap(), Some(true));
//! ```

mod ast;
mod encoding;
mod engine;
mod environment;
mod equality;
mod error;
mod function;
mod lexer;
mod meter;
mod navigate;
mod operator;
mod parser;
mod pattern;
mod quantity;
mod temporal;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use ast::{Literal, Node, Operator};
pub use environment::{Alone, Environment, Outside};
pub use error::{EvaluationError, Fault, ParseError};
pub(crate) use function::Function;
pub use quantity::{Quantity, Unit};
pub use temporal::{Precision, Temporal, TemporalKind};
pub use value::{Element, Value};

use engine::{Engine, Scope};

/// An expression, read and ready to run many times.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    root: Node,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        Ok(Expression { root: parser::parse(text)? })
    }

    pub(crate) fn root(&self) -> &Node {
        &self.root
    }

    /// Runs over the environment's resource.
    ///
    /// # Errors
    /// When types do not fit, an item too many is there, or a limit is reached.
    pub fn evaluate<'a>(&'a self, environment: &Environment<'a>) -> Result<Vec<Value<'a>>, EvaluationError> {
        let input = environment.resource.map(|json| Value::Element(Element::resource(json)));
        self.evaluate_on(environment, input.as_slice())
    }

    /// Runs over some items, such as an element inside the resource.
    ///
    /// # Errors
    /// As [`Expression::evaluate`].
    pub fn evaluate_on<'a>(
        &'a self,
        environment: &Environment<'a>,
        input: &[Value<'a>],
    ) -> Result<Vec<Value<'a>>, EvaluationError> {
        let mut engine = Engine::new(environment);
        engine.eval(&self.root, &Scope { this: input, index: None, total: None })
    }

    /// Runs as a condition; none when the answer is empty.
    ///
    /// # Errors
    /// As [`Expression::evaluate`].
    pub fn is_true<'a>(&'a self, environment: &Environment<'a>) -> Result<Option<bool>, EvaluationError> {
        engine::boolean(&self.evaluate(environment)?, "condition")
    }

    /// Runs as a condition on some items.
    ///
    /// # Errors
    /// As [`Expression::evaluate`].
    pub fn is_true_on<'a>(
        &'a self,
        environment: &Environment<'a>,
        input: &[Value<'a>],
    ) -> Result<Option<bool>, EvaluationError> {
        engine::boolean(&self.evaluate_on(environment, input)?, "condition")
    }
}
