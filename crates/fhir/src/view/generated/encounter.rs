//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{
    Any, CodeableConcept, Coding, Each, Identifier, Meta, Period, Quantity, Reference, View, any, many, one,
};

/// [`Encounter`](https://hl7.org/fhir/R4/encounter.html).
#[derive(Clone, Copy, Debug)]
pub struct Encounter<'a>(&'a Json<'a>);

impl<'a> View<'a> for Encounter<'a> {
    const RESOURCE: Option<&'static str> = Some("Encounter");
    fn wrap(json: &'a Json<'a>) -> Self {
        Encounter(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Encounter<'a> {
    /// `Encounter.id`
    pub fn id(self) -> Option<&'a str> {
        one(self.0, "id")
    }
    /// `Encounter.meta`
    pub fn meta(self) -> Option<Meta<'a>> {
        one(self.0, "meta")
    }
    /// `Encounter.identifier`
    pub fn identifier(self) -> Each<'a, Identifier<'a>> {
        many(self.0, "identifier")
    }
    /// `Encounter.status`
    pub fn status(self) -> Option<&'a str> {
        one(self.0, "status")
    }
    /// `Encounter.statusHistory`
    pub fn status_history(self) -> Each<'a, EncounterStatusHistory<'a>> {
        many(self.0, "statusHistory")
    }
    /// `Encounter.class`
    pub fn class(self) -> Option<Coding<'a>> {
        one(self.0, "class")
    }
    /// `Encounter.classHistory`
    pub fn class_history(self) -> Each<'a, EncounterClassHistory<'a>> {
        many(self.0, "classHistory")
    }
    /// `Encounter.type`
    pub fn r#type(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "type")
    }
    /// `Encounter.serviceType`
    pub fn service_type(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "serviceType")
    }
    /// `Encounter.priority`
    pub fn priority(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "priority")
    }
    /// `Encounter.subject`
    pub fn subject(self) -> Option<Reference<'a>> {
        one(self.0, "subject")
    }
    /// `Encounter.episodeOfCare`
    pub fn episode_of_care(self) -> Each<'a, Reference<'a>> {
        many(self.0, "episodeOfCare")
    }
    /// `Encounter.basedOn`
    pub fn based_on(self) -> Each<'a, Reference<'a>> {
        many(self.0, "basedOn")
    }
    /// `Encounter.participant`
    pub fn participant(self) -> Each<'a, EncounterParticipant<'a>> {
        many(self.0, "participant")
    }
    /// `Encounter.appointment`
    pub fn appointment(self) -> Each<'a, Reference<'a>> {
        many(self.0, "appointment")
    }
    /// `Encounter.period`
    pub fn period(self) -> Option<Period<'a>> {
        one(self.0, "period")
    }
    /// `Encounter.length`
    pub fn length(self) -> Option<Quantity<'a>> {
        one(self.0, "length")
    }
    /// `Encounter.reasonCode`
    pub fn reason_code(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "reasonCode")
    }
    /// `Encounter.reasonReference`
    pub fn reason_reference(self) -> Each<'a, Reference<'a>> {
        many(self.0, "reasonReference")
    }
    /// `Encounter.diagnosis`
    pub fn diagnosis(self) -> Each<'a, EncounterDiagnosis<'a>> {
        many(self.0, "diagnosis")
    }
    /// `Encounter.account`
    pub fn account(self) -> Each<'a, Reference<'a>> {
        many(self.0, "account")
    }
    /// `Encounter.hospitalization`
    pub fn hospitalization(self) -> Option<EncounterHospitalization<'a>> {
        one(self.0, "hospitalization")
    }
    /// `Encounter.location`
    pub fn location(self) -> Each<'a, EncounterLocation<'a>> {
        many(self.0, "location")
    }
    /// `Encounter.serviceProvider`
    pub fn service_provider(self) -> Option<Reference<'a>> {
        one(self.0, "serviceProvider")
    }
    /// `Encounter.partOf`
    pub fn part_of(self) -> Option<Reference<'a>> {
        one(self.0, "partOf")
    }
}

/// [`Encounter.statusHistory`](https://hl7.org/fhir/R4/encounter.html).
#[derive(Clone, Copy, Debug)]
pub struct EncounterStatusHistory<'a>(&'a Json<'a>);

impl<'a> View<'a> for EncounterStatusHistory<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        EncounterStatusHistory(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> EncounterStatusHistory<'a> {
    /// `Encounter.statusHistory.status`
    pub fn status(self) -> Option<&'a str> {
        one(self.0, "status")
    }
    /// `Encounter.statusHistory.period`
    pub fn period(self) -> Option<Period<'a>> {
        one(self.0, "period")
    }
}

/// [`Encounter.classHistory`](https://hl7.org/fhir/R4/encounter.html).
#[derive(Clone, Copy, Debug)]
pub struct EncounterClassHistory<'a>(&'a Json<'a>);

impl<'a> View<'a> for EncounterClassHistory<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        EncounterClassHistory(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> EncounterClassHistory<'a> {
    /// `Encounter.classHistory.class`
    pub fn class(self) -> Option<Coding<'a>> {
        one(self.0, "class")
    }
    /// `Encounter.classHistory.period`
    pub fn period(self) -> Option<Period<'a>> {
        one(self.0, "period")
    }
}

/// [`Encounter.participant`](https://hl7.org/fhir/R4/encounter.html).
#[derive(Clone, Copy, Debug)]
pub struct EncounterParticipant<'a>(&'a Json<'a>);

impl<'a> View<'a> for EncounterParticipant<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        EncounterParticipant(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> EncounterParticipant<'a> {
    /// `Encounter.participant.type`
    pub fn r#type(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "type")
    }
    /// `Encounter.participant.period`
    pub fn period(self) -> Option<Period<'a>> {
        one(self.0, "period")
    }
    /// `Encounter.participant.individual`
    pub fn individual(self) -> Option<Reference<'a>> {
        one(self.0, "individual")
    }
}

/// [`Encounter.diagnosis`](https://hl7.org/fhir/R4/encounter.html).
#[derive(Clone, Copy, Debug)]
pub struct EncounterDiagnosis<'a>(&'a Json<'a>);

impl<'a> View<'a> for EncounterDiagnosis<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        EncounterDiagnosis(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> EncounterDiagnosis<'a> {
    /// `Encounter.diagnosis.condition`
    pub fn condition(self) -> Option<Reference<'a>> {
        one(self.0, "condition")
    }
    /// `Encounter.diagnosis.use`
    pub fn r#use(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "use")
    }
    /// `Encounter.diagnosis.rank`
    pub fn rank(self) -> Option<i64> {
        one(self.0, "rank")
    }
}

/// [`Encounter.hospitalization`](https://hl7.org/fhir/R4/encounter.html).
#[derive(Clone, Copy, Debug)]
pub struct EncounterHospitalization<'a>(&'a Json<'a>);

impl<'a> View<'a> for EncounterHospitalization<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        EncounterHospitalization(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> EncounterHospitalization<'a> {
    /// `Encounter.hospitalization.preAdmissionIdentifier`
    pub fn pre_admission_identifier(self) -> Option<Identifier<'a>> {
        one(self.0, "preAdmissionIdentifier")
    }
    /// `Encounter.hospitalization.origin`
    pub fn origin(self) -> Option<Reference<'a>> {
        one(self.0, "origin")
    }
    /// `Encounter.hospitalization.admitSource`
    pub fn admit_source(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "admitSource")
    }
    /// `Encounter.hospitalization.reAdmission`
    pub fn re_admission(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "reAdmission")
    }
    /// `Encounter.hospitalization.dietPreference`
    pub fn diet_preference(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "dietPreference")
    }
    /// `Encounter.hospitalization.specialCourtesy`
    pub fn special_courtesy(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "specialCourtesy")
    }
    /// `Encounter.hospitalization.specialArrangement`
    pub fn special_arrangement(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "specialArrangement")
    }
    /// `Encounter.hospitalization.destination`
    pub fn destination(self) -> Option<Reference<'a>> {
        one(self.0, "destination")
    }
    /// `Encounter.hospitalization.dischargeDisposition`
    pub fn discharge_disposition(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "dischargeDisposition")
    }
}

/// [`Encounter.location`](https://hl7.org/fhir/R4/encounter.html).
#[derive(Clone, Copy, Debug)]
pub struct EncounterLocation<'a>(&'a Json<'a>);

impl<'a> View<'a> for EncounterLocation<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        EncounterLocation(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> EncounterLocation<'a> {
    /// `Encounter.location.location`
    pub fn location(self) -> Option<Reference<'a>> {
        one(self.0, "location")
    }
    /// `Encounter.location.status`
    pub fn status(self) -> Option<&'a str> {
        one(self.0, "status")
    }
    /// `Encounter.location.physicalType`
    pub fn physical_type(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "physicalType")
    }
    /// `Encounter.location.period`
    pub fn period(self) -> Option<Period<'a>> {
        one(self.0, "period")
    }
}
