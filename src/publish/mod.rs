//! From a union's own sheets to a published dataset.
//!
//! `config` lists the sheets, `table` reads them, `columns` assigns their columns, `row` makes
//! stations of rows, `prepare` collects the stations and `checks` compares them, `dedupe` merges
//! the rows of one place, `build` makes the dataset of them. Every fault becomes an [`Issue`].
//! Nothing here touches a disk: files are read through [`Files`], and those to publish are bytes.

mod access;
mod amenities;
mod auxiliary_sheet;
mod barriers;
mod build;
pub mod calendar;
mod checks;
mod closure;
mod columns;
pub mod compressed;
mod config;
mod coordinate;
mod dataset_files;
mod dedupe;
mod diff;
mod export;
mod files;
mod headings;
pub mod hours;
mod hours_columns;
mod issue;
mod non_station_row;
mod ownership;
mod personal;
mod phone;
mod prepare;
mod programmes;
mod progress;
mod reference_system;
mod report;
mod row;
mod table;
mod template;
mod title;
pub mod workbook_package;

pub use barriers::BarrierSource;
pub use build::{
    CSV_NAME, Export, FIXED_NAMES, FileContent, GEOJSON_NAME, build, contents, is_large,
};
pub use columns::ColumnReading;
pub use config::{Config, ConfigError, read_calendar_file as calendar_file};
pub use dataset_files::{DatasetFileError, DatasetFiles, read_dataset};
pub use diff::{Change, Detail, What, diff, gone_percent};
pub use export::{to_csv, to_geojson};
pub use files::{Files, FilesInMemory};
pub use headings::fields;
pub use hours_columns::Doubt;
pub use issue::{FileKind, Issue, Language, Problem, Severity, hours_reason, place, summarised};
pub use ownership::{PARTIAL, has_manifest, is_name_of_ours, is_notices, is_written, shown_names};
pub use prepare::{
    Prepared, RejectedPosition, TableReading, for_files, prepare, prepare_files, require_sources,
};
pub use progress::{Progress, Step, silent};
pub use report::{counts, coverage, escaped, hours_as_read, maps, report};
pub use table::{MARKS, Sheet, sheets};
pub use template::template;
pub use title::Title;
