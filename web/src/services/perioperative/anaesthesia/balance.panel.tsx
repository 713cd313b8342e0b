import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../datatypes/Quantity/number';
import { Panel } from '../../../design/Panel';
import { useLanguage } from '../../../i18n';
import { valueWord } from '../core/words.resource';
import type { Balance } from './anaesthesia.resource';

/** What went in and came out, in millilitres. */
export function FluidBalance({ balance }: { balance: Balance }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const ml = (value: number) => `${formatNumber(value, language)}\u202fmL`;
  return (
    <Panel title={t('peri.balance.title')}>
      <div className="mh-peri-sums">
        <p><span className="mh-quiet">{t('peri.balance.in')}</span><strong>{ml(balance.in)}</strong></p>
        <p><span className="mh-quiet">{t('peri.balance.out')}</span><strong>{ml(balance.out)}</strong></p>
        <p><span className="mh-quiet">{t('peri.balance.net')}</span><strong>{balance.net > 0 ? '+' : ''}{ml(balance.net)}</strong></p>
      </div>
      <dl className="mh-facts mh-peri-kinds-sum">
        {Object.entries(balance.byKind).map(([kind, volume]) => <div key={kind}><dt>{valueWord(kind)}</dt><dd className="mh-num">{ml(volume)}</dd></div>)}
      </dl>
    </Panel>
  );
}
