//! In which form the rows go out.

use crate::failure::{Answer, Failure};
use crate::text;
use fhir::Json;
use http::{HeaderMap, HeaderValue, header};
use viewdef::Column;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Ndjson,
    Csv,
    Json,
}

impl Format {
    pub fn parse(name: &str) -> Option<Format> {
        Some(match name.split(';').next()?.trim() {
            "ndjson" | "application/x-ndjson" | "application/ndjson" | "application/fhir+ndjson" => {
                Format::Ndjson
            }
            "csv" | "text/csv" => Format::Csv,
            "json" | "application/json" => Format::Json,
            _ => return None,
        })
    }

    /// The first form that the caller accepts; who names none gets NDJSON.
    ///
    /// # Errors
    /// 406 when none of ours is accepted.
    pub fn accepted(headers: &HeaderMap) -> Answer<Format> {
        let mut any = true;
        for value in headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()) {
            for range in value.split(',').take(30) {
                if let Some(format) = Format::parse(range) {
                    return Ok(format);
                }
                let name = range.split(';').next().unwrap_or("").trim();
                any = matches!(name, "*/*" | "application/*" | "text/*" | "application/fhir+json");
                if any {
                    return Ok(Format::Ndjson);
                }
            }
        }
        if any { Ok(Format::Ndjson) } else { Err(Failure::new(406, text::VIEW_FORMAT)) }
    }

    pub fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Format::Ndjson => "application/x-ndjson; charset=utf-8",
            Format::Csv => "text/csv; charset=utf-8",
            Format::Json => "application/json; charset=utf-8",
        })
    }

    /// What stands before the first row.
    pub fn head(self, columns: &[Column], header: bool) -> String {
        match self {
            Format::Csv if header => viewdef::csv_header(columns) + "\r\n",
            Format::Json => "[".to_string(),
            _ => String::new(),
        }
    }

    pub fn row(self, columns: &[Column], row: &[Json<'_>], first: bool, out: &mut Vec<u8>) {
        let text = match self {
            Format::Csv => viewdef::csv(row) + "\r\n",
            Format::Ndjson => viewdef::ndjson(columns, row) + "\n",
            Format::Json if first => viewdef::ndjson(columns, row),
            Format::Json => ",\n".to_string() + &viewdef::ndjson(columns, row),
        };
        out.extend_from_slice(text.as_bytes());
    }

    /// What stands behind the last row.
    pub fn tail(self) -> &'static str {
        if self == Format::Json { "]" } else { "" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caller_chooses() {
        let of = |value: &'static str| {
            let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(value))]);
            Format::accepted(&headers).map_err(|failure| failure.status)
        };
        assert_eq!(of("text/csv"), Ok(Format::Csv));
        assert_eq!(of("application/json, text/csv"), Ok(Format::Json));
        assert_eq!(of("application/fhir+json"), Ok(Format::Ndjson));
        assert_eq!(of("text/html, */*;q=0.1"), Ok(Format::Ndjson));
        assert_eq!(of("application/vnd.apache.parquet"), Err(406));
        assert_eq!(Format::accepted(&HeaderMap::new()).ok(), Some(Format::Ndjson));
    }
}
