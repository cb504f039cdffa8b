//! Opening states of the next two hours, computed once a minute for each
//! timetable rather than for each station.

use std::cell::RefCell;
use std::sync::Arc;

use super::calendar::Calendar;
use super::civil::CivilTime;
use super::opening::{CLOSING_SOON_MINUTES, Hours, Opening};

/// How many minutes ahead a forecast reaches: as far as open stations are listed.
pub const HORIZON_MINUTES: u32 = super::ranking::FARTHER_MINUTES;

/// The opening states of one timetable from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// The minute from which a state holds, and the state; ascending, the first from 0.
    states: Vec<(u32, Opening)>,
}

impl Forecast {
    fn of(hours: &Hours, now: CivilTime, calendar: &Calendar) -> Self {
        let mut states = vec![(0, hours.state_at(now, calendar))];
        let Some(timetable) = &hours.timetable else {
            return Self { states };
        };
        // A state changes where a span begins or ends, or half an hour before.
        let mut edges: Vec<i64> = Vec::new();
        for day in [now.day(), now.day().plus(1)] {
            for span in timetable.line(day, calendar) {
                let edge = now.minutes_until(day.at(span.from));
                edges.extend([edge - CLOSING_SOON_MINUTES, edge]);
            }
        }
        edges.retain(|edge| (1..=i64::from(HORIZON_MINUTES)).contains(edge));
        super::ordering::sort_short(&mut edges, |one, other| one < other);
        edges.dedup();
        for edge in edges {
            let state = hours.state_at(now.plus_minutes(edge), calendar);
            if states.last().is_some_and(|(_, before)| *before != state) {
                states.push((u32::try_from(edge).unwrap_or(0), state));
            }
        }
        Self { states }
    }

    /// The state now.
    #[must_use]
    pub fn now(&self) -> Opening {
        self.states[0].1
    }

    /// The state after some minutes; beyond [`HORIZON_MINUTES`] that of the
    /// horizon.
    #[must_use]
    pub fn after(&self, minutes: u32) -> Opening {
        let later = self.states.partition_point(|(from, _)| *from <= minutes);
        self.states[later.max(1) - 1].1
    }
}

/// The forecasts made at one minute, computed on demand.
#[derive(Debug)]
pub struct Forecasts {
    now: CivilTime,
    calendar: Calendar,
    /// By the address of the hours, ascending. Holding the hours keeps their
    /// address from being reused.
    known: RefCell<Vec<(Arc<Hours>, Arc<Forecast>)>>,
}

impl Forecasts {
    /// No forecasts yet, to be made at `now`.
    #[must_use]
    pub fn at(now: CivilTime, calendar: &Calendar) -> Self {
        Self {
            now,
            calendar: calendar.clone(),
            known: RefCell::default(),
        }
    }

    /// The minute at which they are made, in the dataset's zone.
    #[must_use]
    pub fn now(&self) -> CivilTime {
        self.now
    }

    /// The holidays that are known.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The forecast for some hours, computed at the first call.
    #[must_use]
    pub fn of(&self, hours: &Arc<Hours>) -> Arc<Forecast> {
        let address = Arc::as_ptr(hours);
        let found = self
            .known
            .borrow()
            .binary_search_by(|(known, _)| Arc::as_ptr(known).cmp(&address));
        match found {
            Ok(place) => Arc::clone(&self.known.borrow()[place].1),
            Err(place) => {
                let forecast = Arc::new(Forecast::of(hours, self.now, &self.calendar));
                let entry = (Arc::clone(hours), Arc::clone(&forecast));
                self.known.borrow_mut().insert(place, entry);
                forecast
            }
        }
    }

    /// The state now and the state after some minutes, also beyond [`HORIZON_MINUTES`].
    #[must_use]
    pub fn now_and_after(&self, hours: &Arc<Hours>, minutes: u32) -> (Opening, Opening) {
        let forecast = self.of(hours);
        let then = if minutes <= HORIZON_MINUTES {
            forecast.after(minutes)
        } else {
            hours.state_on_arrival(self.now, i64::from(minutes), &self.calendar)
        };
        (forecast.now(), then)
    }

    /// How many forecasts were computed.
    #[must_use]
    pub fn computed(&self) -> usize {
        self.known.borrow().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::timetable::{Days, HOLIDAY, MONDAY_TO_FRIDAY, Rule, Span, Timetable};

    fn hours(rules: Vec<Rule>) -> Arc<Hours> {
        Arc::new(Hours {
            timetable: Some(Timetable { rules }),
            text: String::new(),
            ..Hours::default()
        })
    }

    proptest::proptest! {
        #[test]
        fn the_forecast_says_what_the_timetable_says(
            spans in proptest::collection::vec((0_u16..1440, 1_u16..1440), 0..4),
            week in 0_u8..128, holidays in proptest::bool::ANY,
            start in 0_i64..(40 * 1440), minutes in 0..=HORIZON_MINUTES,
        ) {
            let spans: Vec<Span> = spans
                .iter()
                .map(|(from, length)| Span::open(*from, from + length))
                .collect();
            let mut rules = vec![Rule::new(Days::on(week), spans)];
            if holidays {
                rules.push(Rule::new(Days::of(HOLIDAY), vec![]));
            }
            let hours = hours(rules);
            let calendar = Calendar::default();
            let new_year: CivilTime = "2026-12-20T00:00".parse().expect("a time");
            let forecasts = Forecasts::at(new_year.plus_minutes(start), &calendar);
            let expected = hours.state_on_arrival(forecasts.now(), i64::from(minutes), &calendar);
            proptest::prop_assert_eq!(forecasts.now_and_after(&hours, minutes).1, expected);
        }
    }

    #[test]
    fn the_forecast_of_shared_hours_is_computed_once() {
        let calendar = Calendar::default();
        let now = "2026-07-15T12:00".parse().expect("a time");
        let forecasts = Forecasts::at(now, &calendar);
        let week = hours(vec![Rule::new(
            Days::on(MONDAY_TO_FRIDAY),
            vec![Span::open(480, 1200)],
        )]);
        let shared: Vec<_> = (0..1000).map(|_| Arc::clone(&week)).collect();
        assert!(
            shared
                .iter()
                .all(|hours| forecasts.now_and_after(hours, 7).1.is_open())
        );
        assert_eq!(forecasts.computed(), 1);
    }
}
