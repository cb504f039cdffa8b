//! The receiver behind HTTP.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http_body_util::BodyExt as _;
use serde::Deserialize;
use serde_json::json;
use subtle::ConstantTimeEq as _;
use tower_http::cors::{AllowOrigin, CorsLayer};
use yizhan::domain::civil::{CivilTime, Day};
use yizhan::domain::report::Answer;

use crate::clock::{self, Clock};
use crate::message::{LONGEST, Message, Refusal};
use crate::picture::pictures;
use crate::sender::network;
use crate::stations::Stations;
use crate::store::{Store, StoreError};

/// How long the bytes of a message may take.
const BODY_TIME: Duration = Duration::from_secs(10);

/// The most bytes that are read of a message that is too long.
const MOST_READ: usize = 4 << 20;

/// How long browsers keep the answer to a preflight.
const PREFLIGHT_AGE: Duration = Duration::from_hours(24);

/// How many days of reports the publisher looks at.
pub const PICTURE_DAYS: i64 = 30;

/// How many reports are taken at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From one address, a minute. Many phones share an address in a mobile network.
    pub by_address: NonZeroU32,
    /// On one station, an hour.
    pub by_station: NonZeroU32,
}

/// What a receiver is started with.
pub struct Settings {
    /// The reports.
    pub store: Store,
    /// The stations that can be reported on.
    pub stations: Arc<Stations>,
    /// The clock.
    pub clock: Clock,
    /// The origins of the pages that may send, such as `https://example.org`.
    pub origins: Vec<String>,
    /// Whether a proxy in front gives the sender's address in `X-Forwarded-For`.
    pub is_behind_proxy: bool,
    /// What the publisher shows to see and answer reports; nobody can without one.
    pub token: Option<String>,
    /// How many reports are taken.
    pub limits: Limits,
}

/// A receiver.
pub struct Receiver {
    settings: Settings,
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    by_station: DefaultKeyedRateLimiter<String>,
}

impl Receiver {
    /// A receiver.
    #[must_use]
    pub fn new(settings: Settings) -> Arc<Self> {
        let limits = settings.limits;
        Arc::new(Self {
            settings,
            by_address: RateLimiter::keyed(Quota::per_minute(limits.by_address)),
            by_station: RateLimiter::keyed(Quota::per_hour(limits.by_station)),
        })
    }

    fn now(&self) -> CivilTime {
        let offset = self.settings.stations.edition().utc_offset_minutes;
        clock::civil(&self.settings.clock, offset)
    }

    /// Forgets the addresses and stations that are within their limits.
    pub fn forget_limits(&self) {
        self.by_address.retain_recent();
        self.by_station.retain_recent();
    }

    async fn take(&self, from: IpAddr, headers: &HeaderMap, body: Body) -> Result<bool, Refusal> {
        // A browser always says which page sends to another origin.
        if let Some(origin) = headers.get(header::ORIGIN) {
            let mut allowed = self.settings.origins.iter();
            if !allowed.any(|allowed| allowed.as_bytes() == origin.as_bytes()) {
                return Err(Refusal::OtherOrigin);
            }
        }
        let too_many = |_| Refusal::TooMany;
        self.by_address
            .check_key(&network(from))
            .map_err(too_many)?;
        let bytes = tokio::time::timeout(BODY_TIME, read_body(body))
            .await
            .map_err(|_| Refusal::TooSlow)??;
        let now = self.now();
        let message = Message::read(&bytes, now)?;
        if !self
            .settings
            .stations
            .edition()
            .stations
            .contains_key(&message.station)
        {
            return Err(Refusal::UnknownStation);
        }
        self.by_station
            .check_key(&message.station)
            .map_err(too_many)?;
        self.settings
            .store
            .add(&message, from, now)
            .await
            .map_err(|cause| unavailable(&cause))
    }

    /// Who sent a request: as the nearest proxy says, if there is one, else as the connection says.
    fn sender(&self, headers: &HeaderMap, peer: SocketAddr) -> IpAddr {
        // Proxies append the address that they see; what stands before it may be forged.
        let last = headers.get_all("x-forwarded-for").iter().next_back();
        let last =
            last.and_then(|text| text.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        last.filter(|_| self.settings.is_behind_proxy)
            .unwrap_or(peer.ip())
    }

    fn is_publisher(&self, headers: &HeaderMap) -> bool {
        let shown = headers.get(header::AUTHORIZATION);
        let shown = shown.and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
        let token = self.settings.token.as_deref().unwrap_or_default();
        !token.is_empty() && shown.is_some_and(|shown| shown.ct_eq(token.as_bytes()).into())
    }
}

/// The bytes of a message. Of a longer one the rest is read and dropped: who is still sending when
/// the connection closes does not see the answer.
async fn read_body(mut body: Body) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Refusal::NotAReport)?;
        let Some(data) = frame.data_ref() else {
            continue;
        };
        length += data.len();
        if length <= LONGEST {
            bytes.extend_from_slice(data);
        } else if length > MOST_READ {
            break;
        }
    }
    if length > LONGEST {
        return Err(Refusal::TooLong);
    }
    Ok(bytes)
}

fn unavailable(cause: &StoreError) -> Refusal {
    tracing::error!(%cause, "database");
    Refusal::Unavailable
}

/// The paths of a receiver.
pub fn router(receiver: Arc<Receiver>) -> Router {
    let origins = &receiver.settings.origins;
    let origins: Vec<HeaderValue> = origins
        .iter()
        .filter_map(|origin| origin.parse().ok())
        .collect();
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION])
        .max_age(PREFLIGHT_AGE);
    Router::new()
        .route("/reports", post(take_report))
        .route("/health", get(health))
        .route("/open-reports", get(open_reports))
        .route("/answers", post(take_answer))
        .fallback(async || {
            refused(
                StatusCode::NOT_FOUND,
                "no_such_path",
                ["没有这个地址", "No such path"],
            )
        })
        .method_not_allowed_fallback(async || {
            let words = [
                "这个地址不接受这种请求",
                "This path does not take that method",
            ];
            refused(StatusCode::METHOD_NOT_ALLOWED, "no_such_method", words)
        })
        .layer(cors)
        .with_state(receiver)
}

async fn take_report(
    State(receiver): State<Arc<Receiver>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let sender = receiver.sender(&headers, peer);
    match receiver.take(sender, &headers, body).await {
        Ok(is_new) => {
            tracing::info!(is_new, "report");
            Json(json!({ "stored": true, "new": is_new })).into_response()
        }
        Err(refusal) => {
            tracing::info!(refusal = refusal.code(), "refused");
            answer(refusal)
        }
    }
}

async fn health(State(receiver): State<Arc<Receiver>>) -> Response {
    match receiver.settings.store.check().await {
        Ok(()) => Json(json!({ "status": "ok" })).into_response(),
        Err(cause) => answer(unavailable(&cause)),
    }
}

async fn open_reports(State(receiver): State<Arc<Receiver>>, headers: HeaderMap) -> Response {
    if !receiver.is_publisher(&headers) {
        return not_the_publisher();
    }
    let since = receiver.now().plus_minutes(-PICTURE_DAYS * 24 * 60);
    let edition = receiver.settings.stations.edition();
    match pictures(&receiver.settings.store, &edition, since).await {
        Ok(pictures) => Json(pictures).into_response(),
        Err(cause) => answer(unavailable(&cause)),
    }
}

/// What the publisher answers: `open`, `hours`, `withdrawn`, or `closed` with the last day.
#[derive(Deserialize)]
struct AnswerMessage {
    station: String,
    answer: String,
    until: Option<String>,
}

/// The answer of these words, as the tool and the page write it.
#[must_use]
pub fn read_answer(answer: &str, until: Option<&str>) -> Option<Answer> {
    match (answer, until) {
        ("open", None) => Some(Answer::VerifiedOpen),
        ("hours", None) => Some(Answer::HoursCorrected),
        ("withdrawn", None) => Some(Answer::Withdrawn),
        ("closed", Some(day)) => day.parse::<Day>().ok().map(Answer::ClosedUntil),
        _ => None,
    }
}

async fn take_answer(
    State(receiver): State<Arc<Receiver>>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    if !receiver.is_publisher(&headers) {
        return not_the_publisher();
    }
    let bytes = match read_body(body).await {
        Ok(bytes) => bytes,
        Err(refusal) => return answer(refusal),
    };
    let message: Result<AnswerMessage, _> = serde_json::from_slice(&bytes);
    let read = message.ok().and_then(|message| {
        let answer = read_answer(&message.answer, message.until.as_deref())?;
        Some((message.station, answer))
    });
    let Some((station, given)) = read else {
        let words = [
            "answer 应是 open、hours、withdrawn，或 closed 加 until（日期）",
            "answer must be open, hours, withdrawn, or closed with a date until",
        ];
        return refused(StatusCode::UNPROCESSABLE_ENTITY, "not_an_answer", words);
    };
    if !receiver
        .settings
        .stations
        .edition()
        .stations
        .contains_key(&station)
    {
        return answer(Refusal::UnknownStation);
    }
    match receiver
        .settings
        .store
        .answer(&station, given, receiver.now())
        .await
    {
        Ok(()) => Json(json!({ "stored": true })).into_response(),
        Err(cause) => answer(unavailable(&cause)),
    }
}

fn not_the_publisher() -> Response {
    let words = ["请给出发布单位的口令", "Show the publisher's token"];
    refused(StatusCode::UNAUTHORIZED, "not_the_publisher", words)
}

fn answer(refusal: Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    refused(status, refusal.code(), refusal.words())
}

fn refused(status: StatusCode, code: &str, [zh, en]: [&str; 2]) -> Response {
    (status, Json(json!({ "error": code, "zh": zh, "en": en }))).into_response()
}
