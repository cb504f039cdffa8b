//! Checks sheets and builds a dataset of them, with the engine of the `stations` tool.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use yizhan::dataset::{Dataset, DatasetError, MANIFEST_NAME};
use yizhan::domain::civil::CivilTime;
use yizhan::publish::compressed::{COPIES, Effort, WithCopy, brotli, gzip, original_of};
use yizhan::publish::{
    self, Config, ConfigError, FIXED_NAMES, FileContent, Files, FilesInMemory, Issue, Language,
    Prepared, Problem, Progress, Severity, Sheet, Step, diff, gone_percent,
};

use crate::checked::{Changes, Checked, ColumnLine, Comparison, IssueLine, RowPlace, TableLine};
use crate::marked_workbook::{Mark, MarkedWorkbook, marked_workbook};
use crate::settings::{NotToml, Settings, is_settings};

/// Where the settings lie among the files.
const SETTINGS: &str = "stations.toml";

/// The most issues that are shown; the marked workbook and the totals have all.
const SHOWN_ISSUES: usize = 5000;

/// The most changes that are shown.
const SHOWN_CHANGES: usize = 500;

/// More stations than this percentage gone are confirmed before anything is published.
pub const MOST_GONE_PERCENT: f64 = 10.0;

/// Why nothing could be checked or built.
#[derive(Debug)]
pub enum WorkbenchError {
    /// The settings are no TOML.
    NotToml(NotToml),
    /// The settings cannot be used.
    Config(ConfigError),
    /// Nobody said on which datum the positions of a file are.
    WithoutCrs(String),
    /// There is no station to publish.
    NoStations,
    /// A folder holds files that no build wrote.
    ForeignFiles(String),
    /// The dataset in a folder cannot be read.
    Manifest(DatasetError),
    /// A file for the clerk could not be made.
    Output(String),
}

impl From<NotToml> for WorkbenchError {
    fn from(cause: NotToml) -> Self {
        Self::NotToml(cause)
    }
}

impl From<ConfigError> for WorkbenchError {
    fn from(cause: ConfigError) -> Self {
        Self::Config(cause)
    }
}

impl WorkbenchError {
    /// What is wrong and what to do. Words of a parser, or of the tool's configuration, which are
    /// in two languages, stay as they are.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        match (self, language) {
            (Self::NotToml(cause), _) => format!("{SETTINGS}: {cause}"),
            (Self::Config(cause), _) => cause.to_string(),
            (Self::WithoutCrs(file), Language::Zh) => {
                format!("{file}：请先选坐标系，没有选就不能发布")
            }
            (Self::WithoutCrs(file), Language::En) => {
                format!("{file}: choose the datum of its positions first")
            }
            (Self::NoStations, _) => language
                .say("没有可发布的站点", "There is no station to publish")
                .to_owned(),
            (Self::ForeignFiles(names), Language::Zh) => format!(
                "文件夹里有别的东西：{names}。请选网站的 data 文件夹，或者一个空的文件夹；没有写任何东西"
            ),
            (Self::ForeignFiles(names), Language::En) => format!(
                "The folder holds other files: {names}. Choose the site's folder data, or an empty one; nothing was written"
            ),
            (Self::Manifest(cause), _) => format!("{MANIFEST_NAME}: {cause}"),
            (Self::Output(cause), _) => cause.clone(),
        }
    }
}

/// What the site publishes now.
#[derive(Debug, Default)]
pub enum Published {
    /// Nothing.
    #[default]
    Nothing,
    /// Something that could not be read.
    NotReadable,
    /// A dataset.
    Dataset(Box<Dataset>),
}

impl Published {
    /// What these files are, by name: none at all, a dataset, or something else.
    #[must_use]
    pub fn of_files(files: &FilesInMemory) -> Self {
        if files.0.is_empty() {
            return Self::Nothing;
        }
        let dataset = publish::read_dataset(Path::new(""), files).map(Box::new);
        dataset.map_or(Self::NotReadable, Self::Dataset)
    }
}

/// How a dataset takes the place of another in a folder.
#[derive(Debug, Default)]
pub struct Replacement {
    /// Files whose name is their content's, written first.
    pub by_content: Vec<(String, Vec<u8>)>,
    /// Files that are replaced, the manifest first.
    pub fixed: Vec<(String, Vec<u8>)>,
    /// Files of the old dataset, removed at last.
    pub old: Vec<String>,
}

/// Sheets, settings, and what a check made of them.
#[derive(Debug, Default)]
pub struct Workbench {
    files: FilesInMemory,
    names: Vec<String>,
    config: Config,
    prepared: Prepared,
    without_crs: Vec<String>,
    published: Published,
    now: CivilTime,
    language: Language,
}

impl Workbench {
    /// A workbench with these files, by name, and what the site publishes now.
    #[must_use]
    pub fn new(files: Vec<(String, Vec<u8>)>, published: Published) -> Self {
        Self {
            names: files.iter().map(|(name, _)| name.clone()).collect(),
            files: files.into_iter().collect(),
            published,
            ..Self::default()
        }
    }

    /// The language of the last check.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Checks the files with the settings of a `stations.toml`, at `now` in China.
    ///
    /// # Errors
    ///
    /// [`WorkbenchError`] if the settings cannot be used.
    pub fn check(
        &mut self,
        settings: &str,
        language: Language,
        now: CivilTime,
        progress: &mut Progress<'_>,
    ) -> Result<Checked, WorkbenchError> {
        (self.now, self.language) = (now, language);
        self.configure(settings)?;
        self.prepared = publish::prepare(&self.config, &self.files, progress);
        let prepared = &self.prepared;
        let day = self.config.edition.unwrap_or(now.day());
        let mut checked = Checked {
            rows: prepared.rows,
            counts: publish::counts(prepared, language),
            stations: prepared.stations.len(),
            issues: self.shown_issues(language),
            issue_count: prepared.issues.len(),
            tables: self.tables(),
            map: publish::maps(prepared, language),
            coverage: publish::coverage(&self.config, prepared, day, language),
            hours: publish::hours_as_read(&self.config, prepared, day, language),
            comparison: Comparison::NotPublished,
            corrected: self.corrected(),
            without_crs: self.need_crs(),
        };
        checked.comparison = match &self.published {
            Published::Nothing => Comparison::NotPublished,
            Published::NotReadable => Comparison::NotReadable,
            Published::Dataset(_) if prepared.stations.is_empty() => Comparison::NoStations,
            Published::Dataset(published) => {
                // The stations move into the dataset.
                let mut copy = prepared.clone();
                let (dataset, _) = publish::build(&self.config, &mut copy, now);
                Comparison::Changes(changes(published, &dataset, language))
            }
        };
        Ok(checked)
    }

    /// The issues to show, those first that matter most: of many notes a page shows some.
    fn shown_issues(&self, language: Language) -> Vec<IssueLine> {
        let mut issues: Vec<&Issue> = self.prepared.issues.iter().collect();
        issues.sort_by_key(|issue| issue.problem.severity());
        let shown = issues.into_iter().take(SHOWN_ISSUES);
        shown.map(|issue| line(issue, language)).collect()
    }

    /// The files with positions of which nobody said on which datum they are.
    fn need_crs(&self) -> Vec<String> {
        let has_positions = |file: &&String| {
            let mut issues = self.prepared.issues.iter();
            issues.any(|issue| {
                issue.source == **file && matches!(issue.problem, Problem::CrsMissing { .. })
            })
        };
        self.without_crs
            .iter()
            .filter(has_positions)
            .cloned()
            .collect()
    }

    fn configure(&mut self, settings: &str) -> Result<(), WorkbenchError> {
        let mut settings = Settings::from_text(settings)?;
        let others = settings.other_files();
        let is_sheet = |name: &&String| !is_settings(name) && !others.contains(name);
        let sheets: Vec<String> = self.names.iter().filter(is_sheet).cloned().collect();
        settings.adopt(&sheets);
        let mut settings = settings.only(&self.names);
        let is_unsaid = |file: &&String| settings.source(file, "crs").is_empty();
        self.without_crs = sheets.iter().filter(is_unsaid).cloned().collect();
        for file in &self.without_crs {
            settings.set_source(file, "crs", "wgs84");
        }
        let path = PathBuf::from(SETTINGS);
        self.files
            .0
            .insert(path.clone(), settings.to_text().into_bytes());
        let mut config = Config::read(&path, &self.files)?;
        for source in &mut config.sources {
            if self.without_crs.contains(&source.label) {
                source.crs = None;
            }
        }
        self.config = config;
        Ok(())
    }

    fn tables(&self) -> Vec<TableLine> {
        let keys: BTreeMap<&str, &str> = publish::fields()
            .into_iter()
            .map(|(key, label)| (label, key))
            .collect();
        let tables = self.prepared.tables.iter();
        let mut lines: Vec<TableLine> = tables
            .map(|table| TableLine {
                file: table.source.clone(),
                place: publish::place(&table.source, table.sheet.as_deref()),
                columns: table
                    .columns
                    .iter()
                    .map(|column| ColumnLine {
                        name: column.name(),
                        heading: column.heading.clone(),
                        field: column
                            .field
                            .and_then(|label| keys.get(label).copied())
                            .unwrap_or_default()
                            .to_owned(),
                        is_personal: column.is_personal,
                    })
                    .collect(),
            })
            .collect();
        // Tables below one another in a sheet often have the same heading.
        lines.dedup();
        lines
    }

    /// The sheets of a file as rows of text.
    fn sheets(&self, file: &str) -> Vec<Sheet> {
        let source = self
            .config
            .sources
            .iter()
            .find(|source| source.label == file);
        source
            .and_then(|source| publish::sheets(source, &self.files).ok())
            .unwrap_or_default()
    }

    /// The rows that an earlier check marked and that are right now.
    fn corrected(&self) -> Vec<RowPlace> {
        let wrong: BTreeSet<RowPlace> = self.to_correct().filter_map(row_of).collect();
        let marked = self.prepared.marked_rows.iter();
        marked
            .map(|(file, sheet, row)| RowPlace {
                file: file.clone(),
                sheet: sheet.clone(),
                row: *row,
            })
            .filter(|place| !wrong.contains(place))
            .collect()
    }

    /// What the clerk can correct.
    fn to_correct(&self) -> impl Iterator<Item = &Issue> {
        let issues = self.prepared.issues.iter();
        issues.filter(|issue| issue.problem.severity() != Severity::Note)
    }

    /// A file's sheets as a workbook, with what is wrong in two more columns.
    ///
    /// # Errors
    ///
    /// [`WorkbenchError::Output`] if no workbook can hold them.
    pub fn marked(&self, file: &str, language: Language) -> Result<MarkedWorkbook, WorkbenchError> {
        let marks: Vec<Mark> = self
            .to_correct()
            .filter(|issue| issue.source == file)
            .filter_map(|issue| {
                let place = row_of(issue)?;
                let (problem, remedy) = problem_and_remedy(&issue.message(language));
                let fields = issue.problem.field().unwrap_or_default();
                let tables = self.prepared.tables.iter();
                let columns = tables
                    .filter(|table| table.source == file && table.sheet == issue.sheet)
                    .flat_map(|table| &table.columns)
                    .filter(|column| {
                        // 经度、纬度 are two columns.
                        let mut fields = fields.split('、');
                        column
                            .field
                            .is_some_and(|of| fields.any(|field| field == of))
                    })
                    .map(|column| column.index)
                    .chain(issue.problem.column())
                    .collect();
                Some(Mark {
                    sheet: place.sheet,
                    row: place.row,
                    columns,
                    problem,
                    remedy,
                })
            })
            .collect();
        let headings: Vec<(Option<String>, usize)> = self
            .prepared
            .tables
            .iter()
            .filter(|table| table.source == file)
            .map(|table| (table.sheet.clone(), table.heading_row))
            .collect();
        let failed = |cause: &dyn std::fmt::Display| WorkbenchError::Output(cause.to_string());
        let bytes = self
            .files
            .read(Path::new(file))
            .map_err(|cause| failed(&cause))?;
        marked_workbook(&bytes, &self.sheets(file), &headings, &marks)
            .map_err(|cause| failed(&cause))
    }

    /// All files of the dataset with their compressed copies, as the tool writes them: the stations
    /// of the last check, with the title and publisher of these settings.
    ///
    /// # Errors
    ///
    /// [`WorkbenchError`] if there is nothing to publish.
    pub fn build(
        &mut self,
        settings: &str,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<(String, Vec<u8>)>, WorkbenchError> {
        self.configure(settings)?;
        if let Some(file) = self.need_crs().into_iter().next() {
            return Err(WorkbenchError::WithoutCrs(file));
        }
        if self.prepared.stations.is_empty() {
            return Err(WorkbenchError::NoStations);
        }
        let mut prepared = self.prepared.clone();
        let (dataset, files) = publish::build(&self.config, &mut prepared, self.now);
        let is_large = publish::is_large(&dataset);
        let contents = publish::contents(&dataset, files);
        let total = contents.len();
        let failed = |cause: std::io::Error| WorkbenchError::Output(cause.to_string());
        let effort = Effort::for_dataset(is_large);
        let [gz, br] = COPIES;
        let mut written = Vec::new();
        for (done, (name, content)) in contents.into_iter().enumerate() {
            progress(&Step::Writing, done, total);
            let bytes = match content {
                FileContent::Export(export) if is_large => {
                    let both = WithCopy::write(Vec::new(), Vec::new(), export).map_err(failed)?;
                    written.push((format!("{name}.{gz}"), both.1));
                    written.push((name, both.0));
                    continue;
                }
                FileContent::Export(export) => {
                    let mut bytes = Vec::new();
                    export(&mut bytes).map_err(failed)?;
                    bytes
                }
                FileContent::Bytes(bytes) => bytes,
            };
            written.push((format!("{name}.{gz}"), gzip(&bytes, effort)));
            written.push((format!("{name}.{br}"), brotli(&bytes, effort)));
            written.push((name, bytes));
        }
        Ok(written)
    }

    /// The files of the dataset, to be written into a folder that holds `old`.
    ///
    /// # Errors
    ///
    /// [`WorkbenchError`] if the folder holds anything that no build wrote, or there is nothing to
    /// publish.
    pub fn build_into(
        &mut self,
        settings: &str,
        old: &FilesInMemory,
        progress: &mut Progress<'_>,
    ) -> Result<Replacement, WorkbenchError> {
        let folder = Path::new("");
        let has_manifest = publish::has_manifest(folder, old).map_err(WorkbenchError::Manifest)?;
        let names = old.0.keys().map(|path| path.to_string_lossy().into_owned());
        let names = names.filter(|name| !publish::is_notices(folder, name, old));
        let (own, foreign): (BTreeSet<String>, BTreeSet<String>) =
            names.partition(|name| publish::is_written(folder, name, has_manifest, old));
        if !foreign.is_empty() {
            return Err(WorkbenchError::ForeignFiles(publish::shown_names(&foreign)));
        }
        let built = self.build(settings, progress)?;
        let is_fixed = |name: &str| {
            let original = original_of(name).unwrap_or(name);
            FIXED_NAMES.contains(&original)
        };
        let written: BTreeSet<&String> = built.iter().map(|(name, _)| name).collect();
        let old = own.iter().filter(|name| !written.contains(name));
        let old = old.cloned().collect();
        let (mut fixed, by_content): (Vec<_>, Vec<_>) =
            built.into_iter().partition(|(name, _)| is_fixed(name));
        fixed.sort_by_key(|(name, _)| name != MANIFEST_NAME);
        Ok(Replacement {
            by_content,
            fixed,
            old,
        })
    }
}

fn row_of(issue: &Issue) -> Option<RowPlace> {
    Some(RowPlace {
        file: issue.source.clone(),
        sheet: issue.sheet.clone(),
        row: issue.row?,
    })
}

fn line(issue: &Issue, language: Language) -> IssueLine {
    let severity = issue.problem.severity();
    let (problem, remedy) = problem_and_remedy(&issue.message(language));
    let remedy = remedy_on_page(&issue.problem, language).map_or(remedy, str::to_owned);
    IssueLine {
        code: issue.problem.code().to_owned(),
        severity: severity.name().to_owned(),
        severity_label: severity.label(language).to_owned(),
        place: issue.place(),
        row: issue.row,
        field: issue.problem.field().unwrap_or_default().to_owned(),
        name: issue
            .name
            .clone()
            .or(issue.station.clone())
            .unwrap_or_default(),
        problem,
        remedy,
    }
}

/// What to do on the page, where the tool's message speaks of `stations.toml`.
fn remedy_on_page(problem: &Problem, language: Language) -> Option<&'static str> {
    let (zh, en) = match problem.code() {
        "crs_missing" | "crs_contradicts" => (
            "请在这个文件的卡片上选坐标系",
            "choose the datum on the card of this file",
        ),
        "encoding_not_known" | "encoding_unclear" | "encoding_found" | "encoding_guessed" => (
            "名称有乱码的话，请在表格软件里另存为 .xlsx 或 CSV（UTF-8）",
            "if names are garbled, save the sheet as .xlsx or CSV (UTF-8)",
        ),
        "columns_unused" => (
            "有用的列，请在下面「每一列当作了什么」里选",
            "choose below, under the columns, what a useful one holds",
        ),
        _ => return None,
    };
    Some(language.say(zh, en))
}

/// A message says what is wrong, what was done and what to do, a sentence each.
fn problem_and_remedy(message: &str) -> (String, String) {
    let parts = message
        .rsplit_once('。')
        .or_else(|| message.rsplit_once("; "));
    match parts {
        Some((problem, remedy)) if !remedy.trim().is_empty() => {
            (problem.trim().to_owned(), remedy.trim().to_owned())
        }
        Some(_) | None => (message.to_owned(), String::new()),
    }
}

fn changes(published: &Dataset, dataset: &Dataset, language: Language) -> Changes {
    let changes = diff(published, dataset);
    let mut kinds: Vec<(String, usize)> = Vec::new();
    for change in &changes {
        let kind = change.kind(language);
        match kinds.iter_mut().find(|(known, _)| known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind.to_owned(), 1)),
        }
    }
    Changes {
        edition: published.manifest.edition.clone(),
        gone: changes
            .iter()
            .filter(|change| change.code() == "gone")
            .count(),
        gone_percent: gone_percent(published, &changes),
        kinds,
        total: changes.len(),
        lines: changes
            .iter()
            .take(SHOWN_CHANGES)
            .map(|change| {
                let what = match language {
                    Language::Zh => change.zh(),
                    Language::En => change.en(),
                };
                (change.kind(language).to_owned(), change.name.clone(), what)
            })
            .collect(),
    }
}
