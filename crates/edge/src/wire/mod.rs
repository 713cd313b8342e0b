//! HTTP's own words: dates, entity tags, languages, preferences, bodies.

pub mod address;
pub mod body;
pub mod compress;
pub mod date;
pub mod etag;
pub mod language;
pub mod media;
pub mod percent;
pub mod prefer;
