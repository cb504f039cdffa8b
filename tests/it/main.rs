//! Native integration tests, in one binary.

mod barriers;
mod dataset_folder;
mod datum;
mod demo;
mod editions;
mod hours;
mod hours_oracle;
mod hours_properties;
mod house;
mod pack;
mod running;
mod screen;
mod sheet_traps;
mod sheets;
mod tool;
