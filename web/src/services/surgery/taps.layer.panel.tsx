import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { beforeLeaving } from '../../fhir/leave';
import { useMe } from '../../fhir/session';
import { tapsOf, useSending } from './use-taps';

/** Sends from any page what a tablet tapped without a network, and asks before its author leaves. Draws nothing. */
export default function TapsLayer() {
  const { t } = useTranslation();
  const queue = tapsOf(useMe());
  useSending(queue);
  useEffect(() => beforeLeaving(async () => (await queue.flush()) || window.confirm(t('taps.leave', { count: queue.waiting().length }))), [queue, t]);
  return null;
}
