//! Native integration tests, in one binary.

mod datum;
mod demo;
mod hours;
mod hours_oracle;
mod house;
mod pack;
mod screen;
mod sheets;
mod tool;
