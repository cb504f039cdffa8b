//! From a union's own sheets to a published dataset.
//!
//! `config` says which sheets, `table` reads them, `columns` finds out what
//! stands where, `row` makes stations of rows, `checks` looks at them together, `build`
//! writes the dataset, and everything that is wrong becomes an [`Issue`].

mod amenities;
mod barriers;
mod beside;
mod build;
pub mod calendar;
mod checks;
mod closure;
mod columns;
mod compressed;
mod config;
mod config_text;
mod coordinate;
mod dataset_folder;
mod diff;
mod export;
mod headings;
pub mod hours;
mod hours_columns;
mod issue;
mod pack;
mod personal;
mod phone;
mod programmes;
mod progress;
mod reference_system;
mod report;
mod row;
mod side_sheet;
mod table;
mod template;
mod twins;

pub use barriers::BarrierSource;
pub use beside::Title;
pub use build::{
    BuildError, Prepared, TableReading, Withheld, for_files, prepare, prepare_files, read_dataset,
    require_sources, write_dataset,
};
pub use columns::ColumnReading;
pub use config::{Config, ConfigError, read_calendar_file as calendar_file};
pub use dataset_folder::FolderError;
pub use diff::{Change, What, diff, gone_percent};
pub use export::{to_csv, to_geojson};
pub use hours_columns::Doubt;
pub use issue::{Issue, Language, Problem, Severity, hours_reason, place, summarised};
pub use pack::{PackError, Packed, pack};
pub use progress::{Progress, Step, silent};
pub use report::report;
pub use template::{TemplateError, write_template};
