//! One suite, two databases: what the store asks of a backend, a registry and a log's storage.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bundles;
mod checks;
mod ledgers;
mod nodes;
mod private_postgres;
mod registries;
mod rows;
mod targets;
mod tls;

/// Runs each check on SQLite and on PostgreSQL, each time on an empty tenant.
macro_rules! conformance {
    ($($check:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $check() {
                let folder = super::targets::Folder::new();
                let backend = store::sqlite::Sqlite::open(folder.path()).unwrap();
                super::checks::$check(&backend).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $check() {
                let Some(cluster) = super::targets::cluster().await else { return };
                let name = stringify!($check).replace('_', "-");
                let backend = cluster.backend(&name[..name.len().min(40)]).await.unwrap();
                super::checks::$check(&*backend).await;
            })*
        }
    };
}

conformance! {
    an_empty_tenant_answers
    versions_are_kept_and_found
    large_bodies_come_back
    history_is_newest_first_and_filtered
    the_feed_is_in_commit_order
    waiting_ends_with_a_commit_or_in_time
    searches_are_as_of_their_snapshot
    many_keys_are_one_search
    ranges_and_counts
    what_is_not_committed_never_was
    a_savepoint_undoes_one_job
    one_group_may_write_a_resource_several_times
    one_transaction_may_be_appended_in_parts
    small_values_cursors_and_parked_rows
    a_destroyed_key_never_comes_back
    the_sweeper_takes_what_no_page_can_ask_for
    an_erasure_leaves_no_index_entry
    writers_take_turns_and_readers_miss_nothing
}
