//! What one side has and the other lacks, found by comparing fingerprints of ranges of chunk ids.
//!
//! The ids under a prefix fall into 256 buckets by their next byte. The asking side sends one fingerprint per
//! bucket; the answering side lists its ids of every bucket that differs, or says "ask deeper" where they are
//! too many. Two rounds settle any set up to millions of ids.

use serde::{Deserialize, Serialize};

use crate::{
    ChunkId,
    limits::{RECONCILE_IDS_MAX, RECONCILE_PREFIX_MAX},
};

/// How many ids a bucket holds, and a hash over them in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
pub struct Fingerprint {
    /// How many ids.
    pub count: u32,
    /// BLAKE3 of the sorted ids, cut to 16 bytes; zero when there is none.
    pub hash: [u8; 16],
}

/// What the answering side holds in a bucket that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// The byte after the prefix.
    pub byte: u8,
    /// The ids, sorted; `None` if they are too many: ask again with the prefix one byte longer.
    pub ids: Option<Vec<ChunkId>>,
}

/// What each side lacks of the buckets that were listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// Held there, not here: to be fetched.
    pub to_fetch: Vec<ChunkId>,
    /// Held here, not there: to be put.
    pub to_put: Vec<ChunkId>,
    /// Prefixes to ask about next.
    pub deeper: Vec<Vec<u8>>,
}

/// Returns the 256 fingerprints of the ids under `prefix`. `sorted` is sorted and may hold others beside.
pub fn fingerprints(sorted: &[ChunkId], prefix: &[u8]) -> Vec<Fingerprint> {
    (0..=255).map(|byte| fingerprint(bucket(sorted, prefix, byte))).collect()
}

/// Answers the fingerprints of the other side with what this side holds where they differ.
///
/// `theirs` has 256 entries; missing ones count as empty buckets. At most [`RECONCILE_IDS_MAX`] ids are
/// listed, but at the longest prefix a bucket is always listed.
pub fn answer(sorted: &[ChunkId], prefix: &[u8], theirs: &[Fingerprint]) -> Vec<Bucket> {
    let mut listed = 0;
    let mut buckets = Vec::new();
    for byte in 0..=255 {
        let mine = bucket(sorted, prefix, byte);
        let their = theirs.get(usize::from(byte)).copied().unwrap_or_default();
        if fingerprint(mine) == their {
            continue;
        }
        let fits = listed + mine.len() <= RECONCILE_IDS_MAX || prefix.len() >= RECONCILE_PREFIX_MAX;
        listed += if fits { mine.len() } else { 0 };
        buckets.push(Bucket { byte, ids: fits.then(|| mine.to_vec()) });
    }
    buckets
}

/// Compares an answer with what this side holds. `sorted` is sorted.
pub fn compare(sorted: &[ChunkId], prefix: &[u8], answer: &[Bucket]) -> Difference {
    let mut difference = Difference::default();
    for theirs in answer {
        let Some(ids) = &theirs.ids else {
            difference.deeper.push([prefix, &[theirs.byte]].concat());
            continue;
        };
        let mine = bucket(sorted, prefix, theirs.byte);
        difference.to_fetch.extend(ids.iter().filter(|id| mine.binary_search(id).is_err()));
        let mut ids = ids.clone();
        ids.sort_unstable();
        difference.to_put.extend(mine.iter().filter(|id| ids.binary_search(id).is_err()));
    }
    difference
}

fn bucket<'a>(sorted: &'a [ChunkId], prefix: &[u8], byte: u8) -> &'a [ChunkId] {
    let low = [prefix, &[byte]].concat();
    let from = sorted.partition_point(|id| id.0[..low.len().min(32)] < low[..]);
    let rest = &sorted[from..];
    let count = rest.partition_point(|id| id.0.starts_with(&low));
    &rest[..count]
}

fn fingerprint(ids: &[ChunkId]) -> Fingerprint {
    if ids.is_empty() {
        return Fingerprint::default();
    }
    let mut hasher = blake3::Hasher::new();
    for id in ids {
        hasher.update(&id.0);
    }
    let mut hash = [0; 16];
    hash.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    Fingerprint { count: u32::try_from(ids.len()).unwrap_or(u32::MAX), hash }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(number: u32) -> ChunkId {
        ChunkId(*blake3::hash(&number.to_le_bytes()).as_bytes())
    }

    fn sorted(numbers: impl IntoIterator<Item = u32>) -> Vec<ChunkId> {
        let mut ids: Vec<_> = numbers.into_iter().map(id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Runs rounds until nothing is left to ask; returns what differs and how many rounds it took.
    fn reconcile(mine: &[ChunkId], theirs: &[ChunkId]) -> (Difference, usize) {
        let (mut total, mut rounds) = (Difference::default(), 0);
        let mut open = vec![Vec::new()];
        while !open.is_empty() {
            rounds += 1;
            for prefix in std::mem::take(&mut open) {
                let answered = answer(theirs, &prefix, &fingerprints(mine, &prefix));
                let part = compare(mine, &prefix, &answered);
                total.to_fetch.extend(part.to_fetch);
                total.to_put.extend(part.to_put);
                open.extend(part.deeper);
            }
        }
        (total, rounds)
    }

    #[test]
    fn equal_sets_differ_in_nothing() {
        let ids = sorted(0..500);
        assert_eq!(answer(&ids, &[], &fingerprints(&ids, &[])), []);
    }

    #[test]
    fn wiped_side_is_told_everything_in_two_rounds() {
        let ids = sorted(0..60_000);
        let (difference, rounds) = reconcile(&[], &ids);
        assert_eq!(difference.to_fetch.len(), ids.len());
        assert_eq!(rounds, 2);
        assert_eq!(reconcile(&ids, &[]).0.to_put.len(), ids.len());
    }

    #[test]
    fn fingerprint_is_pinned() {
        let hash = fingerprint(&[ChunkId([1; 32]), ChunkId([2; 32])]).hash;
        assert_eq!(data_encoding::HEXLOWER.encode(&hash), "8d67bc7836d128b108be2c965538f37b");
    }

    proptest! {
        #[test]
        fn finds_exactly_what_each_side_lacks(
            mine in proptest::collection::btree_set(0u32..400, 0..200),
            theirs in proptest::collection::btree_set(0u32..400, 0..200),
        ) {
            let (difference, _) = reconcile(&sorted(mine.clone()), &sorted(theirs.clone()));
            let mut to_fetch = difference.to_fetch;
            let mut to_put = difference.to_put;
            to_fetch.sort_unstable();
            to_put.sort_unstable();
            prop_assert_eq!(to_fetch, sorted(theirs.difference(&mine).copied()));
            prop_assert_eq!(to_put, sorted(mine.difference(&theirs).copied()));
        }
    }
}
