//! Finds out what stands in which column: by the configuration, or by the
//! words that people use in headings.

use std::collections::BTreeMap;

use super::issue::Problem;
use super::table::{Table, TableRow};

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// Both in one cell, in either order.
    Position,
    /// Both in one cell, latitude first.
    LatLon,
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
}

/// Fields, their keys in `stations.toml`, and headings in lower case without
/// spaces. The first match wins, so the more telling words come first.
const HEADINGS: &[(Field, &str, &[&str])] = &[
    (
        Field::Id,
        "id",
        &[
            "编号",
            "站点编号",
            "序列号",
            "编码",
            "代码",
            "站点id",
            "_id",
            "id",
        ],
    ),
    (
        Field::Name,
        "name",
        &[
            "名称",
            "站点名称",
            "驿站名称",
            "站名",
            "网点名称",
            "场所名称",
            "点位名称",
            "服务站名称",
            "驿站",
            "站点",
            "name",
            "title",
            "name_as_printed",
            "nom",
            "nombre",
            "location_name",
            "locationname",
            "쉼터명칭",
            "施設名",
        ],
    ),
    (
        Field::Address,
        "address",
        &[
            "地址",
            "详细地址",
            "站点地址",
            "具体地址",
            "位置",
            "地点",
            "address",
            "address_as_printed",
            "adresse",
            "direccion",
            "dirección",
            "도로명주소",
            "住所",
        ],
    ),
    (
        Field::City,
        "city",
        &[
            "城市",
            "市",
            "所在城市",
            "city",
            "city_county",
            "ciudad",
            "ville",
        ],
    ),
    (
        Field::District,
        "district",
        &[
            "区县",
            "区",
            "所属区",
            "所在区",
            "行政区",
            "街道",
            "街镇",
            "所属街道",
            "district",
        ],
    ),
    (Field::Floor, "floor", &["楼层", "层", "floor"]),
    (
        Field::Landmark,
        "landmark",
        &["地标", "参照物", "附近", "landmark"],
    ),
    (
        Field::Lon,
        "lon",
        &[
            "经度",
            "lon",
            "lng",
            "longitude",
            "lng_gcj02",
            "lon_gcj02",
            "location.lng",
            "location.lon",
            "location.longitude",
            "经度(e)",
            "x",
            "longitud",
            "경도",
            "経度",
        ],
    ),
    (
        Field::Lat,
        "lat",
        &[
            "纬度",
            "lat",
            "latitude",
            "lat_gcj02",
            "location.lat",
            "location.latitude",
            "纬度(n)",
            "y",
            "latitud",
            "위도",
            "緯度",
        ],
    ),
    (
        Field::Position,
        "position",
        &["经纬度", "坐标", "位置坐标", "coordinates", "lonlat"],
    ),
    (
        Field::LatLon,
        "lat_lon",
        &["latitude_longitude", "latlon", "lat_lon", "geo_point_2d"],
    ),
    (
        Field::Kind,
        "kind",
        &[
            "类型",
            "类别",
            "站点类型",
            "种类",
            "性质",
            "kind",
            "type",
            "tipo",
            "시설구분1",
        ],
    ),
    (
        Field::Amenities,
        "amenities",
        &[
            "服务设施",
            "设施",
            "服务内容",
            "服务项目",
            "配套设施",
            "设施设备",
            "配备",
            "提供服务",
            "服务",
            "amenities",
            "facilities",
            "services",
            "servicecontent",
        ],
    ),
    (
        Field::Hours,
        "hours",
        &[
            "开放时间",
            "营业时间",
            "服务时间",
            "开放时段",
            "时间",
            "opening_hours",
            "openinghours",
            "hours",
            "servicetime",
            "open_hours",
            "open_hours_as_collected",
            "hours_as_printed",
            "hours_of_operation",
            "horaires",
            "horario",
            "営業時間",
        ],
    ),
    (
        Field::Phone,
        "phone",
        &[
            "电话",
            "联系电话",
            "联系方式",
            "咨询电话",
            "手机",
            "phone",
            "tel",
            "contact_phone",
            "téléphone",
            "teléfono",
            "電話",
        ],
    ),
    (
        Field::Capacity,
        "capacity",
        &["容纳人数", "人数", "座位数", "capacity", "이용가능인원"],
    ),
    (
        Field::Door,
        "door",
        &["进门方式", "开门方式", "门禁", "怎么进", "door"],
    ),
    (
        Field::Audience,
        "audience",
        &["服务对象", "开放对象", "谁能进", "适用人群", "audience"],
    ),
    (
        Field::Note,
        "note",
        &[
            "备注",
            "说明",
            "note",
            "notes",
            "remark",
            "description",
            "비고",
            "remarque",
        ],
    ),
    (
        Field::VerifiedOn,
        "verified_on",
        &["核对日期", "核实日期", "verified_on"],
    ),
    (
        Field::Origin,
        "origin",
        &["来源", "数据来源", "origin", "source", "source_id"],
    ),
];

/// The heading row, and which column holds what.
pub(super) struct Columns {
    /// How many rows stand above the first station.
    pub(super) skipped: usize,
    places: BTreeMap<Field, usize>,
}

impl Columns {
    pub(super) fn cell<'a>(&self, row: &'a TableRow, field: Field) -> &'a str {
        self.places
            .get(&field)
            .and_then(|column| row.cells.get(*column))
            .map_or("", |cell| cell.trim())
    }
}

/// A title may stand above the heading, but not a whole page.
const HEADING_ROWS: usize = 20;

/// Finds the heading: the first row that names a name and something else.
pub(super) fn find(
    table: &Table,
    configured: &BTreeMap<String, String>,
) -> Result<(Columns, Vec<Problem>), Problem> {
    for (index, row) in table.rows.iter().enumerate().take(HEADING_ROWS) {
        let mut places = BTreeMap::new();
        let mut problems = Vec::new();
        let headings: Vec<String> = row.cells.iter().map(|cell| plain(cell)).collect();
        for (field, key, words) in HEADINGS {
            let column = match configured.get(*key) {
                Some(heading) => {
                    let column = headings.iter().position(|known| *known == plain(heading));
                    if column.is_none() {
                        problems.push(Problem::ColumnMissing(heading.clone()));
                    }
                    column
                }
                None => words
                    .iter()
                    .find_map(|word| headings.iter().position(|heading| heading == word)),
            };
            if let Some(column) = column {
                places.insert(*field, column);
            }
        }
        if places.contains_key(&Field::Name) && places.len() >= 2 {
            return Ok((
                Columns {
                    skipped: index + 1,
                    places,
                },
                problems,
            ));
        }
    }
    Err(Problem::NoHeading)
}

/// A heading without what people add to it: spaces, brackets, a star for
/// "required".
fn plain(heading: &str) -> String {
    let heading: String = heading
        .chars()
        .filter(|c| !c.is_whitespace() && !"*＊\u{feff}".contains(*c))
        .collect();
    let heading = heading.to_lowercase();
    match heading.split_once(['(', '（']) {
        Some((before, _)) if !before.is_empty() => before.to_owned(),
        _ => heading,
    }
}
