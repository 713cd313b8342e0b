import { describe, expect, it } from 'vitest';
import type { Loose } from './entry.resource';
import { bytesOf, ownBinary, typeOf } from './attachment.resource';
import { leftAlone, withdrawn, type Round } from './withdraw.resource';

const one = (id: string, code: string, members: string[] = []): Loose => ({ resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'http://loinc.org', code }] }, ...(members.length ? { hasMember: members.map((member) => ({ reference: `Observation/${member}` })) } : {}) });
const ids = (list: Loose[]) => list.map(({ id }) => id).sort().join();

describe('a measure that was entered by mistake', () => {
  const round: Round = { self: one('bp', '85354-9'), panels: [one('panel', '85353-1', ['bp', 'pulse'])], others: [one('pulse', '8867-4')] };
  it('goes alone, and its panel keeps the others', () => expect(ids(withdrawn(round, false))).toBe('bp'));
  it('goes with its round when that is asked', () => expect(ids(withdrawn(round, true))).toBe('bp,panel,pulse'));
  it('takes along the panel that would be left empty', () => {
    const last = { ...round, others: [] };
    expect([ids(leftAlone(last)), ids(withdrawn(last, false))]).toEqual(['', 'bp,panel']);
  });
  it('a pressure of two numbers goes as one', () => {
    const halves: Round = { self: one('high', '8480-6'), panels: [one('bp', '55284-4', ['high', 'low'])], others: [one('low', '8462-4')] };
    expect([ids(leftAlone(halves)), ids(withdrawn(halves, false))]).toEqual(['', 'bp,high,low']);
  });
  it('the two numbers of a pressure go as one, beside the rest of the round', () => {
    const wide: Round = { self: one('high', '8480-6'), panels: [one('bp', '85354-9', ['high', 'low']), one('panel', '85353-1', ['high', 'low', 'pulse'])], others: [one('low', '8462-4'), one('pulse', '8867-4')] };
    expect([ids(leftAlone(wide)), ids(withdrawn(wide, false))]).toEqual(['pulse', 'bp,high,low']);
  });
  it('a panel goes with what it names', () => {
    const panel: Round = { self: one('panel', '85353-1', ['bp', 'pulse']), panels: [], others: [one('bp', '85354-9'), one('pulse', '8867-4')] };
    expect(ids(withdrawn(panel, false))).toBe('bp,panel,pulse');
  });
});

describe('what is attached to a document', () => {
  const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  it('is what its bytes say', () => {
    expect([typeOf(bytes('%PDF-1.7'), 'text/html'), typeOf(bytes('<html>'), 'application/pdf'), typeOf(bytes('\xff\xd8\xff\xe0'), ''), typeOf(bytes('Bonjour'), 'text/plain; charset=utf-8'), typeOf(bytes('<svg'), 'image/svg+xml')]).toEqual(['application/pdf', 'application/octet-stream', 'image/jpeg', 'text/plain', 'application/octet-stream']);
  });
  it('is read from this record alone', () => {
    const own = (url: string) => ownBinary(url, '/t/demo/fhir', 'https://hub.example');
    expect([own('Binary/a1'), own('/t/demo/fhir/Binary/a1'), own('https://hub.example/t/demo/fhir/Binary/a1')]).toEqual(['a1', 'a1', 'a1']);
    expect([own('https://other.example/t/demo/fhir/Binary/a1'), own('/t/other/fhir/Binary/a1'), own('Binary/../Patient/1'), own('https://hub.example.evil/t/demo/fhir/Binary/a1'), own('//other.example/Binary/a1')]).toEqual([null, null, null, null, null]);
  });
  it('that is no base64 is told', () => expect([bytesOf('QUJD')?.length, bytesOf('\u0001')]).toEqual([3, null]));
});
