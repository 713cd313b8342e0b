//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{
    Any, CodeableConcept, ContactPoint, Each, Identifier, Meta, Period, Reference, View, any, many, one,
};

/// [`PractitionerRole`](https://hl7.org/fhir/R4/practitionerrole.html).
#[derive(Clone, Copy, Debug)]
pub struct PractitionerRole<'a>(&'a Json<'a>);

impl<'a> View<'a> for PractitionerRole<'a> {
    const RESOURCE: Option<&'static str> = Some("PractitionerRole");
    fn wrap(json: &'a Json<'a>) -> Self {
        PractitionerRole(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> PractitionerRole<'a> {
    /// `PractitionerRole.id`
    pub fn id(self) -> Option<&'a str> {
        one(self.0, "id")
    }
    /// `PractitionerRole.meta`
    pub fn meta(self) -> Option<Meta<'a>> {
        one(self.0, "meta")
    }
    /// `PractitionerRole.identifier`
    pub fn identifier(self) -> Each<'a, Identifier<'a>> {
        many(self.0, "identifier")
    }
    /// `PractitionerRole.active`
    pub fn active(self) -> Option<bool> {
        one(self.0, "active")
    }
    /// `PractitionerRole.period`
    pub fn period(self) -> Option<Period<'a>> {
        one(self.0, "period")
    }
    /// `PractitionerRole.practitioner`
    pub fn practitioner(self) -> Option<Reference<'a>> {
        one(self.0, "practitioner")
    }
    /// `PractitionerRole.organization`
    pub fn organization(self) -> Option<Reference<'a>> {
        one(self.0, "organization")
    }
    /// `PractitionerRole.code`
    pub fn code(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "code")
    }
    /// `PractitionerRole.specialty`
    pub fn specialty(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "specialty")
    }
    /// `PractitionerRole.location`
    pub fn location(self) -> Each<'a, Reference<'a>> {
        many(self.0, "location")
    }
    /// `PractitionerRole.healthcareService`
    pub fn healthcare_service(self) -> Each<'a, Reference<'a>> {
        many(self.0, "healthcareService")
    }
    /// `PractitionerRole.telecom`
    pub fn telecom(self) -> Each<'a, ContactPoint<'a>> {
        many(self.0, "telecom")
    }
    /// `PractitionerRole.availableTime`
    pub fn available_time(self) -> Each<'a, PractitionerRoleAvailableTime<'a>> {
        many(self.0, "availableTime")
    }
    /// `PractitionerRole.notAvailable`
    pub fn not_available(self) -> Each<'a, PractitionerRoleNotAvailable<'a>> {
        many(self.0, "notAvailable")
    }
    /// `PractitionerRole.availabilityExceptions`
    pub fn availability_exceptions(self) -> Option<&'a str> {
        one(self.0, "availabilityExceptions")
    }
    /// `PractitionerRole.endpoint`
    pub fn endpoint(self) -> Each<'a, Reference<'a>> {
        many(self.0, "endpoint")
    }
}

/// [`PractitionerRole.availableTime`](https://hl7.org/fhir/R4/practitionerrole.html).
#[derive(Clone, Copy, Debug)]
pub struct PractitionerRoleAvailableTime<'a>(&'a Json<'a>);

impl<'a> View<'a> for PractitionerRoleAvailableTime<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        PractitionerRoleAvailableTime(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> PractitionerRoleAvailableTime<'a> {
    /// `PractitionerRole.availableTime.daysOfWeek`
    pub fn days_of_week(self) -> Each<'a, &'a str> {
        many(self.0, "daysOfWeek")
    }
    /// `PractitionerRole.availableTime.allDay`
    pub fn all_day(self) -> Option<bool> {
        one(self.0, "allDay")
    }
    /// `PractitionerRole.availableTime.availableStartTime`
    pub fn available_start_time(self) -> Option<&'a str> {
        one(self.0, "availableStartTime")
    }
    /// `PractitionerRole.availableTime.availableEndTime`
    pub fn available_end_time(self) -> Option<&'a str> {
        one(self.0, "availableEndTime")
    }
}

/// [`PractitionerRole.notAvailable`](https://hl7.org/fhir/R4/practitionerrole.html).
#[derive(Clone, Copy, Debug)]
pub struct PractitionerRoleNotAvailable<'a>(&'a Json<'a>);

impl<'a> View<'a> for PractitionerRoleNotAvailable<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        PractitionerRoleNotAvailable(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> PractitionerRoleNotAvailable<'a> {
    /// `PractitionerRole.notAvailable.description`
    pub fn description(self) -> Option<&'a str> {
        one(self.0, "description")
    }
    /// `PractitionerRole.notAvailable.during`
    pub fn during(self) -> Option<Period<'a>> {
        one(self.0, "during")
    }
}
