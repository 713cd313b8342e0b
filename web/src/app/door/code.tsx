import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

const DIGITS = 6;

interface CodeInputProps {
  label: string;
  description?: ReactNode;
  value: string;
  change: (value: string) => void;
  /** Called with the sixth digit: nobody has to press a key more. */
  complete: (code: string) => void;
  autoFocus?: boolean;
}

/** The code of an authenticator app; a paste with blanks is taken as well. */
export function CodeInput({ label, description, value, change, complete, autoFocus }: CodeInputProps) {
  return (
    <TextInput
      className="mh-code-input"
      label={label}
      description={description}
      value={value}
      onChange={(event) => {
        const digits = event.currentTarget.value.replace(/\D/g, '').slice(0, DIGITS);
        change(digits);
        if (digits.length === DIGITS && digits !== value) complete(digits);
      }}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus={autoFocus}
    />
  );
}

export const isCode = (text: string): boolean => text.length === DIGITS;
