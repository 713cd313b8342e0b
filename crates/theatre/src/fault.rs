//! What is wrong with a problem, and where.

use std::fmt;

/// One mistake of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place, as a path: `cases[12].needs[0].resource`.
    pub at: String,
    pub wrong: Wrong,
}

/// What is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The text is not JSON of the format; the reader's own words, with line and column.
    Unreadable(String),
    /// A number is outside of what the engine takes.
    Outside { value: i64, least: i64, most: i64 },
    /// An index or a name that nothing has.
    Unknown(String),
    /// A list has not one entry for each day.
    Days { entries: usize, days: usize },
    /// A span ends before it begins.
    Backwards { from: u16, to: u16 },
    /// A list has not one entry for each case.
    Length { entries: usize, expected: usize },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let at = &self.at;
        match &self.wrong {
            Wrong::Unreadable(words) => write!(f, "{at}: {words}"),
            Wrong::Outside { value, least, most } => {
                write!(f, "{at}: {value} is not within {least} to {most}")
            }
            Wrong::Unknown(name) => write!(f, "{at}: there is no {name}"),
            Wrong::Days { entries, days } => write!(f, "{at}: {entries} entries for {days} days"),
            Wrong::Backwards { from, to } => write!(f, "{at}: ends at {to}, before it begins at {from}"),
            Wrong::Length { entries, expected } => write!(f, "{at}: {entries} entries instead of {expected}"),
        }
    }
}

impl std::error::Error for Fault {}
