//! The log as its readers know it: the files of C2SP tlog-tiles, made from the storage on request.

use crate::error::{Error, Result};
use crate::storage::Storage;
use crate::tree::TILE;
use std::ops::ControlFlow;

/// The content of `checkpoint`, `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`; `None` when the log of
/// this size has no such file.
pub(crate) fn file(storage: &dyn Storage, size: u64, path: &str) -> Result<Option<Vec<u8>>> {
    if path == "checkpoint" {
        return Ok(storage.checkpoint()?.map(String::into_bytes));
    }
    let Some((level, rest)) = path.strip_prefix("tile/").and_then(|rest| rest.split_once('/')) else {
        return Ok(None);
    };
    let Some((number, width)) = name(rest) else { return Ok(None) };
    let Some(first) = number.checked_mul(TILE as u64) else { return Ok(None) };
    if level == "entries" {
        let whole = first.checked_add(width as u64).is_some_and(|end| end <= size);
        return if whole { entries(storage, first, width).map(Some) } else { Ok(None) };
    }
    let level: u8 = match level.parse() {
        Ok(level @ 0..=7) if level.to_string().len() == 1 => level,
        _ => return Ok(None),
    };
    let have = size >> (8 * u32::from(level));
    if first.checked_add(width as u64).is_none_or(|end| end > have) {
        return Ok(None);
    }
    let hashes = storage.hashes(level, first, width)?;
    Ok((hashes.len() == width).then(|| hashes.concat()))
}

/// Entries with their lengths in two bytes before each.
fn entries(storage: &dyn Storage, first: u64, width: usize) -> Result<Vec<u8>> {
    let (mut out, mut next) = (Vec::new(), first);
    let end = first + width as u64;
    storage.scan(first, &mut |number, entry| {
        if number != next || next == end {
            return ControlFlow::Break(());
        }
        out.extend_from_slice(&(entry.len() as u16).to_be_bytes());
        out.extend_from_slice(entry);
        next += 1;
        ControlFlow::Continue(())
    })?;
    if next < end {
        return Err(Error::Damaged { entry: next, what: "the entry cannot be read" });
    }
    Ok(out)
}

/// `x001/x234/067` is 1234067; `067.p/12` is the first 12 hashes of tile 67.
fn name(text: &str) -> Option<(u64, usize)> {
    let (text, width) = match text.split_once(".p/") {
        Some((text, width)) => (text, width.parse().ok().filter(|w| (1..TILE).contains(w))?),
        None => (text, TILE),
    };
    let mut number = 0u64;
    let mut parts = text.split('/').peekable();
    while let Some(part) = parts.next() {
        let digits = if parts.peek().is_some() { part.strip_prefix('x')? } else { part };
        if digits.len() != 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        number = number.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    Some((number, width))
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_of_tiles() {
        assert_eq!(name("067"), Some((67, 256)));
        assert_eq!(name("x001/x234/067"), Some((1_234_067, 256)));
        assert_eq!(name("x001/067.p/12"), Some((1067, 12)));
        for bad in ["", "67", "001/067", "x001", "067.p/0", "067.p/256", "x0x1/067", "+67", "067/"] {
            assert_eq!(name(bad), None, "{bad}");
        }
    }
}
