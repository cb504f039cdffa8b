//! Reads the programmes of a union from a sheet of their own.

use super::auxiliary_sheet::AuxiliarySheet;
use super::config::ProgrammeSource;
use super::files::Files;
use super::issue::{Issue, Problem};
use super::row::{derived_id, list};
use crate::domain::programme::{Programme, Recurrence};

/// The headings that a column may have; the first is the one in our documents.
const TITLE: &str = "标题 名称 项目 项目名称 title name";
const ID: &str = "编号 id";
const AUDIENCE: &str = "对象 服务对象 适用人群 audience";
const SUMMARY: &str = "内容 权益 说明 服务内容 summary description";
const WHEN: &str = "时间 活动时间 频次 when";
const FROM: &str = "生效日期 开始日期 from";
const TO: &str = "截止日期 结束日期 有效期至 to";
const KINDS: &str = "适用类型 类型 kinds";
const STATIONS: &str = "适用站点 站点编号 stations";
const JOIN: &str = "参加方式 办理方式 怎么参加 join";
const PHONE: &str = "电话 咨询电话 phone";
const URL: &str = "链接 网址 url";
const SOURCE: &str = "来源 source";

/// Reads one sheet of programmes. A row without a title is reported and left out.
pub(super) fn read(
    source: &ProgrammeSource,
    files: &dyn Files,
    issues: &mut Vec<Issue>,
) -> Vec<Programme> {
    let sheet = source.sheet.as_deref();
    let sheet = AuxiliarySheet::read(&source.path, files, &source.label, sheet, TITLE, issues);
    let Some(mut sheet) = sheet else {
        return Vec::new();
    };
    let mut programmes: Vec<(usize, Programme)> = Vec::new();
    for row in sheet.rows() {
        let title = sheet.cell(&row, TITLE);
        if title.is_empty() {
            sheet.report(row.number, None, Problem::NameMissing);
            continue;
        }
        let when = sheet.cell(&row, WHEN);
        let recurrence = recurrence(&when);
        if recurrence == Recurrence::Unknown && !when.is_empty() {
            let problem = Problem::RecurrenceNotUnderstood(when.clone());
            sheet.report(row.number, Some(&title), problem);
        }
        let from = sheet.day(&row, &title, FROM, "生效日期");
        let to = sheet.day(&row, &title, TO, "截止日期");
        let given = sheet.cell(&row, ID);
        let id = if given.is_empty() {
            derived_id(&[&title])
        } else {
            given
        };
        if let Some((first, _)) = programmes.iter().find(|(_, programme)| programme.id == id) {
            let problem = Problem::IdDuplicate {
                source: source.label.clone(),
                row: *first,
            };
            sheet.report(row.number, Some(&title), problem);
            continue;
        }
        let cell = |words| sheet.cell(&row, words);
        let programme = Programme {
            id,
            audience: cell(AUDIENCE),
            summary: cell(SUMMARY),
            when,
            recurrence,
            from,
            to,
            kinds: list(&cell(KINDS)),
            stations: list(&cell(STATIONS)),
            join: cell(JOIN),
            phone: cell(PHONE),
            url: cell(URL),
            source: cell(SOURCE),
            title,
        };
        programmes.push((row.number, programme));
    }
    programmes
        .into_iter()
        .map(|(_, programme)| programme)
        .collect()
}

/// 每月28日, 每周三, 每年5月1日, 长期.
fn recurrence(text: &str) -> Recurrence {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let number = |text: &str| text.trim_end_matches(['日', '号']).parse::<u8>().ok();
    let known = if let Some(day) = text.strip_prefix("每月") {
        number(day).and_then(Recurrence::monthly)
    } else if let Some(day) = text.strip_prefix("每周").or(text.strip_prefix("每星期")) {
        let weekday = ["一", "二", "三", "四", "五", "六", "日"]
            .iter()
            .position(|name| *name == day);
        let weekday = weekday.or((day == "天").then_some(6));
        weekday
            .and_then(|day| u8::try_from(day).ok())
            .map(Recurrence::Weekly)
    } else if let Some((month, day)) = text
        .strip_prefix("每年")
        .and_then(|date| date.split_once('月'))
    {
        number(month)
            .zip(number(day))
            .and_then(|(month, day)| Recurrence::yearly(month, day))
    } else {
        ["长期", "长期有效", "全年", "常年", "每天", "每日"]
            .contains(&text.as_str())
            .then_some(Recurrence::Always)
    };
    known.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recurrences_are_read_and_doubtful_ones_are_not() {
        for (text, expected) in [
            ("每月28日", Recurrence::Monthly(28)),
            ("每月 28 号", Recurrence::Monthly(28)),
            ("每周三", Recurrence::Weekly(2)),
            ("每周日", Recurrence::Weekly(6)),
            ("长期", Recurrence::Always),
            ("每月32日", Recurrence::Unknown),
            ("每月最后一个周五", Recurrence::Unknown),
            ("每年2月30日", Recurrence::Unknown),
            ("另行通知", Recurrence::Unknown),
            ("", Recurrence::Unknown),
        ] {
            assert_eq!(recurrence(text), expected, "{text}");
        }
        assert_eq!(Recurrence::yearly(5, 1), Some(recurrence("每年5月1日")));
    }
}
