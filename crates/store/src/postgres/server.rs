//! The database server, and the thread that talks to it.
//!
//! Connections live on a runtime of their own. Synchronous code waits for the database while it holds locks
//! (the writer, the audit log); if the caller's runtime had to move the answer, a task of it that waits for
//! such a lock could stop both for ever.

use super::address::Address;
use super::failure::db;
use crate::error::{Error, Result};
use std::sync::Arc;
use tokio::runtime::{Handle, Runtime};
use tokio_postgres::Client;

/// Address of the server, and where its connections live. Cheap to clone.
#[derive(Clone)]
pub(super) struct Server {
    pub address: Address,
    io: Arc<Io>,
}

impl Server {
    pub fn new(address: Address) -> Result<Server> {
        Ok(Server { address, io: Arc::new(Io::start()?) })
    }

    /// The runtime of the connections, for synchronous code to wait on.
    pub fn handle(&self) -> &Handle {
        &self.io.handle
    }

    /// The same server, with connections that are called otherwise in its list.
    pub fn named(&self, name: String) -> Server {
        let mut server = self.clone();
        server.address.config.application_name(name);
        server
    }

    /// A new connection; it ends when the client is dropped.
    pub async fn client(&self) -> Result<Client> {
        let Address { config, tls } = self.address.clone();
        let opened = self.io.handle.spawn(async move {
            let (client, connection) = config.connect(tls).await?;
            tokio::spawn(async move {
                if let Err(error) = connection.await {
                    tracing::debug!(code = error.code().map(|c| c.code()), "a PostgreSQL connection ended");
                }
            });
            Ok(client)
        });
        opened.await.map_err(|_| Error::Unavailable("postgres: the hub is stopping".into()))?.map_err(db)
    }
}

/// The runtime of the connections: goes with the last that may need one.
struct Io {
    handle: Handle,
    runtime: Option<Runtime>,
}

impl Io {
    fn start() -> Result<Io> {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        builder.worker_threads(1).thread_name("postgres-io").enable_all();
        let runtime = builder.build().map_err(Error::unavailable)?;
        Ok(Io { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }
}

impl Drop for Io {
    fn drop(&mut self) {
        // Not waited for: it may be dropped on a thread that must not block.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
