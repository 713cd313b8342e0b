import './segments.css';
interface SegmentsProps<T extends string> { label: string; value: T; change: (value: T) => void; choices: { value: T; label: string }[] }

/** One of a few, all in sight. */
export function SegmentedControl<T extends string>({ label, value, change, choices }: SegmentsProps<T>) {
  return (
    <div className="mh-segments" role="group" aria-label={label}>
      {choices.map((choice) => (
        <button key={choice.value} type="button" aria-pressed={choice.value === value} onClick={() => change(choice.value)}>{choice.label}</button>
      ))}
    </div>
  );
}
