import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../datatypes/Date/format';
import { Choices } from '../../design/Choices';
import { faultOf } from '../../design/faults';
import { Panel } from '../../design/Panel';
import { codeText } from '../../i18n/code';
import { useLanguage } from '../../i18n';
import { readNir } from '../../datatypes/Identifier/nir';
import { PractitionerPicker } from '../../design/PersonPickers';
import { Picker } from '../../design/Picker';
import { today } from '../../datatypes/Date/today';
import { EXEMPTIONS, MEASURES, REGIMES, isMinor } from './around.resource';
import { findCommunes } from './communes.resource';
import { findCountries } from './countries.resource';
import { DOCUMENTS, doubtOf, isoBirth, statusOf, type Draft, type Field } from './registration.resource';

export interface FieldsProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  leave: (field: Field) => void;
  fault: (field: Field) => string | undefined;
  error: unknown;
}

/** The name that the server gives to a field of ours. */
const SERVER: Partial<Record<Field, string>> = { birth: 'birthDate', given: 'given', family: 'family', nir: 'identifiers[0].value', mail: 'telecom', postcode: 'postalCode' };

/** Fields whose words came first; those of the others are in the part of the desk. */
const FIRST = ['nir', 'family', 'given', 'usualFamily', 'usualGiven', 'birth', 'birthplace', 'birthCity', 'phone', 'mail', 'street', 'postcode', 'city', 'contactName', 'contactPhone'] as const;
type First = (typeof FIRST)[number];
const isFirst = (field: Field): field is First => (FIRST as readonly Field[]).includes(field);

interface TextProps extends FieldsProps { field: Exclude<Field, 'document' | 'gender' | 'contactTie' | 'protection' | 'regime' | 'exemption' | 'gpId' | 'referrerId'>; hint?: ReactNode; wide?: boolean; autoFocus?: boolean; inputMode?: 'numeric' | 'tel' | 'email' }

function Text({ field, draft, change, leave, fault, error, hint, wide, autoFocus, inputMode }: TextProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      className={wide ? 'mh-wide' : undefined}
      label={isFirst(field) ? t(`registration.field.${field}`) : t(`desk.field.${field}`)}
      description={hint}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={draft[field]}
      error={fault(field) ?? faultOf(error, SERVER[field] ?? field)}
      onChange={(event) => change({ [field]: event.currentTarget.value })}
      onBlur={() => leave(field)}
      autoComplete="off"
      spellCheck={false}
      inputMode={inputMode}
      data-autofocus={autoFocus || undefined}
      autoFocus={autoFocus}
    />
  );
}

export function IdentityPanel(props: FieldsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { draft, change, fault } = props;
  const birth = isoBirth(draft.birth);
  const nir = readNir(draft.nir);
  const doubt = doubtOf(draft);
  return (
    <Panel title={t('registration.identity')} side={t('registration.traits')}>
      <div className="mh-fields mh-fields-3">
        <Text {...props} field="family" autoFocus />
        <Text {...props} field="given" />
        <Text {...props} field="birth" inputMode="numeric" hint={(birth && formatDate(birth, language, true)) || t('registration.birthHint')} />
        <Choices
          one
          line
          legend={t('registration.field.gender')}
          choices={['female', 'male', 'other'].map((value) => ({ value, label: codeText('gender', value) }))}
          chosen={[draft.gender]}
          change={([gender]) => change({ gender: gender ?? '' })}
          error={fault('gender') ?? faultOf(props.error, 'gender')}
        />
        <Text {...props} field="birthplace" hint={t('registration.birthplaceHint')} />
        <Picker
          label={t('registration.field.birthCity')}
          kind="commune"
          placeholder={t('desk.place.hint')}
          picked={draft.birthCity ? { id: draft.birthplace, label: draft.birthCity } : null}
          pick={(picked) => change(picked ? { birthCity: picked.label, ...(picked.id ? { birthplace: picked.id } : {}) } : { birthCity: '' })}
          find={async (typed) => [
            ...(await findCommunes(typed)).map(({ code, name, department }) => ({ id: code, label: name, detail: `${department} · ${code}` })),
            ...findCountries(typed).map(({ code, name }) => ({ id: code, label: name, detail: `${t('desk.place.country')} · ${code}` })),
            { id: '', label: typed, detail: t('desk.place.asTyped') },
          ]}
        />
        <Text {...props} field="nir" inputMode="numeric" hint={doubt ? <span className="mh-warn">{t(`registration.doubt.${doubt}`)}</span> : t('nir' in nir ? 'registration.nirGood' : 'registration.nirHint')} />
        <Text {...props} field="usualFamily" />
        <Text {...props} field="usualGiven" />
        <NativeSelect
          label={t('registration.field.document')}
          data={[{ value: '', label: t('registration.noDocument') }, ...DOCUMENTS.map((value) => ({ value, label: t(`registration.document.${value}`) }))]}
          value={draft.document}
          error={faultOf(props.error, 'document')}
          onChange={(event) => change({ document: event.currentTarget.value })}
        />
        <Choices legend={t('registration.insi')} choices={[{ value: 'insi', label: t('registration.insiDone') }]} chosen={draft.insi ? ['insi'] : []} change={(chosen) => change({ insi: chosen.includes('insi') })} />
        <p className="mh-identity-status" role="status">
          <span className="mh-quiet">{t('registration.becomes')}</span> <span className={statusOf(draft) === 'qualified' ? 'mh-tag mh-tag-ok' : 'mh-tag'}>{t(`ins.${statusOf(draft)}`)}</span>
        </p>
      </div>
    </Panel>
  );
}

export function AddressPanel(props: FieldsProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('registration.reach')}>
      <div className="mh-fields mh-fields-3">
        <Text {...props} field="phone" inputMode="tel" />
        <Text {...props} field="mail" inputMode="email" />
        <span />
        <Text {...props} field="street" />
        <Text {...props} field="postcode" inputMode="numeric" />
        <Text {...props} field="city" />
      </div>
    </Panel>
  );
}

const TIES = ['SPS', 'PRN', 'CHILD', 'SIB', 'FRND', 'O'] as const;

export function ContactPanel(props: FieldsProps) {
  const { t } = useTranslation();
  const { draft, change } = props;
  return (
    <Panel title={t('registration.contact')}>
      <div className="mh-fields mh-fields-3">
        <Text {...props} field="contactName" />
        <NativeSelect
          label={t('registration.field.contactTie')}
          data={[{ value: '', label: t('form.choose') }, ...TIES.map((value) => ({ value, label: t(`registration.tie.${value}`) }))]}
          value={draft.contactTie}
          onChange={(event) => change({ contactTie: event.currentTarget.value })}
        />
        <Text {...props} field="contactPhone" inputMode="tel" />
      </div>
    </Panel>
  );
}

interface ChoiceProps extends FieldsProps { field: 'protection' | 'regime' | 'exemption'; values: readonly string[] }

function Choose({ field, values, draft, change, fault }: ChoiceProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t(`desk.field.${field}`)}
      data={[{ value: '', label: t('desk.none') }, ...values.map((value) => ({ value, label: t(`desk.${field}.${value}` as 'desk.regime.01') }))]}
      value={draft[field]}
      error={fault(field)}
      onChange={(event) => change({ [field]: event.currentTarget.value })}
    />
  );
}

/** The trusted person; for a minor both holders of parental authority. */
export function PeoplePanel(props: FieldsProps) {
  const { t } = useTranslation();
  const minor = isMinor(isoBirth(props.draft.birth), today());
  return (
    <Panel title={t(minor ? 'desk.parents' : 'desk.trusted')} side={minor ? t('desk.parentsWhy') : undefined}>
      <div className="mh-fields">
        {minor ? (
          <>
            <Text {...props} field="parentOne" />
            <Text {...props} field="parentOnePhone" inputMode="tel" />
            <Text {...props} field="parentTwo" />
            <Text {...props} field="parentTwoPhone" inputMode="tel" />
          </>
        ) : (
          <>
            <Text {...props} field="trustedName" />
            <Text {...props} field="trustedPhone" inputMode="tel" />
          </>
        )}
      </div>
    </Panel>
  );
}

export function CoverPanel(props: FieldsProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('desk.cover')}>
      <div className="mh-fields mh-fields-3">
        <Text {...props} field="amoPayor" />
        <Choose {...props} field="regime" values={REGIMES} />
        <Choose {...props} field="exemption" values={EXEMPTIONS} />
        <Text {...props} field="amcPayor" />
        <Text {...props} field="amcNumber" />
      </div>
    </Panel>
  );
}

export function DoctorsPanel(props: FieldsProps) {
  const { t } = useTranslation();
  const { draft, change } = props;
  return (
    <Panel title={t('desk.doctors')}>
      <div className="mh-fields">
        <PractitionerPicker label={t('desk.gpKnown')} picked={draft.gpId ? { id: draft.gpId, label: draft.gp } : null} pick={(picked) => change({ gpId: picked?.id ?? '', gp: picked?.label ?? '' })} />
        {!draft.gpId && <Text {...props} field="gp" />}
        <PractitionerPicker label={t('desk.referrerKnown')} picked={draft.referrerId ? { id: draft.referrerId, label: draft.referrer } : null} pick={(picked) => change({ referrerId: picked?.id ?? '', referrer: picked?.label ?? '' })} />
        {!draft.referrerId && <Text {...props} field="referrer" />}
      </div>
    </Panel>
  );
}

export function SituationPanel(props: FieldsProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('desk.situation')}>
      <div className="mh-fields mh-fields-3">
        <Choose {...props} field="protection" values={MEASURES} />
        <Text {...props} field="guardian" />
        <Text {...props} field="guardianPhone" inputMode="tel" />
        <Text {...props} field="death" inputMode="numeric" hint={t('registration.birthHint')} />
      </div>
    </Panel>
  );
}
