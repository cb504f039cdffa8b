//! Routes to stations: estimated minutes around bends of barriers, and over
//! barriers by the best crossing in use on arrival.

use super::barrier::{Barrier, Crossing};
use super::calendar::Calendar;
use super::civil::CivilTime;
use super::opening::Opening;
use super::position::{LonLat, Metres};
use super::travel::Travel;

/// An estimated route to a destination.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Route<'a> {
    /// Great-circle metres, regardless of barriers.
    pub straight: Metres,
    /// Estimated minutes, not rounded; for [`RouteKind::OtherSide`] those of
    /// the straight line.
    pub minutes: f64,
    /// How it passes the barriers in between.
    pub route_kind: RouteKind<'a>,
}

/// How a route passes the barriers in between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RouteKind<'a> {
    /// No barrier lies in between.
    Free,
    /// Around a bend of this barrier.
    Around(&'a Barrier),
    /// Over this crossing, the last one if there are several.
    By(&'a Crossing),
    /// Not at all: no crossing of this barrier is known to be usable.
    OtherSide(&'a Barrier, NoCrossing<'a>),
}

/// Why a barrier cannot be crossed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NoCrossing<'a> {
    /// No crossing is known for this mode of travel.
    NoneKnown,
    /// The hours of the nearest crossing are not known.
    HoursUnknown(&'a Crossing),
    /// The nearest crossing is not in use then; when it next is, if known.
    NotInUse(&'a Crossing, Option<CivilTime>),
}

/// Everything about the traveller that routes depend on.
#[derive(Clone, Copy, Debug)]
pub struct Traveller<'a> {
    /// Where the person is.
    pub origin: LonLat,
    /// When the person sets out, in the dataset's zone.
    pub now: CivilTime,
    /// How the person travels.
    pub travel: Travel,
    /// The holidays that are known.
    pub calendar: &'a Calendar,
}

/// A landing beyond a crossing, with the minutes until the traveller is there.
struct Reached<'a> {
    place: LonLat,
    minutes: f64,
    by: &'a Crossing,
}

/// All routes of one traveller.
pub struct Routes<'a> {
    traveller: Traveller<'a>,
    barriers: Vec<&'a Barrier>,
    reached: Vec<Reached<'a>>,
}

impl<'a> Routes<'a> {
    /// Finds the landings beyond crossings that the traveller can reach, and the
    /// earliest arrival at each (Dijkstra). A crossing is used only if it is in
    /// use when the traveller gets there.
    #[must_use]
    pub fn new(traveller: Traveller<'a>, barriers: &'a [Barrier]) -> Self {
        let mode = traveller.travel.mode;
        let barriers: Vec<&Barrier> = barriers
            .iter()
            .filter(|barrier| barrier.modes.contain(mode))
            .collect();
        let mut routes = Self {
            traveller,
            barriers,
            reached: Vec::new(),
        };
        let mut rides: Vec<(&'a Crossing, LonLat, LonLat)> = Vec::new();
        for crossing in routes
            .barriers
            .iter()
            .flat_map(|barrier| &barrier.crossings)
        {
            if let ([Some(one), Some(other)], true) =
                (crossing.landings, crossing.modes.contain(mode))
            {
                rides.push((crossing, one, other));
                rides.push((crossing, other, one));
            }
        }
        // The earliest arrival at each landing; each is settled once.
        let mut minutes: Vec<Option<f64>> = rides
            .iter()
            .map(|(crossing, from, _)| {
                routes.ride(crossing, routes.direct(traveller.origin, *from))
            })
            .collect();
        loop {
            let open = minutes.iter().enumerate();
            let next = open
                .filter_map(|(ride, minutes)| Some((ride, (*minutes)?)))
                .min_by(|(_, one), (_, other)| one.total_cmp(other));
            let Some((ride, at)) = next else { break };
            let (crossing, _, landing) = rides.swap_remove(ride);
            minutes.swap_remove(ride);
            for ((onward, from, _), known) in rides.iter().zip(&mut minutes) {
                let leg = routes.direct(landing, *from).map(|leg| at + leg);
                let then = routes.ride(onward, leg);
                if let Some(then) = then.filter(|then| known.is_none_or(|known| *then < known)) {
                    *known = Some(then);
                }
            }
            routes.reached.push(Reached {
                place: landing,
                minutes: at,
                by: crossing,
            });
        }
        routes
    }

    /// Minutes from one place to another if no barrier divides them.
    fn direct(&self, from: LonLat, to: LonLat) -> Option<f64> {
        let mut metres = from.distance_to(to).0;
        for barrier in &self.barriers {
            let meeting = barrier.meet(from, to);
            if meeting.divides {
                return None;
            }
            metres += meeting.around;
        }
        Some(self.traveller.travel.minutes(Metres(metres)))
    }

    /// Minutes until the traveller has crossed, if at the landing after
    /// `at_landing`; none unless the crossing is known to be in use both then
    /// and at boarding.
    fn ride(&self, crossing: &Crossing, at_landing: Option<f64>) -> Option<f64> {
        let at_landing = at_landing?;
        let aboard = at_landing + f64::from(crossing.wait_minutes);
        let is_in_use = |minutes| self.state(crossing, minutes).is_open();
        (is_in_use(at_landing) && is_in_use(aboard))
            .then(|| aboard + f64::from(crossing.ride_minutes))
    }

    fn state(&self, crossing: &Crossing, minutes: f64) -> Opening {
        #[expect(clippy::cast_possible_truncation, reason = "minutes of a ride")]
        let time = self.traveller.now.plus_minutes(minutes.floor() as i64);
        crossing.hours.state_at(time, self.traveller.calendar)
    }

    /// The route to `destination`.
    #[must_use]
    pub fn to(&self, destination: LonLat) -> Route<'a> {
        let origin = self.traveller.origin;
        let straight = origin.distance_to(destination);
        let minutes = self.traveller.travel.minutes(straight);
        let (mut around, mut route_kind, mut divided) = (0.0, RouteKind::Free, None);
        for barrier in &self.barriers {
            let meeting = barrier.meet(origin, destination);
            if meeting.divides {
                divided = Some(*barrier);
            } else if meeting.around > around {
                route_kind = RouteKind::Around(barrier);
            }
            around += meeting.around;
        }
        let Some(barrier) = divided else {
            return Route {
                straight,
                minutes: self.traveller.travel.minutes(Metres(straight.0 + around)),
                route_kind,
            };
        };
        let mut best: Option<(f64, &'a Crossing)> = None;
        for landing in &self.reached {
            // The straight line is a lower bound of the rest.
            let rest = landing.place.distance_to(destination);
            let least = landing.minutes + self.traveller.travel.minutes(rest);
            if best.is_some_and(|(minutes, _)| minutes <= least) {
                continue;
            }
            if let Some(leg) = self.direct(landing.place, destination) {
                let minutes = landing.minutes + leg;
                if best.is_none_or(|(known, _)| minutes < known) {
                    best = Some((minutes, landing.by));
                }
            }
        }
        match best {
            Some((minutes, crossing)) => Route {
                straight,
                minutes,
                route_kind: RouteKind::By(crossing),
            },
            None => Route {
                straight,
                minutes,
                route_kind: RouteKind::OtherSide(barrier, self.why_not(barrier, destination)),
            },
        }
    }

    /// Why a barrier cannot be crossed: the state of the crossing with the
    /// least detour.
    fn why_not(&self, barrier: &'a Barrier, destination: LonLat) -> NoCrossing<'a> {
        let detour = |crossing: &Crossing| {
            let [one, other] = crossing.landings;
            let metres = |from: LonLat, to: LonLat| from.distance_to(to).0;
            let by = |one, other| metres(self.traveller.origin, one) + metres(other, destination);
            Some(by(one?, other?).min(by(other?, one?)))
        };
        let usable = barrier
            .crossings
            .iter()
            .filter(|crossing| crossing.modes.contain(self.traveller.travel.mode))
            .filter_map(|crossing| Some((detour(crossing)?, crossing)));
        let nearest = usable.min_by(|(one, _), (other, _)| one.total_cmp(other));
        match nearest {
            None => NoCrossing::NoneKnown,
            Some((_, crossing)) => match self.state(crossing, 0.0) {
                Opening::Unknown(_) => NoCrossing::HoursUnknown(crossing),
                Opening::Closed { opens, .. } => NoCrossing::NotInUse(crossing, opens),
                // In use now, but no longer on arrival.
                Opening::Open { .. } | Opening::ClosingSoon { .. } => {
                    NoCrossing::NotInUse(crossing, None)
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::barrier::metres_from;
    use crate::domain::opening::Hours;
    use crate::domain::timetable::{Days, Rule, Span, Timetable};
    use crate::domain::travel::{Mode, Modes, TravelFigures};

    fn at(east: f64, north: f64) -> LonLat {
        let middle = LonLat::new(121.49, 31.24).expect("on Earth");
        metres_from(middle, east, north).expect("on Earth")
    }

    /// A river that runs north, some metres east of the middle.
    fn river(east: f64, crossings: Vec<Crossing>) -> Barrier {
        Barrier {
            name: "江".to_owned(),
            modes: Modes::ALL,
            lines: vec![vec![at(east, -20_000.0), at(east, 20_000.0)]],
            areas: Vec::new(),
            crossings,
        }
    }

    fn daily(spans: Vec<Span>) -> Hours {
        Hours {
            timetable: Some(Timetable {
                rules: vec![Rule::new(Days::EVERY, spans)],
            }),
            ..Hours::default()
        }
    }

    /// A ferry at some metres north, from 6:00 to 22:00, every 10 minutes.
    fn ferry(east: f64, north: f64) -> Crossing {
        Crossing {
            name: format!("渡口 {north}"),
            landings: [Some(at(east - 250.0, north)), Some(at(east + 250.0, north))],
            modes: Modes::of([Mode::Ebike, Mode::Bicycle]),
            hours: daily(vec![Span::open(6 * 60, 22 * 60)]),
            wait_minutes: 10,
            ride_minutes: 5,
            ..Crossing::default()
        }
    }

    fn route_to(barriers: &[Barrier], mode: Mode, time: &str, to: (f64, f64)) -> String {
        let traveller = Traveller {
            origin: at(-500.0, 0.0),
            now: time.parse().expect("a time"),
            travel: TravelFigures::default().by(mode),
            calendar: &Calendar::default(),
        };
        let route = Routes::new(traveller, barriers).to(at(to.0, to.1));
        let route_kind = match route.route_kind {
            RouteKind::Free => "free".to_owned(),
            RouteKind::Around(_) => "around".to_owned(),
            RouteKind::By(crossing) => format!("by {}", crossing.name),
            RouteKind::OtherSide(_, NoCrossing::NoneKnown) => "no crossing".to_owned(),
            RouteKind::OtherSide(_, NoCrossing::HoursUnknown(_)) => "hours unknown".to_owned(),
            RouteKind::OtherSide(_, NoCrossing::NotInUse(_, opens)) => {
                opens.map_or("not in time".to_owned(), |opens| format!("opens {opens}"))
            }
        };
        format!("{:.1} {route_kind}", route.minutes)
    }

    #[test]
    fn on_the_same_side_the_minutes_are_those_of_the_straight_line() {
        let barriers = [river(0.0, vec![])];
        assert_eq!(
            route_to(&barriers, Mode::Ebike, "2026-07-15T12:00", (-500.0, 1880.0)),
            "10.0 free"
        );
    }

    #[test]
    fn the_minutes_over_a_river_include_the_route_to_the_ferry_the_wait_and_the_ride() {
        let barriers = [river(0.0, vec![ferry(0.0, 0.0), ferry(0.0, 3000.0)])];
        // 250 m to the ferry, 250 m from it: 1.33 minutes each.
        assert_eq!(
            route_to(&barriers, Mode::Ebike, "2026-07-15T12:00", (500.0, 0.0)),
            "17.7 by 渡口 0"
        );
        // Farther north the other ferry is the better one.
        assert_eq!(
            route_to(&barriers, Mode::Ebike, "2026-07-15T12:00", (250.0, 3000.0)),
            "31.0 by 渡口 3000"
        );
    }

    #[test]
    fn a_ferry_that_is_closed_on_arrival_or_before_boarding_is_not_used() {
        let barriers = [river(0.0, vec![ferry(0.0, 0.0)])];
        let to = (500.0, 0.0);
        assert_eq!(
            route_to(&barriers, Mode::Ebike, "2026-07-15T21:48", to),
            "17.7 by 渡口 0"
        );
        // There at 21:53, and the boat after that leaves at 22:03.
        assert_eq!(
            route_to(&barriers, Mode::Ebike, "2026-07-15T21:52", to),
            "5.3 not in time"
        );
        assert_eq!(
            route_to(&barriers, Mode::Ebike, "2026-07-15T23:30", to),
            "5.3 opens 2026-07-16T06:00"
        );
    }

    #[test]
    fn a_ferry_of_unknown_hours_is_not_used() {
        let unknown = Crossing {
            hours: Hours::default(),
            ..ferry(0.0, 0.0)
        };
        let barriers = [river(0.0, vec![unknown])];
        assert_eq!(
            route_to(&barriers, Mode::Ebike, "2026-07-15T12:00", (500.0, 0.0)),
            "5.3 hours unknown"
        );
    }

    #[test]
    fn a_mode_that_the_ferry_does_not_carry_stays_on_this_side() {
        let barriers = [river(0.0, vec![ferry(0.0, 0.0)])];
        assert_eq!(
            route_to(&barriers, Mode::Foot, "2026-07-15T12:00", (500.0, 0.0)),
            "17.7 no crossing"
        );
        let on_wheels = Barrier {
            modes: Modes::of([Mode::Ebike]),
            ..river(0.0, vec![])
        };
        assert_eq!(
            route_to(&[on_wheels], Mode::Foot, "2026-07-15T12:00", (500.0, 0.0)),
            "17.7 free"
        );
    }

    #[test]
    fn two_rivers_take_two_ferries() {
        let barriers = [
            river(0.0, vec![ferry(0.0, 0.0)]),
            river(2000.0, vec![ferry(2000.0, 0.0)]),
        ];
        // 250 m, ferry, 1,500 m, ferry, 250 m.
        assert_eq!(
            route_to(&barriers, Mode::Ebike, "2026-07-15T12:00", (2500.0, 0.0)),
            "40.6 by 渡口 0"
        );
        let second_closed = [river(0.0, vec![ferry(0.0, 0.0)]), river(2000.0, vec![])];
        assert_eq!(
            route_to(
                &second_closed,
                Mode::Ebike,
                "2026-07-15T12:00",
                (2500.0, 0.0)
            ),
            "16.0 no crossing"
        );
    }

    /// The least minutes over any sequence of different crossings, by trying
    /// all of them; for ferries that always run.
    fn by_trying(
        barriers: &[Barrier],
        travel: Travel,
        from: LonLat,
        to: LonLat,
        used: &[&Crossing],
    ) -> Option<f64> {
        let direct = |from: LonLat, to: LonLat| {
            let meetings: Vec<_> = barriers.iter().map(|b| b.meet(from, to)).collect();
            let metres: f64 = meetings.iter().map(|meeting| meeting.around).sum();
            let is_free = meetings.iter().all(|meeting| !meeting.divides);
            is_free.then(|| travel.minutes(Metres(from.distance_to(to).0 + metres)))
        };
        let straight = direct(from, to);
        if used.is_empty() && straight.is_some() {
            return straight;
        }
        let mut best = straight;
        for crossing in barriers.iter().flat_map(|barrier| &barrier.crossings) {
            if used.contains(&crossing) || used.len() == 3 {
                continue;
            }
            let [Some(one), Some(other)] = crossing.landings else {
                continue;
            };
            for (near, far) in [(one, other), (other, one)] {
                let mut with = used.to_vec();
                with.push(crossing);
                let total = direct(from, near)
                    .zip(by_trying(barriers, travel, far, to, &with))
                    .map(|(leg, rest)| {
                        leg + f64::from(crossing.wait_minutes + crossing.ride_minutes) + rest
                    });
                best = match (best, total) {
                    (Some(best), Some(total)) => Some(f64::min(best, total)),
                    (best, total) => best.or(total),
                };
            }
        }
        best
    }

    proptest::proptest! {
        #[test]
        fn no_sequence_of_crossings_is_quicker(
            rivers in proptest::collection::vec((-3000.0..3000.0_f64, proptest::collection::vec(-4000.0..4000.0_f64, 0..3)), 1..3),
            wiggle in proptest::collection::vec(-800.0..800.0_f64, 6),
            to in (-5000.0..5000.0_f64, -4000.0..4000.0_f64),
        ) {
            let barriers: Vec<Barrier> = rivers
                .iter()
                .map(|(east, ferries)| {
                    let mut corners = vec![at(*east, -40_000.0)];
                    for (number, shift) in (0_i32..).zip(&wiggle) {
                        corners.push(at(east + shift, f64::from(number - 3) * 1300.0));
                    }
                    corners.push(at(*east, 40_000.0));
                    let crossings = ferries
                        .iter()
                        .map(|north| Crossing {
                            hours: daily(vec![Span::open(0, 1440)]),
                            landings: [Some(at(east - 900.0, *north)), Some(at(east + 900.0, *north))],
                            ..ferry(*east, *north)
                        })
                        .collect();
                    Barrier {
                        lines: vec![corners],
                        ..river(*east, crossings)
                    }
                })
                .collect();
            let travel = TravelFigures::default().by(Mode::Ebike);
            let calendar = Calendar::default();
            let traveller = Traveller {
                origin: at(-500.0, 0.0),
                now: "2026-07-15T12:00".parse().expect("a time"),
                travel,
                calendar: &calendar,
            };
            let route = Routes::new(traveller, &barriers).to(at(to.0, to.1));
            let expected = by_trying(&barriers, travel, traveller.origin, at(to.0, to.1), &[]);
            match (route.route_kind, expected) {
                (RouteKind::OtherSide(..), None) => {}
                (RouteKind::OtherSide(..), Some(minutes)) => {
                    proptest::prop_assert!(false, "a route of {minutes} minutes was not found");
                }
                (RouteKind::Free | RouteKind::Around(_) | RouteKind::By(_), expected) => {
                    let expected = expected.unwrap_or(f64::INFINITY);
                    proptest::prop_assert!((route.minutes - expected).abs() < 1e-6, "{} {expected}", route.minutes);
                }
            }
            proptest::prop_assert!(route.minutes >= travel.minutes(traveller.origin.distance_to(at(to.0, to.1))) - 1e-9);
        }
    }
}
