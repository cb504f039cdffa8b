//! Joins days that stand side by side.

use crate::domain::timetable::WEEK_END;
use crate::publish::hours::choices::Choices;
use crate::publish::hours::piece::{Gap, Kind, Piece};
use crate::publish::hours::selector::{
    Days, Selector, covers_working_week, is_every, is_of_week, names_week, week_mask,
};

/// Joins days that stand side by side: they are one list, two lists, or one narrows the other.
pub(super) fn joined_days(pieces: Vec<Piece>, choices: &mut Choices) -> Vec<Piece> {
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

/// A list of this many days names the days on which it is open.
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
