//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{
    Annotation, Any, CodeableConcept, Each, Identifier, Meta, Period, Reference, View, any, many, one,
};

/// [`Task`](https://hl7.org/fhir/R4/task.html).
#[derive(Clone, Copy, Debug)]
pub struct Task<'a>(&'a Json<'a>);

impl<'a> View<'a> for Task<'a> {
    const RESOURCE: Option<&'static str> = Some("Task");
    fn wrap(json: &'a Json<'a>) -> Self {
        Task(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Task<'a> {
    /// `Task.id`
    pub fn id(self) -> Option<&'a str> {
        one(self.0, "id")
    }
    /// `Task.meta`
    pub fn meta(self) -> Option<Meta<'a>> {
        one(self.0, "meta")
    }
    /// `Task.identifier`
    pub fn identifier(self) -> Each<'a, Identifier<'a>> {
        many(self.0, "identifier")
    }
    /// `Task.instantiatesCanonical`
    pub fn instantiates_canonical(self) -> Option<&'a str> {
        one(self.0, "instantiatesCanonical")
    }
    /// `Task.instantiatesUri`
    pub fn instantiates_uri(self) -> Option<&'a str> {
        one(self.0, "instantiatesUri")
    }
    /// `Task.basedOn`
    pub fn based_on(self) -> Each<'a, Reference<'a>> {
        many(self.0, "basedOn")
    }
    /// `Task.groupIdentifier`
    pub fn group_identifier(self) -> Option<Identifier<'a>> {
        one(self.0, "groupIdentifier")
    }
    /// `Task.partOf`
    pub fn part_of(self) -> Each<'a, Reference<'a>> {
        many(self.0, "partOf")
    }
    /// `Task.status`
    pub fn status(self) -> Option<&'a str> {
        one(self.0, "status")
    }
    /// `Task.statusReason`
    pub fn status_reason(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "statusReason")
    }
    /// `Task.businessStatus`
    pub fn business_status(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "businessStatus")
    }
    /// `Task.intent`
    pub fn intent(self) -> Option<&'a str> {
        one(self.0, "intent")
    }
    /// `Task.priority`
    pub fn priority(self) -> Option<&'a str> {
        one(self.0, "priority")
    }
    /// `Task.code`
    pub fn code(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "code")
    }
    /// `Task.description`
    pub fn description(self) -> Option<&'a str> {
        one(self.0, "description")
    }
    /// `Task.focus`
    pub fn focus(self) -> Option<Reference<'a>> {
        one(self.0, "focus")
    }
    /// `Task.for`
    pub fn r#for(self) -> Option<Reference<'a>> {
        one(self.0, "for")
    }
    /// `Task.encounter`
    pub fn encounter(self) -> Option<Reference<'a>> {
        one(self.0, "encounter")
    }
    /// `Task.executionPeriod`
    pub fn execution_period(self) -> Option<Period<'a>> {
        one(self.0, "executionPeriod")
    }
    /// `Task.authoredOn`
    pub fn authored_on(self) -> Option<&'a str> {
        one(self.0, "authoredOn")
    }
    /// `Task.lastModified`
    pub fn last_modified(self) -> Option<&'a str> {
        one(self.0, "lastModified")
    }
    /// `Task.requester`
    pub fn requester(self) -> Option<Reference<'a>> {
        one(self.0, "requester")
    }
    /// `Task.performerType`
    pub fn performer_type(self) -> Each<'a, CodeableConcept<'a>> {
        many(self.0, "performerType")
    }
    /// `Task.owner`
    pub fn owner(self) -> Option<Reference<'a>> {
        one(self.0, "owner")
    }
    /// `Task.location`
    pub fn location(self) -> Option<Reference<'a>> {
        one(self.0, "location")
    }
    /// `Task.reasonCode`
    pub fn reason_code(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "reasonCode")
    }
    /// `Task.reasonReference`
    pub fn reason_reference(self) -> Option<Reference<'a>> {
        one(self.0, "reasonReference")
    }
    /// `Task.insurance`
    pub fn insurance(self) -> Each<'a, Reference<'a>> {
        many(self.0, "insurance")
    }
    /// `Task.note`
    pub fn note(self) -> Each<'a, Annotation<'a>> {
        many(self.0, "note")
    }
    /// `Task.relevantHistory`
    pub fn relevant_history(self) -> Each<'a, Reference<'a>> {
        many(self.0, "relevantHistory")
    }
    /// `Task.restriction`
    pub fn restriction(self) -> Option<TaskRestriction<'a>> {
        one(self.0, "restriction")
    }
    /// `Task.input`
    pub fn input(self) -> Each<'a, TaskInput<'a>> {
        many(self.0, "input")
    }
    /// `Task.output`
    pub fn output(self) -> Each<'a, TaskOutput<'a>> {
        many(self.0, "output")
    }
}

/// [`Task.restriction`](https://hl7.org/fhir/R4/task.html).
#[derive(Clone, Copy, Debug)]
pub struct TaskRestriction<'a>(&'a Json<'a>);

impl<'a> View<'a> for TaskRestriction<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        TaskRestriction(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> TaskRestriction<'a> {
    /// `Task.restriction.repetitions`
    pub fn repetitions(self) -> Option<i64> {
        one(self.0, "repetitions")
    }
    /// `Task.restriction.period`
    pub fn period(self) -> Option<Period<'a>> {
        one(self.0, "period")
    }
    /// `Task.restriction.recipient`
    pub fn recipient(self) -> Each<'a, Reference<'a>> {
        many(self.0, "recipient")
    }
}

/// [`Task.input`](https://hl7.org/fhir/R4/task.html).
#[derive(Clone, Copy, Debug)]
pub struct TaskInput<'a>(&'a Json<'a>);

impl<'a> View<'a> for TaskInput<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        TaskInput(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> TaskInput<'a> {
    /// `Task.input.type`
    pub fn r#type(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "type")
    }
    /// `Task.input.value[x]`
    pub fn value(self) -> Option<Any<'a>> {
        any(self.0, "value")
    }
}

/// [`Task.output`](https://hl7.org/fhir/R4/task.html).
#[derive(Clone, Copy, Debug)]
pub struct TaskOutput<'a>(&'a Json<'a>);

impl<'a> View<'a> for TaskOutput<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        TaskOutput(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> TaskOutput<'a> {
    /// `Task.output.type`
    pub fn r#type(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "type")
    }
    /// `Task.output.value[x]`
    pub fn value(self) -> Option<Any<'a>> {
        any(self.0, "value")
    }
}
