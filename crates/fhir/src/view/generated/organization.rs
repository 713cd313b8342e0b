//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{
    Address, Any, CodeableConcept, ContactPoint, Each, HumanName, Identifier, Meta, Reference, View, any,
    many, one,
};

/// [`Organization`](https://hl7.org/fhir/R4/organization.html).
#[derive(Clone, Copy, Debug)]
pub struct Organization<'a>(&'a Json<'a>);

impl<'a> View<'a> for Organization<'a> {
    const RESOURCE: Option<&'static str> = Some("Organization");
    fn wrap(json: &'a Json<'a>) -> Self {
        Organization(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Organization<'a> {
    /// `Organization.id`
    pub fn id(self) -> Option<&'a str> {
        one(self.0, "id")
    }
    /// `Organization.meta`
    pub fn meta(self) -> Option<Meta<'a>> {
        one(self.0, "meta")
    }
    /// `Organization.identifier`
    pub fn identifier(self) -> Each<'a, Identifier<'a>> {
        many(self.0, "identifier")
    }
    /// `Organization.active`
    pub fn active(self) -> Option<bool> {
        one(self.0, "active")
    }
    /// `Organization.type`
    pub fn r#type(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "type")
    }
    /// `Organization.name`
    pub fn name(self) -> Option<&'a str> {
        one(self.0, "name")
    }
    /// `Organization.alias`
    pub fn alias(self) -> Each<'a, &'a str> {
        many(self.0, "alias")
    }
    /// `Organization.telecom`
    pub fn telecom(self) -> Each<'a, ContactPoint<'a>> {
        many(self.0, "telecom")
    }
    /// `Organization.address`
    pub fn address(self) -> Each<'a, Address<'a>> {
        many(self.0, "address")
    }
    /// `Organization.partOf`
    pub fn part_of(self) -> Option<Reference<'a>> {
        one(self.0, "partOf")
    }
    /// `Organization.contact`
    pub fn contact(self) -> Each<'a, OrganizationContact<'a>> {
        many(self.0, "contact")
    }
    /// `Organization.endpoint`
    pub fn endpoint(self) -> Each<'a, Reference<'a>> {
        many(self.0, "endpoint")
    }
}

/// [`Organization.contact`](https://hl7.org/fhir/R4/organization.html).
#[derive(Clone, Copy, Debug)]
pub struct OrganizationContact<'a>(&'a Json<'a>);

impl<'a> View<'a> for OrganizationContact<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        OrganizationContact(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> OrganizationContact<'a> {
    /// `Organization.contact.purpose`
    pub fn purpose(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "purpose")
    }
    /// `Organization.contact.name`
    pub fn name(self) -> Option<HumanName<'a>> {
        one(self.0, "name")
    }
    /// `Organization.contact.telecom`
    pub fn telecom(self) -> Each<'a, ContactPoint<'a>> {
        many(self.0, "telecom")
    }
    /// `Organization.contact.address`
    pub fn address(self) -> Option<Address<'a>> {
        one(self.0, "address")
    }
}
