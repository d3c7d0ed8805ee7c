//! A bucket of requests per address, so that one client cannot starve the others.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

/// Addresses remembered at the same time; beyond, full buckets are forgotten.
const ADDRESSES_MAX: usize = 10_000;

/// How many requests one address may make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// In the long run; 0 lifts the limit. Twice as many may come at once.
    pub requests_per_s: u32,
}

pub(super) struct Limiter {
    limit: RateLimit,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    /// Thousandths of a request.
    left: u64,
    filled_at_ms: u64,
}

impl Limiter {
    pub(super) fn new(limit: RateLimit) -> Self {
        Self { limit, buckets: Mutex::new(HashMap::new()) }
    }

    /// Takes one request out of the bucket of `address`; false if it is empty.
    pub(super) fn allows(&self, address: IpAddr, now_ms: u64) -> bool {
        let rate = u64::from(self.limit.requests_per_s);
        if rate == 0 {
            return true;
        }
        let full = rate * 2_000;
        let refilled = |bucket: &Bucket| {
            let passed_ms = now_ms.saturating_sub(bucket.filled_at_ms);
            bucket.left.saturating_add(passed_ms.saturating_mul(rate)).min(full)
        };
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= ADDRESSES_MAX && !buckets.contains_key(&address) {
            buckets.retain(|_, bucket| refilled(bucket) < full);
        }
        if buckets.len() >= ADDRESSES_MAX && !buckets.contains_key(&address) {
            return false;
        }
        let bucket = buckets.entry(address).or_insert(Bucket { left: full, filled_at_ms: now_ms });
        bucket.left = refilled(bucket);
        bucket.filled_at_ms = now_ms;
        let is_allowed = bucket.left >= 1_000;
        if is_allowed {
            bucket.left -= 1_000;
        }
        is_allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bucket_empties_and_fills_per_address() {
        let limiter = Limiter::new(RateLimit { requests_per_s: 5 });
        let (ada, ben) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let allowed = (0..20).filter(|_| limiter.allows(ada, 1_000)).count();
        assert_eq!(allowed, 10);
        assert!(limiter.allows(ben, 1_000));
        assert!(!limiter.allows(ada, 1_100));
        assert!(limiter.allows(ada, 1_200));
        assert!(!limiter.allows(ada, 1_200));
    }

    #[test]
    fn zero_lifts_the_limit() {
        let limiter = Limiter::new(RateLimit { requests_per_s: 0 });
        assert!((0..1_000).all(|_| limiter.allows(IpAddr::from([10, 0, 0, 1]), 0)));
    }
}
