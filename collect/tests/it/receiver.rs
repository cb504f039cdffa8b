//! A receiver on 127.0.0.1 with a clock that tests set, and the phones that send to it.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use reqwest::{Client, Response};
use serde_json::{Value, json};
use stations_collect::clock::Clock;
use stations_collect::service::{Limits, Receiver, Settings, router};
use stations_collect::stations::Stations;
use stations_collect::store::Store;
use tempfile::TempDir;
use yizhan::cli::{Disk, write_dataset};
use yizhan::domain::civil::CivilTime;
use yizhan::publish::{Config, prepare, silent};

pub(crate) const TOKEN: &str = "a token of the tests";
pub(crate) const ORIGIN: &str = "https://riders.example";

/// A dataset of three stations, `a`, `b` and `=c`.
pub(crate) struct Dataset(TempDir);

impl Dataset {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let list = "编号,名称,地址,经度,纬度,开放时间\n\
                    a,甲站,路1号,121.41,31.21,8:00-18:00\n\
                    b,乙站,路2号,121.42,31.22,9:00-17:00\n\
                    =c,丙站,路3号,121.43,31.23,24小时\n";
        let settings = "[dataset]\ntitle = \"测试\"\n\
                        [[source]]\npath = \"list.csv\"\ncrs = \"wgs84\"\ncity = \"上海\"\n";
        std::fs::write(folder.path().join("list.csv"), list).expect("a list");
        std::fs::write(folder.path().join("stations.toml"), settings).expect("settings");
        let config = Config::read(&folder.path().join("stations.toml"), &Disk).expect("settings");
        let mut prepared = prepare(&config, &Disk, &mut silent);
        let built: CivilTime = "2026-07-15T08:00".parse().expect("a time");
        let data = folder.path().join("data");
        write_dataset(&config, &mut prepared, built, &data, None, &mut silent).expect("a dataset");
        Self(folder)
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.0.path().join("data")
    }
}

pub(crate) struct TestReceiver {
    pub(crate) url: String,
    pub(crate) store: Store,
    minutes: Arc<AtomicI64>,
    client: Client,
    _data: Dataset,
}

impl TestReceiver {
    /// A receiver with these limits, at noon of 2026-07-15 (UTC+8).
    pub(crate) async fn with_limits(store: Store, by_address: u32, by_station: u32) -> Self {
        let data = Dataset::new();
        let noon: CivilTime = "2026-07-15T12:00".parse().expect("a time");
        let minutes = Arc::new(AtomicI64::new(noon.0 - 8 * 60));
        let shared = minutes.clone();
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let clock: Clock = Arc::new(move || shared.load(Ordering::Relaxed) as f64 * 60_000.0);
        let limit = |count: u32| NonZeroU32::new(count).expect("a limit");
        let receiver = Receiver::new(Settings {
            store: store.clone(),
            stations: Arc::new(Stations::open(&data.path()).expect("stations")),
            clock,
            origins: vec![ORIGIN.to_owned()],
            is_behind_proxy: true,
            token: Some(TOKEN.to_owned()),
            limits: Limits {
                by_address: limit(by_address),
                by_station: limit(by_station),
            },
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let service = router(receiver).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self {
            url,
            store,
            minutes,
            client: Client::new(),
            _data: data,
        }
    }

    pub(crate) async fn new(store: Store) -> Self {
        Self::with_limits(store, 1000, 1000).await
    }

    pub(crate) fn now(&self) -> CivilTime {
        CivilTime(self.minutes.load(Ordering::Relaxed) + 8 * 60)
    }

    pub(crate) fn pass(&self, minutes: i64) {
        self.minutes.fetch_add(minutes, Ordering::Relaxed);
    }

    /// What a phone at this address is answered to a report of now.
    pub(crate) async fn report(&self, from: &str, station: &str, verdict: &str) -> Value {
        let message = message(station, verdict, self.now());
        let response = self.send(from, &message).await;
        assert_eq!(response.status(), 200);
        response.json().await.expect("JSON")
    }

    pub(crate) async fn send(&self, from: &str, message: &Value) -> Response {
        let request = self
            .client
            .post(format!("{}/reports", self.url))
            .json(message);
        let request = request
            .header("x-forwarded-for", from)
            .header("origin", ORIGIN);
        request.send().await.expect("an answer")
    }

    pub(crate) fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }
}

pub(crate) fn message(station: &str, verdict: &str, at: CivilTime) -> Value {
    json!({
        "yizhan": 1, "type": "report", "station": station,
        "edition": "2026-07-15-1a2b3c4d", "report": verdict, "at": at.to_string(),
    })
}

/// The bytes of a file, or none.
pub(crate) fn bytes_of(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}
