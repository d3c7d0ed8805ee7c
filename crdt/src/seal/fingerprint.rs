//! A short number that two people compare aloud, on two screens, before a device is let in.

use wire::{WorkspaceId, membership::DevicePublicKeys};

/// Returns 5 groups of 4 digits for a device that asks to join a workspace: about 66 bits.
pub fn fingerprint(device: &DevicePublicKeys, workspace: WorkspaceId) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("quen 2026 device fingerprint v1");
    hasher.update(&workspace.0).update(&device.verifying).update(&device.hpke);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    let digits = format!("{:020}", u128::from_be_bytes(bytes) % 10u128.pow(20));
    let groups: Vec<&str> = (0..5).map(|group| &digits[group * 4..group * 4 + 4]).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprint_is_pinned_and_depends_on_all_keys() {
        let device = DevicePublicKeys { verifying: [1; 32], hpke: [2; 32] };
        let shown = fingerprint(&device, WorkspaceId([3; 16]));
        assert_eq!(shown, "3604 1592 7878 8725 4375");
        let other = DevicePublicKeys { hpke: [9; 32], ..device };
        assert_ne!(fingerprint(&other, WorkspaceId([3; 16])), shown);
        assert_ne!(fingerprint(&device, WorkspaceId([4; 16])), shown);
    }
}
