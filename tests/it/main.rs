//! Native integration tests, in one binary.

mod barriers;
mod components;
mod dataset_folder;
mod datum;
mod demo;
mod editions;
mod emergency;
mod first_answers;
mod first_paint;
mod fixture;
mod hours;
mod hours_oracle;
mod hours_properties;
mod house;
mod nearby;
mod pack;
mod places;
mod running;
mod screen;
mod sheet_traps;
mod sheets;
mod station_page;
mod sync;
mod tool;
mod tool_outputs;
