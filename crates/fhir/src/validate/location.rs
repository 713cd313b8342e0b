//! Where in a resource the walk is; written out as FHIRPath only when something is wrong there.

use std::fmt::Write;

/// A step of the path, linked to the steps above it on the stack.
#[derive(Clone, Copy)]
pub struct Location<'p> {
    up: Option<&'p Location<'p>>,
    name: &'p str,
    index: Option<usize>,
}

impl<'p> Location<'p> {
    pub fn root(name: &'p str) -> Self {
        Location { up: None, name, index: None }
    }

    pub fn child(&'p self, name: &'p str) -> Location<'p> {
        Location { up: Some(self), name, index: None }
    }

    /// The same step with a repetition number.
    pub fn at(self, index: usize) -> Location<'p> {
        Location { index: Some(index), ..self }
    }

    /// Such as `Patient.name[0].given[1]`.
    pub fn path(&self) -> String {
        let mut out = String::with_capacity(48);
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        if let Some(up) = self.up {
            up.write(out);
            out.push('.');
        }
        out.extend(self.name.chars().take(64));
        if let Some(index) = self.index {
            let _ = write!(out, "[{index}]");
        }
    }
}
