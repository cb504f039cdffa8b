//! Reads what a station offers, as unions write it: 空调、热水、充电 ….

use crate::domain::station::{Access, Answer, Audience, Door, Feature, Features};

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
    ("air conditioning", &[Feature::AirConditioning]),
    ("air-conditioning", &[Feature::AirConditioning]),
    ("heating", &[Feature::Heating]),
    ("drinking water", &[Feature::Water]),
    ("toilet", &[Feature::Toilet]),
    ("restroom", &[Feature::Toilet]),
    ("charging", &[Feature::Charging]),
];

/// Signs that a part says what is not there, or not for sure.
const NEGATIONS: [&str; 4] = ["无", "没有", "不提供", "暂无"];
const DOUBTS: [&str; 4] = ["维修", "损坏", "故障", "停用"];

/// What a text says is there, and the parts of it that name no known feature.
pub(super) fn read(text: &str) -> (Features, Vec<String>) {
    let mut features = Features::default();
    let mut unknown = Vec::new();
    for part in text.split([
        '、', ',', '，', ';', '；', '/', '|', '\n', '+', '。', ' ', '\u{3000}',
    ]) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        let lower = part.to_lowercase();
        // 无线网络 begins like a negation and is none.
        let is_negated = NEGATIONS.iter().any(|word| lower.starts_with(word))
            && !lower.starts_with("无线")
            && !lower.starts_with("无障碍");
        let answer = if is_negated {
            Answer::No
        } else if DOUBTS.iter().any(|word| lower.contains(word)) && !lower.contains("工具") {
            Answer::Unknown
        } else {
            Answer::Yes
        };
        let found = named_in(&lower);
        if found.is_empty() {
            unknown.push(part.to_owned());
        }
        for feature in found {
            features.set(feature, answer);
        }
    }
    (features, unknown)
}

fn named_in(text: &str) -> Vec<Feature> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let longest = WORDS
            .iter()
            .filter(|(word, _)| rest.starts_with(word))
            .max_by_key(|(word, _)| word.len());
        let step = longest.map_or(c.len_utf8(), |(word, _)| word.len());
        if let Some((_, features)) = longest {
            found.extend_from_slice(features);
        }
        rest = &rest[step..];
    }
    found
}

/// How the door opens and for whom, where the sheet says so in words known here.
pub(super) fn access(door: &str, audience: &str) -> Access {
    let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let door = if has(door, &["扫码", "二维码"]) {
        Door::QrCode
    } else if has(door, &["刷脸", "人脸"]) {
        Door::Face
    } else if has(door, &["app", "APP", "小程序"]) {
        Door::App
    } else if has(door, &["值守", "值班", "有人", "前台"]) {
        Door::Staffed
    } else if has(door, &["推门", "自由进", "敞开", "直接进", "免预约"]) {
        Door::WalkIn
    } else {
        Door::Unknown
    };
    let audience = if has(audience, &["会员"]) {
        Audience::UnionMembers
    } else if has(
        audience,
        &["户外", "骑手", "新就业", "快递", "外卖", "环卫"],
    ) {
        Audience::OutdoorWorkers
    } else if has(
        audience,
        &["所有人", "谁都", "市民", "公众", "任何人", "不限"],
    ) {
        Audience::Anyone
    } else {
        Audience::Unknown
    };
    Access { door, audience }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, yes: &[Feature], no: &[Feature], left: &[&str]) {
        let (features, unknown) = read(text);
        for feature in Feature::ALL {
            let expected = if yes.contains(&feature) {
                Answer::Yes
            } else if no.contains(&feature) {
                Answer::No
            } else {
                Answer::Unknown
            };
            assert_eq!(
                features.answer(feature),
                expected,
                "{feature:?} in {text:?}"
            );
        }
        assert_eq!(unknown, left, "{text:?}");
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
}
