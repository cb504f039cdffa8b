//! The tokens that a text about hours is cut into.

use crate::domain::civil::Day;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    // Times
    Time(Clock),
    Period(Period),
    AllDay,
    Dash,
    // Separators
    Space,
    Colon,
    Comma,
    /// 、 及 和 and the like.
    And,
    /// 或: one of the two.
    Or,
    Slash,
    /// A semicolon or full stop.
    Stop,
    Line,
    Open,
    Close,
    // Days
    Weekdays(u8),
    /// Bit n−1 for the nth, bit 5 for the last.
    Nth(u8),
    Every,
    Rest,
    OrdinaryDays,
    Workdays,
    RestDays,
    Holidays,
    Vacation(Vacation),
    Named(Named),
    /// Days after the lunar New Year's day; −1 for its eve.
    Lunar(i8),
    /// Bits of [`season`].
    Season(u8),
    /// 高温季节: a season that only its dates explain.
    SomeSeason,
    Year(i32),
    Month(u8),
    DayOfMonth(u8),
    Date(Day),
    /// 7.15, which may be a date or a time.
    Dotted(u8, u8),
    Since,
    // What holds
    /// Shut; the days precede it.
    Off,
    /// Shut until further notice; with a date, from then on.
    Suspended,
    /// Shut; the days precede or follow it.
    Closed,
    /// Precedes the days on which it is shut: 闭馆日, 定休日.
    ClosingDays,
    Except,
    /// 含节假日: with these days too.
    Including,
    /// Precedes excluded days: 除…外.
    Without,
    Lunch,
    /// Open, without days or hours.
    OpenWord,
    /// Open as on other days.
    AsUsual,
    /// No day is left out.
    AllYear,
    /// A notice decides; `true` if it only adds a reservation to hours given elsewhere.
    Notice {
        is_caveat: bool,
    },
    /// 因: what follows is why it is shut.
    Because,
    Label(Label),
    Doubt(Doubt),
    /// 最晚, 停止: next to the time of the last admission.
    LastEntry,
    /// 入场: what the last admission is to.
    Entry,
    /// Grammatical words without meaning here: 的, 为, the.
    Particle,
    /// 自: precedes the first day.
    From,
    /// 止: follows the last day or minute.
    Until,
    /// 仅: on these days and no others.
    Only,
    /// 晚班: its hours are not in the morning.
    LateShift,
    /// 每周, 每年: belongs to days that follow.
    EachOf,
    /// 每月
    Monthly,
    /// A whole phrase that says nothing of hours.
    Harmless,
}

impl Token {
    /// Whether it says what happens on public holidays, by naming them or by leaving no day
    /// out. 周一至周日 names weekdays only.
    pub(super) fn names_holidays(&self) -> bool {
        matches!(
            self,
            Self::Every
                | Self::AllDay
                | Self::AllYear
                | Self::Workdays
                | Self::RestDays
                | Self::Holidays
                | Self::Named(_)
                | Self::Lunar(_)
        )
    }
}

/// A time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u16,
    pub(super) minute: u16,
    /// A bare number, which may be an hour.
    pub(super) is_bare: bool,
    /// Written with two digits for the hour, as in 02:00, which never means the afternoon.
    pub(super) has_leading_zero: bool,
    pub(super) period: Option<Period>,
}

/// The part of the day of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    Dawn,
    Morning,
    Noon,
    Afternoon,
    Evening,
    NextDay,
}

/// A holiday that is called by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    NewYear,
    SpringFestival,
    Qingming,
    Labour,
    DragonBoat,
    MidAutumn,
    National,
}

/// Seasons of the year, as bits.
pub(super) mod season {
    pub(in super::super) const SPRING: u8 = 1;
    pub(in super::super) const SUMMER: u8 = 2;
    pub(in super::super) const AUTUMN: u8 = 4;
    pub(in super::super) const WINTER: u8 = 8;
}

/// School holidays, whose dates no text gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vacation {
    /// 假期: school holidays, public holidays, or both.
    Any,
    Summer,
    Winter,
    SummerAndWinter,
}

/// What the hours behind a heading are the hours of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Label {
    /// The door, by one of the names for its hours: 开放时间, 营业时间, 服务时间.
    Door(&'static str),
    /// A part of the house, such as a floor.
    Part(&'static str),
    /// Something else: a canteen, deliveries, staff on duty.
    Other,
    /// Cleaning, during which perhaps nobody is let in.
    Cleaning,
}

/// What makes a text doubtful as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Works, repairs, not yet open: as printed, or shut.
    PerhapsShut,
    /// Anything: what is printed may not hold at all.
    Anything,
}
