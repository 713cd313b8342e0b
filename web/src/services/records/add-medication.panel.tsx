import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { medicationForm } from './entry-forms.resource';
import { AddButton } from './row-actions.panel';

/** What the patient takes; a prescription is written elsewhere. */
export function AddMedication() {
  const { t } = useTranslation();
  const form = useMemo(() => medicationForm((route) => t(`entry.option.${route}`)), [t]);
  return <AddButton form={form} label={t('entry.add')} />;
}
