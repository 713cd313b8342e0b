import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTyping } from '../../design/keyboard';
import { Loaded, Panel } from '../../design/Panel';
import type { Booked } from './booking.resource';
import { useSurgeriesOf, type Surgery } from './case.resource';
import { CaseTable } from './case-table.panel';
import { BookedNotice, OffersPanel } from './offers.panel';
import { RequestForm } from './request.form';
import { useKey } from './use-key';
import './surgery.css';

type Step = { at: 'list' } | { at: 'form' } | { at: 'offers'; surgery: Surgery } | { at: 'booked'; surgery: Surgery; booking: Booked };

/** The operations of a patient; asked for and placed in the plan without leaving the chart. */
export default function ChartSurgeryPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useSurgeriesOf(patientId);
  const { demande } = useSearch({ strict: false }) as { demande?: unknown };
  const navigate = useNavigate();
  const [step, setStep] = useState<Step>(demande ? { at: 'form' } : { at: 'list' });
  const begin = () => setStep({ at: 'form' });
  useKey((event) => {
    if (step.at === 'form' || isTyping(event) || event.key !== 'i') return false;
    begin();
    return true;
  });
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h2 className="mh-title mh-grow">{t('section.surgery')}</h2>
        {step.at !== 'form' && <Button leftSection={<IconPlus size={16} aria-hidden="true" />} aria-keyshortcuts="i" onClick={begin}>{t('surgery.request')}</Button>}
      </div>
      <div className="mh-column">
        {step.at === 'form' && <RequestForm patientId={patientId} done={(surgery) => setStep({ at: 'offers', surgery })} cancel={() => setStep({ at: 'list' })} />}
        {step.at === 'offers' && <OffersPanel surgery={step.surgery} booked={(booking) => setStep({ at: 'booked', surgery: step.surgery, booking })} later={() => setStep({ at: 'list' })} />}
        {step.at === 'booked' && <BookedNotice booking={step.booking} surgery={step.surgery.id} />}
        <Panel title={t('surgery.all')} count={query.data?.length} flush>
          <Loaded query={query}>{(rows) => (rows.length ? <CaseTable rows={rows} open={(id) => void navigate({ to: `/surgeries/${id}` })} /> : <p className="mh-empty">{t('surgery.none')}</p>)}</Loaded>
        </Panel>
      </div>
    </div>
  );
}
