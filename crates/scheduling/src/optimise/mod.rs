//! The optimiser at work in the background: started, watched, stopped, and its proposal applied.

/// The jobs of a tenant.
#[derive(Default)]
pub(crate) struct Jobs(());
