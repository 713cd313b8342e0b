import { describe, expect, it } from 'vitest';
import { icsOf } from './ics';
import { spokenOf } from './language';
import { broughtIn } from './visit.resource';

const entry = { uid: 'abc', start: '2026-11-25T08:00:00.000Z', end: '2026-11-25T08:20:00.000Z', version: 2, summary: 'Rendez-vous', location: 'Polyclinique des Hêtres-Blancs, 12 allée des Cèdres; bâtiment B\\C, 69003 Lyon' };

describe('language of a patient', () => {
  it('is the first of the browser’s that is spoken here, else French', () => {
    expect(spokenOf(['de-CH', 'fr'])).toBe('de');
    expect(spokenOf(['es-ES', 'EN-us', 'de'])).toBe('en');
    expect(spokenOf(['fr-CA'])).toBe('fr');
    expect(spokenOf(['it', 'pt-BR'])).toBe('fr');
    expect(spokenOf([])).toBe('fr');
  });

  it('of what to bring is the reader’s, else the first that was written', () => {
    expect(broughtIn({ fr: 'Carte', en: null, de: 'Ausweis' }, 'de')).toEqual({ language: 'de', said: 'Ausweis' });
    expect(broughtIn({ fr: 'Carte', en: null, de: null }, 'en')).toEqual({ language: 'fr', said: 'Carte' });
    expect(broughtIn({ fr: null, en: null, de: 'Ausweis' }, 'en')).toEqual({ language: 'de', said: 'Ausweis' });
    expect(broughtIn(null, 'en')).toBeNull();
  });
});

describe('file for a calendar', () => {
  const file = icsOf(entry, new Date('2026-11-23T10:00:00Z'));

  it('says when and where, in lines that any calendar reads', () => {
    const lines = file.split('\r\n');
    expect(lines.every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true);
    expect(lines.at(-1)).toBe('');
    const unfolded = file.replaceAll('\r\n ', '');
    for (const line of ['UID:abc', 'SEQUENCE:2', 'DTSTAMP:20261123T100000Z', 'DTSTART:20261125T080000Z', 'DTEND:20261125T082000Z', 'SUMMARY:Rendez-vous']) expect(unfolded).toContain(`${line}\r\n`);
    expect(unfolded).toContain('LOCATION:Polyclinique des Hêtres-Blancs\\, 12 allée des Cèdres\\; bâtiment B\\\\C\\, 69003 Lyon\r\n');
  });

  it('leaves no line of its own to a place with a line break', () => {
    const place = icsOf({ ...entry, location: 'A\r\nATTACH:http://example.org\u0007' }, new Date(0));
    expect(place).toContain('LOCATION:A\\nATTACH:http://example.org\r\n');
    expect(icsOf({ ...entry, location: '' }, new Date(0))).not.toContain('LOCATION');
  });
});
