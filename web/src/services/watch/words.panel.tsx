import { useTranslation } from 'react-i18next';
import { codeText } from '../../i18n/code';

const KINDS = ['failed-sign-in', 'denied', 'volume', 'colleague', 'vip', 'export'] as const;
export const STATES = ['open', 'contained', 'notified', 'closed'] as const;

export function KindText({ kind }: { kind: string }) {
  const { t } = useTranslation();
  const known = KINDS.find((one) => one === kind);
  return <>{known ? t(`watch.kind.${known}`) : kind}</>;
}

export function IncidentState({ state }: { state: string }) {
  const { t } = useTranslation();
  const known = STATES.find((one) => one === state);
  return <span className={state === 'open' ? 'mh-tag mh-tag-warn' : 'mh-tag'}>{known ? t(`watch.state.${known}`) : state}</span>;
}

/** An entry of the log, « read Patient », in words; anything else as it stands. */
export function WhatText({ what }: { what: string }) {
  const [action = '', type = '', ...more] = what.split(' ');
  if (more.length || !/^[A-Z]/.test(type)) return <>{what}</>;
  return <>{`${codeText('auditInteraction', action)} · ${codeText('resourceType', type.split('/')[0], type)}`}</>;
}
