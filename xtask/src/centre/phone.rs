//! Vietnamese mobile numbers: unique ones by index, and their spelling before the change of 2018.

/// Mobile prefixes in use since 2018.
const PREFIXES: [&str; 32] = [
    "090", "093", "089", "070", "076", "077", "078", "079", "086", "096", "097", "098", "032", "033", "034",
    "035", "036", "037", "038", "039", "088", "091", "094", "081", "082", "083", "084", "085", "092", "056",
    "058", "059",
];

/// The numbers of one prefix.
const PER_PREFIX: u64 = 10_000_000;

/// The 11-digit prefixes that were replaced in 2018: (new, old).
const BEFORE_2018: [(&str, &str); 21] = [
    ("070", "0120"),
    ("079", "0121"),
    ("077", "0122"),
    ("076", "0126"),
    ("078", "0128"),
    ("083", "0123"),
    ("084", "0124"),
    ("085", "0125"),
    ("081", "0127"),
    ("082", "0129"),
    ("032", "0162"),
    ("033", "0163"),
    ("034", "0164"),
    ("035", "0165"),
    ("036", "0166"),
    ("037", "0167"),
    ("038", "0168"),
    ("039", "0169"),
    ("056", "0186"),
    ("058", "0188"),
    ("059", "0199"),
];

/// The `index`-th number of the centre in E.164, unique within a seed for 320 million indexes.
pub fn number(seed: u64, index: u64) -> String {
    let count = PREFIXES.len() as u64 * PER_PREFIX;
    // Odd and not a multiple of five: the map is a permutation of the range.
    let place = (index % count * 287_654_321 + seed % count * 7_919) % count;
    let prefix = PREFIXES[(place / PER_PREFIX) as usize];
    format!("+84{}{:07}", &prefix[1..], place % PER_PREFIX)
}

/// The national form of an E.164 number: `0901234567`.
pub fn national(e164: &str) -> String {
    format!("0{}", e164.strip_prefix("+84").unwrap_or(e164))
}

/// The 11-digit form used before 2018, where the prefix was renumbered.
pub fn before_2018(e164: &str) -> Option<String> {
    let now = national(e164);
    let (_, old) = BEFORE_2018.iter().find(|(new, _)| now.starts_with(new))?;
    Some(format!("{old}{}", &now[3..]))
}
