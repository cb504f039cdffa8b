//! Reads what postcard wrote, value by value, without code for each type: this code has to be
//! loaded before the first list, so it must be small. Writing, and reading the programmes,
//! is left to postcard.
//!
//! Numbers are varints, signed ones in zigzag; a list is its length and its values; a text
//! is a list of bytes (<https://postcard.jamesmunns.com/wire-format>).
//!
//! A missing value reads as zero or empty, and so do all values after it. [`Reader::end`]
//! checks once whether anything was missing, which takes a third of the code of a check for
//! each value.

use super::DatasetError;

/// The bytes that are still to be read; none after a missing or invalid value.
pub(super) struct Reader<'a>(Option<&'a [u8]>);

impl<'a> Reader<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self(Some(bytes))
    }

    /// Checks that no value was missing or invalid, and that no bytes are left.
    pub(super) fn end(&self) -> Result<(), DatasetError> {
        match self.0 {
            Some([]) => Ok(()),
            _ => Err(DatasetError::Malformed),
        }
    }

    /// Makes [`Reader::end`] report everything as malformed.
    pub(super) fn fail(&mut self) {
        self.0 = None;
    }

    /// The next bytes, unchanged.
    #[inline(never)]
    pub(super) fn take(&mut self, length: usize) -> &'a [u8] {
        let split = self.0.and_then(|rest| rest.split_at_checked(length));
        self.0 = split.map(|(_, rest)| rest);
        split.map_or(&[], |(bytes, _)| bytes)
    }

    #[inline(never)]
    pub(super) fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or(0)
    }

    /// 0 or 1.
    pub(super) fn flag(&mut self) -> bool {
        self.unsigned_below(2) == 1
    }

    #[inline(never)]
    fn unsigned_below(&mut self, most: u64) -> u64 {
        let number = self.number();
        if number < most {
            return number;
        }
        self.fail();
        0
    }

    #[inline(never)]
    pub(super) fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return number;
            }
        }
        self.fail();
        0
    }

    #[inline(never)]
    #[expect(clippy::cast_possible_truncation, reason = "compared before")]
    pub(super) fn unsigned(&mut self) -> u32 {
        self.unsigned_below(1 << 32) as u32
    }

    #[expect(clippy::cast_possible_truncation, reason = "compared before")]
    pub(super) fn short(&mut self) -> u16 {
        self.unsigned_below(1 << 16) as u16
    }

    pub(super) fn long(&mut self) -> i64 {
        let zigzag = self.number();
        (zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed()
    }

    #[inline(never)]
    pub(super) fn signed(&mut self) -> i32 {
        i32::try_from(self.long()).unwrap_or_else(|_| {
            self.fail();
            0
        })
    }

    /// The length of a list. Each value takes at least a byte, so a length beyond the rest of
    /// the file is invalid, and none can make the reader allocate much memory.
    #[inline(never)]
    pub(super) fn length(&mut self) -> usize {
        let length = self.unsigned() as usize;
        if self.0.is_none_or(|rest| length > rest.len()) {
            self.fail();
            return 0;
        }
        length
    }

    #[inline(never)]
    pub(super) fn bytes(&mut self) -> &'a [u8] {
        let length = self.length();
        self.take(length)
    }

    #[inline(never)]
    pub(super) fn owned(&mut self) -> String {
        let text = std::str::from_utf8(self.bytes());
        text.map_or_else(
            |_| {
                self.fail();
                String::new()
            },
            str::to_owned,
        )
    }

    #[inline(never)]
    pub(super) fn unsigned_list(&mut self) -> Vec<u32> {
        self.list(Self::unsigned)
    }

    #[inline(never)]
    pub(super) fn signed_list(&mut self) -> Vec<i32> {
        self.list(Self::signed)
    }

    #[inline(never)]
    pub(super) fn owned_list(&mut self) -> Vec<String> {
        self.list(Self::owned)
    }

    pub(super) fn list<T>(&mut self, read: impl Fn(&mut Self) -> T) -> Vec<T> {
        let length = self.length();
        let mut list = Vec::new();
        for _ in 0..length {
            list.push(read(self));
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_postcard_writes_is_read(
            (flag, byte, short, unsigned) in any::<(bool, u8, u16, u32)>(),
            (long, signed, text) in any::<(i64, i32, String)>(),
            (numbers, differences, texts) in any::<(Vec<u32>, Vec<i32>, Vec<String>)>(),
        ) {
            let written = (flag, byte, short, unsigned, long, signed, &text, &numbers, &differences, &texts);
            let bytes = postcard::to_allocvec(&written).expect("in memory");
            let read = |bytes: &[u8]| {
                let mut reader = Reader::of(bytes);
                let read = (
                    reader.flag(), reader.byte(), reader.short(), reader.unsigned(), reader.long(),
                    reader.signed(), reader.owned(), reader.unsigned_list(), reader.signed_list(), reader.owned_list(),
                );
                reader.end().map(|()| read)
            };
            let (whole, cut) = (read(&bytes), read(&bytes[..bytes.len() - 1]));
            prop_assert_eq!(whole, Ok((flag, byte, short, unsigned, long, signed, text.clone(), numbers.clone(), differences.clone(), texts.clone())));
            prop_assert_eq!(cut, Err(DatasetError::Malformed));
        }

        #[test]
        fn no_bytes_make_it_panic_or_allocate_much_memory(bytes in any::<Vec<u8>>()) {
            let _ = Reader::of(&bytes).unsigned_list();
            let _ = Reader::of(&bytes).owned_list();
            let _ = Reader::of(&bytes).long();
        }
    }
}
