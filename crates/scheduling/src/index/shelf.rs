//! One index a tenant, kept as long as the tenant is open.

use super::Index;
use super::catch_up::{load, rows_since};
use parking_lot::{Mutex, RwLock};
use service::RouteCtx;
use std::collections::HashMap;
use std::sync::{Arc, Weak};
use store::{Ctx, Result, Tenant};

/// The indexes of all tenants.
#[derive(Default)]
pub(crate) struct Shelves(Mutex<HashMap<String, Arc<Shelf>>>);

/// The index of one tenant.
pub(crate) struct Shelf {
    tenant: Weak<Tenant>,
    index: RwLock<Option<Index>>,
    /// Held while an index is made, so that two requests do not both make one.
    making: tokio::sync::Mutex<()>,
    pub(crate) jobs: crate::optimise::Jobs,
    pub(crate) predictor: crate::duration::Learnt,
}

impl Shelves {
    fn shelf(&self, tenant: &Arc<Tenant>) -> Arc<Shelf> {
        let mut all = self.0.lock();
        // A tenant that was closed, or destroyed and made again under its name, has nothing here.
        all.retain(|_, shelf| shelf.tenant.strong_count() > 0);
        let known = all.get(tenant.name()).filter(|s| s.tenant.ptr_eq(&Arc::downgrade(tenant)));
        if let Some(shelf) = known {
            return shelf.clone();
        }
        let shelf = Arc::new(Shelf {
            tenant: Arc::downgrade(tenant),
            index: RwLock::default(),
            making: tokio::sync::Mutex::default(),
            jobs: Default::default(),
            predictor: Default::default(),
        });
        all.insert(tenant.name().to_string(), shelf.clone());
        shelf
    }

    /// The index with everything that was committed before this call.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn fresh(&self, cx: &RouteCtx) -> Result<Arc<Shelf>> {
        self.fresh_of(&cx.tenant, &cx.ctx).await
    }

    /// # Errors
    /// `Unavailable`.
    pub async fn fresh_of(&self, tenant: &Arc<Tenant>, asker: &Ctx) -> Result<Arc<Shelf>> {
        let shelf = self.shelf(tenant);
        let ctx =
            Ctx { clock: asker.clock.clone(), ids: asker.ids.clone(), ..Ctx::system("scheduling.index") };
        let top = tenant.top().await?;
        loop {
            let at = shelf.index.read().as_ref().map(|index| index.vid);
            match at {
                Some(vid) if vid >= top => return Ok(shelf),
                Some(vid) => {
                    let Some((news, last)) = rows_since(tenant, &ctx, vid).await? else { return Ok(shelf) };
                    let mut index = shelf.index.write();
                    // Another request may have been quicker: what it read is at least as new.
                    if let Some(index) = index.as_mut().filter(|index| index.vid == vid) {
                        news.into_iter().for_each(|one| index.apply(one));
                        index.vid = last;
                    }
                }
                None => {
                    let turn = shelf.making.lock().await;
                    if shelf.index.read().is_none() {
                        let made = load(tenant, &ctx, top).await?;
                        *shelf.index.write() = Some(made);
                    }
                    drop(turn);
                }
            }
        }
    }
}

impl Shelf {
    /// Looks into the index. Nothing waits inside.
    pub fn read<T>(&self, look: impl FnOnce(&Index) -> T) -> T {
        let index = self.index.read();
        match index.as_ref() {
            Some(index) => look(index),
            None => look(&Index::default()),
        }
    }
}
