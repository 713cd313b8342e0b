import { NativeSelect } from '@mantine/core';
import { IconBan, IconCircleCheck, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PatientField } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { GROUPS, VERBS, useAccountChoices, useExplanation, type Ask, type Explanation } from './access.resource';
import { AccessTabs } from './access-tabs.panel';
import { WhoPanel } from './who.panel';
import { MarkTags, TieTags } from './words.panel';
import './access.css';

/** « Qui peut ouvrir ce dossier, et pourquoi ? » */
export default function WhoPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const accounts = useAccountChoices();
  const [patient, setPatient] = useState<Picked | null>(null);
  const [account, setAccount] = useState('');
  const [group, setGroup] = useState('clinical');
  const [verb, setVerb] = useState('read');
  const ask: Ask | null = patient && account ? { account, patient: patient.id, verb, group } : null;
  const answer = useExplanation(ask, language);
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('access.question')}</h1>
      </div>
      <AccessTabs />
      <div className="mh-column">
        <div className="mh-fields mh-ask">
          <PatientField label={t('access.patient')} picked={patient} pick={setPatient} />
          <NativeSelect
            label={t('access.account')}
            data={[{ value: '', label: t('form.choose') }, ...(accounts.data ?? []).map((one) => ({ value: one.id, label: one.disabled ? t('access.disabledAccount', { name: one.name }) : one.name }))]}
            value={account}
            onChange={(event) => setAccount(event.currentTarget.value)}
          />
          <NativeSelect label={t('access.verb')} data={VERBS.map((value) => ({ value, label: t(`access.verbs.${value}`) }))} value={verb} onChange={(event) => setVerb(event.currentTarget.value)} />
          <NativeSelect label={t('access.group')} data={GROUPS.map((value) => ({ value, label: t(`access.groups.${value}`) }))} value={group} onChange={(event) => setGroup(event.currentTarget.value)} />
        </div>
        {ask ? (
          <Panel title={t('access.answer')}>
            <Loaded query={answer}>{(said) => <Answer said={said} />}</Loaded>
          </Panel>
        ) : (
          <p className="mh-empty">{t(patient ? 'access.chooseAccount' : 'access.choosePatient')}</p>
        )}
        {patient && (
          <WhoPanel
            patient={patient}
            ask={(id, asked) => {
              setAccount(id);
              setGroup(asked);
              setVerb('read');
            }}
          />
        )}
      </div>
    </div>
  );
}

function Answer({ said }: { said: Explanation }) {
  const { t } = useTranslation();
  return (
    <div className="mh-answer">
      <p className={said.allowed ? 'mh-verdict mh-ok' : 'mh-verdict mh-stop'} role="status">
        {said.allowed ? <IconCircleCheck size={22} aria-hidden="true" /> : <IconBan size={22} aria-hidden="true" />}
        {t(said.allowed ? 'access.allowed' : 'access.denied')}
      </p>
      <dl className="mh-facts">
        <dt>{t('access.because')}</dt>
        <dd>
          {said.reasons.length ? (
            <ul className="mh-reasons">
              {said.reasons.map((one) => (
                <li key={one.policy}>
                  {one.sentence} <span className="mh-code mh-quiet">{one.policy}</span>
                </li>
              ))}
            </ul>
          ) : (
            t('access.noPolicy')
          )}
        </dd>
        <dt>{t('access.ties')}</dt>
        <dd>{said.ties.length ? <TieTags ties={said.ties} /> : t('access.noTie')}</dd>
        <dt>{t('access.marks')}</dt>
        <dd>{said.marks.length ? <MarkTags marks={said.marks} /> : t('access.noMark')}</dd>
        {!said.allowed && (
          <>
            <dt>{t('access.wouldOpen')}</dt>
            <dd>
              {said.wouldOpen.length ? (
                <ul className="mh-reasons">
                  {said.wouldOpen.map((sentence) => (
                    <li key={sentence}>
                      <IconKey size={14} aria-hidden="true" /> {sentence}
                    </li>
                  ))}
                </ul>
              ) : (
                t('access.nothingOpens')
              )}
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}
