import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from './FailureNotice';
import './form.css';

interface ConfirmProps {
  title: string;
  action: string;
  /** Something is lost: the button says so, and never has the focus first. */
  danger?: boolean;
  /** The act is not ready (a reason is missing). */
  blocked?: boolean;
  busy: boolean;
  error: unknown;
  run: () => void;
  close: () => void;
  children: ReactNode;
}

/** Says what will happen, and asks. */
export function Confirm({ title, action, danger = false, blocked = false, busy, error, run, close, children }: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={close} title={title} size={560} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {children}
      {error ? <FailureNotice error={error} /> : null}
      <div className="mh-actions mh-actions-end">
        <Button variant="default" onClick={close} data-autofocus={danger || undefined}>
          {t('form.cancel')}
        </Button>
        <Button variant={danger ? 'default' : 'filled'} className={danger ? 'mh-danger' : undefined} loading={busy} disabled={blocked} onClick={run}>
          {action}
        </Button>
      </div>
    </Modal>
  );
}
