//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, CodeableConcept, Coding, Each, Meta, Period, Reference, View, any, many, one};

/// [`AuditEvent`](https://hl7.org/fhir/R4/auditevent.html).
#[derive(Clone, Copy, Debug)]
pub struct AuditEvent<'a>(&'a Json<'a>);

impl<'a> View<'a> for AuditEvent<'a> {
    const RESOURCE: Option<&'static str> = Some("AuditEvent");
    fn wrap(json: &'a Json<'a>) -> Self {
        AuditEvent(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> AuditEvent<'a> {
    /// `AuditEvent.id`
    pub fn id(self) -> Option<&'a str> {
        one(self.0, "id")
    }
    /// `AuditEvent.meta`
    pub fn meta(self) -> Option<Meta<'a>> {
        one(self.0, "meta")
    }
    /// `AuditEvent.type`
    pub fn r#type(self) -> Option<Coding<'a>> {
        one(self.0, "type")
    }
    /// `AuditEvent.subtype`
    pub fn subtype(self) -> Each<'a, Coding<'a>> {
        many(self.0, "subtype")
    }
    /// `AuditEvent.action`
    pub fn action(self) -> Option<&'a str> {
        one(self.0, "action")
    }
    /// `AuditEvent.period`
    pub fn period(self) -> Option<Period<'a>> {
        one(self.0, "period")
    }
    /// `AuditEvent.recorded`
    pub fn recorded(self) -> Option<&'a str> {
        one(self.0, "recorded")
    }
    /// `AuditEvent.outcome`
    pub fn outcome(self) -> Option<&'a str> {
        one(self.0, "outcome")
    }
    /// `AuditEvent.outcomeDesc`
    pub fn outcome_desc(self) -> Option<&'a str> {
        one(self.0, "outcomeDesc")
    }
    /// `AuditEvent.purposeOfEvent`
    pub fn purpose_of_event(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "purposeOfEvent")
    }
    /// `AuditEvent.agent`
    pub fn agent(self) -> Each<'a, AuditEventAgent<'a>> {
        many(self.0, "agent")
    }
    /// `AuditEvent.source`
    pub fn source(self) -> Option<AuditEventSource<'a>> {
        one(self.0, "source")
    }
    /// `AuditEvent.entity`
    pub fn entity(self) -> Each<'a, AuditEventEntity<'a>> {
        many(self.0, "entity")
    }
}

/// [`AuditEvent.agent`](https://hl7.org/fhir/R4/auditevent.html).
#[derive(Clone, Copy, Debug)]
pub struct AuditEventAgent<'a>(&'a Json<'a>);

impl<'a> View<'a> for AuditEventAgent<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        AuditEventAgent(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> AuditEventAgent<'a> {
    /// `AuditEvent.agent.type`
    pub fn r#type(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "type")
    }
    /// `AuditEvent.agent.role`
    pub fn role(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "role")
    }
    /// `AuditEvent.agent.who`
    pub fn who(self) -> Option<Reference<'a>> {
        one(self.0, "who")
    }
    /// `AuditEvent.agent.altId`
    pub fn alt_id(self) -> Option<&'a str> {
        one(self.0, "altId")
    }
    /// `AuditEvent.agent.name`
    pub fn name(self) -> Option<&'a str> {
        one(self.0, "name")
    }
    /// `AuditEvent.agent.requestor`
    pub fn requestor(self) -> Option<bool> {
        one(self.0, "requestor")
    }
    /// `AuditEvent.agent.location`
    pub fn location(self) -> Option<Reference<'a>> {
        one(self.0, "location")
    }
    /// `AuditEvent.agent.policy`
    pub fn policy(self) -> Each<'a, &'a str> {
        many(self.0, "policy")
    }
    /// `AuditEvent.agent.media`
    pub fn media(self) -> Option<Coding<'a>> {
        one(self.0, "media")
    }
    /// `AuditEvent.agent.network`
    pub fn network(self) -> Option<AuditEventAgentNetwork<'a>> {
        one(self.0, "network")
    }
    /// `AuditEvent.agent.purposeOfUse`
    pub fn purpose_of_use(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "purposeOfUse")
    }
}

/// [`AuditEvent.agent.network`](https://hl7.org/fhir/R4/auditevent.html).
#[derive(Clone, Copy, Debug)]
pub struct AuditEventAgentNetwork<'a>(&'a Json<'a>);

impl<'a> View<'a> for AuditEventAgentNetwork<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        AuditEventAgentNetwork(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> AuditEventAgentNetwork<'a> {
    /// `AuditEvent.agent.network.address`
    pub fn address(self) -> Option<&'a str> {
        one(self.0, "address")
    }
    /// `AuditEvent.agent.network.type`
    pub fn r#type(self) -> Option<&'a str> {
        one(self.0, "type")
    }
}

/// [`AuditEvent.source`](https://hl7.org/fhir/R4/auditevent.html).
#[derive(Clone, Copy, Debug)]
pub struct AuditEventSource<'a>(&'a Json<'a>);

impl<'a> View<'a> for AuditEventSource<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        AuditEventSource(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> AuditEventSource<'a> {
    /// `AuditEvent.source.site`
    pub fn site(self) -> Option<&'a str> {
        one(self.0, "site")
    }
    /// `AuditEvent.source.observer`
    pub fn observer(self) -> Option<Reference<'a>> {
        one(self.0, "observer")
    }
    /// `AuditEvent.source.type`
    pub fn r#type(self) -> Each<'a, Coding<'a>> {
        many(self.0, "type")
    }
}

/// [`AuditEvent.entity`](https://hl7.org/fhir/R4/auditevent.html).
#[derive(Clone, Copy, Debug)]
pub struct AuditEventEntity<'a>(&'a Json<'a>);

impl<'a> View<'a> for AuditEventEntity<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        AuditEventEntity(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> AuditEventEntity<'a> {
    /// `AuditEvent.entity.what`
    pub fn what(self) -> Option<Reference<'a>> {
        one(self.0, "what")
    }
    /// `AuditEvent.entity.type`
    pub fn r#type(self) -> Option<Coding<'a>> {
        one(self.0, "type")
    }
    /// `AuditEvent.entity.role`
    pub fn role(self) -> Option<Coding<'a>> {
        one(self.0, "role")
    }
    /// `AuditEvent.entity.lifecycle`
    pub fn lifecycle(self) -> Option<Coding<'a>> {
        one(self.0, "lifecycle")
    }
    /// `AuditEvent.entity.securityLabel`
    pub fn security_label(self) -> Each<'a, Coding<'a>> {
        many(self.0, "securityLabel")
    }
    /// `AuditEvent.entity.name`
    pub fn name(self) -> Option<&'a str> {
        one(self.0, "name")
    }
    /// `AuditEvent.entity.description`
    pub fn description(self) -> Option<&'a str> {
        one(self.0, "description")
    }
    /// `AuditEvent.entity.query`
    pub fn query(self) -> Option<&'a str> {
        one(self.0, "query")
    }
    /// `AuditEvent.entity.detail`
    pub fn detail(self) -> Each<'a, AuditEventEntityDetail<'a>> {
        many(self.0, "detail")
    }
}

/// [`AuditEvent.entity.detail`](https://hl7.org/fhir/R4/auditevent.html).
#[derive(Clone, Copy, Debug)]
pub struct AuditEventEntityDetail<'a>(&'a Json<'a>);

impl<'a> View<'a> for AuditEventEntityDetail<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        AuditEventEntityDetail(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> AuditEventEntityDetail<'a> {
    /// `AuditEvent.entity.detail.type`
    pub fn r#type(self) -> Option<&'a str> {
        one(self.0, "type")
    }
    /// `AuditEvent.entity.detail.value[x]`
    pub fn value(self) -> Option<AuditEventEntityDetailValue<'a>> {
        AuditEventEntityDetailValue::of(self.0)
    }
}

/// `AuditEvent.entity.detail.value[x]`
#[derive(Clone, Copy, Debug)]
pub enum AuditEventEntityDetailValue<'a> {
    String(&'a str),
    Base64Binary(&'a str),
}

impl<'a> AuditEventEntityDetailValue<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "valueString").map(AuditEventEntityDetailValue::String))
            .or_else(|| one(json, "valueBase64Binary").map(AuditEventEntityDetailValue::Base64Binary))
    }
}
