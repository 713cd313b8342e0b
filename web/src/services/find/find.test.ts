import { expect, it } from 'vitest';
import { placeOf } from '../../datatypes/Reference/place';
import { byPatient, type Hit } from './find.resource';

const hit = (patient: string, resource: string): Hit => ({ kind: 'note', patient, patientName: patient.toUpperCase(), resource, title: '', excerpt: [] });

it('hits stand under their patient, in the order of the server', () => {
  const groups = byPatient([hit('b', 'Composition/1'), hit('a', 'Composition/2'), hit('b', 'Condition/3')]);
  expect(groups.map(({ name, hits }) => [name, hits.length])).toEqual([['B', 2], ['A', 1]]);
});

it('a source opens where the chart shows it', () => {
  expect(placeOf('p', 'Composition/n1')).toEqual({ to: '/patients/p/notes', search: { note: 'n1' } });
  expect(placeOf('p', 'Observation/o', 'labs').to).toBe('/patients/p/labs');
  expect(placeOf('p', 'Unknown/x').to).toBe('/patients/p');
});
