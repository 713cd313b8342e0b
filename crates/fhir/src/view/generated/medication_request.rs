//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{
    Annotation, Any, CodeableConcept, Dosage, Each, Identifier, Meta, Period, Quantity, Reference, View, any,
    many, one,
};

/// [`MedicationRequest`](https://hl7.org/fhir/R4/medicationrequest.html).
#[derive(Clone, Copy, Debug)]
pub struct MedicationRequest<'a>(&'a Json<'a>);

impl<'a> View<'a> for MedicationRequest<'a> {
    const RESOURCE: Option<&'static str> = Some("MedicationRequest");
    fn wrap(json: &'a Json<'a>) -> Self {
        MedicationRequest(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> MedicationRequest<'a> {
    /// `MedicationRequest.id`
    pub fn id(self) -> Option<&'a str> {
        one(self.0, "id")
    }
    /// `MedicationRequest.meta`
    pub fn meta(self) -> Option<Meta<'a>> {
        one(self.0, "meta")
    }
    /// `MedicationRequest.identifier`
    pub fn identifier(self) -> Each<'a, Identifier<'a>> {
        many(self.0, "identifier")
    }
    /// `MedicationRequest.status`
    pub fn status(self) -> Option<&'a str> {
        one(self.0, "status")
    }
    /// `MedicationRequest.statusReason`
    pub fn status_reason(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "statusReason")
    }
    /// `MedicationRequest.intent`
    pub fn intent(self) -> Option<&'a str> {
        one(self.0, "intent")
    }
    /// `MedicationRequest.category`
    pub fn category(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "category")
    }
    /// `MedicationRequest.priority`
    pub fn priority(self) -> Option<&'a str> {
        one(self.0, "priority")
    }
    /// `MedicationRequest.doNotPerform`
    pub fn do_not_perform(self) -> Option<bool> {
        one(self.0, "doNotPerform")
    }
    /// `MedicationRequest.reported[x]`
    pub fn reported(self) -> Option<MedicationRequestReported<'a>> {
        MedicationRequestReported::of(self.0)
    }
    /// `MedicationRequest.medication[x]`
    pub fn medication(self) -> Option<MedicationRequestMedication<'a>> {
        MedicationRequestMedication::of(self.0)
    }
    /// `MedicationRequest.subject`
    pub fn subject(self) -> Option<Reference<'a>> {
        one(self.0, "subject")
    }
    /// `MedicationRequest.encounter`
    pub fn encounter(self) -> Option<Reference<'a>> {
        one(self.0, "encounter")
    }
    /// `MedicationRequest.supportingInformation`
    pub fn supporting_information(self) -> Each<'a, Reference<'a>> {
        many(self.0, "supportingInformation")
    }
    /// `MedicationRequest.authoredOn`
    pub fn authored_on(self) -> Option<&'a str> {
        one(self.0, "authoredOn")
    }
    /// `MedicationRequest.requester`
    pub fn requester(self) -> Option<Reference<'a>> {
        one(self.0, "requester")
    }
    /// `MedicationRequest.performer`
    pub fn performer(self) -> Option<Reference<'a>> {
        one(self.0, "performer")
    }
    /// `MedicationRequest.performerType`
    pub fn performer_type(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "performerType")
    }
    /// `MedicationRequest.recorder`
    pub fn recorder(self) -> Option<Reference<'a>> {
        one(self.0, "recorder")
    }
    /// `MedicationRequest.reasonCode`
    pub fn reason_code(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "reasonCode")
    }
    /// `MedicationRequest.reasonReference`
    pub fn reason_reference(self) -> Each<'a, Reference<'a>> {
        many(self.0, "reasonReference")
    }
    /// `MedicationRequest.instantiatesCanonical`
    pub fn instantiates_canonical(self) -> Each<'a, &'a str> {
        many(self.0, "instantiatesCanonical")
    }
    /// `MedicationRequest.instantiatesUri`
    pub fn instantiates_uri(self) -> Each<'a, &'a str> {
        many(self.0, "instantiatesUri")
    }
    /// `MedicationRequest.basedOn`
    pub fn based_on(self) -> Each<'a, Reference<'a>> {
        many(self.0, "basedOn")
    }
    /// `MedicationRequest.groupIdentifier`
    pub fn group_identifier(self) -> Option<Identifier<'a>> {
        one(self.0, "groupIdentifier")
    }
    /// `MedicationRequest.courseOfTherapyType`
    pub fn course_of_therapy_type(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "courseOfTherapyType")
    }
    /// `MedicationRequest.insurance`
    pub fn insurance(self) -> Each<'a, Reference<'a>> {
        many(self.0, "insurance")
    }
    /// `MedicationRequest.note`
    pub fn note(self) -> Each<'a, Annotation<'a>> {
        many(self.0, "note")
    }
    /// `MedicationRequest.dosageInstruction`
    pub fn dosage_instruction(self) -> Each<'a, Dosage<'a>> {
        many(self.0, "dosageInstruction")
    }
    /// `MedicationRequest.dispenseRequest`
    pub fn dispense_request(self) -> Option<MedicationRequestDispenseRequest<'a>> {
        one(self.0, "dispenseRequest")
    }
    /// `MedicationRequest.substitution`
    pub fn substitution(self) -> Option<MedicationRequestSubstitution<'a>> {
        one(self.0, "substitution")
    }
    /// `MedicationRequest.priorPrescription`
    pub fn prior_prescription(self) -> Option<Reference<'a>> {
        one(self.0, "priorPrescription")
    }
    /// `MedicationRequest.detectedIssue`
    pub fn detected_issue(self) -> Each<'a, Reference<'a>> {
        many(self.0, "detectedIssue")
    }
    /// `MedicationRequest.eventHistory`
    pub fn event_history(self) -> Each<'a, Reference<'a>> {
        many(self.0, "eventHistory")
    }
}

/// `MedicationRequest.reported[x]`
#[derive(Clone, Copy, Debug)]
pub enum MedicationRequestReported<'a> {
    Boolean(bool),
    Reference(Reference<'a>),
}

impl<'a> MedicationRequestReported<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "reportedBoolean").map(MedicationRequestReported::Boolean))
            .or_else(|| one(json, "reportedReference").map(MedicationRequestReported::Reference))
    }
}

/// `MedicationRequest.medication[x]`
#[derive(Clone, Copy, Debug)]
pub enum MedicationRequestMedication<'a> {
    CodeableConcept(CodeableConcept<'a>),
    Reference(Reference<'a>),
}

impl<'a> MedicationRequestMedication<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| {
            one(json, "medicationCodeableConcept").map(MedicationRequestMedication::CodeableConcept)
        })
        .or_else(|| one(json, "medicationReference").map(MedicationRequestMedication::Reference))
    }
}

/// [`MedicationRequest.dispenseRequest`](https://hl7.org/fhir/R4/medicationrequest.html).
#[derive(Clone, Copy, Debug)]
pub struct MedicationRequestDispenseRequest<'a>(&'a Json<'a>);

impl<'a> View<'a> for MedicationRequestDispenseRequest<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        MedicationRequestDispenseRequest(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> MedicationRequestDispenseRequest<'a> {
    /// `MedicationRequest.dispenseRequest.initialFill`
    pub fn initial_fill(self) -> Option<MedicationRequestDispenseRequestInitialFill<'a>> {
        one(self.0, "initialFill")
    }
    /// `MedicationRequest.dispenseRequest.dispenseInterval`
    pub fn dispense_interval(self) -> Option<Quantity<'a>> {
        one(self.0, "dispenseInterval")
    }
    /// `MedicationRequest.dispenseRequest.validityPeriod`
    pub fn validity_period(self) -> Option<Period<'a>> {
        one(self.0, "validityPeriod")
    }
    /// `MedicationRequest.dispenseRequest.numberOfRepeatsAllowed`
    pub fn number_of_repeats_allowed(self) -> Option<i64> {
        one(self.0, "numberOfRepeatsAllowed")
    }
    /// `MedicationRequest.dispenseRequest.quantity`
    pub fn quantity(self) -> Option<Quantity<'a>> {
        one(self.0, "quantity")
    }
    /// `MedicationRequest.dispenseRequest.expectedSupplyDuration`
    pub fn expected_supply_duration(self) -> Option<Quantity<'a>> {
        one(self.0, "expectedSupplyDuration")
    }
    /// `MedicationRequest.dispenseRequest.performer`
    pub fn performer(self) -> Option<Reference<'a>> {
        one(self.0, "performer")
    }
}

/// [`MedicationRequest.dispenseRequest.initialFill`](https://hl7.org/fhir/R4/medicationrequest.html).
#[derive(Clone, Copy, Debug)]
pub struct MedicationRequestDispenseRequestInitialFill<'a>(&'a Json<'a>);

impl<'a> View<'a> for MedicationRequestDispenseRequestInitialFill<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        MedicationRequestDispenseRequestInitialFill(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> MedicationRequestDispenseRequestInitialFill<'a> {
    /// `MedicationRequest.dispenseRequest.initialFill.quantity`
    pub fn quantity(self) -> Option<Quantity<'a>> {
        one(self.0, "quantity")
    }
    /// `MedicationRequest.dispenseRequest.initialFill.duration`
    pub fn duration(self) -> Option<Quantity<'a>> {
        one(self.0, "duration")
    }
}

/// [`MedicationRequest.substitution`](https://hl7.org/fhir/R4/medicationrequest.html).
#[derive(Clone, Copy, Debug)]
pub struct MedicationRequestSubstitution<'a>(&'a Json<'a>);

impl<'a> View<'a> for MedicationRequestSubstitution<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        MedicationRequestSubstitution(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> MedicationRequestSubstitution<'a> {
    /// `MedicationRequest.substitution.allowed[x]`
    pub fn allowed(self) -> Option<MedicationRequestSubstitutionAllowed<'a>> {
        MedicationRequestSubstitutionAllowed::of(self.0)
    }
    /// `MedicationRequest.substitution.reason`
    pub fn reason(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "reason")
    }
}

/// `MedicationRequest.substitution.allowed[x]`
#[derive(Clone, Copy, Debug)]
pub enum MedicationRequestSubstitutionAllowed<'a> {
    Boolean(bool),
    CodeableConcept(CodeableConcept<'a>),
}

impl<'a> MedicationRequestSubstitutionAllowed<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "allowedBoolean").map(MedicationRequestSubstitutionAllowed::Boolean))
            .or_else(|| {
                one(json, "allowedCodeableConcept").map(MedicationRequestSubstitutionAllowed::CodeableConcept)
            })
    }
}
