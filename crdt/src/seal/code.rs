//! A secret of 128 bits as people write it: 28 characters of Crockford's base32 in groups of four.

use std::fmt;

use zeroize::Zeroizing;

use super::LinkError;

/// Crockford's base32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_CHARACTERS: usize = 28;
const CHECK_BITS: u32 = 12;

/// Writes 7 groups of 4 characters: 128 bits of the secret, 12 of a checksum that is derived in `context`.
pub(super) fn write_code(f: &mut fmt::Formatter<'_>, secret: &[u8; 16], context: &str) -> fmt::Result {
    let (code, check) = (u128::from_be_bytes(*secret), check_of(secret, context));
    for index in 0..CODE_CHARACTERS {
        if index > 0 && index % 4 == 0 {
            f.write_str("-")?;
        }
        let digit = (0..5).fold(0, |digit, bit| digit << 1 | bit_at(code, check, index * 5 + bit));
        write!(f, "{}", char::from(ALPHABET[digit]))?;
    }
    Ok(())
}

/// Reads a code in any case, with or without hyphens and spaces, with O for 0 and I or L for 1.
pub(super) fn read_code(text: &str, context: &str) -> Result<Zeroizing<[u8; 16]>, LinkError> {
    let (mut code, mut check, mut characters) = (0u128, 0u128, 0);
    for character in text.chars().filter(|c| !matches!(c, '-' | ' ' | '\n' | '\r' | '\t')) {
        let digit = digit_of(character).ok_or(LinkError::BadCharacter { character })?;
        for bit in (0..5).rev().map(|shift| u128::from(digit >> shift & 1)) {
            // The first 128 bits shift through `check` into `code`.
            code = code << 1 | check >> (CHECK_BITS - 1) & 1;
            check = (check << 1 | bit) & ((1 << CHECK_BITS) - 1);
        }
        characters += 1;
    }
    if characters != CODE_CHARACTERS {
        return Err(LinkError::WrongLength { characters });
    }
    let secret = Zeroizing::new(code.to_be_bytes());
    if check_of(&secret, context) == check { Ok(secret) } else { Err(LinkError::Checksum) }
}

fn check_of(secret: &[u8; 16], context: &str) -> u128 {
    let hash = blake3::derive_key(context, secret);
    u128::from(u16::from_be_bytes([hash[0], hash[1]]) >> (16 - CHECK_BITS))
}

/// Bit `index` of the 140 that a code is written with, from the left.
fn bit_at(code: u128, check: u128, index: usize) -> usize {
    let bit = if index < 128 { code >> (127 - index) } else { check >> (139 - index) };
    usize::from(bit & 1 == 1)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CONTEXT: &str = "quen 2026 test of codes";

    struct Code([u8; 16]);

    impl fmt::Display for Code {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write_code(f, &self.0, CONTEXT)
        }
    }

    fn read(text: &str) -> Result<[u8; 16], LinkError> {
        read_code(text, CONTEXT).map(|secret| *secret)
    }

    #[test]
    fn code_forgives_case_hyphens_and_lookalikes() {
        let typed = Code([0; 16]).to_string().to_lowercase().replace('0', "o").replace('-', " ");
        assert_eq!(read(&typed), Ok([0; 16]));
    }

    #[test]
    fn broken_codes_say_what_is_wrong() {
        assert_eq!(read("ABC"), Err(LinkError::WrongLength { characters: 3 }));
        assert_eq!(read("ABU"), Err(LinkError::BadCharacter { character: 'U' }));
        assert_eq!(read(""), Err(LinkError::WrongLength { characters: 0 }));
    }

    proptest! {
        #[test]
        fn codes_read_back(bytes: [u8; 16]) {
            prop_assert_eq!(read(&Code(bytes).to_string()), Ok(bytes));
        }

        #[test]
        fn one_wrong_character_is_nearly_always_noticed(bytes: [u8; 16], at in 0usize..28, other in 0usize..32) {
            let text = Code(bytes).to_string().replace('-', "");
            let mut typed = text.clone().into_bytes();
            typed[at] = ALPHABET[other];
            let typed = String::from_utf8(typed).unwrap();
            // 12 bits of checksum let 1 in 4,096 through; such a code opens nothing.
            if let Ok(read) = read(&typed) {
                prop_assert!(typed == text || read != bytes);
            }
        }

        #[test]
        fn arbitrary_text_never_panics(text in ".{0,300}") {
            let _ = read(&text);
        }
    }
}
