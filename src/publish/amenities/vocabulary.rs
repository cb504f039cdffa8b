//! The words for features, and how they are found in a text.

use crate::domain::station::Feature;

/// Words and the features they stand for; the longest that fits is taken, so
/// that 热水 is not read as 水.
const WORDS: &[(&str, &[Feature])] = &[
    ("避暑取暖", &[Feature::Cooling, Feature::Warming]),
    ("纳凉取暖", &[Feature::Cooling, Feature::Warming]),
    ("冷暖空调", &[Feature::AirConditioning, Feature::Heating]),
    ("空调", &[Feature::AirConditioning]),
    ("冷气", &[Feature::AirConditioning]),
    ("风扇", &[Feature::Fan]),
    ("电扇", &[Feature::Fan]),
    ("遮阳", &[Feature::Shade]),
    ("遮荫", &[Feature::Shade]),
    ("凉棚", &[Feature::Shade]),
    ("避暑", &[Feature::Cooling]),
    ("纳凉", &[Feature::Cooling]),
    ("降温", &[Feature::Cooling]),
    ("暖气", &[Feature::Heating]),
    ("取暖器", &[Feature::Heating]),
    ("电暖", &[Feature::Heating]),
    ("取暖", &[Feature::Warming]),
    ("御寒", &[Feature::Warming]),
    ("热饮", &[Feature::HotDrink]),
    ("热茶", &[Feature::HotDrink]),
    ("姜茶", &[Feature::HotDrink]),
    ("热水", &[Feature::HotWater]),
    ("开水", &[Feature::HotWater]),
    ("饮水机", &[Feature::Water]),
    ("饮用水", &[Feature::Water]),
    ("饮水", &[Feature::Water]),
    ("喝水", &[Feature::Water]),
    ("茶水", &[Feature::Water]),
    ("茶饮", &[Feature::Water]),
    ("冷饮", &[Feature::Water]),
    ("微波炉", &[Feature::Microwave]),
    ("餐食加热", &[Feature::Microwave]),
    ("加热餐食", &[Feature::Microwave]),
    ("热饭", &[Feature::Microwave]),
    ("手机充电", &[Feature::Charging]),
    ("充电", &[Feature::Charging]),
    ("充電", &[Feature::Charging]),
    ("와이파이", &[Feature::Wifi]),
    ("插座", &[Feature::Charging]),
    ("排插", &[Feature::Charging]),
    ("换电", &[Feature::BatterySwap]),
    ("桌椅", &[Feature::Seats]),
    ("座椅", &[Feature::Seats]),
    ("座位", &[Feature::Seats]),
    ("沙发", &[Feature::Seats]),
    ("按摩椅", &[Feature::Seats]),
    ("休憩", &[Feature::Seats]),
    ("歇脚", &[Feature::Seats]),
    ("休息室", &[Feature::Seats]),
    ("休息区", &[Feature::Seats]),
    ("公共厕所", &[Feature::Toilet]),
    ("卫生间", &[Feature::Toilet]),
    ("洗手间", &[Feature::Toilet]),
    ("厕所", &[Feature::Toilet]),
    ("公厕", &[Feature::Toilet]),
    ("如厕", &[Feature::Toilet]),
    ("无线网络", &[Feature::Wifi]),
    ("无线网", &[Feature::Wifi]),
    ("wi-fi", &[Feature::Wifi]),
    ("wifi", &[Feature::Wifi]),
    ("应急药箱", &[Feature::FirstAid]),
    ("应急药品", &[Feature::FirstAid]),
    ("急救箱", &[Feature::FirstAid]),
    ("急救包", &[Feature::FirstAid]),
    ("医药箱", &[Feature::FirstAid]),
    ("药箱", &[Feature::FirstAid]),
    ("药品", &[Feature::FirstAid]),
    ("aed", &[Feature::Aed]),
    ("除颤", &[Feature::Aed]),
    ("冰箱", &[Feature::Fridge]),
    ("雨具", &[Feature::Umbrella]),
    ("雨伞", &[Feature::Umbrella]),
    ("爱心伞", &[Feature::Umbrella]),
    ("图书", &[Feature::Reading]),
    ("书报", &[Feature::Reading]),
    ("阅读", &[Feature::Reading]),
    ("电动车停放", &[Feature::EbikeParking]),
    ("停车位", &[Feature::EbikeParking]),
    ("停车", &[Feature::EbikeParking]),
    ("淋浴", &[Feature::Shower]),
    ("洗澡", &[Feature::Shower]),
    ("餐饮", &[Feature::Meals]),
    ("套餐", &[Feature::Meals]),
    ("用餐", &[Feature::Meals]),
    ("维修工具", &[Feature::Tools]),
    ("修车工具", &[Feature::Tools]),
    ("工具箱", &[Feature::Tools]),
    ("洗衣", &[Feature::Laundry]),
    ("冷暖气", &[Feature::AirConditioning, Feature::Heating]),
    ("冷氣", &[Feature::AirConditioning]),
    ("冷房", &[Feature::AirConditioning]),
    ("エアコン", &[Feature::AirConditioning]),
    ("에어컨", &[Feature::AirConditioning]),
    ("선풍기", &[Feature::Fan]),
    ("飲水機", &[Feature::Water]),
    ("給水", &[Feature::Water]),
    ("정수기", &[Feature::Water]),
    ("熱水", &[Feature::HotWater]),
    ("廁所", &[Feature::Toilet]),
    ("トイレ", &[Feature::Toilet]),
    ("화장실", &[Feature::Toilet]),
    ("無線網路", &[Feature::Wifi]),
    ("微波爐", &[Feature::Microwave]),
    ("air conditioned", &[Feature::AirConditioning]),
    ("air-conditioned", &[Feature::AirConditioning]),
    ("microwave", &[Feature::Microwave]),
    ("fridge", &[Feature::Fridge]),
    ("refrigerator", &[Feature::Fridge]),
    ("seating", &[Feature::Seats]),
    ("seat", &[Feature::Seats]),
    ("shower", &[Feature::Shower]),
    ("first aid", &[Feature::FirstAid]),
    ("umbrella", &[Feature::Umbrella]),
    ("washroom", &[Feature::Toilet]),
    ("drinking fountain", &[Feature::Water]),
    ("water fountain", &[Feature::Water]),
    ("air conditioning", &[Feature::AirConditioning]),
    ("air-conditioning", &[Feature::AirConditioning]),
    ("heating", &[Feature::Heating]),
    ("drinking water", &[Feature::Water]),
    ("toilet", &[Feature::Toilet]),
    ("restroom", &[Feature::Toilet]),
    ("charging", &[Feature::Charging]),
];

/// The features and the length of the word at the start of `rest`.
pub(super) fn feature_at(text: &str, rest: &str) -> (&'static [Feature], usize) {
    let before = text[..text.len() - rest.len()].chars().next_back();
    let longest = WORDS
        .iter()
        .filter(|(word, _)| rest.starts_with(word) && is_word(word, before, &rest[word.len()..]))
        .max_by_key(|(word, _)| word.len());
    match longest {
        Some((word, features)) => {
            let is_plural = word.is_ascii() && rest[word.len()..].starts_with('s');
            (features, word.len() + usize::from(is_plural))
        }
        None => (&[], rest.chars().next().map_or(0, char::len_utf8)),
    }
}

/// Words of Latin letters do not begin or end inside others.
fn is_word(word: &str, before: Option<char>, after: &str) -> bool {
    let is_latin = |c: char| c.is_ascii_alphabetic();
    let ends = |c: Option<char>| !c.is_some_and(is_latin);
    !word.starts_with(is_latin)
        || ends(before) && {
            // charging stations, toilets
            let after = after.strip_prefix('s').unwrap_or(after);
            !word.ends_with(is_latin) || ends(after.chars().next())
        }
}

/// The features that a text names, and what it says beside them.
pub(super) fn named_in(text: &str) -> (Vec<Feature>, String) {
    let mut found = Vec::new();
    let mut left = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (features, length) = feature_at(text, rest);
        if features.is_empty() {
            left.push_str(&rest[..length]);
        } else {
            found.extend_from_slice(features);
            left.push(' ');
        }
        rest = &rest[length..];
    }
    (found, left)
}
