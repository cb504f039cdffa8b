//! Pinyin initials of Chinese characters, from the browser's collation order.

use std::cell::RefCell;
use std::cmp::Ordering;

use wasm_bindgen::JsValue;

/// The first character of each letter in the order by pinyin (GB 2312 level 1,
/// as dictionaries print it); i, u and v begin no syllable.
const FIRSTS: [(char, char); 23] = [
    ('a', '阿'),
    ('b', '八'),
    ('c', '嚓'),
    ('d', '哒'),
    ('e', '妸'),
    ('f', '发'),
    ('g', '旮'),
    ('h', '哈'),
    ('j', '讥'),
    ('k', '咔'),
    ('l', '垃'),
    ('m', '妈'),
    ('n', '拏'),
    ('o', '噢'),
    ('p', '妑'),
    ('q', '七'),
    ('r', '呥'),
    ('s', '仨'),
    ('t', '他'),
    ('w', '屲'),
    ('x', '夕'),
    ('y', '丫'),
    ('z', '帀'),
];

thread_local! {
    static KNOWN: RefCell<Vec<(char, char)>> = const { RefCell::new(Vec::new()) };
    static COLLATOR: js_sys::Intl::Collator = js_sys::Intl::Collator::new(
        &js_sys::Array::of1(&JsValue::from_str("zh-CN-u-co-pinyin")),
        &js_sys::Object::new(),
    );
}

/// The initial of each Chinese character of a text; other characters are skipped. In a browser
/// without pinyin collation the letters are wrong, and a search by them finds nothing.
#[must_use]
pub fn initials(text: &str) -> String {
    text.chars().filter_map(initial).collect()
}

fn initial(character: char) -> Option<char> {
    if !('\u{4e00}'..='\u{9fff}').contains(&character) {
        return None;
    }
    KNOWN.with_borrow_mut(|known| {
        let place = known.binary_search_by_key(&character, |(character, _)| *character);
        let place = match place {
            Ok(place) => return Some(known[place].1),
            Err(place) => place,
        };
        let is_after = |first: char| compare(character, first) != Ordering::Less;
        let letters = FIRSTS.partition_point(|(_, first)| is_after(*first));
        let (letter, _) = *FIRSTS.get(letters.checked_sub(1)?)?;
        known.insert(place, (character, letter));
        Some(letter)
    })
}

fn compare(one: char, other: char) -> Ordering {
    COLLATOR.with(|collator| {
        let compared = collator.compare().call2(
            &JsValue::NULL,
            &JsValue::from_str(&one.to_string()),
            &JsValue::from_str(&other.to_string()),
        );
        let order = compared
            .ok()
            .and_then(|order| order.as_f64())
            .unwrap_or(0.0);
        order.total_cmp(&0.0)
    })
}
