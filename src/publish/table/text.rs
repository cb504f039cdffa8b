//! Text files: which characters the bytes mean, and rows of cells.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

use super::{Table, TableRow};
use crate::publish::columns::known_headings;
use crate::publish::issue::Problem;

/// The text of a file, and what to tell about the way it was found.
pub(super) fn decode(
    bytes: &[u8],
    declared: Option<&str>,
) -> Result<(String, Option<Problem>), Problem> {
    if let Some(label) = declared {
        let encoding = Encoding::for_label(label.as_bytes())
            .or_else(|| label.eq_ignore_ascii_case("cp949").then_some(EUC_KR))
            .ok_or_else(|| Problem::EncodingNotKnown(label.to_owned()))?;
        return Ok((encoding.decode(bytes).0.into_owned(), None));
    }
    if let Some((encoding, skipped)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[skipped..]);
        return Ok((text.into_owned(), None));
    }
    let zeros = bytes.split(|byte| *byte == 0).count() - 1;
    if zeros * 10 > bytes.len() {
        // Without a mark, the zeros of ASCII signs tell which byte comes first.
        let even = bytes.iter().step_by(2).filter(|byte| **byte == 0).count();
        let encoding = if even > zeros - even {
            UTF_16BE
        } else {
            UTF_16LE
        };
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
        return text
            .filter(|text| has_heading(text))
            .map(|text| (text.into_owned(), None))
            .ok_or(Problem::NotATable);
    }
    // Binary files (workbooks, pictures) are full of zeros or hardly text.
    if zeros * 100 > bytes.len() + 100 {
        return Err(Problem::NotATable);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), None));
    }
    let nearly = String::from_utf8_lossy(bytes);
    let broken = nearly.matches('\u{fffd}').count();
    let whole = nearly
        .chars()
        .filter(|c| !c.is_ascii() && *c != '\u{fffd}')
        .count();
    if whole > 5 * broken {
        return Ok((nearly.into_owned(), None));
    }
    guess(bytes)
}

/// Decides between encodings by the headings that they make of the first rows:
/// nearly any bytes are some Chinese text, but not 名称 or 쉼터명칭.
fn guess(bytes: &[u8]) -> Result<(String, Option<Problem>), Problem> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let likely = detector.guess(None, chardetng::Utf8Detection::Deny);
    let candidates = [
        GB18030,
        likely,
        EUC_KR,
        SHIFT_JIS,
        BIG5,
        EUC_JP,
        WINDOWS_1252,
    ];
    let mut best: Option<(usize, &'static Encoding, String)> = None;
    for encoding in candidates {
        let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) else {
            continue;
        };
        let known = text
            .lines()
            .take(20)
            .map(headings_in)
            .max()
            .unwrap_or_default();
        if best.as_ref().is_none_or(|(most, ..)| known > *most) {
            best = Some((known, encoding, text.into_owned()));
        }
    }
    match best {
        Some((known, encoding, text)) if known > 0 => {
            let told =
                (encoding != GB18030).then(|| Problem::EncodingGuessed(encoding.name().to_owned()));
            Ok((text, told))
        }
        Some(_) => Err(Problem::EncodingUnclear),
        None => Err(Problem::NotATable),
    }
}

fn has_heading(text: &str) -> bool {
    text.lines().take(20).any(|line| headings_in(line) > 0)
}

fn headings_in(line: &str) -> usize {
    [',', ';', '\t', '|']
        .into_iter()
        .map(|separator| known_headings(line, separator))
        .max()
        .unwrap_or_default()
}

/// Rows of a text with separators.
pub(super) fn read(text: &str) -> Result<Table, Problem> {
    let separator = separator(text);
    let mut table = rows(text, separator, true)?;
    // A quotation mark that nobody closed takes the rows after it into its cell.
    let swallowed = table.rows.iter().position(|row| {
        let is_page = |cell: &String| cell.matches('\n').count() > LINES_IN_A_CELL;
        row.cells.iter().any(is_page)
    });
    if let Some(row) = swallowed {
        let number = table.rows[row].number;
        table = rows(text, separator, false)?;
        table.problems.push((number, Problem::QuoteOpen));
    }
    Ok(table)
}

/// More lines than an address or a note has.
const LINES_IN_A_CELL: usize = 30;

/// The sign that cuts the heading into the most known words, or else the most
/// frequent one.
fn separator(text: &str) -> u8 {
    let sample: Vec<&str> = text.lines().take(20).collect();
    let signs = [b',', b';', b'\t', b'|'];
    let worth = |sign: &u8| {
        let known = sample
            .iter()
            .map(|line| known_headings(line, char::from(*sign)))
            .max();
        let count: usize = sample
            .iter()
            .map(|line| line.bytes().filter(|b| b == sign).count())
            .sum();
        (known, count)
    };
    signs.into_iter().rev().max_by_key(worth).unwrap_or(b',')
}

fn rows(text: &str, separator: u8, has_quotes: bool) -> Result<Table, Problem> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .quoting(has_quotes)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    // The csv crate passes over blank lines, which a spreadsheet counts: so rows
    // are counted by line breaks in the text, less those inside cells.
    let (mut counted, mut breaks, mut breaks_inside) = (0, 0, 0);
    for record in reader.records() {
        let record = record.map_err(|_| Problem::NotATable)?;
        let begin = record.position().map_or(counted, |position| {
            usize::try_from(position.byte())
                .unwrap_or(usize::MAX)
                .min(text.len())
        });
        let blank = text.as_bytes()[begin..]
            .iter()
            .take_while(|b| b"\r\n".contains(b))
            .count();
        let start = begin + blank;
        breaks += text[counted..start].matches('\n').count();
        counted = start;
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        rows.push(TableRow {
            number: 1 + breaks - breaks_inside,
            cells,
        });
        breaks_inside += record
            .iter()
            .map(|cell| cell.matches('\n').count())
            .sum::<usize>();
    }
    Ok(Table {
        rows,
        ..Table::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        let table = read("名称,地址\n甲,\"一楼\n东门\"\n\n乙,二楼\n").expect("a table");
        let numbers: Vec<usize> = table.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 2, 4]);
    }

    #[test]
    fn an_open_quotation_mark_does_not_swallow_the_rest() {
        let rows = "乙,三路3号\n".repeat(40);
        let table = read(&format!("名称,地址\n甲,\"二路1号\n{rows}")).expect("a table");
        assert_eq!(table.rows.len(), 42);
        assert_eq!(table.problems, [(2, Problem::QuoteOpen)]);
    }

    #[test]
    fn the_separator_is_the_one_that_makes_headings() {
        let table =
            read("名称;地址;经度\n甲;一路1号，东门, 二楼, 左转, 直走;121,5\n").expect("a table");
        assert_eq!(table.rows[1].cells.len(), 3);
    }

    #[track_caller]
    fn check(encoding: &'static Encoding, text: &str) {
        let (bytes, _, _) = encoding.encode(text);
        let (read, _) = decode(&bytes, None).expect("a text");
        assert_eq!(read, text, "{}", encoding.name());
    }

    #[test]
    fn encodings_are_told_apart_by_the_headings_they_make() {
        check(GB18030, "名称,地址\n方泰菜场公厕,方锦路44号\n");
        check(
            EUC_KR,
            "쉼터명칭,도로명주소,경도,위도\n종로경로당,서울특별시 종로구 1,127.0,37.5\n",
        );
        check(
            SHIFT_JIS,
            "施設名,住所,緯度,経度\n中央図書館,千代田区一丁目1番地,35.6,139.7\n",
        );
        check(
            BIG5,
            "名稱,地址,經度,緯度\n士林圖書館,臺北市士林區中正路1號,121.5,25.0\n",
        );
        check(
            WINDOWS_1252,
            "nombre;dirección;latitud;longitud\nCafé;Calle Mayor 1;39,4;-0,3\n",
        );
    }

    #[test]
    fn sixteen_bits_are_read_without_a_mark() {
        let bytes: Vec<u8> = "名称,地址\n甲,一路 No. 1 (Gate A)\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(decode(&bytes, None).is_ok_and(|(text, _)| text.starts_with("名称")));
    }

    #[test]
    fn a_broken_character_costs_its_cell_only() {
        let mut bytes = "名称,地址\n方泰菜场公厕,方锦路44号对面的小广场\n"
            .as_bytes()
            .to_vec();
        bytes.extend(b"\xe7\x94,x\n");
        let (text, _) = decode(&bytes, None).expect("a text");
        assert!(text.contains("方泰菜场公厕") && text.contains('\u{fffd}'));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01";
        assert_eq!(decode(picture, None), Err(Problem::NotATable));
    }
}
