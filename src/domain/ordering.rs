//! Sorting of short lists.
//!
//! The standard library's sorts cost the page 4 kB for each type that is
//! sorted. They pay off on long lists; the lists here have tens of entries.

/// Sorts a short list in place, stably, by insertion: few steps where the list
/// is nearly in order, n²/2 at worst.
pub fn sort_short<T>(items: &mut [T], is_before: impl Fn(&T, &T) -> bool) {
    for end in 1..items.len() {
        let mut at = end;
        while at > 0 && is_before(&items[at], &items[at - 1]) {
            items.swap(at, at - 1);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(mut items in proptest::collection::vec((0..9_u8, 0..99_u8), 0..40)) {
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            sort_short(&mut items, |one, other| one.0 < other.0);
            proptest::prop_assert_eq!(items, expected);
        }
    }
}
