//! What a chunk holds once it is open: changes, by document.

use serde::{Deserialize, Serialize};
use wire::DocId;

/// The changes of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeBundle {
    /// Which document.
    pub doc: DocId,
    /// The bytes of each change, in the order in which they were made.
    pub changes: Vec<Vec<u8>>,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    version: u8,
    bundles: Vec<ChangeBundle>,
}

/// The content of a chunk cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    /// It does not decode.
    #[error("payload is malformed")]
    Malformed,
    /// A newer program wrote it; it can be read after an update.
    #[error("payload version {0} is newer than this program")]
    Newer(u8),
}

const VERSION: u8 = 1;

/// Writes the content of a chunk: postcard of version and bundles.
pub fn encode_payload(bundles: Vec<ChangeBundle>) -> Vec<u8> {
    postcard::to_allocvec(&Payload { version: VERSION, bundles })
        .expect("a vector grows as needed and byte strings always encode")
}

/// Reads the content of a chunk.
///
/// # Errors
/// [`PayloadError`] if it is malformed or newer.
pub fn decode_payload(bytes: &[u8]) -> Result<Vec<ChangeBundle>, PayloadError> {
    match bytes.first() {
        Some(&VERSION) => {}
        Some(&version) if version > VERSION => return Err(PayloadError::Newer(version)),
        _ => return Err(PayloadError::Malformed),
    }
    let payload: Payload = postcard::from_bytes(bytes).map_err(|_| PayloadError::Malformed)?;
    Ok(payload.bundles)
}

#[cfg(test)]
mod tests {
    use wire::DocKind;

    use super::*;

    #[test]
    fn payload_has_a_fixed_form_and_reads_back() {
        let bundles = vec![ChangeBundle {
            doc: DocId { kind: DocKind::CONTACT, key: [7; 16] },
            changes: vec![vec![1, 2, 3]],
        }];
        let bytes = encode_payload(bundles.clone());
        assert_eq!(
            data_encoding::HEXLOWER.encode(&bytes),
            "01010107070707070707070707070707070707010".to_owned() + "3010203"
        );
        assert_eq!(decode_payload(&bytes), Ok(bundles));
        assert_eq!(decode_payload(&[9]), Err(PayloadError::Newer(9)));
        assert_eq!(decode_payload(&[]), Err(PayloadError::Malformed));
    }
}
