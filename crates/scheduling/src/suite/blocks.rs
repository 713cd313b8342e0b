//! Vacations and what was given back of them.

use crate::block::Block;
use crate::index::Index;
use crate::zone;
use jiff::civil::Date;

/// Whether the vacation of that day is anyone's: given back, or not used in time.
pub(crate) fn is_released(index: &Index, block: &Block, day: Date, now: i64) -> bool {
    if block.pattern.release > 0 && zone::day_of(now) >= block.release_day(day) {
        return true;
    }
    let Some((from, until)) = block.on(day) else { return false };
    let slots = index.closures.values().filter(|s| s.schedule == block.id && &*s.status == "free");
    slots.flat_map(|s| s.spans(from, until)).any(|s| s.from <= from && until <= s.until)
}
