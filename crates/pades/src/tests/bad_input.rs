use crate::testing::{Clinic, YEAR, at, classic, classic_with, modern, printed};
use crate::*;
use proptest::prelude::*;

fn refused(pdf: &[u8]) -> Error {
    let clinic = Clinic::new();
    sign(pdf, &clinic.request(&[]), &clinic.key, None).unwrap_err()
}

#[test]
fn says_what_is_wrong() {
    assert_eq!(refused(b"GIF89a"), Error::NotAPdf);
    assert_eq!(refused(b""), Error::NotAPdf);
    assert_eq!(refused(b"%PDF-1.7\nnothing"), Error::NoCrossReference);
    assert_eq!(refused(&classic()[..300]), Error::NoCrossReference);
    assert_eq!(refused(&vec![b' '; PDF_MAX + 1]), Error::TooLarge);
    assert_eq!(refused(&classic_with("", "/Encrypt << /Filter /Standard >>")), Error::Encrypted);
    let locked = "/Perms << /DocMDP << /Type /Sig /Reference [<< /TransformParams << /P 1 >> >>] >> >>";
    assert_eq!(refused(&classic_with(locked, "")), Error::Locked);
    for script in [
        "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>",
        "/OpenAction << /S /Launch /F (calc.exe) >>",
        "/Names << /JavaScript << /Names [] >> >>",
        "/AcroForm << /XFA [] /Fields [] >>",
        "/AA << /WC << /S /Java#53cript >> >>",
    ] {
        assert_eq!(refused(&classic_with(script, "")), Error::Scripts, "{script}");
    }
}

#[test]
fn circles_end() {
    let around = String::from_utf8(classic()).unwrap().replace("/Kids [3 0 R]", "/Kids [2 0 R]");
    assert!(matches!(refused(around.as_bytes()), Error::Broken(_)));
    let start = classic().windows(5).position(|window| window == b"xref\n").unwrap();
    let before_itself = classic_with("", &format!("/Prev {start}"));
    let clinic = Clinic::new();
    assert!(sign(&before_itself, &clinic.request(&[]), &clinic.key, None).is_ok());
    assert!(matches!(refused(&classic_with("/AcroForm 6 0 R", "/Prev 99999999")), Error::NoCrossReference));
}

#[test]
fn a_bomb_does_not_go_off() {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, &vec![0; 200 << 20]).unwrap();
    let data = encoder.finish().unwrap();
    let head =
        format!("/Type /XRef /Size 8 /Root 1 0 R /W [1 2 1] /Filter /FlateDecode /Length {}", data.len());
    let mut pdf = format!("%PDF-1.7\n7 0 obj\n<< {head} >>\nstream\n").into_bytes();
    pdf.extend(data);
    pdf.extend_from_slice(b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n");
    assert_eq!(refused(&pdf), Error::Broken("a stream unpacks to too much"));
}

/// Sections whose data are the same bytes, again and again.
#[test]
fn patience_ends() {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut previous = None;
    for number in 1..=1_500 {
        let start = pdf.len();
        let chain = previous.map_or_else(String::new, |at: usize| format!("/Prev {at}"));
        let head = format!("/Type /XRef /Size 9 /Root 1 0 R /W [1 2 1] /Index [0 400000] {chain}");
        pdf.extend(format!("{number} 0 obj\n<< {head} /Length 1600000 >>\nstream\n").into_bytes());
        previous = Some(start);
    }
    let last = previous.unwrap();
    pdf.resize(pdf.len() + 1_600_000, 0);
    pdf.extend(format!("\nstartxref\n{last}\n%%EOF\n").into_bytes());
    assert_eq!(refused(&pdf), Error::Broken("its cross-references lie in each other"));
}

#[test]
fn certificates_have_to_fit() {
    let clinic = Clinic::new();
    let wrong = |request: &Request<'_>| prepare(&classic(), request).err().unwrap();
    let good = clinic.request(&[]);
    assert!(matches!(wrong(&Request { certificate: &clinic.stamping, ..good }), Error::Certificate(_)));
    assert!(matches!(wrong(&Request { certificate: &clinic.root, ..good }), Error::Certificate(_)));
    assert!(matches!(wrong(&Request { certificate: b"?", ..good }), Error::Certificate(_)));
    assert!(matches!(wrong(&Request { at: at(9 * YEAR), ..good }), Error::Certificate(_)));
    assert!(matches!(wrong(&Request { at: at(-9), ..good }), Error::Certificate(_)));
}

/// Replaces, removes or repeats bytes.
fn damaged(bytes: &[u8], damage: &[(usize, u8, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (place, kind, byte) in damage {
        let place = place % bytes.len().max(1);
        match kind % 4 {
            0 => bytes[place] = *byte,
            1 => bytes.truncate(place.max(20)),
            2 => drop(bytes.splice(place..place, std::iter::repeat_n(*byte, 3))),
            _ => drop(bytes.drain(place..(place + usize::from(*byte)).min(bytes.len()))),
        }
        if bytes.is_empty() {
            bytes.push(*byte);
        }
    }
    bytes
}

fn damage() -> impl Strategy<Value = Vec<(usize, u8, u8)>> {
    proptest::collection::vec((any::<usize>(), any::<u8>(), any::<u8>()), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_pdfs_do_no_harm(which in 0..4usize, damage in damage()) {
        let clinic = Clinic::new();
        let signed = match which {
            0 => clinic.signed_and_stamped(&classic()),
            1 => clinic.signed(&modern()),
            2 => modern(),
            _ => classic(),
        };
        let broken = damaged(&signed, &damage);
        let _ = clinic.verify(&broken, None, at(YEAR));
        let _ = prepare(&broken, &clinic.request(&[]));
        let appearance = Appearance { page: 0, rect: [0.0, 0.0, 9.0, 9.0], stamp: &broken };
        let _ = prepare(&modern(), &Request { appearance: Some(appearance), ..clinic.request(&[]) });
    }

    #[test]
    fn damaged_messages_do_no_harm(damage in damage()) {
        let clinic = Clinic::new();
        let now = at(YEAR);
        let _ = certificate::describe(&damaged(&clinic.certificate, &damage));
        let list = damaged(&clinic.list(now, &[Revoked { serial: vec![1], at: now, reason: Reason::Superseded }]), &damage);
        let _ = clinic.verify(&clinic.signed(&classic()), Some(list), now);
        let signed = prepare(&classic(), &clinic.request(&[])).unwrap().sign(&clinic.key).unwrap();
        let query = signed.timestamp_query([1; 8]);
        let _ = clinic.stamped(&damaged(&query, &damage), 1, now);
        let answer = clinic.stamped(&query, 1, now).unwrap();
        let broken = damaged(&answer, &damage);
        prop_assume!(broken != answer);
        let authorities = [clinic.root.clone()];
        // What lies outside the signed part may change; then the stamp still holds.
        if let Ok(taken) = signed.with_timestamp(&broken, [1; 8], &authorities) {
            let _ = taken.finish();
        }
        let _ = Key::from_pkcs8(&damaged(&clinic.key.to_pkcs8(), &damage));
    }

    /// No byte that a signature covers can be another one.
    #[test]
    fn one_byte_is_enough(place in any::<proptest::sample::Index>(), by in 1..=255u8) {
        let clinic = Clinic::new();
        let signed = clinic.signed(&modern());
        let from = signed.windows(11).rposition(|window| window == b"/Contents <").unwrap() + 11;
        let until = from + signed[from..].iter().position(|byte| *byte == b'>').unwrap();
        let place = place.index(signed.len() - (until - from));
        let place = if place < from { place } else { place + (until - from) };
        let mut other = signed.clone();
        other[place] ^= by;
        prop_assert_ne!(clinic.verdict(&other), Ok(Verdict::Valid));
    }
}

#[test]
fn the_largest_is_signed() {
    let mut pdf = printed();
    let start = pdf.windows(9).rposition(|window| window == b"startxref").unwrap();
    let tail = pdf.split_off(start);
    pdf.push(b'%');
    pdf.resize(PDF_MAX - tail.len() - 1, b' ');
    pdf.push(b'\n');
    pdf.extend(tail);
    assert_eq!(Clinic::new().verdict(&Clinic::new().signed(&pdf)), Ok(Verdict::Valid));
}
