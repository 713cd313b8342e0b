//! Signed notes (<https://c2sp.org/signed-note>): a text, an empty line, and a signature line
//! `— <key name> <base64 of key id and Ed25519 signature>`.

use crate::error::{Error, Result};
use crate::hash::hash;
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The algorithm byte of Ed25519 in key ids.
const ALGORITHM: u8 = 1;
const NOTE_MAX: usize = 64 * 1024;

/// Signs the checkpoints of one log. The key's name is the log's origin.
pub struct Signer {
    name: String,
    pair: Ed25519KeyPair,
}

/// Checks them: all that an outsider needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    public: [u8; 32],
}

impl Signer {
    /// # Errors
    /// The name is empty, or holds white space or a plus sign.
    pub fn new(name: &str, seed: &[u8; 32]) -> Result<Signer> {
        if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '+') {
            return Err(Error::Checkpoint);
        }
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| Error::Library)?;
        Ok(Signer { name: name.to_string(), pair })
    }

    pub fn verifier(&self) -> Result<Verifier> {
        let public = self.pair.public_key().as_ref().try_into().map_err(|_| Error::Library)?;
        Ok(Verifier { name: self.name.clone(), public })
    }

    /// `text` must end in a newline.
    pub(crate) fn sign(&self, text: &str) -> String {
        let mut signature = key_id(&self.name, self.pair.public_key().as_ref()).to_vec();
        signature.extend_from_slice(self.pair.sign(text.as_bytes()).as_ref());
        format!("{text}\n\u{2014} {} {}\n", self.name, STANDARD.encode(signature))
    }
}

impl Verifier {
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key in the notation of signed notes: `name+id+base64`.
    pub fn encode(&self) -> String {
        let id = u32::from_be_bytes(key_id(&self.name, &self.public));
        let key = STANDARD.encode([&[ALGORITHM], &self.public[..]].concat());
        format!("{}+{id:08x}+{key}", self.name)
    }

    /// # Errors
    /// Not the notation of an Ed25519 key.
    pub fn parse(text: &str) -> Result<Verifier> {
        let mut parts = text.trim().splitn(3, '+');
        let (name, id, key) = (parts.next(), parts.next(), parts.next());
        let name = name.filter(|n| !n.is_empty()).ok_or(Error::Checkpoint)?;
        let key = STANDARD.decode(key.ok_or(Error::Checkpoint)?).map_err(|_| Error::Checkpoint)?;
        let [ALGORITHM, public @ ..] = &key[..] else { return Err(Error::Checkpoint) };
        let public = public.try_into().map_err(|_| Error::Checkpoint)?;
        let verifier = Verifier { name: name.to_string(), public };
        match id.map(|id| u32::from_str_radix(id, 16)) {
            Some(Ok(id)) if id.to_be_bytes() == key_id(name, &public) => Ok(verifier),
            _ => Err(Error::Checkpoint),
        }
    }

    /// The text of a note that this key signed.
    pub(crate) fn open<'n>(&self, note: &'n str) -> Result<&'n str> {
        let cut = note.rfind("\n\n").filter(|_| note.len() <= NOTE_MAX).ok_or(Error::Checkpoint)?;
        let (text, signatures) = (&note[..=cut], &note[cut + 2..]);
        let id = key_id(&self.name, &self.public);
        for line in signatures.lines() {
            let mut words = line.splitn(3, ' ');
            let (Some("\u{2014}"), Some(name), Some(signature)) = (words.next(), words.next(), words.next())
            else {
                return Err(Error::Checkpoint);
            };
            let signature = STANDARD.decode(signature).map_err(|_| Error::Checkpoint)?;
            let Some((key, signature)) = signature.split_at_checked(4) else {
                return Err(Error::Checkpoint);
            };
            // Others (witnesses) may have signed too.
            if name == self.name && key == id {
                let public = UnparsedPublicKey::new(&ED25519, &self.public);
                return match public.verify(text.as_bytes(), signature) {
                    Ok(()) => Ok(text),
                    Err(_) => Err(Error::Checkpoint),
                };
            }
        }
        Err(Error::Checkpoint)
    }
}

fn key_id(name: &str, public: &[u8]) -> [u8; 4] {
    let digest = hash(&[name.as_bytes(), b"\n", &[ALGORITHM], public]);
    [digest[0], digest[1], digest[2], digest[3]]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example in the documentation of Go's sumdb/note, which the specification grew from.
    const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\n\
        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    #[test]
    fn notes_of_others_open() {
        let verifier = Verifier::parse(KEY).unwrap();
        assert_eq!(verifier.encode(), KEY);
        assert!(verifier.open(NOTE).unwrap().ends_with("your problem is.\n"));
        assert!(verifier.open(&NOTE.replace("think", "thank")).is_err());
    }

    #[test]
    fn keys_keep_their_notation() {
        let signer = Signer::new("medhub/demo", &[7; 32]).unwrap();
        let verifier = signer.verifier().unwrap();
        assert_eq!(Verifier::parse(&verifier.encode()).unwrap(), verifier);
        assert!(Verifier::parse(&verifier.encode().replace("demo", "dem0")).is_err());
        assert!(Signer::new("with space", &[7; 32]).is_err());
    }

    #[test]
    fn every_changed_byte_is_found() {
        let signer = Signer::new("log", &[7; 32]).unwrap();
        let verifier = signer.verifier().unwrap();
        let note = signer.sign("log\n3\nroot\n");
        assert_eq!(verifier.open(&note).unwrap(), "log\n3\nroot\n");
        for at in 0..note.len() {
            let mut changed = note.clone().into_bytes();
            changed[at] ^= 1;
            let Ok(changed) = String::from_utf8(changed) else { continue };
            if let Ok(text) = verifier.open(&changed) {
                assert_eq!(text, "log\n3\nroot\n", "byte {at}: a signature line may be spelled otherwise");
            }
        }
        assert!(Signer::new("log", &[8; 32]).unwrap().verifier().unwrap().open(&note).is_err());
    }
}
