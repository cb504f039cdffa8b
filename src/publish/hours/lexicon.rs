//! The words that the reader knows, in the languages that lists come in, each with the
//! one meaning that it has. A word that is not here makes a text unknown.
//!
//! Written as [`Plain`](super::text::Plain) leaves a text: lower case, half width,
//! simplified characters, digits for numerals, `-` for every "to".

use std::collections::HashMap;
use std::sync::LazyLock;

use super::token::{Clock, Doubt, Label, Named, Period, Token, Vacation, season};
use crate::domain::timetable::{ALL_WEEK, MONDAY_TO_FRIDAY, WEEK_END};

use Token as T;

const NOON: Clock = Clock {
    hour: 12,
    minute: 0,
    is_bare: false,
    has_leading_zero: true,
    period: None,
};

const MIDNIGHT: Clock = Clock { hour: 24, ..NOON };

/// Words by meaning, separated by `|`.
const WORDS: &[(Token, &str)] = &[
    // ---- days ------------------------------------------------------------------
    (
        T::Every,
        "每天|每日|天天|日日|每周7天|周7天|一周7天|7天|每个工作日和周末|daily|every day|everyday|7 days a week|7 days per week|\
         7 days/week|7 days|seven days a week|매일|todos los días|todos los dias|diario|diariamente|\
         tous les jours|7j/7|täglich|taeglich|tgl|tgl.|年中|全周",
    ),
    (
        T::Rest,
        "其余时间|其余时段|其余月份|其余日期|其余|其他时间|其他时段|其他月份|其他日期|其他|其它时间|其它时段|其它月份|其它|\
         平时|平常|正常情况|余下时间|otherwise|other days|all other days",
    ),
    (T::OrdinaryDays, "平日|平日时间"),
    (
        T::Workdays,
        "工作日|上班日|上班时间|working days|workdays|business days|días laborables|dias laborables|jours ouvrables|werktags|영업일|평일",
    ),
    (T::RestDays, "休息日|非工作日|公休日子"),
    (
        T::Weekdays(WEEK_END),
        "双休日|周末|周末两天|周6日|周六日|weekends|weekend|week-end|주말|fines de semana|fin de semana|am wochenende|wochenende|wochenends",
    ),
    (T::Weekdays(MONDAY_TO_FRIDAY), "weekdays|weekday"),
    (
        T::Holidays,
        "国家法定节假日|法定节假日|国家法定假日|法定假日|法定假期|国定假日|国定节假日|国家法定节日|法定节日|节假日|假日|节日|公众假期|祝日|祝祭日|祝|\
         public holidays|public holiday|bank holidays|holidays|holiday|공휴일|festivos|ph|feiertage|feiertags|an feiertagen|\
         jours fériés|jours feries",
    ),
    (T::Vacation(Vacation::Any), "假期|放假期间"),
    (T::Vacation(Vacation::Summer), "暑假|暑假期间"),
    (T::Vacation(Vacation::Winter), "寒假|寒假期间"),
    (T::Vacation(Vacation::SummerAndWinter), "寒暑假|寒暑假期间"),
    (T::Named(Named::NewYear), "元旦节|元旦"),
    (T::Named(Named::SpringFestival), "春节长假|春节"),
    (T::Named(Named::Qingming), "清明节|清明"),
    (T::Named(Named::Labour), "五一劳动节|劳动节|五一|51劳动节"),
    (T::Named(Named::DragonBoat), "端午节|端午"),
    (T::Named(Named::MidAutumn), "中秋节|中秋"),
    (
        T::Named(Named::National),
        "十一国庆节|国庆节|国庆|十一|国庆长假",
    ),
    (T::Lunar(-1), "除夕|大年三十|年三十"),
    (T::Lunar(0), "大年初一|正月初一|年初一|初一"),
    (T::Lunar(1), "年初二|初二"),
    (T::Lunar(2), "年初三|初三"),
    (T::Lunar(3), "年初四|初四"),
    (T::Lunar(4), "年初五|初五"),
    (T::Lunar(5), "年初六|初六"),
    (T::Lunar(6), "年初七|初七"),
    (T::Lunar(14), "正月十五"),
    (T::Nth(1), "第一个|第1个|1st|first"),
    (T::Nth(2), "第二个|第2个|2nd|second"),
    (T::Nth(4), "第三个|第3个|3rd|third"),
    (T::Nth(8), "第四个|第4个|4th|fourth"),
    (T::Nth(32), "最后一个|最后1个|last"),
    (
        T::Weekdays(1),
        "monday|mondays|mon|montag|montags|lunes|lundi|월요일|周一|mo|lun",
    ),
    (
        T::Weekdays(2),
        "tuesday|tuesdays|tues|tue|tu|dienstag|dienstags|martes|mardi|화요일",
    ),
    (
        T::Weekdays(4),
        "wednesday|wednesdays|wed|weds|we|mittwoch|mittwochs|miércoles|miercoles|mercredi|수요일|mi",
    ),
    (
        T::Weekdays(8),
        "thursday|thursdays|thurs|thur|thu|th|donnerstag|donnerstags|jueves|jeudi|목요일",
    ),
    (
        T::Weekdays(16),
        "friday|fridays|fri|fr|freitag|freitags|viernes|vendredi|금요일|venres",
    ),
    (
        T::Weekdays(32),
        "saturday|saturdays|sat|sa|samstag|samstags|sonnabend|sábado|sabado|sábados|sabados|samedi|토요일",
    ),
    (
        T::Weekdays(64),
        "sunday|sundays|sun|su|sonntag|sonntags|sonn-|domingo|domingos|dimanche|일요일",
    ),
    (T::Weekdays(0b001_0101), "mwf"),
    // ---- parts of the year -------------------------------------------------------
    (
        T::Season(season::SUMMER),
        "夏令时间|夏令时|夏时制|夏令|夏季|夏天|夏|summer|하계|하절기|verano",
    ),
    (
        T::Season(season::WINTER),
        "冬令时间|冬令时|冬时制|冬令|冬季|冬天|冬|winter|동계|동절기|invierno",
    ),
    (T::Season(season::SPRING), "春季|春天|春|spring"),
    (T::Season(season::AUTUMN), "秋季|秋天|秋|autumn"),
    (
        T::Season(season::SPRING | season::SUMMER),
        "春夏季|春夏两季|春夏|春、夏季|春季夏季",
    ),
    (
        T::Season(season::AUTUMN | season::WINTER),
        "秋冬季|秋冬两季|秋冬|秋、冬季",
    ),
    (
        T::Season(season::SPRING | season::AUTUMN),
        "春秋季|春秋两季|春秋|春、秋季",
    ),
    (
        T::Season(season::WINTER | season::SPRING),
        "冬春季|冬春两季|冬春",
    ),
    (
        T::Season(season::SUMMER | season::AUTUMN),
        "夏秋季|夏秋两季|夏秋",
    ),
    (
        T::SomeSeason,
        "高温季节|高温期间|高温季|高温天气期间|高温天|盛夏|汛期|旺季|淡季|供暖季|采暖季|供暖期",
    ),
    (T::Since, "起|开始|since|ab"),
    // ---- parts of the day --------------------------------------------------------
    (T::Period(Period::Dawn), "凌晨|새벽"),
    (
        T::Period(Period::Morning),
        "早上|早晨|清晨|上午|早|朝|午前|오전|in the morning|de la mañana",
    ),
    (T::Period(Period::Noon), "中午|午间|正午"),
    (
        T::Period(Period::Afternoon),
        "下午|午后|오후|in the afternoon|de la tarde",
    ),
    (
        T::Period(Period::Evening),
        "傍晚|晚上|晚间|夜间|夜里|夜晚|夜|晚|nightly|저녁|밤|in the evening",
    ),
    (
        T::Period(Period::NextDay),
        "次日凌晨|第二天凌晨|次日早上|次日早晨|次日清晨|次日上午|次日早|第二天早上|第二日|次日|第二天|翌|翌日|翌晨|翌朝|隔天|隔日|明日|익일|다음날|next day|the next day",
    ),
    (
        T::AllDay,
        "全天24小时|24小时全天候|24小时全天|全天候24小时|24小时不间断|全天候|全天|全日|整天|昼夜不停|昼夜|24小时通宵|终日|24/7|24x7|24×7|24*7|around the clock|\
         round the clock|24 hours a day|24 hours/day|24 hours per day|24 hrs a day|24 hrs/day|24h/24h|24h/24|24/24|24h/24h|24h/7|24시간|all day|las 24 horas|\
         24 stunden|rund um die uhr|24 heures|7×24小时|7*24小时|7x24小时|7×24|7*24|7x24|24小时×7天|24小时*7天",
    ),
    // ---- shut --------------------------------------------------------------------
    (
        T::Off,
        "不对外开放|不对外营业|暂不开放|暂不对外开放|不提供服务|不开放|不开门|不开|\
         不营业|不服务|不办公|不上班|无服务|无人服务|关门|关|闭馆|闭站|闭园|停业|歇业|公休|放假|休馆|\
         休业|休息|休诊|休|打烊|轮休|不得入内|禁止入内|谢绝入内|不得进入|禁止进入|不能进入|不接待|停止接待|休店|定休|\
         off|휴무|휴관|휴업|휴점|휴일|쉼",
    ),
    (
        T::Suspended,
        "暂停对外开放|停止对外开放|暂停开放|停止开放|暂停使用|停止使用|暂停服务|暂停营业|停止营业|停止服务|临时关闭|暂时关闭|已关闭|已停用|停用|停运|已撤|已撤销|已拆除|关闭|关停",
    ),
    (
        T::Closed,
        "closed|close|shut|cerrado|cerrados|fermé|ferme|fermée|geschlossen|ruhetag",
    ),
    (
        T::ClosingDays,
        "闭馆日|休息日为|休馆日|公休日|定休日|休业日|店休日|休诊日|闭站日|休日|휴무일|closing days|closed on|closing day",
    ),
    (T::Except, "除外|以外|之外|外|excepted|제외"),
    (
        T::Without,
        "除了|除去|除|不含|不包括|不包含|不计|except for|except on|except|excluding|excl.|excl|sauf|außer|salvo|excepto",
    ),
    (
        T::Including,
        "含|包含|包括|including|incl.|incl|inclusive of|y compris|포함",
    ),
    (
        T::Lunch,
        "午休时间|午休|中午休息|中午闭馆|中午不开放|中午不营业|午间休息|午间闭馆|午间不开放|午间关闭|休息时间|休息时段|间休时间|점심시간|lunch break|closed for lunch",
    ),
    // ---- open --------------------------------------------------------------------
    (
        T::OpenWord,
        "对外开放|对外营业|对公众开放|免费开放|开放|开门|开馆|营业|服务|运营|接待|可用|可使用|提供服务|有人值守|open|opening hours|opening times|hours of operation|\
         hours|horario|horaires|öffnungszeiten|ouvert|geöffnet|abierto|영업|운영|이용|이용시간|时间|时段|时间段|时间为",
    ),
    (
        T::AsUsual,
        "正常开放|正常营业|正常服务|正常对外开放|照常开放|照常营业|照常服务|照常|正常|不休息|不打烊|不休|不闭馆|不关门|不停业|as usual|as normal",
    ),
    (
        T::AllYear,
        "全年365天|365天|365 days a year|365 days/year|365 days|全年无休|年中无休|全年不休|全年开放|常年开放|长期开放|全年营业|无休|全年|常年|연중무휴|무휴|年中无休息|\
         节假日不休息|节假日不休|节假日无休|周末不休息|周末不休|周末无休|中午不休息|中午不闭馆|中午不休|中午不打烊|午间不休息|午间不休|午间不闭馆|all year|year round|\
         all year round|toda la semana",
    ),
    // ---- headings ------------------------------------------------------------------
    (
        T::Label(Label::Door("open")),
        "开放时间|开放时段|开门时间|开馆时间|开站时间|开放时间段|对外开放时间",
    ),
    (
        T::Label(Label::Door("business")),
        "营业时间|经营时间|영업시간|营业时段",
    ),
    (
        T::Label(Label::Door("service")),
        "服务时间|服务时段|运营时间|接待时间|使用时间|利用时间",
    ),
    (
        T::Label(Label::Part("work")),
        "工作时间|上班时间为|办公时间|办事时间|受理时间|业务时间|业务办理时间|对公时间|对公业务|对私业务",
    ),
    (
        T::Label(Label::Other),
        "取餐时间|取餐|供餐时间|用餐时间|就餐时间|早餐时间|午餐时间|晚餐时间|早餐|午餐|晚餐|配送时间|配送|外卖时间|外卖|值班时间|值班|值守时间|\
         预约时间|领取时间|领号时间|咨询时间|电话咨询时间|热线时间|客服时间|充电时间|补货时间|配餐时间|理发时间|义诊时间|活动时间|挂号时间|停车时间|洗车时间|kitchen|delivery|happy hour",
    ),
    (
        T::Label(Label::Cleaning),
        "保洁时间|保洁|打扫时间|打扫|清洁时间|清洁|消毒时间|消毒",
    ),
    (T::Label(Label::Part("1")), "一楼|1楼|一层|1层|1f|底楼|底层"),
    (T::Label(Label::Part("2")), "二楼|2楼|二层|2层|2f"),
    (T::Label(Label::Part("3")), "三楼|3楼|三层|3层|3f"),
    (T::Label(Label::Part("4")), "四楼|4楼|四层|4层|4f"),
    (
        T::Label(Label::Part("inside")),
        "室内|馆内|店内|大厅|大堂|阅览室|图书馆|休息区|休息室|室内区域",
    ),
    (
        T::Label(Label::Part("outside")),
        "室外|户外|馆外|店外|外围|自助区|自助服务区|自助银行|室外区域",
    ),
    (T::Label(Label::Part("a")), "a区|东门|东区|南门"),
    (T::Label(Label::Part("b")), "b区|西门|西区|北门"),
    // ---- remarks ---------------------------------------------------------------------
    (
        T::Notice { is_caveat: true },
        "具体以现场为准|以现场为准|具体以实际为准|以实际为准|具体以公告为准|以公告为准|具体以通知为准|以通知为准|具体时间以现场为准|具体时间以公告为准|具体时间以通知为准|时间以现场为准|\
         开放时间以现场为准|开放时间以公告为准|具体开放时间以现场为准|具体开放时间以公告为准|具体开放时间以现场公告为准|营业时间以现场为准|以现场公告为准|具体以现场公告为准|以现场公示为准|\
         以门店为准|以门店公告为准|以门店实际为准|以门店营业时间为准|具体以门店为准|具体以门店公告为准|以店内公告为准|以当日公告为准|以当天公告为准|以当日为准|以官方公告为准|以官网为准|以官方为准|以公示为准|\
         以站点公告为准|以站点为准|以站点实际为准|以站点通知为准|具体以站点为准|以实际情况为准|具体以实际情况为准|以实际开放时间为准|具体以实际开放时间为准|实际以现场为准|最终以现场为准|以现场实际为准|以现场通知为准|\
         以门口告示为准|以门口公告为准|以告示为准|以馆方通知为准|以馆内公告为准|以最新公告为准|以最新通知为准|请以现场为准|请以现场公告为准|请以公告为准|请以通知为准|请以实际为准|详情以现场为准|详情以公告为准|\
         具体以当日公告为准|具体以门口告示为准|如有变动以现场为准|如有调整以现场为准|如有变动以公告为准|如有调整以公告为准|如有变动以通知为准|如有变动,以现场为准|如有变动,以公告为准|如有变动,以通知为准|\
         见门口|见门口告示|见门口公告|详见门口告示|详见公告|详见门口公告|详见门口|详见现场|详见通知|详见官网|详见公众号|请致电|请电话咨询|请致电咨询|可致电咨询|可致电|可电话咨询|电话咨询|请来电咨询|详情请致电|详情电询|\
         请见公告|见公告|见通知|另见公告",
    ),
    (
        T::Notice { is_caveat: false },
        "视情况而定|视情况|视天气而定|视天气情况|视天气|看情况|看天气|另行通知|等通知|待定|未定|不详|待通知|需提前预约|须提前预约|请提前预约|需预约|须预约|提前预约|凭预约|电话预约|预约制|预约|需致电预约|\
         不定时|不定期|时间不定|不固定|不确定|时间不固定|随机|按需|同商场营业时间|同商场|随商场|随门店|随店|同门店|同店铺|同银行|按商场时间|以商场为准|以商场营业时间为准|具体以商场营业时间为准|\
         by appointment|by appointment only|appointment only|varies|call|call ahead|call for hours|please call|until late|until sold out|曜日により异なる|要预约|예약",
    ),
    (
        T::Doubt(Doubt::PerhapsShut),
        "内部装修中|内部装修|装修中|装修|维修中|维修|修缮中|修缮|施工中|施工|改造中|改造|升级改造|升级改造中|整修中|整修|停电|检修中|检修|设备检修|筹建中|筹建|在建|建设中|筹备中|待建|\
         尚未开放|尚未启用|尚未对外开放|未开放|未启用|即将开放|预计|拟|计划|待开放|暂未开放|未开业|尚未开业|搬迁中|搬迁|已搬迁|迁址|under construction|under repair|under renovation|renovation|coming soon|not yet open|공사중",
    ),
    (
        T::Doubt(Doubt::Anything),
        "疫情期间|疫情|防疫期间|试运行|试运行期间|试运营|试运营期间|试营业|试营业期间|临时|暂定|暂|原|原为|过去|曾经|旧|大约|约|左右|大概|可能|有时|weather permitting|capacity limits|seasonal|approx|approximately",
    ),
    (T::Because, "因为|由于|因|due to"),
    (
        T::Harmless,
        "欢迎光临|欢迎前来|欢迎|免费|免费使用|免费入场|免费入馆|免票|无需预约|无须预约|不需预约|不用预约|免预约|推门即进|推门就进|即日起|自即日起|如有变动另行通知|如有变动,另行通知|\
         如有变化另行通知|如有调整另行通知|如有调整,另行通知|特殊情况提前另行通知|特殊情况另行通知|特殊情况除外另行通知|如遇特殊情况另行通知|如遇特殊情况,另行通知|特殊情况提前通知|如遇特殊情况提前通知|\
         遇特殊情况另行通知|有变动另行通知|变动另行通知|早班|日班|白班|期间|其中|free|free entry|free of charge|welcome|admission free|no appointment needed|walk-ins welcome|\
         请放心使用|请爱护设施|请保持安静|请保持卫生|谢谢|谢谢合作|感谢配合",
    ),
    (
        T::LastEntry,
        "最晚|最后|最迟|截止|停止|last entry|last admission|마지막",
    ),
    (
        T::Entry,
        "入场|入馆|进场|进馆|入内|停止入内|取号|领号|领票|售票|入园|进站|进入|入场时间|入馆时间|入店|点单|下单|点餐|受理|entry|entries|admission|입장|停止入场|停止入馆|停止进场|停止进馆|停止取号|停止领号|停止售票|停止入园|停止受理|\
         停止点单|停止点餐|停止检票|停止发号|前入场|前入馆|前入内|前进场",
    ),
    // ---- grammar ---------------------------------------------------------------------
    (
        T::Particle,
        "为|是|的|均|都|全部|在|由|于|整|时|全体|we are|we're|the|on|at|is|are|de|del|du|des|el|la|le|les|los|las|von|am|der|die|das|desde|uhr|hrs|시간|까지|분|에|次年|同年|对外|则|也|另|另外|还|即",
    ),
    (T::EachOf, "每年|每周|每星期|每逢|每个|每|逢|every|each"),
    (T::Monthly, "每月|每个月"),
    (T::From, "自|从|from|seit"),
    (T::Until, "止|为止"),
    (T::Only, "仅限于|仅限|仅在|仅|只限|只在|只|限于|only"),
    (T::LateShift, "中班|晚班|夜班"),
    // ---- what joins ------------------------------------------------------------------
    (T::And, "及|和|与|以及|暨|and|y|e|et|und|및|과|와|plus"),
    (T::Or, "或者|或|or|oder|ou|o"),
    (
        T::Dash,
        "to|until|till|til|through|thru|bis|a|à|au|hasta|jusqu'à|부터",
    ),
    (T::Time(NOON), "noon|12noon|12 noon|midday"),
    (T::Time(MIDNIGHT), "midnight|12midnight|12 midnight"),
    (T::Weekdays(ALL_WEEK), "全周七天"),
    (T::Colon, ":"),
    (T::Space, " "),
    (T::Line, "\n"),
    (T::And, "、|+|&|·"),
    (T::Slash, "/"),
    (T::Comma, ","),
    (T::Stop, ";"),
    (T::Dash, "-"),
    (T::Open, "("),
    (T::Close, ")"),
];

/// The words by their first character, the longest first.
static BY_FIRST: LazyLock<HashMap<char, Vec<(&'static str, Token)>>> = LazyLock::new(|| {
    let mut by_first: HashMap<char, Vec<(&str, Token)>> = HashMap::new();
    for (token, words) in WORDS {
        for word in words.split('|').filter(|word| !word.is_empty()) {
            let first = word.chars().next().expect("not empty");
            by_first.entry(first).or_default().push((word, *token));
        }
    }
    for words in by_first.values_mut() {
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
    by_first
});

/// The longest known word at the start of `rest`, and its length in bytes.
pub(super) fn word(rest: &str) -> Option<(Token, usize)> {
    let first = rest.chars().next()?;
    BY_FIRST.get(&first)?.iter().find_map(|(word, token)| {
        let after = rest.strip_prefix(word)?;
        ends_word(word, after).then_some((*token, word.len()))
    })
}

/// Whether a word of Latin letters may end here.
fn ends_word(word: &str, after: &str) -> bool {
    let is_latin = |c: char| c.is_alphabetic() && u32::from(c) < 0x250;
    !(word.ends_with(is_latin) && after.starts_with(is_latin))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::hours::text::Plain;

    fn words() -> impl Iterator<Item = (Token, &'static str)> {
        WORDS.iter().flat_map(|(token, words)| {
            words
                .split('|')
                .filter(|word| !word.is_empty())
                .map(|word| (*token, word))
        })
    }

    #[test]
    fn every_word_is_written_as_texts_are_once_they_are_plain() {
        let wrong: Vec<&str> = words()
            .map(|(_, word)| word)
            .filter(|word| *word != "\n" && Plain::of(word).text() != *word)
            .collect();
        assert_eq!(wrong, Vec::<&str>::new());
    }

    #[test]
    fn no_word_has_two_meanings() {
        let mut meanings: HashMap<&str, Token> = HashMap::new();
        let wrong: Vec<&str> = words()
            .filter(|(token, word)| {
                meanings
                    .insert(word, *token)
                    .is_some_and(|known| known != *token)
            })
            .map(|(_, word)| word)
            .collect();
        assert_eq!(wrong, Vec::<&str>::new());
    }
}
