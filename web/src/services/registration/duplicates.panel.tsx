import { TextInput } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Choices } from '../../design/Choices';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel } from '../../design/Panel';
import { codeText } from '../../i18n/code';
import type { Candidate, useDuplicates } from './duplicates.resource';

interface DuplicatesProps {
  known: Candidate[];
  seen: boolean;
  see: (seen: boolean) => void;
  duplicates: ReturnType<typeof useDuplicates>;
  /** The form was sent before the list was answered. */
  must: boolean;
  /** Why two people of the same strict traits are two; none while that is not asked. */
  namesake: { value: string; change: (value: string) => void; short: boolean } | null;
}

/** Who is already known and looks like this person; a second record for one person is a danger. */
export function DuplicatesPanel({ known, seen, see, duplicates, must, namesake }: DuplicatesProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('registration.duplicates')} count={known.length || null} flush>
      <div role="status">
        {duplicates.error !== null && <FailureNotice error={duplicates.error} />}
        {known.length === 0 && <p className="mh-empty">{t(duplicates.busy ? 'registration.searching' : duplicates.searched ? 'registration.nobody' : 'registration.typeFirst')}</p>}
      </div>
      {known.length > 0 && (
        <>
          <ul className="mh-list">
            {known.map((one) => (
              <li key={one.id} className="mh-known">
                <IconUsers size={16} className="mh-warn" aria-hidden="true" />
                <div className="mh-grow">
                  <Link to={`/patients/${one.id}`} className="mh-strong">{one.name || t('common.unnamed')}</Link>
                  <div>
                    <DateText value={one.birth} /> · {codeText('gender', one.gender)} {one.ipp && <span className="mh-nowrap">· {t('banner.ipp')} {one.ipp}</span>}
                  </div>
                  {one.same && <div className="mh-warn mh-strong">{t('desk.namesake.same')}</div>}
                  {one.score !== undefined && <div className="mh-strong">{t(one.score >= 0.9 ? 'desk.like.very' : one.score >= 0.5 ? 'desk.like.likely' : 'desk.like.little')}</div>}
                  <div className="mh-warn">{[...one.said, ...(one.said.length ? [] : one.reasons.map((reason) => t(`registration.reason.${reason}`)))].join(' ; ')}</div>
                </div>
              </li>
            ))}
          </ul>
          <div className="mh-panel-body">
            <Choices
              legend={t('registration.isIt')}
              choices={[{ value: 'none', label: t('registration.noneOfThem') }]}
              chosen={seen ? ['none'] : []}
              change={(chosen) => see(chosen.includes('none'))}
              error={must ? t('registration.mustSee') : undefined}
            />
            {namesake && (
              <TextInput
                mt={8}
                label={t('desk.namesake.label')}
                description={t('desk.namesake.hint')}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                value={namesake.value}
                maxLength={300}
                required
                error={namesake.short ? t('desk.namesake.short') : undefined}
                onChange={(event) => namesake.change(event.currentTarget.value)}
              />
            )}
          </div>
        </>
      )}
    </Panel>
  );
}
