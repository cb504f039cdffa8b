//! Determines the encoding of a text file.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

use crate::publish::columns::known_headings;
use crate::publish::issue::Problem;

/// The text of a file, and a problem if its encoding was guessed.
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
        // Without a byte order mark the zeros of ASCII characters tell which byte comes first.
        let even = bytes.iter().step_by(2).filter(|byte| **byte == 0).count();
        let encoding = if even > zeros - even {
            UTF_16BE
        } else {
            UTF_16LE
        };
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
        return text
            .filter(|text| text.lines().take(HEAD).any(|line| headings_in(line) > 0))
            .map(|text| (text.into_owned(), None))
            .ok_or(Problem::NotATable);
    }
    // Binary files (workbooks, pictures) contain many zeros.
    if zeros * 100 > bytes.len() + 100 {
        return Err(Problem::NotATable);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), None));
    }
    // Multi-byte characters are hardly ever valid UTF-8 by chance: a few broken ones are damage,
    // and cost only their own cells.
    let nearly = String::from_utf8_lossy(bytes);
    let (whole, broken) = beyond_ascii(&nearly);
    if whole >= broken {
        return Ok((nearly.into_owned(), None));
    }
    guess(bytes)
}

/// The heading is among this many lines.
const HEAD: usize = 20;

/// One character in this many may be broken in a text that is otherwise valid.
const MOSTLY: usize = 20;

/// How many characters beyond ASCII there are, and how many broken ones.
fn beyond_ascii(text: &str) -> (usize, usize) {
    let broken = text.matches('\u{fffd}').count();
    let all = text.chars().filter(|c| !c.is_ascii()).count();
    (all - broken, broken)
}

/// Chooses the encoding by the headings that it gives: nearly any bytes decode to some Chinese
/// text, but not to 名称 or 쉼터명칭. Where headings are ASCII, letter statistics decide.
fn guess(bytes: &[u8]) -> Result<(String, Option<Problem>), Problem> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let likely = detector.guess(None, chardetng::Utf8Detection::Deny);
    let candidates = [
        likely,
        GB18030,
        BIG5,
        EUC_KR,
        SHIFT_JIS,
        EUC_JP,
        WINDOWS_1252,
    ];
    let mut best: Option<(usize, &'static Encoding, String)> = None;
    for encoding in candidates {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let (whole, broken) = beyond_ascii(&text);
        if broken * MOSTLY > whole {
            continue;
        }
        let foreign = text
            .lines()
            .take(HEAD)
            .filter(|line| !line.is_ascii())
            .map(foreign_headings_in)
            .max();
        let known = foreign.unwrap_or_default();
        // At a tie the detector's guess, which comes first, stays.
        if best.as_ref().is_none_or(|(most, ..)| known > *most) {
            best = Some((known, encoding, text.into_owned()));
        }
    }
    let (known, encoding, text) = best.ok_or(Problem::NotATable)?;
    let name = encoding.name().to_owned();
    if known > 0 {
        return Ok((text, Some(Problem::EncodingFound(name))));
    }
    if text.lines().take(HEAD).any(|line| headings_in(line) > 0) || is_json(&text) {
        return Ok((text, Some(Problem::EncodingGuessed(name))));
    }
    Err(Problem::EncodingUnclear)
}

fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

fn headings_in(line: &str) -> usize {
    most_headings(line, |_| true)
}

/// Known headings that are not ASCII, which another encoding would not give.
fn foreign_headings_in(line: &str) -> usize {
    most_headings(line, |cell| !cell.is_ascii())
}

fn most_headings(line: &str, counts: impl Fn(&str) -> bool) -> usize {
    [',', ';', '\t', '|']
        .into_iter()
        .map(|separator| known_headings(line, separator, &counts))
        .max()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(encoding: &'static Encoding, text: &str) {
        let (bytes, _, _) = encoding.encode(text);
        let (read, told) = decode(&bytes, None).expect("a text");
        assert_eq!(read, text, "{}", encoding.name());
        assert!(told.is_some(), "a guess is reported");
        // One bad byte in the last row changes no other cell.
        let mut bytes = bytes.into_owned();
        bytes.extend(b"x\x80,y\n");
        let (damaged, _) = decode(&bytes, None).expect("a text");
        assert!(damaged.starts_with(text), "{}: {damaged}", encoding.name());
    }

    #[test]
    fn encodings_are_told_apart_by_the_headings_they_make() {
        check(
            GB18030,
            "名称,地址\n方泰菜场公厕,方锦路44号\n安亭老街驿站,安亭老街1号\n嘉定北站驿站,城北路2号\n江桥驿站,江桥镇3号\n",
        );
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
    fn under_ascii_headings_the_letters_themselves_tell() {
        for (encoding, text) in [
            (
                BIG5,
                "name,address,lat,lon\n士林圖書館,臺北市士林區中正路1號,25.0,121.5\n大安運動中心,大安區辛亥路三段55號,25.0,121.5\n",
            ),
            (
                WINDOWS_1252,
                "name,address,lat,lon\nThéâtre de l'Écluse,22 allée des Rêves,45.7,4.8\nHôtel de Ville,1 place de la Forêt,45.7,4.8\n",
            ),
            (
                GB18030,
                "name,address,lat,lon\n方泰菜场公厕,方锦路44号,31.3,121.2\n安亭老街职工服务站,安亭老街1号,31.3,121.2\n",
            ),
        ] {
            let (bytes, _, _) = encoding.encode(text);
            let (read, told) = decode(&bytes, None).expect("a text");
            assert_eq!(read, text, "{}", encoding.name());
            assert!(
                matches!(told, Some(Problem::EncodingGuessed(_))),
                "{told:?}"
            );
        }
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
        for rest in ["方泰菜场公厕,方锦路44号对面的小广场\n", "Café,1 Mill Row\n"]
        {
            let mut bytes = format!("name,地址\n{rest}").into_bytes();
            bytes.extend(b"\xe7\x94,x\n");
            let (text, _) = decode(&bytes, None).expect("a text");
            assert!(text.contains(rest) && text.contains('\u{fffd}'), "{text}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01";
        assert_eq!(decode(picture, None), Err(Problem::NotATable));
    }
}
