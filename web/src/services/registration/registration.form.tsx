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

interface TextProps extends FieldsProps { field: Exclude<Field, 'document' | 'gender' | 'contactTie'>; hint?: ReactNode; wide?: boolean; autoFocus?: boolean; inputMode?: 'numeric' | 'tel' | 'email' }

function Text({ field, draft, change, leave, fault, error, hint, wide, autoFocus, inputMode }: TextProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      className={wide ? 'mh-wide' : undefined}
      label={t(`registration.field.${field}`)}
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
        <Text {...props} field="birthCity" />
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
