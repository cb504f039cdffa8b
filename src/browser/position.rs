//! The device's position.

use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Geolocation, Position, PositionError, PositionOptions};

use super::host;
use crate::domain::fix::{Fix, FixSource, NoPosition};
use crate::domain::position::{LonLat, Metres};

/// Indoors and on phones without Google services it may never answer.
const TIMEOUT_MS: u32 = 10_000;

/// A minute-old position is good enough to start with.
const MAXIMUM_AGE_MS: u32 = 60_000;

/// Answers of the device as the person moves. It stops when it is dropped.
pub struct Watch {
    geolocation: Geolocation,
    number: i32,
    _found: Closure<dyn FnMut(Position)>,
    _failed: Closure<dyn FnMut(JsValue)>,
}

/// Asks the device, and so perhaps the person, and goes on listening.
///
/// # Errors
///
/// [`NoPosition`], where the device cannot be asked at all; every other refusal
/// comes as an answer.
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
        let fix = LonLat::new(coords.longitude(), coords.latitude())
            .map(|position| Fix {
                position,
                accuracy,
                source: FixSource::Device,
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

fn refused(error: &JsValue) -> NoPosition {
    // `dyn_ref` is always `None` here: browsers call the type otherwise.
    match error.unchecked_ref::<PositionError>().code() {
        PositionError::PERMISSION_DENIED if !host::lets_locate() => NoPosition::Blocked,
        PositionError::PERMISSION_DENIED => NoPosition::Refused,
        PositionError::TIMEOUT => NoPosition::TimedOut,
        _ => NoPosition::Unavailable,
    }
}
