// Where in a patient's chart a resource is shown.
const SECTIONS: Record<string, string> = {
  MedicationRequest: 'medications',
  MedicationStatement: 'medications',
  MedicationAdministration: 'medications',
  Immunization: 'history',
  Procedure: 'history',
  FamilyMemberHistory: 'history',
  DiagnosticReport: 'labs',
  Encounter: 'timeline',
  Appointment: 'agenda',
  CareTeam: 'team',
  Practitioner: 'team',
  PractitionerRole: 'team',
  ServiceRequest: 'prescriptions',
};

export interface Place { to: string; search: Record<string, string> }

/** The section of the chart for `Type/id`; `section` says which, where the type alone does not (an Observation). */
export function placeOf(patientId: string, reference: string, section?: string): Place {
  const [type = '', id = ''] = reference.split('/');
  const chart = `/patients/${patientId}`;
  if (type === 'Composition') return { to: `${chart}/notes`, search: { note: id } };
  if (type === 'DocumentReference') return { to: `${chart}/agenda`, search: { document: id } };
  const part = section ?? SECTIONS[type] ?? '';
  return { to: part ? `${chart}/${part}` : chart, search: {} };
}
