//! Invites: a code that a person can read aloud, and the link that a QR code holds.

use std::{fmt, str::FromStr};

use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::Aead};
use data_encoding::BASE32_NOPAD;
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use wire::{Blob, InviteId, RecordId, WorkspaceId, invite_id};
use zeroize::Zeroizing;

/// Crockford's base32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_CHARACTERS: usize = 28;
const CHECK_BITS: u32 = 12;
const SCHEME: &str = "quen1:";
const RELAY_URL_BYTES_MAX: usize = 255;
const LINK_CHARACTERS_MAX: usize = 1_024;

/// Why text is not an invite.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InviteError {
    /// A character that no code has.
    #[error("the invite has a character that does not belong there: {character:?}")]
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
    #[error("the invite has a typing error")]
    Checksum,
    /// Text that does not begin as an invite does.
    #[error("an invite begins with quen1:")]
    NotAnInvite,
    /// An invite of a newer program.
    #[error("the invite was made by a newer program")]
    Newer,
    /// The end is missing.
    #[error("the invite is cut short")]
    CutShort,
    /// The address of the relay is not one.
    #[error("the invite does not name a relay's address")]
    BadRelayUrl,
}

/// The secret of an invite: 128 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct InviteCode(Zeroizing<[u8; 16]>);

impl InviteCode {
    /// Takes 16 random bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Borrows the secret.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The key whose verifying half stands in the membership log: it signs requests to join.
    pub fn signing_key(&self) -> SigningKey {
        let seed = blake3::derive_key("quen 2026 invite signing key v1", self.0.as_slice());
        SigningKey::from_bytes(&Zeroizing::new(seed))
    }

    /// Names the invite.
    pub fn id(&self) -> InviteId {
        invite_id(self.signing_key().verifying_key().as_bytes())
    }

    fn check(&self) -> u128 {
        let hash = blake3::derive_key("quen 2026 invite checksum v1", self.0.as_slice());
        u128::from(u16::from_be_bytes([hash[0], hash[1]]) >> (16 - CHECK_BITS))
    }

    fn label_cipher(&self) -> XChaCha20Poly1305 {
        let key = Zeroizing::new(blake3::derive_key("quen 2026 invite label v1", self.0.as_slice()));
        XChaCha20Poly1305::new(&(*key).into())
    }
}

impl fmt::Debug for InviteCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InviteCode({})", self.id())
    }
}

impl fmt::Display for InviteCode {
    /// Writes 7 groups of 4 characters: 128 bits of the code, 12 of a checksum.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (code, check) = (u128::from_be_bytes(*self.0), self.check());
        for index in 0..CODE_CHARACTERS {
            if index > 0 && index % 4 == 0 {
                f.write_str("-")?;
            }
            let digit = (0..5).fold(0, |digit, bit| digit << 1 | bit_at(code, check, index * 5 + bit));
            write!(f, "{}", char::from(ALPHABET[digit]))?;
        }
        Ok(())
    }
}

/// Bit `index` of the 140 that a code is written with, from the left.
fn bit_at(code: u128, check: u128, index: usize) -> usize {
    let bit = if index < 128 { code >> (127 - index) } else { check >> (139 - index) };
    usize::from(bit & 1 == 1)
}

impl FromStr for InviteCode {
    type Err = InviteError;

    /// Reads a code in any case, with or without hyphens and spaces, with O for 0 and I or L for 1.
    fn from_str(text: &str) -> Result<Self, InviteError> {
        let (mut code, mut check, mut characters) = (0u128, 0u128, 0);
        for character in text.chars().filter(|c| !matches!(c, '-' | ' ' | '\n' | '\r' | '\t')) {
            let digit = digit_of(character).ok_or(InviteError::BadCharacter { character })?;
            for bit in (0..5).rev().map(|shift| u128::from(digit >> shift & 1)) {
                // The first 128 bits shift through `check` into `code`.
                code = code << 1 | check >> (CHECK_BITS - 1) & 1;
                check = (check << 1 | bit) & ((1 << CHECK_BITS) - 1);
            }
            characters += 1;
        }
        if characters != CODE_CHARACTERS {
            return Err(InviteError::WrongLength { characters });
        }
        let read = Self::from_bytes(code.to_be_bytes());
        if read.check() == check { Ok(read) } else { Err(InviteError::Checksum) }
    }
}

fn digit_of(character: char) -> Option<u8> {
    let upper = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let index = ALPHABET.iter().position(|known| char::from(*known) == upper)?;
    u8::try_from(index).ok()
}

/// All that a new device needs: where the relay is, which workspace, and the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InviteLink {
    /// Where the relay is: `http://` or `https://`.
    pub relay_url: String,
    /// The founding record; a log that begins otherwise is not the workspace that was meant.
    pub founding: RecordId,
    /// The secret.
    pub code: InviteCode,
}

#[derive(Serialize, Deserialize)]
struct LinkBody {
    relay_url: String,
    founding: RecordId,
    code: [u8; 16],
}

impl InviteLink {
    /// The workspace: the first 16 bytes of the founding record's hash.
    pub fn workspace(&self) -> WorkspaceId {
        let mut id = [0; 16];
        id.copy_from_slice(&self.founding.0[..16]);
        WorkspaceId(id)
    }
}

impl fmt::Display for InviteLink {
    /// Writes `quen1:` and base32: letters and digits only, which a QR code packs best when upper-cased.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = *self.code.as_bytes();
        let body = LinkBody { relay_url: self.relay_url.clone(), founding: self.founding, code };
        let mut bytes = Zeroizing::new(postcard::to_allocvec(&body).map_err(|_| fmt::Error)?);
        let check = link_check(&bytes);
        bytes.extend_from_slice(&check);
        write!(f, "{SCHEME}{}", BASE32_NOPAD.encode(&bytes).to_ascii_lowercase())
    }
}

impl FromStr for InviteLink {
    type Err = InviteError;

    fn from_str(text: &str) -> Result<Self, InviteError> {
        let compact: Zeroizing<String> =
            Zeroizing::new(text.chars().filter(|c| !c.is_whitespace()).take(LINK_CHARACTERS_MAX).collect());
        let lower = Zeroizing::new(compact.to_ascii_lowercase());
        let Some(encoded) = lower.strip_prefix(SCHEME) else {
            let is_newer = lower.strip_prefix("quen").is_some_and(|rest| {
                rest.split_once(':').is_some_and(|(version, _)| version.parse::<u8>().is_ok_and(|v| v > 1))
            });
            return Err(if is_newer { InviteError::Newer } else { InviteError::NotAnInvite });
        };
        let upper = Zeroizing::new(encoded.to_ascii_uppercase());
        if let Some(character) = upper.chars().find(|c| !matches!(c, 'A'..='Z' | '2'..='7')) {
            return Err(InviteError::BadCharacter { character });
        }
        let bytes = Zeroizing::new(BASE32_NOPAD.decode(upper.as_bytes()).map_err(|_| InviteError::CutShort)?);
        let (body, check) = bytes.split_last_chunk::<4>().ok_or(InviteError::CutShort)?;
        let (body, is_whole) = (body, link_check(body) == *check);
        let read: Result<(LinkBody, &[u8]), _> = postcard::take_from_bytes(body);
        match read {
            Ok((link, [])) if is_whole => {
                check_relay_url(&link.relay_url)?;
                let code = InviteCode::from_bytes(link.code);
                Ok(Self { relay_url: link.relay_url, founding: link.founding, code })
            }
            Err(postcard::Error::DeserializeUnexpectedEnd) => Err(InviteError::CutShort),
            _ => Err(InviteError::Checksum),
        }
    }
}

fn link_check(body: &[u8]) -> [u8; 4] {
    let hash = blake3::derive_key("quen 2026 invite link checksum v1", body);
    [hash[0], hash[1], hash[2], hash[3]]
}

fn check_relay_url(url: &str) -> Result<(), InviteError> {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let is_plain = url.len() <= RELAY_URL_BYTES_MAX && url.chars().all(|c| c.is_ascii_graphic());
    match host {
        Some(host) if !host.is_empty() && is_plain => Ok(()),
        _ => Err(InviteError::BadRelayUrl),
    }
}

/// Seals the label of a join request, so that the relay cannot read it. `nonce` is random.
///
/// # Panics
/// Never: the cipher refuses only messages of many gigabytes.
pub fn seal_label(code: &InviteCode, label: &str, nonce: [u8; 24]) -> Blob {
    let sealed = code
        .label_cipher()
        .encrypt(&XNonce::from(nonce), label.as_bytes())
        .expect("a label is within what the cipher takes");
    Blob([nonce.as_slice(), &sealed].concat())
}

/// Opens the label of a join request; `None` if it was sealed with another code or altered.
pub fn open_label(code: &InviteCode, sealed: &Blob) -> Option<String> {
    let (nonce, sealed) = sealed.0.split_first_chunk::<24>()?;
    let label = code.label_cipher().decrypt(&XNonce::from(*nonce), sealed).ok()?;
    String::from_utf8(label).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn link() -> InviteLink {
        InviteLink {
            relay_url: "https://relay.example:8443".into(),
            founding: RecordId([0xab; 32]),
            code: InviteCode::from_bytes([7; 16]),
        }
    }

    #[test]
    fn forms_are_pinned() {
        assert_eq!(InviteCode::from_bytes([7; 16]).to_string(), "0W3G-E1R7-0W3G-E1R7-0W3G-E1R7-0W4H");
        assert_eq!(
            link().to_string(),
            "quen1:djuhi5dqom5c6l3smvwgc6jomv4gc3lqnrstuobugqz2xk5lvov2xk5lvov2xk5lvov2xk5lvov2xk5lvov2xk5lvov2xkyha4dqobyha4dqobyha4dqobyhrizwivy"
        );
        assert_eq!(link().code.id().to_string(), "2d6ba1c6c9bedb2d499c8edc933a20ed");
    }

    #[test]
    fn code_forgives_case_hyphens_and_lookalikes() {
        let code = InviteCode::from_bytes([0; 16]);
        let typed = code.to_string().to_lowercase().replace('0', "o").replace('-', " ");
        assert_eq!(typed.parse(), Ok(code));
    }

    #[test]
    fn broken_codes_say_what_is_wrong() {
        let error = |text: &str| text.parse::<InviteCode>().unwrap_err();
        assert_eq!(error("ABC"), InviteError::WrongLength { characters: 3 });
        assert_eq!(error("ABU"), InviteError::BadCharacter { character: 'U' });
        assert_eq!(error(""), InviteError::WrongLength { characters: 0 });
    }

    #[test]
    fn broken_links_say_what_is_wrong() {
        let error = |text: &str| text.parse::<InviteLink>().unwrap_err();
        let text = link().to_string();
        assert_eq!(error("https://example.org"), InviteError::NotAnInvite);
        assert_eq!(error("quen2:abc"), InviteError::Newer);
        assert_eq!(error("quen1:a!"), InviteError::BadCharacter { character: '!' });
        assert_eq!(error(&text[..40]), InviteError::CutShort);
        assert_eq!(error("quen1:"), InviteError::CutShort);
        let mut swapped = text.clone().into_bytes();
        swapped[60] = if swapped[60] == b'a' { b'b' } else { b'a' };
        assert_eq!(error(std::str::from_utf8(&swapped).unwrap()), InviteError::Checksum);
        let elsewhere = InviteLink { relay_url: "ftp://relay".into(), ..link() };
        assert_eq!(error(&elsewhere.to_string()), InviteError::BadRelayUrl);
    }

    #[test]
    fn label_opens_with_its_code_alone() {
        let code = InviteCode::from_bytes([1; 16]);
        let sealed = seal_label(&code, "Quầy 2 Cầu Giấy", [2; 24]);
        assert_eq!(open_label(&code, &sealed).as_deref(), Some("Quầy 2 Cầu Giấy"));
        assert_eq!(open_label(&InviteCode::from_bytes([3; 16]), &sealed), None);
        assert_eq!(open_label(&code, &Blob(vec![0; 10])), None);
    }

    proptest! {
        #[test]
        fn codes_and_links_read_back(bytes: [u8; 16], founding: [u8; 32], is_upper: bool) {
            let code = InviteCode::from_bytes(bytes);
            prop_assert_eq!(code.to_string().parse(), Ok(code.clone()));
            let link = InviteLink { founding: RecordId(founding), code, ..link() };
            let text = if is_upper { link.to_string().to_uppercase() } else { link.to_string() };
            prop_assert_eq!(text.parse(), Ok(link));
        }

        #[test]
        fn one_wrong_character_is_nearly_always_noticed(bytes: [u8; 16], at in 0usize..28, other in 0usize..32) {
            let text = InviteCode::from_bytes(bytes).to_string().replace('-', "");
            let mut typed = text.clone().into_bytes();
            typed[at] = ALPHABET[other];
            let typed = String::from_utf8(typed).unwrap();
            // 12 bits of checksum let 1 in 4,096 through; such a code opens no invite.
            if let Ok(read) = typed.parse::<InviteCode>() {
                prop_assert!(typed == text || read.as_bytes() != &bytes);
            }
        }

        #[test]
        fn arbitrary_text_never_panics(text in ".{0,300}") {
            let _ = text.parse::<InviteCode>();
            let _ = text.parse::<InviteLink>();
            let _ = format!("quen1:{text}").parse::<InviteLink>();
        }
    }
}
