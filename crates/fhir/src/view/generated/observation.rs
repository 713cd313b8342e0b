//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{
    Annotation, Any, CodeableConcept, Each, Identifier, Meta, Period, Quantity, Range, Ratio, Reference,
    SampledData, Timing, View, any, many, one,
};

/// [`Observation`](https://hl7.org/fhir/R4/observation.html).
#[derive(Clone, Copy, Debug)]
pub struct Observation<'a>(&'a Json<'a>);

impl<'a> View<'a> for Observation<'a> {
    const RESOURCE: Option<&'static str> = Some("Observation");
    fn wrap(json: &'a Json<'a>) -> Self {
        Observation(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Observation<'a> {
    /// `Observation.id`
    pub fn id(self) -> Option<&'a str> {
        one(self.0, "id")
    }
    /// `Observation.meta`
    pub fn meta(self) -> Option<Meta<'a>> {
        one(self.0, "meta")
    }
    /// `Observation.identifier`
    pub fn identifier(self) -> Each<'a, Identifier<'a>> {
        many(self.0, "identifier")
    }
    /// `Observation.basedOn`
    pub fn based_on(self) -> Each<'a, Reference<'a>> {
        many(self.0, "basedOn")
    }
    /// `Observation.partOf`
    pub fn part_of(self) -> Each<'a, Reference<'a>> {
        many(self.0, "partOf")
    }
    /// `Observation.status`
    pub fn status(self) -> Option<&'a str> {
        one(self.0, "status")
    }
    /// `Observation.category`
    pub fn category(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "category")
    }
    /// `Observation.code`
    pub fn code(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "code")
    }
    /// `Observation.subject`
    pub fn subject(self) -> Option<Reference<'a>> {
        one(self.0, "subject")
    }
    /// `Observation.focus`
    pub fn focus(self) -> Each<'a, Reference<'a>> {
        many(self.0, "focus")
    }
    /// `Observation.encounter`
    pub fn encounter(self) -> Option<Reference<'a>> {
        one(self.0, "encounter")
    }
    /// `Observation.effective[x]`
    pub fn effective(self) -> Option<ObservationEffective<'a>> {
        ObservationEffective::of(self.0)
    }
    /// `Observation.issued`
    pub fn issued(self) -> Option<&'a str> {
        one(self.0, "issued")
    }
    /// `Observation.performer`
    pub fn performer(self) -> Each<'a, Reference<'a>> {
        many(self.0, "performer")
    }
    /// `Observation.value[x]`
    pub fn value(self) -> Option<ObservationValue<'a>> {
        ObservationValue::of(self.0)
    }
    /// `Observation.dataAbsentReason`
    pub fn data_absent_reason(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "dataAbsentReason")
    }
    /// `Observation.interpretation`
    pub fn interpretation(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "interpretation")
    }
    /// `Observation.note`
    pub fn note(self) -> Each<'a, Annotation<'a>> {
        many(self.0, "note")
    }
    /// `Observation.bodySite`
    pub fn body_site(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "bodySite")
    }
    /// `Observation.method`
    pub fn method(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "method")
    }
    /// `Observation.specimen`
    pub fn specimen(self) -> Option<Reference<'a>> {
        one(self.0, "specimen")
    }
    /// `Observation.device`
    pub fn device(self) -> Option<Reference<'a>> {
        one(self.0, "device")
    }
    /// `Observation.referenceRange`
    pub fn reference_range(self) -> Each<'a, ObservationReferenceRange<'a>> {
        many(self.0, "referenceRange")
    }
    /// `Observation.hasMember`
    pub fn has_member(self) -> Each<'a, Reference<'a>> {
        many(self.0, "hasMember")
    }
    /// `Observation.derivedFrom`
    pub fn derived_from(self) -> Each<'a, Reference<'a>> {
        many(self.0, "derivedFrom")
    }
    /// `Observation.component`
    pub fn component(self) -> Each<'a, ObservationComponent<'a>> {
        many(self.0, "component")
    }
}

/// `Observation.effective[x]`
#[derive(Clone, Copy, Debug)]
pub enum ObservationEffective<'a> {
    DateTime(&'a str),
    Period(Period<'a>),
    Timing(Timing<'a>),
    Instant(&'a str),
}

impl<'a> ObservationEffective<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "effectiveDateTime").map(ObservationEffective::DateTime))
            .or_else(|| one(json, "effectivePeriod").map(ObservationEffective::Period))
            .or_else(|| one(json, "effectiveTiming").map(ObservationEffective::Timing))
            .or_else(|| one(json, "effectiveInstant").map(ObservationEffective::Instant))
    }
}

/// `Observation.value[x]`
#[derive(Clone, Copy, Debug)]
pub enum ObservationValue<'a> {
    Quantity(Quantity<'a>),
    CodeableConcept(CodeableConcept<'a>),
    String(&'a str),
    Boolean(bool),
    Integer(i64),
    Range(Range<'a>),
    Ratio(Ratio<'a>),
    SampledData(SampledData<'a>),
    Time(&'a str),
    DateTime(&'a str),
    Period(Period<'a>),
}

impl<'a> ObservationValue<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "valueQuantity").map(ObservationValue::Quantity))
            .or_else(|| one(json, "valueCodeableConcept").map(ObservationValue::CodeableConcept))
            .or_else(|| one(json, "valueString").map(ObservationValue::String))
            .or_else(|| one(json, "valueBoolean").map(ObservationValue::Boolean))
            .or_else(|| one(json, "valueInteger").map(ObservationValue::Integer))
            .or_else(|| one(json, "valueRange").map(ObservationValue::Range))
            .or_else(|| one(json, "valueRatio").map(ObservationValue::Ratio))
            .or_else(|| one(json, "valueSampledData").map(ObservationValue::SampledData))
            .or_else(|| one(json, "valueTime").map(ObservationValue::Time))
            .or_else(|| one(json, "valueDateTime").map(ObservationValue::DateTime))
            .or_else(|| one(json, "valuePeriod").map(ObservationValue::Period))
    }
}

/// [`Observation.referenceRange`](https://hl7.org/fhir/R4/observation.html).
#[derive(Clone, Copy, Debug)]
pub struct ObservationReferenceRange<'a>(&'a Json<'a>);

impl<'a> View<'a> for ObservationReferenceRange<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        ObservationReferenceRange(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> ObservationReferenceRange<'a> {
    /// `Observation.referenceRange.low`
    pub fn low(self) -> Option<Quantity<'a>> {
        one(self.0, "low")
    }
    /// `Observation.referenceRange.high`
    pub fn high(self) -> Option<Quantity<'a>> {
        one(self.0, "high")
    }
    /// `Observation.referenceRange.type`
    pub fn r#type(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "type")
    }
    /// `Observation.referenceRange.appliesTo`
    pub fn applies_to(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "appliesTo")
    }
    /// `Observation.referenceRange.age`
    pub fn age(self) -> Option<Range<'a>> {
        one(self.0, "age")
    }
    /// `Observation.referenceRange.text`
    pub fn text(self) -> Option<&'a str> {
        one(self.0, "text")
    }
}

/// [`Observation.component`](https://hl7.org/fhir/R4/observation.html).
#[derive(Clone, Copy, Debug)]
pub struct ObservationComponent<'a>(&'a Json<'a>);

impl<'a> View<'a> for ObservationComponent<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        ObservationComponent(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> ObservationComponent<'a> {
    /// `Observation.component.code`
    pub fn code(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "code")
    }
    /// `Observation.component.value[x]`
    pub fn value(self) -> Option<ObservationComponentValue<'a>> {
        ObservationComponentValue::of(self.0)
    }
    /// `Observation.component.dataAbsentReason`
    pub fn data_absent_reason(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "dataAbsentReason")
    }
    /// `Observation.component.interpretation`
    pub fn interpretation(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "interpretation")
    }
    /// `Observation.component.referenceRange`
    pub fn reference_range(self) -> Each<'a, ObservationReferenceRange<'a>> {
        many(self.0, "referenceRange")
    }
}

/// `Observation.component.value[x]`
#[derive(Clone, Copy, Debug)]
pub enum ObservationComponentValue<'a> {
    Quantity(Quantity<'a>),
    CodeableConcept(CodeableConcept<'a>),
    String(&'a str),
    Boolean(bool),
    Integer(i64),
    Range(Range<'a>),
    Ratio(Ratio<'a>),
    SampledData(SampledData<'a>),
    Time(&'a str),
    DateTime(&'a str),
    Period(Period<'a>),
}

impl<'a> ObservationComponentValue<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "valueQuantity").map(ObservationComponentValue::Quantity))
            .or_else(|| one(json, "valueCodeableConcept").map(ObservationComponentValue::CodeableConcept))
            .or_else(|| one(json, "valueString").map(ObservationComponentValue::String))
            .or_else(|| one(json, "valueBoolean").map(ObservationComponentValue::Boolean))
            .or_else(|| one(json, "valueInteger").map(ObservationComponentValue::Integer))
            .or_else(|| one(json, "valueRange").map(ObservationComponentValue::Range))
            .or_else(|| one(json, "valueRatio").map(ObservationComponentValue::Ratio))
            .or_else(|| one(json, "valueSampledData").map(ObservationComponentValue::SampledData))
            .or_else(|| one(json, "valueTime").map(ObservationComponentValue::Time))
            .or_else(|| one(json, "valueDateTime").map(ObservationComponentValue::DateTime))
            .or_else(|| one(json, "valuePeriod").map(ObservationComponentValue::Period))
    }
}
