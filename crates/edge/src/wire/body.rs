//! Reading a request's body: bounded in length, in time and after decompression.

use super::compress::{self, Inflate};
use crate::config::Limits;
use crate::failure::{Answer, Failure};
use crate::text;
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};

/// The whole body.
///
/// # Errors
/// 413 too long, 408 too slow, 415 an unknown or damaged compression, 400 a broken connection.
pub async fn read(headers: &HeaderMap, body: Body, limits: &Limits) -> Answer<Bytes> {
    let declared =
        headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<u64>().ok());
    if declared.is_some_and(|length| length > limits.body_bytes as u64) {
        return Err(too_long(limits));
    }
    let gzip = match headers.get(header::CONTENT_ENCODING).map(|v| v.as_bytes()) {
        None | Some(b"identity" | b"") => false,
        Some(b"gzip" | b"x-gzip") => true,
        Some(_) => return Err(Failure::new(415, text::CONTENT_ENCODING)),
    };
    let collected = Limited::new(body, limits.body_bytes).collect();
    let collected = match tokio::time::timeout(limits.body_time, collected).await {
        Err(_) => return Err(Failure::new(408, text::BODY_TIMEOUT)),
        Ok(Err(error)) if error.downcast_ref::<LengthLimitError>().is_some() => return Err(too_long(limits)),
        Ok(Err(_)) => return Err(Failure::new(400, text::BODY_BROKEN)),
        Ok(Ok(collected)) => collected.to_bytes(),
    };
    if !gzip {
        return Ok(collected);
    }
    compress::gunzip(&collected, limits.body_bytes).map_err(|why| match why {
        Inflate::TooLong => too_long(limits),
        Inflate::Damaged => Failure::new(415, text::CONTENT_ENCODING),
    })
}

fn too_long(limits: &Limits) -> Failure {
    Failure::new(413, text::BODY_TOO_LONG).arg("max", limits.body_bytes)
}
