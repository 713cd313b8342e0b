import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The last net: a fault in a page leaves a sentence and two ways out, and never a blank screen. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return <Fault retry={() => this.setState({ failed: false })} />;
  }
}

export function Fault({ retry }: { retry: () => void }) {
  const { t } = useTranslation();
  return (
    <main className="mh-page" role="alert">
      <h1 className="mh-title">{t('fault.title')}</h1>
      <p>{t('fault.body')}</p>
      <div className="mh-row">
        <Button onClick={retry}>{t('common.retry')}</Button>
        <Button variant="default" onClick={() => window.location.assign('/')}>
          {t('fault.home')}
        </Button>
      </div>
    </main>
  );
}
