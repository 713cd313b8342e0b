//! Reads the tab-separated tables of `data/`: `#` starts a comment line, each other line is a row.

/// One row; a missing column reads as empty.
#[derive(Clone, Debug)]
pub struct Row(Vec<&'static str>);

impl Row {
    pub fn text(&self, column: usize) -> &'static str {
        self.0.get(column).copied().unwrap_or("")
    }

    /// The number of the column, if it holds one.
    pub fn number(&self, column: usize) -> Option<f64> {
        self.text(column).parse().ok()
    }
}

pub fn rows(text: &'static str) -> impl Iterator<Item = Row> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| Row(line.split('\t').collect()))
}
