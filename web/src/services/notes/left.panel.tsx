import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Panel } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import { ownerOf } from '../../fhir/owner';
import { leftCopies } from './copies';

/** On the home page: texts that an earlier page could not save. Absent when there is none. */
export default function LeftTexts() {
  const { t } = useTranslation();
  const owner = ownerOf(useMe());
  const left = useQuery({ queryKey: ['note-copies', owner], gcTime: 0, staleTime: 0, queryFn: () => leftCopies(owner) });
  if (!left.data?.length) return null;
  return (
    <div>
      <Panel title={<span className="mh-warn">{t('notes.leftTitle')}</span>} count={left.data.length} flush>
        <ul className="mh-list">
          {left.data.map((copy) => (
            <li key={copy.key} className="mh-split">
              <Link to={`/patients/${copy.patient}/notes`} search={{ note: copy.note } as never}>{copy.title || t('notes.note')}</Link>
              <span className="mh-split-side"><DateText value={copy.at} time /></span>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}
