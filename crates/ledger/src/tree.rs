use crate::error::Result;
use crate::hash::{Hash, empty_root, node_hash, root_of};
use crate::storage::Storage;

/// Hashes in one tile; the height of a tile is 8.
pub(crate) const TILE: usize = 256;

/// The growing right edge of a Merkle tree: all that is needed to append and to tell the root. At most 255
/// hashes a level of tiles, so a few hundred kilobytes at most whatever the size.
#[derive(Default)]
pub struct Tree {
    size: u64,
    levels: Vec<Level>,
}

/// Level `l` holds one hash for every 256^l entries.
#[derive(Default)]
struct Level {
    /// The hashes of the last tile, fewer than [`TILE`].
    edge: Vec<Hash>,
    /// Number of the first hash in `unsaved`.
    saved: u64,
    /// Hashes that the storage does not have yet.
    unsaved: Vec<Hash>,
}

/// Hashes to store: level of tiles, number of the first, hashes.
pub(crate) type Unsaved = Vec<(u8, u64, Vec<Hash>)>;

impl Tree {
    pub fn new() -> Tree {
        Tree::default()
    }

    /// The tree as of `size`, from stored hashes.
    pub(crate) fn load(storage: &dyn Storage, size: u64) -> Result<Tree> {
        let mut tree = Tree { size, levels: Vec::new() };
        let (mut count, mut level) = (size, 0u8);
        while count > 0 {
            let edge = (count % TILE as u64) as usize;
            let edge = storage.hashes(level, count - edge as u64, edge)?;
            tree.levels.push(Level { edge, saved: count, unsaved: Vec::new() });
            (count, level) = (count / TILE as u64, level + 1);
        }
        Ok(tree)
    }

    /// Number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends the hash of an entry.
    pub fn push(&mut self, leaf: Hash) {
        self.size += 1;
        let mut hash = leaf;
        for level in 0.. {
            if level == self.levels.len() {
                self.levels.push(Level::default());
            }
            let level = &mut self.levels[level];
            level.edge.push(hash);
            level.unsaved.push(hash);
            if level.edge.len() < TILE {
                return;
            }
            hash = root_of(&level.edge);
            level.edge.clear();
        }
    }

    /// The root, RFC 6962's Merkle Tree Hash.
    pub fn root(&self) -> Hash {
        // From the right: each edge is a row of perfect subtrees, the larger the further left.
        let mut root: Option<Hash> = None;
        for level in &self.levels {
            let mut end = level.edge.len();
            while end > 0 {
                let width = 1usize << end.trailing_zeros();
                let peak = root_of(&level.edge[end - width..end]);
                root = Some(root.map_or(peak, |right| node_hash(&peak, &right)));
                end -= width;
            }
        }
        root.unwrap_or_else(empty_root)
    }

    /// Hashes appended since the last call, to be stored.
    pub(crate) fn take_unsaved(&mut self) -> Unsaved {
        let mut out = Vec::new();
        for (number, level) in self.levels.iter_mut().enumerate() {
            let hashes = std::mem::take(&mut level.unsaved);
            if !hashes.is_empty() {
                let first = level.saved;
                level.saved += hashes.len() as u64;
                out.push((number as u8, first, hashes));
            }
        }
        out
    }

    /// Takes back hashes that could not be stored, before those that came since.
    pub(crate) fn restore_unsaved(&mut self, unsaved: Unsaved) {
        for (number, first, mut hashes) in unsaved {
            if let Some(level) = self.levels.get_mut(usize::from(number)) {
                hashes.append(&mut level.unsaved);
                (level.saved, level.unsaved) = (first, hashes);
            }
        }
    }

    /// Forgets what would have to be stored: for trees that only check.
    pub(crate) fn discard_unsaved(&mut self) {
        self.levels.iter_mut().for_each(|level| {
            level.saved += level.unsaved.len() as u64;
            level.unsaved.clear();
        });
    }
}
