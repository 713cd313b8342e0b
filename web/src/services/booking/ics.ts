// An appointment as a file of iCalendar (RFC 5545): who it is with and what for stay out of it, since a calendar is often
// seen by others.

export interface Entry {
  /** The same for the same appointment, so that a change replaces it. */
  uid: string;
  start: string;
  end: string;
  /** Of the appointment: a later one is newer. */
  version: number;
  summary: string;
  location: string;
}

const LINE_BYTES = 75;
const bytes = new TextEncoder();

const stamp = (at: string | Date): string => new Date(at).toISOString().replace(/\.\d{3}/, '').replace(/[-:]/g, '');

// oxlint-disable-next-line no-control-regex -- what a calendar must not hold is taken out
const escaped = (text: string): string => text.replace(/[\\;,]/g, (mark) => `\\${mark}`).replace(/\r?\n/g, '\\n').replace(/[\u0000-\u001f\u007f]/g, '');

function folded(line: string): string {
  let out = '';
  let long = 0;
  for (const letter of line) {
    const size = bytes.encode(letter).length;
    if (long + size > LINE_BYTES) {
      out += '\r\n ';
      long = 1;
    }
    out += letter;
    long += size;
  }
  return `${out}\r\n`;
}

export function icsOf({ uid, start, end, version, summary, location }: Entry, now: Date): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Medical Hub//Booking//FR',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${stamp(now)}`,
    `SEQUENCE:${version}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(end)}`,
    `SUMMARY:${escaped(summary)}`,
    ...(location ? [`LOCATION:${escaped(location)}`] : []),
    'CLASS:PRIVATE',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map(folded).join('');
}
