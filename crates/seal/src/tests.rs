//! Nothing that was changed, cut, moved or sealed with another key ever opens.

use crate::*;
use proptest::prelude::*;

fn keys() -> Vec<(DataKey, i64)> {
    vec![
        (DataKey::generate().unwrap(), 7),
        (DataKey::generate().unwrap(), 300),
        (DataKey::generate_wide().unwrap(), 0),
        (DataKey::generate_wide().unwrap(), -1),
    ]
}

#[test]
fn every_changed_byte_and_every_cut_is_found() {
    for (key, kid) in keys() {
        let sealed = seal(&key, kid, b"tenant|Patient|1|1", b"Bonjour").unwrap();
        assert!(sealed.len() <= 7 + OVERHEAD_MAX);
        assert_eq!(kid_of(&sealed), Some(kid));
        assert_eq!(open(&key, b"tenant|Patient|1|1", &sealed).unwrap(), b"Bonjour");
        for at in 0..sealed.len() {
            for bit in 0..8 {
                let mut changed = sealed.clone();
                changed[at] ^= 1 << bit;
                assert!(open(&key, b"tenant|Patient|1|1", &changed).is_err(), "byte {at} bit {bit}");
            }
            assert!(open(&key, b"tenant|Patient|1|1", &sealed[..at]).is_err());
        }
        let longer = [&sealed[..], &[0]].concat();
        assert!(open(&key, b"tenant|Patient|1|1", &longer).is_err());
        assert!(open(&key, b"tenant|Patient|1|2", &sealed).is_err());
        for (other, _) in keys() {
            assert!(open(&other, b"tenant|Patient|1|1", &sealed).is_err());
        }
    }
}

#[test]
fn header_and_place_cannot_be_shifted_into_each_other() {
    // The header ends where its number ends, so "header|aad" has one reading only.
    let key = DataKey::generate().unwrap();
    let sealed = seal(&key, 1, b"\x02x", b"text").unwrap();
    let mut shifted = vec![sealed[0], sealed[1], 0x81, 0x02];
    shifted.extend_from_slice(&sealed[3..]);
    assert!(open(&key, b"x", &shifted).is_err());
}

#[test]
fn the_same_text_never_looks_the_same_twice() {
    for (key, kid) in keys() {
        assert_ne!(seal(&key, kid, b"", b"text").unwrap(), seal(&key, kid, b"", b"text").unwrap());
    }
}

#[test]
fn data_keys_are_bound_to_their_number_and_tenant() {
    let (a, b) = (TenantKeys::generate().unwrap(), TenantKeys::generate().unwrap());
    let key = DataKey::generate().unwrap();
    let sealed = seal(&key, 5, b"", b"text").unwrap();
    let wrapped = key.wrap(&a, 5).unwrap();
    assert_eq!(open(&DataKey::unwrap(&a, 5, &wrapped).unwrap(), b"", &sealed).unwrap(), b"text");
    assert!(DataKey::unwrap(&a, 6, &wrapped).is_err());
    assert!(DataKey::unwrap(&b, 5, &wrapped).is_err());

    let rotated = a.with_new_keyring().unwrap();
    assert!(DataKey::unwrap(&rotated, 5, &wrapped).is_err());
    let rewrapped = DataKey::rewrap(5, &wrapped, &a, &rotated).unwrap();
    assert_eq!(open(&DataKey::unwrap(&rotated, 5, &rewrapped).unwrap(), b"", &sealed).unwrap(), b"text");
    assert_eq!(a.index.hash(&[b"x"]), rotated.index.hash(&[b"x"]));
}

#[test]
fn tenant_keys_are_bound_to_their_tenant_and_root() {
    let (root, other) = (RootKey::generate().unwrap(), RootKey::generate().unwrap());
    let keys = TenantKeys::generate().unwrap();
    let sealed = seal(&keys.body, 0, b"", b"text").unwrap();
    let wrapped = keys.wrap(&root, "demo").unwrap();
    let again = TenantKeys::unwrap(&root, "demo", &wrapped).unwrap();
    assert_eq!(open(&again.body, b"", &sealed).unwrap(), b"text");
    assert_eq!(again.index.hash(&[b"x"]), keys.index.hash(&[b"x"]));
    assert_eq!(again.index.mac(b"x"), keys.index.mac(b"x"));
    assert!(TenantKeys::unwrap(&root, "demo2", &wrapped).is_err());
    assert!(TenantKeys::unwrap(&other, "demo", &wrapped).is_err());
    let moved = TenantKeys::rewrap(&wrapped, "demo", &root, &other).unwrap();
    assert!(TenantKeys::unwrap(&other, "demo", &moved).is_ok());
}

#[test]
fn index_hashes_depend_on_key_and_on_the_cut_between_parts() {
    let (a, b) = (IndexKey::generate().unwrap(), IndexKey::generate().unwrap());
    assert_eq!(a.hash(&[b"ab", b"c"]), a.hash(&[b"ab", b"c"]));
    assert_ne!(a.hash(&[b"ab", b"c"]), a.hash(&[b"a", b"bc"]));
    assert_ne!(a.hash(&[b"abc"]), a.hash(&[b"abc", b""]));
    assert_ne!(a.hash(&[b"abc"]), b.hash(&[b"abc"]));
    assert!(a.mac_verify(b"page", &a.mac(b"page")));
    assert!(!b.mac_verify(b"page", &a.mac(b"page")));
    assert!(!a.mac_verify(b"page", &a.mac(b"page")[..15]));
}

#[test]
fn digests_are_sha_256() {
    let hex: String = sha256(b"abc").iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let token = token_generate().unwrap();
    assert!(token.starts_with("mh_") && token.len() == 46);
    assert_ne!(token_hash(&token), token_hash(&token_generate().unwrap()));
}

#[test]
fn key_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = std::env::temp_dir().join(format!("seal-{}", token_generate().unwrap()));
    std::fs::create_dir(&folder).unwrap();
    let (path, secret) = (folder.join("root.key"), folder.join("secret.key"));
    let root = RootKey::load_or_create(&path).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let wrapped = root.wrap(b"c", b"plain").unwrap();
    let open = |key: &RootKey| key.unwrap(b"c", &wrapped).map(|plain| plain.to_vec());
    assert_eq!(open(&RootKey::load_or_create(&path).unwrap()).unwrap(), b"plain");

    root.store(&secret, Some("correct horse")).unwrap();
    assert!(root.store(&secret, None).is_err(), "never overwritten");
    let again = RootKey::load_or_create_with_passphrase(&secret, "correct horse").unwrap();
    assert_eq!(open(&again).unwrap(), b"plain");
    let wrong = RootKey::load_or_create_with_passphrase(&secret, "wrong horse");
    assert!(matches!(wrong, Err(Error::Passphrase)));
    assert!(matches!(RootKey::load_or_create(&secret), Err(Error::Passphrase)));

    let text = std::fs::read_to_string(&path).unwrap();
    for at in 0..text.len() - 1 {
        let mut damaged = text.clone().into_bytes();
        damaged[at] = if damaged[at] == b'A' { b'B' } else { b'A' };
        std::fs::write(&path, damaged).unwrap();
        assert!(RootKey::load_or_create(&path).is_err(), "byte {at}");
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2, "no drafts left");
    std::fs::remove_dir_all(&folder).unwrap();
}

proptest! {
    #[test]
    fn what_was_sealed_opens(text in prop::collection::vec(any::<u8>(), 0..2000), kid: i64, aad in prop::collection::vec(any::<u8>(), 0..300)) {
        for (key, _) in keys() {
            let mut out = b"before".to_vec();
            seal_into(&key, kid, &aad, &text, &mut out).unwrap();
            prop_assert_eq!(kid_of(&out[6..]), Some(kid));
            prop_assert_eq!(&open(&key, &aad, &out[6..]).unwrap(), &text);
        }
    }

    #[test]
    fn noise_never_opens(noise in prop::collection::vec(any::<u8>(), 0..200)) {
        for (key, _) in keys() {
            prop_assert!(open(&key, b"", &noise).is_err());
        }
        let _ = kid_of(&noise);
    }
}
