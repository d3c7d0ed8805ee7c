//! What this machine is called.

/// Longest name of a device, in characters.
const NAME_CHARS_MAX: usize = 60;

/// The name of a device that nobody named: that of the machine.
pub fn device_name() -> String {
    let named = std::env::var("COMPUTERNAME").ok();
    let kernel = || std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let asked = || {
        let output = std::process::Command::new("hostname").output().ok()?;
        String::from_utf8(output.stdout).ok()
    };
    named.or_else(kernel).or_else(asked).as_deref().and_then(shortened).unwrap_or_else(|| "quen".to_owned())
}

/// The name without its domain; `None` if nothing of it is left.
fn shortened(name: &str) -> Option<String> {
    let name: String = name.trim().split('.').next()?.chars().take(NAME_CHARS_MAX).collect();
    (!name.is_empty() && name != "localhost").then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_is_named_without_its_domain() {
        assert_eq!(shortened("quay-go-vap.local\n"), Some("quay-go-vap".to_owned()));
        assert_eq!(shortened("\n"), None);
        assert_eq!(shortened("localhost"), None);
        assert!(!device_name().is_empty());
    }
}
