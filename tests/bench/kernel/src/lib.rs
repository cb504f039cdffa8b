//! The page's own search as a small WebAssembly module, to be measured beside libraries.
//!
//! It compiles the module `domain` as it is. This file only adds the interface for JavaScript:
//! columns that JavaScript writes or reads in the memory of the WebAssembly module.

#![allow(dead_code, unused_imports, reason = "the search uses a part of the module")]

#[path = "../../../../src/domain/mod.rs"]
mod domain;
#[cfg(feature = "publish")]
#[path = "../../../../src/dataset/hilbert.rs"]
mod hilbert;

use std::cell::RefCell;

use domain::blocks::{Block, Blocks};
use domain::position::LonLat;

/// Words of a block in the file: start, row, west, south, width and height, cosine.
const BLOCK_WORDS: usize = 6;

#[derive(Default)]
struct Kernel {
    /// All positions, followed by one selection per filter.
    blocks: Vec<Blocks>,
    /// What JavaScript writes or reads.
    words: Vec<u32>,
    degrees: Vec<f64>,
    columns: [Vec<u16>; 3],
}

thread_local! {
    static KERNEL: RefCell<Kernel> = RefCell::default();
}

fn with<T>(act: impl FnOnce(&mut Kernel) -> T) -> T {
    KERNEL.with_borrow_mut(act)
}

/// Makes room for `count` words. Returns its address.
#[unsafe(no_mangle)]
pub extern "C" fn words(count: usize) -> *mut u32 {
    with(|kernel| {
        kernel.words.clear();
        kernel.words.resize(count, 0);
        kernel.words.as_mut_ptr()
    })
}

/// Makes room for `count` numbers of degrees. Returns its address.
#[unsafe(no_mangle)]
pub extern "C" fn degrees(count: usize) -> *mut f64 {
    with(|kernel| {
        kernel.degrees = vec![0.0; count];
        kernel.degrees.as_mut_ptr()
    })
}

/// Makes room for one of the three columns. Returns its address.
#[unsafe(no_mangle)]
pub extern "C" fn column(number: usize, count: usize) -> *mut u16 {
    with(|kernel| {
        // Not `vec![0; count]`, whose zeroes are written byte by byte on this target.
        let mut column = Vec::with_capacity(count);
        column.resize(count, 0);
        kernel.columns[number] = column;
        kernel.columns[number].as_mut_ptr()
    })
}

/// Puts the positions in `degrees` (longitude and latitude alternate; the row is the index of the
/// pair) into blocks along the Hilbert curve. Then `words` holds the blocks and `columns` the
/// columns. Returns the number of words.
#[cfg(feature = "publish")]
#[unsafe(no_mangle)]
pub extern "C" fn publish() -> usize {
    with(|kernel| {
        let mut positions: Vec<_> = (0..)
            .zip(kernel.degrees.chunks_exact(2))
            .filter_map(|(row, pair)| Some((row, LonLat::new(pair[0], pair[1]).ok()?)))
            .collect();
        positions.sort_by_cached_key(|(_, position)| hilbert::order(*position));
        kernel.degrees = Vec::new();
        let blocks = Blocks::of(positions);
        kernel.words = Vec::new();
        for block in &blocks.blocks {
            kernel.words.extend([
                block.start,
                block.row,
                block.west.cast_unsigned(),
                block.south.cast_unsigned(),
                u32::from(block.width) << 16 | u32::from(block.height),
                block.cosine.to_bits(),
            ]);
        }
        kernel.columns = [blocks.east, blocks.north, blocks.step];
        kernel.words.len()
    })
}

/// The address of the words.
#[unsafe(no_mangle)]
pub extern "C" fn words_at() -> *const u32 {
    with(|kernel| kernel.words.as_ptr())
}

/// The address of a column.
#[unsafe(no_mangle)]
pub extern "C" fn column_at(number: usize) -> *const u16 {
    with(|kernel| kernel.columns[number].as_ptr())
}

/// Loads the blocks in `words` and the columns; `nearest` works from then on.
#[unsafe(no_mangle)]
pub extern "C" fn open() {
    with(|kernel| {
        let blocks = kernel
            .words
            .chunks_exact(BLOCK_WORDS)
            .map(|words| Block {
                start: words[0],
                row: words[1],
                west: words[2].cast_signed(),
                south: words[3].cast_signed(),
                width: (words[4] >> 16) as u16,
                height: (words[4] & 0xffff) as u16,
                cosine: f32::from_bits(words[5]),
            })
            .collect();
        let [east, north, step] = std::mem::take(&mut kernel.columns);
        kernel.blocks = vec![Blocks::from_columns(blocks, east, north, step)];
        kernel.words = Vec::new();
    });
}

/// Selects the rows whose bit is set in `words`. Returns the number of the selection.
#[unsafe(no_mangle)]
pub extern "C" fn select() -> usize {
    with(|kernel| {
        let bits = std::mem::take(&mut kernel.words);
        let passes =
            |row: u32| bits.get(row as usize / 32).is_some_and(|word| word >> (row % 32) & 1 == 1);
        let selected = kernel.blocks[0].select(passes);
        kernel.blocks.push(selected);
        kernel.blocks.len() - 1
    })
}

/// Writes the rows nearest to a position to `words`. Returns how many there are.
#[unsafe(no_mangle)]
pub extern "C" fn nearest(lon: f64, lat: f64, limit: usize, selection: usize) -> usize {
    let Ok(origin) = LonLat::new(lon, lat) else {
        return 0;
    };
    with(|kernel| {
        let found =
            kernel.blocks[selection].nearest(origin, limit, |_| true, |one, other| one < other);
        kernel.words = found;
        kernel.words.len()
    })
}

/// The memory of all blocks, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn bytes() -> usize {
    with(|kernel| {
        let of = |blocks: &Blocks| {
            6 * blocks.len()
                + std::mem::size_of_val(&blocks.blocks[..])
                + std::mem::size_of_val(&blocks.groups[..])
                + std::mem::size_of_val(&blocks.regions[..])
        };
        kernel.blocks.iter().map(of).sum()
    })
}
