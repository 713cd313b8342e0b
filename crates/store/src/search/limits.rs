//! What one search may cost. Everything a caller can make grow has its bound here.

/// Bytes of a query string.
pub const QUERY_BYTES: usize = 65_536;
/// Parameters of a query.
pub const PARAMS: usize = 256;
/// Values of one parameter, separated by commas.
pub const VALUES: usize = 2_000;
/// Links of a chain, `_has` included.
pub const CHAIN_DEPTH: usize = 8;
/// Parentheses and terms of a `_filter`.
pub const FILTER_DEPTH: usize = 16;
pub const FILTER_TERMS: usize = 64;

/// Page size when none is asked, and the largest.
pub const COUNT_DEFAULT: usize = 50;
pub const COUNT_MAX: usize = 1_000;
/// Resources that `_include` and `_revinclude` may add to a page.
pub const INCLUDES: usize = 1_000;
/// Canonical URLs that one `_include` follows.
pub const CANONICALS: usize = 200;
/// Rounds of `:iterate`.
pub const INCLUDE_ROUNDS: usize = 6;

/// Resources that a chain or `_has` may collect before it is turned round.
pub const JOIN: usize = 2_000;
/// Candidates that one page may examine before it ends early.
pub const EXAMINED: usize = 20_000;
/// Resources that may be sorted by something else than the index order.
pub const SORTED: usize = 10_000;
/// Resources that an exact `_total` may open.
pub const COUNTED: usize = 50_000;
/// The same where each must be decided, because some may be hidden from the caller.
pub const COUNTED_ASKED: usize = 2_000;
/// Index entries that an estimate counts before it says "many".
pub const ESTIMATE: usize = 1_000;
/// So few candidates that no other leader is worth looking for.
pub const FEW: usize = 100;
/// Keys that a condition may have to be tested inside the database.
pub const PROBED_KEYS: usize = 24;
