//! Whether a row says that its station is in use.

use super::RowContext;
use crate::publish::closure::{self, State};
use crate::publish::columns::{Columns, Watch};
use crate::publish::headings::Field;
use crate::publish::hours::Remark;
use crate::publish::table::TableRow;

/// The words by which a title, a column of states, the name or the address says that the station
/// is shut or gone.
pub(super) fn out_of_use(
    row: &TableRow,
    context: &RowContext<'_>,
    name: &str,
    address: &str,
) -> Option<(String, State)> {
    let columns = context.columns;
    let states = columns.cells(row, Field::Status);
    let by_state = states
        .map(|(heading, words)| (in_words(heading, words), closure::state(heading, words)))
        .find(|(_, state)| *state != State::InUse);
    let by_title = || {
        let title = context.title;
        title.is_shut.then(|| (title.text.clone(), State::Doubtful))
    };
    let by_words = || {
        let found = closure::in_name(name).or_else(|| closure::in_brackets(address));
        found.map(|(words, state)| (words.to_owned(), state))
    };
    by_state.or_else(by_title).or_else(by_words).or_else(|| {
        // Columns about opening that no field uses.
        let mut watched = columns
            .watched(row)
            .filter(|(_, _, watch)| *watch == Watch::State);
        watched
            .find(|(heading, cell, _)| closure::state(heading, cell) != State::InUse)
            .map(|(heading, cell, _)| (in_words(heading, cell), State::Doubtful))
    })
}

/// A word of a state with its heading, where the word alone is unclear: 是否开放：否.
fn in_words(heading: &str, words: &str) -> String {
    let is_clear = words.chars().count() > 2 && !words.is_ascii();
    if is_clear {
        words.to_owned()
    } else {
        format!("{heading}：{words}")
    }
}

/// The remarks of a row, and the cells of columns that no field uses.
pub(super) fn remarks<'a>(
    row: &'a TableRow,
    columns: &'a Columns,
    notes: &'a [String],
) -> Vec<(&'a str, Remark)> {
    let mut remarks: Vec<(&str, Remark)> = notes
        .iter()
        .flat_map(|note| closure::clauses(note))
        .collect();
    for (_, cell, watch) in columns.watched(row) {
        // Numbers and links are not about opening.
        if cell.len() > 300 || cell.contains("://") || !cell.chars().any(char::is_alphabetic) {
            continue;
        }
        match watch {
            Watch::State => {}
            Watch::Remarks => remarks.extend(closure::clauses(cell)),
            Watch::Cells => remarks.extend(closure::whole(cell)),
        }
    }
    remarks
}
