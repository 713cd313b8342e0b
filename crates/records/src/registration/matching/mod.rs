//! `POST /fhir/Patient/$match` (<https://hl7.org/fhir/R4/patient-operation-match.html>), on the same likeness as
//! `patients/duplicates`. The grade is `certain` from 0.999 on or for the same national number, `probable` from
//! 0.5 on, `possible` from 0.1 on; less is not told.

mod grade;
mod operation;
#[cfg(test)]
mod tests;

pub(super) use operation::route;
