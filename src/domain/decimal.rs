//! Decimal fractions, read and written for coordinates and distances.
//!
//! The standard library handles every float, with tables that cost the page
//! 10 kB; degrees and metres need 15 digits and no exponents.

/// Reads digits with an optional sign and fraction, such as `-121.4737`; at most
/// 15 digits, which a float holds exactly. No exponents, no `inf`, no `nan`.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let count = whole.len() + fraction.len();
    let is_plain = (1..=15).contains(&count)
        && whole
            .bytes()
            .chain(fraction.bytes())
            .all(|byte| byte.is_ascii_digit());
    if !is_plain {
        return None;
    }
    // Mantissa and scale are exact, so the quotient is the nearest float, as `str::parse`
    // returns it.
    let mut mantissa = 0.0;
    let mut scale = 1.0;
    for byte in whole.bytes().chain(fraction.bytes()) {
        mantissa = mantissa * 10.0 + f64::from(byte - b'0');
    }
    for _ in fraction.bytes() {
        scale *= 10.0;
    }
    let value = mantissa / scale;
    Some(if is_negative { -value } else { value })
}

/// Writes a number below 10⁹ with `decimals` decimals (up to 6), rounded half away
/// from zero.
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> String {
    let scale = 10_u64.pow(u32::try_from(decimals.min(6)).unwrap_or(0));
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive and below 10^15"
    )]
    let steps = (value.abs() * scale as f64).round() as u64;
    let sign = if value < 0.0 && steps > 0 { "-" } else { "" };
    if decimals == 0 {
        return format!("{sign}{steps}");
    }
    let (whole, fraction) = (steps / scale, steps % scale);
    format!("{sign}{whole}.{fraction:0decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_the_standard_library_reads_them() {
        for text in ["121.4737", "-0.5", "+31", "0", "31.230400", "180.0", "1."] {
            assert_eq!(parse(text), text.parse().ok(), "{text}");
        }
        for text in [
            "",
            "-",
            ".",
            "1e5",
            "nan",
            "inf",
            "12,5",
            "１２",
            "1.2.3",
            "1234567890.123456",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_rounded_and_padded() {
        for (value, decimals, expected) in [
            (121.473_7, 6, "121.473700"),
            (-0.000_000_4, 6, "0.000000"),
            (-73.9, 2, "-73.90"),
            (1.349, 1, "1.3"),
            (0.95, 1, "1.0"),
            (819.6, 0, "820"),
        ] {
            assert_eq!(fixed(value, decimals), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(value in -180.0..180.0_f64) {
            let back = parse(&fixed(value, 6)).expect("a number");
            proptest::prop_assert!((back - value).abs() < 6e-7);
        }
    }
}
