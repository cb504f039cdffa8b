//! From tokens to pieces: days, spans of time, and words that say what holds.
//!
//! Every token becomes a part of a piece or of the gap between two; a token that fits nowhere
//! makes this reading impossible.

mod dates;
mod days;
mod times;

use super::NotUnderstood;
use super::choices::Choices;
use super::piece::{Gap, Kind, Piece};
use super::token::Token;

use Token as T;

/// The pieces of a text, in one of its readings.
///
/// # Errors
///
/// [`NotUnderstood::Unclear`] if the tokens do not hang together in this reading.
pub(super) fn pieces(tokens: &[Token], choices: &mut Choices) -> Result<Vec<Piece>, NotUnderstood> {
    let mut reader = Reader {
        tokens,
        at: 0,
        pieces: Vec::new(),
        gap: Gap::None,
        is_alternative: false,
        follows_colon: false,
        is_only: false,
        is_late_shift: false,
        choices,
    };
    reader.read()?;
    if reader.is_only || reader.is_late_shift {
        return Err(NotUnderstood::Unclear(
            "what is meant by 仅 or a shift is not said",
        ));
    }
    Ok(reader.pieces)
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a word that waits for what comes"
)]
struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    pieces: Vec<Piece>,
    gap: Gap,
    is_alternative: bool,
    follows_colon: bool,
    /// 仅 precedes the next days.
    is_only: bool,
    /// 晚班 precedes the next hours.
    is_late_shift: bool,
    choices: &'a mut Choices,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).copied()
    }

    /// How many tokens to the first one that has content.
    fn past_blank(&self, mut ahead: usize) -> usize {
        while matches!(self.peek(ahead), Some(T::Space | T::Particle)) {
            ahead += 1;
        }
        ahead
    }

    /// The first token that has content.
    fn content(&self, ahead: usize) -> Option<Token> {
        self.peek(self.past_blank(ahead))
    }

    fn skip_blank(&mut self) {
        self.at += self.past_blank(0);
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
        self.at += 1;
    }

    fn push(&mut self, kind: Kind) {
        self.pieces.push(Piece {
            kind,
            gap: std::mem::take(&mut self.gap),
            is_alternative: std::mem::take(&mut self.is_alternative),
            follows_colon: std::mem::take(&mut self.follows_colon),
        });
    }

    /// One token is one piece.
    fn take(&mut self, kind: Kind) {
        self.at += 1;
        self.push(kind);
    }

    fn read(&mut self) -> Result<(), NotUnderstood> {
        while let Some(token) = self.peek(0) {
            match token {
                T::Space => self.widen(Gap::Space),
                T::Colon => {
                    self.follows_colon = true;
                    self.at += 1;
                }
                T::Particle | T::Harmless | T::AllYear => self.at += 1,
                T::From => {
                    self.at += 1;
                    let is_before_start = matches!(
                        self.content(0),
                        Some(
                            T::Weekdays(_)
                                | T::Year(_)
                                | T::Month(_)
                                | T::Date(_)
                                | T::Dotted(..)
                                | T::Time(_)
                                | T::Period(_)
                                | T::Lunar(_)
                                | T::Harmless
                        )
                    );
                    if !is_before_start {
                        return Err(NotUnderstood::Unclear("since when is not said"));
                    }
                }
                T::Until => return Err(NotUnderstood::Unclear("until when is not said")),
                T::Only => {
                    self.is_only = true;
                    self.at += 1;
                }
                T::LateShift => {
                    self.is_late_shift = true;
                    self.at += 1;
                }
                T::RestDays if self.names_closing_days(1) => self.take(Kind::ClosingDays),
                T::And | T::Comma => self.widen(Gap::Comma),
                T::Or => {
                    self.is_alternative = true;
                    self.widen(Gap::Or);
                }
                T::Slash => self.widen(Gap::Slash),
                T::Stop | T::Line => self.widen(Gap::Stop),
                T::Open if self.is_bracketed_period() => self.at += 3,
                T::Open => self.widen(Gap::Open),
                T::Close => self.widen(Gap::Close),
                T::Off | T::Closed | T::Suspended if self.is_break_behind_word() => {
                    self.at += 1;
                    self.skip_to_time();
                    let span = self.read_span()?;
                    self.push(Kind::Break(span));
                }
                T::Suspended => self.take(Kind::Suspended),
                T::Off => self.take(Kind::Off),
                T::Closed => self.take(Kind::Closed),
                T::ClosingDays => self.take(Kind::ClosingDays),
                T::Except => self.take(Kind::Except),
                T::Without => self.take(Kind::Without),
                T::OpenWord => self.take(Kind::OpenWord),
                T::AsUsual => self.take(Kind::AsUsual),
                T::Notice { is_caveat } => self.take(Kind::Notice { is_caveat }),
                T::Because => self.take(Kind::Because),
                T::Label(label) => self.take(Kind::Label(label)),
                T::Doubt(doubt) => self.take(Kind::Doubt(doubt)),
                T::LastEntry | T::Entry => self.read_last_entry()?,
                T::AllDay => self.read_all_day(),
                T::Lunch => self.read_lunch()?,
                T::Dotted(..) if self.is_dotted_dates() => self.read_days()?,
                T::Time(_) if self.is_months() => self.read_days()?,
                T::Time(_) | T::Period(_) | T::Dotted(..) => self.read_times()?,
                // 每晚8:00
                T::EachOf if matches!(self.content(1), Some(T::Period(_))) => self.at += 1,
                T::EachOf | T::Monthly => {
                    // "every second Tuesday" is not the second Tuesday of a month.
                    let is_nth = token == T::EachOf && matches!(self.content(1), Some(T::Nth(_)));
                    self.at += 1;
                    let is_of_days = matches!(
                        self.content(0),
                        Some(
                            T::Weekdays(_)
                                | T::Nth(_)
                                | T::Month(_)
                                | T::Named(_)
                                | T::Holidays
                                | T::Workdays
                                | T::RestDays
                                | T::Season(_)
                                | T::Vacation(_)
                                | T::DayOfMonth(_)
                                | T::Lunar(_)
                                | T::EachOf
                        )
                    );
                    // 每月初一 does not say of which calendar.
                    let is_lunar =
                        token == T::Monthly && matches!(self.content(0), Some(T::Lunar(_)));
                    if !is_of_days || is_nth || is_lunar {
                        return Err(NotUnderstood::Unclear(
                            "how often is said, and not on which days",
                        ));
                    }
                }
                T::Dash => return Err(NotUnderstood::Unclear("a dash with nothing before it")),
                T::Including => self.read_including()?,
                T::Since => return Err(NotUnderstood::Unclear("since when is not said")),
                T::Weekdays(_)
                | T::Nth(_)
                | T::Every
                | T::Rest
                | T::OrdinaryDays
                | T::Workdays
                | T::RestDays
                | T::Holidays
                | T::Vacation(_)
                | T::Named(_)
                | T::Lunar(_)
                | T::Season(_)
                | T::SomeSeason
                | T::Year(_)
                | T::Month(_)
                | T::DayOfMonth(_)
                | T::Date(_) => self.read_days()?,
            }
        }
        Ok(())
    }

    /// 休息日：周二, 休息时间：周一: the days behind it are those on which it is shut.
    fn names_closing_days(&self, mut ahead: usize) -> bool {
        while matches!(
            self.peek(ahead),
            Some(T::Space | T::Particle | T::Colon | T::EachOf)
        ) {
            ahead += 1;
        }
        matches!(
            self.peek(ahead),
            Some(T::Weekdays(_) | T::Holidays | T::Named(_) | T::Nth(_))
        )
    }
}
