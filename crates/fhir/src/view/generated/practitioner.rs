//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{
    Address, Any, Attachment, CodeableConcept, ContactPoint, Each, HumanName, Identifier, Meta, Period,
    Reference, View, any, many, one,
};

/// [`Practitioner`](https://hl7.org/fhir/R4/practitioner.html).
#[derive(Clone, Copy, Debug)]
pub struct Practitioner<'a>(&'a Json<'a>);

impl<'a> View<'a> for Practitioner<'a> {
    const RESOURCE: Option<&'static str> = Some("Practitioner");
    fn wrap(json: &'a Json<'a>) -> Self {
        Practitioner(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Practitioner<'a> {
    /// `Practitioner.id`
    pub fn id(self) -> Option<&'a str> {
        one(self.0, "id")
    }
    /// `Practitioner.meta`
    pub fn meta(self) -> Option<Meta<'a>> {
        one(self.0, "meta")
    }
    /// `Practitioner.identifier`
    pub fn identifier(self) -> Each<'a, Identifier<'a>> {
        many(self.0, "identifier")
    }
    /// `Practitioner.active`
    pub fn active(self) -> Option<bool> {
        one(self.0, "active")
    }
    /// `Practitioner.name`
    pub fn name(self) -> Each<'a, HumanName<'a>> {
        many(self.0, "name")
    }
    /// `Practitioner.telecom`
    pub fn telecom(self) -> Each<'a, ContactPoint<'a>> {
        many(self.0, "telecom")
    }
    /// `Practitioner.address`
    pub fn address(self) -> Each<'a, Address<'a>> {
        many(self.0, "address")
    }
    /// `Practitioner.gender`
    pub fn gender(self) -> Option<&'a str> {
        one(self.0, "gender")
    }
    /// `Practitioner.birthDate`
    pub fn birth_date(self) -> Option<&'a str> {
        one(self.0, "birthDate")
    }
    /// `Practitioner.photo`
    pub fn photo(self) -> Each<'a, Attachment<'a>> {
        many(self.0, "photo")
    }
    /// `Practitioner.qualification`
    pub fn qualification(self) -> Each<'a, PractitionerQualification<'a>> {
        many(self.0, "qualification")
    }
    /// `Practitioner.communication`
    pub fn communication(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "communication")
    }
}

/// [`Practitioner.qualification`](https://hl7.org/fhir/R4/practitioner.html).
#[derive(Clone, Copy, Debug)]
pub struct PractitionerQualification<'a>(&'a Json<'a>);

impl<'a> View<'a> for PractitionerQualification<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        PractitionerQualification(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> PractitionerQualification<'a> {
    /// `Practitioner.qualification.identifier`
    pub fn identifier(self) -> Each<'a, Identifier<'a>> {
        many(self.0, "identifier")
    }
    /// `Practitioner.qualification.code`
    pub fn code(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "code")
    }
    /// `Practitioner.qualification.period`
    pub fn period(self) -> Option<Period<'a>> {
        one(self.0, "period")
    }
    /// `Practitioner.qualification.issuer`
    pub fn issuer(self) -> Option<Reference<'a>> {
        one(self.0, "issuer")
    }
}
