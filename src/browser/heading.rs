//! The compass heading of the device, where it has a compass and permits reading it.

use wasm_bindgen::{JsCast as _, JsValue};

use super::listener::Listener;

/// A smaller turn, in degrees, is not worth a redraw.
const STEP_DEG: f64 = 4.0;

/// The listeners that keep the page's `--heading` up to date.
pub struct Heading {
    _listeners: [Listener; 2],
}

/// Follows the compass: `--heading` of the root element is the heading in
/// degrees from north.
#[must_use]
pub fn follow() -> Heading {
    ask_leave();
    let listen = |name| {
        let mut last: Option<f64> = None;
        Listener::new(name, move |event| {
            let Some(heading_deg) = heading_of(&event) else {
                return;
            };
            let turned = last.is_none_or(|last| {
                let by = (heading_deg - last).rem_euclid(360.0);
                by.min(360.0 - by) >= STEP_DEG
            });
            if turned {
                last = Some(heading_deg);
                #[expect(clippy::cast_possible_truncation, reason = "0 to 360")]
                let whole = heading_deg.round() as i32;
                super::page::set_property("--heading", &whole.to_string());
            }
        })
    };
    Heading {
        _listeners: [
            listen("deviceorientationabsolute"),
            listen("deviceorientation"),
        ],
    }
}

fn number(event: &web_sys::Event, name: &str) -> Option<f64> {
    js_sys::Reflect::get(event, &name.into()).ok()?.as_f64()
}

/// iOS reports the heading itself; elsewhere it follows from `alpha`, if that is absolute.
fn heading_of(event: &web_sys::Event) -> Option<f64> {
    if let Some(compass) = number(event, "webkitCompassHeading") {
        return Some(compass);
    }
    let is_absolute =
        js_sys::Reflect::get(event, &"absolute".into()).is_ok_and(|absolute| absolute.is_truthy());
    let alpha = number(event, "alpha").filter(|_| is_absolute)?;
    Some((360.0 - alpha).rem_euclid(360.0))
}

/// Requests the permission that iOS requires; iOS accepts the request only in a tap.
fn ask_leave() {
    let ask = || -> Result<(), JsValue> {
        let window: JsValue = web_sys::window().into();
        let class = js_sys::Reflect::get(&window, &"DeviceOrientationEvent".into())?;
        let ask = js_sys::Reflect::get(&class, &"requestPermission".into())?;
        if let Some(ask) = ask.dyn_ref::<js_sys::Function>() {
            ask.call0(&class)?;
        }
        Ok(())
    };
    // Without permission the picture stays north up.
    let _ = ask();
}
