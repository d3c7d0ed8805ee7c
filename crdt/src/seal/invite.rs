//! Invites: a code that a person can read aloud, and the link that a QR code holds.

use std::{fmt, str::FromStr};

use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::Aead};
use ed25519_dalek::SigningKey;
use wire::{Blob, InviteId, RecordId, WorkspaceId, invite_id};
use zeroize::Zeroizing;

use super::{
    LinkError,
    code::{read_code, write_code},
    link::{Form, LinkBody, workspace_of},
};

const CODE_CHECK: &str = "quen 2026 invite checksum v1";
const FORM: Form = Form { scheme: "quen1:", check: "quen 2026 invite link checksum v1" };

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
        write_code(f, &self.0, CODE_CHECK)
    }
}

impl FromStr for InviteCode {
    type Err = LinkError;

    /// Reads a code in any case, with or without hyphens and spaces, with O for 0 and I or L for 1.
    fn from_str(text: &str) -> Result<Self, LinkError> {
        read_code(text, CODE_CHECK).map(Self)
    }
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

impl InviteLink {
    /// The workspace: the first 16 bytes of the founding record's hash.
    pub fn workspace(&self) -> WorkspaceId {
        workspace_of(self.founding)
    }
}

impl fmt::Display for InviteLink {
    /// Writes `quen1:` and base32: letters and digits only, which a QR code packs best when upper-cased.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = *self.code.as_bytes();
        FORM.write(f, &LinkBody { relay_url: self.relay_url.clone(), founding: self.founding, code })
    }
}

impl FromStr for InviteLink {
    type Err = LinkError;

    fn from_str(text: &str) -> Result<Self, LinkError> {
        let mut read = FORM.read(text)?;
        let code = InviteCode::from_bytes(read.code);
        Ok(Self { relay_url: std::mem::take(&mut read.relay_url), founding: read.founding, code })
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
    fn broken_links_say_what_is_wrong() {
        let error = |text: &str| text.parse::<InviteLink>().unwrap_err();
        let text = link().to_string();
        assert_eq!(error("https://example.org"), LinkError::OtherKind { scheme: "quen1:" });
        assert_eq!(error("quen2:abc"), LinkError::Newer);
        assert_eq!(error("quen1:a!"), LinkError::BadCharacter { character: '!' });
        assert_eq!(error(&text[..40]), LinkError::CutShort);
        assert_eq!(error("quen1:"), LinkError::CutShort);
        let mut swapped = text.clone().into_bytes();
        swapped[60] = if swapped[60] == b'a' { b'b' } else { b'a' };
        assert_eq!(error(std::str::from_utf8(&swapped).unwrap()), LinkError::Checksum);
        let elsewhere = InviteLink { relay_url: "ftp://relay".into(), ..link() };
        assert_eq!(error(&elsewhere.to_string()), LinkError::BadRelayUrl);
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
        fn arbitrary_text_never_panics(text in ".{0,300}") {
            let _ = text.parse::<InviteLink>();
            let _ = format!("quen1:{text}").parse::<InviteLink>();
        }
    }
}
