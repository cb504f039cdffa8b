//! What is wrong, what was done and what to do, in Chinese.

use super::{FileKind, Language, Problem, hours_reason, listed};
use crate::publish::hours_columns::Doubt;

use Problem as P;

impl Problem {
    /// What is wrong, what was done, what to do: in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            P::Unreadable(why) => format!("文件打不开（{why}）。没有读取。请检查路径和权限"),
            P::Empty => "文件是空的。没有读取。请放入表格".to_owned(),
            P::NotATable => {
                "这不是表格或 JSON 列表。没有读取。请另存为 CSV（UTF-8）再试".to_owned()
            }
            P::OtherKind(kind) => {
                let kind = match kind {
                    FileKind::Picture => "图片",
                    FileKind::Pdf => "PDF",
                    FileKind::Document => "文字文档或演示文稿",
                };
                format!("这是{kind}，不是表格。没有读取。请放入 Excel（.xlsx）或 CSV 的表格")
            }
            P::NoHeading => {
                "找不到表头。没有读取。第一行应有「名称、地址、经度、纬度」等列名".to_owned()
            }
            P::SheetMissing(sheet) => {
                format!("工作簿里没有「{sheet}」这张表。没有读取。请改 stations.toml 里的 sheet")
            }
            P::ColumnMissing(column) => {
                format!("stations.toml 里写的列「{column}」在表里没有。已忽略。请改成表头里的字")
            }
            P::CrsMissing { in_china, heading } => {
                let evidence = if let Some(heading) = heading {
                    &format!("列名「{heading}」提到了坐标系")
                } else if *in_china {
                    "坐标在中国境内，可能是 gcj02（高德、腾讯）、bd09（百度）或 wgs84，相差约 500 米"
                } else {
                    "坐标在中国以外，多半是 wgs84"
                };
                format!(
                    "没有说明坐标系。检查时先按 wgs84 读。{evidence}。请在 stations.toml 里写 crs"
                )
            }
            P::TooLarge => "文件超过 200 MB。没有读取。请按城市或区分成几个文件".to_owned(),
            P::OldWorkbook => "这是旧格式的 .xls。没有读取。请在表格软件里另存为 .xlsx".to_owned(),
            P::WorkbookBroken(why) => format!("工作簿打不开（{why}）。没有读取。请用表格软件打开，再另存为 .xlsx"),
            P::JsonBroken(why) => format!("JSON 有错（{why}）。没有读取。请在那个位置改正"),
            P::EncodingNotKnown(label) => format!("不认识编码「{label}」。没有读取。请在 stations.toml 里写 encoding = \"gb18030\" 或 \"utf-8\""),
            P::EncodingUnclear => "看不出文件的编码，也没有认识的列名。没有读取。请另存为 CSV（UTF-8），或在 stations.toml 里写 encoding".to_owned(),
            P::EncodingFound(name) => format!("文件没有说明编码，按表头认出是 {name}。名称有乱码的话请在 stations.toml 里写 encoding"),
            P::EncodingGuessed(name) => format!("文件没有说明编码，按字形猜是 {name}，可能有乱码。请看名称是否正常；不对就在 stations.toml 里写 encoding，或另存为 CSV（UTF-8）"),
            P::CellFailed { text, .. } => format!("「{text}」是公式出错的值。当作空着。请改好公式，或填上内容"),
            P::CellsBeyond(text) => format!("表头右边多出一格：「{text}」，多半是内容里有逗号而没有加引号。没有使用，开放时间另看。请把这一行的格子对齐"),
            P::RowHidden => "这一行在表里是隐藏的。照样发布了。不要发布的话请删掉这一行".to_owned(),
            P::ColumnsHidden(columns) => format!("这些列在表里是隐藏的，照样读了：{}。不要发布的话请删掉这些列", columns.join("、")),
            P::ColumnsUnused(columns) => format!("没有用到的列：{}。里面有要发布的内容的话，请改列名，或在 stations.toml 里写 columns", listed(columns, Language::Zh)),
            P::ColumnsPersonal(columns) => format!("这些列像是个人信息，没有发布：{}。确实要发布的话请在 stations.toml 里写 publish_contacts = true", columns.join("、")),
            P::PersonalData { field } => format!("「{field}」里有个人姓名、手机或证件号码。已去掉。确实要发布的话请在 stations.toml 里写 publish_contacts = true"),
            P::HoursJoined(columns) => format!("开放时间由几列合成：{}。请在报告的「开放时间读成了什么」里核对", columns.join("、")),
            P::HoursDoubtful { text, doubt } => match doubt {
                Doubt::DaysMissing => format!("时间「{text}」有，星期一栏是空的。页面显示「时间不明」。请写上哪几天开，天天开就写「每天」"),
                Doubt::EndMissing => format!("「{text}」只有开始或只有结束。页面显示「时间不明」。请把两栏都填上"),
                Doubt::Unclear => format!("还有一列也讲开放时间，看不懂：「{text}」。页面显示「时间不明」。请把时间都写在「开放时间」一列里"),
                Doubt::Differ => format!("几列时间说法不同：「{text}」。页面显示「时间不明」。请只留一列，或写得一致"),
            },
            P::NamesShared { heading } => format!("「{heading}」一列的名称全都一样，多半不是站点名称。照样发布了。请把站点名称的列名改成「名称」，或在 stations.toml 里写 columns"),
            P::NameTooLong => "名称太长，像是贴进了一整段文字。这一行没有发布。请只写名称".to_owned(),
            P::NotStations => "这张表没有经纬度、开放时间，也没有设施，像是通讯录或别的名单。没有发布。如果是站点表，请补上其中一列，或在 stations.toml 的 [[source]] 里写 kind（站点类型）".to_owned(),
            P::ExampleRow => "这是模板里的示例行。没有发布。请删除这一行，填上自己的站点".to_owned(),
            P::TitleRow(title) => match (title.district.as_str(), title.kind.as_str()) {
                ("", "") => format!("「{}」像是小标题或说明，不是站点。没有发布。如果是站点，请补上地址", title.text),
                (district, "") => format!("「{}」是小标题，下面的站点算在「{district}」。不对的话请加一列「区县」", title.text),
                ("", kind) => format!("「{}」是小标题，下面站点的类型写「{kind}」。不对的话请加一列「类型」", title.text),
                (district, kind) => format!("「{}」是小标题，下面的站点算在「{district}」，类型写「{kind}」。不对的话请加「区县」「类型」两列", title.text),
            },
            P::OutOfUse(words) => format!("表里说这个站点「{words}」。没有发布。还在使用的话请改状态"),
            P::PerhapsShut(words) => format!("表里说「{words}」。页面显示「时间不明」和这句话。已经恢复的话请改掉"),
            P::RemarkHeeded(words) => format!("备注「{words}」也算进了开放时间。最好写到「开放时间」一格里"),
            P::HolidaysNotKnown => "开放时间和节假日有关，而这个时区没有放假安排。这些日子算「时间不明」。请在 [dataset] 里写 calendar".to_owned(),
            P::FacilityUnclear(part) => format!("「{part}」看不出有还是没有。页面写「不明」。有就只写名称，没有就写「无…」"),
            P::Quantised => "这是 TopoJSON 一类的量化坐标，不是度。没有读取。请另存为 GeoJSON".to_owned(),
            P::PositionHalf => "经度和纬度只有一个。只按区列出。请把两个都填上".to_owned(),
            P::PositionCoarse { text, is_rejected } => format!("经纬度「{text}」只到 {}请在高德等地图上取点，小数点后写满 4 位以上", if *is_rejected { "整度，相差 100 公里。只按区列出。" } else { "小数点后一两位，可能差几公里。照样发布了。" }),
            P::PositionAway { km } => format!("位置离名单里其他站点最近也有 {km} 公里，多半不对。只按区列出。请到地图上重新取点"),
            P::CrsContradicts { sheet, configured } => format!("表里写的坐标系是 {sheet}，stations.toml 里写的是 {configured}，两者相差约 500 米或更多。位置都没有使用。请弄清楚是哪一种，改 crs 或改列名"),
            P::SheetSkipped { sheet, is_hidden } => format!("工作表「{sheet}」{}。没有读取。需要的话请在 stations.toml 里写 sheet", if *is_hidden { "是隐藏的" } else { "里没有站点表头" }),
            P::QuoteOpen => "这一行有一个引号没有配对。这一行按没有引号读取，其他行不受影响。请检查这一行的引号".to_owned(),
            P::ColumnByContent { field, heading } => format!("列「{heading}」按内容当作「{field}」。不对的话请改列名，或在 stations.toml 里写 columns"),
            P::IdsShared(example) => format!(
                "「编号」一列很多行相同（例如「{example}」），不是站点编号。已改用名称和地址编号。请给每个站点一个编号"
            ),
            P::NotAStation(text) => format!("「{text}」像是合计、说明或落款，不是站点。没有发布。如果是站点，请改名称"),
            P::PositionInMetres { x, y } => format!("坐标「{x}, {y}」是投影坐标（米），不是经纬度。只按区列出。请在 stations.toml 里写 crs = \"EPSG:编号\"，例如 EPSG:4549，或换成经纬度"),
            P::PositionOrderUnclear(text) => format!("「{text}」看不出哪个是经度。只按区列出。请把列名改成「经度,纬度」或「纬度,经度」"),
            P::PositionReduced(kind) => format!("图形是 {kind}，取了其中一点当作位置。请核对，最好给出门口的坐标"),
            P::AddressApart { source, row, metres } => format!("和 {source} 第 {row} 行地址相同，位置却相差 {metres} 米。两处都照原样发布。请核对哪个位置不对"),
            P::CellMangled { text, .. } => format!("「{text}」像是被表格软件改成了日期或科学计数。请把单元格设为文本，重新输入"),
            P::CharactersBroken { field } => format!("「{field}」里有坏掉的字（\u{fffd}）。已照原样保留。请重新输入这一格"),
            P::Merged { source, row } => format!("和 {source} 第 {row} 行是同一个地方。已合成一个站点。不是的话请在 stations.toml 里写 keep_apart"),
            P::MaybeSame { source, row } => format!("和 {source} 第 {row} 行像是同一个地方，但开放时间不同。没有合并。请核对"),
            P::NameMissing => "没有名称。这一行没有发布。请填写名称".to_owned(),
            P::PositionMissing => {
                "没有经纬度。只按区列出，不参与距离排序。请补上经度和纬度".to_owned()
            }
            P::PositionInvalid(text) => format!(
                "经纬度「{text}」不是地球上的位置。只按区列出。请改正，经度在前，例如 121.4737 和 31.2304"
            ),
            P::PositionSwapped => "经度和纬度填反了。已对调使用。请在表里对调".to_owned(),
            P::PositionOutside => {
                "位置在服务范围以外。只按区列出。请核对经纬度，或改 service_area".to_owned()
            }
            P::PositionFar { district, km } => format!(
                "位置离「{district}」其他站点最近也有 {km} 公里，多半是地址解析错了。只按区列出。请到地图上重新取点"
            ),
            P::HoursMissing => "没有开放时间。页面显示「时间不明」。知道的话请补上".to_owned(),
            P::HoursNotUnderstood { text, reason } => format!(
                "开放时间看不懂：「{text}」（{}）。页面显示「时间不明」和原文。请写成「周一至周五 8:30-17:00」这样",
                hours_reason(reason, Language::Zh)
            ),
            P::HoursAmbiguous { text, readings } => format!(
                "开放时间「{text}」有 {} 种读法：{}。读法不一致的时候算「时间不明」。请写得只有一种读法，比如把星期写在时间前面",
                readings.len(),
                readings.join(" 或 ")
            ),
            P::IdDuplicate { source, row } => format!(
                "编号和 {source} 第 {row} 行重复。这一行用名称和地址另编了编号。请改成不同的编号，或删掉一行"
            ),
            P::CrossingNotAcross(barrier) => format!("这个渡口或桥不通到「{barrier}」的对岸。没有采用。请给出两岸各一个位置：经度、纬度和对岸经度、对岸纬度"),
            P::CrossingHoursMissing => "没有开放时间。不会带人走这里，对岸的站点另列。知道的话请补上".to_owned(),
            P::ModeNotKnown(word) => format!("不认识通行方式「{word}」。已忽略。请写 ebike（电动车）、bicycle（自行车）或 foot（步行）"),
            P::RecurrenceNotUnderstood(text) => format!(
                "「{text}」看不懂是哪天。只显示原文。请写成「每月28日」「每周三」「每年5月1日」或「长期」"
            ),
            P::DateInvalid { text, .. } => {
                format!("「{text}」不是日期。当作没有填。请写成 2026-07-15")
            }
            P::NumberInvalid { text, .. } => format!("「{text}」不是数字。当作没有填。请只写数字"),
            P::ControlCharacters { field } => {
                format!("「{field}」里有看不见的控制字符。已去掉。请重新输入这一格")
            }
        }
    }
}
