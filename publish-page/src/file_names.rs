//! The names of dropped files: which are the same list, and names that no other file has.

/// How the name of a marked workbook ends, before its extension.
const MARK: &str = "-要改的";

/// The name of the marked workbook of a file. A workbook that stays of its kind keeps its
/// extension: spreadsheets refuse one with macros as .xlsx.
#[must_use]
pub fn marked_name(name: &str, is_original: bool) -> String {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    let extension = extension.filter(|_| is_original).unwrap_or("xlsx");
    format!("{}{MARK}.{extension}", list_name(name))
}

/// Whether two names are of one list: a file, and the marked workbook that was made of it,
/// whatever number a browser added to the name of a second download.
#[must_use]
pub fn is_same_list(one: &str, other: &str) -> bool {
    one == other || (is_marked(one) || is_marked(other)) && list_name(one) == list_name(other)
}

/// A name like this one that is not taken.
#[must_use]
pub fn free_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut names = std::iter::once(name.to_owned())
        .chain((2..).map(|number: u32| format!("{stem}-{number}.{extension}")));
    names
        .find(|name| !is_taken(name))
        .expect("there is always another number")
}

fn is_marked(name: &str) -> bool {
    is_marked_stem(stem(name))
}

/// The name of a list, without extension, marks and the numbers of copies of marked workbooks.
fn list_name(name: &str) -> &str {
    let mut rest = stem(name);
    while is_marked_stem(rest) {
        let marked = without_copy_number(rest);
        rest = marked.strip_suffix(MARK).unwrap_or(marked);
    }
    rest
}

fn is_marked_stem(stem: &str) -> bool {
    without_copy_number(stem).ends_with(MARK)
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Without the ` (1)` that browsers add to a name that exists.
fn without_copy_number(stem: &str) -> &str {
    let number = stem
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
        .filter(|(_, number)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    number.map_or(stem, |(rest, _)| rest.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_workbook_is_the_list_that_it_was_made_of() {
        for name in [
            "名单-要改的.xlsx",
            "名单-要改的 (1).xlsx",
            "名单-要改的(12).xlsx",
            "名单-要改的-要改的.xlsx",
        ] {
            assert!(is_same_list(name, "名单.csv"), "{name}");
            assert_eq!(marked_name(name, false), "名单-要改的.xlsx");
        }
        assert_eq!(marked_name("名单 (1).xlsx", true), "名单 (1)-要改的.xlsx");
        assert_eq!(marked_name("名单.xlsm", true), "名单-要改的.xlsm");
        assert_eq!(marked_name("名单.csv", false), "名单-要改的.xlsx");
        assert!(is_same_list("a.csv", "a.csv"));
        // Two downloads may be two lists.
        assert!(!is_same_list("名单 (1).xlsx", "名单.xlsx"));
        assert!(!is_same_list("名单7月-要改的.xlsx", "名单8月.xlsx"));
    }

    #[test]
    fn a_free_name_is_like_the_wanted_one() {
        let taken = ["国标.csv", "国标-2.csv"];
        let is_taken = |name: &str| taken.contains(&name);
        assert_eq!(free_name("国标.csv", is_taken), "国标-3.csv");
        assert_eq!(free_name("别的.csv", is_taken), "别的.csv");
    }
}
