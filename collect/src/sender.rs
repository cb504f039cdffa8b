//! Tells whether two reports came from the same address, without keeping an address.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv6Addr};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The key of a day's hashes.
pub type DayKey = [u8; 32];

/// A new key.
///
/// # Errors
///
/// The system gives no random numbers.
pub fn new_key() -> Result<DayKey, getrandom::Error> {
    let mut key = DayKey::default();
    getrandom::fill(&mut key)?;
    Ok(key)
}

/// The part of an address that one household or phone has to itself: an IPv6 network has 64 bits,
/// of which each device takes as many addresses as it likes.
#[must_use]
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

/// The hash of an address under a day's key. Without the key, which is deleted after two days,
/// nobody can compute it again.
#[must_use]
pub fn hash(key: &DayKey, address: IpAddr) -> String {
    let mut hash = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    match network(address) {
        IpAddr::V4(address) => hash.update(&address.octets()),
        IpAddr::V6(address) => hash.update(&address.octets()),
    }
    to_hex(&hash.finalize().into_bytes()[..16])
}

/// Bytes in hexadecimal.
#[must_use]
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A key that was written by [`to_hex`].
#[must_use]
pub fn key_from_hex(text: &str) -> Option<DayKey> {
    let mut key = DayKey::default();
    if text.len() != 2 * key.len() || !text.is_ascii() {
        return None;
    }
    for (byte, place) in key.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(&text[place..place + 2], 16).ok()?;
    }
    Some(key)
}
