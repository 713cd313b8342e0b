import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { codeText } from '../../i18n/code';
import type { PersonLine } from './person.resource';

/** A patient's name, the way to the chart, sex and age. */
export function PersonLink({ person }: { person: PersonLine | null }) {
  const { t } = useTranslation();
  if (!person) return <span className="mh-absent">{t('common.notRecorded')}</span>;
  return (
    <>
      <Link className="mh-rowlink" to={`/patients/${person.id}`}>{person.name || t('common.unnamed')}</Link>{' '}
      <span className="mh-quiet mh-nowrap">
        {[person.gender ? codeText('gender', person.gender) : null, person.age ? t(`age.${person.age.unit}`, { count: person.age.count }) : null].filter(Boolean).join(', ')}
      </span>
    </>
  );
}

export const countOf = (data: { rows: unknown[]; more: boolean } | null | undefined): string | null => (data ? `${data.rows.length}${data.more ? '+' : ''}` : null);
