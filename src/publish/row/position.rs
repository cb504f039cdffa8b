//! Where a row says that its station is.

use super::RowContext;
use crate::domain::datum::Crs;
use crate::domain::position::LonLat;
use crate::publish::columns::Columns;
use crate::publish::coordinate::{self, Order};
use crate::publish::headings::Field;
use crate::publish::issue::Problem;
use crate::publish::reference_system::ReferenceSystem;
use crate::publish::table::TableRow;

pub(super) fn position(
    row: &TableRow,
    context: &RowContext<'_>,
    problems: &mut Vec<Problem>,
) -> Option<LonLat> {
    let (x, y) = match coordinates(row, context.columns) {
        Ok(numbers) => numbers,
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    // A program wrote empty cells as 0, 0; nobody means the Gulf of Guinea.
    if x == 0.0 && y == 0.0 {
        problems.push(Problem::PositionMissing);
        return None;
    }
    if context.is_other_datum {
        // The contradiction is reported once for the whole sheet.
        return None;
    }
    let is_degrees = context.crs.is_degrees() && x.abs().max(y.abs()) <= 180.0;
    if is_degrees && is_rounded(x, 100.0) && is_rounded(y, 100.0) {
        let is_far_off = is_rounded(x, 1.0) && is_rounded(y, 1.0);
        problems.push(Problem::PositionCoarse {
            text: format!("{x}, {y}"),
            is_rejected: is_far_off,
        });
        if is_far_off {
            return None;
        }
    }
    let as_written = context.crs.to_wgs84(x, y);
    let swapped = context.crs.to_wgs84(y, x);
    // Whether a position can belong to the sheet: in the service area, or in China for a Chinese
    // datum.
    let belongs = |position: LonLat| {
        if let Some(area) = &context.config.service_area {
            return area.contain(position);
        }
        match context.crs {
            ReferenceSystem::Datum(Crs::Gcj02 | Crs::Bd09) => {
                (73.0..136.0).contains(&position.lon()) && (3.0..54.0).contains(&position.lat())
            }
            ReferenceSystem::Datum(Crs::Wgs84) | ReferenceSystem::Epsg(_) => true,
        }
    };
    match (as_written, swapped) {
        (Some(position), _) if belongs(position) => Some(position),
        (_, Some(position)) if belongs(position) => {
            problems.push(Problem::PositionSwapped);
            Some(position)
        }
        (Some(position), _) => Some(position),
        _ if context.crs.is_degrees() && x.abs().max(y.abs()) > 1000.0 => {
            problems.push(Problem::PositionInMetres { x, y });
            None
        }
        _ => {
            problems.push(Problem::PositionInvalid(format!("{x}, {y}")));
            None
        }
    }
}

/// East and north (longitude and latitude) as written.
fn coordinates(row: &TableRow, columns: &Columns) -> Result<(f64, f64), Problem> {
    let in_one_cell = [
        (Field::LatLon, Some(Order::LatLon)),
        (Field::Position, Some(Order::LonLat)),
        (Field::Pair, None),
    ]
    .into_iter()
    .map(|(field, order)| (order, columns.cell(row, field)))
    .find(|(_, text)| !text.is_empty());
    if let Some((by_heading, text)) = in_one_cell
        && columns.cell(row, Field::Lon).is_empty()
    {
        let pair = coordinate::pair_with(text, columns.o_is_east)
            .ok_or_else(|| Problem::PositionInvalid(text.to_owned()))?;
        let (one, other) = pair.numbers();
        // The letters and numbers of the row tell the order, else those of the column, else the
        // heading.
        let own = pair
            .order
            .or(coordinate::order_of(std::iter::once((one, other))));
        return match own.or(columns.order).or(by_heading) {
            Some(Order::LonLat) => Ok((one, other)),
            Some(Order::LatLon) => Ok((other, one)),
            None => Err(Problem::PositionOrderUnclear(text.to_owned())),
        };
    }
    let (lon, lat) = (columns.cell(row, Field::Lon), columns.cell(row, Field::Lat));
    if lon.is_empty() && lat.is_empty() {
        return Err(Problem::PositionMissing);
    }
    if lon.is_empty() || lat.is_empty() {
        return Err(Problem::PositionHalf);
    }
    coordinate::number_with(lon, columns.o_is_east)
        .zip(coordinate::number_with(lat, columns.o_is_east))
        .ok_or_else(|| Problem::PositionInvalid(format!("{lon}, {lat}")))
}

/// Whether degrees are rounded to `1 / parts`: whole degrees are a hundred kilometres apart,
/// hundredths one.
fn is_rounded(degrees: f64, parts: f64) -> bool {
    let counted = degrees * parts;
    (counted - counted.round()).abs() < 1e-9
}
