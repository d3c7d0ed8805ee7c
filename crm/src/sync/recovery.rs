//! A recovery kit in use: what an empty device asks the relay until it is an owner's device of the centre.
//!
//! The kit's keys say hello, read the log and sign one record that lets the device in under keys of its own. The kit
//! stays what it was: whoever uses it again becomes one more device, and each is in the log for all to see.

use crdt::seal::{DeviceKeys, KeyRing, LinkError, RecoveryKit, WrapError};
use rusqlite::Connection;
use wire::{
    Incarnation, RecordId, RelayId,
    membership::{DevicePublicKeys, MembershipLog, Record, RecordError},
    protocol::{
        Append, Appended, Challenge, Fault, FaultCode, Hello, HelloTerms, LogRecords, PROTOCOL_VERSION,
        Request, Response, Token, Welcome,
    },
};

use super::{
    entropy::{Entropy, random},
    invite::{NotEntered, enter},
    kit::owner_added,
    replica::Replica,
};
use crate::id::AtMs;

/// How often somebody else may be faster at the end of the log.
const CONFLICTS_MAX: u32 = 16;

/// Why a kit does not bring the centre back.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    /// The text is no kit.
    #[error(transparent)]
    Kit(#[from] LinkError),
    /// The text is an invite.
    #[error("this is an invite and no recovery kit")]
    IsInvite,
    /// The relay has nothing of the kit's centre.
    #[error("the relay does not hold the centre of the recovery kit")]
    NoCentre,
    /// The centre's log does not name the kit, or says that it was removed.
    #[error("the centre does not know the recovery kit, or not any more")]
    NotKnown,
    /// Another relay decides who belongs to the centre.
    #[error("another relay decides who belongs to the centre: {authority}")]
    NotAuthority {
        /// That relay.
        authority: RelayId,
    },
    /// The relay does not take the record.
    #[error("the relay refused to let the device in: {message}")]
    Refused {
        /// What it said.
        message: String,
    },
    /// The relay refused a question.
    #[error("the relay refused: {0}")]
    Fault(Fault),
    /// The answer does not belong to the question.
    #[error("the relay's answer does not belong to the question")]
    Unexpected,
    /// The log does not hold.
    #[error("the membership log does not hold")]
    Log(#[from] RecordError),
    /// A key could not be sealed to the device.
    #[error("a key could not be sealed to the device")]
    Wrap(#[from] WrapError),
}

#[derive(Debug)]
enum Step {
    Challenge,
    Hello(Challenge),
    Log,
    Append(Box<Record>),
    Done,
}

/// One conversation with a relay, in the name of a kit.
#[derive(Debug)]
pub struct Recovery {
    kit: RecoveryKit,
    keys: DeviceKeys,
    newcomer: DevicePublicKeys,
    incarnation: Incarnation,
    token: Option<Token>,
    log: MembershipLog,
    step: Step,
    conflicts: u32,
}

impl Recovery {
    /// Reads a kit for the device with the keys `newcomer`.
    ///
    /// # Errors
    /// [`RecoveryError::Kit`] or [`RecoveryError::IsInvite`] if the text is no kit.
    pub fn new(
        text: &str,
        newcomer: DevicePublicKeys,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, RecoveryError> {
        let kit = match text.parse::<RecoveryKit>() {
            Ok(kit) => kit,
            Err(_) if text.parse::<crdt::seal::InviteLink>().is_ok() => return Err(RecoveryError::IsInvite),
            Err(error) => return Err(error.into()),
        };
        let (keys, log) = (kit.code.device_keys(), MembershipLog::new(kit.workspace()));
        let incarnation = Incarnation(random(entropy));
        Ok(Self { kit, keys, newcomer, incarnation, token: None, log, step: Step::Challenge, conflicts: 0 })
    }

    /// Where the relay was when the kit was made.
    pub fn relay_url(&self) -> &str {
        &self.kit.relay_url
    }

    /// The next question, with the token that goes with it; `None` once the device is in.
    pub fn next(&self) -> Option<(Request, Option<Token>)> {
        let request = match &self.step {
            Step::Challenge => Request::Challenge,
            Step::Hello(challenge) => self.hello(challenge.clone()),
            Step::Log => Request::LogSince { after: self.log.head() },
            Step::Append(record) => Request::Append(Append {
                previous: record.previous(),
                record: record.as_bytes().into(),
                is_refill: false,
            }),
            Step::Done => return None,
        };
        Some((request, self.token.clone()))
    }

    /// Takes the answer to the question.
    ///
    /// # Errors
    /// [`RecoveryError`] if the kit opens nothing here, or the answer makes no sense.
    pub fn answer(
        &mut self,
        response: Response,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<(), RecoveryError> {
        self.step = match (std::mem::replace(&mut self.step, Step::Done), response) {
            (_, Response::Fault(fault)) => return Err(refusal(fault)),
            (Step::Challenge, Response::Challenge(challenge)) => Step::Hello(challenge),
            (Step::Hello(_), Response::Welcome(welcome)) => self.welcomed(welcome)?,
            (Step::Log, Response::Log(answer)) => self.read(answer, at, entropy)?,
            (Step::Append(record), Response::Append(answer)) => self.appended(*record, answer)?,
            _ => return Err(RecoveryError::Unexpected),
        };
        Ok(())
    }

    /// Becomes the device that was let in, in an empty database and a life of its own.
    ///
    /// # Errors
    /// [`NotEntered`] before the last answer, or if the disk refuses.
    pub fn enter(
        &self,
        conn: Connection,
        keys: DeviceKeys,
        entropy: &mut dyn Entropy,
    ) -> Result<Replica, NotEntered> {
        enter(self.kit.founding, conn, keys, self.log.records(), entropy)
    }

    fn hello(&self, challenge: Challenge) -> Request {
        let terms = HelloTerms {
            audience: challenge.relay,
            challenge,
            versions: (PROTOCOL_VERSION, PROTOCOL_VERSION),
            workspace: self.kit.workspace(),
            keys: *self.keys.public(),
            incarnation: self.incarnation,
        };
        Request::Hello(Hello::sign(terms, self.keys.signing()))
    }

    fn welcomed(&mut self, welcome: Welcome) -> Result<Step, RecoveryError> {
        if welcome.log_head == RecordId::ZERO {
            return Err(RecoveryError::NoCentre);
        }
        if !welcome.is_member {
            return Err(RecoveryError::NotKnown);
        }
        self.token = Some(welcome.token);
        Ok(Step::Log)
    }

    fn read(
        &mut self,
        answer: LogRecords,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<Step, RecoveryError> {
        // A relay that goes on and on without a record would be asked for ever.
        if !answer.is_known || (answer.has_more && answer.records.is_empty()) {
            return Err(RecoveryError::Unexpected);
        }
        for blob in &answer.records {
            self.log.append(Record::parse(&blob.0)?)?;
        }
        if answer.has_more {
            return Ok(Step::Log);
        }
        if self.log.records().first().is_none_or(|first| first.id() != self.kit.founding) {
            return Err(RecoveryError::NoCentre);
        }
        let is_active = |keys: &DevicePublicKeys| {
            self.log.state().device(keys.device_id()).is_some_and(|member| member.is_active())
        };
        if is_active(&self.newcomer) {
            // It was let in before, and the answer or the disk failed then.
            return Ok(Step::Done);
        }
        if !is_active(self.keys.public()) {
            return Err(RecoveryError::NotKnown);
        }
        let ring = KeyRing::from_log(&self.log, &self.keys);
        let body = owner_added(&self.log, &ring, self.keys.device_id(), self.newcomer, entropy)?;
        let at_ms = u64::try_from(at.0).unwrap_or(0);
        let record = Record::sign(self.log.head(), at_ms, &body, self.keys.signing())?;
        Ok(Step::Append(Box::new(record)))
    }

    fn appended(&mut self, record: Record, answer: Appended) -> Result<Step, RecoveryError> {
        match answer {
            Appended::Ok { .. } => {
                self.log.append(record)?;
                Ok(Step::Done)
            }
            Appended::Conflict { .. } if self.conflicts < CONFLICTS_MAX => {
                self.conflicts += 1;
                Ok(Step::Log)
            }
            Appended::Conflict { .. } => Err(RecoveryError::Unexpected),
            Appended::NotAuthority { authority } => Err(RecoveryError::NotAuthority { authority }),
            Appended::Refused { message } => Err(RecoveryError::Refused { message }),
        }
    }
}

fn refusal(fault: Fault) -> RecoveryError {
    match fault.code {
        FaultCode::UnknownWorkspace | FaultCode::WorkspaceNotAccepted => RecoveryError::NoCentre,
        FaultCode::NotAllowed => RecoveryError::NotKnown,
        _ => RecoveryError::Fault(fault),
    }
}
