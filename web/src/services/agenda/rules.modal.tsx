import { ActionIcon, Button, Checkbox, Modal, NumberInput, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import type { Picked } from '../../design/Picker';
import { LANGUAGES } from '../../i18n';
import { useAgendaSend } from './agenda.resource';
import { useRules, type Rule, type Rules } from './invitation.resource';

const NUMBERS = [
  ['minutes', 5, 240],
  ['notice', 0, 720],
  ['ahead', 1, 365],
  ['open', 1, 10],
  ['cancel', 0, 720],
] as const;
const BRING_MAX = 500;

/** Which appointments patients may take by themselves, of this professional, within which limits. */
export function RulesModal({ practitioner, close }: { practitioner: Picked; close: () => void }) {
  const { t } = useTranslation();
  const query = useRules();
  return (
    <Modal opened onClose={close} title={t('invite.rules', { who: practitioner.label })} size={900} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Loaded query={query}>{(rules) => <Edit rules={rules} practitioner={practitioner} close={close} />}</Loaded>
    </Modal>
  );
}

function Edit({ rules, practitioner, close }: { rules: Rules; practitioner: Picked; close: () => void }) {
  const { t } = useTranslation();
  const reference = `Practitioner/${practitioner.id}`;
  const [rows, setRows] = useState(rules.rules.filter((rule) => rule.practitioner === reference));
  // What was read when the form was opened: the stream asks anew meanwhile, and must not hide another's change.
  const [read] = useState(rules);
  const send = useAgendaSend();
  const set = (at: number, change: Partial<Rule>) => setRows(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  const fresh: Rule = { type: '', practitioner: reference, allowed: true, minutes: 20, notice: 24, ahead: 60, open: 1, cancel: 24, known: false, bring: null };
  const save = () => send.mutate({ method: 'PUT', path: 'agenda/self-booking', body: { version: read.version, rules: [...read.rules.filter((rule) => rule.practitioner !== reference), ...rows] } }, { onSuccess: close });
  return (
    <>
      <p className="mh-lead">{t('invite.rulesExplain')}</p>
      {send.isError && <FailureNotice error={send.error} />}
      {rows.map((row, at) => (
        // Rules have no name of their own; they are only added and removed.
        <fieldset key={at} className="mh-agenda-rule">
          <TextInput label={t('invite.type')} maxLength={60} value={row.type} onChange={(event) => set(at, { type: event.currentTarget.value })} />
          {NUMBERS.map(([name, min, max]) => <NumberInput key={name} label={t(`invite.number.${name}`)} min={min} max={max} allowDecimal={false} value={row[name]} onChange={(value) => set(at, { [name]: Number(value) || min })} />)}
          <div className="mh-agenda-rule-bring">
            {LANGUAGES.map((language) => <Textarea key={language} label={t(`invite.bring.${language}`)} autosize minRows={1} maxRows={5} maxLength={BRING_MAX} value={row.bring?.[language] ?? ''} onChange={(event) => set(at, { bring: { ...row.bring, [language]: event.currentTarget.value } })} />)}
          </div>
          <div className="mh-agenda-rule-more">
          <Checkbox label={t('invite.allowed')} checked={row.allowed} onChange={(event) => set(at, { allowed: event.currentTarget.checked })} />
          <Checkbox label={t('invite.known')} checked={row.known} onChange={(event) => set(at, { known: event.currentTarget.checked })} />
          <ActionIcon variant="subtle" size="lg" aria-label={t('invite.removeRule', { type: row.type })} onClick={() => setRows(rows.filter((_, index) => index !== at))}><IconTrash size={16} aria-hidden="true" /></ActionIcon>
          </div>
        </fieldset>
      ))}
      {rows.length === 0 && <p className="mh-empty">{t('invite.noRules')}</p>}
      <div className="mh-actions mh-actions-end">
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setRows([...rows, fresh])}>{t('invite.addRule')}</Button>
        <Button disabled={rows.some(({ type }) => !type.trim())} loading={send.isPending} onClick={save}>{t('invite.saveRules')}</Button>
      </div>
    </>
  );
}
