import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import type { Letter } from './mail.resource';

/** One letter of the list, and how far the machine is with it. */
export function MailLine({ letter, on, choose }: { letter: Letter; on: boolean; choose: () => void }) {
  const { t } = useTranslation();
  return (
    <li>
      <button type="button" aria-current={on || undefined} onClick={choose}>
        <strong className="mh-mail-name">{letter.name || t('mail.unnamed')}</strong>
        <span className="mh-quiet"><DateText value={letter.received} time />{letter.by && ` · ${letter.by}`}</span>
        <Reading letter={letter} />
      </button>
    </li>
  );
}

function Reading({ letter: { state, reading, pages, trouble } }: { letter: Letter }) {
  const { t } = useTranslation();
  if (state === 'waiting') {
    const told = reading ? t('mail.readingPage', reading) : t('mail.waits');
    return <span className="mh-mail-reading"><progress aria-label={told} max={reading?.of} value={reading ? reading.page - 1 : undefined} /> {told}</span>;
  }
  if (state === 'unread') return <span className="mh-mail-warn">{t(`mail.trouble.${trouble ?? 'broken'}`)}</span>;
  return pages === undefined ? null : <span className="mh-quiet">{t('mail.pages', { count: pages })}</span>;
}
