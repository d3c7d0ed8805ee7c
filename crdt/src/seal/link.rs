//! What a QR code holds: where the relay is, which workspace, and a secret, as letters and digits.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use serde::{Deserialize, Serialize};
use wire::{RecordId, WorkspaceId};
use zeroize::{Zeroize, Zeroizing};

const RELAY_URL_BYTES_MAX: usize = 255;
const LINK_CHARACTERS_MAX: usize = 1_024;

/// Why text is neither an invite nor a recovery kit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// A character that no code has.
    #[error("there is a character that does not belong there: {character:?}")]
    BadCharacter {
        /// The character.
        character: char,
    },
    /// Too few or too many characters.
    #[error("the code has {characters} characters instead of 28")]
    WrongLength {
        /// How many there are, hyphens and spaces not counted.
        characters: usize,
    },
    /// All characters are possible, but one is not the right one.
    #[error("there is a typing error")]
    Checksum,
    /// Text that does not begin as it should.
    #[error("it does not begin with {scheme}")]
    OtherKind {
        /// How it should begin.
        scheme: &'static str,
    },
    /// A newer program made it.
    #[error("it was made by a newer program")]
    Newer,
    /// The end is missing.
    #[error("it is cut short")]
    CutShort,
    /// The address of the relay is not one.
    #[error("it does not name a relay's address")]
    BadRelayUrl,
}

/// A kind of link: how it begins, and the context in which its checksum is derived.
pub(super) struct Form {
    pub(super) scheme: &'static str,
    pub(super) check: &'static str,
}

/// What a link says. Postcard; fields are only added at the end.
#[derive(Serialize, Deserialize)]
pub(super) struct LinkBody {
    pub(super) relay_url: String,
    pub(super) founding: RecordId,
    pub(super) code: [u8; 16],
}

impl Drop for LinkBody {
    fn drop(&mut self) {
        self.code.zeroize();
    }
}

/// The workspace of a founding record: the first 16 bytes of its hash.
pub(super) fn workspace_of(founding: RecordId) -> WorkspaceId {
    let mut id = [0; 16];
    id.copy_from_slice(&founding.0[..16]);
    WorkspaceId(id)
}

impl Form {
    /// Writes the scheme and base32: letters and digits only, which a QR code packs best when upper-cased.
    pub(super) fn write(&self, f: &mut fmt::Formatter<'_>, body: &LinkBody) -> fmt::Result {
        let mut bytes = Zeroizing::new(postcard::to_allocvec(body).map_err(|_| fmt::Error)?);
        let check = self.check_of(&bytes);
        bytes.extend_from_slice(&check);
        let encoded = Zeroizing::new(BASE32_NOPAD.encode(&bytes).to_ascii_lowercase());
        write!(f, "{}{}", self.scheme, *encoded)
    }

    /// Reads a link in any case, with spaces and hyphens between its characters as on paper, with 0, 1 and 8 for the
    /// letters that they look like.
    pub(super) fn read(&self, text: &str) -> Result<LinkBody, LinkError> {
        let compact = compact(text);
        let Some(encoded) = compact.strip_prefix(self.scheme) else {
            return Err(self.other_kind(&compact));
        };
        let upper: Zeroizing<String> = Zeroizing::new(encoded.chars().map(letter_of).collect());
        if let Some(character) = upper.chars().find(|c| !matches!(c, 'A'..='Z' | '2'..='7')) {
            return Err(LinkError::BadCharacter { character });
        }
        let decoded = BASE32_NOPAD.decode(upper.as_bytes()).map_err(|_| LinkError::CutShort)?;
        let bytes = Zeroizing::new(decoded);
        let (body, check) = bytes.split_last_chunk::<4>().ok_or(LinkError::CutShort)?;
        let is_whole = self.check_of(body) == *check;
        let read: Result<(LinkBody, &[u8]), _> = postcard::take_from_bytes(body);
        match read {
            Ok((link, [])) if is_whole => {
                check_relay_url(&link.relay_url)?;
                Ok(link)
            }
            Err(postcard::Error::DeserializeUnexpectedEnd) => Err(LinkError::CutShort),
            _ => Err(LinkError::Checksum),
        }
    }

    /// Whether text begins as a link of this kind does, of whatever version.
    pub(super) fn is_meant(&self, text: &str) -> bool {
        self.version_of(&compact(text)).is_some()
    }

    fn other_kind(&self, compact: &str) -> LinkError {
        match self.version_of(compact) {
            Some(version) if version > 1 => LinkError::Newer,
            _ => LinkError::OtherKind { scheme: self.scheme },
        }
    }

    fn version_of(&self, compact: &str) -> Option<u8> {
        let name = self.scheme.trim_end_matches("1:");
        compact.strip_prefix(name)?.split_once(':')?.0.parse().ok()
    }

    fn check_of(&self, body: &[u8]) -> [u8; 4] {
        let hash = blake3::derive_key(self.check, body);
        [hash[0], hash[1], hash[2], hash[3]]
    }
}

/// The text in lower case, without what stands between its groups.
fn compact(text: &str) -> Zeroizing<String> {
    let letters = text.chars().filter(|c| !c.is_whitespace() && *c != '-').take(LINK_CHARACTERS_MAX);
    Zeroizing::new(letters.map(|c| c.to_ascii_lowercase()).collect())
}

/// A character as base32 knows it. What it does not know is what somebody made of a letter on paper.
fn letter_of(character: char) -> char {
    match character {
        '0' => 'O',
        '1' => 'L',
        '8' => 'B',
        other => other.to_ascii_uppercase(),
    }
}

fn check_relay_url(url: &str) -> Result<(), LinkError> {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let is_plain = url.len() <= RELAY_URL_BYTES_MAX && url.chars().all(|c| c.is_ascii_graphic());
    match host {
        Some(host) if !host.is_empty() && is_plain => Ok(()),
        _ => Err(LinkError::BadRelayUrl),
    }
}
