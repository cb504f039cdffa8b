//! Finds out which hours belong to which days, in one reading of a text.

use super::NotUnderstood;
use super::choices::Choices;
use super::lexicon::{Doubt, Period, Token};
use super::reader::{
    Days, FOREVER, Gap, Kind, Piece, Selector, Span, UNCLEAR_DAYS, is_of_week, pieces,
};
use super::services::one_service;
use crate::domain::timetable::{MONDAY_TO_FRIDAY, WEEK_END};

/// No contradiction: nobody knows the hours, whatever other readings say.
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
    /// Open or not, nobody says when.
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
    pieces.retain(|piece| match piece.kind {
        Kind::LastEntry(minute) => {
            reading.last_entry = Some(reading.last_entry.map_or(minute, |known| known.min(minute)));
            false
        }
        _ => true,
    });
    let pieces = without_doubts(pieces, &mut reading)?;
    check_reasons(&pieces)?;
    let (group, closures) = one_service(pieces, choices)?;
    let mut binder = Binder {
        pieces: joined_days(group, choices),
        used: Vec::new(),
        clauses: Vec::new(),
        choices,
        has_vague_noon_break: false,
        is_rest_shut: false,
        is_doubtful: false,
    };
    binder.used = vec![false; binder.pieces.len()];
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
        let mut binder = Binder {
            used: vec![false; closures.len()],
            pieces: closures,
            clauses: Vec::new(),
            choices,
            has_vague_noon_break: false,
            is_rest_shut: false,
            is_doubtful: false,
        };
        binder.bind_what_holds()?;
        reading.clauses.append(&mut binder.clauses);
    }
    if reading.clauses.is_empty() && !reading.is_perhaps_shut {
        return Err(NotUnderstood::NothingSaid);
    }
    Ok(reading)
}

/// Takes out what makes the whole text doubtful.
fn without_doubts(
    mut pieces: Vec<Piece>,
    reading: &mut Reading,
) -> Result<Vec<Piece>, NotUnderstood> {
    let mut is_in_reason = false;
    let mut anything = false;
    pieces.retain(|piece| {
        match piece.kind {
            Kind::Because => is_in_reason = true,
            Kind::Doubt(doubt) => {
                // 因装修暂停开放: why it is shut changes nothing.
                if !is_in_reason {
                    reading.is_perhaps_shut |= doubt == Doubt::PerhapsShut;
                    anything |= doubt == Doubt::Anything;
                }
                return false;
            }
            _ if piece.gap >= Gap::Stop => is_in_reason = false,
            Kind::Off | Kind::Suspended | Kind::Closed | Kind::Span(_) => is_in_reason = false,
            _ => {}
        }
        true
    });
    if anything {
        return Err(NotUnderstood::Unclear(
            "the text itself says that it may not hold",
        ));
    }
    Ok(pieces)
}

/// Behind 因 something must be shut: only then may the reason be in any words.
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

/// Days that stand side by side are one list, two lists, or one narrows the other.
fn joined_days(pieces: Vec<Piece>, choices: &mut Choices) -> Vec<Piece> {
    let says_hours = pieces
        .iter()
        .any(|piece| matches!(piece.kind, Kind::Span(_)));
    let mut joined: Vec<Piece> = Vec::new();
    let mut pieces = pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let before = joined
            .len()
            .checked_sub(2)
            .map(|at| joined[at].kind.clone());
        let next = pieces.peek().map(|next| next.kind.clone());
        let next_gap = pieces.peek().map_or(Gap::Stop, |next| next.gap);
        let (Some(last), Kind::Days(more)) = (joined.last_mut(), &piece.kind) else {
            joined.push(piece);
            continue;
        };
        let is_bracketed = last.gap == Gap::Open;
        let last_follows_colon = last.follows_colon;
        let Kind::Days(days) = &mut last.kind else {
            joined.push(piece);
            continue;
        };
        let names_rest = |days: &Days| days.selectors().any(|day| *day == Selector::Rest);
        if piece.gap >= Gap::Open
            || piece.follows_colon
                && next_is_hours(next.as_ref())
                && names_week(days) == names_week(more)
        {
            joined.push(piece);
            continue;
        }
        // 周二至周日每日: every day of these. 其余时间 is a list of its own.
        if is_every(days) || is_every(more) {
            if is_every(days) {
                *days = more.clone();
            }
            continue;
        }
        if names_rest(days) || names_rest(more) {
            joined.push(piece);
            continue;
        }
        let follows_closing_word = matches!(
            before,
            Some(Kind::ClosingDays | Kind::Without | Kind::Closed)
        ) || last_follows_colon
            && matches!(before, Some(Kind::Off | Kind::Suspended));
        if names_week(days) != names_week(more) {
            // 定休日：月曜 10月1日闭馆
            if follows_closing_word {
                joined.push(piece);
                continue;
            }
            // 周一至周五，7月1日休息: the week is that of the hours, the date that of the closure.
            let is_apart = piece.gap > Gap::None && closes(next.as_ref());
            if is_apart && choices.pick(2) == 0 {
                joined.push(piece);
                continue;
            }
            // 夏季 周一至周五: both hold together; 周一，10月1日: one or the other.
            let is_both = piece.gap < Gap::Comma || choices.pick(2) == 0;
            if is_both {
                days.sets = days
                    .sets
                    .iter()
                    .flat_map(|set| more.sets.iter().map(|more| [&set[..], &more[..]].concat()))
                    .collect();
            } else {
                days.sets.extend(more.sets.iter().cloned());
            }
            days.is_only |= more.is_only;
            continue;
        }
        // 周末 周六, weekdays Mon, Wed: the second says which of the first.
        let (mask, part) = (week_mask(days), week_mask(more));
        let is_narrower = part != 0 && part & !mask == 0 && part != mask;
        if piece.gap <= Gap::Space && is_narrower && !closes(next.as_ref()) {
            if choices.pick(2) == 0 {
                *days = more.clone();
            }
            continue;
        }
        let follows_hours = matches!(before, Some(Kind::Span(_))) && !is_bracketed;
        let is_closed = closes(next.as_ref());
        let is_weekend = week_mask(days) | week_mask(more) == WEEK_END;
        let is_one = if follows_closing_word && next_is_hours(next.as_ref()) {
            // 闭馆日：周一，周二至周五9:00-17:00; but 闭馆日：周一，周二。9:00-17:00
            match piece.gap.cmp(&next_gap) {
                std::cmp::Ordering::Less => true,
                std::cmp::Ordering::Greater => false,
                std::cmp::Ordering::Equal => choices.pick(2) == 0,
            }
        } else if follows_closing_word {
            // 闭馆日：周一，周二至周日开放
            !matches!(next, Some(Kind::OpenWord | Kind::AsUsual))
                && week_mask(more).count_ones() < MOST_CLOSING_DAYS
        } else if covers_working_week(days) && follows_hours {
            // 8:00-18:00 周一至周五，周日休息
            false
        } else if follows_hours
            || covers_working_week(days)
            // 周一至周四，周五休息，8:00-17:00
            || (is_closed && says_hours && !is_bracketed && !is_weekend)
        {
            choices.pick(2) == 0
        } else {
            true
        };
        if !is_one {
            joined.push(piece);
            continue;
        }
        match (&mut days.sets[..], &more.sets[..]) {
            ([set], [more]) if set.iter().chain(more).all(is_of_week) => set.extend(more),
            _ => days.sets.extend(more.sets.iter().cloned()),
        }
        days.is_only |= more.is_only;
    }
    joined
}

/// A list of so many days is one of those on which it is open.
const MOST_CLOSING_DAYS: u32 = 5;

fn closes(next: Option<&Kind>) -> bool {
    matches!(
        next,
        Some(
            Kind::Off
                | Kind::Closed
                | Kind::Suspended
                | Kind::Except
                | Kind::Notice { .. }
                | Kind::OffDuring(_)
        )
    )
}

fn next_is_hours(next: Option<&Kind>) -> bool {
    matches!(next, Some(Kind::Span(_)))
}

/// Whether days are named by their place in the week, or as holidays.
fn names_week(days: &Days) -> bool {
    days.selectors().any(is_of_week)
}

/// The weekdays that are named, if nothing else is.
fn week_mask(days: &Days) -> u8 {
    days.selectors().fold(0, |mask, day| match day {
        Selector::Weekdays(more) => mask | more,
        _ => 0,
    })
}

fn is_every(days: &Days) -> bool {
    days.selectors().all(|day| *day == Selector::Every)
}

struct Binder<'a> {
    pieces: Vec<Piece>,
    /// Pieces that are a part of a clause.
    used: Vec<bool>,
    clauses: Vec<Clause>,
    choices: &'a mut Choices,
    has_vague_noon_break: bool,
    /// 其余时间关闭
    is_rest_shut: bool,
    /// Another notice decides on all of it.
    is_doubtful: bool,
}

impl Binder<'_> {
    fn kind(&self, at: usize) -> Option<&Kind> {
        self.pieces.get(at).map(|piece| &piece.kind)
    }

    /// The days at `at`, if no clause has them.
    fn free_days(&self, at: usize) -> Option<Days> {
        match self.kind(at)? {
            Kind::Days(days) if !self.used[at] => Some(days.clone()),
            _ => None,
        }
    }

    fn gap(&self, at: usize) -> Gap {
        self.pieces.get(at).map_or(Gap::Stop, |piece| piece.gap)
    }

    fn says_hours(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece.kind, Kind::Span(_)))
    }

    /// What holds on each of the sets of days; no set: on every day.
    fn add(&mut self, sets: Vec<Vec<Selector>>, body: &Body) {
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

    /// Whether a holiday is called by its name anywhere.
    fn names_holidays(&self) -> bool {
        self.pieces.iter().any(|piece| match &piece.kind {
            Kind::Days(days) => days
                .selectors()
                .any(|day| matches!(day, Selector::Named(_) | Selector::Lunar(..))),
            _ => false,
        })
    }

    /// Shut on some days. What is shut until further notice may be shut from the day named on.
    fn close(&mut self, days: &Days, is_suspended: bool) {
        for set in &days.sets {
            // 其余时间关闭: that goes without saying, where hours have days.
            let mut set = set.clone();
            if set.contains(&Selector::Rest) {
                set.retain(|day| *day != Selector::Rest);
                // 其他节假日休息 closes holidays, perhaps not those that have hours of their own.
                if set.is_empty() || self.names_holidays() && self.choices.pick(2) == 1 {
                    self.is_rest_shut |= set.is_empty();
                    continue;
                }
            }
            if is_suspended
                && let [day] = &mut set[..]
                && matches!(day, Selector::Dates(from, to) if from == to)
                    | matches!(day, Selector::Yearly(from, to) if from == to)
                && self.choices.pick(2) == 0
            {
                *day = match *day {
                    Selector::Dates(from, _) => Selector::Dates(from, FOREVER),
                    _ => Selector::Every,
                };
            }
            self.add(vec![set], &Body::Off);
        }
    }

    /// Days and words that say what holds on them: shut, as usual, by notice.
    fn bind_what_holds(&mut self) -> Result<(), NotUnderstood> {
        for at in 0..self.pieces.len() {
            if self.used[at] {
                continue;
            }
            match self.pieces[at].kind.clone() {
                Kind::Days(_) | Kind::Span(_) | Kind::Break(_) | Kind::OpenWord => continue,
                Kind::Label(_) | Kind::Doubt(_) | Kind::Because | Kind::LastEntry(_) => {}
                Kind::VagueNoonBreak => self.has_vague_noon_break = true,
                Kind::Off => self.bind_off(at, false)?,
                Kind::Suspended => self.bind_off(at, true)?,
                Kind::Closed => self.bind_closed(at)?,
                Kind::ClosingDays | Kind::Without => {
                    let mut next = at + 1;
                    while self.kind(next) == Some(&Kind::OpenWord) {
                        next += 1;
                    }
                    let days = self.free_days(next).ok_or(UNCLEAR_DAYS)?;
                    self.used[next] = true;
                    // 除节假日外; 休馆日：周一休息
                    if matches!(self.kind(next + 1), Some(Kind::Except | Kind::Off)) {
                        self.used[next + 1] = true;
                    }
                    self.close(&days, false);
                }
                Kind::Except => self.bind_except(at)?,
                Kind::OffDuring(period) => self.bind_off_during(at, period),
                // 8:30-17:00 周一至周五，以现场为准: the days have their hours.
                // Behind 另行通知 they are doubtful.
                Kind::Notice { is_caveat } if self.is_of_hours(at) => {
                    self.is_doubtful |= !is_caveat;
                }
                Kind::Notice { is_caveat } => match self.take_before(at) {
                    Some(days) => self.add(days.sets, &Body::Unknown),
                    None if is_caveat => {}
                    None => return Err(A_NOTICE_DECIDES),
                },
                Kind::AsUsual => {
                    if self.bind_as_usual(at) {
                        continue;
                    }
                }
            }
            self.used[at] = true;
        }
        Ok(())
    }

    /// The place of the piece before `at` that says something.
    fn before(&self, at: usize) -> Option<usize> {
        (0..at)
            .rev()
            .find(|at| *self.kind(*at).expect("in range") != Kind::OpenWord)
    }

    /// The days right before `at`.
    fn take_before(&mut self, at: usize) -> Option<Days> {
        let before = self.before(at)?;
        if self.gap_between(before, at) > Gap::Close {
            return None;
        }
        let days = self.free_days(before)?;
        self.used[before] = true;
        Some(days)
    }

    /// Whether days that stand right behind hours belong to those, and not to the notice at
    /// `at`: surely behind a comma, perhaps behind a blank.
    fn is_of_hours(&mut self, at: usize) -> bool {
        let Some(before) = self.before(at) else {
            return false;
        };
        let gap = self.gap_between(before, at);
        let follows_hours = before > 0 && matches!(self.kind(before - 1), Some(Kind::Span(_)));
        follows_hours
            && self.free_days(before).is_some()
            && (gap >= Gap::Comma || gap == Gap::Space && self.choices.pick(2) == 0)
    }

    fn gap_between(&self, first: usize, second: usize) -> Gap {
        (first + 1..=second)
            .map(|at| self.gap(at))
            .max()
            .unwrap_or_default()
    }

    /// Whether a closing word with days on both sides closes those behind it: 周二至周日，休息：周一.
    /// The nearer ones are its own; where both are as near that is a choice, unless the text begins
    /// with days.
    fn closes_what_follows(&mut self, at: usize) -> bool {
        let Some(before) = self.before(at) else {
            return false;
        };
        if self.free_days(before).is_none() || self.free_days(at + 1).is_none() {
            return false;
        }
        if self.pieces[at + 1].follows_colon {
            return true;
        }
        match self.gap_between(before, at).cmp(&self.gap(at + 1)) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Equal => before != 0 && self.choices.pick(2) == 1,
        }
    }

    fn bind_off(&mut self, at: usize, is_suspended: bool) -> Result<(), NotUnderstood> {
        // 周一至周五 9:00-17:00 休息：周六、周日
        let is_heading = self
            .pieces
            .get(at + 1)
            .is_some_and(|next| next.follows_colon)
            && !matches!(self.kind(at + 2), Some(Kind::Span(_)));
        if (is_heading || self.closes_what_follows(at))
            && let Some(days) = self.free_days(at + 1)
        {
            self.used[at + 1] = true;
            self.close(&days, is_suspended);
            return Ok(());
        }
        if let Some(days) = self.take_before(at) {
            self.close(&days, is_suspended);
            return Ok(());
        }
        let before = self.before(at);
        // 周一12:00-18:00休息
        if let Some(before) = before
            && let Some(Kind::Span(span)) = self.kind(before).cloned()
            && self.gap_between(before, at) <= Gap::Space
            && let Some(of) = self.before(before)
            && self.free_days(of).is_some()
        {
            // 8:30-17:00 周一至周五，12:00-13:00休息: the days have hours of their own.
            let follows_hours = of > 0 && matches!(self.kind(of - 1), Some(Kind::Span(_)));
            if follows_hours && self.choices.pick(2) == 0 {
                self.pieces[before].kind = Kind::Break(span);
                return Ok(());
            }
            if let Some(days) = self.take_before(before) {
                self.used[before] = true;
                self.add(days.sets, &Body::OffAt(span));
                return Ok(());
            }
        }
        // 8:00-20:00，暂停服务
        if is_suspended {
            self.add(Vec::new(), &Body::Off);
            return Ok(());
        }
        // 闭馆：周一
        let is_apart = before.is_none_or(|before| self.used[before] || self.gap(at) >= Gap::Comma);
        if is_apart
            && self.gap(at + 1) <= Gap::Space
            && let Some(days) = self.free_days(at + 1)
            && !matches!(self.kind(at + 2), Some(Kind::Span(_)))
        {
            self.used[at + 1] = true;
            self.close(&days, false);
            return Ok(());
        }
        // 休息, and nothing else
        let is_all = !self.says_hours()
            && (0..self.pieces.len()).all(|at| self.free_days(at).is_none())
            && self.clauses.iter().all(|clause| clause.days.is_empty());
        if is_all {
            self.add(Vec::new(), &Body::Off);
            return Ok(());
        }
        Err(UNCLEAR_DAYS)
    }

    /// "Sunday: closed", "closed Sunday"
    fn bind_closed(&mut self, at: usize) -> Result<(), NotUnderstood> {
        let before = self
            .before(at)
            .filter(|before| self.free_days(*before).is_some());
        let next = Some(at + 1).filter(|next| self.free_days(*next).is_some());
        let chosen = match (before, next) {
            (Some(before), Some(next)) => {
                if self.closes_what_follows(at) {
                    next
                } else {
                    before
                }
            }
            (Some(before), None) => before,
            (None, Some(next)) => next,
            (None, None) => return self.bind_off(at, false),
        };
        let days = self.free_days(chosen).ok_or(UNCLEAR_DAYS)?;
        self.used[chosen] = true;
        self.close(&days, false);
        Ok(())
    }

    /// 周五下午闭馆; of 周日、周五下午闭馆 the Sunday may be shut all day.
    fn bind_off_during(&mut self, at: usize, period: Period) {
        let Some(mut days) = self.take_before(at) else {
            // 周六8:00-12:00，下午休息: on the days named last, or on all.
            let named = self.pieces[..at]
                .iter()
                .rev()
                .find_map(|piece| match &piece.kind {
                    Kind::Days(days) => Some(days.sets.clone()),
                    _ => None,
                });
            let sets = named
                .filter(|_| self.choices.pick(2) == 0)
                .unwrap_or_default();
            self.add(sets, &Body::OffDuring(period));
            return;
        };
        let last = match &mut days.sets[..] {
            [set] if set.len() > 1 && set.iter().all(is_of_week) => {
                set.pop().map(|last| vec![last])
            }
            [_, .., _] => days.sets.pop(),
            _ => None,
        };
        if let Some(last) = last {
            self.add(vec![last], &Body::OffDuring(period));
            let body = if self.choices.pick(2) == 0 {
                Body::Off
            } else {
                Body::OffDuring(period)
            };
            self.add(days.sets, &body);
        } else {
            self.add(days.sets, &Body::OffDuring(period));
        }
    }

    /// 节假日除外; and behind a closure, 周一闭馆（节假日除外）, an exception to that.
    fn bind_except(&mut self, at: usize) -> Result<(), NotUnderstood> {
        let before = self.before(at).ok_or(UNCLEAR_DAYS)?;
        if self.kind(before) == Some(&Kind::VagueNoonBreak) {
            return Ok(());
        }
        let follows_closure = before > 0
            && matches!(self.kind(before - 1), Some(Kind::Off | Kind::Closed))
            && self.used[before - 1]
            && self.gap(before) <= Gap::Open;
        // 周日休息，节假日除外: then open, or shut too.
        let is_exception =
            follows_closure && (self.gap(before) == Gap::Open || self.choices.pick(2) == 0);
        let days = self.take_before(at).ok_or(UNCLEAR_DAYS)?;
        if !is_exception {
            self.close(&days, false);
            return Ok(());
        }
        if days.sets == [[Selector::Holidays]] {
            if let Some(last) = self.clauses.last_mut() {
                last.but_not_on_holidays = true;
            }
        } else {
            // Open on these days in spite of it, but when?
            self.add(days.sets, &Body::Unknown);
        }
        Ok(())
    }

    /// 节假日照常开放，9:00-21:00; but 周一至周五正常开放，8:30-17:00. Whether the days before
    /// it wait for their hours.
    fn bind_as_usual(&mut self, at: usize) -> bool {
        let Some(before) = self.before(at) else {
            return false;
        };
        let Some(days) = self.free_days(before) else {
            return false;
        };
        if self.gap_between(before, at) > Gap::Comma {
            return false;
        }
        let is_exceptional = days.selectors().all(|day| {
            matches!(
                day,
                Selector::Holidays
                    | Selector::Named(_)
                    | Selector::Lunar(..)
                    | Selector::Vacation(_)
            )
        });
        let has_hours_next = self.pieces[at + 1..]
            .iter()
            .find(|piece| !matches!(piece.kind, Kind::Break(_)))
            .is_some_and(|piece| matches!(piece.kind, Kind::Span(_)));
        let waits = days.is_only
            || covers_working_week(&days)
            || has_hours_next && !is_exceptional && self.choices.pick(2) == 0;
        if waits {
            self.pieces[at].kind = Kind::OpenWord;
        } else {
            self.used[before] = true;
            self.add(days.sets, &Body::AsUsual);
        }
        waits
    }

    /// Days and hours.
    fn bind_hours(&mut self) -> Result<(), NotUnderstood> {
        let rest = self.unbound();
        let sides = self.sides_of_days(&rest)?;
        let mut scopes = Scopes::default();
        let mut carried = Carried::default();
        // The place in `rest` of days that have no hours of their own.
        let mut leftover = Vec::new();
        let mut at = 0;
        while at < rest.len() {
            let (piece, gap) = &rest[at];
            match &piece.kind {
                Kind::Days(days) => match sides[at] {
                    // The hours before it take it.
                    Side::Left => {}
                    Side::None => leftover.push(at),
                    Side::Right => {
                        // 冬季9:00-16:00，周二至周日9:00-17:00: of the winter, or of all the year.
                        let is_apart =
                            *gap >= Gap::Stop || *gap >= Gap::Comma && carried.week.is_empty();
                        if is_apart && carried.is_any() && self.choices.pick(2) == 0 {
                            carried = Carried::default();
                        }
                        if days.is_only && self.choices.pick(2) == 0 {
                            self.add(Vec::new(), &Body::OnlyOn(days.sets.clone()));
                        }
                        if let Some(taken) = self.respectively(&rest, at, days, &mut scopes) {
                            at += taken;
                            continue;
                        }
                        scopes.next = Some(carried.over(days.sets.clone()));
                    }
                },
                Kind::Span(span) => {
                    let days_behind = rest.get(at + 1).filter(|_| sides[at + 1] == Side::Left);
                    match days_behind {
                        Some((
                            Piece {
                                kind: Kind::Days(days),
                                ..
                            },
                            _,
                        )) => {
                            scopes.add_behind(*span, days, *gap, self.choices);
                        }
                        _ if scopes.next.is_some() => scopes.add_first(*span),
                        _ => scopes.add_next(*span, piece.is_alternative, self.choices),
                    }
                }
                Kind::Break(span) => scopes.breaks.push((scopes.open.len(), *span)),
                _ => {}
            }
            at += 1;
        }
        for at in leftover {
            let Kind::Days(days) = rest[at].0.kind.clone() else {
                continue;
            };
            let says_open = rest
                .get(at + 1)
                .is_some_and(|(piece, _)| piece.kind == Kind::OpenWord);
            self.bind_leftover(days, says_open, &mut scopes)?;
        }
        let breaks = scopes.breaks_of_all(self.choices);
        for (index, scope) in scopes.open.into_iter().enumerate() {
            let breaks = breaks
                .iter()
                .filter(|(of, _)| of.is_none_or(|of| of == index))
                .map(|(_, span)| *span)
                .collect();
            self.add(
                scope.days,
                &Body::Spans {
                    open: scope.spans,
                    breaks,
                },
            );
        }
        self.shut_the_rest();
        Ok(())
    }

    /// 8:00-20:00，周三不休，其余时间休息: the hours are those of the days that are named.
    fn shut_the_rest(&mut self) {
        let named = self
            .clauses
            .iter()
            .filter(|clause| clause.body == Body::AsUsual && !clause.days.is_empty());
        let named: Vec<_> = named.map(|clause| clause.days.clone()).collect();
        if self.is_rest_shut && !named.is_empty() {
            self.add(Vec::new(), &Body::OnlyOn(named));
        }
    }

    /// Days without hours of their own: 工作日开放, 仅周末开放.
    fn bind_leftover(
        &mut self,
        days: Days,
        says_open: bool,
        scopes: &mut Scopes,
    ) -> Result<(), NotUnderstood> {
        if is_every(&days) {
            if scopes.open.is_empty() {
                self.add(Vec::new(), &Body::AsUsual);
            }
            return Ok(());
        }
        if days.is_only {
            self.add(Vec::new(), &Body::OnlyOn(days.sets.clone()));
            if scopes.open.is_empty() {
                self.add(days.sets, &Body::AsUsual);
            }
            return Ok(());
        }
        if scopes.open.is_empty() {
            self.add(days.sets, &Body::AsUsual);
            return Ok(());
        }
        if !says_open {
            return Err(UNCLEAR_DAYS);
        }
        // 9:00-17:00，周一至周五开放: on these days only, or on these days too.
        let names_no_week = |scope: &Scope| {
            let says_nothing = |day: &Selector| {
                matches!(day, Selector::Every | Selector::Rest | Selector::Dates(..))
                    || is_part_of_year(day)
            };
            scope.days.iter().flatten().all(says_nothing)
        };
        if scopes.open.iter().any(names_no_week) && self.choices.pick(2) == 0 {
            for scope in scopes.open.iter_mut().filter(|scope| names_no_week(scope)) {
                let own = std::mem::take(&mut scope.days);
                let own = if own.is_empty() {
                    vec![Vec::new()]
                } else {
                    own
                };
                let both = |one: &Vec<Selector>| {
                    let sets = days.sets.iter().map(|more| [&one[..], &more[..]].concat());
                    sets.collect::<Vec<_>>()
                };
                scope.days = own.iter().flat_map(both).collect();
            }
        } else {
            self.add(days.sets, &Body::AsUsual);
        }
        Ok(())
    }

    /// What no clause has yet, with what stands between.
    fn unbound(&self) -> Vec<(Piece, Gap)> {
        let mut rest = Vec::new();
        let mut gap = Gap::None;
        for (piece, used) in self.pieces.iter().zip(&self.used) {
            gap = gap.max(piece.gap);
            if !used {
                rest.push((piece.clone(), std::mem::take(&mut gap)));
            }
        }
        rest
    }

    /// On which side of some days their hours stand. Behind a colon they follow; else nearer
    /// is more likely; where both are as near, both are readings, unless the text begins with
    /// days. If that contradicts itself, days that no blank binds stand on one side of their
    /// hours all through the text.
    fn sides_of_days(&mut self, rest: &[(Piece, Gap)]) -> Result<Vec<Side>, NotUnderstood> {
        let mut sides = vec![Side::None; rest.len()];
        let mut prefix = sides.clone();
        let mut postfix = sides.clone();
        let begins_with_days = rest
            .iter()
            .find(|(piece, _)| matches!(piece.kind, Kind::Days(_) | Kind::Span(_)))
            .is_some_and(|(piece, _)| matches!(piece.kind, Kind::Days(_)));
        for at in 0..rest.len() {
            if !matches!(rest[at].0.kind, Kind::Days(_)) {
                continue;
            }
            let left = at > 0 && is_span(rest, at - 1);
            let words = rest[at + 1..]
                .iter()
                .take_while(|(piece, _)| matches!(piece.kind, Kind::OpenWord | Kind::Break(_)));
            let behind = at + 1 + words.count();
            let right = is_span(rest, behind);
            let gap_left = rest[at].1;
            let gap_right = rest[at + 1..]
                .iter()
                .take(behind - at)
                .map(|(_, gap)| *gap)
                .max()
                .unwrap_or_default();
            let has_colon = rest
                .get(at + 1)
                .is_some_and(|(piece, _)| piece.follows_colon);
            let certain = match (left, right) {
                (true, false) => Some(Side::Left),
                (false, true) => Some(Side::Right),
                (false, false) => Some(Side::None),
                (true, true) if has_colon => Some(Side::Right),
                (true, true) => None,
            };
            let nearer = match gap_left.cmp(&gap_right) {
                std::cmp::Ordering::Less => Some(Side::Left),
                std::cmp::Ordering::Greater => Some(Side::Right),
                std::cmp::Ordering::Equal if begins_with_days => Some(Side::Right),
                std::cmp::Ordering::Equal => None,
            };
            let is_bound = gap_left.min(gap_right) <= Gap::Space && gap_left != gap_right;
            sides[at] = certain.or(nearer).unwrap_or_else(|| {
                if self.choices.pick(2) == 0 {
                    Side::Right
                } else {
                    Side::Left
                }
            });
            let certain = certain.or(nearer.filter(|_| is_bound));
            prefix[at] = certain.unwrap_or(Side::Right);
            postfix[at] = certain.unwrap_or(Side::Left);
        }
        if is_consistent(rest, &sides) {
            return Ok(sides);
        }
        let mut one_way: Vec<Vec<Side>> = vec![prefix, postfix];
        one_way.retain(|sides| is_consistent(rest, sides));
        match one_way.len() {
            0 => Err(UNCLEAR_DAYS),
            count => Ok(one_way.swap_remove(self.choices.pick(count))),
        }
    }

    /// 工作日/周末 8:30-20:00/9:00-17:00: respectively, or either. How many pieces that takes.
    fn respectively(
        &mut self,
        rest: &[(Piece, Gap)],
        at: usize,
        days: &Days,
        scopes: &mut Scopes,
    ) -> Option<usize> {
        let spans: Vec<Span> = rest[at + 1..]
            .iter()
            .enumerate()
            .map_while(|(index, (piece, gap))| match piece.kind {
                Kind::Span(span) if index == 0 || *gap == Gap::Slash => Some(span),
                _ => None,
            })
            .collect();
        if !days.is_slashed || spans.len() != days.sets.len() {
            return None;
        }
        match self.choices.pick(spans.len() + 1) {
            0 => {
                for (set, span) in days.sets.iter().zip(&spans) {
                    scopes.add(vec![set.clone()], *span, false);
                }
            }
            one => scopes.add(days.sets.clone(), spans[one - 1], false),
        }
        Some(1 + spans.len())
    }
}

/// A week or a season that a text says once for several lists of hours.
#[derive(Default)]
struct Carried {
    season: Option<Selector>,
    week: Vec<Selector>,
}

impl Carried {
    fn is_any(&self) -> bool {
        self.season.is_some()
    }

    /// 夏季：周一至周五8:00-18:00，周六9:00-12:00; 周一至周五：夏季8:00-18:00，冬季8:30-17:00
    fn over(&mut self, sets: Vec<Vec<Selector>>) -> Vec<Vec<Selector>> {
        sets.into_iter().map(|set| self.over_set(set)).collect()
    }

    fn over_set(&mut self, mut set: Vec<Selector>) -> Vec<Selector> {
        let season = set.iter().copied().find(is_part_of_year);
        let week: Vec<Selector> = set.iter().copied().filter(is_of_week).collect();
        match (season, week.is_empty()) {
            (Some(season), false) => {
                self.season = Some(season);
                self.week = week;
            }
            (Some(season), true) => {
                self.season = Some(season);
                set.extend(&self.week);
            }
            (None, false) if !set.iter().any(is_overriding) => set.extend(self.season),
            (None, _) => {}
        }
        set
    }
}

fn is_span(rest: &[(Piece, Gap)], at: usize) -> bool {
    rest.get(at)
        .is_some_and(|(piece, _)| matches!(piece.kind, Kind::Span(_)))
}

/// Hours with days on both sides belong to both only if one narrows the other.
fn is_consistent(rest: &[(Piece, Gap)], sides: &[Side]) -> bool {
    (1..rest.len()).all(|at| {
        let has_both = is_span(rest, at)
            && sides[at - 1] == Side::Right
            && sides.get(at + 1) == Some(&Side::Left);
        let (
            Kind::Days(before),
            Some((
                Piece {
                    kind: Kind::Days(behind),
                    ..
                },
                _,
            )),
        ) = (&rest[at - 1].0.kind, rest.get(at + 1))
        else {
            return true;
        };
        !has_both
            || names_week(before) != names_week(behind)
            || is_every(before)
            || is_every(behind)
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// Nowhere.
    None,
    Left,
    Right,
}

/// Days with the hours that they have.
struct Scope {
    /// None: every day.
    days: Vec<Vec<Selector>>,
    spans: Vec<Span>,
    /// Whether the days stand behind the hours.
    is_postfix: bool,
}

/// The hours so far.
#[derive(Default)]
struct Scopes {
    open: Vec<Scope>,
    /// Days that wait for their hours.
    next: Option<Vec<Vec<Selector>>>,
    /// Breaks, each with how many scopes stood before it.
    breaks: Vec<(usize, Span)>,
}

impl Scopes {
    /// Hours right behind their days.
    fn add_first(&mut self, span: Span) {
        let days = self.next.take().unwrap_or_default();
        self.add(days, span, false);
    }

    fn add(&mut self, days: Vec<Vec<Selector>>, span: Span, is_postfix: bool) {
        let is_every = days.iter().flatten().all(|day| *day == Selector::Every);
        self.open.push(Scope {
            days: if is_every { Vec::new() } else { days },
            spans: vec![span],
            is_postfix,
        });
    }

    /// Hours behind other hours: more of the same days, if they come later in the day; else
    /// of other days, or instead of the others.
    fn add_next(&mut self, span: Span, is_alternative: bool, choices: &mut Choices) {
        let Some(last) = self.open.last_mut() else {
            return self.add(Vec::new(), span, false);
        };
        let overlaps = |known: &Span| span.from < known.to && known.from < span.to;
        let comes_later = last.spans.iter().all(|known| span.from >= known.to);
        if is_alternative {
            // 8:30-17:00或9:00-20:30
            if choices.pick(2) == 1 {
                last.spans.pop();
                last.spans.push(span);
            }
        } else if last.is_postfix {
            // 8:30-11:30（周一至周五）13:30-17:00: of the same days, or of all.
            if comes_later && choices.pick(2) == 0 {
                last.spans.push(span);
            } else {
                self.add(Vec::new(), span, false);
            }
        } else if last.spans.contains(&span) {
            // Said twice.
        } else if comes_later || !last.spans.iter().any(overlaps) {
            last.spans.push(span);
        } else if last.days.is_empty() {
            // 24小时、8:00-20:00: one of the two.
            if choices.pick(2) == 1 {
                last.spans.retain(|known| !overlaps(known));
                last.spans.push(span);
            }
        } else if choices.pick(2) == 0 {
            // 周六9:00-12:00，8:30-17:00: of all other days, or of the same.
            self.add(Vec::new(), span, false);
        } else {
            last.spans.push(span);
        }
    }

    /// Hours with their days behind them: 13:30-17:00（周一至周五）. The days may be those of
    /// the hours before, too.
    fn add_behind(&mut self, span: Span, days: &Days, gap: Gap, choices: &mut Choices) {
        if let Some(before) = self.next.take() {
            let both = before
                .iter()
                .flat_map(|set| days.sets.iter().map(|more| [&set[..], &more[..]].concat()))
                .collect();
            return self.add(both, span, true);
        }
        let may_continue = gap <= Gap::Comma
            && self.open.last().is_some_and(|last| {
                last.days.is_empty() && last.spans.iter().all(|known| span.from >= known.to)
            });
        match self.open.last_mut() {
            Some(last) if may_continue && choices.pick(2) == 0 => {
                last.days.clone_from(&days.sets);
                last.spans.push(span);
                last.is_postfix = true;
            }
            _ => self.add(days.sets.clone(), span, true),
        }
    }

    /// Each break with the scope that it belongs to, or none for all of them: a break
    /// behind some hours is theirs, or everybody's.
    fn breaks_of_all(&self, choices: &mut Choices) -> Vec<(Option<usize>, Span)> {
        let is_certain = self.open.len() < 2;
        self.breaks
            .iter()
            .map(|(before, span)| {
                let own = before.checked_sub(1).filter(|_| !is_certain);
                let of = own.filter(|_| choices.pick(2) == 0);
                (of, *span)
            })
            .collect()
    }
}

/// Days that are a part of the year.
pub(super) fn is_part_of_year(selector: &Selector) -> bool {
    matches!(
        selector,
        Selector::Season(_) | Selector::SomeSeason | Selector::Yearly(..)
    )
}

/// Days that hold whatever the season.
fn is_overriding(selector: &Selector) -> bool {
    matches!(
        selector,
        Selector::Holidays
            | Selector::Vacation(_)
            | Selector::Named(_)
            | Selector::Lunar(..)
            | Selector::Dates(..)
            | Selector::Rest
            | Selector::OrdinaryDays
    )
}

fn covers_working_week(days: &Days) -> bool {
    days.selectors().any(|day| match day {
        Selector::Weekdays(mask) => mask & MONDAY_TO_FRIDAY == MONDAY_TO_FRIDAY,
        Selector::Workdays | Selector::Every => true,
        _ => false,
    })
}
