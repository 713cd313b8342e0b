import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { useSend } from '../../fhir/verbs';
import { TIMES, settingsBody, useSettings, wrongLimits, type LimitRow, type Settings } from './settings.resource';
import './results.css';

/** The clinic's limits and deadlines; the administration writes them. */
export default function ResultSettingsPage() {
  const { t } = useTranslation();
  const query = useSettings();
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('results.settings.title')}</h1>
        <p className="mh-quiet">{t('results.settings.explain')}</p>
      </div>
      <Loaded query={query}>{(settings) => <Editor first={settings} />}</Loaded>
    </div>
  );
}

const COLUMNS = ['title', 'code', 'unit', 'low', 'high'] as const;
const EMPTY: LimitRow = { code: '', title: '', unit: '', low: '', high: '' };

function Editor({ first }: { first: Settings }) {
  const { t } = useTranslation();
  const [settings, setSettings] = useState(first);
  const [tried, setTried] = useState(false);
  const send = useSend('result-settings', 'results');
  const wrong = wrongLimits(settings);
  const change = (index: number, part: Partial<LimitRow>) => setSettings((now) => ({ ...now, limits: now.limits.map((one, at) => (at === index ? { ...one, ...part } : one)) }));
  const save = () => {
    setTried(true);
    if (wrong.length === 0) send.mutate({ method: 'PUT', path: 'results/settings', body: settingsBody(settings) });
  };
  return (
    <div className="mh-column">
      <Panel title={t('results.settings.deadlines')}>
        <div className="mh-fields mh-fields-3">
          {TIMES.map((time) => (
            <TextInput key={time} label={t(`results.settings.minutes.${time}`)} inputMode="numeric" value={settings.minutes[time]} onChange={({ currentTarget: { value } }) => setSettings((now) => ({ ...now, minutes: { ...now.minutes, [time]: value } }))} />
          ))}
        </div>
      </Panel>
      <Panel title={t('results.settings.limits')} count={settings.limits.length} flush side={<Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setSettings((now) => ({ ...now, limits: [EMPTY, ...now.limits] }))}>{t('results.settings.add')}</Button>}>
        <div className="mh-scroll" tabIndex={0} role="region" aria-label={t('results.settings.limits')}>
          <table className="mh-table">
            <thead>
              <tr>{COLUMNS.map((name) => <th key={name} scope="col">{t(`results.settings.column.${name}`)}</th>)}<th scope="col"><span className="mh-sr">{t('results.settings.remove')}</span></th></tr>
            </thead>
            <tbody>
              {settings.limits.map((row, index) => (
                <tr key={index}>
                  {COLUMNS.map((name) => (
                    <td key={name}>
                      <TextInput size="xs" aria-label={`${t(`results.settings.column.${name}`)} ${row.title || row.code}`} value={row[name]} error={tried && wrong.includes(index) && (name === 'low' || name === 'high')} onChange={({ currentTarget: { value } }) => change(index, { [name]: value })} autoComplete="off" spellCheck={false} />
                    </td>
                  ))}
                  <td><Button size="compact-sm" variant="subtle" color="gray" aria-label={`${t('results.settings.remove')} ${row.title || row.code}`} onClick={() => setSettings((now) => ({ ...now, limits: now.limits.filter((_, at) => at !== index) }))}><IconTrash size={16} aria-hidden="true" /></Button></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      {tried && wrong.length > 0 && <p className="mh-warn" role="alert">{t('results.settings.wrong', { count: wrong.length })}</p>}
      {send.error && <FailureNotice error={send.error} />}
      <div className="mh-actions">
        <Button loading={send.isPending} onClick={save}>{t('results.settings.save')}</Button>
        {send.isSuccess && <span className="mh-quiet" role="status">{t('results.settings.saved')}</span>}
      </div>
    </div>
  );
}
