//! A view, read and checked.

mod constant;
mod read;
mod select;

pub use constant::Constant;
pub use select::{Focus, Path, Select};

use super::Error;
use fhir::{Json, ResourceType};

/// A view that is ready to run. It is shared between threads as it is.
#[derive(Clone)]
pub struct View {
    pub(crate) resource: ResourceType,
    pub(crate) constants: Vec<Constant>,
    pub(crate) conditions: Vec<Path>,
    pub(crate) root: Select,
    columns: Vec<Column>,
}

/// A column of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    /// The FHIR type, as the view names it.
    pub ty: Option<String>,
    /// A row holds a list of values here.
    pub is_list: bool,
}

impl View {
    /// Reads a ViewDefinition.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place.
    pub fn read(definition: &Json<'_>) -> Result<Self, Error> {
        read::view(definition)
    }

    /// The type of the resources that have rows.
    pub fn resource(&self) -> ResourceType {
        self.resource
    }

    /// The columns, in the order of the values of a row.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }
}
