import { describe, expect, it } from 'vitest';
import type { Patient } from '../../fhir/types';
import { formatNir, identityOf } from './identity';

function patient(status: string | null): Patient {
  const url = 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability';
  return {
    resourceType: 'Patient',
    extension: status ? [{ url, extension: [{ url: 'identityStatus', valueCoding: { code: status } }] }] : undefined,
    identifier: [
      { system: 'urn:oid:1.2.250.1.213.1.4.8', use: 'official', value: '255081416802538' },
      { system: 'urn:medhub:ipp', use: 'usual', type: { coding: [{ code: 'PI' }] }, value: '8001230' },
    ],
  };
}

describe('identity', () => {
  it('gives the matricule of a qualified identity only', () => {
    expect(identityOf(patient('QUAL')).ins).toEqual({ status: 'qualified', matricule: '255081416802538' });
    for (const status of ['VALI', 'RECUP', 'PROV', null]) expect(identityOf(patient(status)).ins.matricule).toBeNull();
    expect(identityOf(patient(null)).ins.status).toBe('unknown');
  });
  it('finds the record number', () => expect(identityOf(patient('PROV')).ipp).toBe('8001230'));
  it('writes a NIR in its groups, Corsica included', () => {
    expect(formatNir('255081416802538').replaceAll('\u00a0', ' ')).toBe('2 55 08 14 168 025 38');
    expect(formatNir('190012A12345615').replaceAll('\u00a0', ' ')).toBe('1 90 01 2A 123 456 15');
    expect(formatNir('12')).toBe('12');
  });
});
