//! Reads coordinates as people write them: with a decimal comma, in degrees
//! and minutes, two in one cell in either order.

/// A number of degrees (or metres, on a grid); none if it is not one number.
pub(super) fn number(text: &str) -> Option<f64> {
    number_with(text, None)
}

/// The same, where it is known whether O means the German Ost (east) or the Spanish Oeste
/// (west).
pub(super) fn number_with(text: &str, o_is_east: Option<bool>) -> Option<f64> {
    // The fast path: nearly all numbers are plain.
    let is_plain = |c: char| c.is_ascii_digit() || "-.".contains(c);
    if text.chars().all(is_plain)
        && let Ok(value) = text.parse::<f64>()
    {
        return Some(value);
    }
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(half_width)
        .collect();
    let mut plain = plain.to_uppercase();
    let says_west_or_south = ["西经", "西經", "南纬", "南緯"]
        .iter()
        .any(|word| plain.contains(word));
    for word in [
        "东经", "東經", "东經", "西经", "西經", "北纬", "北緯", "南纬", "南緯", "經度", "经度",
        "纬度", "緯度", "LON", "LAT",
    ] {
        plain = plain.replace(word, "");
    }
    let plain = plain.trim_start_matches([':', '：']);
    let has_o = plain.starts_with('O') || plain.ends_with('O');
    if has_o && o_is_east.is_none() {
        return None;
    }
    let west_or_south = says_west_or_south
        || plain.starts_with(['W', 'S'])
        || plain.ends_with(['W', 'S'])
        || has_o && o_is_east == Some(false);
    let plain = plain.trim_matches(['E', 'N', 'W', 'S', 'O']);
    let value = if plain.contains(['°', 'º', '度', '\'', '′']) {
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
        .split(['°', 'º', '度', '\'', '′', '分', '"', '″', '”', '’', '秒'])
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

/// Two numbers in one cell in the order in which they are written, and the order that letters
/// beside them give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pair {
    one: f64,
    other: f64,
    pub(super) order: Option<Order>,
}

impl Pair {
    pub(super) fn numbers(self) -> (f64, f64) {
        (self.one, self.other)
    }
}

/// Two numbers in one cell.
pub(super) fn pair(text: &str) -> Option<Pair> {
    pair_with(text, None)
}

/// The same, where it is known whether O means Ost or Oeste.
pub(super) fn pair_with(text: &str, o_is_east: Option<bool>) -> Option<Pair> {
    let text = text.trim();
    let text = text
        .strip_prefix("POINT")
        .or(text.strip_prefix("point"))
        .unwrap_or(text)
        .trim_matches(|c: char| c.is_whitespace() || "()[]（）【】".contains(c));
    let order = letters(text);
    let (one, other) = halves(text, order.map(|(_, at)| at), &|text| {
        number_with(text, o_is_east)
    })?;
    Some(Pair {
        one,
        other,
        order: order.map(|(order, _)| order),
    })
}

fn halves(
    text: &str,
    middle: Option<usize>,
    number: &dyn Fn(&str) -> Option<f64>,
) -> Option<(f64, f64)> {
    if let Some(middle) = middle {
        let (one, other) = text.split_at(middle);
        let separators = |c: char| c.is_whitespace() || ",，;；、/|".contains(c);
        return Some((
            number(one.trim_matches(separators))?,
            number(other.trim_matches(separators))?,
        ));
    }
    let split = |separator: &[char]| {
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
    if let Some(found) = split(&[';', '；', '|', '/', '、', '\t', '\n']) {
        return Some(found);
    }
    if let Some((one, other)) = text.split_once(", ") {
        return Some((number(one)?, number(other)?));
    }
    split(&[',', '，'])
        .or_else(|| split(&[' ', '\u{3000}']))
        .or_else(|| {
            // 48,8566,2,3522: decimal commas, and a comma between.
            match text.split(',').collect::<Vec<_>>()[..] {
                [a, b, c, d] => Some((number(&format!("{a}.{b}"))?, number(&format!("{c}.{d}"))?)),
                _ => None,
            }
        })
}

/// The order that letters or words for the hemispheres give, and where the second number begins:
/// 31°13′49″N 121°28′25″E.
fn letters(text: &str) -> Option<(Order, usize)> {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    // Position, length and axis of each mark; `true` for latitude.
    let mut marks: Vec<(usize, usize, bool)> = Vec::new();
    for (at, c) in text.char_indices() {
        let alone = !is_latin(text[..at].chars().next_back())
            && !is_latin(text[at + c.len_utf8()..].chars().next());
        match c.to_ascii_uppercase() {
            'N' | 'S' if alone => marks.push((at, 1, true)),
            'E' | 'W' | 'O' if alone => marks.push((at, 1, false)),
            '北' | '南' => marks.push((at, 3, true)),
            '东' | '東' | '西' => marks.push((at, 3, false)),
            _ => {}
        }
    }
    let [(first, length, is_lat), (second, _, other_is_lat)] = marks[..] else {
        return None;
    };
    if is_lat == other_is_lat {
        return None;
    }
    let order = if is_lat { Order::LatLon } else { Order::LonLat };
    let is_before = !text[..first].contains(|c: char| c.is_ascii_digit());
    Some((order, if is_before { second } else { first + length }))
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
        check("西经0.3763", Some(-0.3763));
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
            // Ost or Oeste?
            "13,4050 O",
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
            "北纬31.23东经121.47",
            "N31.23 E121.47",
            "31°13′48″N121°28′12″E",
            "31° 13' 48\" N, 121° 28' 12\" E",
        ] {
            let (one, other) = pair(text).expect(text).numbers();
            assert!(
                (one - 31.23).abs() < 1e-9 && (other - 121.47).abs() < 1e-9,
                "{text:?}"
            );
        }
        assert_eq!(pair("31.23"), None);
        assert_eq!(pair("见附图"), None);
    }

    #[test]
    fn letters_tell_which_number_is_which_and_what_o_is() {
        assert_eq!(
            pair("0.37 W 39.47 N").map(|pair| pair.order),
            Some(Some(Order::LonLat))
        );
        assert_eq!(pair("39.47, -0.37").map(|pair| pair.order), Some(None));
        assert_eq!(number_with("13,405 O", Some(true)), Some(13.405));
        assert_eq!(number_with("0,37 O", Some(false)), Some(-0.37));
    }

    #[test]
    fn the_numbers_of_a_column_tell_which_is_the_longitude() {
        assert_eq!(order_of([(31.2, 121.4)].into_iter()), Some(Order::LatLon));
        assert_eq!(order_of([(121.4, 31.2)].into_iter()), Some(Order::LonLat));
        assert_eq!(order_of([(48.8, 2.3)].into_iter()), None);
    }
}
