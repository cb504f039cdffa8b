//! Cells in columns of hours, rewritten as the reader of hours expects them.

/// 周一 becomes 周一休息; a text in Latin letters gets its own words.
pub(super) fn closed_on(days: &str) -> String {
    let is_latin = days.chars().any(|c| c.is_ascii_alphabetic());
    let says_so = days.to_lowercase().contains("clos") || days.contains(['休', '闭', '閉']);
    match (says_so, is_latin) {
        (true, _) => days.to_owned(),
        (false, true) => format!("closed {days}"),
        (false, false) => format!("{days}休息"),
    }
}

/// 0930 and 9, in a column of beginnings or ends, are times.
pub(super) fn as_time(cell: &str) -> String {
    let is_number = cell.bytes().all(|byte| byte.is_ascii_digit());
    match (is_number, cell.len()) {
        (true, 3 | 4) => {
            let (hour, minute) = cell.split_at(cell.len() - 2);
            format!("{hour}:{minute}")
        }
        (true, 1 | 2) => format!("{cell}:00"),
        _ => cell.to_owned(),
    }
}

pub(super) fn says_nothing(cell: &str) -> bool {
    cell.chars().all(|c| "-—–/\\.。?？ ".contains(c))
}

pub(super) fn is_closed_mark(cell: &str) -> bool {
    matches!(
        cell,
        "×" | "✗" | "✘" | "x" | "X" | "无" | "休" | "闭" | "否" | "0"
    )
}

/// No day is a closing day.
pub(super) fn is_never(cell: &str) -> bool {
    let cell = cell
        .trim_matches(|c: char| "。.()（）".contains(c))
        .to_lowercase();
    let words = [
        "无",
        "無",
        "没有",
        "無し",
        "なし",
        "없음",
        "none",
        "no",
        "never",
        "n/a",
        "无休",
        "全年无休",
        "年中无休",
        "年中無休",
        "無休",
        "不休",
        "不休息",
        "연중무휴",
        "ninguno",
        "aucun",
        "否",
    ];
    words.contains(&cell.as_str())
}
