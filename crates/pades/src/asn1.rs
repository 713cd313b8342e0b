//! The part of DER (ITU-T X.690) that certificates, CMS and time stamps need: tags of one byte, lengths in their
//! shortest form, nothing indefinite. Reading never copies and never recurses.

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BITS: u8 = 0x03;
pub(crate) const OCTETS: u8 = 0x04;
pub(crate) const OID: u8 = 0x06;
pub(crate) const ENUMERATED: u8 = 0x0a;
pub(crate) const UTF8: u8 = 0x0c;
pub(crate) const PRINTABLE: u8 = 0x13;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERAL_TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;
pub(crate) const NULL: &[u8] = &[0x05, 0x00];

/// `[n]`, constructed.
pub(crate) const fn context(n: u8) -> u8 {
    0xa0 | n
}

/// `[n]`, primitive.
pub(crate) const fn plain_context(n: u8) -> u8 {
    0x80 | n
}

use crate::moment::Moment;

pub(crate) fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut out = Vec::with_capacity(length + 6);
    out.push(tag);
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let bytes = length.to_be_bytes();
            let bytes: Vec<u8> = bytes.iter().copied().skip_while(|byte| *byte == 0).collect();
            out.push(0x80 | bytes.len() as u8);
            out.extend(bytes);
        }
    }
    for part in parts {
        out.extend_from_slice(part);
    }
    out
}

pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(SEQUENCE, parts)
}

/// A SET OF, in the order that DER asks for.
pub(crate) fn set(mut members: Vec<Vec<u8>>) -> Vec<u8> {
    members.sort();
    let parts: Vec<&[u8]> = members.iter().map(Vec::as_slice).collect();
    tlv(SET, &parts)
}

pub(crate) fn oid(body: &[u8]) -> Vec<u8> {
    tlv(OID, &[body])
}

/// An INTEGER that is not negative, from its big-endian bytes.
pub(crate) fn unsigned(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let bytes = bytes.get(start..).unwrap_or_default();
    match bytes.first() {
        None => tlv(INTEGER, &[&[0]]),
        Some(first) if *first >= 0x80 => tlv(INTEGER, &[&[0], bytes]),
        Some(_) => tlv(INTEGER, &[bytes]),
    }
}

pub(crate) fn number(value: u64) -> Vec<u8> {
    unsigned(&value.to_be_bytes())
}

/// A BIT STRING of whole bytes.
pub(crate) fn bits(bytes: &[u8]) -> Vec<u8> {
    tlv(BITS, &[&[0], bytes])
}

/// The `Time` of X.509: two digits of the year until 2049, then four.
pub(crate) fn time(at: Moment) -> Vec<u8> {
    let digits = at.digits();
    if at.is_short() {
        tlv(UTC_TIME, &[digits.as_bytes().get(2..).unwrap_or_default(), b"Z"])
    } else {
        general_time(at)
    }
}

pub(crate) fn general_time(at: Moment) -> Vec<u8> {
    tlv(GENERAL_TIME, &[at.digits().as_bytes(), b"Z"])
}

/// What could not be read as DER.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotDer;

pub(crate) type Read<T> = std::result::Result<T, NotDer>;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Tlv<'a> {
    pub tag: u8,
    pub value: &'a [u8],
    /// Tag and length included.
    pub whole: &'a [u8],
}

impl<'a> Tlv<'a> {
    pub fn inside(&self) -> Reader<'a> {
        Reader { rest: self.value }
    }

    /// The bytes of a BIT STRING without odd bits.
    pub fn bit_bytes(&self) -> Read<&'a [u8]> {
        match self.value.split_first() {
            Some((0, bytes)) => Ok(bytes),
            _ => Err(NotDer),
        }
    }

    /// A `Time`, or a GeneralizedTime with a fraction (which is cut off).
    pub fn moment(&self) -> Read<Moment> {
        let body = self.value.strip_suffix(b"Z").ok_or(NotDer)?;
        if self.tag == UTC_TIME {
            let century: &[u8] = if body.first().is_some_and(|digit| *digit >= b'5') { b"19" } else { b"20" };
            let digits = [century, body].concat();
            return if body.len() == 12 { Moment::from_digits(&digits).ok_or(NotDer) } else { Err(NotDer) };
        }
        let fraction = body.get(14..).ok_or(NotDer)?;
        let exact = fraction.is_empty() || (fraction.first() == Some(&b'.') && fraction.len() < 12);
        if self.tag != GENERAL_TIME || !exact {
            return Err(NotDer);
        }
        Moment::from_digits(body).ok_or(NotDer)
    }

    /// A small INTEGER or ENUMERATED.
    pub fn small(&self) -> Read<u64> {
        let fits = self.value.first().is_some_and(|first| *first < 0x80) && self.value.len() <= 8;
        if !fits {
            return Err(NotDer);
        }
        Ok(self.value.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn next(&mut self) -> Read<Tlv<'a>> {
        let (&tag, after) = self.rest.split_first().ok_or(NotDer)?;
        let (&first, after) = after.split_first().ok_or(NotDer)?;
        if tag & 0x1f == 0x1f {
            return Err(NotDer);
        }
        let (length, after) = if first < 0x80 {
            (usize::from(first), after)
        } else {
            let count = usize::from(first & 0x7f);
            let bytes = after.get(..count).filter(|_| (1..=4).contains(&count)).ok_or(NotDer)?;
            let length = bytes.iter().fold(0usize, |sum, byte| sum << 8 | usize::from(*byte));
            if bytes.first() == Some(&0) || length < 0x80 {
                return Err(NotDer);
            }
            (length, after.get(count..).ok_or(NotDer)?)
        };
        let value = after.get(..length).ok_or(NotDer)?;
        let rest = after.get(length..).ok_or(NotDer)?;
        let whole = self.rest.get(..self.rest.len() - rest.len()).ok_or(NotDer)?;
        self.rest = rest;
        Ok(Tlv { tag, value, whole })
    }

    pub fn expect(&mut self, tag: u8) -> Read<Tlv<'a>> {
        let found = self.next()?;
        if found.tag == tag { Ok(found) } else { Err(NotDer) }
    }

    pub fn optional(&mut self, tag: u8) -> Read<Option<Tlv<'a>>> {
        if self.rest.first() == Some(&tag) { self.next().map(Some) } else { Ok(None) }
    }

    /// Nothing may be left.
    pub fn done(&self) -> Read<()> {
        if self.rest.is_empty() { Ok(()) } else { Err(NotDer) }
    }
}

/// The one value that `bytes` consist of.
pub(crate) fn only(bytes: &[u8], tag: u8) -> Read<Tlv<'_>> {
    let mut reader = Reader::new(bytes);
    let value = reader.expect(tag)?;
    reader.done()?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_it_reads() {
        let long = vec![7; 300];
        let whole = sequence(&[&tlv(OCTETS, &[&long]), &number(0), &number(0x80), &number(65_536)]);
        let mut inside = only(&whole, SEQUENCE).unwrap().inside();
        assert_eq!(inside.expect(OCTETS).unwrap().value, long);
        assert_eq!(inside.next().unwrap().small(), Ok(0));
        assert_eq!(inside.next().unwrap().whole, [2, 2, 0, 0x80]);
        assert_eq!(inside.next().unwrap().small(), Ok(65_536));
        assert_eq!(inside.done(), Ok(()));
    }

    #[test]
    fn refuses_what_is_not_der() {
        for bytes in [&[0x30][..], &[0x30, 0x80, 0, 0], &[0x30, 0x81, 0x05], &[0x30, 5, 1], &[0x1f, 1, 1]] {
            assert!(only(bytes, bytes[0]).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn times_around_2050() {
        for at in [Moment(0), Moment(1_795_421_700), Moment(2_524_607_999), Moment(2_524_608_000)] {
            let written = time(at);
            assert_eq!(Reader::new(&written).next().unwrap().moment(), Ok(at));
        }
        assert_eq!(time(Moment(2_524_608_000))[0], GENERAL_TIME);
        let fraction = tlv(GENERAL_TIME, &[b"20261123081500.125Z"]);
        assert_eq!(Reader::new(&fraction).next().unwrap().moment(), Ok(Moment(1_795_421_700)));
    }
}
