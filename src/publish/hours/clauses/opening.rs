//! Makes clauses of spans of time and the days that they belong to.

use super::Body;
use super::binder::Binder;
use super::scopes::{Carried, Scope, Scopes};
use crate::publish::hours::NotUnderstood;
use crate::publish::hours::piece::{Gap, Kind, Piece, Span, UNCLEAR_DAYS};
use crate::publish::hours::selector::{Days, Selector, is_every, is_part_of_year, names_week};

impl Binder<'_> {
    /// Days and hours.
    pub(super) fn bind_hours(&mut self) -> Result<(), NotUnderstood> {
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
                    // The hours before it have already taken it.
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
                    let days_behind = rest
                        .get(at + 1)
                        .filter(|_| sides[at + 1] == Side::Left)
                        .and_then(|(behind, _)| behind.kind.days());
                    if let Some(days) = days_behind {
                        scopes.add_behind(*span, days, *gap, self.choices);
                    } else if scopes.next.is_some() {
                        scopes.add_first(*span);
                    } else {
                        scopes.add_next(*span, piece.is_alternative, self.choices);
                    }
                }
                Kind::Break(span) => scopes.breaks.push((scopes.open.len(), *span)),
                Kind::VagueNoonBreak
                | Kind::Off
                | Kind::Suspended
                | Kind::Closed
                | Kind::ClosingDays
                | Kind::OffDuring(_)
                | Kind::LastEntry(_)
                | Kind::Except
                | Kind::Without
                | Kind::Notice { .. }
                | Kind::OpenWord
                | Kind::AsUsual
                | Kind::Because
                | Kind::Label(_)
                | Kind::Doubt(_) => {}
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

    /// The pieces that no clause has taken, each with the widest gap before it.
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

    /// On which side of some days their hours stand. Behind a colon they follow; otherwise the
    /// nearer ones count; at equal distance both are readings, unless the text begins with days.
    /// If that contradicts itself, days that are not bound by a narrower gap stand on one side
    /// of their hours throughout the text.
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

    /// 工作日/周末 8:30-20:00/9:00-17:00: respectively, or either. Returns how many pieces are
    /// used.
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
            .map_while(|(index, (piece, gap))| {
                let span = piece.kind.span();
                span.filter(|_| index == 0 || *gap == Gap::Slash)
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
    /// The days have no hours.
    None,
    Left,
    Right,
}
