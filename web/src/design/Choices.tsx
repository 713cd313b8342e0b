import { useId, type ReactNode } from 'react';
import './form.css';

export interface Choice { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean }

interface ChoicesProps {
  legend: ReactNode;
  choices: Choice[];
  chosen: readonly string[];
  change: (chosen: string[]) => void;
  /** One of them, instead of any. */
  one?: boolean;
  /** On one line, for short words. */
  line?: boolean;
  error?: string;
}

/** Boxes to tick, or one button of several, each with a sentence that says what it does. */
export function Choices({ legend, choices, chosen, change, one = false, line = false, error }: ChoicesProps) {
  const id = useId();
  const toggle = (value: string) => {
    if (one) change([value]);
    else change(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  };
  return (
    <fieldset className="mh-choices" aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{legend}</legend>
      <div className={line ? 'mh-choices-line' : 'mh-choices-grid'}>
        {choices.map(({ value, label, hint, disabled }) => (
          <label key={value} className="mh-choice" htmlFor={`${id}-${value}`}>
            <input id={`${id}-${value}`} name={id} value={value} type={one ? 'radio' : 'checkbox'} checked={chosen.includes(value)} disabled={disabled} onChange={() => toggle(value)} />
            <span>
              {label}
              {hint && <small>{hint}</small>}
            </span>
          </label>
        ))}
      </div>
      {error && <p className="mh-field-error" id={`${id}-error`} role="alert">{error}</p>}
    </fieldset>
  );
}
