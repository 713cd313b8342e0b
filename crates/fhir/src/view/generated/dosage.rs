//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, CodeableConcept, Each, Quantity, Range, Ratio, Timing, View, any, many, one};

/// [`Dosage`](https://hl7.org/fhir/R4/dosage.html).
#[derive(Clone, Copy, Debug)]
pub struct Dosage<'a>(&'a Json<'a>);

impl<'a> View<'a> for Dosage<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        Dosage(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Dosage<'a> {
    /// `Dosage.sequence`
    pub fn sequence(self) -> Option<i64> {
        one(self.0, "sequence")
    }
    /// `Dosage.text`
    pub fn text(self) -> Option<&'a str> {
        one(self.0, "text")
    }
    /// `Dosage.additionalInstruction`
    pub fn additional_instruction(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "additionalInstruction")
    }
    /// `Dosage.patientInstruction`
    pub fn patient_instruction(self) -> Option<&'a str> {
        one(self.0, "patientInstruction")
    }
    /// `Dosage.timing`
    pub fn timing(self) -> Option<Timing<'a>> {
        one(self.0, "timing")
    }
    /// `Dosage.asNeeded[x]`
    pub fn as_needed(self) -> Option<DosageAsNeeded<'a>> {
        DosageAsNeeded::of(self.0)
    }
    /// `Dosage.site`
    pub fn site(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "site")
    }
    /// `Dosage.route`
    pub fn route(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "route")
    }
    /// `Dosage.method`
    pub fn method(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "method")
    }
    /// `Dosage.doseAndRate`
    pub fn dose_and_rate(self) -> Each<'a, DosageDoseAndRate<'a>> {
        many(self.0, "doseAndRate")
    }
    /// `Dosage.maxDosePerPeriod`
    pub fn max_dose_per_period(self) -> Option<Ratio<'a>> {
        one(self.0, "maxDosePerPeriod")
    }
    /// `Dosage.maxDosePerAdministration`
    pub fn max_dose_per_administration(self) -> Option<Quantity<'a>> {
        one(self.0, "maxDosePerAdministration")
    }
    /// `Dosage.maxDosePerLifetime`
    pub fn max_dose_per_lifetime(self) -> Option<Quantity<'a>> {
        one(self.0, "maxDosePerLifetime")
    }
}

/// `Dosage.asNeeded[x]`
#[derive(Clone, Copy, Debug)]
pub enum DosageAsNeeded<'a> {
    Boolean(bool),
    CodeableConcept(CodeableConcept<'a>),
}

impl<'a> DosageAsNeeded<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "asNeededBoolean").map(DosageAsNeeded::Boolean))
            .or_else(|| one(json, "asNeededCodeableConcept").map(DosageAsNeeded::CodeableConcept))
    }
}

/// [`Dosage.doseAndRate`](https://hl7.org/fhir/R4/dosage.html).
#[derive(Clone, Copy, Debug)]
pub struct DosageDoseAndRate<'a>(&'a Json<'a>);

impl<'a> View<'a> for DosageDoseAndRate<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        DosageDoseAndRate(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> DosageDoseAndRate<'a> {
    /// `Dosage.doseAndRate.type`
    pub fn r#type(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "type")
    }
    /// `Dosage.doseAndRate.dose[x]`
    pub fn dose(self) -> Option<DosageDoseAndRateDose<'a>> {
        DosageDoseAndRateDose::of(self.0)
    }
    /// `Dosage.doseAndRate.rate[x]`
    pub fn rate(self) -> Option<DosageDoseAndRateRate<'a>> {
        DosageDoseAndRateRate::of(self.0)
    }
}

/// `Dosage.doseAndRate.dose[x]`
#[derive(Clone, Copy, Debug)]
pub enum DosageDoseAndRateDose<'a> {
    Range(Range<'a>),
    Quantity(Quantity<'a>),
}

impl<'a> DosageDoseAndRateDose<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "doseRange").map(DosageDoseAndRateDose::Range))
            .or_else(|| one(json, "doseQuantity").map(DosageDoseAndRateDose::Quantity))
    }
}

/// `Dosage.doseAndRate.rate[x]`
#[derive(Clone, Copy, Debug)]
pub enum DosageDoseAndRateRate<'a> {
    Ratio(Ratio<'a>),
    Range(Range<'a>),
    Quantity(Quantity<'a>),
}

impl<'a> DosageDoseAndRateRate<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "rateRatio").map(DosageDoseAndRateRate::Ratio))
            .or_else(|| one(json, "rateRange").map(DosageDoseAndRateRate::Range))
            .or_else(|| one(json, "rateQuantity").map(DosageDoseAndRateRate::Quantity))
    }
}
