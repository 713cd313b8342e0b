use crate::error::{Error, Result};
use crate::hash::Hash;
use crate::note::{Signer, Verifier};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What a log says of itself at one moment (<https://c2sp.org/tlog-checkpoint>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the log.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    pub root: Hash,
}

impl Checkpoint {
    /// The signed note.
    pub fn sign(&self, signer: &Signer) -> String {
        signer.sign(&format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root)))
    }

    /// Reads a signed note.
    ///
    /// # Errors
    /// The signature is not the log's, or the text is no checkpoint of this origin.
    pub fn open(note: &str, verifier: &Verifier) -> Result<Checkpoint> {
        let text = verifier.open(note)?;
        let mut lines = text.lines();
        let (origin, size, root) = (lines.next(), lines.next(), lines.next());
        let origin = origin.filter(|o| *o == verifier.name()).ok_or(Error::Checkpoint)?;
        let size = size.filter(|s| *s == "0" || !s.starts_with(['0', '+'])).ok_or(Error::Checkpoint)?;
        let size = size.parse().map_err(|_| Error::Checkpoint)?;
        let root = STANDARD.decode(root.ok_or(Error::Checkpoint)?).map_err(|_| Error::Checkpoint)?;
        let root = root.try_into().map_err(|_| Error::Checkpoint)?;
        Ok(Checkpoint { origin: origin.to_string(), size, root })
    }
}
