//! The recovery kit: the keys of a device that exists on paper alone, and the text that stands there.

use std::{fmt, str::FromStr};

use wire::{RecordId, WorkspaceId};
use zeroize::Zeroizing;

use super::{
    DeviceKeys, LinkError,
    code::{read_code, write_code},
    link::{Form, LinkBody, workspace_of},
};

const CODE_CHECK: &str = "quen 2026 recovery code checksum v1";
const FORM: Form = Form { scheme: "quenkit1:", check: "quen 2026 recovery kit checksum v1" };

/// The secret of a recovery kit: 128 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(Zeroizing<[u8; 16]>);

impl RecoveryCode {
    /// Takes 16 random bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The keys of the device on paper.
    ///
    /// Nobody chose the code, so nobody can guess it: a plain derivation is as good as a slow one.
    pub fn device_keys(&self) -> DeviceKeys {
        let seed = |context| blake3::derive_key(context, self.0.as_slice());
        DeviceKeys::from_seeds(
            seed("quen 2026 recovery kit signing seed v1"),
            seed("quen 2026 recovery kit hpke seed v1"),
        )
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecoveryCode({})", self.device_keys().device_id())
    }
}

impl fmt::Display for RecoveryCode {
    /// Writes 7 groups of 4 characters: 128 bits of the code, 12 of a checksum.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_code(f, &self.0, CODE_CHECK)
    }
}

impl FromStr for RecoveryCode {
    type Err = LinkError;

    /// Reads a code in any case, with or without hyphens and spaces, with O for 0 and I or L for 1.
    fn from_str(text: &str) -> Result<Self, LinkError> {
        read_code(text, CODE_CHECK).map(Self)
    }
}

/// All that brings a centre back on an empty device, as long as its relay stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryKit {
    /// Where the relay was when the kit was made: `http://` or `https://`.
    pub relay_url: String,
    /// The founding record; a log that begins otherwise is not the workspace that was meant.
    pub founding: RecordId,
    /// The secret.
    pub code: RecoveryCode,
}

impl RecoveryKit {
    /// The workspace: the first 16 bytes of the founding record's hash.
    pub fn workspace(&self) -> WorkspaceId {
        workspace_of(self.founding)
    }

    /// Whether a text is meant as a kit, of whatever version, and be it damaged.
    pub fn is_meant(text: &str) -> bool {
        FORM.is_meant(text)
    }
}

impl fmt::Display for RecoveryKit {
    /// Writes `quenkit1:` and base32, as an invite is written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = *self.code.0;
        FORM.write(f, &LinkBody { relay_url: self.relay_url.clone(), founding: self.founding, code })
    }
}

impl FromStr for RecoveryKit {
    type Err = LinkError;

    /// Reads a kit as it is typed off paper: in any case, in groups or not.
    fn from_str(text: &str) -> Result<Self, LinkError> {
        let mut read = FORM.read(text)?;
        let code = RecoveryCode::from_bytes(read.code);
        Ok(Self { relay_url: std::mem::take(&mut read.relay_url), founding: read.founding, code })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::InviteLink, *};

    const TEXT: &str = "quenkit1:djuhi5dqom5c6l3smvwgc6jomv4gc3lqnrstuobugqz2xk5lvov2xk5lvov2xk5lvov2xk5lvov2xk5lvov2xk5lvov2xkyha4dqobyha4dqobyha4dqobyhe7etmzi";

    fn kit() -> RecoveryKit {
        RecoveryKit {
            relay_url: "https://relay.example:8443".into(),
            founding: RecordId([0xab; 32]),
            code: RecoveryCode::from_bytes([7; 16]),
        }
    }

    #[test]
    fn derivation_and_forms_are_pinned() {
        let keys = kit().code.device_keys();
        let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
        assert_eq!(
            hex(&keys.public().verifying),
            "1471e069b829a9aee60e4ee2118c5fc297f77117c0db6651fdab06f387080214"
        );
        assert_eq!(
            hex(&keys.public().hpke),
            "c126302792269e94ebeb62367b0b62ef120383944194cefd8efe09a4533c9564"
        );
        assert_eq!(keys.device_id().to_string(), "7962f860792d0439c99fe9c0795760f2");
        assert_eq!(kit().code.to_string(), "0W3G-E1R7-0W3G-E1R7-0W3G-E1R7-0YA3");
        assert_eq!(kit().to_string(), TEXT);
    }

    #[test]
    fn kit_is_read_as_it_stands_on_paper() {
        let (scheme, rest) = TEXT.split_at(9);
        let groups: Vec<_> = rest.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
        assert_eq!(format!("{scheme}\n  {}", groups.join(" ")).parse(), Ok(kit()));
        let lookalikes = rest.to_uppercase().replace('O', "0").replace('B', "8").replace('L', "1");
        assert_eq!(format!("QuenKit1: {lookalikes}").parse(), Ok(kit()));
    }

    #[test]
    fn broken_kits_say_what_is_wrong() {
        let error = |text: &str| text.parse::<RecoveryKit>().unwrap_err();
        assert_eq!(error("quenkit2:abc"), LinkError::Newer);
        assert_eq!(error("quenkit1:a!"), LinkError::BadCharacter { character: '!' });
        assert_eq!(error(&TEXT[..40]), LinkError::CutShort);
        assert_eq!(error("quenkit1:"), LinkError::CutShort);
        let mut swapped = TEXT.to_owned().into_bytes();
        swapped[60] = if swapped[60] == b'a' { b'b' } else { b'a' };
        assert_eq!(error(std::str::from_utf8(&swapped).unwrap()), LinkError::Checksum);
        let elsewhere = RecoveryKit { relay_url: "ftp://relay".into(), ..kit() };
        assert_eq!(error(&elsewhere.to_string()), LinkError::BadRelayUrl);
    }

    #[test]
    fn kit_is_no_invite_and_an_invite_no_kit() {
        assert_eq!(TEXT.parse::<InviteLink>(), Err(LinkError::OtherKind { scheme: "quen1:" }));
        assert_eq!("quen1:abc".parse::<RecoveryKit>(), Err(LinkError::OtherKind { scheme: "quenkit1:" }));
        let meant = ["quenkit1:", "QUEN KIT 1: abc", "quenkit7:zz"];
        assert!(meant.into_iter().all(RecoveryKit::is_meant));
        assert!(!["quen1:abc", "", "quenkit", "quenkit:abc"].into_iter().any(RecoveryKit::is_meant));
    }

    #[test]
    fn code_does_not_show_in_debug() {
        let shown = format!("{:?}", kit());
        assert!(!shown.contains("[7") && !shown.contains("0707") && !shown.contains("0W3G"), "{shown}");
    }

    proptest! {
        #[test]
        fn codes_and_kits_read_back(bytes: [u8; 16], founding: [u8; 32], is_upper: bool) {
            let code = RecoveryCode::from_bytes(bytes);
            prop_assert_eq!(code.to_string().parse(), Ok(code.clone()));
            let kit = RecoveryKit { founding: RecordId(founding), code, ..kit() };
            let text = if is_upper { kit.to_string().to_uppercase() } else { kit.to_string() };
            prop_assert_eq!(text.parse(), Ok(kit));
        }

        #[test]
        fn one_wrong_character_is_noticed(at in 9usize..TEXT.len(), other in "[a-z2-7]") {
            let mut typed = TEXT.to_owned();
            typed.replace_range(at..=at, &other);
            prop_assert!(typed == TEXT || typed.parse::<RecoveryKit>().is_err());
        }

        #[test]
        fn arbitrary_text_never_panics(text in ".{0,300}") {
            let _ = text.parse::<RecoveryKit>();
            let _ = format!("quenkit1:{text}").parse::<RecoveryKit>();
        }
    }
}
