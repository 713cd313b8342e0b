import '@mantine/core/styles/PasswordInput.css';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import { ApplicationsPanel } from './applications.panel';
import { PasswordPanel } from './password.panel';
import { SecondFactorPanels } from './second-factor.panel';
import { useSecurity } from './security.resource';
import { SessionsPanel } from './sessions.panel';
import { StationPanel } from './station.panel';
import './account.css';

/** One's own account: how one proves who one is, and where one is signed in. */
export default function AccountPage() {
  const { t } = useTranslation();
  const me = useMe();
  const security = useSecurity();
  return (
    <div className="mh-page mh-account">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('account.title')}</h1>
        <span className="mh-quiet">{[me.name, me.user, me.mail].filter(Boolean).join(' · ')}</span>
      </div>
      <Loaded query={security}>
        {(data) => (
          <div className="mh-account-grid">
            <div className="mh-column">
              <PasswordPanel security={data} />
              <SecondFactorPanels security={data} />
            </div>
            <div className="mh-column">
              <SessionsPanel sessions={data.sessions} />
              <ApplicationsPanel />
              <StationPanel />
            </div>
          </div>
        )}
      </Loaded>
    </div>
  );
}
