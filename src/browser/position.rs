//! The device's position.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Geolocation, Position, PositionError, PositionOptions};

use crate::domain::fix::{Fix, NoPosition};
use crate::domain::position::{LonLat, Metres};

/// Indoors and on phones without Google services it may never answer.
const TIMEOUT_MS: u32 = 10_000;

/// A minute-old position is good enough to start with.
const MAXIMUM_AGE_MS: u32 = 60_000;

/// Asks the device, and so perhaps the person.
///
/// # Errors
///
/// [`NoPosition`]: why there is none.
pub async fn current_position() -> Result<Fix, NoPosition> {
    let geolocation = web_sys::window()
        .and_then(|window| window.navigator().geolocation().ok())
        .ok_or(NoPosition::Unsupported)?;
    let answer = JsFuture::from(ask(&geolocation)).await;
    let position: Position = answer.map_err(|error| refused(&error))?.unchecked_into();
    let coords = position.coords();
    let accuracy = Metres(coords.accuracy());
    LonLat::new(coords.longitude(), coords.latitude())
        .map(|position| Fix { position, accuracy })
        .map_err(|_| NoPosition::Unavailable)
}

fn ask(geolocation: &Geolocation) -> js_sys::Promise {
    js_sys::Promise::new(&mut |resolve, reject| {
        let options = PositionOptions::new();
        options.set_enable_high_accuracy(true);
        options.set_timeout(TIMEOUT_MS);
        options.set_maximum_age(MAXIMUM_AGE_MS);
        let asked = geolocation.get_current_position_with_error_callback_and_options(
            &resolve,
            Some(&reject),
            &options,
        );
        if let Err(error) = asked {
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    })
}

fn refused(error: &JsValue) -> NoPosition {
    // `dyn_ref` is always `None` here: browsers call the type otherwise.
    match error.unchecked_ref::<PositionError>().code() {
        PositionError::PERMISSION_DENIED => NoPosition::Refused,
        PositionError::TIMEOUT => NoPosition::TimedOut,
        _ => NoPosition::Unavailable,
    }
}
