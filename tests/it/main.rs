//! Native integration tests, in one binary.

mod hours;
mod hours_oracle;
