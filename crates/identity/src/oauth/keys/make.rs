//! Making a pair of keys.

use super::Key;
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, EncodingKey};
use store::{Error, Result};

/// RSA takes a while: it is made on a thread where nobody waits.
pub async fn make(alg: Algorithm, kid: String, created: i64) -> Result<Key> {
    let der = tokio::task::spawn_blocking(move || private(alg)).await.map_err(Error::unavailable)??;
    let private = match alg {
        Algorithm::ES256 => EncodingKey::from_ec_der(&der),
        _ => EncodingKey::from_rsa_der(&der),
    };
    let mut public = Jwk::from_encoding_key(&private, alg).map_err(Error::unavailable)?;
    public.common.key_id = Some(kid.clone());
    public.common.public_key_use = Some(PublicKeyUse::Signature);
    Ok(Key { kid, alg, private: STANDARD.encode(&der), public, created })
}

fn private(alg: Algorithm) -> Result<Vec<u8>> {
    if alg == Algorithm::ES256 {
        let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        return Ok(pair.map_err(Error::unavailable)?.as_ref().to_vec());
    }
    let pair = RsaKeyPair::generate(KeySize::Rsa3072).map_err(Error::unavailable)?;
    let pkcs8: aws_lc_rs::encoding::Pkcs8V1Der<'_> = pair.as_der().map_err(Error::unavailable)?;
    // The library signs with the inner form (PKCS #1), which it takes out of a PEM file.
    let pem = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        STANDARD.encode(pkcs8.as_ref())
    );
    let key = EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(Error::unavailable)?;
    Ok(key.as_bytes().to_vec())
}
