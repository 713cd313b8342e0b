use crate::error::Result;
use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let digest = digest::digest(&digest::SHA256, bytes);
    let mut out = [0u8; 32];
    out.iter_mut().zip(digest.as_ref()).for_each(|(o, d)| *o = *d);
    out
}

/// Bytes for secrets, from the operating system's generator.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut out = [0u8; N];
    aws_lc_rs::rand::fill(&mut out)?;
    Ok(out)
}

/// A bearer token: `mh_` and 256 random bits in base64url.
pub fn token_generate() -> Result<String> {
    Ok(format!("mh_{}", URL_SAFE_NO_PAD.encode(random::<32>()?)))
}

/// What is stored of a token: it has too much entropy to be guessed from a plain hash.
pub fn token_hash(token: &str) -> [u8; 32] {
    sha256(token.as_bytes())
}
