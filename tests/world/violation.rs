//! How the world says that a promise was broken, told apart from a program that merely stops.

/// A law of the world that does not hold. Thrown as the payload of a panic, so that a planted bug counts as caught
/// only when the oracle saw it.
#[derive(Debug)]
pub struct Violation(pub String);

/// Reports a broken law and ends the run of the seed.
pub(crate) fn broken(what: String) -> ! {
    // The hook of the test runner cannot show a payload that is no text.
    eprintln!("broken: {what}");
    std::panic::panic_any(Violation(what))
}

/// Reports a law that does not hold.
pub(crate) fn must_hold(holds: bool, what: impl FnOnce() -> String) {
    if !holds {
        broken(what());
    }
}
