//! The page: what was dropped, the settings, what the worker found, and what the clerk does.

use std::sync::Arc;

use js_sys::Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use web_sys::Worker;
use yizhan::dataset::{MANIFEST_NAME, decode_manifest};
use yizhan::publish::Language;

use crate::browser::{self, Dropped};
use crate::checked::Checked;
use crate::components::app::App;
use crate::settings::Settings;

/// Where the settings are stored on this machine.
const SETTINGS_KEY: &str = "yizhan-publish-settings";

/// Where the language is stored.
const LANGUAGE_KEY: &str = "yizhan-publish-language";

/// What the worker does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// Nothing.
    Idle,
    /// A step, how much of it is done, and how much there is.
    Running(String, usize, usize),
}

/// What the built dataset is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To be downloaded.
    Take,
    /// To be tried in the rider's page.
    Try,
}

/// Everything that the components share.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    pub(crate) language: RwSignal<Language>,
    pub(crate) files: RwSignal<Vec<Dropped>, LocalStorage>,
    pub(crate) settings: RwSignal<Settings, LocalStorage>,
    pub(crate) work: RwSignal<Work>,
    pub(crate) checked: RwSignal<Option<Arc<Checked>>>,
    /// Why the last piece of work failed.
    pub(crate) failure: RwSignal<Option<String>>,
    /// How often a dataset was handed to the rider's page in `try/`; 0 for never.
    pub(crate) trials: RwSignal<usize>,
    purpose: RwSignal<Purpose>,
    worker: StoredValue<Option<Worker>, LocalStorage>,
    published: StoredValue<Vec<Dropped>, LocalStorage>,
}

/// The desk of this page.
pub(crate) fn use_desk() -> Desk {
    expect_context()
}

/// Starts the page.
#[wasm_bindgen]
pub fn start() {
    leptos::mount::mount_to_body(|| {
        let desk = Desk::new();
        provide_context(desk);
        view! { <App/> }
    });
}

impl Desk {
    fn new() -> Self {
        let stored = browser::stored(SETTINGS_KEY).unwrap_or_default();
        let is_english = browser::stored(LANGUAGE_KEY).as_deref() == Some("en");
        let desk = Self {
            language: RwSignal::new(if is_english {
                Language::En
            } else {
                Language::Zh
            }),
            files: RwSignal::new_local(Vec::new()),
            settings: RwSignal::new_local(Settings::from_text(&stored).unwrap_or_default()),
            work: RwSignal::new(Work::Idle),
            checked: RwSignal::new(None),
            failure: RwSignal::new(None),
            trials: RwSignal::new(0),
            purpose: RwSignal::new(Purpose::Take),
            worker: StoredValue::new_local(None),
            published: StoredValue::new_local(Vec::new()),
        };
        desk.worker
            .set_value(browser::start_worker(move |message| desk.hear(&message)));
        spawn_local(async move {
            desk.published.set_value(published().await);
            // Something may have been dropped meanwhile.
            desk.check();
        });
        spawn_local(async {
            browser::register_service_worker().await;
        });
        desk
    }

    /// A text in the page's language.
    pub(crate) fn say(self, zh: &'static str, en: &'static str) -> &'static str {
        self.language.get().say(zh, en)
    }

    /// Changes the language.
    pub(crate) fn speak(self, language: Language) {
        browser::store(LANGUAGE_KEY, self.language_tag_of(language));
        self.language.set(language);
        self.check();
    }

    /// Adds files; one with the name of an earlier one replaces it. A `stations.toml` among them
    /// replaces the settings.
    pub(crate) fn add(self, dropped: Vec<Dropped>) {
        for file in dropped {
            if file.name.ends_with(".toml") {
                self.read_settings(&file);
                continue;
            }
            self.files.update(|files| {
                files.retain(|known| known.name != file.name);
                files.push(file);
            });
        }
        self.check();
    }

    fn read_settings(self, file: &Dropped) {
        let text = String::from_utf8_lossy(&file.bytes.to_vec()).into_owned();
        match Settings::from_text(&text) {
            Ok(settings) => self.settings.set(settings),
            Err(cause) => self.failure.set(Some(format!("{}: {cause}", file.name))),
        }
    }

    /// Takes a file away.
    pub(crate) fn remove(self, name: &str) {
        self.files
            .update(|files| files.retain(|file| file.name != name));
        self.check();
    }

    /// Changes the settings, and checks again.
    pub(crate) fn set(self, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
        self.check();
    }

    /// Checks all files again.
    pub(crate) fn check(self) {
        let files = self.files.get_untracked();
        if files.is_empty() {
            self.checked.set(None);
            return;
        }
        let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
        self.settings.update(|settings| settings.adopt(&names));
        let settings = self.settings.with_untracked(Settings::to_text);
        browser::store(SETTINGS_KEY, &settings);
        self.failure.set(None);
        self.trials.set(0);
        let message = Array::of5(
            &"check".into(),
            &browser::of_dropped(&files),
            &settings.into(),
            &self.language_tag().into(),
            &browser::minutes_in_china().into(),
        );
        message.push(
            &self
                .published
                .with_value(|files| browser::of_dropped(files)),
        );
        self.post(&message);
    }

    /// Builds the dataset.
    pub(crate) fn build(self, purpose: Purpose) {
        self.purpose.set(purpose);
        self.post(&Array::of1(&"build".into()));
    }

    /// Makes the workbook with what is wrong in a file.
    pub(crate) fn mark(self, file: &str) {
        let language = self.language_tag();
        self.post(&Array::of3(
            &"marked".into(),
            &file.into(),
            &language.into(),
        ));
    }

    /// Makes the empty workbook.
    pub(crate) fn template(self) {
        self.post(&Array::of1(&"template".into()));
    }

    /// Loads the sheets of the demo.
    pub(crate) fn load_demo(self) {
        spawn_local(async move {
            let mut files = Vec::new();
            for name in DEMO {
                if let Some(bytes) = browser::fetch(&format!("demo/{name}")).await {
                    let name = (*name).to_owned();
                    files.push(Dropped { name, bytes });
                }
            }
            self.add(files);
        });
    }

    fn language_tag(self) -> &'static str {
        self.language_tag_of(self.language.get_untracked())
    }

    #[expect(clippy::unused_self, reason = "reads as a question to the desk")]
    fn language_tag_of(self, language: Language) -> &'static str {
        language.say("zh", "en")
    }

    fn post(self, message: &Array) {
        let words = self.language.get_untracked().say("开始", "starting");
        self.work.set(Work::Running(words.to_owned(), 0, 1));
        self.worker.with_value(|worker| {
            if let Some(worker) = worker {
                // Cannot fail: what is sent can be copied.
                let _ = worker.post_message(message);
            }
        });
    }

    fn hear(self, message: &Array) {
        let text = |place: u32| message.get(place).as_string().unwrap_or_default();
        if text(0) == "progress" {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "counts of rows"
            )]
            let count = |place: u32| message.get(place).as_f64().unwrap_or_default() as usize;
            self.work.set(Work::Running(text(1), count(2), count(3)));
            return;
        }
        self.work.set(Work::Idle);
        match text(0).as_str() {
            "checked" => {
                let checked = serde_json::from_str(&text(1)).ok().map(Arc::new);
                self.checked.set(checked);
            }
            "files" => self.take(browser::dropped_of(&message.get(1))),
            _ => self.failure.set(Some(text(1))),
        }
    }

    fn take(self, mut files: Vec<Dropped>) {
        let is_dataset = files.len() > 1;
        match (is_dataset, self.purpose.get_untracked()) {
            (true, Purpose::Try) => {
                files.remove(0);
                spawn_local(async move {
                    let is_served = browser::register_service_worker().await;
                    if is_served && browser::offer_to_try(&files).await.is_some() {
                        self.trials.update(|trials| *trials += 1);
                    } else {
                        let words = "这个浏览器不能试用（需要 https 或 localhost） (this browser cannot try it: https or localhost is needed)";
                        self.failure.set(Some(words.to_owned()));
                    }
                });
            }
            (true, Purpose::Take) | (false, Purpose::Take | Purpose::Try) => {
                if let Some(file) = files.first() {
                    browser::download(&file.name, &file.bytes);
                }
            }
        }
    }
}

/// The files of the demo, which the build copies from `data/`.
const DEMO: &[&str] = &[
    "stations.toml",
    "anting.csv",
    "zhengzhou.csv",
    "shanghai_pages.csv",
    "huangpu.geojson",
    "huangpu-crossings.csv",
    "programmes.csv",
    "calendar.json",
];

/// The files of the dataset that the site publishes now; none if there is none.
async fn published() -> Vec<Dropped> {
    let mut files = Vec::new();
    let Some(bytes) = browser::fetch(&format!("../data/{MANIFEST_NAME}")).await else {
        return files;
    };
    let Ok(manifest) = decode_manifest(&bytes.to_vec()) else {
        return files;
    };
    files.push(Dropped {
        name: MANIFEST_NAME.to_owned(),
        bytes,
    });
    let cells = manifest.cells.iter().map(|cell| cell.file_name());
    let programmes = manifest.programmes.iter().map(|entry| entry.file_name());
    for name in cells.chain(programmes) {
        if let Some(bytes) = browser::fetch(&format!("../data/{name}")).await {
            files.push(Dropped { name, bytes });
        }
    }
    files
}
