//! The fragments shown before, with scroll position and focus, which a step back restores.

use crate::browser;
use crate::view_model::address::Address;

/// Scroll position and focus on a screen.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Spot {
    /// The distance scrolled from the top, in CSS pixels.
    pub(super) scrolled: f64,
    /// The `href` of the focused link; empty for none.
    pub(super) focused: String,
}

impl Spot {
    pub(super) fn here() -> Self {
        Self {
            scrolled: browser::page::scrolled(),
            focused: browser::page::focused_link(),
        }
    }
}

/// The fragments that were shown, the current one last.
pub(super) struct Trail {
    steps: Vec<(String, Spot)>,
    /// The spot to restore on the screen that is about to be shown, if it was left before.
    returning: Option<Spot>,
}

impl Trail {
    /// Starts from these fragments.
    pub(super) fn of(steps: Vec<String>) -> Self {
        let mut trail = Self {
            steps: Vec::new(),
            returning: None,
        };
        for fragment in steps {
            trail.go(fragment, Spot::default());
        }
        trail.returning = None;
        trail
    }

    fn before(&self) -> Option<&(String, Spot)> {
        self.steps.len().checked_sub(2).map(|at| &self.steps[at])
    }

    /// Whether a step back leads to this fragment.
    pub(super) fn is_one_back(&self, fragment: &str) -> bool {
        // The same address may be written in several ways.
        let wanted = Address::parse(fragment);
        self.before()
            .is_some_and(|(known, _)| Address::parse(known) == wanted)
    }

    /// Records a change of the address without a history entry.
    pub(super) fn replace(&mut self, fragment: String) {
        if let Some((last, _)) = self.steps.last_mut() {
            *last = fragment;
        }
    }

    /// Records a step forward or back to a fragment; `left` is the spot on the screen before it.
    pub(super) fn go(&mut self, fragment: String, left: Spot) {
        if self.is_one_back(&fragment) {
            self.steps.pop();
            self.returning = self.steps.last().map(|(_, spot)| spot.clone());
            return;
        }
        if let Some((_, spot)) = self.steps.last_mut() {
            *spot = left;
        }
        self.returning = None;
        self.steps.push((fragment, Spot::default()));
    }

    /// Takes the spot to restore, if there is one.
    pub(super) fn take_return(&mut self) -> Option<Spot> {
        self.returning.take()
    }
}
