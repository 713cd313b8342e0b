//! Search parameters (<https://hl7.org/fhir/R4/search.html>): which there are, and what a resource holds for
//! each of them.
//!
//! The expressions of the parameters are compiled by `cargo xtask codegen` into walks, member by member, so
//! reading the values of a resource runs no FHIRPath engine. A walk ends in a datatype; `extract` turns
//! that into [`Value`]s.

mod extract;
mod table;
mod unindexed;
mod value;
mod walk;

pub use table::{SearchParam, param, param_numbered, params_for};
pub use unindexed::{UNINDEXED, Unindexed};
pub use value::{Identifier, Quantity, Reference, Token, Value};

/// The type of a parameter (<https://hl7.org/fhir/R4/valueset-search-param-type.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Token,
    String,
    Reference,
    Date,
    Number,
    Quantity,
    Uri,
    Composite,
    Special,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Token => "token",
            Kind::String => "string",
            Kind::Reference => "reference",
            Kind::Date => "date",
            Kind::Number => "number",
            Kind::Quantity => "quantity",
            Kind::Uri => "uri",
            Kind::Composite => "composite",
            Kind::Special => "special",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "token" => Kind::Token,
            "string" => Kind::String,
            "reference" => Kind::Reference,
            "date" => Kind::Date,
            "number" => Kind::Number,
            "quantity" => Kind::Quantity,
            "uri" => Kind::Uri,
            "composite" => Kind::Composite,
            "special" => Kind::Special,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests;
