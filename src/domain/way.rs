//! The way to a station: straight metres made minutes, around bends, and over
//! barriers by the best crossing that can be used when one gets there.

use super::barrier::{Barrier, Crossing};
use super::calendar::Calendar;
use super::civil::CivilTime;
use super::opening::Opening;
use super::position::{LonLat, Metres};
use super::travel::Travel;

/// How one gets to a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Way<'a> {
    /// Great-circle metres, whatever lies in between.
    pub straight: Metres,
    /// Estimated minutes, not rounded. Where the way is not known, those that
    /// the straight line would take.
    pub minutes: f64,
    /// How the barriers in between are dealt with.
    pub passage: Passage<'a>,
}

/// How the barriers on a way are dealt with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Passage<'a> {
    /// None lies in between.
    Free,
    /// The way leads around a bend of this one.
    Around(&'a Barrier),
    /// By one crossing, or several of which this is the last.
    By(&'a Crossing),
    /// No crossing of this one is known to be usable.
    OtherSide(&'a Barrier, NoCrossing<'a>),
}

/// Why there is no way across.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NoCrossing<'a> {
    /// None is known for this way of travelling.
    NoneKnown,
    /// There is one, and nobody knows when it can be used.
    HoursUnknown(&'a Crossing),
    /// There is one, and it is not in use then; when it is again, if known.
    NotInUse(&'a Crossing, Option<CivilTime>),
}

/// Everything about the traveller that ways depend on.
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

/// A landing, when one is there after having crossed, and by what.
struct Reached<'a> {
    place: LonLat,
    minutes: f64,
    by: &'a Crossing,
}

/// All ways of one traveller.
pub struct Ways<'a> {
    traveller: Traveller<'a>,
    barriers: Vec<&'a Barrier>,
    reached: Vec<Reached<'a>>,
}

impl<'a> Ways<'a> {
    /// Finds out which landings beyond crossings the traveller can reach, and
    /// when: the shortest ways over the crossings, each used at the hour at
    /// which one gets there (Dijkstra).
    #[must_use]
    pub fn new(traveller: Traveller<'a>, barriers: &'a [Barrier]) -> Self {
        let mode = traveller.travel.mode;
        let barriers: Vec<&Barrier> = barriers
            .iter()
            .filter(|barrier| barrier.modes.contain(mode))
            .collect();
        let mut ways = Self {
            traveller,
            barriers,
            reached: Vec::new(),
        };
        let mut rides: Vec<(&'a Crossing, LonLat, LonLat)> = Vec::new();
        for crossing in ways.barriers.iter().flat_map(|barrier| &barrier.crossings) {
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
            .map(|(crossing, from, _)| ways.ride(crossing, ways.direct(traveller.origin, *from)))
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
                let leg = ways.direct(landing, *from).map(|leg| at + leg);
                let then = ways.ride(onward, leg);
                if let Some(then) = then.filter(|then| known.is_none_or(|known| *then < known)) {
                    *known = Some(then);
                }
            }
            ways.reached.push(Reached {
                place: landing,
                minutes: at,
                by: crossing,
            });
        }
        ways
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

    /// When one has crossed, for who is at the landing after so many minutes;
    /// none if the crossing is not known to be in use all the while.
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

    /// The way to a place.
    #[must_use]
    pub fn to(&self, destination: LonLat) -> Way<'a> {
        let origin = self.traveller.origin;
        let straight = origin.distance_to(destination);
        let minutes = self.traveller.travel.minutes(straight);
        let (mut around, mut passage, mut divided) = (0.0, Passage::Free, None);
        for barrier in &self.barriers {
            let meeting = barrier.meet(origin, destination);
            if meeting.divides {
                divided = Some(*barrier);
            } else if meeting.around > around {
                passage = Passage::Around(barrier);
            }
            around += meeting.around;
        }
        let Some(barrier) = divided else {
            return Way {
                straight,
                minutes: self.traveller.travel.minutes(Metres(straight.0 + around)),
                passage,
            };
        };
        let mut best: Option<(f64, &'a Crossing)> = None;
        for landing in &self.reached {
            // The straight line is the least that can still be to do.
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
            Some((minutes, crossing)) => Way {
                straight,
                minutes,
                passage: Passage::By(crossing),
            },
            None => Way {
                straight,
                minutes,
                passage: Passage::OtherSide(barrier, self.why_not(barrier, destination)),
            },
        }
    }

    /// Why a barrier cannot be crossed: what is known of the crossing that
    /// would lie best.
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
                // In use now, and no longer when one gets there.
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

    /// A ferry at some metres north, from 6:00 to 22:00, every 10 minutes.
    fn ferry(east: f64, north: f64) -> Crossing {
        let spans = vec![Span::open(6 * 60, 22 * 60)];
        Crossing {
            name: format!("渡口 {north}"),
            landings: [Some(at(east - 250.0, north)), Some(at(east + 250.0, north))],
            modes: Modes::of([Mode::Ebike, Mode::Bicycle]),
            hours: Hours {
                timetable: Some(Timetable {
                    rules: vec![Rule::new(Days::EVERY, spans)],
                }),
                text: String::new(),
            },
            wait_minutes: 10,
            ride_minutes: 5,
            ..Crossing::default()
        }
    }

    fn told(barriers: &[Barrier], mode: Mode, time: &str, to: (f64, f64)) -> String {
        let traveller = Traveller {
            origin: at(-500.0, 0.0),
            now: time.parse().expect("a time"),
            travel: TravelFigures::default().by(mode),
            calendar: &Calendar::default(),
        };
        let way = Ways::new(traveller, barriers).to(at(to.0, to.1));
        let passage = match way.passage {
            Passage::Free => "free".to_owned(),
            Passage::Around(_) => "around".to_owned(),
            Passage::By(crossing) => format!("by {}", crossing.name),
            Passage::OtherSide(_, NoCrossing::NoneKnown) => "no crossing".to_owned(),
            Passage::OtherSide(_, NoCrossing::HoursUnknown(_)) => "hours unknown".to_owned(),
            Passage::OtherSide(_, NoCrossing::NotInUse(_, opens)) => {
                opens.map_or("not in time".to_owned(), |opens| format!("opens {opens}"))
            }
        };
        format!("{:.1} {passage}", way.minutes)
    }

    #[test]
    fn on_ones_own_side_the_way_is_the_straight_line_made_minutes() {
        let barriers = [river(0.0, vec![])];
        assert_eq!(
            told(&barriers, Mode::Ebike, "2026-07-15T12:00", (-500.0, 1880.0)),
            "10.0 free"
        );
    }

    #[test]
    fn the_minutes_over_a_river_hold_the_way_to_the_ferry_the_wait_and_the_ride() {
        let barriers = [river(0.0, vec![ferry(0.0, 0.0), ferry(0.0, 3000.0)])];
        // 250 m to the ferry, 250 m from it: 1.33 minutes each.
        assert_eq!(
            told(&barriers, Mode::Ebike, "2026-07-15T12:00", (500.0, 0.0)),
            "17.7 by 渡口 0"
        );
        // Farther north the other ferry is the better one.
        assert_eq!(
            told(&barriers, Mode::Ebike, "2026-07-15T12:00", (250.0, 3000.0)),
            "31.0 by 渡口 3000"
        );
    }

    #[test]
    fn a_ferry_that_is_closed_on_arrival_or_before_boarding_is_no_way() {
        let barriers = [river(0.0, vec![ferry(0.0, 0.0)])];
        let to = (500.0, 0.0);
        assert_eq!(
            told(&barriers, Mode::Ebike, "2026-07-15T21:48", to),
            "17.7 by 渡口 0"
        );
        // There at 21:53, and the boat after that leaves at 22:03.
        assert_eq!(
            told(&barriers, Mode::Ebike, "2026-07-15T21:52", to),
            "5.3 not in time"
        );
        assert_eq!(
            told(&barriers, Mode::Ebike, "2026-07-15T23:30", to),
            "5.3 opens 2026-07-16T06:00"
        );
    }

    #[test]
    fn a_ferry_of_which_nobody_knows_the_hours_is_no_way() {
        let unknown = Crossing {
            hours: Hours::default(),
            ..ferry(0.0, 0.0)
        };
        let barriers = [river(0.0, vec![unknown])];
        assert_eq!(
            told(&barriers, Mode::Ebike, "2026-07-15T12:00", (500.0, 0.0)),
            "5.3 hours unknown"
        );
    }

    #[test]
    fn who_may_not_aboard_stays_on_this_side() {
        let barriers = [river(0.0, vec![ferry(0.0, 0.0)])];
        assert_eq!(
            told(&barriers, Mode::Foot, "2026-07-15T12:00", (500.0, 0.0)),
            "17.7 no crossing"
        );
        let on_wheels = Barrier {
            modes: Modes::of([Mode::Ebike]),
            ..river(0.0, vec![])
        };
        assert_eq!(
            told(&[on_wheels], Mode::Foot, "2026-07-15T12:00", (500.0, 0.0)),
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
            told(&barriers, Mode::Ebike, "2026-07-15T12:00", (2500.0, 0.0)),
            "40.6 by 渡口 0"
        );
        let second_closed = [river(0.0, vec![ferry(0.0, 0.0)]), river(2000.0, vec![])];
        assert_eq!(
            told(
                &second_closed,
                Mode::Ebike,
                "2026-07-15T12:00",
                (2500.0, 0.0)
            ),
            "16.0 no crossing"
        );
    }

    /// The least minutes over any sequence of different crossings, found by
    /// trying them all; for ferries that always run.
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
                            hours: Hours {
                                timetable: Some(Timetable {
                                    rules: vec![Rule::new(Days::EVERY, vec![Span::open(0, 1440)])],
                                }),
                                text: String::new(),
                            },
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
            let way = Ways::new(traveller, &barriers).to(at(to.0, to.1));
            let expected = by_trying(&barriers, travel, traveller.origin, at(to.0, to.1), &[]);
            match (way.passage, expected) {
                (Passage::OtherSide(..), None) => {}
                (Passage::OtherSide(..), Some(minutes)) => {
                    proptest::prop_assert!(false, "a way of {minutes} minutes was not found");
                }
                (_, expected) => {
                    let expected = expected.unwrap_or(f64::INFINITY);
                    proptest::prop_assert!((way.minutes - expected).abs() < 1e-6, "{} {expected}", way.minutes);
                }
            }
            proptest::prop_assert!(way.minutes >= travel.minutes(traveller.origin.distance_to(at(to.0, to.1))) - 1e-9);
        }
    }
}
