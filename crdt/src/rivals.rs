//! Values that a write lets stand beside its own although others had written over them: what is waited for again
//! once the choice among them was taken back.
//!
//! The write names the changes that wrote them, in a register of its own beside the one that it is about,
//! `rivals/<key>`: the hashes one after the other, base64url, the one whose value it shows first. It counts for the
//! write of the same change alone, so that whoever writes the register next settles the matter.

use std::collections::BTreeMap;

use data_encoding::BASE64URL_NOPAD;

use crate::{ChangeHash, Put, RegisterValue, Version};

const SECTION: &str = "rivals/";
const HASH_LEN: usize = 32;
/// No more devices than this disagree about one thing; what a faulty program names beyond them is not looked at.
const NAMED_MAX: usize = 64;

/// Changes that a write names, by the register that it writes.
pub(crate) type Named = BTreeMap<String, Vec<ChangeHash>>;

/// The register in which the rivals of a register are named.
pub(crate) fn naming(key: &str) -> String {
    format!("{SECTION}{key}")
}

/// The register whose rivals a register names; `None` for every other register.
pub(crate) fn named_by(key: &str) -> Option<&str> {
    key.strip_prefix(SECTION)
}

pub(crate) fn to_value(changes: &[ChangeHash]) -> RegisterValue {
    let bytes: Vec<u8> = changes.iter().flat_map(|change| change.0).collect();
    RegisterValue::from(BASE64URL_NOPAD.encode(&bytes))
}

/// Nothing for what names no changes.
pub(crate) fn from_value(value: &RegisterValue) -> Vec<ChangeHash> {
    let bytes = value.as_text().and_then(|text| BASE64URL_NOPAD.decode(text.as_bytes()).ok());
    let bytes = bytes.filter(|bytes| bytes.len() % HASH_LEN == 0).unwrap_or_default();
    bytes.as_chunks::<HASH_LEN>().0.iter().take(NAMED_MAX).map(|hash| ChangeHash(*hash)).collect()
}

/// Takes out of the registers that a change writes those that name rivals.
pub(crate) fn split(written: Vec<(String, RegisterValue)>) -> Vec<Put> {
    let mut named = Named::new();
    let mut puts = Vec::with_capacity(written.len());
    for (key, value) in written {
        match named_by(&key) {
            Some(about) => drop(named.insert(about.to_owned(), from_value(&value))),
            None => puts.push(Put::new(key, value)),
        }
    }
    if !named.is_empty() {
        for put in &mut puts {
            put.rivals = named.remove(&put.key).unwrap_or_default();
        }
    }
    puts
}

/// What a write stands for: the values that it names, and its own if none of them says the same.
pub(crate) fn stood_for(own: Version, named: impl IntoIterator<Item = Version>) -> Vec<Version> {
    let mut versions = Vec::new();
    for version in named {
        if !versions.iter().any(|known| is_same_write(known, &version)) {
            versions.push(version);
        }
    }
    if versions.first().is_none_or(|first| first.value != own.value) {
        versions.insert(0, own);
    }
    versions
}

/// Whether two changes hold the same write: a device that begins a new life writes what it wrote before again, with
/// the stamps of that time.
fn is_same_write(left: &Version, right: &Version) -> bool {
    left.change == right.change || (left.time, &left.value) == (right.time, &right.value)
}

/// The values of several writes, the one shown first; what two of them name counts once.
pub(crate) fn together<'a>(writes: impl IntoIterator<Item = &'a [Version]>) -> Vec<Version> {
    let mut all: Vec<Version> = Vec::new();
    for version in writes.into_iter().flatten() {
        if !all.iter().any(|known| is_same_write(known, version)) {
            all.push(version.clone());
        }
    }
    all
}
