//! The web app: files that the binary holds, served with caching, compression and a strict policy.

use crate::app::App;
use crate::failure::Failure;
use crate::text;
use crate::wire::compress;
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use parking_lot::Mutex;
use std::borrow::Cow;
use std::collections::HashMap;

/// A file of the web app.
#[derive(Clone, Debug)]
pub struct Asset {
    pub bytes: Cow<'static, [u8]>,
    /// Hash of the content.
    pub etag: String,
}

/// Where the files come from.
pub trait Assets: Send + Sync + 'static {
    /// The file of that path, such as `index.html` or `assets/app-1a2b.js`: no leading slash.
    fn get(&self, path: &str) -> Option<Asset>;
}

/// No web app.
pub struct NoAssets;

impl Assets for NoAssets {
    fn get(&self, _: &str) -> Option<Asset> {
        None
    }
}

/// What a page may load and do: nothing but what comes from us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src blob:; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Compressed copies of files, by path and hash; the files are few and do not change.
#[derive(Default)]
pub struct Packed(Mutex<HashMap<String, Option<Bytes>>>);

/// More names than the app has files mean that someone changes them under us.
const PACKED_MAX: usize = 2_000;

impl Packed {
    fn gzip(&self, asset: &Asset) -> Option<Bytes> {
        let mut copies = self.0.lock();
        if copies.len() >= PACKED_MAX {
            copies.clear();
        }
        copies.entry(asset.etag.clone()).or_insert_with(|| compress::gzip(&asset.bytes)).clone()
    }
}

/// A file, or the app's page for every path that names none (the app routes by itself).
pub fn serve(app: &App, method: &Method, path: &str, headers: &HeaderMap) -> Result<Response<Body>, Failure> {
    if method != Method::GET && method != Method::HEAD {
        let allow = HeaderValue::from_static("GET, HEAD");
        return Err(Failure::new(405, text::METHOD).arg("allow", "GET, HEAD").with(header::ALLOW, allow));
    }
    let name = path.trim_start_matches('/');
    let name = if name.is_empty() { "index.html" } else { name };
    let (asset, name) = match app.assets.get(name) {
        Some(asset) => (asset, name),
        // A missing script must not be answered by a page.
        None if name.starts_with("assets/") => return Err(Failure::new(404, text::NOT_FOUND)),
        None => match app.assets.get("index.html") {
            Some(page) => (page, "index.html"),
            None => return Err(Failure::new(404, text::NOT_FOUND)),
        },
    };
    Ok(file(app, asset, name, headers))
}

fn file(app: &App, asset: Asset, name: &str, headers: &HeaderMap) -> Response<Body> {
    let etag = format!("\"{}\"", asset.etag);
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == etag.as_bytes());
    let kind = content_type(name);
    let packed = if !known && compressible(kind) && compress::accepts_gzip(headers) {
        app.packed.gzip(&asset)
    } else {
        None
    };
    let zipped = packed.is_some();
    let body = match (known, packed, asset.bytes) {
        (true, ..) => Bytes::new(),
        (_, Some(packed), _) => packed,
        (_, None, Cow::Borrowed(bytes)) => Bytes::from_static(bytes),
        (_, None, Cow::Owned(bytes)) => Bytes::from(bytes),
    };
    let mut response = Response::new(Body::from(body));
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let cache = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(value) = HeaderValue::from_str(&etag) {
        out.insert(header::ETAG, value);
    }
    if zipped {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    out.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    out.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    out.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    let features = HeaderValue::from_static("camera=(self), microphone=(self), geolocation=(), usb=()");
    out.insert("permissions-policy", features);
    out.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    response
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

fn compressible(kind: &str) -> bool {
    kind.starts_with("text/") || kind.contains("json") || kind.contains("svg") || kind.contains("wasm")
}
