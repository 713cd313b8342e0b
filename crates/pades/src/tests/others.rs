//! What others say: `pdfsig` of poppler, whose cryptography is NSS.

use crate::testing::{Clinic, YEAR, at, classic, modern, printed};
use crate::*;
use std::process::Command;

fn pdfsig(name: &str, pdf: &[u8]) -> String {
    let file = std::env::temp_dir().join(format!("pades-{name}-{}.pdf", std::process::id()));
    std::fs::write(&file, pdf).unwrap();
    let ran = Command::new("pdfsig").arg("-nocert").arg(&file).output();
    if std::env::var_os("MEDHUB_KEEP_SIGNED").is_none() {
        std::fs::remove_file(&file).unwrap();
    }
    let ran = ran.expect("pdfsig is missing: `scripts/setup test` installs poppler-utils");
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

#[test]
fn poppler_finds_them_valid() {
    let clinic = Clinic::new();
    let rsa = {
        use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
        let made = aws_lc_rs::rsa::KeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
        let der: Pkcs8V1Der<'_> = made.as_der().unwrap();
        Clinic::with(Key::from_pkcs8(der.as_ref()).unwrap())
    };
    let stamp = classic();
    let appearance = Appearance { page: 0, rect: [300.0, 40.0, 540.0, 110.0], stamp: &stamp };
    let visible = Request { appearance: Some(appearance), ..clinic.request(&[]) };
    let evidence = Evidence {
        certificates: &[clinic.root.clone(), clinic.stamping.clone()],
        revocation_lists: &[clinic.list(at(YEAR + 9), &[])],
    };
    for (kind, pdf) in [("classic", classic()), ("modern", modern()), ("printed", printed())] {
        let stamped = clinic.signed_and_stamped(&pdf);
        for (level, signed, count) in [
            ("b", clinic.signed(&pdf), 1),
            ("rsa", rsa.signed(&pdf), 1),
            ("t", stamped.clone(), 1),
            ("seen", sign(&pdf, &visible, &clinic.key, None).unwrap(), 1),
            ("lt", keep_evidence(&stamped, &evidence).unwrap(), 1),
            ("two", clinic.signed(&stamped), 2),
            (
                "seen-two",
                sign(&sign(&pdf, &visible, &clinic.key, None).unwrap(), &visible, &clinic.key, None).unwrap(),
                2,
            ),
        ] {
            let said = pdfsig(&format!("{kind}-{level}"), &signed);
            assert_eq!(
                said.matches("Signature Validation: Signature is Valid.").count(),
                count,
                "{kind} {level}: {said}"
            );
            assert!(said.contains("Signature Type: ETSI.CAdES.detached"), "{said}");
            assert!(said.contains("Dr Benoît FERRAND"), "{said}");
            let whole = said.matches("Total document signed").count();
            assert!(whole >= usize::from(level != "lt"), "{kind} {level}: {said}");
        }
        let mut changed = clinic.signed(&pdf);
        changed[12] ^= 1;
        assert!(!pdfsig(&format!("{kind}-changed"), &changed).contains("Signature is Valid"));
    }
}
