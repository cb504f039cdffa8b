//! Reads what a station offers, as unions write it: 空调、热水、充电 ….
//!
//! `vocabulary` names the features, `items` cuts a list into its items, and `answer` decides
//! whether the words beside a feature say that it is there.

mod answer;
mod items;
mod vocabulary;

use crate::domain::station::{Feature, Features, Tristate};
use answer::{ALL_OF_THEM, answer_of, denies_what_follows, has_sign, says_yes};
use items::{alike, items};
use vocabulary::named_in;

/// The facilities that a text names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct AmenityReading {
    pub(super) features: Features,
    /// Parts that name no feature known here.
    pub(super) others: Vec<String>,
    /// Parts of which it is not clear whether the feature is there.
    pub(super) unclear: Vec<String>,
}

/// Reads a list such as 空调、热水(无)、微波炉坏了.
///
/// A feature is present only if nothing in its item denies or doubts it: a sign of absence that
/// is not understood makes it unknown, never present.
pub(super) fn read(text: &str) -> AmenityReading {
    let text = alike(text);
    let mut answers: Vec<(Feature, Tristate)> = Vec::new();
    let mut reading = AmenityReading::default();
    // A negation may continue over 、; stronger separators end it. In Latin letters a comma does
    // not end it: no AC, WiFi or toilets.
    let is_latin = text.is_ascii();
    let ends_clause = |c: char| "，；;。\n|".contains(c) || c == ',' && !is_latin;
    for clause in text.split(ends_clause) {
        let before = answers.len();
        let mut is_denied = false;
        for part in clause.split(['、', '/', '+', '·', ',']).flat_map(items) {
            let part = part.trim();
            if part.is_empty() {
                continue;
            }
            let (found, rest) = named_in(part);
            let mut answer = answer_of(&rest);
            let is_left_open = part.ends_with([':', '|', '-', '/', '—']);
            if is_left_open && answer == Tristate::Yes {
                answer = Tristate::Unknown;
            }
            if is_denied && answer == Tristate::Yes && !says_yes(&rest) {
                answer = Tristate::Unknown;
            }
            // 空调、热水均无; 空调、微波炉：无
            let may_reach_back = has_sign(&rest, ALL_OF_THEM) || part.contains(':');
            if may_reach_back && answer != Tristate::Yes {
                for (_, earlier) in &mut answers[before..] {
                    if *earlier == Tristate::Yes {
                        *earlier = Tristate::Unknown;
                        reading.unclear.push(clause.trim().to_owned());
                    }
                }
            }
            is_denied |= denies_what_follows(part, !found.is_empty());
            if found.is_empty() {
                // An unknown facility that is missing is not reported.
                if answer != Tristate::No && rest.chars().any(char::is_alphanumeric) {
                    reading.others.push(part.to_owned());
                }
            } else if answer == Tristate::Unknown {
                reading.unclear.push(part.to_owned());
            }
            answers.extend(found.into_iter().map(|feature| (feature, answer)));
        }
    }
    for feature in Feature::ALL {
        let mut of_it = answers.iter().filter(|(other, _)| *other == feature);
        if let Some((_, first)) = of_it.next() {
            // Both present and absent: unknown.
            let agrees = of_it.all(|(_, other)| other == first);
            reading
                .features
                .set(feature, if agrees { *first } else { Tristate::Unknown });
        }
    }
    reading
}

/// The answer in a column of these features: √, 有, 2台, 无. None if the cell is not understood.
pub(super) fn tick(cell: &str) -> Option<Tristate> {
    let cell = alike(cell);
    let cell = cell.trim();
    if let Ok(count) = cell.parse::<f64>() {
        return Some(if count > 0.0 {
            Tristate::Yes
        } else {
            Tristate::No
        });
    }
    match answer_of(cell) {
        Tristate::Yes => says_yes(cell).then_some(Tristate::Yes),
        Tristate::No => Some(Tristate::No),
        Tristate::Unknown => None,
    }
}

/// The features that a text names, whatever it says of them.
pub(super) fn named(text: &str) -> Vec<Feature> {
    named_in(&alike(text)).0
}

/// Whether a text names any.
pub(super) fn names_any(text: &str) -> bool {
    !named(text).is_empty()
}

/// The features that a heading names, if it says nothing else: 空调, 是否有热水, 充电桩数量.
pub(super) fn named_by_heading(heading: &str) -> Vec<Feature> {
    let (found, rest) = named_in(&alike(heading));
    let mut rest: String = rest.chars().filter(|c| c.is_alphanumeric()).collect();
    for word in AROUND_FEATURES {
        rest = rest.replace(word, "");
    }
    if rest.is_empty() { found } else { Vec::new() }
}

/// Words of such headings beside the feature.
const AROUND_FEATURES: &[&str] = &[
    "是否配备",
    "是否提供",
    "是否有",
    "有没有",
    "有无",
    "是否",
    "配套",
    "配备",
    "提供",
    "设施",
    "设备",
    "服务",
    "数量",
    "台数",
    "个数",
    "情况",
    "桩",
    "available",
    "has",
    "有",
    "数",
];

#[cfg(test)]
mod tests {
    use super::answer::{ABSENT, DOUBTFUL};
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, yes: &[Feature], no: &[Feature], left: &[&str]) {
        let reading = read(text);
        for feature in Feature::ALL {
            let expected = if yes.contains(&feature) {
                Tristate::Yes
            } else if no.contains(&feature) {
                Tristate::No
            } else {
                Tristate::Unknown
            };
            assert_eq!(
                reading.features.answer(feature),
                expected,
                "{feature:?} in {text:?}"
            );
        }
        assert_eq!(reading.others, left, "{text:?}");
    }

    #[test]
    fn hot_water_is_not_just_water() {
        check(
            "空调、热水、无线网络",
            &[Feature::AirConditioning, Feature::HotWater, Feature::Wifi],
            &[],
            &[],
        );
    }

    #[test]
    fn what_is_said_to_be_missing_is_missing_and_what_is_broken_is_unknown() {
        check(
            "无空调，风扇，饮水机（维修中）",
            &[Feature::Fan],
            &[Feature::AirConditioning],
            &[],
        );
    }

    #[test]
    fn what_names_no_feature_is_handed_back() {
        check("免费饮水、血压测量", &[Feature::Water], &[], &["血压测量"]);
    }

    #[test]
    fn shelter_from_heat_and_cold_says_nothing_of_the_means() {
        check("避暑取暖", &[Feature::Cooling, Feature::Warming], &[], &[]);
    }

    #[test]
    fn marks_belong_to_the_item_beside_which_they_stand() {
        use Feature::{AirConditioning as Cool, HotWater, Microwave};
        check("☑空调 ☐热水 ☑微波炉", &[Cool, Microwave], &[HotWater], &[]);
        check("空调√ 热水× 微波炉√", &[Cool, Microwave], &[HotWater], &[]);
        check(
            "空调 √ 热水 × 微波炉 √",
            &[Cool, Microwave],
            &[HotWater],
            &[],
        );
        check(
            "空调：有；热水：无；微波炉：2台",
            &[Cool, Microwave],
            &[HotWater],
            &[],
        );
    }

    #[test]
    fn a_negation_reaches_as_far_as_it_may() {
        use Feature::{AirConditioning as Cool, HotWater};
        check("没有空调和热水", &[], &[Cool, HotWater], &[]);
        // No hot water either? The text does not tell.
        check("无空调、热水", &[], &[Cool], &[]);
        check("空调、热水均无", &[], &[], &[]);
        check("除空调外均有：热水", &[HotWater], &[], &[]);
        check(
            "无障碍卫生间、非机动车停车",
            &[Feature::Toilet, Feature::EbikeParking],
            &[],
            &[],
        );
    }

    #[test]
    fn headings_that_name_a_feature_and_nothing_else_are_columns_of_ticks() {
        for (heading, count) in [
            ("空调", 1),
            ("是否有热水", 1),
            ("微波炉配套设施", 1),
            ("充电桩数量", 1),
            ("wifi名称", 0),
            ("厕所负责人", 0),
        ] {
            assert_eq!(named_by_heading(heading).len(), count, "{heading}");
        }
        for (cell, answer) in [
            ("√", Some(Tristate::Yes)),
            ("有", Some(Tristate::Yes)),
            ("1", Some(Tristate::Yes)),
            ("2台", Some(Tristate::Yes)),
            ("Y", Some(Tristate::Yes)),
            ("×", Some(Tristate::No)),
            ("无", Some(Tristate::No)),
            ("0", Some(Tristate::No)),
            ("N", Some(Tristate::No)),
            ("否", Some(Tristate::No)),
            ("维修中", None),
            ("隔壁", None),
            ("/", None),
        ] {
            assert_eq!(tick(cell), answer, "{cell}");
        }
    }

    proptest! {
        /// Whatever is put around a feature with a sign of absence, it is not there.
        #[test]
        fn nothing_that_is_denied_is_there(
            sign in 0..ABSENT.len() + DOUBTFUL.len(),
            behind in any::<bool>(),
            (open, close) in prop_oneof![Just(("", "")), Just(("（", "）")), Just(("：", "")), Just((" ", ""))],
        ) {
            let sign = ABSENT.iter().chain(DOUBTFUL).nth(sign).expect("in range");
            let text = if behind {
                format!("热水{open}{sign}{close}")
            } else {
                format!("{sign} 热水")
            };
            prop_assert!(!read(&text).features.has(Feature::HotWater), "{text}");
        }
    }
}
