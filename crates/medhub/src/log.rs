//! Logs: JSON lines on the error output, without identities (their fields are chosen where they are written).

use crate::config::Level;
use tracing_subscriber::filter::LevelFilter;

/// Starts logging from that level on. A second call does nothing.
pub fn start(level: Level) {
    let _ = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_writer(std::io::stderr)
        .with_max_level(LevelFilter::from_level(level.0))
        .try_init();
}
