//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{
    Annotation, Any, CodeableConcept, Each, Identifier, Meta, Period, Quantity, Range, Reference, View, any,
    many, one,
};

/// [`AllergyIntolerance`](https://hl7.org/fhir/R4/allergyintolerance.html).
#[derive(Clone, Copy, Debug)]
pub struct AllergyIntolerance<'a>(&'a Json<'a>);

impl<'a> View<'a> for AllergyIntolerance<'a> {
    const RESOURCE: Option<&'static str> = Some("AllergyIntolerance");
    fn wrap(json: &'a Json<'a>) -> Self {
        AllergyIntolerance(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> AllergyIntolerance<'a> {
    /// `AllergyIntolerance.id`
    pub fn id(self) -> Option<&'a str> {
        one(self.0, "id")
    }
    /// `AllergyIntolerance.meta`
    pub fn meta(self) -> Option<Meta<'a>> {
        one(self.0, "meta")
    }
    /// `AllergyIntolerance.identifier`
    pub fn identifier(self) -> Each<'a, Identifier<'a>> {
        many(self.0, "identifier")
    }
    /// `AllergyIntolerance.clinicalStatus`
    pub fn clinical_status(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "clinicalStatus")
    }
    /// `AllergyIntolerance.verificationStatus`
    pub fn verification_status(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "verificationStatus")
    }
    /// `AllergyIntolerance.type`
    pub fn r#type(self) -> Option<&'a str> {
        one(self.0, "type")
    }
    /// `AllergyIntolerance.category`
    pub fn category(self) -> Each<'a, &'a str> {
        many(self.0, "category")
    }
    /// `AllergyIntolerance.criticality`
    pub fn criticality(self) -> Option<&'a str> {
        one(self.0, "criticality")
    }
    /// `AllergyIntolerance.code`
    pub fn code(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "code")
    }
    /// `AllergyIntolerance.patient`
    pub fn patient(self) -> Option<Reference<'a>> {
        one(self.0, "patient")
    }
    /// `AllergyIntolerance.encounter`
    pub fn encounter(self) -> Option<Reference<'a>> {
        one(self.0, "encounter")
    }
    /// `AllergyIntolerance.onset[x]`
    pub fn onset(self) -> Option<AllergyIntoleranceOnset<'a>> {
        AllergyIntoleranceOnset::of(self.0)
    }
    /// `AllergyIntolerance.recordedDate`
    pub fn recorded_date(self) -> Option<&'a str> {
        one(self.0, "recordedDate")
    }
    /// `AllergyIntolerance.recorder`
    pub fn recorder(self) -> Option<Reference<'a>> {
        one(self.0, "recorder")
    }
    /// `AllergyIntolerance.asserter`
    pub fn asserter(self) -> Option<Reference<'a>> {
        one(self.0, "asserter")
    }
    /// `AllergyIntolerance.lastOccurrence`
    pub fn last_occurrence(self) -> Option<&'a str> {
        one(self.0, "lastOccurrence")
    }
    /// `AllergyIntolerance.note`
    pub fn note(self) -> Each<'a, Annotation<'a>> {
        many(self.0, "note")
    }
    /// `AllergyIntolerance.reaction`
    pub fn reaction(self) -> Each<'a, AllergyIntoleranceReaction<'a>> {
        many(self.0, "reaction")
    }
}

/// `AllergyIntolerance.onset[x]`
#[derive(Clone, Copy, Debug)]
pub enum AllergyIntoleranceOnset<'a> {
    DateTime(&'a str),
    Age(Quantity<'a>),
    Period(Period<'a>),
    Range(Range<'a>),
    String(&'a str),
}

impl<'a> AllergyIntoleranceOnset<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "onsetDateTime").map(AllergyIntoleranceOnset::DateTime))
            .or_else(|| one(json, "onsetAge").map(AllergyIntoleranceOnset::Age))
            .or_else(|| one(json, "onsetPeriod").map(AllergyIntoleranceOnset::Period))
            .or_else(|| one(json, "onsetRange").map(AllergyIntoleranceOnset::Range))
            .or_else(|| one(json, "onsetString").map(AllergyIntoleranceOnset::String))
    }
}

/// [`AllergyIntolerance.reaction`](https://hl7.org/fhir/R4/allergyintolerance.html).
#[derive(Clone, Copy, Debug)]
pub struct AllergyIntoleranceReaction<'a>(&'a Json<'a>);

impl<'a> View<'a> for AllergyIntoleranceReaction<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        AllergyIntoleranceReaction(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> AllergyIntoleranceReaction<'a> {
    /// `AllergyIntolerance.reaction.substance`
    pub fn substance(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "substance")
    }
    /// `AllergyIntolerance.reaction.manifestation`
    pub fn manifestation(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "manifestation")
    }
    /// `AllergyIntolerance.reaction.description`
    pub fn description(self) -> Option<&'a str> {
        one(self.0, "description")
    }
    /// `AllergyIntolerance.reaction.onset`
    pub fn onset(self) -> Option<&'a str> {
        one(self.0, "onset")
    }
    /// `AllergyIntolerance.reaction.severity`
    pub fn severity(self) -> Option<&'a str> {
        one(self.0, "severity")
    }
    /// `AllergyIntolerance.reaction.exposureRoute`
    pub fn exposure_route(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "exposureRoute")
    }
    /// `AllergyIntolerance.reaction.note`
    pub fn note(self) -> Each<'a, Annotation<'a>> {
        many(self.0, "note")
    }
}
