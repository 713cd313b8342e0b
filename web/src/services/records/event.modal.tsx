import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SideMark } from '../../datatypes/CodeableConcept/SideMark';
import { conceptText } from '../../datatypes/CodeableConcept/concept';
import { DateText } from '../../datatypes/Date/DateText';
import { placeOf } from '../../datatypes/Reference/place';
import { Loaded } from '../../design/Panel';
import { codeText } from '../../i18n/code';
import { readEntry, type Loose } from './entry.resource';
import type { EventRow } from './timeline.resource';
import './chart.css';

/** Words of a narrative, without its markup: nothing of it is drawn as HTML. */
function plain(div: string | undefined): string {
  if (!div) return '';
  return new DOMParser().parseFromString(div.replace(/<\/(p|li|div|tr)>|<br\s*\/?>/g, '$&\n'), 'text/html').body.textContent?.trim() ?? '';
}

const displays = (list: unknown, member?: string): string[] =>
  (Array.isArray(list) ? list : list ? [list] : []).flatMap((one: Record<string, { display?: string }> & { display?: string }) => (member ? one[member]?.display : one.display) ?? []);

function factsOf(r: Loose): { who: string[]; place: string[]; why: string; text: [string, string][] } {
  const who = [...displays(r.participant, 'individual'), ...displays(r.performer, 'actor'), ...displays(r.performer), ...displays(r.author), ...displays(r.requester), ...displays(r.recorder)];
  const sections = ((r.section ?? []) as { title?: string; text?: { div?: string } }[]).map((one): [string, string] => [one.title ?? '', plain(one.text?.div)]);
  const notes = ((r.note ?? []) as { text?: string }[]).map((one): [string, string] => ['', one.text ?? '']);
  const dosages = ((r.dosageInstruction ?? []) as { text?: string }[]).map((one): [string, string] => ['', one.text ?? '']);
  return { who: [...new Set(who)], place: displays(r.location, 'location'), why: (r.reasonCode ?? []).map(conceptText).filter(Boolean).join(', '), text: [...sections, ...(r.conclusion ? [['', String(r.conclusion)] as [string, string]] : []), ...dosages, ...notes].filter(([, words]) => words) };
}

/** One event of the record, read whole when it is opened. */
export function EventModal({ row, close }: { row: EventRow; close: () => void }) {
  const { t } = useTranslation();
  const [type = '', id = ''] = row.key.split('/');
  const query = useQuery({ queryKey: ['fhir', type, 'opened', id], queryFn: ({ signal }) => readEntry(type, id, signal) });
  const patient = query.data?.subject?.reference?.split('/').pop() as string | undefined;
  const absent = <span className="mh-absent">{t('common.notRecorded')}</span>;
  return (
    <Modal opened onClose={close} title={`${codeText('eventKind', row.type)} – ${row.title || t('timeline.untitled')}`} size={680} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Loaded query={query}>
        {(resource) => {
          const { who, place, why, text } = factsOf(resource);
          return (
            <>
              <dl className="mh-facts">
                <dt>{t('common.date')}</dt>
                <dd><DateText value={row.at || undefined} time />{row.end && <> – <DateText value={row.end} time /></>}</dd>
                {row.side && <><dt>{t('entry.field.side')}</dt><dd><SideMark side={row.side} /></dd></>}
                <dt>{t('timeline.who')}</dt>
                <dd>{who.join(', ') || absent}</dd>
                {place.length > 0 && <><dt>{t('timeline.place')}</dt><dd>{place.join(', ')}</dd></>}
                {why && <><dt>{t('timeline.why')}</dt><dd>{why}</dd></>}
              </dl>
              {type === 'DocumentReference' && patient && <p><Link to={placeOf(patient, row.key).to} search={placeOf(patient, row.key).search as never} onClick={close}>{t('documents.open')}</Link></p>}
              {text.map(([title, words], index) => (
                <section key={index}>
                  {title && <h3 className="mh-strong">{title}</h3>}
                  <p className="mh-letter">{words}</p>
                </section>
              ))}
            </>
          );
        }}
      </Loaded>
    </Modal>
  );
}
