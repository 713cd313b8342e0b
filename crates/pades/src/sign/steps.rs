//! What lies between a PDF and a signed one.

use crate::algorithm::{check, sha256};
use crate::asn1::{OID, SEQUENCE, only};
use crate::certificate::Certificate;
use crate::pdf::write_hex;
use crate::stamp::{self, Belief};
use crate::{Error, Key, Result, cms, oids};
use std::ops::Range;

/// A PDF with a reserved place, waiting for its signature.
pub struct Prepared {
    pub(super) bytes: Vec<u8>,
    /// The hexadecimal string with its brackets.
    pub(super) hole: Range<usize>,
    pub(super) attributes: Vec<u8>,
    pub(super) algorithm: Vec<u8>,
    pub(super) certificate: Vec<u8>,
    pub(super) chain: Vec<Vec<u8>>,
}

impl Prepared {
    /// The bytes to be signed with SHA-256, by ECDSA (in DER) or RSA PKCS#1 v1.5.
    #[must_use]
    pub fn to_be_signed(&self) -> &[u8] {
        &self.attributes
    }

    /// Signs with a key that lies here.
    ///
    /// # Errors
    /// `Error::Mismatch` when it is not the certificate's.
    pub fn sign(self, key: &Key) -> Result<Signed> {
        if Certificate::parse(&self.certificate)?.key.whole != key.public_key() {
            return Err(Error::Mismatch);
        }
        let signature = key.sign(&self.attributes)?;
        Ok(Signed { prepared: self, signature, stamp: None })
    }

    /// Takes a signature that was made elsewhere.
    ///
    /// # Errors
    /// `Error::Mismatch` when the certificate's key did not make it over `to_be_signed`.
    pub fn with_signature(self, signature: &[u8]) -> Result<Signed> {
        let own = Certificate::parse(&self.certificate)?;
        let algorithm = only(&self.algorithm, SEQUENCE).and_then(|whole| whole.inside().expect(OID));
        let algorithm = algorithm.map_err(|_| Error::Mismatch)?.value;
        check(&own.key, algorithm, Some(oids::SHA256), &self.attributes, signature)
            .map_err(|_| Error::Mismatch)?;
        Ok(Signed { prepared: self, signature: signature.to_vec(), stamp: None })
    }
}

/// A signature that may still be stamped.
pub struct Signed {
    prepared: Prepared,
    signature: Vec<u8>,
    stamp: Option<Vec<u8>>,
}

impl Signed {
    /// A `TimeStampReq` for this signature (`application/timestamp-query`).
    #[must_use]
    pub fn timestamp_query(&self, nonce: [u8; 8]) -> Vec<u8> {
        stamp::query(&sha256(&[&self.signature]), nonce)
    }

    /// Takes the authority's `TimeStampResp`.
    ///
    /// # Errors
    /// `Error::Stamp` when the answer is a refusal, another one's, or from an authority that is not among these.
    pub fn with_timestamp(mut self, answer: &[u8], nonce: [u8; 8], authorities: &[Vec<u8>]) -> Result<Self> {
        let token = stamp::token(answer)?;
        let authorities =
            authorities.iter().map(|one| Certificate::parse(one)).collect::<Result<Vec<_>>>()?;
        let belief = Belief { authorities: &authorities, others: &[], lists: &[] };
        stamp::check(token, &self.signature, Some(nonce), &belief).map_err(Error::Stamp)?;
        self.stamp = Some(token.to_vec());
        Ok(self)
    }

    /// The signed PDF.
    ///
    /// # Errors
    /// `Error::Room` when stamp and certificates are larger than what was reserved.
    pub fn finish(self) -> Result<Vec<u8>> {
        let Prepared { mut bytes, hole, attributes, algorithm, certificate, chain } = self.prepared;
        let signer = Certificate::parse(&certificate)?;
        let mut certificates = vec![certificate.as_slice()];
        certificates.extend(chain.iter().map(Vec::as_slice));
        let message = cms::write(&cms::Message {
            content_type: oids::DATA,
            content: None,
            signer: &signer,
            certificates: &certificates,
            attributes: &attributes,
            algorithm: &algorithm,
            signature: &self.signature,
            stamp: self.stamp.as_deref(),
        });
        let mut text = Vec::with_capacity(hole.len());
        write_hex(&message, &mut text);
        // The closing bracket stays where the reserved place has it.
        text.pop();
        let place = bytes
            .get_mut(hole.start..hole.end.saturating_sub(1))
            .and_then(|place| place.get_mut(..text.len()));
        place.ok_or(Error::Room)?.copy_from_slice(&text);
        Ok(bytes)
    }
}
