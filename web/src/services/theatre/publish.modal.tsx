import { useTranslation } from 'react-i18next';
import { formatDate } from '../../datatypes/Date/format';
import { Confirm } from '../../design/Confirm';
import { useLanguage } from '../../i18n';
import { usePublish } from './change.resource';
import { Conflicts } from './verdict.panel';

/** Publishes what is shown: those concerned see it, and a change is then a change of a published plan. */
export function PublishModal({ from, to, site, close }: { from: string; to: string; site: string; close: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const publish = usePublish();
  const run = () => publish.mutate({ from, to, ...(site ? { facility: site } : {}) }, { onSuccess: (answer) => !answer?.refused.length && close() });
  const refused = publish.data?.refused ?? [];
  return (
    <Confirm title={t('theatre.publishTitle')} action={t('theatre.publish')} blocked={publish.isSuccess} busy={publish.isPending} error={publish.error} run={run} close={close}>
      <p>{from === to ? formatDate(from, language, true) : t('theatre.fromTo', { from: formatDate(from, language) ?? '', to: formatDate(to, language) ?? '' })}</p>
      <p className="mh-quiet">{t('theatre.publishHint')}</p>
      {publish.data && <p role="status">{t('theatre.published', { count: publish.data.published })}</p>}
      {refused.length > 0 && <Conflicts conflicts={refused.flatMap(({ conflicts }) => conflicts)} />}
    </Confirm>
  );
}
