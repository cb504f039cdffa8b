//! Finds out which hours belong to which days, in one reading of a text.
//!
//! `day_lists` joins days that stand side by side, `binder` holds the pieces that no clause has
//! taken yet, `closures` makes clauses of words such as 闭馆, `opening` of spans of time, and
//! `scopes` keeps the hours found so far with their days.

mod binder;
mod closures;
mod day_lists;
mod opening;
mod scopes;

use super::NotUnderstood;
use super::choices::Choices;
use super::piece::{Gap, Kind, Piece, Span};
use super::reader::pieces;
use super::selector::Selector;
use super::services::one_service;
use super::token::{Doubt, Period, Token};
use binder::Binder;
use day_lists::joined_days;

/// Not a contradiction: the hours are unknown, whatever other readings say.
pub(super) const A_NOTICE_DECIDES: NotUnderstood = NotUnderstood::Unclear("a notice decides");

/// What holds on some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// Open at these times, but for the breaks.
    Spans {
        open: Vec<Span>,
        breaks: Vec<Span>,
    },
    Off,
    /// 周一12:00-18:00休息
    OffAt(Span),
    /// 周五下午闭馆
    OffDuring(Period),
    /// Open or not, at unknown hours.
    Unknown,
    /// Open, as on other days.
    AsUsual,
    /// 仅周末: shut on all other days than these.
    OnlyOn(Vec<Vec<Selector>>),
}

/// Some days and what holds on them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// None: every day.
    pub(super) days: Vec<Selector>,
    pub(super) body: Body,
    /// 每周一闭馆（节假日除外）: not on public holidays.
    pub(super) but_not_on_holidays: bool,
}

/// One reading of a text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Reading {
    pub(super) clauses: Vec<Clause>,
    pub(super) has_vague_noon_break: bool,
    /// The last minute at which anybody is let in.
    pub(super) last_entry: Option<u16>,
    /// 装修中: as printed, or shut.
    pub(super) is_perhaps_shut: bool,
}

/// Reads tokens in the way that `choices` say.
///
/// # Errors
///
/// [`NotUnderstood::Unclear`] if this reading contradicts itself.
pub(super) fn reading(tokens: &[Token], choices: &mut Choices) -> Result<Reading, NotUnderstood> {
    let mut pieces = pieces(tokens, choices)?;
    let mut reading = Reading::default();
    pieces.retain(|piece| {
        let Kind::LastEntry(minute) = piece.kind else {
            return true;
        };
        reading.last_entry = Some(reading.last_entry.map_or(minute, |known| known.min(minute)));
        false
    });
    let pieces = without_doubts(pieces, &mut reading)?;
    check_reasons(&pieces)?;
    let (group, closures) = one_service(pieces, choices)?;
    let mut binder = Binder::new(joined_days(group, choices), choices);
    binder.bind_what_holds()?;
    binder.bind_hours()?;
    reading.has_vague_noon_break = binder.has_vague_noon_break;
    reading.is_perhaps_shut |= binder.is_doubtful;
    reading.clauses = binder.clauses;
    for closures in closures {
        // 二楼周一闭馆: the whole house, or that part alone.
        if choices.pick(2) == 1 {
            continue;
        }
        let mut binder = Binder::new(closures, choices);
        binder.bind_what_holds()?;
        reading.clauses.append(&mut binder.clauses);
    }
    if reading.clauses.is_empty() && !reading.is_perhaps_shut {
        return Err(NotUnderstood::NothingSaid);
    }
    Ok(reading)
}

/// Takes out the pieces that make the whole text doubtful.
fn without_doubts(
    mut pieces: Vec<Piece>,
    reading: &mut Reading,
) -> Result<Vec<Piece>, NotUnderstood> {
    let mut is_in_reason = false;
    let mut anything = false;
    pieces.retain(|piece| {
        if let Kind::Doubt(doubt) = piece.kind {
            // 因装修暂停开放: why it is shut changes nothing.
            if !is_in_reason {
                reading.is_perhaps_shut |= doubt == Doubt::PerhapsShut;
                anything |= doubt == Doubt::Anything;
            }
            return false;
        }
        let ends_reason = piece.gap >= Gap::Stop
            || matches!(
                piece.kind,
                Kind::Off | Kind::Suspended | Kind::Closed | Kind::Span(_)
            );
        is_in_reason = piece.kind == Kind::Because || is_in_reason && !ends_reason;
        true
    });
    if anything {
        return Err(NotUnderstood::Unclear(
            "the text itself says that it may not hold",
        ));
    }
    Ok(pieces)
}

/// Checks that a closure follows each 因: only then may the reason contain any words.
fn check_reasons(pieces: &[Piece]) -> Result<(), NotUnderstood> {
    for (at, piece) in pieces.iter().enumerate() {
        if piece.kind != Kind::Because {
            continue;
        }
        let what = pieces[at + 1..]
            .iter()
            .find(|piece| !matches!(piece.kind, Kind::Days(_) | Kind::Label(_) | Kind::Break(_)));
        if !matches!(
            what.map(|piece| &piece.kind),
            Some(Kind::Off | Kind::Suspended | Kind::Closed | Kind::OffDuring(_))
        ) {
            return Err(NotUnderstood::Unclear("a reason for nothing"));
        }
    }
    Ok(())
}
