import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../design/FailureNotice';
import type { Surgery } from '../core/surgery.resource';
import { SheetPaper } from './sheet.panel';
import { useRoomSheet } from './sheet.resource';

/** One press reads the whole record anew and prints it; `apart` while another paper (a label) is the one to print. */
export function SheetButton({ surgery, apart }: { surgery: Surgery; apart: boolean }) {
  const { t } = useTranslation();
  const [turn, setTurn] = useState(0);
  const query = useRoomSheet(surgery.id, turn);
  const ready = query.data !== undefined;
  useEffect(() => {
    // Once per press: the paper stands in the page by now.
    if (ready && turn > 0) window.print();
  }, [ready, turn]);
  return (
    <>
      <Button size="lg" variant="default" leftSection={<IconPrinter size={18} aria-hidden="true" />} loading={turn > 0 && query.isFetching} onClick={() => setTurn((now) => now + 1)}>{t('peri.sheet.print')}</Button>
      {query.error ? <FailureNotice error={query.error} /> : null}
      {query.data && !apart && <SheetPaper patientId={surgery.patient} sheet={query.data} />}
    </>
  );
}
