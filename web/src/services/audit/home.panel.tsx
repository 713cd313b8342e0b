import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../design/Panel';
import { useMe } from '../../fhir/session';

/** The auditor's home. */
export default function AuditHome() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Panel title={t('audit.title')}>
      <p className="mh-lead">{t('audit.explain', { tenant: me.tenantTitle })}</p>
      <Link to="/audit">{t('audit.open')}</Link>
    </Panel>
  );
}
