//! Rules of access at the store's boundary, with ties read from the record.

use super::Ties;
use fhir::{Json, ResourceType};
use policy::{Group, Policies, Verb};
use service::testing::TestHub;
use std::sync::Arc;
use std::time::Duration;
use store::search::SearchRequest;
use store::{Actor, BreakGlass, Ctx, Error, Grant, HistoryRequest, Purpose, Result, Role, Scope, Write};
use uuid::Uuid;

const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

/// Two sites. Ada treats `p` at the first; Bob works at the second, Nina at the first; `q` is nobody's.
const CLINIC: &[&str] = &[
    r#"{"resourceType":"Organization","id":"one","name":"One"}"#,
    r#"{"resourceType":"Organization","id":"two","name":"Two"}"#,
    r#"{"resourceType":"Location","id":"room","managingOrganization":{"reference":"Organization/one"}}"#,
    r#"{"resourceType":"Practitioner","id":"ada"}"#,
    r#"{"resourceType":"Practitioner","id":"bob"}"#,
    r#"{"resourceType":"Practitioner","id":"nina"}"#,
    r#"{"resourceType":"PractitionerRole","id":"ada1","practitioner":{"reference":"Practitioner/ada"},"organization":{"reference":"Organization/one"}}"#,
    r#"{"resourceType":"PractitionerRole","id":"bob2","practitioner":{"reference":"Practitioner/bob"},"organization":{"reference":"Organization/two"}}"#,
    r#"{"resourceType":"PractitionerRole","id":"nina1","practitioner":{"reference":"Practitioner/nina"},"organization":{"reference":"Organization/one"}}"#,
    r#"{"resourceType":"Patient","id":"p","gender":"female","name":[{"family":"Petit"}],"telecom":[{"system":"phone","value":"0600000001"}]}"#,
    r#"{"resourceType":"Patient","id":"q","name":[{"family":"Quentin"}],"telecom":[{"system":"phone","value":"0600000002"}]}"#,
    r#"{"resourceType":"Encounter","id":"e","status":"in-progress","class":{"code":"IMP"},"subject":{"reference":"Patient/p"},
        "participant":[{"individual":{"reference":"Practitioner/ada"}}],"reasonCode":[{"text":"genou"}],
        "location":[{"location":{"reference":"Location/room"}}]}"#,
    r#"{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"urn:x","code":"knee"}]}}"#,
    r#"{"resourceType":"Condition","id":"cq","subject":{"reference":"Patient/q"},"code":{"coding":[{"system":"urn:x","code":"knee"}]}}"#,
    r#"{"resourceType":"Condition","id":"psy","meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]},
        "subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"urn:x","code":"low"}]}}"#,
    r#"{"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p"},
        "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}]}"#,
    r#"{"resourceType":"Observation","id":"oq","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/q"}}"#,
];

struct Ward(TestHub);

impl Ward {
    async fn open() -> Ward {
        let hub = TestHub::new(Vec::new()).await;
        hub.hub.ties_set(Ties::new(&hub.hub));
        for text in CLINIC {
            hub.create(text).await;
        }
        Ward(hub)
    }

    /// Someone with these roles; `person` as in an account.
    fn as_of(&self, person: &str, roles: &[Role]) -> Ctx {
        let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{person}{roles:?}").as_bytes());
        let person = (!person.is_empty()).then(|| person.into());
        let actor = Actor { id, name: "someone".into(), roles: roles.to_vec(), person, system: false };
        let grant = Grant { amr: vec!["pwd".into()], ..Grant::default() };
        Ctx { actor: Arc::new(actor), grant: Arc::new(grant), ..self.0.ctx(roles) }
    }

    fn ada(&self) -> Ctx {
        self.as_of("Practitioner/ada", &[Role::Surgeon])
    }

    fn bob(&self) -> Ctx {
        self.as_of("Practitioner/bob", &[Role::Clinician])
    }

    fn nina(&self) -> Ctx {
        self.as_of("Practitioner/nina", &[Role::Clinician])
    }

    async fn read(&self, ctx: &Ctx, reference: &str) -> Result<Json<'static>> {
        let (rt, id) = reference.split_once('/').unwrap();
        let found = self.0.tenant.read(ctx, ResourceType::parse(rt).unwrap(), id).await?;
        Ok(fhir::json::parse(&found.body).unwrap().into_owned())
    }

    async fn denied(&self, ctx: &Ctx, reference: &str) -> bool {
        matches!(self.read(ctx, reference).await, Err(Error::Denied))
    }

    /// `Type/id` of what a search shows, sorted, and the total.
    async fn search(&self, ctx: &Ctx, url: &str) -> Result<(Vec<String>, Option<u64>)> {
        let (rt, query) = url.split_once('?').unwrap_or((url, ""));
        let request = SearchRequest::from_query(ResourceType::parse(rt), query)?;
        let page = self.0.tenant.search(ctx, &request).await?;
        let mut names: Vec<String> =
            page.entries.iter().map(|found| format!("{}/{}", found.visible.rt, found.visible.id)).collect();
        names.sort();
        Ok((names, page.total))
    }

    async fn found(&self, ctx: &Ctx, url: &str) -> Vec<String> {
        self.search(ctx, url).await.unwrap().0
    }

    async fn put(&self, ctx: &Ctx, text: &str) -> Result<()> {
        let json = fhir::json::parse(text.as_bytes()).unwrap();
        let (rt, id) = (ResourceType::of(&json).unwrap(), json.get_str("id").unwrap().to_string());
        let body = text.to_string().into();
        let write = Write::Update { rt, id, body, if_match: None, if_none_match: false };
        self.0.tenant.commit(ctx, vec![write]).await.map(drop)
    }

    async fn delete(&self, ctx: &Ctx, rt: ResourceType, id: &str) -> Result<()> {
        let write = Write::Delete { rt, id: id.into(), if_match: None };
        self.0.tenant.commit(ctx, vec![write]).await.map(drop)
    }
}

fn granted(ctx: Ctx, change: impl Fn(&mut Grant)) -> Ctx {
    let mut grant = (*ctx.grant).clone();
    change(&mut grant);
    Ctx { grant: Arc::new(grant), ..ctx }
}

fn key(error: Error) -> &'static str {
    match error {
        Error::Refused(issues) => issues[0].text.key,
        Error::Denied => "denied",
        _ => "other",
    }
}

#[tokio::test]
async fn ties_open_a_record_and_identity_is_open_to_all_who_treat() {
    let ward = Ward::open().await;
    assert!(ward.read(&ward.ada(), "Condition/c").await.is_ok(), "named in the stay");
    assert!(ward.read(&ward.nina(), "Condition/c").await.is_ok(), "works where the patient is");
    assert!(ward.denied(&ward.bob(), "Condition/c").await, "works elsewhere");
    assert!(ward.read(&ward.bob(), "Patient/p").await.is_ok());
    assert!(ward.denied(&ward.ada(), "Condition/cq").await, "nobody's patient");
    assert!(ward.read(&ward.ada(), "Condition/psy").await.is_ok());
    assert!(ward.denied(&ward.nina(), "Condition/psy").await, "a place is not enough for psychiatry");
    let auditor = ward.as_of("", &[Role::Auditor]);
    assert!(ward.denied(&auditor, "Patient/p").await);
    assert!(ward.denied(&ward.as_of("", &[]), "Organization/one").await);
}

#[tokio::test]
async fn what_may_not_be_seen_of_a_record_is_left_out() {
    let ward = Ward::open().await;
    let whole = ward.read(&ward.ada(), "Encounter/e").await.unwrap();
    let part = ward.read(&ward.bob(), "Encounter/e").await.unwrap();
    assert!(whole.get("reasonCode").is_some() && part.get("reasonCode").is_none());
    let tag = part.get("meta").unwrap().each("tag").next().and_then(|tag| tag.get_str("code"));
    assert_eq!(tag, Some("SUBSETTED"));
    let versions = |json: &Json<'_>| json.get("meta").unwrap().get_str("versionId").map(str::to_string);
    assert_eq!(versions(&whole), versions(&part));
    let page = SearchRequest::from_query(Some(ResourceType::ENCOUNTER), "_id=e").unwrap();
    let page = ward.0.tenant.search(&ward.bob(), &page).await.unwrap();
    assert!(page.entries[0].visible.redacted);
    // Written back, it would remove what was left out.
    let text = r#"{"resourceType":"Encounter","id":"e","status":"finished","class":{"code":"IMP"},"subject":{"reference":"Patient/p"}}"#;
    assert_eq!(key(ward.put(&ward.bob(), text).await.unwrap_err()), "update.partly-seen");
    let tagged = String::from_utf8(part.to_vec()).unwrap();
    assert_eq!(key(ward.put(&ward.ada(), &tagged).await.unwrap_err()), "update.subsetted");
}

#[tokio::test]
async fn searches_show_and_count_what_may_be_seen() {
    let ward = Ward::open().await;
    assert_eq!(ward.found(&ward.ada(), "Condition?code=knee").await, ["Condition/c"]);
    assert_eq!(ward.found(&ward.bob(), "Condition?code=knee").await, [""; 0]);
    assert_eq!(ward.search(&ward.ada(), "Condition?_summary=count").await.unwrap().1, Some(2));
    assert_eq!(ward.search(&ward.bob(), "Condition?_summary=count").await.unwrap().1, Some(0));
    assert_eq!(ward.search(&ward.nina(), "Condition?_total=accurate&_count=1").await.unwrap().1, Some(1));
    let both = "Patient?_id=p&_revinclude=Condition:subject&_revinclude=Encounter:subject";
    assert_eq!(ward.found(&ward.bob(), both).await, ["Encounter/e", "Patient/p"]);
    let included = ward.found(&ward.ada(), "Patient?_id=p&_revinclude=Condition:subject").await;
    assert_eq!(included, ["Condition/c", "Condition/psy", "Patient/p"]);
    let all = ward.found(&ward.bob(), "?_type=Condition,Patient").await;
    assert_eq!(all, ["Patient/p", "Patient/q"]);
}

#[tokio::test]
async fn a_search_that_names_a_closed_record_is_refused() {
    let ward = Ward::open().await;
    for query in
        ["Condition?patient=p", "Condition?subject=Patient/p", "Condition?subject:Patient=p&code=knee"]
    {
        assert!(matches!(ward.search(&ward.bob(), query).await, Err(Error::Denied)), "{query}");
        assert!(ward.search(&ward.ada(), query).await.is_ok(), "{query}");
    }
    // Several patients, nobody's, or none at all: what may be seen, which is nothing.
    for query in
        ["Condition?patient=p,q", "Condition?patient=nobody", "Condition?subject=Group/p", "Condition"]
    {
        assert_eq!(ward.found(&ward.bob(), query).await, [""; 0], "{query}");
    }
    assert_eq!(ward.found(&ward.bob(), "Encounter?patient=p").await, ["Encounter/e"]);
    // To others a patient says neither that somebody is here, nor that not.
    let own = ward.as_of("Patient/p", &[Role::Patient]);
    assert_eq!(ward.found(&own, "Condition?patient=q").await, [""; 0]);
}

#[tokio::test]
async fn many_writers_of_one_record_are_all_decided() {
    let ward = Ward::open().await;
    let writes = (0..24).map(|n| {
        let ward = &ward;
        let text = format!(
            r#"{{"resourceType":"Condition","id":"c","subject":{{"reference":"Patient/p"}},"code":{{"text":"{n}"}}}}"#
        );
        async move { ward.put(&ward.ada(), &text).await }
    });
    for done in futures_util::future::join_all(writes).await {
        done.unwrap();
    }
}

#[tokio::test]
async fn a_search_tells_nothing_that_may_not_be_read() {
    let ward = Ward::open().await;
    for query in [
        "Patient?_has:Condition:subject:code=knee",
        "Encounter?reason-code:text=genou",
        "Encounter?diagnosis:missing=true",
    ] {
        assert_eq!(ward.found(&ward.bob(), query).await, [""; 0], "{query}");
        assert_eq!(ward.found(&ward.ada(), query).await.len(), 1, "{query}");
    }
    // Who may not see telephone numbers finds nobody by them.
    let pharmacist = ward.as_of("Practitioner/nina", &[Role::Pharmacist]);
    assert!(matches!(ward.search(&pharmacist, "Patient?phone=0600000001").await, Err(Error::Denied)));
    assert!(matches!(ward.search(&pharmacist, "Patient?_sort=address").await, Err(Error::Denied)));
    assert!(ward.read(&pharmacist, "Patient/p").await.unwrap().get("telecom").is_none());
    // A condition of a write is a search.
    let body = r#"{"resourceType":"Condition","subject":{"reference":"Patient/q"}}"#;
    let write = Write::Create {
        rt: ResourceType::CONDITION,
        id: None,
        body: body.into(),
        if_none_exist: Some("code=urn:x|knee&subject=Patient/q".into()),
    };
    assert!(matches!(ward.0.tenant.commit(&ward.ada(), vec![write]).await, Err(Error::Denied)));
}

#[tokio::test]
async fn patients_and_their_proxies_see_their_own_record_only() {
    let ward = Ward::open().await;
    ward.0.create(r#"{"resourceType":"RelatedPerson","id":"mum","patient":{"reference":"Patient/p"},"period":{"end":"2026-12-31"}}"#).await;
    let own = ward.as_of("Patient/p", &[Role::Patient]);
    let mum = ward.as_of("RelatedPerson/mum", &[Role::Patient]);
    for ctx in [&own, &mum] {
        assert!(ward.read(ctx, "Condition/c").await.is_ok());
        assert!(ward.denied(ctx, "Condition/cq").await && ward.denied(ctx, "Patient/q").await);
        assert_eq!(ward.found(ctx, "Patient").await, ["Patient/p"]);
        assert_eq!(ward.found(ctx, "Observation").await, ["Observation/o"]);
        assert_eq!(ward.search(ctx, "Observation?_summary=count").await.unwrap().1, Some(1));
    }
    let phone = r#"{"resourceType":"Patient","id":"p","gender":"female","name":[{"family":"Petit"}],"telecom":[{"system":"phone","value":"0611111111"}]}"#;
    ward.put(&own, phone).await.unwrap();
    let name = phone.replace("Petit", "Grand");
    assert!(matches!(ward.put(&own, &name).await, Err(Error::Denied)), "who one is, others write");
    ward.0.clock.advance(Duration::from_secs(60 * 86_400));
    assert!(ward.denied(&mum, "Condition/c").await, "no proxy any more");
    assert!(ward.read(&own, "Condition/c").await.is_ok());
}

#[tokio::test]
async fn an_opposition_closes_the_record_at_once_and_opens_it_when_lifted() {
    let ward = Ward::open().await;
    let consent = |status: &str, actor: &str| {
        format!(
            r#"{{"resourceType":"Consent","id":"no","status":"{status}","scope":{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}}]}},
            "category":[{{"coding":[{{"system":"urn:medhub:consent-kind","code":"opposition"}}]}}],"policyRule":{{"text":"x"}},
            "patient":{{"reference":"Patient/p"}},"provision":{{"type":"deny"{actor}}}}}"#
        )
    };
    let ada = r#","actor":[{"role":{"text":"x"},"reference":{"reference":"Practitioner/ada"}}]"#;
    assert!(ward.read(&ward.ada(), "Condition/c").await.is_ok());
    ward.0.create(&consent("active", ada)).await;
    assert!(ward.denied(&ward.ada(), "Condition/c").await);
    assert!(ward.read(&ward.ada(), "Patient/p").await.is_ok(), "who it is stays known");
    assert!(ward.read(&ward.nina(), "Condition/c").await.is_ok(), "nobody else is named");
    let glass = |ctx: Ctx| {
        granted(ctx, |grant| grant.break_glass.push(BreakGlass { patient: "p".into(), until: i64::MAX }))
    };
    assert!(ward.denied(&glass(ward.ada()), "Condition/c").await, "not in an emergency either");
    ward.0.create(&consent("active", "")).await;
    assert!(ward.read(&ward.ada(), "Condition/c").await.is_ok(), "the team stays open");
    assert!(ward.denied(&ward.nina(), "Condition/c").await);
    assert!(ward.read(&glass(ward.nina()), "Condition/c").await.is_ok(), "a general one gives way");
    ward.0.create(&consent("inactive", "")).await;
    assert!(ward.read(&ward.nina(), "Condition/c").await.is_ok());
    assert!(ward.read(&ward.as_of("Patient/p", &[Role::Patient]), "Condition/c").await.is_ok());
}

#[tokio::test]
async fn people_in_the_public_eye_and_colleagues_need_more_than_a_place() {
    let ward = Ward::open().await;
    let p = |codes: &str| {
        format!(
            r#"{{"resourceType":"Patient","id":"p","meta":{{"security":[{codes}]}},"name":[{{"family":"Petit"}}]}}"#
        )
    };
    ward.0.create(&p(&format!(r#"{{"system":"{ACT_CODE}","code":"CEL"}}"#))).await;
    assert!(ward.denied(&ward.nina(), "Condition/c").await);
    assert!(ward.read(&ward.ada(), "Condition/c").await.is_ok());
    ward.0.create(&p(&format!(r#"{{"system":"{CONFIDENTIALITY}","code":"N"}}"#))).await;
    assert!(ward.read(&ward.nina(), "Condition/c").await.is_ok());
    ward.0.create(r#"{"resourceType":"Person","id":"both","link":[{"target":{"reference":"Patient/p"}},{"target":{"reference":"Practitioner/bob"}}]}"#).await;
    assert!(ward.denied(&ward.nina(), "Condition/c").await, "a colleague");
}

#[tokio::test]
async fn break_glass_opens_one_record_for_reading_and_is_seen_in_the_log() {
    let ward = Ward::open().await;
    let now = ward.0.ctx(&[]).clock.now_ms();
    let bob = granted(ward.bob(), |grant| {
        grant.break_glass.push(BreakGlass { patient: "p".into(), until: now + 1000 });
    });
    assert!(ward.read(&bob, "Condition/psy").await.is_ok());
    assert!(ward.denied(&bob, "Condition/cq").await, "another patient");
    assert!(matches!(ward.delete(&bob, ResourceType::CONDITION, "c").await, Err(Error::Denied)));
    assert!(ward.0.tenant.decide(&bob, Verb::Read, Group::Clinical, Some("p")).await.unwrap());
    assert!(!ward.0.tenant.decide(&bob, Verb::Export, Group::Clinical, Some("p")).await.unwrap());
    let auditor = ward.as_of("", &[Role::Auditor]);
    let request = SearchRequest::from_query(Some(ResourceType::AUDIT_EVENT), "entity=Condition/psy").unwrap();
    let log = ward.0.tenant.search(&auditor, &request).await.unwrap();
    assert!(log.entries.iter().any(|found| String::from_utf8_lossy(&found.visible.body).contains("\"BTG\"")));
    ward.0.clock.advance(Duration::from_secs(2));
    assert!(ward.denied(&bob, "Condition/psy").await, "over");
    let line = Ctx { purpose: Purpose::BreakGlass, grant: Arc::default(), ..ward.bob() };
    assert!(ward.read(&line, "Condition/cq").await.is_ok(), "a token of the command line, for all");
    assert!(matches!(ward.delete(&line, ResourceType::CONDITION, "cq").await, Err(Error::Denied)));
}

#[tokio::test]
async fn scopes_only_take_away() {
    let ward = Ward::open().await;
    let scoped = |ctx: Ctx, scopes: &[&str]| {
        granted(ctx, |grant| {
            grant.client = Some("app".into());
            grant.patient = Some("p".into());
            grant.scopes = Some(scopes.iter().map(|text| Scope::parse(text).unwrap()).collect());
        })
    };
    let admin = || ward.as_of("", &[Role::MedicalAdmin]);
    let launched = scoped(admin(), &["patient/*.rs"]);
    assert!(ward.read(&launched, "Observation/o").await.is_ok());
    assert!(ward.denied(&launched, "Observation/oq").await && ward.denied(&launched, "Patient/q").await);
    assert_eq!(ward.found(&launched, "Patient").await, ["Patient/p"]);
    assert_eq!(ward.found(&launched, "Observation").await, ["Observation/o"]);
    assert!(ward.read(&launched, "Practitioner/ada").await.is_ok());
    let text = r#"{"resourceType":"Observation","id":"o","status":"amended","code":{"text":"x"},"subject":{"reference":"Patient/p"}}"#;
    assert!(matches!(ward.put(&launched, text).await, Err(Error::Denied)));
    let laboratory = scoped(admin(), &["user/Observation.rs?category=laboratory"]);
    assert_eq!(ward.found(&laboratory, "Observation").await, ["Observation/o"]);
    assert!(
        ward.denied(&laboratory, "Observation/oq").await && ward.denied(&laboratory, "Condition/c").await
    );
    let bob = scoped(ward.bob(), &["user/*.cruds"]);
    assert!(ward.denied(&bob, "Condition/c").await, "an app may not more than its user");
    assert!(ward.denied(&scoped(admin(), &[]), "Organization/one").await, "no scope, nothing");
}

#[tokio::test]
async fn writes_stay_within_reach_before_and_after() {
    let ward = Ward::open().await;
    let mine = |patient: &str| {
        format!(
            r#"{{"resourceType":"Condition","id":"mine","subject":{{"reference":"Patient/{patient}"}},"code":{{"text":"x"}}}}"#
        )
    };
    assert!(matches!(ward.put(&ward.bob(), &mine("p")).await, Err(Error::Denied)));
    ward.put(&ward.ada(), &mine("p")).await.unwrap();
    assert!(matches!(ward.put(&ward.ada(), &mine("q")).await, Err(Error::Denied)), "into another's record");
    let nina = ward.nina();
    assert!(matches!(ward.delete(&nina, ResourceType::CONDITION, "mine").await, Err(Error::Denied)));
    ward.delete(&ward.ada(), ResourceType::CONDITION, "mine").await.unwrap();
    // What one wrote stays open to oneself, when the ties are gone.
    ward.put(&ward.ada(), &mine("p").replace("\"mine\"", "\"kept\"")).await.unwrap();
    ward.0.create(r#"{"resourceType":"Encounter","id":"e","status":"cancelled","class":{"code":"IMP"},"subject":{"reference":"Patient/p"}}"#).await;
    assert!(ward.denied(&ward.ada(), "Condition/c").await);
    assert!(ward.read(&ward.ada(), "Condition/kept").await.is_ok());
    // What is signed is not changed.
    let signed = r#"{"resourceType":"DocumentReference","id":"d","status":"current","content":[{"attachment":{"title":"x"}}],"subject":{"reference":"Patient/p"},
        "meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"DIGSIG"}]}}"#;
    ward.0
        .tenant
        .commit(
            &Ctx::system("test"),
            vec![Write::Update {
                rt: ResourceType::DOCUMENT_REFERENCE,
                id: "d".into(),
                body: signed.into(),
                if_match: None,
                if_none_match: false,
            }],
        )
        .await
        .unwrap();
    let admin = ward.as_of("", &[Role::MedicalAdmin]);
    assert!(matches!(ward.delete(&admin, ResourceType::DOCUMENT_REFERENCE, "d").await, Err(Error::Denied)));
    assert!(matches!(ward.put(&admin, &signed.replace("DIGSIG", "OTHER")).await, Err(Error::Denied)));
}

#[tokio::test]
async fn nobody_signs_in_a_colleagues_name() {
    let ward = Ward::open().await;
    let now = ward.ada().clock.now_ms();
    let ada = granted(ward.ada(), |grant| {
        grant.second_factor = true;
        grant.factor_at = Some(now);
    });
    let text = |id: &str, who: &str| {
        format!(
            r#"{{"resourceType":"MedicationRequest","id":"{id}","status":"active","intent":"order","medicationCodeableConcept":{{"text":"x"}},
            "subject":{{"reference":"Patient/p"}},"requester":{{"reference":"{who}"}},
            "meta":{{"security":[{{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"DIGSIG"}}]}}}}"#
        )
    };
    let refused = ward.put(&ada, &text("m1", "Practitioner/nina")).await.unwrap_err();
    assert_eq!(key(refused), "sign.not-the-author");
    let refused = ward.put(&ada, &text("m1", "PractitionerRole/nina1")).await.unwrap_err();
    assert_eq!(key(refused), "sign.not-the-author");
    ward.put(&ada, &text("m1", "Practitioner/ada")).await.unwrap();
    ward.put(&ada, &text("m2", "PractitionerRole/ada1")).await.unwrap();
    // What is not signed may be prepared for another.
    ward.put(&ada, &text("m3", "Practitioner/nina").replace("DIGSIG", "OTHER")).await.unwrap();
}

#[tokio::test]
async fn a_label_closes_earlier_versions_too() {
    let ward = Ward::open().await;
    let labelled = format!(
        r#"{{"resourceType":"Condition","id":"c","meta":{{"security":[{{"system":"{CONFIDENTIALITY}","code":"V"}}]}},"subject":{{"reference":"Patient/p"}}}}"#
    );
    let history = HistoryRequest {
        rt: Some(ResourceType::CONDITION),
        id: Some("c".into()),
        count: 10,
        ..HistoryRequest::default()
    };
    assert_eq!(ward.0.tenant.history(&ward.nina(), &history).await.unwrap().entries.len(), 1);
    ward.0.create(&labelled).await;
    assert!(matches!(
        ward.0.tenant.vread(&ward.nina(), ResourceType::CONDITION, "c", 1).await,
        Err(Error::Denied)
    ));
    assert!(matches!(ward.0.tenant.history(&ward.nina(), &history).await, Err(Error::Denied)));
    assert!(ward.0.tenant.vread(&ward.ada(), ResourceType::CONDITION, "c", 1).await.is_ok());
    assert_eq!(ward.0.tenant.history(&ward.ada(), &history).await.unwrap().entries.len(), 2);
    let all = HistoryRequest { rt: Some(ResourceType::CONDITION), count: 10, ..HistoryRequest::default() };
    let page = ward.0.tenant.history(&ward.bob(), &all).await.unwrap();
    assert!(page.entries.is_empty() && page.total.is_none());
}

#[tokio::test]
async fn a_delegate_sees_what_the_surgeon_sees_until_the_day() {
    let ward = Ward::open().await;
    let hub = &ward.0.hub;
    hub.account_create("test", "ada", &[Role::Surgeon], Some("Practitioner/ada")).await.unwrap();
    let ada = hub.account("test", "ada").await.unwrap().unwrap();
    let sam = ward.as_of("", &[Role::Secretary]);
    assert!(ward.denied(&sam, "Condition/c").await);
    let until = sam.clock.now_ms() + 3_600_000;
    let list = format!(r#"[{{"n":1,"for_account":"{}","until":{until}}}]"#, ada.id);
    hub.vault_put("test", "delegation", &sam.actor.id.to_string(), None, list.as_bytes()).await.unwrap();
    ward.0.clock.advance(Duration::from_secs(61));
    assert!(ward.read(&sam, "Condition/c").await.is_ok());
    ward.0.clock.advance(Duration::from_secs(3600));
    assert!(ward.denied(&sam, "Condition/c").await);
}

#[tokio::test]
async fn without_policies_nobody_may_anything() {
    let ward = Ward::open().await;
    ward.0.hub.policies_set(Arc::new(Policies::closed("a file is gone")));
    let admin = ward.as_of("", &[Role::MedicalAdmin]);
    assert!(ward.denied(&admin, "Organization/one").await);
    assert!(matches!(ward.search(&admin, "Patient").await, Err(Error::Denied)));
    assert!(!ward.0.tenant.decide(&admin, Verb::Read, Group::Security, None).await.unwrap());
}

#[tokio::test]
async fn nobody_ties_oneself_closer_than_to_the_place() {
    let ward = Ward::open().await;
    let own = r#"{"resourceType":"Appointment","id":"self","status":"booked","start":"2026-11-22T09:00:00Z","end":"2026-11-22T09:20:00Z",
        "participant":[{"actor":{"reference":"Patient/p"},"status":"accepted"},{"actor":{"reference":"Practitioner/bob"},"status":"accepted"}]}"#;
    ward.put(&ward.bob(), own).await.unwrap();
    assert!(ward.read(&ward.bob(), "Condition/c").await.is_ok(), "as one who works at the place");
    assert!(ward.denied(&ward.bob(), "Condition/psy").await, "not as one of the team");
    ward.put(&ward.nina(), &own.replace("09:20", "09:30")).await.unwrap();
    assert!(ward.read(&ward.bob(), "Condition/psy").await.is_ok(), "somebody else said so");
    let far = own.replace("2026-", "2099-").replace("\"self\"", "\"far\"").replace("/bob", "/nina");
    ward.put(&ward.ada(), &far).await.unwrap();
    assert!(ward.denied(&ward.nina(), "Condition/psy").await, "in seventy years");
    let p = r#"{"resourceType":"Patient","id":"p","gender":"female","name":[{"family":"Petit"}],"telecom":[{"system":"phone","value":"0600000001"}],
        "generalPractitioner":[{"reference":"Practitioner/nina"}]}"#;
    ward.put(&ward.nina(), p).await.unwrap();
    assert!(ward.denied(&ward.nina(), "Condition/psy").await, "a town doctor is not of the team");
}

#[tokio::test]
async fn what_protects_a_patient_is_not_taken_away_by_anyone() {
    let ward = Ward::open().await;
    let vip = format!(
        r#"{{"resourceType":"Patient","id":"p","meta":{{"security":[{{"system":"{ACT_CODE}","code":"CEL"}}]}},"name":[{{"family":"Petit"}}]}}"#
    );
    ward.0.create(&vip).await;
    let plain = vip.replace("\"CEL\"", "\"HTEST\"");
    assert!(matches!(ward.put(&ward.nina(), &plain).await, Err(Error::Denied)));
    ward.put(&ward.nina(), &vip.replace("Petit", "Petite")).await.unwrap();
    ward.put(&ward.ada(), &plain).await.unwrap();
    // A proxy does not prolong the proxy, nor does anybody at the desk.
    let mum = |more: &str| {
        format!(
            r#"{{"resourceType":"RelatedPerson","id":"mum","patient":{{"reference":"Patient/p"}},"period":{{"end":"2026-12-31"}}{more}}}"#
        )
    };
    ward.0.create(&mum("")).await;
    let secretary = ward.as_of("", &[Role::Secretary]);
    let longer = mum("").replace("2026", "2036");
    for ctx in [&ward.as_of("RelatedPerson/mum", &[Role::Patient]), &secretary] {
        assert!(matches!(ward.put(ctx, &longer).await, Err(Error::Denied)));
    }
    ward.put(&secretary, &mum(r#","gender":"female""#)).await.unwrap();
    ward.put(&ward.as_of("", &[Role::MedicalAdmin]), &longer).await.unwrap();
}

#[tokio::test]
async fn what_the_hub_keeps_is_seen_by_those_who_control_and_written_by_none() {
    let ward = Ward::open().await;
    let task = r#"{"resourceType":"Task","id":"review","meta":{"tag":[{"system":"urn:medhub:hub","code":"kept"}]},"status":"requested","intent":"order",
        "for":{"reference":"Patient/p"},"description":"raison"}"#;
    let write = Write::Update {
        rt: ResourceType::TASK,
        id: "review".into(),
        body: task.into(),
        if_match: None,
        if_none_match: false,
    };
    ward.0.tenant.commit(&Ctx::system("test"), vec![write]).await.unwrap();
    let (admin, auditor) = (ward.as_of("", &[Role::MedicalAdmin]), ward.as_of("", &[Role::Auditor]));
    assert!(ward.read(&auditor, "Task/review").await.is_ok());
    assert!(ward.denied(&ward.ada(), "Task/review").await);
    assert_eq!(ward.found(&ward.ada(), "Task?patient=Patient/p").await, [""; 0]);
    assert_eq!(ward.search(&ward.ada(), "Task?patient=Patient/p&_summary=count").await.unwrap().1, Some(0));
    let done = task.replace("requested", "completed");
    let untagged = done.replace("kept", "else");
    for ctx in [&admin, &ward.ada(), &auditor] {
        assert!(matches!(ward.put(ctx, &done).await, Err(Error::Denied)));
        assert!(matches!(ward.put(ctx, &untagged).await, Err(Error::Denied)));
        assert!(matches!(ward.delete(ctx, ResourceType::TASK, "review").await, Err(Error::Denied)));
        let forged = done.replace("\"review\"", "\"forged\"");
        assert!(matches!(ward.put(ctx, &forged).await, Err(Error::Denied)));
    }
}

/// Members and the group that they need, beside that of the record.
const MEMBERS: [(&str, Group); 6] = [
    ("telecom", Group::Contact),
    ("address", Group::Contact),
    ("contact", Group::Contact),
    ("reasonCode", Group::Clinical),
    ("diagnosis", Group::Clinical),
    ("description", Group::Clinical),
];

#[tokio::test]
async fn nothing_that_is_shown_holds_a_member_of_a_denied_group() {
    let ward = Ward::open().await;
    let people = ["", "Practitioner/ada", "Practitioner/bob", "Practitioner/nina", "Patient/p"];
    let mut shown = 0;
    for person in people {
        for role in Role::ALL {
            let ctx = ward.as_of(person, &[role]);
            for (reference, patient) in [("Patient/p", "p"), ("Patient/q", "q"), ("Encounter/e", "p")] {
                let Ok(json) = ward.read(&ctx, reference).await else { continue };
                shown += 1;
                for (member, group) in MEMBERS.iter().filter(|(member, _)| json.get(member).is_some()) {
                    let open = ward.0.tenant.decide(&ctx, Verb::Read, *group, Some(patient)).await.unwrap();
                    assert!(open, "{role:?} {person} sees {member} of {reference}");
                }
            }
        }
    }
    assert!(shown > 30, "{shown}");
}
