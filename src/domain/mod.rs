//! Positions and datums, opening hours, travel and ranking. Pure functions: no
//! clock, no files, no browser, no wire format.

pub mod backoff;
pub mod barrier;
pub mod blocks;
pub mod calendar;
pub mod civil;
pub mod datum;
pub mod decimal;
pub mod fix;
pub mod forecast;
pub mod nearest;
pub mod opening;
pub mod ordering;
pub mod position;
pub mod programme;
pub mod ranking;
pub mod report;
pub mod route;
pub mod station;
pub mod timetable;
pub mod travel;
