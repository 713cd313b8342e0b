use aws_lc_rs::digest::{Context, SHA256};

/// A SHA-256 hash in the tree.
pub type Hash = [u8; 32];

/// The hash of an entry, RFC 6962 section 2.1: `SHA-256(0x00 | entry)`.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    hash(&[&[0], entry])
}

/// The hash of an inner node, RFC 6962 section 2.1: `SHA-256(0x01 | left | right)`.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut text = [1u8; 65];
    text[1..33].copy_from_slice(left);
    text[33..].copy_from_slice(right);
    hash(&[&text])
}

pub(crate) fn hash(parts: &[&[u8]]) -> Hash {
    let mut context = Context::new(&SHA256);
    parts.iter().for_each(|part| context.update(part));
    let digest = context.finish();
    let mut out = [0u8; 32];
    out.iter_mut().zip(digest.as_ref()).for_each(|(o, d)| *o = *d);
    out
}

/// The root of no entries.
pub(crate) fn empty_root() -> Hash {
    hash(&[])
}

/// The root over hashes that stand side by side, RFC 6962's MTH without hashing leaves; their number need not
/// be a power of two.
pub(crate) fn root_of(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => empty_root(),
        [one] => *one,
        _ => {
            let (left, right) = hashes.split_at(split(hashes.len() as u64) as usize);
            node_hash(&root_of(left), &root_of(right))
        }
    }
}

/// The largest power of two smaller than `n`, which is at least 2.
pub(crate) fn split(n: u64) -> u64 {
    n.next_power_of_two() / 2
}
