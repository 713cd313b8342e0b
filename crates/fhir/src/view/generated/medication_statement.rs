//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{
    Annotation, Any, CodeableConcept, Dosage, Each, Identifier, Meta, Period, Reference, View, any, many, one,
};

/// [`MedicationStatement`](https://hl7.org/fhir/R4/medicationstatement.html).
#[derive(Clone, Copy, Debug)]
pub struct MedicationStatement<'a>(&'a Json<'a>);

impl<'a> View<'a> for MedicationStatement<'a> {
    const RESOURCE: Option<&'static str> = Some("MedicationStatement");
    fn wrap(json: &'a Json<'a>) -> Self {
        MedicationStatement(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> MedicationStatement<'a> {
    /// `MedicationStatement.id`
    pub fn id(self) -> Option<&'a str> {
        one(self.0, "id")
    }
    /// `MedicationStatement.meta`
    pub fn meta(self) -> Option<Meta<'a>> {
        one(self.0, "meta")
    }
    /// `MedicationStatement.identifier`
    pub fn identifier(self) -> Each<'a, Identifier<'a>> {
        many(self.0, "identifier")
    }
    /// `MedicationStatement.basedOn`
    pub fn based_on(self) -> Each<'a, Reference<'a>> {
        many(self.0, "basedOn")
    }
    /// `MedicationStatement.partOf`
    pub fn part_of(self) -> Each<'a, Reference<'a>> {
        many(self.0, "partOf")
    }
    /// `MedicationStatement.status`
    pub fn status(self) -> Option<&'a str> {
        one(self.0, "status")
    }
    /// `MedicationStatement.statusReason`
    pub fn status_reason(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "statusReason")
    }
    /// `MedicationStatement.category`
    pub fn category(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "category")
    }
    /// `MedicationStatement.medication[x]`
    pub fn medication(self) -> Option<MedicationStatementMedication<'a>> {
        MedicationStatementMedication::of(self.0)
    }
    /// `MedicationStatement.subject`
    pub fn subject(self) -> Option<Reference<'a>> {
        one(self.0, "subject")
    }
    /// `MedicationStatement.context`
    pub fn context(self) -> Option<Reference<'a>> {
        one(self.0, "context")
    }
    /// `MedicationStatement.effective[x]`
    pub fn effective(self) -> Option<MedicationStatementEffective<'a>> {
        MedicationStatementEffective::of(self.0)
    }
    /// `MedicationStatement.dateAsserted`
    pub fn date_asserted(self) -> Option<&'a str> {
        one(self.0, "dateAsserted")
    }
    /// `MedicationStatement.informationSource`
    pub fn information_source(self) -> Option<Reference<'a>> {
        one(self.0, "informationSource")
    }
    /// `MedicationStatement.derivedFrom`
    pub fn derived_from(self) -> Each<'a, Reference<'a>> {
        many(self.0, "derivedFrom")
    }
    /// `MedicationStatement.reasonCode`
    pub fn reason_code(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "reasonCode")
    }
    /// `MedicationStatement.reasonReference`
    pub fn reason_reference(self) -> Each<'a, Reference<'a>> {
        many(self.0, "reasonReference")
    }
    /// `MedicationStatement.note`
    pub fn note(self) -> Each<'a, Annotation<'a>> {
        many(self.0, "note")
    }
    /// `MedicationStatement.dosage`
    pub fn dosage(self) -> Each<'a, Dosage<'a>> {
        many(self.0, "dosage")
    }
}

/// `MedicationStatement.medication[x]`
#[derive(Clone, Copy, Debug)]
pub enum MedicationStatementMedication<'a> {
    CodeableConcept(CodeableConcept<'a>),
    Reference(Reference<'a>),
}

impl<'a> MedicationStatementMedication<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| {
            one(json, "medicationCodeableConcept").map(MedicationStatementMedication::CodeableConcept)
        })
        .or_else(|| one(json, "medicationReference").map(MedicationStatementMedication::Reference))
    }
}

/// `MedicationStatement.effective[x]`
#[derive(Clone, Copy, Debug)]
pub enum MedicationStatementEffective<'a> {
    DateTime(&'a str),
    Period(Period<'a>),
}

impl<'a> MedicationStatementEffective<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "effectiveDateTime").map(MedicationStatementEffective::DateTime))
            .or_else(|| one(json, "effectivePeriod").map(MedicationStatementEffective::Period))
    }
}
