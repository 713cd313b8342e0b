//! Wakes waiting readers when another node has committed: one `LISTEN` a hub, for all its tenants.

use super::Cluster;
use super::address::Address;
use super::failure::db;
use crate::error::Result;
use std::sync::Weak;
use std::time::Duration;
use tokio_postgres::AsyncMessage;

const RETRY: Duration = Duration::from_secs(1);

/// Runs until the cluster is dropped. What is missed while the connection is down does no harm: waiting ends
/// by its timeout too.
pub(super) async fn run(cluster: Weak<Cluster>, address: Address) {
    while cluster.strong_count() > 0 {
        if let Err(error) = listen(&cluster, &address).await {
            tracing::debug!(%error, "listening for commits of other nodes was interrupted");
        }
        tokio::time::sleep(RETRY).await;
    }
}

async fn listen(cluster: &Weak<Cluster>, address: &Address) -> Result<()> {
    let (client, mut connection) = address.config.connect(address.tls.clone()).await.map_err(db)?;
    let messages = futures_util::stream::poll_fn(move |cx| connection.poll_message(cx));
    let heard = async {
        let mut messages = std::pin::pin!(messages);
        while let Some(message) = futures_util::StreamExt::next(&mut messages).await {
            let AsyncMessage::Notification(note) = message.map_err(db)? else { continue };
            let Some(cluster) = cluster.upgrade() else { break };
            if let Some((schema, vid)) = note.payload().split_once(' ') {
                cluster.heard(schema, vid.parse().unwrap_or(0));
            }
        }
        Ok(())
    };
    let asked = async {
        client.batch_execute("LISTEN medhub").await.map_err(db)?;
        // Keeps the client, and so the connection, until the hub is gone.
        while cluster.strong_count() > 0 {
            tokio::time::sleep(RETRY).await;
        }
        drop(client);
        Ok(())
    };
    tokio::try_join!(heard, asked).map(drop)
}
