//! From the case to the last approval: what begins by itself, who may do what, and that nothing comes twice.

mod course;
mod every_order;
mod forged;
mod together;
mod verbs;
mod year;

use crate::Workflow;
use fhir::{Json, ResourceType};
use service::testing::{AllCare, TestHub};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Actor, Ctx, Role};

pub(super) struct House {
    pub hub: TestHub,
}

pub(super) async fn house() -> House {
    let hub = TestHub::new(vec![Arc::new(Workflow)]).await;
    hub.hub.ties_set(Arc::new(AllCare));
    hub.create(r#"{"resourceType":"Patient","id":"p1","name":[{"text":"Ada Exemple"}]}"#).await;
    for id in ["s1", "n1", "sec", "adm", "an"] {
        hub.create(&format!(
            r#"{{"resourceType":"Practitioner","id":"{id}","name":[{{"text":"Nom {id}"}}]}}"#
        ))
        .await;
    }
    House { hub }
}

pub(super) fn case(status: &str, more: &str) -> String {
    format!(
        r#"{{"resourceType":"ServiceRequest","id":"c1","status":"{status}","intent":"order","category":[{{"coding":[{{"system":"http://snomed.info/sct","code":"387713003"}}]}}],"code":{{"text":"Prothèse"}},"subject":{{"reference":"Patient/p1"}},"bodySite":[{{"coding":[{{"system":"http://snomed.info/sct","code":"7771000"}}]}}],"performer":[{{"reference":"Practitioner/s1"}}],"occurrencePeriod":{{"end":"2026-12-10"}}{more}}}"#
    )
}

pub(super) fn booking(status: &str) -> String {
    format!(
        r#"{{"resourceType":"Appointment","id":"b1","status":"{status}","serviceCategory":[{{"coding":[{{"system":"urn:medhub:appointment-kind","code":"theatre"}}]}}],"basedOn":[{{"reference":"ServiceRequest/c1"}}],"start":"2026-12-01T08:00:00Z","end":"2026-12-01T09:00:00Z","participant":[{{"actor":{{"reference":"Patient/p1"}},"status":"accepted"}}]}}"#
    )
}

pub(super) fn consent(status: &str, side: &str) -> String {
    format!(
        r#"{{"resourceType":"Consent","id":"k1","extension":[{{"url":"urn:medhub:consent:side","valueCode":"{side}"}}],"status":"{status}","scope":{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"treatment"}}]}},"category":[{{"coding":[{{"system":"http://loinc.org","code":"59284-0"}}]}}],"patient":{{"reference":"Patient/p1"}},"dateTime":"2026-11-22T08:00:00Z","policyRule":{{"text":"L.1111-4"}},"provision":{{"type":"permit","data":[{{"meaning":"related","reference":{{"reference":"ServiceRequest/c1"}}}}]}}}}"#
    )
}

impl House {
    pub fn ctx(&self, role: Role, person: &str) -> Ctx {
        let ctx = self.hub.ctx(&[role]);
        let person = Some(format!("Practitioner/{person}").into());
        let actor = Actor { person, ..(*ctx.actor).clone() };
        Ctx { actor: Arc::new(actor), ..ctx }
    }

    pub fn admin(&self) -> Ctx {
        self.ctx(Role::MedicalAdmin, "adm")
    }

    pub async fn put(&self, json: &str) {
        self.hub.create(json).await;
        self.hub.drain().await;
    }

    /// Status and body of the answer.
    pub async fn call(&self, ctx: Ctx, method: &str, path: &str, body: &str) -> (u16, Json<'static>) {
        match self.hub.call(&Workflow, ctx, method, path, body).await {
            Ok(reply) => {
                let json = fhir::json::parse(&reply.body).map_or(Json::Null, Json::into_owned);
                (reply.status, json)
            }
            Err(store::Error::Refused(issues)) => (422, Json::string(issues[0].text.key)),
            Err(store::Error::VersionConflict { .. }) => (412, Json::Null),
            Err(store::Error::Denied) => (403, Json::Null),
            Err(store::Error::NotFound) => (404, Json::Null),
            Err(other) => panic!("{other}"),
        }
    }

    pub async fn found(&self, rt: ResourceType) -> Vec<Json<'static>> {
        let params = vec![("_count".to_string(), "200".to_string())];
        let request = SearchRequest { rt: Some(rt), params, ..SearchRequest::default() };
        let page = self.hub.tenant.search(&Ctx::system("test"), &request).await.unwrap();
        let parsed =
            page.entries.iter().map(|one| fhir::json::parse(&one.visible.body).unwrap().into_owned());
        parsed.collect()
    }

    /// The state of each step of the approval.
    pub async fn states(&self) -> BTreeMap<String, String> {
        let mut states = BTreeMap::new();
        for task in self.found(ResourceType::TASK).await {
            let of = |concept: &Json<'_>, system: &str| {
                crate::element::coded(concept, system).unwrap_or_default().to_string()
            };
            let step = of(task.get("code").unwrap(), "urn:medhub:workflow-step");
            let state = of(task.get("businessStatus").unwrap(), "urn:medhub:workflow-state");
            assert_eq!(states.insert(step, state), None, "a step stands twice");
        }
        states
    }

    pub async fn state(&self, step: &str) -> String {
        self.states().await.remove(step).unwrap_or_default()
    }

    /// The step of the case `c1` as `status` tells it.
    pub async fn step(&self, ctx: Ctx, step: &str) -> Json<'static> {
        self.told(ctx, "c1", step).await
    }

    /// The same for the administration, of any case.
    pub async fn step_of(&self, case: &str, step: &str) -> Json<'static> {
        self.told(self.admin(), case, step).await
    }

    async fn told(&self, ctx: Ctx, case: &str, step: &str) -> Json<'static> {
        let path = format!("workflows/surgical/{case}/status");
        let (status, json) = self.call(ctx, "GET", &path, "").await;
        assert_eq!(status, 200);
        let mut steps = json.each("workflows").flat_map(|one| one.each("steps"));
        let found = steps.find(|one| one.get_str("step") == Some(step));
        found.expect("the step").clone().into_owned()
    }

    /// Does something with a step of the case `c1`, in the version that stands.
    pub async fn act(&self, ctx: Ctx, step: &str, verb: &str, more: &str) -> (u16, Json<'static>) {
        self.act_on(ctx, "c1", step, verb, more).await
    }

    pub async fn act_on(
        &self,
        ctx: Ctx,
        case: &str,
        step: &str,
        verb: &str,
        more: &str,
    ) -> (u16, Json<'static>) {
        let known = self.step_of(case, step).await;
        let version = known.get("version").and_then(Json::as_number).unwrap();
        let path = format!("workflows/tasks/{}/{verb}", known.get_str("id").unwrap());
        self.call(ctx, "POST", &path, &format!(r#"{{"version":{version}{more}}}"#)).await
    }
}
