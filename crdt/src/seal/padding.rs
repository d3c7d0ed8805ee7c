//! Plaintext to what is encrypted: zstd, a length, zeros up to a PADME length.
//!
//! Layout: format 1 (1 byte), length of the compressed part (4 bytes, little-endian), that part, zeros.
//! PADME (Nikitin et al., 2019) leaks O(log log n) bits of a length and costs at most 12 %.

use std::io::Read;

use wire::limits::PLAINTEXT_BYTES_MAX;
use zeroize::Zeroizing;

const FORMAT: u8 = 1;
const HEAD_BYTES: usize = 5;
const LEVEL: i32 = 3;
/// Keeps the memory that a hostile frame can ask for at 16 MiB.
const WINDOW_LOG_MAX: u32 = 24;

/// Why opened bytes cannot be unpacked, although they are authentic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unpack {
    UnknownFormat,
    Malformed,
    TooLarge,
}

/// Returns the compressed, padded form, or `None` if the plaintext is too large or cannot be compressed.
pub(super) fn pack(plaintext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    if plaintext.len() > PLAINTEXT_BYTES_MAX {
        return None;
    }
    let compressed = Zeroizing::new(zstd::bulk::compress(plaintext, LEVEL).ok()?);
    let length = u32::try_from(compressed.len()).ok()?;
    let padded = padme(HEAD_BYTES + compressed.len());
    let mut packed = Zeroizing::new(Vec::with_capacity(padded));
    packed.push(FORMAT);
    packed.extend_from_slice(&length.to_le_bytes());
    packed.extend_from_slice(&compressed);
    packed.resize(padded, 0);
    Some(packed)
}

/// Undoes [`pack`], within [`PLAINTEXT_BYTES_MAX`].
pub(super) fn unpack(packed: &[u8]) -> Result<Vec<u8>, Unpack> {
    let (&format, rest) = packed.split_first().ok_or(Unpack::Malformed)?;
    if format != FORMAT {
        return Err(Unpack::UnknownFormat);
    }
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(Unpack::Malformed)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| Unpack::Malformed)?;
    let compressed = rest.get(..length).ok_or(Unpack::Malformed)?;
    let mut decoder = zstd::stream::Decoder::with_buffer(compressed).map_err(|_| Unpack::Malformed)?;
    decoder.window_log_max(WINDOW_LOG_MAX).map_err(|_| Unpack::Malformed)?;
    let mut plaintext = Vec::new();
    let bound = PLAINTEXT_BYTES_MAX as u64 + 1;
    decoder.take(bound).read_to_end(&mut plaintext).map_err(|_| Unpack::Malformed)?;
    if plaintext.len() > PLAINTEXT_BYTES_MAX { Err(Unpack::TooLarge) } else { Ok(plaintext) }
}

/// The PADME length: the next one with few significant bits.
fn padme(length: usize) -> usize {
    if length < 2 {
        return length;
    }
    let exponent = length.ilog2();
    let kept = exponent.ilog2() + 1;
    let mask = (1usize << exponent.saturating_sub(kept)) - 1;
    (length + mask) & !mask
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn padme_lengths_are_those_of_the_paper() {
        let lengths = [1, 2, 8, 9, 31, 33, 100, 1_000, 1_000_000].map(padme);
        assert_eq!(lengths, [1, 2, 8, 10, 32, 36, 104, 1_024, 1_015_808]);
    }

    #[test]
    fn bomb_is_stopped_at_the_bound() {
        let bomb = zstd::bulk::compress(&vec![0; PLAINTEXT_BYTES_MAX + 1], LEVEL).unwrap();
        assert!(bomb.len() < 10_000);
        let mut packed = vec![FORMAT];
        packed.extend_from_slice(&u32::try_from(bomb.len()).unwrap().to_le_bytes());
        packed.extend_from_slice(&bomb);
        assert_eq!(unpack(&packed), Err(Unpack::TooLarge));
        assert!(pack(&vec![0; PLAINTEXT_BYTES_MAX + 1]).is_none());
    }

    proptest! {
        #[test]
        fn padding_costs_at_most_an_eighth(length in 1usize..2_000_000) {
            let padded = padme(length);
            prop_assert!(padded >= length && padded - length <= length / 8 + 1);
        }

        #[test]
        fn unpack_undoes_pack(plaintext in proptest::collection::vec(any::<u8>(), 0..3_000)) {
            prop_assert_eq!(unpack(&pack(&plaintext).unwrap()).unwrap(), plaintext);
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = unpack(&bytes);
            let _ = unpack(&[&[FORMAT], bytes.as_slice()].concat());
        }
    }
}
