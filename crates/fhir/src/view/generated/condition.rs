//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{
    Annotation, Any, CodeableConcept, Each, Identifier, Meta, Period, Quantity, Range, Reference, View, any,
    many, one,
};

/// [`Condition`](https://hl7.org/fhir/R4/condition.html).
#[derive(Clone, Copy, Debug)]
pub struct Condition<'a>(&'a Json<'a>);

impl<'a> View<'a> for Condition<'a> {
    const RESOURCE: Option<&'static str> = Some("Condition");
    fn wrap(json: &'a Json<'a>) -> Self {
        Condition(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Condition<'a> {
    /// `Condition.id`
    pub fn id(self) -> Option<&'a str> {
        one(self.0, "id")
    }
    /// `Condition.meta`
    pub fn meta(self) -> Option<Meta<'a>> {
        one(self.0, "meta")
    }
    /// `Condition.identifier`
    pub fn identifier(self) -> Each<'a, Identifier<'a>> {
        many(self.0, "identifier")
    }
    /// `Condition.clinicalStatus`
    pub fn clinical_status(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "clinicalStatus")
    }
    /// `Condition.verificationStatus`
    pub fn verification_status(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "verificationStatus")
    }
    /// `Condition.category`
    pub fn category(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "category")
    }
    /// `Condition.severity`
    pub fn severity(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "severity")
    }
    /// `Condition.code`
    pub fn code(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "code")
    }
    /// `Condition.bodySite`
    pub fn body_site(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "bodySite")
    }
    /// `Condition.subject`
    pub fn subject(self) -> Option<Reference<'a>> {
        one(self.0, "subject")
    }
    /// `Condition.encounter`
    pub fn encounter(self) -> Option<Reference<'a>> {
        one(self.0, "encounter")
    }
    /// `Condition.onset[x]`
    pub fn onset(self) -> Option<ConditionOnset<'a>> {
        ConditionOnset::of(self.0)
    }
    /// `Condition.abatement[x]`
    pub fn abatement(self) -> Option<ConditionAbatement<'a>> {
        ConditionAbatement::of(self.0)
    }
    /// `Condition.recordedDate`
    pub fn recorded_date(self) -> Option<&'a str> {
        one(self.0, "recordedDate")
    }
    /// `Condition.recorder`
    pub fn recorder(self) -> Option<Reference<'a>> {
        one(self.0, "recorder")
    }
    /// `Condition.asserter`
    pub fn asserter(self) -> Option<Reference<'a>> {
        one(self.0, "asserter")
    }
    /// `Condition.stage`
    pub fn stage(self) -> Each<'a, ConditionStage<'a>> {
        many(self.0, "stage")
    }
    /// `Condition.evidence`
    pub fn evidence(self) -> Each<'a, ConditionEvidence<'a>> {
        many(self.0, "evidence")
    }
    /// `Condition.note`
    pub fn note(self) -> Each<'a, Annotation<'a>> {
        many(self.0, "note")
    }
}

/// `Condition.onset[x]`
#[derive(Clone, Copy, Debug)]
pub enum ConditionOnset<'a> {
    DateTime(&'a str),
    Age(Quantity<'a>),
    Period(Period<'a>),
    Range(Range<'a>),
    String(&'a str),
}

impl<'a> ConditionOnset<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "onsetDateTime").map(ConditionOnset::DateTime))
            .or_else(|| one(json, "onsetAge").map(ConditionOnset::Age))
            .or_else(|| one(json, "onsetPeriod").map(ConditionOnset::Period))
            .or_else(|| one(json, "onsetRange").map(ConditionOnset::Range))
            .or_else(|| one(json, "onsetString").map(ConditionOnset::String))
    }
}

/// `Condition.abatement[x]`
#[derive(Clone, Copy, Debug)]
pub enum ConditionAbatement<'a> {
    DateTime(&'a str),
    Age(Quantity<'a>),
    Period(Period<'a>),
    Range(Range<'a>),
    String(&'a str),
}

impl<'a> ConditionAbatement<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "abatementDateTime").map(ConditionAbatement::DateTime))
            .or_else(|| one(json, "abatementAge").map(ConditionAbatement::Age))
            .or_else(|| one(json, "abatementPeriod").map(ConditionAbatement::Period))
            .or_else(|| one(json, "abatementRange").map(ConditionAbatement::Range))
            .or_else(|| one(json, "abatementString").map(ConditionAbatement::String))
    }
}

/// [`Condition.stage`](https://hl7.org/fhir/R4/condition.html).
#[derive(Clone, Copy, Debug)]
pub struct ConditionStage<'a>(&'a Json<'a>);

impl<'a> View<'a> for ConditionStage<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        ConditionStage(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> ConditionStage<'a> {
    /// `Condition.stage.summary`
    pub fn summary(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "summary")
    }
    /// `Condition.stage.assessment`
    pub fn assessment(self) -> Each<'a, Reference<'a>> {
        many(self.0, "assessment")
    }
    /// `Condition.stage.type`
    pub fn r#type(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "type")
    }
}

/// [`Condition.evidence`](https://hl7.org/fhir/R4/condition.html).
#[derive(Clone, Copy, Debug)]
pub struct ConditionEvidence<'a>(&'a Json<'a>);

impl<'a> View<'a> for ConditionEvidence<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        ConditionEvidence(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> ConditionEvidence<'a> {
    /// `Condition.evidence.code`
    pub fn code(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "code")
    }
    /// `Condition.evidence.detail`
    pub fn detail(self) -> Each<'a, Reference<'a>> {
        many(self.0, "detail")
    }
}
