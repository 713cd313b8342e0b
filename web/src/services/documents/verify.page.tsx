import { Button, TextInput } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel } from '../../design/Panel';
import { verify } from './document.resource';
import { StateTag } from './state.panel';
import './documents.css';

/** Whether a printed page is one of ours: by the code on its foot. */
export default function VerifyPage() {
  const { t } = useTranslation();
  const [check, setCheck] = useState('');
  const ask = useMutation({ mutationFn: () => verify(check.trim().toUpperCase()) });
  const found = ask.data?.document;
  return (
    <div className="mh-page mh-papers-narrow">
      <div className="mh-page-head"><h1 className="mh-title">{t('papers.verifyTitle')}</h1></div>
      <Panel title={t('papers.check')}>
        <form
          className="mh-papers-code"
          onSubmit={(event) => {
            event.preventDefault();
            ask.mutate();
          }}
        >
          <TextInput label={t('papers.verifyCode')} description={t('papers.verifyExplain')} data-autofocus maxLength={20} value={check} onChange={(event) => setCheck(event.currentTarget.value)} />
          <Button type="submit" loading={ask.isPending} disabled={check.trim().length < 4}>{t('papers.verify')}</Button>
        </form>
        {ask.isError && <FailureNotice error={ask.error} />}
        {found && (
          <div className="mh-notice" role="status">
            <IconShieldCheck size={18} className="mh-ok" aria-hidden="true" />
            <span className="mh-grow"><Link to={`/documents/${found.id}`}>{found.title}</Link>{' · '}<DateText value={found.date ?? undefined} time /></span>
            <StateTag state={found.status} />
          </div>
        )}
      </Panel>
    </div>
  );
}
