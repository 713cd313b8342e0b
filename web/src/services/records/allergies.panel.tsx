import { IconAlertTriangle, IconCircleCheck, IconHelpCircle, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel, Skeletons } from '../../design/Panel';
import { codeText } from '../../i18n/code';
import { ALLERGY } from './entry-forms.resource';
import { NoneKnown } from './none-known.panel';
import { ACTS, AddButton, RowActions } from './row-actions.panel';
import { useAllergies, type Allergies, type AllergyRow } from './allergies.resource';

/** The strip of a chart whose summary the person may not read: not asked for, and never shown as « none ». */
export function AllergiesWithheld() {
  return (
    <span className="mh-strip mh-strip-warn" data-state="unavailable">
      <StateWords state="unavailable" />
    </span>
  );
}

/** The one-line form that follows a chart on all its pages. */
export function AllergyStrip({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useAllergies(patientId);
  if (query.data?.state === 'known') {
    const { active } = query.data;
    const severe = active.some((row) => row.severe);
    return (
      <span className={severe ? 'mh-strip mh-strip-stop' : 'mh-strip mh-strip-warn'} data-state="known">
        <IconAlertTriangle size={16} aria-hidden="true" />
        <span>
          {t('allergies.strip', { count: active.length })} <strong>{active.map((row) => row.substance).join(', ')}</strong>{query.data.updated && <small> · {t('allergies.updated')} <DateText value={query.data.updated} /></small>}
        </span>
      </span>
    );
  }
  if (query.data && query.data.state !== 'unavailable') {
    return (
      <span className="mh-strip" data-state={query.data.state}>
        <StateWords state={query.data.state} />
      </span>
    );
  }
  return (
    <span className={query.isPending ? 'mh-strip' : 'mh-strip mh-strip-warn'} data-state={query.isPending ? 'loading' : 'unavailable'}>
      <IconPlugConnectedX size={16} aria-hidden="true" />
      <span>{t(query.isPending ? 'allergies.loading' : 'allergies.unavailable')}</span>
    </span>
  );
}

export function AllergiesPanel({ patientId, past = false }: { patientId: string; past?: boolean }) {
  const { t } = useTranslation();
  const query = useAllergies(patientId);
  const { data } = query;
  return (
    <Panel
      flush
      title={t('allergies.title')}
      count={data?.state === 'known' ? data.active.length : null}
      side={<>{data?.updated && <span>{t('allergies.updated')} <DateText value={data.updated} /></span>}{past && <AddButton form={ALLERGY} label={t('entry.add')} />}</>}
    >
      {data ? <><AllergyRows data={data} past={past} />{past && data.state !== 'known' && data.state !== 'noneKnown' && <NoneKnown patientId={patientId} />}</> : query.isPending ? <Skeletons /> : (
        <>
          <p className="mh-empty mh-warn">{t('allergies.unavailable')}</p>
          <FailureNotice error={query.error} retry={() => void query.refetch()} />
        </>
      )}
    </Panel>
  );
}

const STATE_ICON = { noneKnown: IconCircleCheck, notRecorded: IconHelpCircle, unavailable: IconPlugConnectedX };

function StateWords({ state }: { state: keyof typeof STATE_ICON }) {
  const { t } = useTranslation();
  const StateIcon = STATE_ICON[state];
  return (
    <>
      <StateIcon size={16} aria-hidden="true" />
      <span>{t(`allergies.${state}`)}</span>
    </>
  );
}

function AllergyRows({ data, past }: { data: Allergies; past: boolean }) {
  const rows = past ? [...data.active, ...data.past] : data.active;
  if (!rows.length && data.state !== 'known') {
    return (
      <p className={data.state === 'unavailable' ? 'mh-empty mh-inline mh-warn' : 'mh-empty mh-inline'}>
        <StateWords state={data.state} />
      </p>
    );
  }
  return (
    <ul className="mh-list mh-list-acts">
      {rows.map((row) => (
        <AllergyLine key={row.id} row={row} />
      ))}
    </ul>
  );
}

function AllergyLine({ row }: { row: AllergyRow }) {
  const { t } = useTranslation();
  return (
    <li>
      <div>
        <span className={row.severe && row.active ? 'mh-inline mh-stop' : 'mh-inline mh-strong'}>
          {row.active && <IconAlertTriangle size={15} aria-hidden="true" />}
          {row.substance}
        </span>
        {row.reactions.length > 0 && <div className="mh-quiet">{row.reactions.join(', ')}</div>}
      </div>
      <div className="mh-split-side">
        {row.severe && <span className="mh-tag mh-tag-stop">{t('allergies.severe')}</span>}
        {!row.active && <span className="mh-tag">{t('allergies.inactive')}</span>}
        <span>{row.categories.map((category) => codeText('allergyCategory', category)).join(', ')}</span>
      </div>
      <RowActions form={ALLERGY} type="AllergyIntolerance" id={row.id} label={row.substance} acts={row.active ? [ACTS.refuteAllergy] : []} />
    </li>
  );
}
