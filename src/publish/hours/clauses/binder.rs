//! The pieces of one reading, and which of them a clause has taken.

use super::{Body, Clause};
use crate::publish::hours::choices::Choices;
use crate::publish::hours::piece::{Gap, Kind, Piece};
use crate::publish::hours::selector::{Days, Selector};

pub(super) struct Binder<'a> {
    pub(super) pieces: Vec<Piece>,
    /// Pieces that are a part of a clause.
    pub(super) used: Vec<bool>,
    pub(super) clauses: Vec<Clause>,
    pub(super) choices: &'a mut Choices,
    pub(super) has_vague_noon_break: bool,
    /// 其余时间关闭
    pub(super) is_rest_shut: bool,
    /// Another notice decides on all of it.
    pub(super) is_doubtful: bool,
}

impl<'a> Binder<'a> {
    pub(super) fn new(pieces: Vec<Piece>, choices: &'a mut Choices) -> Self {
        Self {
            used: vec![false; pieces.len()],
            pieces,
            clauses: Vec::new(),
            choices,
            has_vague_noon_break: false,
            is_rest_shut: false,
            is_doubtful: false,
        }
    }

    pub(super) fn kind(&self, at: usize) -> Option<&Kind> {
        self.pieces.get(at).map(|piece| &piece.kind)
    }

    /// The days at `at`, if no clause has them.
    pub(super) fn free_days(&self, at: usize) -> Option<Days> {
        let days = self.kind(at)?.days()?;
        (!self.used[at]).then(|| days.clone())
    }

    /// The days right before `at`.
    pub(super) fn take_before(&mut self, at: usize) -> Option<Days> {
        let before = self.before(at)?;
        if self.gap_between(before, at) > Gap::Close {
            return None;
        }
        let days = self.free_days(before)?;
        self.used[before] = true;
        Some(days)
    }

    /// The index of the last piece before `at` that is not a mere word for open.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        (0..at)
            .rev()
            .find(|at| *self.kind(*at).expect("in range") != Kind::OpenWord)
    }

    pub(super) fn gap(&self, at: usize) -> Gap {
        self.pieces.get(at).map_or(Gap::Stop, |piece| piece.gap)
    }

    pub(super) fn gap_between(&self, first: usize, second: usize) -> Gap {
        (first + 1..=second)
            .map(|at| self.gap(at))
            .max()
            .unwrap_or_default()
    }

    pub(super) fn says_hours(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece.kind, Kind::Span(_)))
    }

    /// Whether any piece names a holiday.
    pub(super) fn names_holidays(&self) -> bool {
        let days = self.pieces.iter().filter_map(|piece| piece.kind.days());
        days.flat_map(Days::selectors)
            .any(|day| matches!(day, Selector::Named(_) | Selector::Lunar(..)))
    }

    /// Adds a clause for each set of days; no set means every day.
    pub(super) fn add(&mut self, sets: Vec<Vec<Selector>>, body: &Body) {
        let sets = if sets.is_empty() {
            vec![Vec::new()]
        } else {
            sets
        };
        self.clauses.extend(sets.into_iter().map(|days| Clause {
            days,
            body: body.clone(),
            but_not_on_holidays: false,
        }));
    }
}
