//! Time stamps (RFC 3161): the question, the answer, and what it proves.

use crate::algorithm::{Algorithm, digest_of, identifier};
use crate::asn1::{
    BOOLEAN, GENERAL_TIME, INTEGER, NotDer, OCTETS, OID, Read, SEQUENCE, number, only, sequence, tlv,
    unsigned,
};
use crate::certificate::Certificate;
use crate::cms::{self, Signed};
use crate::revocation::{List, State, state};
use crate::{Error, Moment, Result, StampFault, chain, oids};

/// A `TimeStampReq` for a SHA-256 digest, asking for the authority's certificate.
pub(crate) fn query(digest: &[u8], nonce: [u8; 8]) -> Vec<u8> {
    sequence(&[&number(1), &imprint(digest), &unsigned(&nonce), &tlv(BOOLEAN, &[&[0xff]])])
}

pub(crate) fn imprint(digest: &[u8]) -> Vec<u8> {
    sequence(&[&identifier(oids::SHA256, true), &tlv(OCTETS, &[digest])])
}

/// The token of a `TimeStampResp` that grants one.
pub(crate) fn token(answer: &[u8]) -> Result<&[u8]> {
    let malformed = |_: NotDer| Error::Stamp(StampFault::Malformed);
    let mut outer = only(answer, SEQUENCE).map_err(malformed)?.inside();
    let mut status = outer.expect(SEQUENCE).map_err(malformed)?.inside();
    let status = status.expect(INTEGER).and_then(|status| status.small()).map_err(malformed)?;
    // 0: granted, 1: granted with modifications (2.4.2).
    if status > 1 {
        return Err(Error::Stamp(StampFault::Refused(u8::try_from(status).unwrap_or(u8::MAX))));
    }
    Ok(outer.expect(SEQUENCE).map_err(malformed)?.whole)
}

/// `TSTInfo` (2.4.2).
struct Info<'a> {
    digest: &'a [u8],
    imprint: &'a [u8],
    at: Moment,
    nonce: Option<&'a [u8]>,
}

fn info(content: &[u8]) -> Read<Info<'_>> {
    let mut fields = only(content, SEQUENCE)?.inside();
    fields.expect(INTEGER)?;
    fields.expect(OID)?;
    let mut imprint = fields.expect(SEQUENCE)?.inside();
    let digest = Algorithm::read(&mut imprint)?.oid;
    let imprint = imprint.expect(OCTETS)?.value;
    fields.expect(INTEGER)?;
    let at = fields.expect(GENERAL_TIME)?.moment()?;
    fields.optional(SEQUENCE)?;
    fields.optional(BOOLEAN)?;
    let nonce = fields.optional(INTEGER)?.map(|nonce| nonce.whole);
    Ok(Info { digest, imprint, at, nonce })
}

/// A stamp that holds.
pub(crate) struct Stamp {
    pub at: Moment,
    pub authority: String,
}

/// Whom to believe.
pub(crate) struct Belief<'a, 'b> {
    pub authorities: &'b [Certificate<'a>],
    /// Certificates that may stand between.
    pub others: &'b [Certificate<'a>],
    pub lists: &'b [List<'a>],
}

/// Checks a token over `stamped` (the bytes of a signature).
pub(crate) fn check<'a>(
    token: &'a [u8],
    stamped: &[u8],
    nonce: Option<[u8; 8]>,
    belief: &Belief<'a, '_>,
) -> std::result::Result<Stamp, StampFault> {
    let signed = Signed::read(token).map_err(|_| StampFault::Malformed)?;
    let content = signed.content.filter(|_| signed.content_type == oids::STAMPED_CONTENT);
    let content = content.ok_or(StampFault::Malformed)?;
    let info = info(content).map_err(|_| StampFault::Malformed)?;
    if digest_of(info.digest, &[stamped]).ok_or(StampFault::Unsupported)? != info.imprint {
        return Err(StampFault::WrongDigest);
    }
    if nonce.is_some_and(|nonce| info.nonce != Some(unsigned(&nonce).as_slice())) {
        return Err(StampFault::WrongNonce);
    }
    let signer = signed.check(&[content]).map_err(|fault| match fault {
        cms::Fault::Malformed => StampFault::Malformed,
        cms::Fault::Unsupported => StampFault::Unsupported,
        cms::Fault::Changed | cms::Fault::Forged => StampFault::Forged,
    })?;
    if !signer.for_stamps_only {
        return Err(StampFault::NotForStamping);
    }
    let others: Vec<Certificate<'a>> = signed.certificates.iter().chain(belief.others).cloned().collect();
    let way = chain::path(signer, &others, belief.authorities, info.at).map_err(|fault| match fault {
        chain::Fault::Unknown => StampFault::Untrusted,
        chain::Fault::NotYetValid | chain::Fault::Expired => StampFault::Expired,
    })?;
    let revoked = way.windows(2).any(|pair| match pair {
        [one, issuer] => matches!(state(one, issuer, belief.lists, info.at), State::Revoked(_)),
        _ => false,
    });
    if revoked {
        return Err(StampFault::Revoked);
    }
    Ok(Stamp { at: info.at, authority: signer.about().name })
}

/// What a `TimeStampReq` asks for: the SHA-256 digest, and the nonce as it stands there.
pub(crate) struct Question<'a> {
    pub digest: &'a [u8],
    pub nonce: Option<&'a [u8]>,
}

pub(crate) fn question(query: &[u8]) -> Result<Question<'_>> {
    let wrong = |_: NotDer| Error::Query("it cannot be read");
    let mut fields = only(query, SEQUENCE).map_err(wrong)?.inside();
    fields.expect(INTEGER).map_err(wrong)?;
    let mut imprint = fields.expect(SEQUENCE).map_err(wrong)?.inside();
    let algorithm = Algorithm::read(&mut imprint).map_err(wrong)?.oid;
    let digest = imprint.expect(OCTETS).map_err(wrong)?.value;
    if algorithm != oids::SHA256 || digest.len() != 32 {
        return Err(Error::Query("only SHA-256 is stamped"));
    }
    fields.optional(OID).map_err(wrong)?;
    let nonce = fields.optional(INTEGER).map_err(wrong)?.map(|nonce| nonce.whole);
    Ok(Question { digest, nonce })
}
