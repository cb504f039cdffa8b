//! `stations.toml` as people save it: in the encoding of their editor, with a word processor's
//! quotation marks, with a mistyped key. Unambiguous slips are accepted, others explained.

/// The text of the file: UTF-8, UTF-16 with a mark, or GB18030, in which Notepad saves Chinese.
pub(super) fn decoded(bytes: &[u8]) -> String {
    let encoding = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8,
        None => encoding_rs::GB18030,
    };
    encoding.decode(bytes).0.into_owned()
}

/// The text with plain quotation marks in the place of curly ones, if it has any.
pub(super) fn with_straight_quotes(text: &str) -> Option<String> {
    let curly = ['“', '”', '„', '＂', '「', '」'];
    text.contains(curly).then(|| text.replace(curly, "\""))
}

/// The line of a fault, what is wrong there in Chinese, and the parser's words.
pub(super) fn explained(text: &str, fault: &toml::de::Error) -> (usize, String, String) {
    let at = fault.span().map_or(0, |span| span.start.min(text.len()));
    let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
    let words = fault.message().to_owned();
    let quoted = |index| words.split('`').nth(index).unwrap_or_default();
    let zh = if words.starts_with("unknown field") {
        let wrong = quoted(1);
        let known: Vec<&str> = words.split('`').skip(3).step_by(2).collect();
        let near = known
            .iter()
            .max_by(|one, other| strsim::jaro(wrong, one).total_cmp(&strsim::jaro(wrong, other)));
        match near.filter(|near| strsim::jaro(wrong, near) > NEAR) {
            Some(near) => format!("不认识「{wrong}」，是不是「{near}」？"),
            None => format!("不认识「{wrong}」。这里可以写：{}", known.join("、")),
        }
    } else if words.starts_with("missing field") {
        format!("少了「{}」", quoted(1))
    } else if words.contains("escape") || words.contains("unicode") {
        "反斜杠请改成 /，例如 path = \"D:/驿站/七月.xlsx\"".to_owned()
    } else if words.contains("duplicate") {
        "同一个名字写了两次，请删掉一个".to_owned()
    } else if words.starts_with("invalid type") {
        "值的写法不对：文字要用英文引号括起来，数字不用".to_owned()
    } else {
        "写法不对：每行是「名字 = 值」，文字用英文引号 \" 括起来".to_owned()
    };
    (line, zh, words.replace('\n', " "))
}

/// A misspelling is at least this similar to the word.
const NEAR: f64 = 0.8;

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (usize, String) {
        #[derive(serde::Deserialize, Debug)]
        #[serde(deny_unknown_fields)]
        struct Keys {
            #[expect(dead_code, reason = "only read")]
            city: Option<String>,
            #[expect(dead_code, reason = "only read")]
            path: String,
        }
        let error = toml::from_str::<Keys>(text).expect_err("a fault");
        let (line, zh, _) = explained(text, &error);
        (line, zh)
    }

    #[test]
    fn faults_are_explained_with_their_line() {
        let (line, zh) = fault("path = \"a\"\ncitty = \"x\"\n");
        assert_eq!(line, 2);
        assert!(zh.contains("city"), "{zh}");
        assert!(fault("path = \"C:\\Users\"\n").1.contains('/'));
        assert!(fault("city = \"x\"\n").1.contains("path"));
        assert!(fault("path = 上海\n").1.contains("引号"));
    }

    #[test]
    fn files_are_read_as_editors_save_them() {
        let text = "path = \"驿站.csv\"\n";
        let (gbk, _, _) = encoding_rs::GB18030.encode(text);
        assert_eq!(decoded(&gbk), text);
        let wide: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(decoded(&wide), text);
        assert_eq!(decoded(format!("\u{feff}{text}").as_bytes()), text);
        assert_eq!(
            with_straight_quotes("path = “a”").as_deref(),
            Some("path = \"a\"")
        );
    }
}
