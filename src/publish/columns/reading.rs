//! What a column was taken for, as people are shown it.

/// What a column was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnReading {
    /// Its place, from 0.
    pub index: usize,
    /// Its letters in a spreadsheet.
    pub column: String,
    /// Its heading.
    pub heading: String,
    /// The heading of our template that it was taken for; none if it is not used.
    pub field: Option<&'static str>,
    /// Whether it holds names or numbers of people, which are not published.
    pub is_personal: bool,
}

impl ColumnReading {
    /// The column as people find it: its letters and its heading.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.column, self.heading)
            .trim()
            .to_owned()
    }
}

/// A column's name in a spreadsheet: A … Z, AA …
pub(super) fn letters(column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    match column / 26 {
        0 => letter.to_string(),
        more => letters(more - 1) + &letter.to_string(),
    }
}
