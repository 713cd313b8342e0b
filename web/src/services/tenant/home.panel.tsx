import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../datatypes/Quantity/number';
import { Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { codeText } from '../../i18n/code';
import { COUNTED, useCounts } from './counts.resource';

/** The administrator's home: what the tenant holds. */
export default function CountsPanel() {
  const { t } = useTranslation();
  const language = useLanguage();
  const counts = useCounts();
  return (
    <Panel title={t('tenant.counts')} flush>
      <table className="mh-table">
        <thead>
          <tr>
            <th scope="col">{t('tenant.type')}</th>
            <th scope="col">{t('tenant.resource')}</th>
            <th scope="col" className="mh-num">{t('tenant.count')}</th>
          </tr>
        </thead>
        <tbody>
          {COUNTED.map((type, index) => {
            const query = counts[index];
            return (
              <tr key={type}>
                <td>{codeText('resourceType', type)}</td>
                <td className="mh-quiet">{type}</td>
                <td className="mh-num mh-strong">{query?.data === undefined ? t(query?.isError ? 'tenant.unavailable' : 'tenant.counting') : formatNumber(query.data, language)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}
