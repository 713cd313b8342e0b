import { describe, expect, it } from 'vitest';
import type { CatalogueDrug } from './anaesthesia.resource';
import { drugsNamed, parseLine } from './line';

const drug = (code: string, name: string, unit: string, kind = 'induction'): CatalogueDrug => ({ code, name, unit, class: kind, route: 'iv' });
const DRUGS = [drug('propofol', 'Propofol', 'mg'), drug('sufentanil', 'Sufentanil', 'ug', 'opioid'), drug('remifentanil', 'Rémifentanil', 'ug', 'opioid'), drug('ephedrine', 'Éphédrine', 'mg', 'vasopressor'), drug('phenylephrine', 'Phényléphrine', 'ug', 'vasopressor'), drug('cefazoline', 'Céfazoline', 'g', 'other'), drug('ketamine', 'Kétamine', 'mg'), drug('ketoprofene', 'Kétoprofène', 'mg', 'other'), drug('bupivacaine', 'Bupivacaïne', 'mg', 'local')];
const read = (line: string) => parseLine(line, DRUGS);
const given = (line: string) => {
  const parsed = read(line);
  return parsed.kind === 'drug' ? parsed.values : parsed;
};

describe('a line of the anaesthesia record', () => {
  it('is a drug, its dose and its usual unit', () => {
    expect(given('propofol 150')).toMatchObject({ code: 'propofol', class: 'induction', mode: 'bolus', dose: 150, unit: 'mg', route: 'iv' });
  });

  it('takes the beginning of a name, with or without accents, and a decimal comma', () => {
    expect(given('ephe 4,5')).toMatchObject({ code: 'ephedrine', dose: 4.5 });
    expect(given('Céfa 2 g')).toMatchObject({ code: 'cefazoline', dose: 2, unit: 'g' });
  });

  it('reads micrograms however they are typed, and keeps them apart from milligrams', () => {
    for (const unit of ['µg', 'μg', 'mcg', 'ug', 'gamma']) expect(given(`suf 10 ${unit}`), unit).toMatchObject({ dose: 10, unit: 'ug' });
    expect(given('suf 10 mg')).toMatchObject({ unit: 'mg' });
    expect(given('suf 10µg')).toMatchObject({ dose: 10, unit: 'ug' });
  });

  it('is an infusion where the unit is a rate', () => {
    expect(given('rémi 0,1 µg/kg/min')).toMatchObject({ code: 'remifentanil', mode: 'infusion', rate: 0.1, rateUnit: 'ug/kg/min' });
    expect(given('propofol 20 ml/h')).toMatchObject({ mode: 'infusion', rate: 20, rateUnit: 'mL/h' });
    expect(given('propofol 20 ml/h')).not.toHaveProperty('dose');
  });

  it('may name its route last', () => {
    expect(given('bupi 10 mg rachi')).toMatchObject({ dose: 10, unit: 'mg', route: 'spinal' });
    expect(given('bupi 10 rachi')).toMatchObject({ dose: 10, unit: 'mg', route: 'spinal' });
  });

  it('guesses nothing: two drugs, none, no dose, an unknown unit', () => {
    expect(read('ket 50')).toMatchObject({ kind: 'unknown', fault: 'several' });
    expect(read('aspirine 500')).toMatchObject({ kind: 'unknown', fault: 'no-drug' });
    expect(read('propofol')).toMatchObject({ kind: 'unknown', fault: 'no-dose' });
    expect(read('propofol 150 kg')).toMatchObject({ kind: 'unknown', fault: 'unit' });
    expect(read('propofol 150 mg demain')).toMatchObject({ kind: 'unknown', fault: 'unit' });
    expect(read('  ')).toMatchObject({ kind: 'unknown', fault: 'empty' });
  });

  it('an exact name stands before those that it begins', () => {
    expect(drugsNamed('propofol', [...DRUGS, drug('propofol-2', 'Propofol 2 %', 'mg')]).map(({ code }) => code)).toEqual(['propofol']);
  });
});

describe('vital signs in a line', () => {
  it('are read by their short names', () => {
    expect(read('ta 120/70 fc 65 sat 99')).toEqual({ kind: 'vitals', values: { sbp: 120, dbp: 70, hr: 65, spo2: 99 } });
    expect(read('120/70/86 fc 65 etco2 34 t 36,4')).toEqual({ kind: 'vitals', values: { sbp: 120, dbp: 70, map: 86, hr: 65, etco2: 34, temp: 36.4 } });
    expect(read('fc65 spo2=98%')).toEqual({ kind: 'vitals', values: { hr: 65, spo2: 98 } });
    expect(read('sat 99')).toEqual({ kind: 'vitals', values: { spo2: 99 } });
  });

  it('are refused whole when a part is not understood', () => {
    expect(read('ta 120/70 xyz 12')).toMatchObject({ kind: 'unknown', fault: 'sign' });
    expect(read('ta 120/70 calme')).toMatchObject({ kind: 'unknown', fault: 'sign' });
    expect(read('fc')).toMatchObject({ kind: 'unknown', fault: 'sign' });
  });
});
