//! The words that people write above their columns, in six languages.

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    Id,
    Name,
    Address,
    City,
    District,
    Floor,
    Landmark,
    Lon,
    Lat,
    /// Both in one cell; longitude first where the numbers do not tell.
    Position,
    /// Both in one cell, latitude first.
    LatLon,
    /// Both in one cell, in an order that only the numbers tell.
    Pair,
    Kind,
    Amenities,
    Hours,
    Phone,
    Capacity,
    Door,
    Audience,
    Note,
    VerifiedOn,
    Origin,
    /// Whether it is in use at all.
    Status,
    /// A person's name, identity number or mobile number; not published unless the configuration
    /// asks for it.
    Person,
    /// The row's number in its list.
    Serial,
}

/// A field, its key in `stations.toml`, the headings that name it outright, and the last words
/// of longer headings that name it when no other heading does.
///
/// Headings are in lower case, without spaces and brackets; the more telling
/// words come first. The first heading is the one of our template.
pub(super) type Words = (Field, &'static str, &'static str, &'static str);

/// Every field, in the order in which columns are assigned.
pub(super) const HEADINGS: &[Words] = &[
    (
        Field::Id,
        "id",
        "编号 站点编号 驿站编号 序列号 编码 代码 站点id id uid uuid identifiant 위치코드 관리번호 管理番号 코드 codigo código",
        "",
    ),
    (
        Field::Name,
        "name",
        "名称 站点名称 站点全称 驿站名称 爱心驿站 点位 服务点 服务站名称 站名 驿站名 网点名称 场所名称 场馆名称 点位名称 阵地名称 驿站 站点 \
         name title facility site branch venue bezeichnung nomdulieu nameasprinted namezh station stationname facilityname locationname locationname sitename \
         名稱 站點名稱 據點名稱 쉼터명칭 쉼터명 시설명 시설명칭 명칭 상호 이름 施設名 施設名称 施設の名称 \
         nombre denominacion denominación equipamiento equipamien nom libelle libellé",
        "名称 名稱 站名 驿站名 name 명칭 명 名 nombre nom",
    ),
    (
        Field::Address,
        "address",
        "地址 详细地址 站点地址 驿站地址 具体地址 详细位置 位置 地点 所在地 \
         address addressasprinted streetaddress fulladdress locationaddress addr 地點 \
         所在地連結表記 straße strasse anschrift 도로명주소 소재지도로명주소 주소 소재지 지번주소 소재지지번주소 住所 adresse direccion dirección domicilio",
        "地址 位置 address 주소 住所 adresse direccion dirección",
    ),
    (
        Field::City,
        "city",
        "城市 市 所在城市 地市 city citycounty ciudad municipio ville commune 시도 市区町村 縣市",
        "城市",
    ),
    (
        Field::District,
        "district",
        "区县 区 所属区 所在区 所属区县 行政区 行政区划 区域 街道 街镇 所属街道 乡镇 \
         district borough county neighborhood 區 行政區 鄉鎮市區 자치구 시군구 시군구명 地区 distrito barrio arrondissement",
        "区县 街道 街镇 行政区 district",
    ),
    (
        Field::Floor,
        "floor",
        "楼层 层 所在楼层 floor 樓層 층 階 planta étage etage",
        "楼层",
    ),
    (
        Field::Landmark,
        "landmark",
        "地标 参照物 附近 周边标志 landmark",
        "",
    ),
    (
        Field::Lon,
        "lon",
        "经度 geometryx längengrad lon lng long longitude lnggcj02 longcj02 lngbd09 lonbd09 lonwgs84 lngwgs84 \
         locationlng locationlon locationlongitude centerlon centerlng 东经 经度e x 經度 경도 経度 longitud",
        "经度 經度 longitude lng lon 경도 経度 longitud",
    ),
    (
        Field::Lat,
        "lat",
        "纬度 geometryy breitengrad lat latitude latgcj02 latbd09 latwgs84 \
         locationlat locationlatitude centerlat 北纬 纬度n y 緯度 위도 latitud",
        "纬度 緯度 latitude lat 위도 latitud",
    ),
    (
        Field::LatLon,
        "lat_lon",
        "纬度经度 纬经度 latitudelongitude latitude,longitude latlon latlng lat,lon lat,lng lat/lon geopoint2d",
        "",
    ),
    (
        Field::Position,
        "position",
        "经纬度 经度纬度 经度,纬度 经度，纬度 经度、纬度 lonlat lnglat lon,lat lng,lat wkt 經緯度",
        "经纬度 經緯度",
    ),
    (
        Field::Pair,
        "coordinates",
        "坐标 位置坐标 地图坐标 坐标点 座標 coordinates coordinate geolocation gps 좌표 coordenadas coordonnées coordonnees",
        "坐标 座標 coordinates coordenadas coordonnées",
    ),
    (
        Field::Kind,
        "kind",
        "类型 类别 站点类型 驿站类型 种类 性质 分类 所属品牌 kind type category tipo categoria 類型 類別 \
         시설구분1 시설구분 시설유형 쉼터유형 種別 施設種別",
        "类型 类别 类型名称",
    ),
    (
        Field::Amenities,
        "amenities",
        "服务设施 设施 服务内容 服务项目 服务功能 配套设施 基础设施 设施设备 配备 配置 提供服务 服务 \
         amenities facilities services servicecontent facilitylabels 服務設施 設備 設施 시설 servicios équipements",
        "设施 服务内容 服务项目 功能",
    ),
    (
        Field::Hours,
        "hours",
        "开放时间 营业时间 服务时间 开放时段 服务时段 运营时间 营业时段 开门时间 时间 时段 openinghours hours servicetime \
         openhours openhoursascollected hoursasprinted hoursofoperation opentimeweek businessopentimeweek openingtimes businesshours \
         開放時間 開設時間帯 利用可能時間 開放可能時間 服務時間 營業時間 开放时间段 营业起止时间 öffnungszeiten 운영시간 이용시간 営業時間 開館時間 利用時間 開設時間 hoursopen openingtime horairesdouverture horariodeapertura horaires horario horarios",
        "开放时间 营业时间 服务时间 开放时段 運營時間 hours horaires horario",
    ),
    (
        Field::Phone,
        "phone",
        "电话 联系电话 服务电话 站点电话 固定电话 联系方式 咨询电话 \
         phone tel telephone phonenumber contactphone 電話 聯絡電話 전화 전화번호 연락처 電話番号 téléphone telephone teléfono telefono",
        "电话 電話 phone 전화번호 電話番号 téléphone teléfono",
    ),
    (
        Field::Capacity,
        "capacity",
        "容纳人数 可容纳人数 人数 座位数 capacity 容納人數 이용가능인원 수용인원 収容人数 受入可能人数 aforo capacité",
        "人数",
    ),
    (
        Field::Door,
        "door",
        "进门方式 开门方式 进入方式 门禁 怎么进 door",
        "",
    ),
    (
        Field::Audience,
        "audience",
        "服务对象 开放对象 谁能进 适用人群 服务人群 audience eligibility",
        "",
    ),
    (
        Field::Note,
        "note",
        "备注 说明 注意事项 note notes remark remarks description comments 備註 비고 備考 observaciones remarque remarques",
        "",
    ),
    (
        Field::VerifiedOn,
        "verified_on",
        "核对日期 核实日期 最后核实 verifiedon",
        "",
    ),
    (
        Field::Origin,
        "origin",
        "来源 数据来源 信息来源 origin source sourceid 來源",
        "",
    ),
    (
        Field::Status,
        "status",
        "状态 运营状态 使用状态 开放状态 营业状态 运行状态 当前状态 目前状态 站点状态 驿站状态 启用状态 现状 开放情况 运营情况 使用情况 \
         是否开放 是否对外开放 是否在用 是否启用 是否运营 是否营业 是否正常 是否停用 是否关闭 是否关停 是否暂停 \
         status operationalstatus businessstatus facilitystatus currentstatus isopen active isactive isclosed isdeleted deleted statut statutouverture \
         運用状況 開設状況 狀態 운영상태 상태",
        "",
    ),
    (
        Field::Person,
        "contact",
        "联系人 负责人 姓名 站长 管理员 责任人 经办人 联络人 联系人姓名 负责人姓名 站长姓名 管理员姓名 身份证 身份证号 身份证号码 \
         联系人电话 负责人电话 责任人电话 站长电话 管理员电话 联系人手机 负责人手机 手机 手机号 手机号码 移动电话 \
         contact contactname contactperson manager managername mobile cellphone 担当者 聯絡人 담당자 대표자",
        "姓名 联系人 负责人 身份证号",
    ),
    (
        Field::Serial,
        "serial",
        "序号 序 no # nr 行号 번호 연번 番号 序號",
        "",
    ),
];

/// Longer headings with these words are about something else: the name of the
/// street's office, the day on which the row was typed.
pub(super) const OTHER_THINGS: &[&str] = &[
    "负责人",
    "联系人",
    "管理",
    "站长",
    "姓名",
    "人员",
    "员工",
    "活动",
    "项目名",
    "课程",
    "会议",
    "团体",
    "団体",
    "機関",
    "部门",
    "填报",
    "主管",
    "所属",
    "单位",
    "街道名",
    "社区名",
    "公司",
    "企业",
    "更新",
    "创建",
    "建成",
    "录入",
    "登记",
    "采集",
    "修改",
    "启用",
    "审核",
    "file",
    "user",
    "streetname",
    "epsg",
    "대표자",
    "관리자",
    "文件",
];

/// The fields that a column may be taken for: key in `stations.toml`, heading of the template.
#[must_use]
pub fn fields() -> Vec<(&'static str, &'static str)> {
    let fields = HEADINGS
        .iter()
        .filter(|(field, ..)| *field != Field::Serial);
    fields
        .map(|(field, key, ..)| (*key, field.label()))
        .collect()
}

impl Field {
    /// The heading of our template.
    pub(super) fn label(self) -> &'static str {
        let entry = HEADINGS.iter().find(|(field, ..)| *field == self);
        entry
            .and_then(|(_, _, words, _)| words.split_whitespace().next())
            .unwrap_or_default()
    }
}

/// A heading without what people add to it: spaces, brackets, a star for "required", the signs
/// that programs put between words.
pub(super) fn plain(heading: &str) -> String {
    let heading: String = heading
        .chars()
        .filter(|c| !c.is_whitespace() && !"*＊\u{feff}：:_-.".contains(*c))
        .collect();
    let heading = heading.to_lowercase();
    match heading.split_once(['(', '（', '[', '【']) {
        Some((before, _)) if !before.is_empty() => before.to_owned(),
        _ => heading,
    }
}

/// The text in a heading's brackets.
pub(super) fn hint(heading: &str) -> &str {
    match heading.split_once(['(', '（', '[', '【']) {
        Some((before, hint)) if !before.trim().is_empty() => hint
            .trim_end()
            .trim_end_matches([')', '）', ']', '】'])
            .trim(),
        _ => "",
    }
}

/// Whether a hint says how to fill a column in, in which unit or on which datum, and not what
/// else it is about.
pub(super) fn is_hint_of_form(hint: &str) -> bool {
    const WORDS: &[&str] = &[
        "必填",
        "选填",
        "可选",
        "可空",
        "不填",
        "如有",
        "格式",
        "例：",
        "例如",
        "如：",
        "小时制",
        "几点",
        "详细",
        "全称",
        "精确",
        "具体",
        "按实际",
        "多选",
        "单选",
        "下拉",
        "逗号",
        "顿号",
        "高德",
        "百度",
        "腾讯",
        "wgs",
        "gcj",
        "bd09",
        "cgcs",
        "required",
        "optional",
        "e.g",
        "format",
    ];
    const UNITS: &[&str] = &[
        "度",
        "米",
        "㎡",
        "平方米",
        "人",
        "个",
        "台",
        "元",
        "次",
        "把",
        "m",
        "km",
        "m2",
        "°",
    ];
    let lower = hint.to_lowercase();
    let is_name_of_same = outright(&plain(hint)).is_some_and(|(field, _)| field != Field::Person);
    lower.is_empty()
        || lower.chars().any(|c| c.is_ascii_digit())
        || UNITS.contains(&lower.as_str())
        || WORDS.iter().any(|word| lower.contains(word))
        // 站点名称（name）
        || is_name_of_same
}

/// The words of a heading in lower case: `FACILITY_NAME`, `facilityName`, Facility Name.
pub(super) fn words(heading: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last: Option<char> = None;
    for c in heading.chars() {
        let is_break = last.is_some_and(|last| {
            last.is_lowercase() && c.is_uppercase() || last.is_ascii() != c.is_ascii()
        });
        if is_break || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if c.is_alphanumeric() {
            words
                .last_mut()
                .expect("not empty")
                .extend(c.to_lowercase());
        }
        last = Some(c);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The field that a heading names outright, and the rank of its word (0 is the most telling).
pub(super) fn outright(plain: &str) -> Option<(Field, usize)> {
    HEADINGS.iter().find_map(|(field, _, words, _)| {
        let rank = words.split_whitespace().position(|word| word == plain)?;
        Some((*field, rank))
    })
}

/// The field that a longer heading ends with.
pub(super) fn by_ending(heading: &str) -> Option<Field> {
    let plain = plain(heading);
    if OTHER_THINGS.iter().any(|word| plain.contains(word)) {
        return None;
    }
    // "Station Name", "geo_lat", "stationName": the last word counts.
    let last = words(heading).pop().unwrap_or_default();
    HEADINGS.iter().find_map(|(field, _, _, endings)| {
        let says = |word: &str| {
            if word.is_ascii() {
                last == word
            } else {
                plain.ends_with(word) && plain.len() > word.len()
            }
        };
        endings.split_whitespace().any(says).then_some(*field)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn longer_headings_are_known_by_their_last_word() {
        for (heading, field) in [
            ("工会驿站全部名称", Some(Field::Name)),
            ("Station Name", Some(Field::Name)),
            ("geo_lat", Some(Field::Lat)),
            ("所属单位名称", None),
            ("数据更新时间", None),
            ("负责人电话", None),
        ] {
            assert_eq!(by_ending(heading), field, "{heading}");
        }
    }

    #[test]
    fn every_word_says_one_thing() {
        let mut seen = BTreeMap::new();
        for (field, _, words, _) in HEADINGS {
            for word in words.split_whitespace() {
                assert_eq!(word, plain(word), "a heading is looked up in plain form");
                if let Some(other) = seen.insert(word, field) {
                    assert_eq!(other, field, "{word}");
                }
            }
        }
    }
}
