//! Cuts a list of facilities into its items, each with the mark or the words that belong to it.

use super::vocabulary::{feature_at, named_in};

/// Ways of writing made alike: lower case, one form of each mark.
pub(super) fn alike(text: &str) -> String {
    let alike = text.chars().flat_map(char::to_lowercase).map(|c| match c {
        '✓' | '✔' | '☑' | '✅' => '√',
        '✗' | '✘' | '✕' | '✖' | '╳' | '❌' => '×',
        '□' | '◻' | '❏' => '☐',
        // Some people tick a box with it.
        '☒' => '?',
        '（' | '【' | '[' => '(',
        '）' | '】' | ']' => ')',
        '：' => ':',
        '\u{3000}' => ' ',
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    });
    let mut alike: String = alike.collect();
    // The slash of n/a does not separate items; an empty box means no.
    for sign in ['否', '无', '没', '×', '☐', '0'] {
        alike = alike.replace(&format!("|{sign}"), &format!(":{sign}"));
    }
    for (from, to) in [
        ("n/a", "none"),
        ("( )", "☐"),
        ("()", "☐"),
        ("(√)", "√"),
        ("(x)", "√"),
        ("(v)", "√"),
        ("(×)", "×"),
    ] {
        alike = alike.replace(from, to);
    }
    alike
}

pub(super) const MARKS: [char; 3] = ['√', '×', '☐'];

/// The items of a list that are set apart by spaces, marks or colons, each with its mark.
pub(super) fn items(text: &str) -> Vec<String> {
    let leads = text.trim_start().starts_with(MARKS);
    let mut items: Vec<String> = Vec::new();
    let mut pending = String::new();
    for piece in pieces(text, leads) {
        let is_mark = piece.trim().chars().all(|c| MARKS.contains(&c) || c == ' ');
        if !named_in(&piece).0.is_empty() {
            items.push(std::mem::take(&mut pending) + &piece);
        } else if items.is_empty() || leads && is_mark || BEFORE.contains(&piece.trim()) {
            pending.push_str(&piece);
            pending.push(' ');
        } else if let Some(last) = items.last_mut() {
            last.push(' ');
            last.push_str(&piece);
        }
    }
    match items.last_mut() {
        // wifi not available
        Some(last) if !leads => last.push_str(&pending),
        _ if !pending.trim().is_empty() => items.push(pending),
        _ => {}
    }
    items
}

/// Words that deny what follows them.
const BEFORE: &[&str] = &[
    "no", "without", "lacks", "not", "neither", "nor", "sans", "sin", "ohne", "kein", "keine",
];

/// Cut where another item may begin: at spaces that are not inside a feature's name, at marks, and
/// at colons between features (除空调外均有:热水).
fn pieces(text: &str, leads: bool) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut rest = text;
    let (mut is_named, mut is_marked) = (false, false);
    while let Some(c) = rest.chars().next() {
        let (features, length) = feature_at(text, rest);
        let is_mark = MARKS.contains(&c);
        let is_space = c == ' ' || c == ':' && is_named && !named_in(&rest[1..]).0.is_empty();
        let begins_item = if leads {
            is_mark
        } else {
            !features.is_empty() && is_marked
        };
        if is_space || begins_item && is_named {
            pieces.push(String::new());
            (is_named, is_marked) = (false, false);
        }
        if !is_space {
            pieces
                .last_mut()
                .expect("not empty")
                .push_str(&rest[..length]);
        }
        is_named |= !features.is_empty();
        is_marked |= is_mark;
        rest = &rest[length..];
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}
