//! How many streams there may be.

use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// The streams that are open, by account.
pub struct Seats {
    all: usize,
    each: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by: HashMap<Uuid, usize>,
}

impl Seats {
    /// `all` streams in all, `each` of one account.
    pub fn new(all: usize, each: usize) -> Seats {
        Seats { all, each, taken: Mutex::default() }
    }

    pub fn count(&self) -> usize {
        self.taken.lock().all
    }

    /// A place for a stream of the account, until it is dropped.
    ///
    /// # Errors
    /// The limit that is reached.
    pub fn take(self: &Arc<Self>, account: Uuid) -> Result<Seat, usize> {
        let mut taken = self.taken.lock();
        if taken.all >= self.all {
            return Err(self.all);
        }
        let own = taken.by.entry(account).or_insert(0);
        if *own >= self.each {
            return Err(self.each);
        }
        *own += 1;
        taken.all += 1;
        Ok(Seat { seats: self.clone(), account })
    }
}

/// The place of one stream.
pub struct Seat {
    seats: Arc<Seats>,
    account: Uuid,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock();
        taken.all -= 1;
        let own = taken.by.get_mut(&self.account).map(|own| {
            *own -= 1;
            *own
        });
        if own == Some(0) {
            taken.by.remove(&self.account);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_come_back() {
        let seats = Arc::new(Seats::new(3, 2));
        let (ada, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let first = seats.take(ada).ok().unwrap();
        let _second = seats.take(ada).ok().unwrap();
        assert_eq!(seats.take(ada).err(), Some(2));
        let _third = seats.take(bob).ok().unwrap();
        assert_eq!((seats.take(bob).err(), seats.count()), (Some(3), 3));
        drop(first);
        assert!(seats.take(ada).is_ok());
        assert_eq!(seats.count(), 2);
    }
}
