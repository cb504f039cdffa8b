//! `stations.toml` as a form reads and writes it. Keys that the form does not know stay.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};
use yizhan::publish::compressed::extension_of;

/// The settings of a dataset.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    document: DocumentMut,
}

/// The text is no TOML; the parser's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotToml(String);

/// Whether a file of this name holds settings.
#[must_use]
pub fn is_settings(name: &str) -> bool {
    extension_of(name).eq_ignore_ascii_case("toml")
}

impl Settings {
    /// Reads the text of a `stations.toml`.
    ///
    /// # Errors
    ///
    /// [`NotToml`], with the place.
    pub fn from_text(text: &str) -> Result<Self, NotToml> {
        let document = text.parse::<DocumentMut>();
        let document = document.map_err(|cause| NotToml(cause.to_string()))?;
        Ok(Self { document })
    }

    /// The text of the `stations.toml`.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.document.to_string()
    }

    /// A text of `[dataset]`, or of `[dataset.publisher]` for keys such as `publisher.name`;
    /// empty if it is not set.
    #[must_use]
    pub fn dataset(&self, key: &str) -> String {
        let item = key
            .split('.')
            .try_fold(self.document.get("dataset"), |item, key| {
                item.map(|item| item.get(key))
            });
        text_of(item.flatten())
    }

    /// Sets a text of `[dataset]`; an empty one is removed.
    pub fn set_dataset(&mut self, key: &str, text: &str) {
        let mut table = table_in(self.document.as_table_mut(), "dataset");
        let (folder, key) = key.split_once('.').unwrap_or(("", key));
        if !folder.is_empty() {
            table = table_in(table, folder);
        }
        set(table, key, text);
    }

    /// A text of the source of this file; empty if it is not set.
    #[must_use]
    pub fn source(&self, file: &str, key: &str) -> String {
        text_of(self.find(file).and_then(|source| source.get(key)))
    }

    /// Sets a text of the source of this file; an empty one is removed.
    pub fn set_source(&mut self, file: &str, key: &str, text: &str) {
        if let Some(source) = self.find_mut(file) {
            set(source, key, text);
        }
    }

    /// Takes the column with this heading for the field with this key, or for none.
    pub fn set_column(&mut self, file: &str, heading: &str, field: &str) {
        let Some(source) = self.find_mut(file) else {
            return;
        };
        let columns = table_in(source, "columns");
        let others: Vec<String> = columns
            .iter()
            .filter(|(_, item)| item.as_str() == Some(heading))
            .map(|(key, _)| key.to_owned())
            .collect();
        for key in others {
            columns.remove(&key);
        }
        if !field.is_empty() {
            columns.insert(field, value(heading));
        }
    }

    /// The files of all sources.
    #[must_use]
    pub fn files(&self) -> Vec<String> {
        let sources = self.sources();
        sources.map(|source| text_of(source.get("path"))).collect()
    }

    /// The files that it names besides its lists: programmes, crossings, geometries, a calendar.
    #[must_use]
    pub fn other_files(&self) -> Vec<String> {
        let in_tables = |list: &str, key: &'static str| {
            let tables = self.document.get(list).and_then(Item::as_array_of_tables);
            let tables = tables.into_iter().flatten();
            tables
                .map(move |table| text_of(table.get(key)))
                .collect::<Vec<_>>()
        };
        let mut files = vec![self.dataset("calendar")];
        files.extend(in_tables("programmes", "path"));
        files.extend(in_tables("barrier", "crossings"));
        files.extend(in_tables("barrier", "geometry"));
        files.retain(|file| !file.is_empty());
        files
    }

    /// Makes sure that each of these files has a source. Next month's file takes over what was said
    /// of this month's, where their names differ only in digits; but not the datum, which another
    /// export may have changed.
    pub fn adopt(&mut self, files: &[String]) {
        self.forget_folders(files);
        let known = self.files();
        let others = self.other_files();
        let is_new = |file: &&String| !known.contains(file) && !others.contains(file);
        for file in files.iter().filter(is_new) {
            let lost = known.iter().find(|known| {
                !files.contains(known) && without_digits(known) == without_digits(file)
            });
            if let Some(lost) = lost {
                self.set_source(lost, "path", file);
                self.set_source(file, "crs", "");
                continue;
            }
            let mut source = Table::new();
            source.insert("path", value(file.as_str()));
            self.sources_mut().push(source);
        }
    }

    /// A page has files without folders: `lists/a.csv` is the `a.csv` that was dropped.
    fn forget_folders(&mut self, files: &[String]) {
        let dropped = |item: &Item| {
            let path = item.as_str()?;
            let name = path.rsplit(['/', '\\']).next()?;
            let is_there = |name: &str| files.iter().any(|file| file == name);
            (!is_there(path) && is_there(name)).then(|| name.to_owned())
        };
        let replace = |table: &mut Table, key: &str| {
            if let Some(name) = table.get(key).and_then(&dropped) {
                table.insert(key, value(name));
            }
        };
        for (list, keys) in [
            ("source", &["path"][..]),
            ("programmes", &["path"]),
            ("barrier", &["geometry", "crossings"]),
        ] {
            let tables = self.document.get_mut(list);
            if let Some(tables) = tables.and_then(Item::as_array_of_tables_mut) {
                for table in tables.iter_mut() {
                    for key in keys {
                        replace(table, key);
                    }
                }
            }
        }
        if let Some(dataset) = self
            .document
            .get_mut("dataset")
            .and_then(Item::as_table_mut)
        {
            replace(dataset, "calendar");
        }
    }

    /// Forgets what was said of a file.
    pub fn forget(&mut self, file: &str) {
        self.sources_mut()
            .retain(|source| text_of(source.get("path")) != file);
    }

    /// Takes over what was said of `from` for `file`, which holds the same list.
    pub fn rename(&mut self, from: &str, file: &str) {
        self.forget(file);
        self.set_source(from, "path", file);
    }

    /// The same without all that is said of files which are not among these.
    #[must_use]
    pub fn only(&self, files: &[String]) -> Self {
        let mut settings = self.clone();
        let is_here = |table: &Table, key: &str| {
            let file = text_of(table.get(key));
            file.is_empty() || files.contains(&file)
        };
        settings
            .sources_mut()
            .retain(|source| files.contains(&text_of(source.get("path"))));
        for (list, keys) in [
            ("programmes", &["path"][..]),
            ("barrier", &["geometry", "crossings"]),
        ] {
            let tables = settings.document.get_mut(list);
            if let Some(tables) = tables.and_then(Item::as_array_of_tables_mut) {
                tables.retain(|table| keys.iter().all(|key| is_here(table, key)));
            }
        }
        let calendar = settings.dataset("calendar");
        if !calendar.is_empty() && !files.contains(&calendar) {
            settings.set_dataset("calendar", "");
        }
        settings
    }

    fn sources(&self) -> impl Iterator<Item = &Table> {
        let sources = self
            .document
            .get("source")
            .and_then(Item::as_array_of_tables);
        sources.into_iter().flatten()
    }

    fn sources_mut(&mut self) -> &mut ArrayOfTables {
        let item = self
            .document
            .entry("source")
            .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        if !item.is_array_of_tables() {
            *item = Item::ArrayOfTables(ArrayOfTables::new());
        }
        item.as_array_of_tables_mut().expect("just made sure")
    }

    fn find(&self, file: &str) -> Option<&Table> {
        self.sources()
            .find(|source| text_of(source.get("path")) == file)
    }

    fn find_mut(&mut self, file: &str) -> Option<&mut Table> {
        self.sources_mut()
            .iter_mut()
            .find(|source| text_of(source.get("path")) == file)
    }
}

/// The list of a month has its number in its name.
fn without_digits(name: &str) -> String {
    name.chars().filter(|c| !c.is_ascii_digit()).collect()
}

fn text_of(item: Option<&Item>) -> String {
    item.and_then(Item::as_str).unwrap_or_default().to_owned()
}

fn table_in<'a>(table: &'a mut Table, key: &str) -> &'a mut Table {
    let item = table
        .entry(key)
        .or_insert_with(|| Item::Table(Table::new()));
    if !item.is_table() {
        // `publisher = { … }`, written in one line.
        let inline = std::mem::take(item).into_table().unwrap_or_default();
        *item = Item::Table(inline);
    }
    item.as_table_mut().expect("just made sure")
}

fn set(table: &mut Table, key: &str, text: &str) {
    if text.is_empty() {
        table.remove(key);
    } else {
        table.insert(key, value(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(files: &[&str]) -> Vec<String> {
        files.iter().map(|file| (*file).to_owned()).collect()
    }

    #[test]
    fn what_the_form_does_not_know_stays() {
        let text =
            "# 说明\n[dataset]\ntitle = \"甲\"\nkeep_mb = 3\npublisher = { name = \"工会\" }\n";
        let mut settings = Settings::from_text(text).expect("TOML");
        assert_eq!(settings.dataset("publisher.name"), "工会");
        settings.set_dataset("title", "乙");
        settings.set_dataset("publisher.phone", "021-1");
        let written = settings.to_text();
        for part in ["# 说明", "keep_mb = 3", "乙", "工会", "021-1"] {
            assert!(written.contains(part), "{written}");
        }
        assert!(!written.contains('甲'));
    }

    #[test]
    fn next_months_file_takes_over_what_was_said_of_this_months_but_not_the_datum() {
        let mut settings = Settings::default();
        settings.adopt(&owned(&["名单7月.xlsx"]));
        settings.set_source("名单7月.xlsx", "crs", "gcj02");
        settings.set_source("名单7月.xlsx", "city", "上海");
        settings.adopt(&owned(&["名单8月.xlsx"]));
        assert_eq!(settings.files(), ["名单8月.xlsx"]);
        assert_eq!(settings.source("名单8月.xlsx", "city"), "上海");
        assert_eq!(settings.source("名单8月.xlsx", "crs"), "");
        // Another list is another list.
        settings.adopt(&owned(&["别的.xlsx"]));
        assert_eq!(settings.source("别的.xlsx", "city"), "");
        assert_eq!(settings.only(&owned(&["别的.xlsx"])).files(), ["别的.xlsx"]);
    }

    #[test]
    fn paths_of_a_tool_are_those_of_the_dropped_files() {
        let text = "[dataset]\ncalendar = \"in/c.json\"\n[[source]]\npath = \"in\\\\名单.csv\"\ncity = \"上海\"\n[[source]]\npath = \"else/b.csv\"\n";
        let mut settings = Settings::from_text(text).expect("TOML");
        settings.adopt(&owned(&["名单.csv", "c.json"]));
        assert_eq!(settings.files(), ["名单.csv", "else/b.csv"]);
        assert_eq!(settings.source("名单.csv", "city"), "上海");
        assert_eq!(settings.other_files(), ["c.json"]);
    }

    #[test]
    fn what_is_said_of_files_that_are_not_here_is_left_out() {
        let text = "[dataset]\ncalendar = \"c.json\"\n[[barrier]]\ngeometry = \"r.geojson\"\n[[programmes]]\npath = \"p.csv\"\n[[source]]\npath = \"a.csv\"\n";
        let settings = Settings::from_text(text).expect("TOML");
        let all = owned(&["a.csv", "c.json", "r.geojson", "p.csv"]);
        assert_eq!(settings.only(&all).to_text(), text);
        let alone = settings.only(&owned(&["a.csv"])).to_text();
        for part in ["c.json", "r.geojson", "p.csv"] {
            assert!(!alone.contains(part), "{alone}");
        }
    }

    #[test]
    fn a_heading_belongs_to_one_field() {
        let mut settings = Settings::default();
        settings.adopt(&owned(&["a.csv"]));
        settings.set_column("a.csv", "点位", "name");
        settings.set_column("a.csv", "点位", "address");
        let text = settings.to_text();
        assert!(
            text.contains("address = \"点位\"") && !text.contains("name ="),
            "{text}"
        );
        settings.set_column("a.csv", "点位", "");
        assert!(!settings.to_text().contains("点位"));
    }
}
