import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Choices } from '../../design/Choices';
import { faultOf } from '../../design/faults';
import { PractitionerPicker } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { codeText } from '../../i18n/code';
import { STAFF_ROLES } from './accounts.resource';

export interface PersonDraft {
  user: string;
  name: string;
  title: string;
  mail: string;
  roles: string[];
  person: Picked | null;
}

export const PERSON_FIELDS = ['user', 'name', 'title', 'mail', 'roles', 'person'] as const;

interface PersonFormProps {
  draft: PersonDraft;
  change: (part: Partial<PersonDraft>) => void;
  error: unknown;
  /** The sign-in name is chosen once. */
  isNew?: boolean;
  /** Roles given elsewhere (portal, programs) that this form keeps as they are. */
  disabled?: boolean;
}

/** Who a person is here, and what each role lets them do, in a sentence. */
export function PersonForm({ draft, change, error, isNew = false, disabled = false }: PersonFormProps) {
  const { t } = useTranslation();
  const text = (field: 'user' | 'name' | 'title' | 'mail') => ({
    label: t(`admin.person.${field}`),
    value: draft[field],
    error: faultOf(error, field),
    disabled,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => change({ [field]: event.currentTarget.value }),
    autoComplete: 'off',
    spellCheck: false,
  });
  return (
    <>
      <TextInput {...text('name')} data-autofocus={isNew || undefined} />
      <TextInput {...text('mail')} type="email" />
      {isNew && <TextInput {...text('user')} description={t('admin.person.userHint')} />}
      <TextInput {...text('title')} description={t('admin.person.titleHint')} />
      <PractitionerPicker label={t('admin.person.person')} hint={t('admin.person.personHint')} picked={draft.person} pick={(person) => change({ person })} error={faultOf(error, 'person')} />
      <Choices
        legend={t('admin.person.roles')}
        choices={STAFF_ROLES.map((role) => ({ value: role, label: codeText('role', role), hint: t(`admin.role.${role}`), disabled }))}
        chosen={draft.roles}
        change={(roles) => change({ roles })}
        error={faultOf(error, 'roles')}
      />
    </>
  );
}
