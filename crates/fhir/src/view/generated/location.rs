//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{
    Address, Any, CodeableConcept, Coding, ContactPoint, Each, Identifier, Meta, Reference, View, any, many,
    one,
};

/// [`Location`](https://hl7.org/fhir/R4/location.html).
#[derive(Clone, Copy, Debug)]
pub struct Location<'a>(&'a Json<'a>);

impl<'a> View<'a> for Location<'a> {
    const RESOURCE: Option<&'static str> = Some("Location");
    fn wrap(json: &'a Json<'a>) -> Self {
        Location(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Location<'a> {
    /// `Location.id`
    pub fn id(self) -> Option<&'a str> {
        one(self.0, "id")
    }
    /// `Location.meta`
    pub fn meta(self) -> Option<Meta<'a>> {
        one(self.0, "meta")
    }
    /// `Location.identifier`
    pub fn identifier(self) -> Each<'a, Identifier<'a>> {
        many(self.0, "identifier")
    }
    /// `Location.status`
    pub fn status(self) -> Option<&'a str> {
        one(self.0, "status")
    }
    /// `Location.operationalStatus`
    pub fn operational_status(self) -> Option<Coding<'a>> {
        one(self.0, "operationalStatus")
    }
    /// `Location.name`
    pub fn name(self) -> Option<&'a str> {
        one(self.0, "name")
    }
    /// `Location.alias`
    pub fn alias(self) -> Each<'a, &'a str> {
        many(self.0, "alias")
    }
    /// `Location.description`
    pub fn description(self) -> Option<&'a str> {
        one(self.0, "description")
    }
    /// `Location.mode`
    pub fn mode(self) -> Option<&'a str> {
        one(self.0, "mode")
    }
    /// `Location.type`
    pub fn r#type(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "type")
    }
    /// `Location.telecom`
    pub fn telecom(self) -> Each<'a, ContactPoint<'a>> {
        many(self.0, "telecom")
    }
    /// `Location.address`
    pub fn address(self) -> Option<Address<'a>> {
        one(self.0, "address")
    }
    /// `Location.physicalType`
    pub fn physical_type(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "physicalType")
    }
    /// `Location.position`
    pub fn position(self) -> Option<LocationPosition<'a>> {
        one(self.0, "position")
    }
    /// `Location.managingOrganization`
    pub fn managing_organization(self) -> Option<Reference<'a>> {
        one(self.0, "managingOrganization")
    }
    /// `Location.partOf`
    pub fn part_of(self) -> Option<Reference<'a>> {
        one(self.0, "partOf")
    }
    /// `Location.hoursOfOperation`
    pub fn hours_of_operation(self) -> Each<'a, LocationHoursOfOperation<'a>> {
        many(self.0, "hoursOfOperation")
    }
    /// `Location.availabilityExceptions`
    pub fn availability_exceptions(self) -> Option<&'a str> {
        one(self.0, "availabilityExceptions")
    }
    /// `Location.endpoint`
    pub fn endpoint(self) -> Each<'a, Reference<'a>> {
        many(self.0, "endpoint")
    }
}

/// [`Location.position`](https://hl7.org/fhir/R4/location.html).
#[derive(Clone, Copy, Debug)]
pub struct LocationPosition<'a>(&'a Json<'a>);

impl<'a> View<'a> for LocationPosition<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        LocationPosition(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> LocationPosition<'a> {
    /// `Location.position.longitude`
    pub fn longitude(self) -> Option<&'a str> {
        one(self.0, "longitude")
    }
    /// `Location.position.latitude`
    pub fn latitude(self) -> Option<&'a str> {
        one(self.0, "latitude")
    }
    /// `Location.position.altitude`
    pub fn altitude(self) -> Option<&'a str> {
        one(self.0, "altitude")
    }
}

/// [`Location.hoursOfOperation`](https://hl7.org/fhir/R4/location.html).
#[derive(Clone, Copy, Debug)]
pub struct LocationHoursOfOperation<'a>(&'a Json<'a>);

impl<'a> View<'a> for LocationHoursOfOperation<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        LocationHoursOfOperation(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> LocationHoursOfOperation<'a> {
    /// `Location.hoursOfOperation.daysOfWeek`
    pub fn days_of_week(self) -> Each<'a, &'a str> {
        many(self.0, "daysOfWeek")
    }
    /// `Location.hoursOfOperation.allDay`
    pub fn all_day(self) -> Option<bool> {
        one(self.0, "allDay")
    }
    /// `Location.hoursOfOperation.openingTime`
    pub fn opening_time(self) -> Option<&'a str> {
        one(self.0, "openingTime")
    }
    /// `Location.hoursOfOperation.closingTime`
    pub fn closing_time(self) -> Option<&'a str> {
        one(self.0, "closingTime")
    }
}
