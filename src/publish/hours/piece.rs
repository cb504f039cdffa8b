//! The parts of a text about hours: days, spans of time, and words that say what holds.

use super::NotUnderstood;
use super::selector::Days;
use super::token::{Doubt, Label, Period};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    /// The gap before it.
    pub(super) gap: Gap,
    /// Whether it is an alternative: 或 precedes it.
    pub(super) is_alternative: bool,
    /// Whether a colon precedes it.
    pub(super) follows_colon: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Days(Days),
    Span(Span),
    Break(Span),
    /// 中午休息, without times.
    VagueNoonBreak,
    Off,
    /// 暂停开放
    Suspended,
    Closed,
    ClosingDays,
    OffDuring(Period),
    /// The last minute at which anybody is let in.
    LastEntry(u16),
    Except,
    Without,
    Notice {
        is_caveat: bool,
    },
    OpenWord,
    AsUsual,
    Because,
    Label(Label),
    Doubt(Doubt),
}

impl Kind {
    /// The days, if the piece names any.
    pub(super) fn days(&self) -> Option<&Days> {
        if let Self::Days(days) = self {
            Some(days)
        } else {
            None
        }
    }

    /// The hours, if the piece is a span of time.
    pub(super) fn span(&self) -> Option<Span> {
        if let Self::Span(span) = *self {
            Some(span)
        } else {
            None
        }
    }
}

/// Hours as written: from, and to (past 1440 for the next day).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: u16,
    pub(super) to: u16,
}

impl Span {
    /// Whether it lies within another span of these pieces.
    pub(super) fn is_inside_any(self, pieces: &[Piece]) -> bool {
        pieces
            .iter()
            .filter_map(|piece| piece.kind.span())
            .any(|outer| outer != self && outer.from <= self.from && self.to <= outer.to)
    }
}

/// How strongly two pieces are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Gap {
    #[default]
    None,
    Space,
    /// One of two.
    Or,
    Slash,
    Comma,
    /// A bracket opens …
    Open,
    /// … and closes.
    Close,
    /// A semicolon, a full stop, a new line.
    Stop,
}

pub(super) const UNCLEAR_DAYS: NotUnderstood =
    NotUnderstood::Unclear("it is not clear which hours belong to which days");
