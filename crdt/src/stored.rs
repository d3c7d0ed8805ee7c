//! Registers as the merge engine holds them.

use std::collections::BTreeSet;

use automerge::{Automerge, ObjId, ReadDoc, Value, transaction::Transactable};
use wire::ActorId;

use crate::{
    ChangeHash, HybridTime, Put, Register, RegisterValue, Registers, Stamp, Standing, Version, rivals,
};

/// All registers.
pub(crate) fn registers(automerge: &Automerge) -> Registers {
    let (mut registers, mut with_rivals) = (Registers::new(), BTreeSet::new());
    for item in automerge.map_range(ObjId::Root, ..) {
        if let Some(about) = rivals::named_by(&item.key) {
            with_rivals.insert(about.to_owned());
            continue;
        }
        let register = if item.conflict {
            register(automerge, &item.key)
        } else {
            RegisterValue::from_value_ref(&item.value).map(|value| Register { value, versions: Vec::new() })
        };
        if let Some(register) = register {
            registers.insert(item.key.into_owned(), register);
        }
    }
    for key in with_rivals {
        if let Some(register) = register(automerge, &key) {
            registers.insert(key, register);
        }
    }
    registers
}

/// One register.
pub(crate) fn register(automerge: &Automerge, key: &str) -> Option<Register> {
    let standing = standing(automerge, key);
    let value = standing.first()?.value().clone();
    let mut versions = rivals::together(standing.iter().map(|write| &write.versions[..]));
    if versions.len() == 1 {
        versions.clear();
    }
    Some(Register { value, versions })
}

/// The writes of a register that nobody wrote over, the one shown first.
pub(crate) fn standing(automerge: &Automerge, key: &str) -> Vec<Standing> {
    let named = named(automerge, key);
    writes(automerge, key)
        .into_iter()
        .map(|own| {
            let change = own.change;
            let named = named.iter().filter(|(by, _)| *by == change).flat_map(|(_, names)| names);
            let named = named.filter_map(|name| written_by(automerge, key, *name));
            Standing { change, versions: rivals::stood_for(own, named) }
        })
        .collect()
}

/// When the value that a register shows was written.
pub(crate) fn written_at(automerge: &Automerge, key: &str) -> Option<HybridTime> {
    writes(automerge, key).first().map(|version| version.time)
}

/// Puts a value so that it replaces every concurrent one, even when it equals the one shown.
pub(crate) fn put_over(
    tx: &mut automerge::transaction::Transaction<'_>,
    put: &Put,
) -> Result<(), automerge::AutomergeError> {
    write(tx, &put.key, &put.value)?;
    if !put.rivals.is_empty() {
        write(tx, &rivals::naming(&put.key), &rivals::to_value(&put.rivals))?;
    }
    Ok(())
}

fn write(
    tx: &mut automerge::transaction::Transaction<'_>,
    key: &str,
    value: &RegisterValue,
) -> Result<(), automerge::AutomergeError> {
    let scalar = value.to_scalar();
    let there = tx.get_all(ObjId::Root, key)?;
    // The merge engine takes a value that stands there already for no write.
    let is_same = matches!(&there[..], [(Value::Scalar(held), _)] if **held == scalar);
    if there.len() > 1 || is_same {
        tx.delete(ObjId::Root, key)?;
    }
    tx.put(ObjId::Root, key, scalar)
}

fn writes(automerge: &Automerge, key: &str) -> Vec<Version> {
    let all = automerge.get_all(ObjId::Root, key).into_iter().flatten();
    let mut writes: Vec<Version> = all.filter_map(|found| version(automerge, found)).collect();
    writes.sort_by_key(|version| std::cmp::Reverse((version.time, version.actor)));
    writes
}

/// What a change wrote into a register.
fn written_by(automerge: &Automerge, key: &str, change: ChangeHash) -> Option<Version> {
    let heads = [automerge::ChangeHash(change.0)];
    automerge.get_change_meta_by_hash(&heads[0])?;
    let all = automerge.get_all_at(ObjId::Root, key, &heads).ok()?;
    all.into_iter().filter_map(|found| version(automerge, found)).find(|version| version.change == change)
}

/// The changes that writes of a register name as its rivals, with the change that names them.
fn named(automerge: &Automerge, key: &str) -> Vec<(ChangeHash, Vec<ChangeHash>)> {
    let names = writes(automerge, &rivals::naming(key)).into_iter();
    names.map(|version| (version.change, rivals::from_value(&version.value))).collect()
}

fn version(automerge: &Automerge, (value, op): (Value<'_>, ObjId)) -> Option<Version> {
    let Value::Scalar(scalar) = value else { return None };
    let value = RegisterValue::from_scalar(&scalar)?;
    let hash = automerge.hash_for_opid(&op)?;
    let meta = automerge.get_change_meta_by_hash(&hash)?;
    let stamp = Stamp::from_parts(meta.message.as_deref(), meta.timestamp).ok();
    Some(Version {
        value,
        time: stamp.map_or(HybridTime::default(), |stamp| stamp.time),
        staff: stamp.map_or_else(Default::default, |stamp| stamp.staff),
        actor: ActorId::from_slice(meta.actor.to_bytes()).ok()?,
        change: ChangeHash(hash.0),
    })
}
