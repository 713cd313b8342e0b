//! Made by `cargo xtask codegen` from `definitions/types.tsv`. Do not edit.

use super::ResourceType;

/// The names by number - 1.
pub(super) const NAMES: [&str; 146] = [
    "Account",
    "ActivityDefinition",
    "AdverseEvent",
    "AllergyIntolerance",
    "Appointment",
    "AppointmentResponse",
    "AuditEvent",
    "Basic",
    "Binary",
    "BiologicallyDerivedProduct",
    "BodyStructure",
    "Bundle",
    "CapabilityStatement",
    "CarePlan",
    "CareTeam",
    "CatalogEntry",
    "ChargeItem",
    "ChargeItemDefinition",
    "Claim",
    "ClaimResponse",
    "ClinicalImpression",
    "CodeSystem",
    "Communication",
    "CommunicationRequest",
    "CompartmentDefinition",
    "Composition",
    "ConceptMap",
    "Condition",
    "Consent",
    "Contract",
    "Coverage",
    "CoverageEligibilityRequest",
    "CoverageEligibilityResponse",
    "DetectedIssue",
    "Device",
    "DeviceDefinition",
    "DeviceMetric",
    "DeviceRequest",
    "DeviceUseStatement",
    "DiagnosticReport",
    "DocumentManifest",
    "DocumentReference",
    "EffectEvidenceSynthesis",
    "Encounter",
    "Endpoint",
    "EnrollmentRequest",
    "EnrollmentResponse",
    "EpisodeOfCare",
    "EventDefinition",
    "Evidence",
    "EvidenceVariable",
    "ExampleScenario",
    "ExplanationOfBenefit",
    "FamilyMemberHistory",
    "Flag",
    "Goal",
    "GraphDefinition",
    "Group",
    "GuidanceResponse",
    "HealthcareService",
    "ImagingStudy",
    "Immunization",
    "ImmunizationEvaluation",
    "ImmunizationRecommendation",
    "ImplementationGuide",
    "InsurancePlan",
    "Invoice",
    "Library",
    "Linkage",
    "List",
    "Location",
    "Measure",
    "MeasureReport",
    "Media",
    "Medication",
    "MedicationAdministration",
    "MedicationDispense",
    "MedicationKnowledge",
    "MedicationRequest",
    "MedicationStatement",
    "MedicinalProduct",
    "MedicinalProductAuthorization",
    "MedicinalProductContraindication",
    "MedicinalProductIndication",
    "MedicinalProductIngredient",
    "MedicinalProductInteraction",
    "MedicinalProductManufactured",
    "MedicinalProductPackaged",
    "MedicinalProductPharmaceutical",
    "MedicinalProductUndesirableEffect",
    "MessageDefinition",
    "MessageHeader",
    "MolecularSequence",
    "NamingSystem",
    "NutritionOrder",
    "Observation",
    "ObservationDefinition",
    "OperationDefinition",
    "OperationOutcome",
    "Organization",
    "OrganizationAffiliation",
    "Parameters",
    "Patient",
    "PaymentNotice",
    "PaymentReconciliation",
    "Person",
    "PlanDefinition",
    "Practitioner",
    "PractitionerRole",
    "Procedure",
    "Provenance",
    "Questionnaire",
    "QuestionnaireResponse",
    "RelatedPerson",
    "RequestGroup",
    "ResearchDefinition",
    "ResearchElementDefinition",
    "ResearchStudy",
    "ResearchSubject",
    "RiskAssessment",
    "RiskEvidenceSynthesis",
    "Schedule",
    "SearchParameter",
    "ServiceRequest",
    "Slot",
    "Specimen",
    "SpecimenDefinition",
    "StructureDefinition",
    "StructureMap",
    "Subscription",
    "Substance",
    "SubstanceNucleicAcid",
    "SubstancePolymer",
    "SubstanceProtein",
    "SubstanceReferenceInformation",
    "SubstanceSourceMaterial",
    "SubstanceSpecification",
    "SupplyDelivery",
    "SupplyRequest",
    "Task",
    "TerminologyCapabilities",
    "TestReport",
    "TestScript",
    "ValueSet",
    "VerificationResult",
    "VisionPrescription",
];

/// The numbers by name.
#[rustfmt::skip]
pub(super) const BY_NAME: [u16; 146] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
    17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
    33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48,
    49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64,
    65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80,
    81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96,
    97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112,
    113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128,
    129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144,
    145, 146,
];

#[allow(missing_docs)]
impl ResourceType {
    pub const ACCOUNT: ResourceType = ResourceType(1);
    pub const ACTIVITY_DEFINITION: ResourceType = ResourceType(2);
    pub const ADVERSE_EVENT: ResourceType = ResourceType(3);
    pub const ALLERGY_INTOLERANCE: ResourceType = ResourceType(4);
    pub const APPOINTMENT: ResourceType = ResourceType(5);
    pub const APPOINTMENT_RESPONSE: ResourceType = ResourceType(6);
    pub const AUDIT_EVENT: ResourceType = ResourceType(7);
    pub const BASIC: ResourceType = ResourceType(8);
    pub const BINARY: ResourceType = ResourceType(9);
    pub const BIOLOGICALLY_DERIVED_PRODUCT: ResourceType = ResourceType(10);
    pub const BODY_STRUCTURE: ResourceType = ResourceType(11);
    pub const BUNDLE: ResourceType = ResourceType(12);
    pub const CAPABILITY_STATEMENT: ResourceType = ResourceType(13);
    pub const CARE_PLAN: ResourceType = ResourceType(14);
    pub const CARE_TEAM: ResourceType = ResourceType(15);
    pub const CATALOG_ENTRY: ResourceType = ResourceType(16);
    pub const CHARGE_ITEM: ResourceType = ResourceType(17);
    pub const CHARGE_ITEM_DEFINITION: ResourceType = ResourceType(18);
    pub const CLAIM: ResourceType = ResourceType(19);
    pub const CLAIM_RESPONSE: ResourceType = ResourceType(20);
    pub const CLINICAL_IMPRESSION: ResourceType = ResourceType(21);
    pub const CODE_SYSTEM: ResourceType = ResourceType(22);
    pub const COMMUNICATION: ResourceType = ResourceType(23);
    pub const COMMUNICATION_REQUEST: ResourceType = ResourceType(24);
    pub const COMPARTMENT_DEFINITION: ResourceType = ResourceType(25);
    pub const COMPOSITION: ResourceType = ResourceType(26);
    pub const CONCEPT_MAP: ResourceType = ResourceType(27);
    pub const CONDITION: ResourceType = ResourceType(28);
    pub const CONSENT: ResourceType = ResourceType(29);
    pub const CONTRACT: ResourceType = ResourceType(30);
    pub const COVERAGE: ResourceType = ResourceType(31);
    pub const COVERAGE_ELIGIBILITY_REQUEST: ResourceType = ResourceType(32);
    pub const COVERAGE_ELIGIBILITY_RESPONSE: ResourceType = ResourceType(33);
    pub const DETECTED_ISSUE: ResourceType = ResourceType(34);
    pub const DEVICE: ResourceType = ResourceType(35);
    pub const DEVICE_DEFINITION: ResourceType = ResourceType(36);
    pub const DEVICE_METRIC: ResourceType = ResourceType(37);
    pub const DEVICE_REQUEST: ResourceType = ResourceType(38);
    pub const DEVICE_USE_STATEMENT: ResourceType = ResourceType(39);
    pub const DIAGNOSTIC_REPORT: ResourceType = ResourceType(40);
    pub const DOCUMENT_MANIFEST: ResourceType = ResourceType(41);
    pub const DOCUMENT_REFERENCE: ResourceType = ResourceType(42);
    pub const EFFECT_EVIDENCE_SYNTHESIS: ResourceType = ResourceType(43);
    pub const ENCOUNTER: ResourceType = ResourceType(44);
    pub const ENDPOINT: ResourceType = ResourceType(45);
    pub const ENROLLMENT_REQUEST: ResourceType = ResourceType(46);
    pub const ENROLLMENT_RESPONSE: ResourceType = ResourceType(47);
    pub const EPISODE_OF_CARE: ResourceType = ResourceType(48);
    pub const EVENT_DEFINITION: ResourceType = ResourceType(49);
    pub const EVIDENCE: ResourceType = ResourceType(50);
    pub const EVIDENCE_VARIABLE: ResourceType = ResourceType(51);
    pub const EXAMPLE_SCENARIO: ResourceType = ResourceType(52);
    pub const EXPLANATION_OF_BENEFIT: ResourceType = ResourceType(53);
    pub const FAMILY_MEMBER_HISTORY: ResourceType = ResourceType(54);
    pub const FLAG: ResourceType = ResourceType(55);
    pub const GOAL: ResourceType = ResourceType(56);
    pub const GRAPH_DEFINITION: ResourceType = ResourceType(57);
    pub const GROUP: ResourceType = ResourceType(58);
    pub const GUIDANCE_RESPONSE: ResourceType = ResourceType(59);
    pub const HEALTHCARE_SERVICE: ResourceType = ResourceType(60);
    pub const IMAGING_STUDY: ResourceType = ResourceType(61);
    pub const IMMUNIZATION: ResourceType = ResourceType(62);
    pub const IMMUNIZATION_EVALUATION: ResourceType = ResourceType(63);
    pub const IMMUNIZATION_RECOMMENDATION: ResourceType = ResourceType(64);
    pub const IMPLEMENTATION_GUIDE: ResourceType = ResourceType(65);
    pub const INSURANCE_PLAN: ResourceType = ResourceType(66);
    pub const INVOICE: ResourceType = ResourceType(67);
    pub const LIBRARY: ResourceType = ResourceType(68);
    pub const LINKAGE: ResourceType = ResourceType(69);
    pub const LIST: ResourceType = ResourceType(70);
    pub const LOCATION: ResourceType = ResourceType(71);
    pub const MEASURE: ResourceType = ResourceType(72);
    pub const MEASURE_REPORT: ResourceType = ResourceType(73);
    pub const MEDIA: ResourceType = ResourceType(74);
    pub const MEDICATION: ResourceType = ResourceType(75);
    pub const MEDICATION_ADMINISTRATION: ResourceType = ResourceType(76);
    pub const MEDICATION_DISPENSE: ResourceType = ResourceType(77);
    pub const MEDICATION_KNOWLEDGE: ResourceType = ResourceType(78);
    pub const MEDICATION_REQUEST: ResourceType = ResourceType(79);
    pub const MEDICATION_STATEMENT: ResourceType = ResourceType(80);
    pub const MEDICINAL_PRODUCT: ResourceType = ResourceType(81);
    pub const MEDICINAL_PRODUCT_AUTHORIZATION: ResourceType = ResourceType(82);
    pub const MEDICINAL_PRODUCT_CONTRAINDICATION: ResourceType = ResourceType(83);
    pub const MEDICINAL_PRODUCT_INDICATION: ResourceType = ResourceType(84);
    pub const MEDICINAL_PRODUCT_INGREDIENT: ResourceType = ResourceType(85);
    pub const MEDICINAL_PRODUCT_INTERACTION: ResourceType = ResourceType(86);
    pub const MEDICINAL_PRODUCT_MANUFACTURED: ResourceType = ResourceType(87);
    pub const MEDICINAL_PRODUCT_PACKAGED: ResourceType = ResourceType(88);
    pub const MEDICINAL_PRODUCT_PHARMACEUTICAL: ResourceType = ResourceType(89);
    pub const MEDICINAL_PRODUCT_UNDESIRABLE_EFFECT: ResourceType = ResourceType(90);
    pub const MESSAGE_DEFINITION: ResourceType = ResourceType(91);
    pub const MESSAGE_HEADER: ResourceType = ResourceType(92);
    pub const MOLECULAR_SEQUENCE: ResourceType = ResourceType(93);
    pub const NAMING_SYSTEM: ResourceType = ResourceType(94);
    pub const NUTRITION_ORDER: ResourceType = ResourceType(95);
    pub const OBSERVATION: ResourceType = ResourceType(96);
    pub const OBSERVATION_DEFINITION: ResourceType = ResourceType(97);
    pub const OPERATION_DEFINITION: ResourceType = ResourceType(98);
    pub const OPERATION_OUTCOME: ResourceType = ResourceType(99);
    pub const ORGANIZATION: ResourceType = ResourceType(100);
    pub const ORGANIZATION_AFFILIATION: ResourceType = ResourceType(101);
    pub const PARAMETERS: ResourceType = ResourceType(102);
    pub const PATIENT: ResourceType = ResourceType(103);
    pub const PAYMENT_NOTICE: ResourceType = ResourceType(104);
    pub const PAYMENT_RECONCILIATION: ResourceType = ResourceType(105);
    pub const PERSON: ResourceType = ResourceType(106);
    pub const PLAN_DEFINITION: ResourceType = ResourceType(107);
    pub const PRACTITIONER: ResourceType = ResourceType(108);
    pub const PRACTITIONER_ROLE: ResourceType = ResourceType(109);
    pub const PROCEDURE: ResourceType = ResourceType(110);
    pub const PROVENANCE: ResourceType = ResourceType(111);
    pub const QUESTIONNAIRE: ResourceType = ResourceType(112);
    pub const QUESTIONNAIRE_RESPONSE: ResourceType = ResourceType(113);
    pub const RELATED_PERSON: ResourceType = ResourceType(114);
    pub const REQUEST_GROUP: ResourceType = ResourceType(115);
    pub const RESEARCH_DEFINITION: ResourceType = ResourceType(116);
    pub const RESEARCH_ELEMENT_DEFINITION: ResourceType = ResourceType(117);
    pub const RESEARCH_STUDY: ResourceType = ResourceType(118);
    pub const RESEARCH_SUBJECT: ResourceType = ResourceType(119);
    pub const RISK_ASSESSMENT: ResourceType = ResourceType(120);
    pub const RISK_EVIDENCE_SYNTHESIS: ResourceType = ResourceType(121);
    pub const SCHEDULE: ResourceType = ResourceType(122);
    pub const SEARCH_PARAMETER: ResourceType = ResourceType(123);
    pub const SERVICE_REQUEST: ResourceType = ResourceType(124);
    pub const SLOT: ResourceType = ResourceType(125);
    pub const SPECIMEN: ResourceType = ResourceType(126);
    pub const SPECIMEN_DEFINITION: ResourceType = ResourceType(127);
    pub const STRUCTURE_DEFINITION: ResourceType = ResourceType(128);
    pub const STRUCTURE_MAP: ResourceType = ResourceType(129);
    pub const SUBSCRIPTION: ResourceType = ResourceType(130);
    pub const SUBSTANCE: ResourceType = ResourceType(131);
    pub const SUBSTANCE_NUCLEIC_ACID: ResourceType = ResourceType(132);
    pub const SUBSTANCE_POLYMER: ResourceType = ResourceType(133);
    pub const SUBSTANCE_PROTEIN: ResourceType = ResourceType(134);
    pub const SUBSTANCE_REFERENCE_INFORMATION: ResourceType = ResourceType(135);
    pub const SUBSTANCE_SOURCE_MATERIAL: ResourceType = ResourceType(136);
    pub const SUBSTANCE_SPECIFICATION: ResourceType = ResourceType(137);
    pub const SUPPLY_DELIVERY: ResourceType = ResourceType(138);
    pub const SUPPLY_REQUEST: ResourceType = ResourceType(139);
    pub const TASK: ResourceType = ResourceType(140);
    pub const TERMINOLOGY_CAPABILITIES: ResourceType = ResourceType(141);
    pub const TEST_REPORT: ResourceType = ResourceType(142);
    pub const TEST_SCRIPT: ResourceType = ResourceType(143);
    pub const VALUE_SET: ResourceType = ResourceType(144);
    pub const VERIFICATION_RESULT: ResourceType = ResourceType(145);
    pub const VISION_PRESCRIPTION: ResourceType = ResourceType(146);
}
