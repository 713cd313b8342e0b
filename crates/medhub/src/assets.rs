//! The web app inside the binary.

use rust_embed::{Embed, EmbeddedFile};
use std::fmt::Write;

#[derive(Embed)]
#[folder = "../../web/dist"]
struct Dist;

/// The built web app; empty where the program was compiled without it.
pub struct WebApp;

impl WebApp {
    pub fn is_built() -> bool {
        Dist::get("index.html").is_some()
    }
}

impl edge::Assets for WebApp {
    fn get(&self, path: &str) -> Option<edge::Asset> {
        let EmbeddedFile { data, metadata } = Dist::get(path)?;
        let hash = metadata.sha256_hash();
        let mut etag = String::with_capacity(32);
        for byte in &hash[..16] {
            let _ = write!(etag, "{byte:02x}");
        }
        Some(edge::Asset { bytes: data, etag })
    }
}
