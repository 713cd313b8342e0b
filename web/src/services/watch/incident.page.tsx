import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { FailureNotice } from '../../design/FailureNotice';
import { faultOf, isElsewhere } from '../../design/faults';
import { Loaded, Panel } from '../../design/Panel';
import { powersOf, useMe } from '../../fhir/session';
import { useSend } from '../../fhir/verbs';
import { Clock } from './clock.panel';
import { groupEvidence, instant, useIncidents, type Incident } from './watch.resource';
import { IncidentState, KindText, STATES, WhatText } from './words.panel';
import '../../design/form.css';
import './watch.css';

/** One incident: the clock, the evidence, what was decided, and when the authority was told. */
export default function IncidentPage() {
  const { t } = useTranslation();
  const { incidentId } = useParams({ strict: false }) as { incidentId: string };
  const incidents = useIncidents();
  const found = incidents.data?.find((one) => one.id === incidentId);
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{found ? <>{t('watch.incident')} : <KindText kind={found.kind} /></> : t('watch.incident')}</h1>
        {found && <IncidentState state={found.state} />}
        <Link to="/vigilance">{t('watch.back')}</Link>
      </div>
      <Loaded query={incidents}>{() => (found ? <IncidentView key={found.id} incident={found} /> : <p className="mh-empty">{t('watch.unknown')}</p>)}</Loaded>
    </div>
  );
}

function IncidentView({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const mayWrite = powersOf(useMe()).has('audit');
  return (
    <div className="mh-grid-home">
      <div className="mh-column">
        <Panel title={t('watch.clock')}>
          <Clock incident={incident} big />
          <p className="mh-quiet">{t('watch.aware')} <DateText value={incident.aware} time />. {t('watch.clockExplain')}</p>
        </Panel>
        <Panel title={t('watch.evidence')} count={incident.evidence.length} flush>
          {incident.evidence.length ? (
            <ul className="mh-list">
              {groupEvidence(incident.evidence).map((one) => (
                <li key={`${one.from}-${one.what}`} className="mh-split">
                  <span>
                    <WhatText what={one.what} /> {one.count > 1 && <span className="mh-strong">{t('watch.times', { count: one.count })}</span>} {one.who && <span className="mh-quiet">{one.who}</span>}
                  </span>
                  {one.from && (
                    <span className="mh-split-side">
                      <DateText value={one.from} time />
                      {one.to !== one.from && <> – <DateText value={one.to} time /></>}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('watch.noEvidence')}</p>
          )}
        </Panel>
      </div>
      <div className="mh-column">
        {mayWrite && <UpdatePanel incident={incident} />}
        <Panel title={t('watch.notes')} count={incident.notes.length} flush>
          {incident.notes.length ? (
            <ul className="mh-list">
              {incident.notes.map((one) => (
                <li key={`${one.at}-${one.text}`}>
                  <p>{one.text}</p>
                  <p className="mh-quiet">{one.who} · <DateText value={one.at} time /></p>
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('watch.noNote')}</p>
          )}
        </Panel>
      </div>
    </div>
  );
}

function UpdatePanel({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const [state, setState] = useState(incident.state);
  const [note, setNote] = useState('');
  const [notified, setNotified] = useState('');
  const send = useSend('watch-incidents', 'watch-alerts');
  const touched = state !== incident.state || note.trim() !== '' || notified !== '';
  const submit = () =>
    send.mutate(
      {
        method: 'POST',
        path: `watch/incidents/${encodeURIComponent(incident.id)}`,
        body: { ...(state === incident.state ? {} : { state }), ...(note.trim() ? { note: note.trim() } : {}), ...(notified ? { notified_at: instant(notified) } : {}) },
      },
      { onSuccess: () => { setNote(''); setNotified(''); } },
    );
  return (
    <Panel title={t('watch.update')}>
      <form
        className="mh-fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (touched) submit();
        }}
      >
        <NativeSelect label={t('watch.stateLabel')} data={STATES.map((value) => ({ value, label: t(`watch.state.${value}`) }))} value={state} error={faultOf(send.error, 'state')} onChange={(event) => setState(event.currentTarget.value)} />
        <TextInput type="datetime-local" label={t('watch.notifiedAt')} description={t('watch.notifiedHint')} inputWrapperOrder={['label', 'input', 'description', 'error']} value={notified} error={faultOf(send.error, 'notified_at')} onChange={(event) => setNotified(event.currentTarget.value)} />
        <Textarea className="mh-wide" label={t('watch.note')} rows={4} value={note} error={faultOf(send.error, 'note')} onChange={(event) => setNote(event.currentTarget.value)} />
        {isElsewhere(send.error, ['state', 'notified_at', 'note']) && <FailureNotice error={send.error} />}
        <div className="mh-actions">
          <Button type="submit" disabled={!touched} loading={send.isPending}>{t('form.save')}</Button>
          <span className="mh-field-ok" role="status">{send.isSuccess && !touched ? t('form.saved') : ''}</span>
        </div>
      </form>
    </Panel>
  );
}
