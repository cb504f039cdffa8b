//! An empty workbook for a union's clerk to fill in.

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, Workbook, XlsxError};

use super::headings::Field;

/// A column: its field, its width, an example, what to write, and the choices
/// of its drop-down.
struct Column(
    Field,
    f64,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const COLUMNS: [Column; 16] = [
    Column(
        Field::Id,
        12.0,
        "HP-001",
        "每个站点一个，以后不变；可以留空 · stable id, may stay empty",
        &[],
    ),
    Column(
        Field::Name,
        24.0,
        "示例站点（请删除这一行）",
        "必填 · required",
        &[],
    ),
    Column(
        Field::Address,
        32.0,
        "示例路1号",
        "门牌号写全 · street and number",
        &[],
    ),
    Column(Field::District, 12.0, "黄浦区", "区或街镇 · district", &[]),
    Column(
        Field::Lon,
        12.0,
        "121.4737",
        "在高德等地图上取点；坐标系写在 stations.toml 的 crs · degrees",
        &[],
    ),
    Column(Field::Lat, 12.0, "31.2304", "同上 · degrees", &[]),
    Column(
        Field::Kind,
        16.0,
        "工会驿站",
        "可写几个，用、隔开 · kinds, separated by 、",
        &[],
    ),
    Column(
        Field::Amenities,
        32.0,
        "空调、热水、微波炉、充电",
        "没有的写「无空调」，不知道的不写 · 无… for what is not there",
        &[],
    ),
    Column(
        Field::Hours,
        30.0,
        "周一至周五 8:30-17:00",
        "例：周一至周五 8:30-11:30，13:30-17:00；节假日休息 · like the example",
        &[],
    ),
    Column(
        Field::Phone,
        16.0,
        "021-00000000",
        "区号加号码 · with area code",
        &[],
    ),
    Column(
        Field::Floor,
        12.0,
        "1楼",
        "楼层、有没有电梯 · floor, lift",
        &[],
    ),
    Column(
        Field::Landmark,
        20.0,
        "地铁2号口旁",
        "怎么找 · what to look for",
        &[],
    ),
    Column(
        Field::Door,
        12.0,
        "推门就进",
        "怎么进门 · how the door opens",
        &["推门就进", "有人值守", "扫码", "刷脸", "小程序"],
    ),
    Column(
        Field::Audience,
        14.0,
        "户外劳动者",
        "谁能进 · who may enter",
        &["所有人", "户外劳动者", "工会会员"],
    ),
    Column(Field::Note, 24.0, "", "其他要说的 · anything else", &[]),
    Column(
        Field::VerifiedOn,
        12.0,
        "",
        "有人到现场核对过的日期，例 2026-07-15 · day of the last check",
        &[],
    ),
];

/// The examples that no station has by chance, which identify the template's example row.
pub(super) fn examples() -> impl Iterator<Item = &'static str> {
    const TELLING: [Field; 7] = [
        Field::Id,
        Field::Address,
        Field::Lon,
        Field::Lat,
        Field::Amenities,
        Field::Phone,
        Field::Landmark,
    ];
    COLUMNS
        .iter()
        .filter(|Column(field, ..)| TELLING.contains(field))
        .map(|Column(_, _, sample, ..)| *sample)
}

/// Rows that get drop-downs and text format.
const ROWS: u32 = 2000;

/// The template, as a workbook's bytes.
///
/// # Errors
///
/// [`XlsxError`]: never, as far as the tests show.
pub fn template() -> Result<Vec<u8>, XlsxError> {
    workbook()?.save_to_buffer()
}

fn workbook() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let heading = Format::new().set_bold().set_background_color("#DDEEDD");
    let example = Format::new().set_italic().set_font_color("#888888");
    // Text, so that 8-30 stays 8-30 and telephone numbers keep their zeros.
    let text = Format::new().set_num_format("@");
    let sheet = book.add_worksheet().set_name("站点")?;
    for (index, Column(field, width, sample, _, choices)) in (0_u16..).zip(&COLUMNS) {
        sheet.set_column_width(index, *width)?;
        sheet.set_column_format(index, &text)?;
        sheet.write_with_format(0, index, field.label(), &heading)?;
        sheet.write_with_format(1, index, *sample, &example)?;
        if !choices.is_empty() {
            let list = DataValidation::new().allow_list_strings(choices)?;
            sheet.add_data_validation(1, index, ROWS, index, &list)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let notes = book.add_worksheet().set_name("填写说明")?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    notes.set_column_width(0, 14)?.set_column_width(1, 80)?;
    notes.write(
        0,
        0,
        "「站点」表每行一个站点。灰色的一行是示例，请删除。不知道的留空，不要猜。",
    )?;
    for (index, Column(field, _, _, note, choices)) in (2_u32..).zip(&COLUMNS) {
        notes.write_with_format(index, 0, field.label(), &wrapped)?;
        let choices = if choices.is_empty() {
            String::new()
        } else {
            format!("（{}）", choices.join(" / "))
        };
        notes.write_with_format(index, 1, format!("{note}{choices}"), &wrapped)?;
    }
    Ok(book)
}
