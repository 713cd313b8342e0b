//! The parts of `select`.

use super::Column;
use fhir::fhirpath::Expression;

/// An expression and its place in the view.
#[derive(Clone, Debug)]
pub struct Path {
    pub expression: Expression,
    pub at: String,
}

#[derive(Clone, Debug)]
pub struct Select {
    pub focus: Focus,
    pub columns: Vec<(Column, Path)>,
    pub selects: Vec<Select>,
    pub unions: Vec<Select>,
}

/// What the rows are made of.
#[derive(Clone, Debug)]
pub enum Focus {
    /// What the select around it works on.
    Here,
    Each(Path),
    /// At least one row, of nulls where there is nothing.
    EachOrNull(Path),
    /// The items of all paths, the items of these, and so on.
    Repeat(Vec<Path>),
}

impl Select {
    /// The columns of its rows: its own, those of the selects in it, those of the union.
    pub fn header(&self) -> Vec<Column> {
        let own = self.columns.iter().map(|(column, _)| column.clone());
        let inner = self.selects.iter().flat_map(Select::header);
        let union = self.unions.first().map(Select::header).unwrap_or_default();
        own.chain(inner).chain(union).collect()
    }
}
