import { useTranslation } from 'react-i18next';

const TIES = ['care', 'facility', 'delegate', 'author', 'self', 'proxy'] as const;
const MARKS = ['opposed', 'vip', 'colleague', 'very_restricted', 'signed', 'refused_purpose'] as const;

/** How a person is tied to a patient. */
export function TieTags({ ties }: { ties: string[] }) {
  const { t } = useTranslation();
  return <span className="mh-tags">{TIES.filter((tie) => ties.includes(tie)).map((tie) => <span key={tie} className="mh-tag mh-tag-accent">{t(`access.tie.${tie}`)}</span>)}</span>;
}

/** What is marked on a patient. */
export function MarkTags({ marks }: { marks: string[] }) {
  const { t } = useTranslation();
  return <span className="mh-tags">{MARKS.filter((mark) => marks.includes(mark)).map((mark) => <span key={mark} className="mh-tag mh-tag-warn">{t(`access.mark.${mark}`)}</span>)}</span>;
}
