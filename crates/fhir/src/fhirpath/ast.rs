//! The tree of an expression.

use super::function::Function;
use super::quantity::Quantity;
use super::temporal::Temporal;
use rust_decimal::Decimal;

#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `$this`.
    This,
    /// `$index`.
    Index,
    /// `$total`.
    Total,
    Literal(Literal),
    /// `{}`.
    Empty,
    /// `%name`.
    Variable(String),
    /// `name` on the items of the base, or on `$this`.
    Member(Option<Box<Node>>, String),
    Call(Option<Box<Node>>, Function, Vec<Node>),
    /// `is(T)`, `as(T)`, `ofType(T)` and the operators `is` and `as`.
    Type(Option<Box<Node>>, TypeTest, TypeName),
    Indexer(Box<Node>, Box<Node>),
    Negative(Box<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Boolean(bool),
    String(String),
    Integer(i64),
    Decimal(Decimal),
    Temporal(Temporal),
    Quantity(Quantity<'static>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeTest {
    Is,
    As,
    OfType,
}

/// `Quantity`, `FHIR.Patient`, `System.String`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeName {
    pub namespace: Option<String>,
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Multiply,
    Divide,
    Div,
    Mod,
    Add,
    Subtract,
    Concatenate,
    Union,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    Equivalent,
    NotEquivalent,
    In,
    Contains,
    And,
    Or,
    Xor,
    Implies,
}
