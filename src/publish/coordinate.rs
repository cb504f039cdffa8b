//! Reads coordinates as people write them: with a decimal comma, in degrees
//! and minutes, two in one cell in either order.

/// A number of degrees (or metres, on a grid); none if it is not one number.
pub(super) fn number(text: &str) -> Option<f64> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(half_width)
        .collect();
    let mut plain = plain.to_uppercase();
    for word in ["东经", "北纬", "經度", "经度", "纬度", "LON", "LAT"] {
        plain = plain.replace(word, "");
    }
    let plain = plain.trim_start_matches([':', '：']);
    let west_or_south = plain.starts_with(['W', 'S']) || plain.ends_with(['W', 'S', 'O']);
    let plain = plain.trim_matches(['E', 'N', 'W', 'S', 'O']);
    let value = if plain.contains(['°', '度', '\'', '′']) {
        degrees_and_minutes(plain)?
    } else {
        decimal(plain)?
    };
    let value = if west_or_south { -value.abs() } else { value };
    value.is_finite().then_some(value)
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '．' | '－' | '，' | '：' => {
            char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
        }
        '。' => '.',
        '−' | '–' => '-',
        other => other,
    }
}

fn decimal(text: &str) -> Option<f64> {
    let (dots, commas) = (text.matches('.').count(), text.matches(',').count());
    match (dots, commas) {
        (0 | 1, 0) => text.parse().ok(),
        // 121,4737: a decimal comma, since no degree has thousands.
        (0, 1) => text.replace(',', ".").parse().ok(),
        // 4.374.262,5 and 4,374,262.5: separators of thousands.
        (1, _) if text.rfind(',') < text.rfind('.') && in_threes(text, ',') => {
            text.replace(',', "").parse().ok()
        }
        (_, 1) if text.rfind('.') < text.rfind(',') && in_threes(text, '.') => {
            text.replace('.', "").replace(',', ".").parse().ok()
        }
        // 121.473.701: a spreadsheet took the digits after the point for
        // thousands. No degree has four digits, so the first point is the point.
        (2.., 0) if in_threes(text, '.') => {
            let (whole, rest) = text.split_once('.')?;
            format!("{whole}.{}", rest.replace('.', "")).parse().ok()
        }
        _ => None,
    }
}

/// Whether the groups after the first hold three digits each, as far as the
/// other sign.
fn in_threes(text: &str, separator: char) -> bool {
    let other = if separator == '.' { ',' } else { '.' };
    let whole = text.split(other).next().unwrap_or(text);
    let mut groups = whole.split(separator);
    let first = groups.next().unwrap_or_default().trim_start_matches('-');
    (1..=3).contains(&first.len())
        && groups.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()))
}

/// 121°28′25.3″ and the like.
fn degrees_and_minutes(text: &str) -> Option<f64> {
    let is_negative = text.starts_with('-');
    let parts: Vec<&str> = text
        .trim_start_matches('-')
        .split(['°', '度', '\'', '′', '分', '"', '″', '”', '’', '秒'])
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() || parts.len() > 3 {
        return None;
    }
    let mut value = 0.0;
    for (part, unit) in parts.iter().zip([1.0, 60.0, 3600.0]) {
        let number: f64 = part.replace(',', ".").parse().ok()?;
        if number < 0.0 || unit > 1.0 && number >= 60.0 {
            return None;
        }
        value += number / unit;
    }
    Some(if is_negative { -value } else { value })
}

/// Two numbers in one cell, in the order in which they stand there.
pub(super) fn pair(text: &str) -> Option<(f64, f64)> {
    let text = text.trim();
    let text = text
        .strip_prefix("POINT")
        .or(text.strip_prefix("point"))
        .unwrap_or(text)
        .trim_matches(|c: char| c.is_whitespace() || "()[]（）【】".contains(c));
    let halves = |separator: &[char]| {
        let parts: Vec<&str> = text
            .split(separator)
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        match parts[..] {
            [one, other] => Some((number(one)?, number(other)?)),
            _ => None,
        }
    };
    if let Some(found) = halves(&[';', '；', '|', '/', '、', '\t', '\n']) {
        return Some(found);
    }
    if let Some((one, other)) = text.split_once(", ") {
        return Some((number(one)?, number(other)?));
    }
    halves(&[',', '，'])
        .or_else(|| halves(&[' ', '\u{3000}']))
        .or_else(|| {
            // 48,8566,2,3522: decimal commas, and a comma between.
            match text.split(',').collect::<Vec<_>>()[..] {
                [a, b, c, d] => Some((number(&format!("{a}.{b}"))?, number(&format!("{c}.{d}"))?)),
                _ => None,
            }
        })
}

/// Which of two numbers in one cell is the longitude.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    LonLat,
    LatLon,
}

/// The order in a column of pairs, if the numbers tell: no latitude is beyond 90.
pub(super) fn order_of(pairs: impl Iterator<Item = (f64, f64)>) -> Option<Order> {
    let (mut lon_first, mut lat_first) = (0_usize, 0_usize);
    for (one, other) in pairs {
        lon_first += usize::from(one.abs() > 90.0 && other.abs() <= 90.0);
        lat_first += usize::from(other.abs() > 90.0 && one.abs() <= 90.0);
    }
    match lon_first.cmp(&lat_first) {
        std::cmp::Ordering::Greater => Some(Order::LonLat),
        std::cmp::Ordering::Less => Some(Order::LatLon),
        std::cmp::Ordering::Equal => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<f64>) {
        let actual = number(text);
        let is_same = match (actual, expected) {
            (Some(actual), Some(expected)) => (actual - expected).abs() < 1e-9,
            (actual, expected) => actual.is_none() && expected.is_none(),
        };
        assert!(is_same, "{text:?} gives {actual:?}, not {expected:?}");
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        check("121.4737", Some(121.4737));
        check(" 121．4737 ", Some(121.4737));
        check("121,4737", Some(121.4737));
        check("121.473.701", Some(121.473_701));
        check("4.374.262,5", Some(4_374_262.5));
        check("727,125.0", Some(727_125.0));
        check("东经121.4737", Some(121.4737));
        check("121.4737°E", Some(121.4737));
        check("0.3763 W", Some(-0.3763));
        check("121°28′25.32″", Some(121.473_7));
        check("N31°13'49.4\"", Some(31.230_388_888_888_89));
        check("-0,376", Some(-0.376));
    }

    #[test]
    fn what_is_not_one_number_is_none() {
        for text in [
            "",
            "-",
            "约121",
            "121.47.3",
            "12,34,56",
            "31°75′",
            "nan",
            "inf",
            "1e999",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn two_numbers_in_one_cell_are_found() {
        for text in [
            "31.23, 121.47",
            "31.23,121.47",
            "31.23，121.47",
            "31.23 121.47",
            "31,23; 121,47",
            "31,23, 121,47",
            "31,23,121,47",
            "(31.23, 121.47)",
            "POINT(31.23 121.47)",
            "北纬31.23、东经121.47",
        ] {
            assert_eq!(pair(text), Some((31.23, 121.47)), "{text:?}");
        }
        assert_eq!(pair("31.23"), None);
        assert_eq!(pair("见附图"), None);
    }

    #[test]
    fn the_numbers_of_a_column_tell_which_is_the_longitude() {
        assert_eq!(order_of([(31.2, 121.4)].into_iter()), Some(Order::LatLon));
        assert_eq!(order_of([(121.4, 31.2)].into_iter()), Some(Order::LonLat));
        assert_eq!(order_of([(48.8, 2.3)].into_iter()), None);
    }
}
