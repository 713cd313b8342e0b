import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTyping } from '../../design/keyboard';
import { Loaded, Panel } from '../../design/Panel';
import { SegmentedControl } from '../../design/Segments';
import { DropZone } from './drop.panel';
import { FilingPanel } from './filing.panel';
import { FilePanel } from './file.panel';
import { MailLine } from './line.panel';
import { useMail, type Letter } from './mail.resource';
import './mail.css';

/** Mail that came in: the list, the page itself, and where it goes. */
export default function MailPage() {
  const { t } = useTranslation();
  const [state, setState] = useState<'open' | 'discarded'>('open');
  const query = useMail(state);
  const items = query.data?.items ?? [];
  // An id, never a place: the list moves while it is looked at.
  const [chosen, setChosen] = useState<string | null>(null);
  const at = Math.max(0, items.findIndex(({ id }) => id === chosen));
  const letter = items[at];
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event) || document.querySelector('[role="dialog"]')) return;
      const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
      const next = items[at + step];
      if (step === 0 || !next) return;
      event.preventDefault();
      setChosen(next.id);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  const follow = (gone: Letter) => setChosen(items.find((_, index) => items[index - 1]?.id === gone.id)?.id ?? null);
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title mh-grow">{t('nav.mail')}</h1>
        <SegmentedControl label={t('mail.which')} value={state} change={setState} choices={(['open', 'discarded'] as const).map((value) => ({ value, label: t(`mail.list.${value}`) }))} />
      </div>
      {state === 'open' && <DropZone />}
      <Loaded query={query}>
        {({ more }) =>
          letter === undefined ? (
            <Panel title={t(`mail.list.${state}`)}><p className="mh-empty">{t(`mail.none.${state}`)}</p></Panel>
          ) : (
            <div className="mh-mail">
              <Panel title={t(`mail.list.${state}`)} count={`${items.length}${more ? '+' : ''}`} flush>
                <ul className="mh-mail-list">{items.map((one) => <MailLine key={one.id} letter={one} on={one.id === letter.id} choose={() => setChosen(one.id)} />)}</ul>
              </Panel>
              <FilePanel key={letter.id} letter={letter} />
              <FilingPanel key={`${letter.id} ${letter.state}`} letter={letter} done={() => follow(letter)} />
            </div>
          )
        }
      </Loaded>
    </div>
  );
}
