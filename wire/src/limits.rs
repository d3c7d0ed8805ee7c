//! Every bound that a message has, in one place. A message past its bound is refused before it is read.

/// Longest chunk: header, ciphertext and signature.
pub const CHUNK_BYTES_MAX: usize = 1024 * 1024;
/// Most bytes that a chunk may hold after decompression.
pub const PLAINTEXT_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Longest membership record.
pub const RECORD_BYTES_MAX: usize = 256 * 1024;
/// Most chunks in one PUT.
pub const PUT_CHUNKS_MAX: usize = 256;
/// Most chunk ids in one FETCH.
pub const FETCH_IDS_MAX: usize = 1024;
/// Most bytes of chunks in one page, whatever the device asks for; one chunk always fits.
pub const PAGE_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Most records in one membership log that a relay takes.
pub const LOG_LENGTH_MAX: usize = 100_000;
/// Most records in one answer to a request for the log.
pub const LOG_RECORDS_MAX: usize = 256;
/// Longest request or response body of the HTTP protocol.
pub const MESSAGE_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Longest sealed label of a join request.
pub const JOIN_LABEL_BYTES_MAX: usize = 512;
/// Most join requests that wait in one workspace.
pub const JOIN_REQUESTS_MAX: usize = 64;
/// Most ids that one answer to RECONCILE lists; buckets beyond are asked for one level deeper.
pub const RECONCILE_IDS_MAX: usize = 32_768;
/// Longest prefix that RECONCILE may ask about, in bytes.
pub const RECONCILE_PREFIX_MAX: usize = 4;
/// How long a challenge may be answered.
pub const CHALLENGE_AGE_MS_MAX: u64 = 120_000;
/// How long a token opens the door.
pub const TOKEN_AGE_MS_MAX: u64 = 12 * 3_600_000;
/// A local clock that differs more from the relay's pauses sending and says why.
pub const CLOCK_SKEW_MS_MAX: u64 = 600_000;
