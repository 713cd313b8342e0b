use crate::testing::{Clinic, YEAR, at, classic, modern, printed};
use crate::*;

#[test]
fn signs_each_kind_of_pdf() {
    let clinic = Clinic::new();
    for pdf in [classic(), modern(), printed()] {
        let signed = clinic.signed(&pdf);
        assert!(signed.starts_with(&pdf), "the bytes before stay");
        assert_eq!(signed, clinic.signed(&pdf), "the same each time");
        let all = clinic.verify(&signed, Some(clinic.list(at(YEAR), &[])), at(YEAR + 3)).unwrap();
        let [one] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!((one.verdict, one.level, one.covers), (Verdict::Valid, Level::Basic, Covers::WholeFile));
        assert_eq!(one.signer.as_ref().unwrap().rpps.as_deref(), Some("10101010101"));
        assert_eq!((one.claimed, one.stamped), (Some(at(YEAR)), None));
        assert_eq!(one.reason.as_deref(), Some("Compte rendu opératoire"));
    }
}

#[test]
fn several_sign_one_after_the_other() {
    let clinic = Clinic::new();
    for pdf in [classic(), modern(), printed()] {
        let three = clinic.signed_and_stamped(&clinic.signed(&clinic.signed(&pdf)));
        let all = clinic.verify(&three, Some(clinic.list(at(YEAR), &[])), at(YEAR + 3)).unwrap();
        let found: Vec<_> = all.iter().map(|one| (one.verdict, one.covers, one.level)).collect();
        assert_eq!(
            found,
            [
                (Verdict::Valid, Covers::Revision, Level::Basic),
                (Verdict::Valid, Covers::Revision, Level::Basic),
                (Verdict::Valid, Covers::WholeFile, Level::Stamped)
            ]
        );
    }
}

#[test]
fn stamps_and_evidence_outlive_the_certificate() {
    let clinic = Clinic::new();
    for pdf in [classic(), modern(), printed()] {
        let stamped = clinic.signed_and_stamped(&pdf);
        let list = clinic.list(at(YEAR + 60), &[]);
        let evidence = Evidence {
            certificates: &[clinic.root.clone(), clinic.certificate.clone(), clinic.stamping.clone()],
            revocation_lists: std::slice::from_ref(&list),
        };
        let kept = keep_evidence(&stamped, &evidence).unwrap();
        assert!(kept.starts_with(&stamped));
        let late = at(10 * YEAR);
        let one = clinic.verify(&kept, None, late).unwrap().remove(0);
        assert_eq!((one.verdict, one.level), (Verdict::Valid, Level::LongTerm));
        assert_eq!((one.stamped, one.stamper.as_deref()), (Some(at(YEAR + 2)), Some("Horodatage d'essai")));
        // Without the list inside nobody can tell; without the stamp the certificate has run out.
        assert_eq!(clinic.verify(&stamped, None, late).unwrap()[0].verdict, Verdict::RevocationUnknown);
        assert_eq!(clinic.verify(&clinic.signed(&pdf), None, late).unwrap()[0].verdict, Verdict::Expired);
        // Again, with a younger list: the older items are not written twice.
        let newer = clinic.list(at(YEAR + 3600), &[]);
        let again = Evidence { revocation_lists: &[list.clone(), newer], ..evidence };
        let twice = keep_evidence(&kept, &again).unwrap();
        assert!(twice.len() - kept.len() < 2_000, "{}", twice.len() - kept.len());
        assert_eq!(clinic.verify(&twice, None, late).unwrap()[0].verdict, Verdict::Valid);
    }
    assert_eq!(
        keep_evidence(&classic(), &Evidence { certificates: &[], revocation_lists: &[] }),
        Err(Error::NotASignature)
    );
}

#[test]
fn is_seen_on_the_page() {
    let clinic = Clinic::new();
    let stamps = [classic(), modern(), printed()];
    for stamp in &stamps {
        let appearance = Appearance { page: 0, rect: [300.0, 40.0, 540.0, 110.0], stamp };
        let request = Request { appearance: Some(appearance), ..clinic.request(&[]) };
        let signed = sign(&printed(), &request, &clinic.key, None).unwrap();
        assert_eq!(clinic.verdict(&signed), Ok(Verdict::Valid));
        let words =
            |pdf: &[u8], word: &[u8]| pdf.windows(word.len()).filter(|window| *window == word).count();
        assert_eq!(words(&signed, b"/S /Form"), 1, "it has its place in the structure");
        let twice = sign(
            &signed,
            &Request {
                appearance: Some(Appearance { rect: [40.0, 40.0, 280.0, 110.0], ..appearance }),
                ..request
            },
            &clinic.key,
            None,
        );
        let all = clinic.verify(&twice.unwrap(), Some(clinic.list(at(YEAR), &[])), at(YEAR + 3)).unwrap();
        assert_eq!(all.iter().map(|one| one.verdict).collect::<Vec<_>>(), [Verdict::Valid, Verdict::Valid]);
        for rect in [[0.0, 0.0, 0.0, 0.0], [f32::NAN, 0.0, 1.0, 1.0], [0.0, 0.0, 1e9, 1.0]] {
            let wrong = Request { appearance: Some(Appearance { rect, ..appearance }), ..request };
            assert!(matches!(prepare(&printed(), &wrong).err(), Some(Error::Appearance(_))));
        }
        let nowhere = Request { appearance: Some(Appearance { page: 9, ..appearance }), ..request };
        assert_eq!(prepare(&printed(), &nowhere).err(), Some(Error::NoSuchPage));
    }
}

#[test]
fn rsa_and_remote_keys_sign_too() {
    use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
    let made = aws_lc_rs::rsa::KeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
    let der: Pkcs8V1Der<'_> = made.as_der().unwrap();
    let clinic = Clinic::with(Key::from_pkcs8(der.as_ref()).unwrap());
    let signed = clinic.signed_and_stamped(&classic());
    assert_eq!(clinic.verdict(&signed), Ok(Verdict::Valid));

    let prepared = prepare(&classic(), &clinic.request(&[])).unwrap();
    let elsewhere = clinic.key.sign(prepared.to_be_signed()).unwrap();
    let signed = prepared.with_signature(&elsewhere).unwrap().finish().unwrap();
    assert_eq!(clinic.verdict(&signed), Ok(Verdict::Valid));

    let other = Key::generate(&[8; 32]).unwrap();
    let prepared = || prepare(&classic(), &clinic.request(&[])).unwrap();
    assert_eq!(prepared().sign(&other).err(), Some(Error::Mismatch));
    let forged = other.sign(prepared().to_be_signed()).unwrap();
    assert_eq!(prepared().with_signature(&forged).err(), Some(Error::Mismatch));
}

#[test]
fn nothing_is_signed_half() {
    let clinic = Clinic::new();
    let authorities = [clinic.root.clone()];
    let nonce = [1; 8];
    let fault = |answer: &dyn Fn(&[u8]) -> Result<Vec<u8>>, authorities: &[Vec<u8>]| {
        let stamper = Stamper { ask: answer, nonce, authorities };
        match sign(&classic(), &clinic.request(&[]), &clinic.key, Some(&stamper)) {
            Err(Error::Stamp(fault)) => fault,
            other => panic!("{other:?}"),
        }
    };
    let good = |query: &[u8]| clinic.stamped(query, 1, at(YEAR));
    assert_eq!(fault(&|_| Err(Error::Stamp(StampFault::Transport)), &authorities), StampFault::Transport);
    assert_eq!(fault(&|_| Ok(b"<html>".to_vec()), &authorities), StampFault::Malformed);
    assert_eq!(fault(&|_| Ok(vec![0x30, 5, 0x30, 3, 2, 1, 2]), &authorities), StampFault::Refused(2));
    assert_eq!(fault(&good, &[]), StampFault::Untrusted);
    assert_eq!(fault(&|query| clinic.stamped(query, 1, at(-YEAR)), &authorities), StampFault::Expired);
    let other = prepare(&classic(), &clinic.request(&[])).unwrap().sign(&clinic.key).unwrap();
    let late = other.timestamp_query([2; 8]);
    assert_eq!(fault(&|_| good(&late), &authorities), StampFault::WrongNonce);
    let elsewhere = prepare(&modern(), &clinic.request(&[])).unwrap().sign(&clinic.key).unwrap();
    let elsewhere = elsewhere.timestamp_query(nonce);
    assert_eq!(fault(&|_| good(&elsewhere), &authorities), StampFault::WrongDigest);
    let flipped = |query: &[u8]| {
        let mut answer = good(query)?;
        let last = answer.len() - 1;
        answer[last] ^= 1;
        Ok(answer)
    };
    assert_eq!(fault(&flipped, &authorities), StampFault::Forged);
    assert!(matches!(clinic.stamped(b"?", 1, at(0)), Err(Error::Query(_))));
}
