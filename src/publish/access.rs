//! How the door of a station opens and for whom, as sheets say it.

use crate::domain::station::{Access, Audience, EntryMethod};

/// How the door opens and for whom, as far as the sheet uses known words.
pub(super) fn access(door: &str, audience: &str) -> Access {
    let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let door = if has(door, &["扫码", "二维码"]) {
        EntryMethod::QrCode
    } else if has(door, &["刷脸", "人脸"]) {
        EntryMethod::Face
    } else if has(door, &["app", "APP", "App", "小程序"]) {
        EntryMethod::App
    } else if has(door, &["值守", "值班", "有人", "前台"]) {
        EntryMethod::Staffed
    } else if has(door, &["推门", "自由进", "敞开", "直接进", "免预约"]) {
        EntryMethod::WalkIn
    } else {
        EntryMethod::Unknown
    };
    // 非会员也可 admits others than members.
    let is_open_to_others = has(
        audience,
        &["非会员", "不限会员", "会员及", "会员和", "会员优先"],
    );
    let audience = if has(audience, &["会员"]) && !is_open_to_others {
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
