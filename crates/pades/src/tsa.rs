//! A TEST time-stamp authority (RFC 3161). It says what its caller's clock says, so it proves nothing to others; its
//! policy is an identifier of ours that promises nothing. Whoever shows its stamps has to say so.

use crate::algorithm::sha256;
use crate::asn1::{OID, general_time, number, sequence, tlv};
use crate::certificate::Certificate;
use crate::key::message_algorithm;
use crate::stamp::{imprint, question};
use crate::{Error, Key, Moment, Result, cms, oids};

/// Who stamps, and when.
#[derive(Clone, Copy, Debug)]
pub struct Stand<'a> {
    pub key: &'a Key,
    /// Issued for `Purpose::Timestamps`.
    pub certificate: &'a [u8],
    /// Certificates above it.
    pub chain: &'a [Vec<u8>],
    /// Different for each stamp.
    pub serial: u64,
    pub at: Moment,
}

/// A `TimeStampResp` to a `TimeStampReq` for a SHA-256 digest.
///
/// # Errors
/// `Error::Query` when the question cannot be read or names another digest; `Error::Certificate`, `Error::Mismatch`,
/// `Error::Key` when key and certificate cannot stamp.
pub fn answer(query: &[u8], stand: &Stand<'_>) -> Result<Vec<u8>> {
    let asked = question(query)?;
    let own = Certificate::parse(stand.certificate)?;
    if !own.for_stamps_only {
        return Err(Error::Certificate("it is not made for time stamps"));
    }
    if own.key.whole != stand.key.public_key() {
        return Err(Error::Mismatch);
    }
    let info = sequence(&[
        &number(1),
        &tlv(OID, &[oids::TEST_POLICY]),
        &imprint(asked.digest),
        &number(stand.serial),
        &general_time(stand.at),
        asked.nonce.unwrap_or_default(),
    ]);
    let attributes = cms::attributes(oids::STAMPED_CONTENT, &sha256(&[&info]), stand.certificate);
    let mut certificates = vec![stand.certificate];
    certificates.extend(stand.chain.iter().map(Vec::as_slice));
    let token = cms::write(&cms::Message {
        content_type: oids::STAMPED_CONTENT,
        content: Some(&info),
        signer: &own,
        certificates: &certificates,
        attributes: &attributes,
        algorithm: &message_algorithm(&own.key).ok_or(Error::Key("not supported"))?,
        signature: &stand.key.sign(&attributes)?,
        stamp: None,
    });
    Ok(sequence(&[&sequence(&[&number(0)]), &token]))
}
