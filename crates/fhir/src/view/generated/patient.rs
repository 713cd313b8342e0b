//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{
    Address, Any, Attachment, CodeableConcept, ContactPoint, Each, HumanName, Identifier, Meta, Period,
    Reference, View, any, many, one,
};

/// [`Patient`](https://hl7.org/fhir/R4/patient.html).
#[derive(Clone, Copy, Debug)]
pub struct Patient<'a>(&'a Json<'a>);

impl<'a> View<'a> for Patient<'a> {
    const RESOURCE: Option<&'static str> = Some("Patient");
    fn wrap(json: &'a Json<'a>) -> Self {
        Patient(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Patient<'a> {
    /// `Patient.id`
    pub fn id(self) -> Option<&'a str> {
        one(self.0, "id")
    }
    /// `Patient.meta`
    pub fn meta(self) -> Option<Meta<'a>> {
        one(self.0, "meta")
    }
    /// `Patient.identifier`
    pub fn identifier(self) -> Each<'a, Identifier<'a>> {
        many(self.0, "identifier")
    }
    /// `Patient.active`
    pub fn active(self) -> Option<bool> {
        one(self.0, "active")
    }
    /// `Patient.name`
    pub fn name(self) -> Each<'a, HumanName<'a>> {
        many(self.0, "name")
    }
    /// `Patient.telecom`
    pub fn telecom(self) -> Each<'a, ContactPoint<'a>> {
        many(self.0, "telecom")
    }
    /// `Patient.gender`
    pub fn gender(self) -> Option<&'a str> {
        one(self.0, "gender")
    }
    /// `Patient.birthDate`
    pub fn birth_date(self) -> Option<&'a str> {
        one(self.0, "birthDate")
    }
    /// `Patient.deceased[x]`
    pub fn deceased(self) -> Option<PatientDeceased<'a>> {
        PatientDeceased::of(self.0)
    }
    /// `Patient.address`
    pub fn address(self) -> Each<'a, Address<'a>> {
        many(self.0, "address")
    }
    /// `Patient.maritalStatus`
    pub fn marital_status(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "maritalStatus")
    }
    /// `Patient.multipleBirth[x]`
    pub fn multiple_birth(self) -> Option<PatientMultipleBirth<'a>> {
        PatientMultipleBirth::of(self.0)
    }
    /// `Patient.photo`
    pub fn photo(self) -> Each<'a, Attachment<'a>> {
        many(self.0, "photo")
    }
    /// `Patient.contact`
    pub fn contact(self) -> Each<'a, PatientContact<'a>> {
        many(self.0, "contact")
    }
    /// `Patient.communication`
    pub fn communication(self) -> Each<'a, PatientCommunication<'a>> {
        many(self.0, "communication")
    }
    /// `Patient.generalPractitioner`
    pub fn general_practitioner(self) -> Each<'a, Reference<'a>> {
        many(self.0, "generalPractitioner")
    }
    /// `Patient.managingOrganization`
    pub fn managing_organization(self) -> Option<Reference<'a>> {
        one(self.0, "managingOrganization")
    }
    /// `Patient.link`
    pub fn link(self) -> Each<'a, PatientLink<'a>> {
        many(self.0, "link")
    }
}

/// `Patient.deceased[x]`
#[derive(Clone, Copy, Debug)]
pub enum PatientDeceased<'a> {
    Boolean(bool),
    DateTime(&'a str),
}

impl<'a> PatientDeceased<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "deceasedBoolean").map(PatientDeceased::Boolean))
            .or_else(|| one(json, "deceasedDateTime").map(PatientDeceased::DateTime))
    }
}

/// `Patient.multipleBirth[x]`
#[derive(Clone, Copy, Debug)]
pub enum PatientMultipleBirth<'a> {
    Boolean(bool),
    Integer(i64),
    #[doc(hidden)]
    Never(std::convert::Infallible, &'a ()),
}

impl<'a> PatientMultipleBirth<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "multipleBirthBoolean").map(PatientMultipleBirth::Boolean))
            .or_else(|| one(json, "multipleBirthInteger").map(PatientMultipleBirth::Integer))
    }
}

/// [`Patient.contact`](https://hl7.org/fhir/R4/patient.html).
#[derive(Clone, Copy, Debug)]
pub struct PatientContact<'a>(&'a Json<'a>);

impl<'a> View<'a> for PatientContact<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        PatientContact(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> PatientContact<'a> {
    /// `Patient.contact.relationship`
    pub fn relationship(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "relationship")
    }
    /// `Patient.contact.name`
    pub fn name(self) -> Option<HumanName<'a>> {
        one(self.0, "name")
    }
    /// `Patient.contact.telecom`
    pub fn telecom(self) -> Each<'a, ContactPoint<'a>> {
        many(self.0, "telecom")
    }
    /// `Patient.contact.address`
    pub fn address(self) -> Option<Address<'a>> {
        one(self.0, "address")
    }
    /// `Patient.contact.gender`
    pub fn gender(self) -> Option<&'a str> {
        one(self.0, "gender")
    }
    /// `Patient.contact.organization`
    pub fn organization(self) -> Option<Reference<'a>> {
        one(self.0, "organization")
    }
    /// `Patient.contact.period`
    pub fn period(self) -> Option<Period<'a>> {
        one(self.0, "period")
    }
}

/// [`Patient.communication`](https://hl7.org/fhir/R4/patient.html).
#[derive(Clone, Copy, Debug)]
pub struct PatientCommunication<'a>(&'a Json<'a>);

impl<'a> View<'a> for PatientCommunication<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        PatientCommunication(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> PatientCommunication<'a> {
    /// `Patient.communication.language`
    pub fn language(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "language")
    }
    /// `Patient.communication.preferred`
    pub fn preferred(self) -> Option<bool> {
        one(self.0, "preferred")
    }
}

/// [`Patient.link`](https://hl7.org/fhir/R4/patient.html).
#[derive(Clone, Copy, Debug)]
pub struct PatientLink<'a>(&'a Json<'a>);

impl<'a> View<'a> for PatientLink<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        PatientLink(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> PatientLink<'a> {
    /// `Patient.link.other`
    pub fn other(self) -> Option<Reference<'a>> {
        one(self.0, "other")
    }
    /// `Patient.link.type`
    pub fn r#type(self) -> Option<&'a str> {
        one(self.0, "type")
    }
}
