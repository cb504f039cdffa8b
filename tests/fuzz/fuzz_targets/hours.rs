//! Any text as opening hours: a timetable or a reason, never a panic; and a
//! timetable has an answer at any minute of a week.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yizhan::domain::civil::CivilTime;
use yizhan::publish::{Config, hours};

fuzz_target!(|text: &str| {
    let calendar = Config::default().calendar;
    if let Ok(timetable) = hours::read(text, &calendar) {
        let monday: CivilTime = "2026-11-23T00:00".parse().expect("a time");
        for hour in 0..168 {
            let _ = timetable.state_at(monday.plus_minutes(hour * 60), &calendar);
        }
        let _ = hours::to_osm(&timetable, &calendar);
    }
});
