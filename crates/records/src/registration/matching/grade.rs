//! How sure a match is (<https://hl7.org/fhir/R4/codesystem-match-grade.html>).

use super::super::duplicates::{Candidate, LIKELY};

/// From here on nobody but the same person looks so.
const CERTAIN: f64 = 0.999;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grade {
    Certain,
    Probable,
    Possible,
}

impl Grade {
    pub fn of(candidate: &Candidate) -> Grade {
        match () {
            () if candidate.same_number() || candidate.score >= CERTAIN => Grade::Certain,
            () if candidate.score >= LIKELY => Grade::Probable,
            () => Grade::Possible,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Grade::Certain => "certain",
            Grade::Probable => "probable",
            Grade::Possible => "possible",
        }
    }
}
