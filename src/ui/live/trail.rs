//! Where the page was before, and how far it was scrolled there: the way back leads to the
//! same spot.

use crate::browser;
use crate::view_model::address::Address;

/// Where somebody was on a screen.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Spot {
    /// How far it was scrolled, in CSS pixels.
    pub(super) scrolled: f64,
    /// The address of the link that held the focus; empty for none.
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

/// The fragments that this page showed, the one that it shows last.
pub(super) struct Trail {
    steps: Vec<(String, Spot)>,
    /// Where to be on the screen that is about to be shown, if it was left before.
    returning: Option<Spot>,
}

impl Trail {
    /// Goes on from these fragments.
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
        // The same may be written in several ways.
        let wanted = Address::parse(fragment);
        self.before()
            .is_some_and(|(known, _)| Address::parse(known) == wanted)
    }

    /// The address has changed without a step.
    pub(super) fn replace(&mut self, fragment: String) {
        if let Some((last, _)) = self.steps.last_mut() {
            *last = fragment;
        }
    }

    /// The page has gone on or back to a fragment, and was left there.
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

    /// Where to be now, once.
    pub(super) fn take_return(&mut self) -> Option<Spot> {
        self.returning.take()
    }
}
