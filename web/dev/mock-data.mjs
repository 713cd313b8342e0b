// Hand-written synthetic patients for working on the app without a server. No person behind any of them.

const DAY = 86_400_000;
const now = Date.now();
const at = (days, hour = 9, minute = 0) => {
  const date = new Date(now + days * DAY);
  date.setUTCHours(hour, minute, 0, 0);
  return date.toISOString().replace('.000Z', 'Z');
};
const on = (days) => at(days).slice(0, 10);

const INS = 'urn:oid:1.2.250.1.213.1.4.11';
const concept = (text, system, code, display) => ({ coding: [{ system, code, display: display ?? text }], text });
const icd = (code, text) => concept(text, 'http://hl7.org/fhir/sid/icd-10', code);
const loinc = (code, text) => concept(text, 'http://loinc.org', code);
const clinical = (code) => ({ coding: [{ code }] });

const PEOPLE = [
  ['p1', 'LEFÈVRE', 'Marguerite', 'female', '1961-03-12', 'QUAL', '261037511623491', '75011', 'Paris', { birth: 'O’BRIEN' }],
  ['p2', 'DA SILVA-MOREAU', 'Jean-Baptiste', 'male', '1974-11-02', 'VALI', '174116938200145', '69003', 'Lyon', {}],
  ['p3', 'NGUYEN', 'Linh', 'female', '2024-08-30', 'RECUP', null, '31000', 'Toulouse', {}],
  ['p4', 'DE LA TOUR D’AUVERGNE', 'Anne-Sophie Clémence', 'female', '1988-01-25', 'PROV', null, '35000', 'Rennes', {}],
  ['p5', 'BERNARD', 'Lucien', 'male', '1938-06-17', 'QUAL', '138061305500276', '13005', 'Marseille', { died: on(-41) }],
  ['p6', 'LEFEBVRE', 'Paul', 'male', '1990', null, null, '59000', 'Lille', {}],
];

function patient([id, family, given, gender, birthDate, status, ins, postalCode, city, more], index) {
  const names = [{ use: more.birth ? 'usual' : 'official', family, given: given.split(' ') }];
  if (more.birth) names.unshift({ use: 'official', family: more.birth, given: given.split(' ') });
  const identifier = [{ use: 'usual', type: { coding: [{ code: 'PI' }] }, system: 'urn:medhub:ipp', value: String(8001230 + index) }];
  if (ins) identifier.push({ use: 'official', type: { coding: [{ code: 'INS-NIR-DEMO' }] }, system: INS, value: ins });
  const reliability = {
    url: 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability',
    extension: [{ url: 'identityStatus', valueCoding: { code: status } }],
  };
  return {
    resourceType: 'Patient',
    id,
    extension: status ? [reliability] : undefined,
    identifier,
    name: names,
    gender,
    birthDate,
    deceasedDateTime: more.died,
    address: [{ use: 'home', postalCode, city }],
  };
}

const VITALS = [
  ['8867-4', 'Fréquence cardiaque', '/min', '/min', (i) => 74 + ((i * 5) % 13)],
  ['2708-6', 'Saturation en oxygène', '%', '%', (i) => 98 - (i % 3)],
  ['8310-5', 'Température', '°C', 'Cel', (i) => `${36 + (i % 2)}.${(i * 3) % 10}`],
  ['29463-7', 'Poids', 'kg', 'kg', (i) => `${71 - (i % 4)}.${i % 2 ? 5 : 0}`],
];
const LABS = [
  ['2823-3', 'Potassium', 'mmol/L', 'mmol/L', 3.5, 5.1, (i) => ['5.60', '4.90', '4.10', '4.30'][i % 4]],
  ['2951-2', 'Sodium', 'mmol/L', 'mmol/L', 136, 145, (i) => 141 - (i % 3)],
  ['14682-9', 'Créatinine', 'µmol/L', 'umol/L', 45, 84, (i) => 118 - i * 7],
  ['718-7', 'Hémoglobine', 'g/dL', 'g/dL', 12, 16, (i) => ['6.8', '9.70', '11.2', '12.4'][i % 4]],
  ['26515-7', 'Plaquettes', 'G/L', '10*9/L', 150, 400, (i) => 212 + i * 9],
  ['6690-2', 'Leucocytes', 'G/L', '10*9/L', 4, 10, (i) => ['11.2', '8.40', '7.10', '6.90'][i % 4]],
  ['1988-5', 'Protéine C réactive', 'mg/L', 'mg/L', undefined, 5, (i) => [48, 12, 4, 3][i % 4]],
  ['4548-4', 'Hémoglobine glyquée', '%', '%', 4, 6, (i) => ['7.20', '7.00', '6.80', '7.10'][i % 4]],
];

const quantity = (value, unit, code) => ({ value: Number(value), unit, system: 'http://unitsofmeasure.org', code, written: String(value) });
const critical = (code, value) => (code === '718-7' && Number(value) < 7 ? [{ coding: [{ code: 'LL' }] }] : undefined);

function observations(id) {
  const subject = { reference: `Patient/${id}` };
  const list = [];
  for (let i = 0; i < 14; i++) {
    const effectiveDateTime = at(-i * 23 - 1, 8, (i * 7) % 60);
    const base = { resourceType: 'Observation', status: 'final', subject, effectiveDateTime };
    const category = [{ coding: [{ code: 'vital-signs' }] }];
    const part = (code, text, value) => ({ code: loinc(code, text), valueQuantity: quantity(value, 'mmHg', 'mm[Hg]') });
    list.push({ ...base, id: `${id}-bp${i}`, category, code: loinc('85354-9', 'Pression artérielle'), component: [part('8480-6', 'Systolique', 148 - ((i * 7) % 24)), part('8462-4', 'Diastolique', 92 - ((i * 5) % 18))] });
    for (const [code, text, unit, ucum, value] of VITALS) list.push({ ...base, id: `${id}-v${code}-${i}`, category, code: loinc(code, text), valueQuantity: quantity(value(i), unit, ucum) });
  }
  for (let i = 0; i < 4; i++) {
    const base = { resourceType: 'Observation', status: 'final', subject, effectiveDateTime: at(-i * 61 - 2, 6, 40), category: [{ coding: [{ code: 'laboratory' }] }] };
    for (const [code, text, unit, ucum, low, high, value] of LABS) {
      const bound = (v) => (v === undefined ? undefined : quantity(v, unit, ucum));
      list.push({ ...base, id: `${id}-l${code}-${i}`, code: loinc(code, text), valueQuantity: quantity(value(i), unit, ucum), interpretation: critical(code, value(i)), referenceRange: [{ low: bound(low), high: bound(high) }] });
    }
  }
  return list;
}

function encounters(id, count, every) {
  const reasons = ['Suivi d’hypertension', 'Douleur de hanche', 'Contrôle du diabète', 'Consultation préanesthésique', 'Renouvellement'];
  return Array.from({ length: count }, (_, i) => ({
    resourceType: 'Encounter',
    id: `${id}-e${i}`,
    status: i === 0 && id === 'p1' ? 'in-progress' : 'finished',
    class: { code: i % 9 === 4 ? 'IMP' : 'AMB' },
    subject: { reference: `Patient/${id}` },
    period: { start: at(-i * every, 10), end: i ? at(-i * every, 11) : undefined },
    reasonCode: [{ text: reasons[i % reasons.length] }],
    participant: [{ individual: { display: i % 2 ? 'Dr Claire DURAND' : 'Dr Marc PETIT' } }],
  }));
}

function clinicalRecord(id) {
  const subject = { reference: `Patient/${id}` };
  const patientRef = { patient: subject };
  const dose = (text) => [{ text }];
  const structured = [{ route: { text: 'voie orale' }, timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } }, doseAndRate: [{ doseQuantity: { value: 75, unit: 'ug', code: 'ug' } }] }];
  const medication = (key, text, brand, dosageInstruction, status = 'active', days = -120) => ({
    resourceType: 'MedicationRequest', id: `${id}-${key}`, status, intent: 'order', subject, authoredOn: on(days),
    medicationCodeableConcept: { coding: [{ system: 'urn:bdpm', code: key, display: brand }], text }, dosageInstruction,
  });
  return [
    { resourceType: 'AllergyIntolerance', id: `${id}-a1`, ...patientRef, clinicalStatus: clinical('active'), criticality: 'high', category: ['medication'], code: { text: 'Amoxicilline' }, recordedDate: on(-900), reaction: [{ manifestation: [{ text: 'Choc anaphylactique' }], severity: 'severe' }] },
    { resourceType: 'AllergyIntolerance', id: `${id}-a2`, ...patientRef, clinicalStatus: clinical('active'), criticality: 'low', category: ['environment'], code: { text: 'Latex' }, recordedDate: on(-400), reaction: [{ manifestation: [{ text: 'Urticaire de contact' }] }] },
    { resourceType: 'Condition', id: `${id}-c1`, subject, clinicalStatus: clinical('active'), code: icd('I10', 'Hypertension artérielle essentielle'), onsetDateTime: '2011', recordedDate: on(-3000) },
    { resourceType: 'Condition', id: `${id}-c2`, subject, clinicalStatus: clinical('active'), code: icd('E11.9', 'Diabète de type 2 sans complication'), onsetDateTime: '2016-05', recordedDate: on(-2500) },
    { resourceType: 'Condition', id: `${id}-c3`, subject, clinicalStatus: clinical('active'), code: icd('M16.1', 'Coxarthrose primaire DROITE'), onsetDateTime: on(-420), recordedDate: on(-420) },
    { resourceType: 'Condition', id: `${id}-c4`, subject, clinicalStatus: clinical('resolved'), code: icd('K35.8', 'Appendicite aiguë'), onsetDateTime: '1979-07-02', abatementDateTime: '1979-07-09', recordedDate: on(-3000) },
    medication('m1', 'amlodipine 5 mg, gélule', 'AMLOR', dose('1 gélule le matin')),
    medication('m2', 'metformine 850 mg, comprimé', 'GLUCOPHAGE', dose('1 comprimé matin et soir, au milieu du repas')),
    medication('m3', 'lévothyroxine sodique 75 microgrammes, comprimé', 'LEVOTHYROX', structured),
    medication('m4', 'paracétamol 1 g, comprimé', 'DOLIPRANE', dose('1 g toutes les 6 heures si douleur, 4 g par jour au plus')),
    medication('m5', 'amoxicilline 500 mg, gélule', 'CLAMOXYL', dose('1 gélule 3 fois par jour, 7 jours'), 'stopped', -910),
    { resourceType: 'Procedure', id: `${id}-pr1`, status: 'completed', subject, code: { text: 'Appendicectomie' }, performedDateTime: '1979-07-03' },
    { resourceType: 'Procedure', id: `${id}-pr2`, status: 'completed', subject, code: { text: 'Coloscopie totale' }, performedDateTime: on(-700) },
    { resourceType: 'Immunization', id: `${id}-i1`, status: 'completed', patient: subject, vaccineCode: { text: 'Vaccin antigrippal' }, occurrenceDateTime: on(-35) },
    { resourceType: 'DiagnosticReport', id: `${id}-d1`, status: 'final', subject, code: { text: 'Radiographie de hanche DROITE' }, effectiveDateTime: at(-60) },
    ...observations(id),
  ];
}

const appointment = (id, patientId, days, hour, minute, title, who, status = 'booked') => ({
  resourceType: 'Appointment', id, status, description: title, start: at(days, hour, minute), end: at(days, hour, minute + 20),
  participant: [{ actor: { reference: `Patient/${patientId}` }, status: 'accepted' }, { actor: { reference: 'Practitioner/x1', display: who }, status: 'accepted' }],
});

export const resources = [
  ...PEOPLE.map(patient),
  ...Array.from({ length: 240 }, (_, i) => patient([`q${i}`, `MARTIN-${String.fromCharCode(65 + (i % 26))}${String.fromCharCode(97 + ((i * 7) % 26))}`.toUpperCase(), i % 2 ? 'Camille' : 'Dominique', i % 2 ? 'female' : 'male', `${1940 + (i % 70)}-0${1 + (i % 9)}-1${i % 10}`, 'PROV', null, '44000', 'Nantes', {}], i + 20)),
  ...clinicalRecord('p1'),
  ...encounters('p1', 26, 17),
  ...encounters('p2', 2000, 4),
  ...encounters('p5', 5, 60),
  { resourceType: 'AllergyIntolerance', id: 'p2-a', patient: { reference: 'Patient/p2' }, clinicalStatus: clinical('active'), code: concept('Aucune allergie connue', 'http://snomed.info/sct', '716186003'), recordedDate: on(-20) },
  { resourceType: 'List', id: 'p4-l', subject: { reference: 'Patient/p4' }, code: loinc('52472-8', 'Allergies'), emptyReason: { coding: [{ code: 'unavailable' }] }, date: on(-3) },
  appointment('ap1', 'p1', 0, 8, 30, 'Consultation préanesthésique', 'Dr Marc PETIT', 'arrived'),
  appointment('ap2', 'p2', 0, 9, 0, 'Contrôle post-opératoire', 'Dr Claire DURAND'),
  appointment('ap3', 'p4', 0, 13, 15, 'Première consultation', 'Dr Claire DURAND', 'pending'),
  appointment('ap4', 'p1', 12, 6, 15, 'Prothèse totale de hanche DROITE', 'Dr Claire DURAND'),
  appointment('ap5', 'p1', 54, 9, 40, 'Contrôle à six semaines', 'Dr Claire DURAND'),
].map((resource) => ({ ...resource, meta: { versionId: '1', lastUpdated: at(-1) } }));
