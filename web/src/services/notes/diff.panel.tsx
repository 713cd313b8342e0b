import { diffWords } from './diff';

/** A text with what changed in it: struck through, or underlined; never by colour alone. `own` leaves out what is gone. */
export function DiffText({ before, after, own = false }: { before: string; after: string; own?: boolean }) {
  return (
    <p className="mh-diff">
      {diffWords(before, after).map(({ kind, text }, index) => {
        if (kind === 'added') return <ins key={index}>{text}</ins>;
        if (kind === 'removed') return own ? null : <del key={index}>{text}</del>;
        return <span key={index}>{text}</span>;
      })}
    </p>
  );
}
