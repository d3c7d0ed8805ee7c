//! What goes wrong.

/// A kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A request never reaches the relay.
    RequestLost,
    /// The relay did what was asked, and its answer is lost.
    AnswerLost,
    /// A request reaches the relay twice.
    RequestRepeated,
    /// A request reaches the relay long after the device gave up; its answer finds nobody.
    RequestLate,
    /// An answer to an earlier question arrives as the answer to this one.
    AnswerStale,
    /// A device stops between two steps and starts again.
    DeviceCrash,
    /// The disk refuses a commit in the middle of an operation.
    CommitRefused,
    /// A device's database is replaced by an older copy.
    DeviceRestored,
    /// A device's whole disk is cloned, secrets included, and both go on.
    DeviceCloned,
    /// The relay starts again.
    RelayRestarted,
    /// The relay loses everything but its secret.
    RelayWiped,
    /// The relay's database is replaced by an older copy.
    RelayRestored,
    /// A device's clock jumps.
    ClockJumped,
    /// A device is away for a long time.
    LongOffline,
}

impl Fault {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::RequestLost,
        Self::AnswerLost,
        Self::RequestRepeated,
        Self::RequestLate,
        Self::AnswerStale,
        Self::DeviceCrash,
        Self::CommitRefused,
        Self::DeviceRestored,
        Self::DeviceCloned,
        Self::RelayRestarted,
        Self::RelayWiped,
        Self::RelayRestored,
        Self::ClockJumped,
        Self::LongOffline,
    ];
}
