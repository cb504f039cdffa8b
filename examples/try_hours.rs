//! scratch
use std::io::BufRead;
fn main() {
    let cal = yizhan::publish::calendar::read_calendar(&std::fs::read_to_string("data/calendar.json").unwrap()).unwrap();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        match yizhan::publish::hours::read(&line, &cal) {
            Ok(t) => println!("{line}\n      => {}", yizhan::publish::hours::to_osm(&t, &cal)),
            Err(e) => println!("{line}\n      !! {e}"),
        }
    }
}
