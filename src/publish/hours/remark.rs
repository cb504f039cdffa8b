//! Reads what words beside the hours say of them: headings of columns, remarks, a column of
//! states.

use super::lexer;
use super::lexicon::word;
use super::text::Plain;
use super::token::{Doubt, Token};
use Token as T;

/// What a remark says of opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Nothing.
    Silent,
    /// When it is open or shut, in words that are all known: it can be read with the hours.
    Readable,
    /// That it is shut, or may be, in words that are not all known.
    Shut,
}

/// Whether a text says on which days, in which season or at which time of day, and nothing else.
#[must_use]
pub fn is_when(text: &str) -> bool {
    let Ok(tokens) = lexer::tokens(&Plain::of(text)) else {
        return false;
    };
    let says_when = |token: &Token| {
        matches!(
            token,
            T::Period(_)
                | T::Every
                | T::OrdinaryDays
                | T::Workdays
                | T::RestDays
                | T::Weekdays(_)
                | T::Holidays
                | T::Vacation(_)
                | T::Named(_)
                | T::Season(_)
                | T::Month(_)
        )
    };
    let joins = |token: &Token| {
        matches!(
            token,
            T::Space
                | T::Comma
                | T::And
                | T::Slash
                | T::Dash
                | T::Open
                | T::Close
                | T::Nth(_)
                | T::DayOfMonth(_)
                | T::Including
                | T::EachOf
                | T::Monthly
                | T::Particle
        )
    };
    tokens.iter().any(says_when) && tokens.iter().all(|token| says_when(token) || joins(token))
}

/// What a clause of a remark says of opening.
#[must_use]
pub fn remark(clause: &str) -> Remark {
    let plain = Plain::of(clause);
    let Ok(tokens) = lexer::tokens(&plain) else {
        return if says_shut(plain.text()) {
            Remark::Shut
        } else {
            Remark::Silent
        };
    };
    let matters = |token: &Token| {
        matches!(
            token,
            T::Time(_)
                | T::Off
                | T::Suspended
                | T::Closed
                | T::ClosingDays
                | T::Doubt(Doubt::PerhapsShut)
                | T::Without
                | T::Except
                | T::Only
                | T::Lunch
                | T::Weekdays(_)
                | T::Workdays
                | T::OrdinaryDays
                | T::RestDays
                | T::Holidays
                | T::Named(_)
                | T::Season(_)
                | T::SomeSeason
        )
    };
    // 7月1日至7月31日; a day alone may be the day of anything.
    let is_spell = tokens.contains(&T::Dash)
        && tokens
            .iter()
            .any(|token| matches!(token, T::Month(_) | T::Date(_) | T::DayOfMonth(_)));
    if is_spell || tokens.iter().any(matters) {
        Remark::Readable
    } else {
        Remark::Silent
    }
}

/// Whether separate words, such as those in the brackets of a name, say that a place is shut.
#[must_use]
pub fn is_shut(words: &str) -> bool {
    let plain = Plain::of(words);
    let closes = |token: &Token| {
        matches!(
            token,
            T::Off | T::Suspended | T::Closed | T::Doubt(Doubt::PerhapsShut)
        )
    };
    match lexer::tokens(&plain) {
        Ok(tokens) => tokens.iter().any(closes),
        Err(_) => says_shut(plain.text()),
    }
}

/// Whether a text with unknown words says that the station is shut until further notice:
/// 因店面装修暂停开放至9月底. 手机维修 is a service.
fn says_shut(text: &str) -> bool {
    text.char_indices().any(|(at, _)| {
        let (before, rest) = text.split_at(at);
        let is_inside = |c: char| c.is_ascii_alphabetic();
        if rest.starts_with(is_inside) && before.ends_with(is_inside) {
            return false;
        }
        let Some((token, length)) = word(rest) else {
            return false;
        };
        let (word, after) = rest.split_at(length);
        let is_whole = word.ends_with('中')
            || after.is_empty()
            || after.starts_with(|c: char| "中期至到暂,;:()- ".contains(c));
        token == T::Suspended || token == T::Doubt(Doubt::PerhapsShut) && is_whole
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_say_when_are_told_from_those_that_say_what() {
        for text in [
            "周一",
            "工作日",
            "上午",
            "夏季",
            "周六、周日",
            "Monday",
            "sat",
            "节假日",
            "周一至周五",
        ] {
            assert!(is_when(text), "{text}");
        }
        for text in [
            "", "值班", "保洁", "免费", "today", "开放", "更新", "一楼", "午休", "医疗",
        ] {
            assert!(!is_when(text), "{text}");
        }
    }

    #[test]
    fn remarks_that_close_are_told_from_those_that_do_not() {
        for (text, expected) in [
            ("自带水杯", Remark::Silent),
            ("停车方便", Remark::Silent),
            ("请随手关门", Remark::Silent),
            ("提供手机维修服务", Remark::Silent),
            ("Close to the metro", Remark::Silent),
            ("周一闭馆", Remark::Readable),
            ("仅工作日开放", Remark::Readable),
            ("暂停开放", Remark::Readable),
            ("暂停开放(装修至9月底)", Remark::Shut),
            ("店面装修", Remark::Shut),
            ("因道路施工暂停服务", Remark::Readable),
        ] {
            assert_eq!(remark(text), expected, "{text}");
        }
    }
}
