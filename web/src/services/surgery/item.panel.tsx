import { TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCloudUpload, IconMinus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../datatypes/Date/format';
import { useLanguage } from '../../i18n';
import { wantsDecision, type Answer, type Given, type Item } from './checklist.resource';

const ICONS = { yes: IconCheck, no: IconX, na: IconMinus };

interface ItemRowProps { item: Item; number: number; given: Given | undefined; locked: boolean; say: (answer: Answer | null, decision?: string) => void }

/** One point: one tap answers it, another tap on the same answer takes it back. */
export function ItemRow({ item, number, given, locked, say }: ItemRowProps) {
  const { t } = useTranslation();
  const wanting = wantsDecision(item, given);
  const asked = given !== undefined && item.decideOn.includes(given.answer);
  return (
    <li className="mh-check" data-answer={given?.answer} data-wanting={wanting || undefined}>
      <div className="mh-check-line">
        <p className="mh-check-text" id={`mh-check-${item.id}`}>
          <span className="mh-check-number">{number}</span>
          <span>
            {item.text}
            {item.help && <small>{item.help}</small>}
            {given && <Told given={given} />}
          </span>
        </p>
        <div className="mh-check-answers" role="group" aria-labelledby={`mh-check-${item.id}`}>
          {item.answers.map((answer) => {
            const AnswerIcon = ICONS[answer];
            return (
              <button key={answer} type="button" data-answer={answer} aria-pressed={given?.answer === answer} disabled={locked} onClick={() => say(given?.answer === answer ? null : answer)}>
                <AnswerIcon size={18} aria-hidden="true" />
                {t(`checklist.answer.${answer}`)}
                {item.decideOn.includes(answer) && <span aria-hidden="true" title={t('checklist.starred')}>{'*'}</span>}
              </button>
            );
          })}
        </div>
      </div>
      {asked && <Decision key={given.decision ?? ''} kept={given.decision ?? ''} locked={locked} wanting={wanting} say={(decision) => say(given.answer, decision)} />}
    </li>
  );
}

function Told({ given }: { given: Given }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (given.pending) return <small className="mh-check-told"><IconCloudUpload size={13} aria-hidden="true" /> {t('taps.one')}</small>;
  if (!given.by && !given.at) return null;
  return <small className="mh-check-told">{t('checklist.told', { by: given.by ?? '', at: formatTime(given.at, language) ?? '' })}</small>;
}

/** What the team decided; kept when the field is left, or with Enter. */
function Decision({ kept, locked, wanting, say }: { kept: string; locked: boolean; wanting: boolean; say: (decision: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(kept);
  const keep = () => {
    if (text.trim() && text.trim() !== kept) say(text.trim());
  };
  return (
    <TextInput
      className="mh-check-decision"
      label={t('checklist.decision')}
      leftSection={wanting ? <IconAlertTriangle size={16} aria-hidden="true" /> : undefined}
      value={text}
      maxLength={300}
      disabled={locked}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
      }}
    />
  );
}
