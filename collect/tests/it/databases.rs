//! The databases that every test runs with: SQLite in a file, and PostgreSQL if it is installed.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use stations_collect::store::Store;
use tempfile::TempDir;

/// A database of its own for one test.
pub(crate) struct Database {
    pub(crate) url: String,
    _folder: TempDir,
    _cluster: Option<Arc<Cluster>>,
}

impl Database {
    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.url).await.expect("a database")
    }
}

/// Runs a test with each database.
pub(crate) fn with_each<F: Future<Output = ()>>(test: impl Fn(Database) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        test(sqlite()).await;
        if let Some(database) = postgres().await {
            test(database).await;
        }
    });
}

pub(crate) fn sqlite() -> Database {
    let folder = tempfile::tempdir().expect("a folder");
    Database {
        url: format!("sqlite:{}", folder.path().join("reports.db").display()),
        _folder: folder,
        _cluster: None,
    }
}

pub(crate) async fn postgres() -> Option<Database> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let cluster = Cluster::running()?;
    let name = format!("reports{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let admin = cluster.url("postgres");
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&admin)
        .await
        .expect("PostgreSQL answers");
    let create = format!("CREATE DATABASE {name}");
    sqlx::query(&create)
        .execute(&pool)
        .await
        .expect("a database");
    pool.close().await;
    Some(Database {
        url: cluster.url(&name),
        _folder: tempfile::tempdir().expect("a folder"),
        _cluster: Some(cluster),
    })
}

/// A PostgreSQL server on 127.0.0.1, stopped when the last test that uses it ends.
struct Cluster {
    server: Child,
    port: u16,
    programs: PathBuf,
    folder: TempDir,
}

impl Cluster {
    fn running() -> Option<Arc<Self>> {
        static RUNNING: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
        let mut running = RUNNING
            .lock()
            .expect("no test fails while it starts a server");
        if let Some(cluster) = running.upgrade() {
            return Some(cluster);
        }
        let Some(programs) = programs() else {
            assert!(
                std::env::var_os("CI").is_none(),
                "PostgreSQL is missing: apt-get install postgresql"
            );
            eprintln!(
                "PostgreSQL is missing (apt-get install postgresql): tested with SQLite only."
            );
            return None;
        };
        let cluster = Arc::new(Self::start(programs));
        *running = Arc::downgrade(&cluster);
        Some(cluster)
    }

    fn start(programs: PathBuf) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        if is_root() {
            let done = Command::new("chown")
                .arg("postgres")
                .arg(folder.path())
                .status();
            assert!(done.expect("chown").success());
        }
        let made = as_owner(&programs.join("initdb"))
            .args([
                "--auth=trust",
                "--username=postgres",
                "--no-sync",
                "--pgdata",
            ])
            .arg(&data)
            .stdout(Stdio::null())
            .status();
        assert!(
            made.expect("initdb").success(),
            "PostgreSQL makes no cluster"
        );
        // A free port, which another program could take before the server does; then the test fails.
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.expect("a free port").port();
        let server = as_owner(&programs.join("postgres"))
            .args([
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "logging_collector=off",
            ])
            .args([
                "-c",
                &format!("unix_socket_directories={}", folder.path().display()),
            ])
            .args(["-p", &port.to_string(), "-D"])
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("PostgreSQL starts");
        let cluster = Self {
            server,
            port,
            programs,
            folder,
        };
        cluster.wait();
        cluster
    }

    fn wait(&self) {
        let began = Instant::now();
        loop {
            let ready = Command::new(self.programs.join("pg_isready"))
                .args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()])
                .status();
            if ready.expect("pg_isready").success() {
                return;
            }
            assert!(
                began.elapsed() < Duration::from_mins(1),
                "PostgreSQL does not start"
            );
            std::thread::yield_now();
        }
    }

    fn url(&self, name: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{name}", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = as_owner(&self.programs.join("pg_ctl"))
            .args(["stop", "--silent", "--mode=immediate", "-D"])
            .arg(self.folder.path().join("data"))
            .status();
        let _ = self.server.wait();
    }
}

/// Where the server's programs lie: Debian keeps them out of the path.
fn programs() -> Option<PathBuf> {
    let of_debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut folders: Vec<PathBuf> = of_debian
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .collect();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH")?));
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").exists())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id");
    id.stdout == b"0\n"
}

/// PostgreSQL refuses to run as root.
fn as_owner(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program);
    command.current_dir("/");
    command
}
