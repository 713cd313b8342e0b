// JSON.parse turns 1.10 into 1.1, and in a laboratory result the last zero says how exact the method is.

const WRITTEN_PRECISION = /"value":\s*(-?\d+\.\d*0)(?=\s*[,}])/g;

/**
 * Parses FHIR JSON, keeping a decimal `value` that ends in zero as text.
 * Inside a JSON string the quote before the colon is escaped, so the pattern cannot match there.
 */
export function fhirParse<T>(text: string): T {
  return JSON.parse(text.replace(WRITTEN_PRECISION, '"value":"$1"')) as T;
}
