// The parts of FHIR R4 (http://hl7.org/fhir/R4) that the app reads. Everything is optional because the
// record may come from any system: views decide what "not recorded" means, never a crash.

export interface Coding { system?: string; code?: string; display?: string }
export interface CodeableConcept { coding?: Coding[]; text?: string }
export interface Period { start?: string; end?: string }
export interface Reference { reference?: string; display?: string; type?: string; identifier?: Identifier }
export interface Identifier { use?: string; system?: string; value?: string; type?: CodeableConcept; period?: Period }
export interface HumanName { use?: string; text?: string; family?: string; given?: string[]; prefix?: string[]; period?: Period }
export interface Address { use?: string; line?: string[]; city?: string; postalCode?: string; country?: string; text?: string }
export interface ContactPoint { system?: string; value?: string; use?: string }
export interface Extension {
  url: string;
  extension?: Extension[];
  valueCode?: string;
  valueString?: string;
  valueCoding?: Coding;
  valueCodeableConcept?: CodeableConcept;
}
/** `value` is text where its written precision would be lost as a number ("1.10"); see `json.ts`. */
export interface Quantity { value?: number | string; unit?: string; code?: string; system?: string; comparator?: string }
export interface Range { low?: Quantity; high?: Quantity }
export interface Annotation { text?: string; time?: string }

export interface Resource {
  resourceType: string;
  id?: string;
  meta?: { versionId?: string; lastUpdated?: string };
  extension?: Extension[];
}

export interface Patient extends Resource {
  resourceType: 'Patient';
  active?: boolean;
  identifier?: Identifier[];
  name?: HumanName[];
  gender?: string;
  birthDate?: string;
  deceasedBoolean?: boolean;
  deceasedDateTime?: string;
  address?: Address[];
  telecom?: ContactPoint[];
  photo?: { contentType?: string; data?: string; url?: string }[];
}

export interface Condition extends Resource {
  resourceType: 'Condition';
  clinicalStatus?: CodeableConcept;
  verificationStatus?: CodeableConcept;
  category?: CodeableConcept[];
  severity?: CodeableConcept;
  code?: CodeableConcept;
  bodySite?: CodeableConcept[];
  onsetDateTime?: string;
  onsetPeriod?: Period;
  abatementDateTime?: string;
  recordedDate?: string;
}

export interface AllergyIntolerance extends Resource {
  resourceType: 'AllergyIntolerance';
  clinicalStatus?: CodeableConcept;
  verificationStatus?: CodeableConcept;
  type?: string;
  category?: string[];
  criticality?: string;
  code?: CodeableConcept;
  recordedDate?: string;
  reaction?: { manifestation?: CodeableConcept[]; severity?: string; substance?: CodeableConcept }[];
}

export interface Timing {
  code?: CodeableConcept;
  repeat?: { frequency?: number; period?: number | string; periodUnit?: string; when?: string[]; timeOfDay?: string[]; boundsPeriod?: Period };
}
export interface Dosage {
  text?: string;
  patientInstruction?: string;
  asNeededBoolean?: boolean;
  asNeededCodeableConcept?: CodeableConcept;
  route?: CodeableConcept;
  timing?: Timing;
  doseAndRate?: { doseQuantity?: Quantity; doseRange?: Range }[];
}
export interface Medication extends Resource {
  resourceType: 'Medication';
  code?: CodeableConcept;
  form?: CodeableConcept;
  ingredient?: { itemCodeableConcept?: CodeableConcept; strength?: { numerator?: Quantity; denominator?: Quantity } }[];
}
export interface MedicationUse extends Resource {
  resourceType: 'MedicationRequest' | 'MedicationStatement';
  contained?: Resource[];
  status?: string;
  intent?: string;
  medicationCodeableConcept?: CodeableConcept;
  medicationReference?: Reference;
  authoredOn?: string;
  dateAsserted?: string;
  effectivePeriod?: Period;
  effectiveDateTime?: string;
  requester?: Reference;
  dosageInstruction?: Dosage[];
  dosage?: Dosage[];
}

export interface ObservationComponent {
  code?: CodeableConcept;
  valueQuantity?: Quantity;
  valueCodeableConcept?: CodeableConcept;
  valueString?: string;
  interpretation?: CodeableConcept[];
  referenceRange?: { low?: Quantity; high?: Quantity; text?: string }[];
}
export interface Observation extends Resource, ObservationComponent {
  resourceType: 'Observation';
  status?: string;
  category?: CodeableConcept[];
  effectiveDateTime?: string;
  effectivePeriod?: Period;
  issued?: string;
  valueInteger?: number;
  valueBoolean?: boolean;
  dataAbsentReason?: CodeableConcept;
  component?: ObservationComponent[];
}

export interface Encounter extends Resource {
  resourceType: 'Encounter';
  status?: string;
  class?: Coding;
  type?: CodeableConcept[];
  subject?: Reference;
  period?: Period;
  reasonCode?: CodeableConcept[];
  participant?: { individual?: Reference }[];
  serviceProvider?: Reference;
  location?: { location?: Reference }[];
}

export interface Appointment extends Resource {
  resourceType: 'Appointment';
  status?: string;
  serviceType?: CodeableConcept[];
  appointmentType?: CodeableConcept;
  reasonCode?: CodeableConcept[];
  description?: string;
  start?: string;
  end?: string;
  participant?: { actor?: Reference; status?: string }[];
}

/** What the timeline shows besides encounters: the shared part of its types. */
export interface Event extends Resource {
  status?: string;
  code?: CodeableConcept;
  vaccineCode?: CodeableConcept;
  type?: CodeableConcept;
  title?: string;
  bodySite?: CodeableConcept[];
  date?: string;
  performedDateTime?: string;
  performedPeriod?: Period;
  occurrenceDateTime?: string;
  effectiveDateTime?: string;
  effectivePeriod?: Period;
  issued?: string;
}

export interface AuditEvent extends Resource {
  resourceType: 'AuditEvent';
  type?: Coding;
  subtype?: Coding[];
  action?: string;
  recorded?: string;
  outcome?: string;
  outcomeDesc?: string;
  purposeOfEvent?: CodeableConcept[];
  agent?: { who?: Reference; name?: string; altId?: string; role?: CodeableConcept[]; requestor?: boolean; purposeOfUse?: CodeableConcept[] }[];
  entity?: { what?: Reference; type?: Coding; role?: Coding; name?: string; description?: string; query?: string }[];
}

export interface CapabilityStatement extends Resource {
  resourceType: 'CapabilityStatement';
  fhirVersion?: string;
  software?: { name?: string; version?: string };
}

export interface OperationOutcome extends Resource {
  resourceType: 'OperationOutcome';
  issue?: { severity?: string; code?: string; diagnostics?: string; details?: CodeableConcept; expression?: string[] }[];
}

export interface Bundle<T extends Resource = Resource> extends Resource {
  resourceType: 'Bundle';
  total?: number;
  link?: { relation?: string; url?: string }[];
  entry?: { fullUrl?: string; resource?: T; search?: { mode?: string } }[];
}
