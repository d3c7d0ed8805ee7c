//! What the help of the commands about recovery kits teaches.

/// Help of `kit`.
pub const KIT_HELP: &str = "\
Examples:
  quen kit
  quen --json kit

When every device of an owner is lost, a recovery kit brings the centre back on an empty one: see `quen recover --help`.
Its text is printed once and kept nowhere: print it or write it down, and keep it in a safe. Whoever holds it can read and
change everything. It opens something as soon as the relay has taken it, for which this command waits. Only an owner's
device makes one; one that was made earlier stays good.";

/// Help of `recover`.
pub const RECOVER_HELP: &str = "\
Examples:
  quen recover quenkit1:abc...
  quen recover - --device \"Bàn chủ\"
  quen recover quenkit1:abc... --relay https://relay.saomai.vn

KIT is the text of a recovery kit, in groups as it stands on paper or without spaces; `-` reads it from standard input,
so that it stays out of the history of the shell. This device becomes an owner's device of the centre and reads everything
from the relay; no other device needs to be there. With --relay the relay is asked at another address than the one in the kit.
Afterwards make a new kit with `quen kit`: the old one lay open.";
