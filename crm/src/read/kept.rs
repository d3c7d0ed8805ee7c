//! Orders of lists, kept so that a further page of the same view costs its rows alone.
//!
//! An order holds as long as nothing was committed. The bound keeps memory small whatever is asked.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::{Connection, types::Value};

use super::ReadError;
use crate::store::Seen;

/// Row numbers kept in all: eight bytes each.
const NUMBERS_MAX: usize = 1_000_000;
/// Orders kept at most.
const ORDERS_MAX: usize = 16;

/// A list as a whole.
#[derive(Debug, Default)]
pub struct Ordered {
    /// The row numbers, in order.
    pub numbers: Vec<i64>,
    /// When grouped: each value and how many share it, in order.
    pub groups: Vec<(Value, u32)>,
}

/// The orders of the last lists that a connection was asked for.
#[derive(Debug, Default)]
pub struct KeptOrders {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    seen: Option<Seen>,
    /// The one asked for last comes first.
    orders: VecDeque<(String, Arc<Ordered>)>,
}

impl KeptOrders {
    /// The order of this name, if it still holds.
    ///
    /// # Errors
    /// [`ReadError`] if the database refuses.
    pub fn get(&self, conn: &Connection, name: &str) -> Result<Option<Arc<Ordered>>, ReadError> {
        let seen = Seen::of(conn)?;
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.seen != Some(seen) {
            inner.orders.clear();
            inner.seen = Some(seen);
            return Ok(None);
        }
        let Some(place) = inner.orders.iter().position(|(known, _)| known == name) else { return Ok(None) };
        let Some(found) = inner.orders.remove(place) else { return Ok(None) };
        let order = Arc::clone(&found.1);
        inner.orders.push_front(found);
        Ok(Some(order))
    }

    /// Keeps an order that was read from what the connection sees now.
    ///
    /// # Errors
    /// [`ReadError`] if the database refuses.
    pub fn put(&self, conn: &Connection, name: String, order: Arc<Ordered>) -> Result<(), ReadError> {
        let seen = Seen::of(conn)?;
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.seen != Some(seen) {
            inner.orders.clear();
            inner.seen = Some(seen);
        }
        inner.orders.retain(|(known, _)| *known != name);
        inner.orders.push_front((name, order));
        let mut sum = 0;
        let fitting = inner.orders.iter().take_while(|(_, order)| {
            sum += order.numbers.len();
            sum <= NUMBERS_MAX
        });
        let count = fitting.count().clamp(1, ORDERS_MAX);
        inner.orders.truncate(count);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(count: usize) -> Arc<Ordered> {
        Arc::new(Ordered { numbers: vec![7; count], groups: Vec::new() })
    }

    #[test]
    fn an_order_holds_until_another_connection_commits() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.db");
        let writer = Connection::open(&path).unwrap();
        let commit = |number: i64| writer.pragma_update(None, "user_version", number).unwrap();
        commit(1);
        let reader = Connection::open(&path).unwrap();
        let kept = KeptOrders::default();
        let is_kept = || kept.get(&reader, "all").unwrap().is_some();
        assert!(!is_kept());
        kept.put(&reader, "all".into(), order(3)).unwrap();
        assert!(is_kept());
        commit(2);
        assert!(!is_kept());
    }

    #[test]
    fn the_bound_lets_go_of_the_one_asked_for_longest_ago() {
        let conn = Connection::open_in_memory().unwrap();
        let kept = KeptOrders::default();
        let put = |name: &str, count| kept.put(&conn, name.into(), order(count)).unwrap();
        let has = |name: &str| kept.get(&conn, name).unwrap().is_some();
        put("a", 400_000);
        put("b", 400_000);
        assert!(has("a") && has("b") && has("a"));
        put("c", 400_000);
        assert!(has("a") && !has("b") && has("c"));
        put("greater than the bound", 3 * NUMBERS_MAX);
        assert!(has("greater than the bound") && !has("a"));
        for at in 0..40 {
            put(&at.to_string(), 1);
        }
        assert!(has("39") && !has("10"));
    }
}
