import { useEffect, useState } from 'react';

/** An address for these bytes, of a type that we chose; it ends with the page that asked. */
export function useAddress(bytes: Uint8Array<ArrayBuffer> | undefined, type: string): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!bytes) return undefined;
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    // The address is made with the page and ends with it: it cannot be had while drawing.
    // oxlint-disable-next-line react/set-state-in-effect
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  return address;
}
