//! Separates the hours of the station from the hours of other services.

use super::NotUnderstood;
use super::choices::Choices;
use super::piece::{Gap, Kind, Piece};
use super::token::Label;

/// The pieces that are about the station, in one reading, and the closures of other services.
///
/// Hours of two services or two floors are two readings. Hours of deliveries do not count;
/// closures and breaks count for the station wherever they are written.
pub(super) fn one_service(
    pieces: Vec<Piece>,
    choices: &mut Choices,
) -> Result<(Vec<Piece>, Vec<Vec<Piece>>), NotUnderstood> {
    let pieces = without_other_hours(pieces, choices)?;
    let (unlabelled, groups) = by_label(pieces);
    if groups.is_empty() {
        return Ok((unlabelled, Vec::new()));
    }
    let services: Vec<usize> = (0..groups.len())
        .filter(|at| says_when(&groups[*at].1))
        .collect();
    let has_own_hours = says_when(&unlabelled);
    let count = services.len() + usize::from(has_own_hours);
    let answer = if count > 1 { choices.pick(count) } else { 0 };
    // None: the hours without a heading.
    let chosen_service = services.get(answer).copied();
    let (mut chosen, mut others) = (Vec::new(), Vec::new());
    if has_own_hours && chosen_service.is_some() {
        others.push(unlabelled);
    } else {
        // 周一至周五开放时间8:00-18:00: the days precede the heading.
        chosen = unlabelled;
    }
    for (index, (label, group)) in groups.into_iter().enumerate() {
        // 开放时间 may follow the hours; 二楼周一闭馆 is about the second floor.
        let is_heading = !services.contains(&index) && !matches!(label, Label::Part(_));
        if chosen_service == Some(index) || is_heading {
            chosen.extend(group);
        } else {
            others.push(group);
        }
    }
    Ok((
        chosen,
        others
            .iter()
            .map(|group| closures_of(group))
            .filter(|group| !group.is_empty())
            .collect(),
    ))
}

fn says_when(group: &[Piece]) -> bool {
    group
        .iter()
        .any(|piece| matches!(piece.kind, Kind::Span(_)))
}

/// Takes out the hours of deliveries, meals and the like: the first list of hours behind the
/// word. Whether the next days and hours belong to them too is a choice.
fn without_other_hours(
    pieces: Vec<Piece>,
    choices: &mut Choices,
) -> Result<Vec<Piece>, NotUnderstood> {
    let mut door: Vec<Piece> = Vec::new();
    let mut other: Option<Label> = None;
    let mut saw_other = false;
    let mut has_hours = false;
    let mut gap = Gap::None;
    let mut pieces = pieces.into_iter().peekable();
    while let Some(mut piece) = pieces.next() {
        if let Kind::Label(label @ (Label::Other | Label::Cleaning)) = piece.kind
            && is_about_what_stands_before(&door, &piece, pieces.peek(), choices)
        {
            saw_other = true;
            take_back(&mut door, label, choices);
            gap = gap.max(piece.gap);
            continue;
        }
        let is_door = match &piece.kind {
            Kind::Label(label @ (Label::Other | Label::Cleaning)) => {
                other = Some(*label);
                (saw_other, has_hours) = (true, false);
                false
            }
            Kind::Label(Label::Door(_) | Label::Part(_)) => {
                other = None;
                true
            }
            Kind::Span(span) => match other {
                None => true,
                Some(label) => {
                    has_hours = true;
                    // Perhaps nobody is let in during cleaning.
                    let may_be_shut = label == Label::Cleaning && choices.pick(2) == 0;
                    if may_be_shut {
                        piece.kind = Kind::Break(*span);
                    }
                    may_be_shut
                }
            },
            Kind::Days(_) if other.is_some() => {
                let is_of_door = has_hours && choices.pick(2) == 0;
                if is_of_door {
                    other = None;
                }
                has_hours = false;
                is_of_door
            }
            Kind::Days(_)
            | Kind::Break(_)
            | Kind::VagueNoonBreak
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
            | Kind::Doubt(_) => true,
        };
        gap = gap.max(piece.gap);
        if is_door {
            piece.gap = std::mem::take(&mut gap);
            door.push(piece);
        }
    }
    let says_anything = door.iter().any(|piece| {
        matches!(
            piece.kind,
            Kind::Span(_) | Kind::Days(_) | Kind::Suspended | Kind::Off | Kind::Closed
        )
    });
    if saw_other && !says_anything {
        return Err(NotUnderstood::Unclear(
            "these are the hours of something else",
        ));
    }
    Ok(door)
}

/// Whether the word is about the hours or days before it and not about those behind it:
/// 11:00-13:00午餐, 周三消毒. The nearer ones are meant; at equal distance it is a choice.
fn is_about_what_stands_before(
    door: &[Piece],
    label: &Piece,
    next: Option<&Piece>,
    choices: &mut Choices,
) -> bool {
    let is_when = |piece: &Piece| matches!(piece.kind, Kind::Span(_) | Kind::Days(_));
    if !door.last().is_some_and(is_when) || label.gap > Gap::Space {
        return false;
    }
    match next {
        Some(next) if next.follows_colon => false,
        Some(next) if is_when(next) => match label.gap.cmp(&next.gap) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Greater => false,
            std::cmp::Ordering::Equal => choices.pick(2) == 1,
        },
        _ => true,
    }
}

/// Takes the hours and days of another service out of those of the station. Perhaps nobody is
/// let in during cleaning.
fn take_back(door: &mut Vec<Piece>, label: Label, choices: &mut Choices) {
    let may_be_shut = label == Label::Cleaning && choices.pick(2) == 0;
    let Some(last) = door.pop() else {
        return;
    };
    let has_days = matches!(last.kind, Kind::Days(_))
        || last.gap <= Gap::Comma
            && door
                .last()
                .is_some_and(|piece| matches!(piece.kind, Kind::Days(_)));
    let span = last.kind.span();
    if !may_be_shut {
        // The days are those of the other service, or have hours elsewhere.
        if span.is_some() && has_days && choices.pick(2) == 0 {
            door.pop();
        }
    } else if let (Some(span), false) = (span, has_days) {
        door.push(Piece {
            kind: Kind::Break(span),
            ..last
        });
    } else {
        let off = Piece {
            kind: Kind::Off,
            gap: Gap::None,
            ..last.clone()
        };
        door.push(last);
        door.push(off);
    }
}

/// The pieces before the first heading, and those behind each heading; a repeated heading
/// continues its group.
fn by_label(pieces: Vec<Piece>) -> (Vec<Piece>, Vec<(Label, Vec<Piece>)>) {
    let mut unlabelled = Vec::new();
    let mut groups: Vec<(Label, Vec<Piece>)> = Vec::new();
    let mut current: Option<usize> = None;
    for piece in pieces {
        if piece.kind == Kind::Because {
            continue;
        }
        if let Kind::Label(label) = piece.kind {
            let known = groups.iter().position(|(known, _)| *known == label);
            let at = known.unwrap_or(groups.len());
            if known.is_none() {
                groups.push((label, Vec::new()));
            }
            current = Some(at);
            let (_, group) = &mut groups[at];
            if !group.is_empty() {
                group.push(Piece {
                    kind: Kind::OpenWord,
                    ..piece
                });
            }
        } else if let Some(at) = current {
            groups[at].1.push(piece);
        } else {
            unlabelled.push(piece);
        }
    }
    (unlabelled, groups)
}

/// The closures among some pieces, with their days.
fn closures_of(group: &[Piece]) -> Vec<Piece> {
    let closes_days_before = |kind: &Kind| {
        matches!(
            kind,
            Kind::Off | Kind::Closed | Kind::Suspended | Kind::Except | Kind::OffDuring(_)
        )
    };
    let closes_days_behind = |kind: &Kind| matches!(kind, Kind::Without | Kind::ClosingDays);
    let is_closed = |at: usize| {
        matches!(group[at].kind, Kind::Days(_))
            && (group
                .get(at + 1)
                .is_some_and(|next| closes_days_before(&next.kind))
                || at > 0 && closes_days_behind(&group[at - 1].kind))
    };
    let is_selected = |at: usize| {
        is_closed(at)
            || group[at].kind == Kind::Suspended
            || closes_days_behind(&group[at].kind)
            || closes_days_before(&group[at].kind) && at > 0 && is_closed(at - 1)
    };
    (0..group.len())
        .filter(|at| is_selected(*at))
        .map(|at| group[at].clone())
        .collect()
}
