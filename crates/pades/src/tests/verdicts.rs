use crate::testing::{Clinic, YEAR, at, classic, modern, printed};
use crate::*;

fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let at = bytes.windows(old.len()).position(|window| window == old).unwrap();
    [&bytes[..at], new, &bytes[at + old.len()..]].concat()
}

#[test]
fn changed_bytes_are_seen() {
    let clinic = Clinic::new();
    let signed = clinic.signed(&classic());
    assert_eq!(clinic.verdict(&replaced(&signed, b"(Compte", b"(Conte ")), Ok(Verdict::Changed));
    // A hole beside the signature, and one that is larger.
    assert_eq!(
        clinic.verdict(&replaced(&signed, b"/ByteRange [0 ", b"/ByteRange [1 ")),
        Ok(Verdict::Changed)
    );
    // The signature of another document.
    let other = clinic.signed(&modern());
    let contents = |pdf: &[u8]| {
        let from = pdf.windows(11).rposition(|window| window == b"/Contents <").unwrap();
        let length = pdf[from..].iter().position(|byte| *byte == b'>').unwrap();
        pdf[from..from + length].to_vec()
    };
    assert_eq!(
        clinic.verdict(&replaced(&signed, &contents(&signed), &contents(&other))),
        Ok(Verdict::Changed)
    );
}

#[test]
fn a_forged_signature_is_seen() {
    let clinic = Clinic::new();
    let chain = [clinic.root.clone()];
    let prepared = prepare(&classic(), &clinic.request(&chain)).unwrap();
    let signature = clinic.key.sign(prepared.to_be_signed()).unwrap();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>().into_bytes();
    let mut other = signature.clone();
    other[20] ^= 1;
    let signed = replaced(&clinic.signed(&classic()), &hex(&signature), &hex(&other));
    assert_eq!(clinic.verdict(&signed), Ok(Verdict::Forged));
}

#[test]
fn what_follows_a_signature_is_looked_at() {
    let clinic = Clinic::new();
    for pdf in [classic(), modern()] {
        let signed = clinic.signed(&pdf);
        let update = |number: u32, object: &[u8]| {
            let document = pdf::Document::open(&signed).unwrap();
            let mut update = pdf::Update::new(&document).unwrap();
            update.put_raw(number, object.to_vec());
            clinic.verdict(&update.finish().unwrap().bytes).unwrap()
        };
        let contents = b"<< /Length 3 >>\nstream\nq Q\nendstream";
        assert_eq!(update(4, contents), Verdict::ChangedAfter, "other contents");
        assert_eq!(
            update(3, b"<</Type/Page/Parent 2 0 R/Contents 99 0 R>>"),
            Verdict::ChangedAfter,
            "another page"
        );
        assert_eq!(
            update(5, b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>"),
            Verdict::ChangedAfter,
            "another font"
        );
        let mut catalog = pdf::Document::open(&signed).unwrap().catalog().unwrap().1;
        catalog.put(b"Pages", pdf::Object::Ref(50, 0));
        let mut pages = Vec::new();
        catalog.write(&mut pages);
        assert_eq!(update(1, &pages), Verdict::ChangedAfter, "other pages");
        // A field without signature, whose picture hides the page.
        let document = pdf::Document::open(&signed).unwrap();
        let mut page = document.page(0).unwrap().dict;
        let mut annotations = page.get(b"Annots").unwrap().as_array().unwrap().to_vec();
        annotations.push(pdf::Object::Ref(70, 0));
        page.put(b"Annots", pdf::Object::Array(annotations));
        let mut hiding = pdf::Update::new(&document).unwrap();
        hiding.put(3, &pdf::Object::Dict(page));
        hiding.put_raw(70, b"<</Type/Annot/Subtype/Widget/FT/Sig/T(x)/Rect[0 0 600 900]>>".to_vec());
        assert_eq!(clinic.verdict(&hiding.finish().unwrap().bytes), Ok(Verdict::ChangedAfter), "hidden");
        assert_eq!(update(50, b"(of no use)"), Verdict::Valid, "what nobody refers to");
    }
}

#[test]
fn what_was_left_open_cannot_be_filled_in() {
    let clinic = Clinic::new();
    let open = testing::classic_with("/Metadata 60 0 R", "");
    let signed = clinic.signed(&open);
    assert_eq!(clinic.verdict(&signed), Ok(Verdict::Valid));
    let document = pdf::Document::open(&signed).unwrap();
    let mut update = pdf::Update::new(&document).unwrap();
    update.put_raw(60, b"(later)".to_vec());
    assert_eq!(clinic.verdict(&update.finish().unwrap().bytes), Ok(Verdict::ChangedAfter));
}

#[test]
fn certificates_are_judged_at_the_right_time() {
    let clinic = Clinic::new();
    let signed = clinic.signed(&printed());
    let stamped = clinic.signed_and_stamped(&printed());
    let verdict =
        |pdf: &[u8], list: Option<Vec<u8>>, now: i64| clinic.verify(pdf, list, at(now)).unwrap()[0].verdict;
    let revoked = |since: i64| {
        let serial = certificate::describe(&clinic.certificate).unwrap().serial;
        let one = Revoked { serial, at: at(since), reason: Reason::KeyCompromise };
        Some(clinic.list(at(2 * YEAR), &[one]))
    };
    assert_eq!(verdict(&signed, None, YEAR + 5), Verdict::RevocationUnknown);
    assert_eq!(
        verdict(&signed, Some(clinic.list(at(0), &[])), YEAR + 5),
        Verdict::RevocationUnknown,
        "an old list"
    );
    assert_eq!(verdict(&signed, Some(clinic.list(at(YEAR), &[])), YEAR + 5), Verdict::Valid);
    assert_eq!(verdict(&signed, Some(clinic.list(at(YEAR), &[])), -5), Verdict::NotYetValid);
    assert_eq!(verdict(&signed, Some(clinic.list(at(YEAR), &[])), 4 * YEAR), Verdict::Expired);
    // Revoked after it was signed: only a stamp tells that it was before.
    let since = YEAR + 100;
    assert_eq!(verdict(&signed, revoked(since), 2 * YEAR), Verdict::Revoked { at: at(since) });
    assert_eq!(verdict(&stamped, revoked(since), 2 * YEAR), Verdict::Valid);
    assert_eq!(verdict(&stamped, revoked(YEAR), 2 * YEAR), Verdict::Revoked { at: at(YEAR) });
}

#[test]
fn others_are_not_believed() {
    let clinic = Clinic::new();
    let stamped = clinic.signed_and_stamped(&classic());
    let trust = Trust { authorities: &[], stamp_authorities: &[], revocation_lists: &[], now: at(YEAR) };
    assert_eq!(verify(&clinic.signed(&classic()), &trust).unwrap()[0].verdict, Verdict::UnknownAuthority);
    assert_eq!(verify(&stamped, &trust).unwrap()[0].verdict, Verdict::BadStamp(StampFault::Untrusted));
    // An authority of the same name with another key.
    let key = Key::generate(&[77; 32]).unwrap();
    let all = Validity { from: at(0), until: at(20 * YEAR) };
    let name = Clinic::subject("Autorité de la Clinique Exemple", None);
    let roots = [ca::root(&key, &name, &[9; 16], all).unwrap()];
    let trust =
        Trust { authorities: &roots, stamp_authorities: &roots, revocation_lists: &[], now: at(YEAR) };
    assert_eq!(verify(&clinic.signed(&classic()), &trust).unwrap()[0].verdict, Verdict::UnknownAuthority);
    // Its list says nothing of ours.
    let other = Authority { key: &key, certificate: &roots[0] };
    let list = ca::revocation_list(&other, 1, at(YEAR), at(2 * YEAR), &[]).unwrap();
    let found = clinic.verify(&clinic.signed(&classic()), Some(list), at(YEAR + 1)).unwrap();
    assert_eq!(found[0].verdict, Verdict::RevocationUnknown);
    // The user's certificate cannot issue another one.
    let own = Authority { key: &clinic.key, certificate: &clinic.certificate };
    let refused = ca::issue(&own, key.public_key(), &name, &[1; 16], all, Purpose::Signing);
    assert!(matches!(refused, Err(Error::Certificate(_))));
}

#[test]
fn an_unsigned_pdf_has_no_signatures() {
    assert_eq!(Clinic::new().verify(&printed(), None, at(0)), Ok(Vec::new()));
}
