//! The device's position.

use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::*;
use web_sys::{Geolocation, Position, PositionError, PositionOptions};

use super::{clock, host};
use crate::domain::fix::{Fix, FixSource, NoPosition};
use crate::domain::position::{LonLat, Metres};

/// Indoors, and on phones without Google services, the device may never answer.
const TIMEOUT_MS: u32 = 10_000;

/// A minute-old position is good enough to start with.
const MAXIMUM_AGE_MS: u32 = 60_000;

/// A subscription to the device's position, which ends when it is dropped.
pub struct Watch {
    geolocation: Geolocation,
    number: i32,
    _found: Closure<dyn FnMut(Position)>,
    _failed: Closure<dyn FnMut(JsValue)>,
}

/// Asks the device for the position, which may prompt the rider, and calls `on_answer` for this
/// answer and each later one.
///
/// # Errors
///
/// [`NoPosition`] if the device cannot be asked at all; any other failure is passed to
/// `on_answer`.
pub fn watch(on_answer: impl Fn(Result<Fix, NoPosition>) + 'static) -> Result<Watch, NoPosition> {
    let geolocation = web_sys::window()
        .and_then(|window| window.navigator().geolocation().ok())
        .filter(|geolocation| !geolocation.is_undefined())
        .ok_or(NoPosition::Unsupported)?;
    let on_answer = Rc::new(on_answer);
    let answer = Rc::clone(&on_answer);
    let found = Closure::<dyn FnMut(Position)>::new(move |position: Position| {
        let coords = position.coords();
        let accuracy = Metres(coords.accuracy());
        let second = second_of(position.timestamp());
        let fix = LonLat::new(coords.longitude(), coords.latitude())
            .map(|position| Fix {
                position,
                accuracy,
                source: FixSource::Device,
                second,
            })
            .map_err(|_| NoPosition::Unavailable);
        answer(fix);
    });
    let failed = Closure::<dyn FnMut(JsValue)>::new(move |error: JsValue| {
        on_answer(Err(refused(&error)));
    });
    let options = PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(TIMEOUT_MS);
    options.set_maximum_age(MAXIMUM_AGE_MS);
    let number = geolocation
        .watch_position_with_error_callback_and_options(
            found.as_ref().unchecked_ref(),
            Some(failed.as_ref().unchecked_ref()),
            &options,
        )
        .map_err(|error| refused(&error))?;
    Ok(Watch {
        geolocation,
        number,
        _found: found,
        _failed: failed,
    })
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.geolocation.clear_watch(self.number);
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = yizhanStore, js_name = mayLocate)]
    async fn js_may_locate() -> JsValue;
}

/// Whether the device can be asked without a permission prompt; false in browsers that cannot
/// tell.
pub async fn is_allowed() -> bool {
    js_may_locate().await.is_truthy()
}

/// The time of a fix, in seconds since the Unix epoch. Some devices count from when they were
/// switched on; for such a fix the time of arrival is used.
#[expect(clippy::cast_possible_truncation, reason = "seconds since 1970 fit")]
pub(super) fn second_of(made_ms: f64) -> i64 {
    const LONGEST_MS: f64 = 3_600_000.0;
    let now_ms = clock::now_ms();
    let is_likely = (0.0..LONGEST_MS).contains(&(now_ms - made_ms));
    (if is_likely { made_ms } else { now_ms } / 1000.0) as i64
}

fn refused(error: &JsValue) -> NoPosition {
    // `dyn_ref` is always `None` here: browsers use another name for the class.
    match error.unchecked_ref::<PositionError>().code() {
        PositionError::PERMISSION_DENIED if !host::lets_locate() => NoPosition::Blocked,
        PositionError::PERMISSION_DENIED => NoPosition::Refused,
        PositionError::TIMEOUT => NoPosition::TimedOut,
        _ => NoPosition::Unavailable,
    }
}
