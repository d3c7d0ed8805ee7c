//! The command line.

pub mod people;
pub mod recovery;
pub mod told;

use std::{net::SocketAddr, path::PathBuf};

use clap::{Parser, Subcommand, builder::PossibleValuesParser};

/// Quen without a window: the same device that the desktop app shows, on the command line.
///
/// Every command works on one data folder. The secrets of the device are in the key store of the system, or in a
/// file that a passphrase seals: give it in QUEN_PASSPHRASE or with --passphrase-file.
///
/// First steps:
///   quen create "Trung tâm Anh ngữ Sao Mai" --owner "Trần Thị Lan" --branch "Quận 1" --branch "Gò Vấp"
///   quen import hoc-vien.csv --dry-run
///   quen list
///   quen serve
#[derive(Debug, Parser)]
#[command(name = "quen", version, verbatim_doc_comment)]
pub struct Args {
    /// The data folder of the device.
    #[arg(long, env = "QUEN_DATA", global = true)]
    pub data: Option<PathBuf>,
    /// A file whose first line is the passphrase.
    #[arg(long, global = true)]
    pub passphrase_file: Option<PathBuf>,
    /// Print JSON, for programs.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a centre on this device.
    #[command(after_help = people::CREATE_HELP)]
    Create {
        /// The centre's name.
        centre: String,
        /// The owner's name, family name first.
        #[arg(long)]
        owner: String,
        /// A branch; may be given several times.
        #[arg(long = "branch")]
        branches: Vec<String>,
        /// The relay's address.
        #[arg(long)]
        relay: Option<String>,
        /// What this device is called; the name of the machine when missing.
        #[arg(long, alias = "device-name", value_name = "NAME")]
        device: Option<String>,
    },
    /// Make an invite for another device; prints the text to type or to show as QR.
    #[command(after_help = people::INVITE_HELP)]
    Invite {
        /// What the other device may do.
        #[arg(long, default_value = "staff", value_parser = ["manager", "staff", "teacher", "viewer"])]
        role: String,
        /// A branch whose people the device shall hold; may be given several times.
        #[arg(long = "branch")]
        branches: Vec<String>,
        /// Wait until a device knocks, and let it in if its fingerprint is this one (`any` skips the comparison).
        #[arg(long)]
        approve: Option<String>,
    },
    /// Join a centre with an invite; prints the fingerprint and waits to be let in.
    #[command(after_help = people::JOIN_HELP)]
    Join {
        /// The invite.
        invite: String,
        /// What this device is called; the name of the machine when missing.
        #[arg(long, alias = "device-name", value_name = "NAME")]
        device: Option<String>,
    },
    /// Make a recovery kit: what brings the centre back when every device is lost. Its text is printed once.
    #[command(after_help = recovery::KIT_HELP)]
    Kit,
    /// Bring a centre back on this empty device with a recovery kit; no other device is needed.
    #[command(after_help = recovery::RECOVER_HELP)]
    Recover {
        /// The text of the kit, in groups or not; `-` reads it from standard input.
        #[arg(required = true, value_name = "KIT")]
        kit: Vec<String>,
        /// What this device is called; the name of the machine when missing.
        #[arg(long, alias = "device-name", value_name = "NAME")]
        device: Option<String>,
        /// Where the relay is now, if it is elsewhere than the kit says.
        #[arg(long)]
        relay: Option<String>,
    },
    /// Say who uses this device: what is written here bears this name.
    #[command(after_help = people::SIGN_IN_HELP)]
    SignIn {
        /// A member of staff, by name.
        name: String,
    },
    /// Bring people in from a file: CSV, XLSX, vCard, Google Contacts.
    #[command(after_help = people::IMPORT_HELP)]
    Import(Box<people::ImportArgs>),
    /// Write people to a file: CSV, XLSX, vCard or JSON, by the file's ending.
    #[command(after_help = people::EXPORT_HELP)]
    Export {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        view: people::ViewArgs,
    },
    /// List people.
    #[command(after_help = people::LIST_HELP)]
    List {
        #[command(flatten)]
        view: people::ViewArgs,
        /// How many at most.
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// How many to leave out at the beginning.
        #[arg(long, default_value_t = 0)]
        offset: u32,
    },
    /// Show one person.
    #[command(after_help = people::SHOW_HELP)]
    Show {
        /// Who: an id, or words that match one person.
        who: String,
    },
    /// Change a field of a person.
    #[command(after_help = people::EDIT_HELP)]
    Edit {
        /// Who: an id, or words that match one person.
        who: String,
        /// `field=value`; an empty value clears. May be given several times.
        #[arg(required = true)]
        fields: Vec<String>,
    },
    /// Tell every change of a person: when, who, on which device, before and after.
    #[command(after_help = people::HISTORY_HELP)]
    History {
        /// Who: an id, or words that match one person.
        who: String,
        /// Of this field only.
        #[arg(long)]
        field: Option<String>,
    },
    /// Write down what happened with a person: a note, a call, a meeting at the desk.
    #[command(after_help = people::NOTE_HELP)]
    Note {
        /// Who: an id, or words that match one person.
        who: String,
        /// The words.
        text: String,
        /// What happened.
        #[arg(long, default_value = "note",
            value_parser = PossibleValuesParser::new(crm::interaction::model::KINDS))]
        kind: String,
        /// How it went.
        #[arg(long, value_parser = PossibleValuesParser::new(crm::interaction::model::OUTCOMES))]
        outcome: Option<String>,
    },
    /// Add a task for a person.
    #[command(after_help = people::TASK_HELP)]
    Task {
        /// Who: an id, or words that match one person.
        who: String,
        /// What to do.
        title: String,
        /// What sort of task.
        #[arg(long, default_value = "call", value_parser = ["call", "message", "meet", "email", "other"])]
        kind: String,
        /// In how many days, at nine in the morning; no day when missing.
        #[arg(long)]
        in_days: Option<u32>,
        /// Whether it comes again once it is done.
        #[arg(long, value_parser = ["daily", "weekly", "monthly"])]
        repeat: Option<String>,
    },
    /// Take an action or a whole import back; what others changed since stays.
    #[command(after_help = people::UNDO_HELP)]
    Undo {
        /// The id of an action (`quen --json edit ...` prints it, and `quen history`) or of an import.
        id: String,
    },
    /// Exchange with the relay until everything is here and there.
    #[command(after_help = people::SYNC_HELP)]
    Sync {
        /// Set the relay's address first.
        #[arg(long)]
        relay: Option<String>,
        /// Give up after so many seconds.
        #[arg(long, default_value_t = 120)]
        timeout_s: u64,
    },
    /// Serve the screens to a browser on this machine, and sync meanwhile.
    #[command(after_help = people::SERVE_HELP)]
    Serve {
        /// Where to listen. Anything but loopback must be meant: it lets others reach this device.
        #[arg(long, default_value = "127.0.0.1:0")]
        listen: SocketAddr,
        /// Needed to listen on anything but loopback.
        #[arg(long)]
        i_know_others_can_reach_it: bool,
        /// A name of this machine under which browsers of other machines may ask (repeatable). Its addresses are
        /// known anyway.
        #[arg(long = "host", value_name = "NAME")]
        hosts: Vec<String>,
        /// The folder of the built screens.
        #[arg(long, env = "QUEN_UI_DIR")]
        ui: Option<PathBuf>,
        /// Open a sample centre if the device belongs to none.
        #[arg(long)]
        sample: bool,
    },
    /// Build every list and index again from the documents.
    #[command(after_help = people::REBUILD_HELP)]
    Rebuild,
    /// Say how the device stands, and check its database.
    #[command(after_help = people::DOCTOR_HELP)]
    Doctor,
    /// Make any call of the API: `quen call contact.list '{...}'`. A job that it starts is waited for.
    #[command(after_help = people::CALL_HELP)]
    Call {
        /// Its name.
        name: String,
        /// Its arguments, JSON.
        #[arg(default_value = "{}")]
        args: String,
    },
}
