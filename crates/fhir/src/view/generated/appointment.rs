//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, CodeableConcept, Each, Identifier, Meta, Period, Reference, View, any, many, one};

/// [`Appointment`](https://hl7.org/fhir/R4/appointment.html).
#[derive(Clone, Copy, Debug)]
pub struct Appointment<'a>(&'a Json<'a>);

impl<'a> View<'a> for Appointment<'a> {
    const RESOURCE: Option<&'static str> = Some("Appointment");
    fn wrap(json: &'a Json<'a>) -> Self {
        Appointment(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Appointment<'a> {
    /// `Appointment.id`
    pub fn id(self) -> Option<&'a str> {
        one(self.0, "id")
    }
    /// `Appointment.meta`
    pub fn meta(self) -> Option<Meta<'a>> {
        one(self.0, "meta")
    }
    /// `Appointment.identifier`
    pub fn identifier(self) -> Each<'a, Identifier<'a>> {
        many(self.0, "identifier")
    }
    /// `Appointment.status`
    pub fn status(self) -> Option<&'a str> {
        one(self.0, "status")
    }
    /// `Appointment.cancelationReason`
    pub fn cancelation_reason(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "cancelationReason")
    }
    /// `Appointment.serviceCategory`
    pub fn service_category(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "serviceCategory")
    }
    /// `Appointment.serviceType`
    pub fn service_type(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "serviceType")
    }
    /// `Appointment.specialty`
    pub fn specialty(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "specialty")
    }
    /// `Appointment.appointmentType`
    pub fn appointment_type(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "appointmentType")
    }
    /// `Appointment.reasonCode`
    pub fn reason_code(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "reasonCode")
    }
    /// `Appointment.reasonReference`
    pub fn reason_reference(self) -> Each<'a, Reference<'a>> {
        many(self.0, "reasonReference")
    }
    /// `Appointment.priority`
    pub fn priority(self) -> Option<i64> {
        one(self.0, "priority")
    }
    /// `Appointment.description`
    pub fn description(self) -> Option<&'a str> {
        one(self.0, "description")
    }
    /// `Appointment.supportingInformation`
    pub fn supporting_information(self) -> Each<'a, Reference<'a>> {
        many(self.0, "supportingInformation")
    }
    /// `Appointment.start`
    pub fn start(self) -> Option<&'a str> {
        one(self.0, "start")
    }
    /// `Appointment.end`
    pub fn end(self) -> Option<&'a str> {
        one(self.0, "end")
    }
    /// `Appointment.minutesDuration`
    pub fn minutes_duration(self) -> Option<i64> {
        one(self.0, "minutesDuration")
    }
    /// `Appointment.slot`
    pub fn slot(self) -> Each<'a, Reference<'a>> {
        many(self.0, "slot")
    }
    /// `Appointment.created`
    pub fn created(self) -> Option<&'a str> {
        one(self.0, "created")
    }
    /// `Appointment.comment`
    pub fn comment(self) -> Option<&'a str> {
        one(self.0, "comment")
    }
    /// `Appointment.patientInstruction`
    pub fn patient_instruction(self) -> Option<&'a str> {
        one(self.0, "patientInstruction")
    }
    /// `Appointment.basedOn`
    pub fn based_on(self) -> Each<'a, Reference<'a>> {
        many(self.0, "basedOn")
    }
    /// `Appointment.participant`
    pub fn participant(self) -> Each<'a, AppointmentParticipant<'a>> {
        many(self.0, "participant")
    }
    /// `Appointment.requestedPeriod`
    pub fn requested_period(self) -> Each<'a, Period<'a>> {
        many(self.0, "requestedPeriod")
    }
}

/// [`Appointment.participant`](https://hl7.org/fhir/R4/appointment.html).
#[derive(Clone, Copy, Debug)]
pub struct AppointmentParticipant<'a>(&'a Json<'a>);

impl<'a> View<'a> for AppointmentParticipant<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        AppointmentParticipant(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> AppointmentParticipant<'a> {
    /// `Appointment.participant.type`
    pub fn r#type(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "type")
    }
    /// `Appointment.participant.actor`
    pub fn actor(self) -> Option<Reference<'a>> {
        one(self.0, "actor")
    }
    /// `Appointment.participant.required`
    pub fn required(self) -> Option<&'a str> {
        one(self.0, "required")
    }
    /// `Appointment.participant.status`
    pub fn status(self) -> Option<&'a str> {
        one(self.0, "status")
    }
    /// `Appointment.participant.period`
    pub fn period(self) -> Option<Period<'a>> {
        one(self.0, "period")
    }
}
