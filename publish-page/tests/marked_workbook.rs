//! A marked workbook is the clerk's workbook: what is not marked stays as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use proptest::prelude::*;
use publish_page::marked_workbook::{Mark, MarkedWorkbook, marked_workbook};
use publish_page::workbench::{Published, Workbench};
use rust_xlsxwriter::{
    Color, DataValidation, Format, FormatBorder, Formula, Image, Workbook, Worksheet,
};
use yizhan::domain::civil::CivilTime;
use yizhan::publish::{Config, FilesInMemory, Language, MARKS, Sheet, silent};
use zip::ZipArchive;

type Parts = BTreeMap<String, Vec<u8>>;

const SHEET: &str = "xl/worksheets/sheet1.xml";
const STYLES: &str = "xl/styles.xml";

fn parts(book: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(book)).expect("an archive");
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.expect("UTF-8").into_owned())
        .collect();
    let read = |name: String| {
        let mut bytes = Vec::new();
        let mut part = archive.by_name(&name).expect("a part");
        part.read_to_end(&mut bytes).expect("its bytes");
        (name, bytes)
    };
    names.into_iter().map(read).collect()
}

fn text<'a>(parts: &'a Parts, name: &str) -> &'a str {
    std::str::from_utf8(&parts[name]).expect("UTF-8")
}

/// The cells of a sheet as they are written, by name.
fn cells(sheet: &str) -> BTreeMap<String, String> {
    let rows = sheet.split_once("<sheetData>").expect("rows").1;
    let rows = rows.split_once("</sheetData>").expect("an end").0;
    rows.split("<c r=\"")
        .skip(1)
        .map(|cell| {
            let (name, rest) = cell.split_once('"').expect("a name");
            let end = rest
                .find("</c>")
                .or_else(|| rest.find("/>"))
                .expect("an end");
            (name.to_owned(), rest[..end].to_owned())
        })
        .collect()
}

/// The format of a cell: the attributes of its `xf`.
fn format_of(parts: &Parts, cell: &str) -> BTreeMap<String, String> {
    let place = cell
        .split("s=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let place: usize = place.map_or(0, |place| place.parse().expect("a number"));
    let formats = text(parts, STYLES)
        .split("<cellXfs")
        .nth(1)
        .expect("formats");
    let format = formats.split("<xf ").nth(place + 1).expect("a format");
    let format = format.split(['>', '/']).next().expect("attributes");
    format
        .split("\" ")
        .filter_map(|pair| pair.split_once("=\""))
        .map(|(name, value)| (name.to_owned(), value.trim_end_matches('"').to_owned()))
        .collect()
}

const SETTINGS: &str = "[[source]]\npath = \"名单.xlsx\"\ncrs = \"wgs84\"\ncity = \"上海\"\n";

fn sheets_of(book: &[u8]) -> Vec<Sheet> {
    let settings = ("stations.toml".to_owned(), SETTINGS.as_bytes().to_vec());
    let list = ("名单.xlsx".to_owned(), book.to_vec());
    let files: FilesInMemory = [settings, list].into_iter().collect();
    let config = Config::read("stations.toml".as_ref(), &files).expect("settings");
    yizhan::publish::sheets(&config.sources[0], &files).expect("sheets")
}

fn marked(book: &[u8], marks: &[Mark]) -> Vec<u8> {
    let headings = [(Some("名单".to_owned()), 1)];
    let MarkedWorkbook { bytes, is_original } =
        marked_workbook(book, &sheets_of(book), &headings, marks).expect("a workbook");
    assert!(is_original);
    bytes
}

fn mark(row: usize, columns: &[usize]) -> Mark {
    Mark {
        sheet: Some("名单".to_owned()),
        row,
        columns: columns.to_vec(),
        problem: format!("第 {row} 行 <b>&\"'\u{1}"),
        remedy: "改\n好".to_owned(),
    }
}

/// A list as clerks format them: bordered cells, numbers, formulas, empty formatted cells, hidden
/// columns, merged cells, a picture, a drop-down, a second sheet.
fn list(
    rows: u32,
    width: u16,
    holes: &BTreeSet<(u32, u16)>,
    merged: Option<(u32, u16)>,
) -> Vec<u8> {
    let plain = Format::new().set_border(FormatBorder::Thin);
    let red = plain
        .clone()
        .set_background_color(Color::Red)
        .set_num_format("0.00");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("名单").expect("a name");
    for column in 0..width {
        sheet
            .write_with_format(0, column, format!("标题{column}"), &plain)
            .expect("a heading");
        for row in 1..=rows {
            let at = |sheet: &mut Worksheet| match (row + u32::from(column)) % 4 {
                _ if holes.contains(&(row, column)) => Ok(()),
                0 => sheet
                    .write_with_format(row, column, f64::from(row) + 0.5, &red)
                    .map(drop),
                1 => sheet.write_blank(row, column, &plain).map(drop),
                2 => sheet
                    .write(row, column, Formula::new("=1+1").set_result("2"))
                    .map(drop),
                _ => sheet.write(row, column, format!("甲&{row}<")).map(drop),
            };
            at(sheet).expect("a cell");
        }
    }
    if let Some((row, column)) = merged {
        sheet
            .merge_range(row, column, row, column + 3, "并在一起", &red)
            .expect("a merged cell");
    }
    sheet
        .write_blank(1, width + 1, &plain)
        .expect("a formatted cell beside the list");
    sheet.set_column_hidden(width + 1).expect("a column");
    sheet.set_row_height(1, 15).expect("a row");
    let drop_down = DataValidation::new()
        .allow_list_strings(&["是", "否"])
        .expect("a list");
    sheet
        .add_data_validation(1, 0, 9, 0, &drop_down)
        .expect("a drop-down");
    let picture = Image::new_from_buffer(PIXEL).expect("a picture");
    sheet.insert_image(3, 1, &picture).expect("a picture");
    book.add_worksheet()
        .set_name("说明")
        .expect("a name")
        .write(0, 0, "不动")
        .expect("a cell");
    book.save_to_buffer().expect("a workbook")
}

/// A picture of one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn everything_but_the_marks_stays(
        rows in 1_u32..12,
        width in 1_u16..30,
        holes in prop::collection::btree_set((1_u32..12, 0_u16..30), 0..60),
        merged in prop::option::of((1_u32..12, 0_u16..30)),
        wrong in prop::collection::btree_map(2_usize..14, prop::collection::vec(0_usize..30, 0..3), 1..6),
    ) {
        let book = list(rows, width, &holes, merged);
        let before = sheets_of(&book);
        let columns = before[0].columns();
        let marks: Vec<Mark> = wrong
            .iter()
            .map(|(row, wrong)| {
                let columns: Vec<usize> = wrong.iter().copied().filter(|at| *at < columns).collect();
                mark(*row, &columns)
            })
            .collect();
        let result = marked(&book, &marks);
        let (old, new) = (parts(&book), parts(&result));

        // Other parts are the same bytes, and so is the sheet behind its rows: merged cells,
        // drop-downs, the picture.
        prop_assert!(old.keys().eq(new.keys()));
        for (name, bytes) in &old {
            prop_assert!(name == SHEET || name == STYLES || *bytes == new[name], "{name}");
        }
        let behind = |parts: &Parts| text(parts, SHEET).split_once("</sheetData>").expect("rows").1.to_owned();
        prop_assert_eq!(behind(&old), behind(&new));

        // The added columns stand beside everything that a row holds.
        let after = sheets_of(&result);
        let added = after[0].marks().expect("marks");
        prop_assert!(added >= columns);
        let of = |column: usize| -> String {
            let first = u8::try_from(column % 26).expect("a letter");
            let letter = char::from(b'A' + first).to_string();
            if column < 26 { letter } else { format!("A{letter}") }
        };
        let (old_cells, new_cells) = (cells(text(&old, SHEET)), cells(text(&new, SHEET)));
        let is_added = |name: &str| {
            let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
            letters == of(added) || letters == of(added + 1)
        };
        let coloured: BTreeSet<String> = marks
            .iter()
            .flat_map(|mark| mark.columns.iter().map(|column| format!("{}{}", of(*column), mark.row)))
            .collect();
        for (name, cell) in &old_cells {
            if is_added(name) {
                prop_assert!(!cell.contains("<v>"), "{name} was lost: {cell}");
            } else if coloured.contains(name) {
                let content = |cell: &str| cell.split_once('>').map(|(_, content)| content.to_owned());
                prop_assert_eq!(content(cell), content(&new_cells[name]));
                let (mut was, mut is) = (format_of(&old, cell), format_of(&new, &new_cells[name]));
                prop_assert_ne!(was.remove("fillId"), is.remove("fillId"));
                was.remove("applyFill");
                is.remove("applyFill");
                prop_assert_eq!(was, is);
            } else {
                prop_assert_eq!(cell, &new_cells[name]);
            }
        }
        for name in &coloured {
            prop_assert!(new_cells.contains_key(name));
        }

        // The marks are read again, and go when nothing is wrong any more.
        for Mark { row, .. } in &marks {
            let cells = &after[0].rows.iter().find(|(number, _)| number == row).expect("the row").1;
            prop_assert_eq!(&cells[added], &format!("第 {row} 行 <b>&\"'"));
            prop_assert_eq!(&cells[added + 1], "改\n好");
        }
        let again = marked(&result, &marks);
        prop_assert_eq!(&sheets_of(&again), &after);
        let mended = marked(&result, &[]);
        for (sheet, old) in sheets_of(&mended).iter().zip(&before) {
            for (row, cells) in &sheet.rows {
                let old = old.rows.iter().find(|(number, _)| number == row);
                let list = cells.iter().take(columns).map(|cell| cell.trim());
                let old = old.map(|(_, cells)| cells.iter().take(columns).map(|cell| cell.trim()));
                if let Some(old) = old {
                    prop_assert!(list.eq(old), "row {row}");
                }
                prop_assert!(*row == 1 || cells.iter().skip(added).all(String::is_empty));
            }
        }
    }
}

#[test]
fn the_added_columns_are_wide_and_not_hidden() {
    let book = list(3, 2, &BTreeSet::new(), None);
    let parts = parts(&marked(&book, &[mark(2, &[1])]));
    let sheet = text(&parts, SHEET);
    let added = "<col width=\"42\" customWidth=\"1\" min=\"3\" max=\"4\"/>";
    assert!(sheet.contains(added), "{sheet}");
    assert!(!sheet.contains("hidden"), "{sheet}");
    // A fixed height would hide most of what is said.
    assert!(!sheet.contains(" ht=\"15\""), "{sheet}");
    let heading = &cells(sheet)["C1"];
    assert!(heading.contains(MARKS[0]));
    assert_eq!(format_of(&parts, heading)["borderId"], "1");
}

#[test]
fn sheets_of_other_files_become_a_workbook_of_texts() {
    let list = "名称,地址\n甲,路 1\n";
    let sheet = Sheet {
        name: None,
        rows: list
            .lines()
            .zip(1..)
            .map(|(line, row)| (row, line.split(',').map(str::to_owned).collect()))
            .collect(),
    };
    let one = Mark {
        sheet: None,
        ..mark(2, &[0])
    };
    let MarkedWorkbook { bytes, is_original } =
        marked_workbook(list.as_bytes(), &[sheet], &[(None, 1)], &[one]).expect("a workbook");
    assert!(!is_original);
    let cells = &sheets_of(&bytes)[0].rows;
    assert_eq!(cells[0].1, ["名称", "地址", MARKS[0], MARKS[1]]);
    assert_eq!(cells[1].1[..2], ["甲", "路 1"]);
}

/// The cell of a formula that failed is coloured, whatever its column was taken for.
#[test]
fn a_failed_formula_is_marked() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["名称", "地址", "经度", "纬度", "开放时间", "备忘"],
        ["甲", "路 1", "121.4", "31.2", "8:00-18:00", "#REF!"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).expect("a cell");
        }
    }
    let files = [(
        "名单.xlsx".to_owned(),
        book.save_to_buffer().expect("a workbook"),
    )];
    let mut workbench = Workbench::new(files.into_iter().collect(), Published::Nothing);
    let now: CivilTime = "2026-07-15T12:00".parse().expect("a time");
    workbench
        .check(SETTINGS, Language::Zh, now, &mut silent)
        .expect("a check");
    let marked = workbench
        .marked("名单.xlsx", Language::Zh)
        .expect("a workbook");
    let parts = parts(&marked.bytes);
    let failed = &cells(text(&parts, SHEET))["F2"];
    assert_ne!(format_of(&parts, failed)["fillId"], "0");
}
