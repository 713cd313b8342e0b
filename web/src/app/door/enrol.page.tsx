import { useTranslation } from 'react-i18next';
import { signOut } from '../../fhir/account';
import Enrol from '../../services/account/enrol.panel';
import { Door } from './door';

/** The account has to gain a second factor before anything else. */
export default function EnrolPage({ done }: { done: () => void }) {
  const { t } = useTranslation();
  return (
    <Door title={t('signIn.enrolTitle')}>
      <div className="mh-stack-form">
        <p className="mh-quiet">{t('signIn.enrolBody')}</p>
        <Enrol done={done} />
        <div className="mh-row"><button type="button" className="mh-link" onClick={() => void signOut()}>{t('app.signOut')}</button></div>
      </div>
    </Door>
  );
}
