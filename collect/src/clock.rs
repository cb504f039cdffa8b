//! The time, which is asked for in one place.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use yizhan::domain::civil::CivilTime;

/// Tells the time in UTC, in milliseconds since 1970.
pub type Clock = Arc<dyn Fn() -> f64 + Send + Sync>;

/// The clock of this machine.
#[must_use]
pub fn system() -> Clock {
    Arc::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.unwrap_or_default().as_secs_f64() * 1000.0
    })
}

/// The time in a zone that is so many minutes east of UTC.
#[must_use]
pub fn civil(clock: &Clock, utc_offset_minutes: i32) -> CivilTime {
    CivilTime::from_unix_ms(clock(), utc_offset_minutes)
}
