import { useTranslation } from 'react-i18next';
import { conceptText } from '../../datatypes/CodeableConcept/concept';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { FlagsPanel } from './background.panel';
import { useCareTeam, useRelatives } from './background.resource';
import { MEMBER, RELATIVE, leaves } from './people-forms.resource';
import { PhotoPanel } from './photo.panel';
import { AddButton, ChartTools, RowActions } from './row-actions.panel';

/** Who is around the patient, and what all of them must know. */
export default function TeamPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.team')}</h2>
      <ChartTools patientId={patientId}>
        <div className="mh-grid-2">
          <div className="mh-column"><FlagsPanel patientId={patientId} /><PhotoPanel patientId={patientId} /></div>
          <div className="mh-column">
            <CareTeamPanel patientId={patientId} />
            <RelativesPanel patientId={patientId} />
          </div>
        </div>
      </ChartTools>
    </div>
  );
}

function CareTeamPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useCareTeam(patientId);
  return (
    <Panel title={t('team.care')} count={query.data?.length} flush side={<AddButton form={MEMBER} id={query.data?.[0]?.team} label={t('entry.add')} />}>
      <Loaded query={query}>
        {(rows) =>
          rows.length ? (
            <ul className="mh-list">
              {rows.map((row) => (
                <li key={row.key} className="mh-split">
                  <span><span className="mh-strong">{row.name}</span> <span className="mh-quiet">{row.role}</span></span>
                  <span className="mh-split-side">{t('medications.since')} <DateText value={row.since} /> <RowActions type="CareTeam" id={row.team} label={row.name} noMistake acts={[{ name: 'leave', apply: leaves(row.reference) }]} /></span>
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('team.nobody')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}

function RelativesPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useRelatives(patientId);
  return (
    <Panel title={t('team.relatives')} count={query.data?.length} flush side={<AddButton form={RELATIVE} label={t('entry.add')} />}>
      <Loaded query={query}>
        {(rows) =>
          rows.length ? (
            <ul className="mh-list">
              {rows.map((row) => (
                <li key={row.id} className="mh-split">
                  <span><span className="mh-strong">{row.name || t('common.unnamed')}</span> <span className="mh-quiet">{row.relations.map(({ option, concept }) => (option ? t(`entry.option.${option}`) : conceptText(concept))).filter(Boolean).join(' · ')}</span></span>
                  <span className="mh-split-side mh-num">{row.phone ?? <span className="mh-absent">{t('common.notRecorded')}</span>} <RowActions form={RELATIVE} type="RelatedPerson" id={row.id} label={row.name} /></span>
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('team.noRelative')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}
