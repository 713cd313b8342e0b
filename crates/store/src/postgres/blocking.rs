//! From synchronous code to the runtime and back.

use std::future::Future;
use tokio::runtime::{Handle, RuntimeFlavor};

/// Runs a future to its end on the calling thread. Meant for threads that may block (the writer's, the
/// log's); on a worker of a multi-threaded runtime the worker's other tasks move to another thread meanwhile.
/// On the only thread of a single-threaded runtime it would panic: never call it there.
pub(super) fn wait<F: Future>(handle: &Handle, future: F) -> F::Output {
    let worker = Handle::try_current().is_ok_and(|h| h.runtime_flavor() == RuntimeFlavor::MultiThread);
    if worker { tokio::task::block_in_place(|| handle.block_on(future)) } else { handle.block_on(future) }
}
