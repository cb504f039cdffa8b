//! The page: what was dropped, the settings, what the worker found, and what the clerk does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use js_sys::Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use web_sys::Worker;
use yizhan::dataset::NOTICES_NAME;
use yizhan::publish::{Language, is_name_of_ours, shown_names};

use crate::browser::{self, Dropped};
use crate::checked::Checked;
use crate::components::app::App;
use crate::file_names::{free_name, is_same_list};
use crate::settings::{Settings, is_settings};
use crate::site;
use crate::work::{Confirmation, Purpose, Task, Work, WorkStep};
use crate::workbench::WorkbenchError;

/// Where the settings are stored on this machine.
const SETTINGS_KEY: &str = "yizhan-publish-settings";

/// Where the language is stored.
const LANGUAGE_KEY: &str = "yizhan-publish-language";

/// Everything that the components share.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    pub(crate) language: RwSignal<Language>,
    pub(crate) files: RwSignal<Vec<Dropped>, LocalStorage>,
    pub(crate) settings: RwSignal<Settings, LocalStorage>,
    /// Whether the files are the demo's, whose settings are not stored.
    pub(crate) is_demo: RwSignal<bool>,
    pub(crate) work: RwSignal<Work>,
    pub(crate) checked: RwSignal<Option<Arc<Checked>>>,
    /// Why the last piece of work failed.
    pub(crate) failure: RwSignal<Option<String>>,
    /// What was done for the clerk last, if it cannot be seen.
    pub(crate) done: RwSignal<Option<String>>,
    /// What became of the files that were dropped last, if it needs saying.
    pub(crate) notice: RwSignal<Option<String>>,
    /// What the clerk confirmed about these files.
    pub(crate) confirmed: RwSignal<Option<Confirmation>>,
    /// How often a dataset was handed to the rider's page in `try/`; 0 for never.
    pub(crate) trials: RwSignal<usize>,
    worker: StoredValue<Option<Worker>, LocalStorage>,
    /// The number of the last message to the worker.
    last: StoredValue<u32>,
    /// What the worker has not answered yet, by the number of the message.
    pending: StoredValue<BTreeMap<u32, Task>>,
    /// The numbers of the last check, and of the one that is shown.
    last_check: RwSignal<u32>,
    shown_check: RwSignal<u32>,
    /// The clerk's own files while the demo's are shown.
    own_files: StoredValue<Vec<Dropped>, LocalStorage>,
    /// The files that the site publishes; none if they could not be read.
    published: StoredValue<Option<Vec<Dropped>>, LocalStorage>,
    /// Whether the settings come from a file that no check has accepted yet: they are not stored.
    pub(crate) is_unproved: StoredValue<bool>,
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

fn stored_settings() -> Settings {
    let text = browser::stored(SETTINGS_KEY).unwrap_or_default();
    Settings::from_text(&text).unwrap_or_default()
}

impl Desk {
    fn new() -> Self {
        let is_english = browser::stored(LANGUAGE_KEY).as_deref() == Some("en");
        let desk = Self {
            language: RwSignal::new(if is_english {
                Language::En
            } else {
                Language::Zh
            }),
            files: RwSignal::new_local(Vec::new()),
            settings: RwSignal::new_local(stored_settings()),
            is_demo: RwSignal::new(false),
            work: RwSignal::new(Work::Idle),
            checked: RwSignal::new(None),
            failure: RwSignal::new(None),
            done: RwSignal::new(None),
            notice: RwSignal::new(None),
            confirmed: RwSignal::new(None),
            trials: RwSignal::new(0),
            worker: StoredValue::new_local(None),
            last: StoredValue::new(0),
            pending: StoredValue::new(BTreeMap::new()),
            last_check: RwSignal::new(0),
            shown_check: RwSignal::new(0),
            own_files: StoredValue::new_local(Vec::new()),
            published: StoredValue::new_local(None),
            is_unproved: StoredValue::new(false),
        };
        desk.name_document();
        desk.start_worker();
        spawn_local(async move {
            desk.published.set_value(site::published().await);
            // Something may have been dropped meanwhile.
            desk.check();
        });
        spawn_local(async {
            browser::register_service_worker().await;
        });
        desk
    }

    fn start_worker(self) {
        let fail = move || {
            self.work.set(Work::Idle);
            self.fail(
                "页面没有加载完整，请刷新再试",
                "The page did not load completely: please reload it",
                "",
            );
        };
        let worker = browser::start_worker(move |message| self.on_message(&message), fail);
        self.worker.set_value(worker);
    }

    /// A text in the page's language.
    pub(crate) fn say(self, zh: &'static str, en: &'static str) -> &'static str {
        self.language.get().say(zh, en)
    }

    /// The same as a signal.
    pub(crate) fn text(self, zh: &'static str, en: &'static str) -> Signal<&'static str> {
        Signal::derive(move || self.say(zh, en))
    }

    /// Something of what the last check found; its default before.
    pub(crate) fn found<T: Default>(self, read: impl FnOnce(&Checked) -> T) -> T {
        self.checked
            .with(|checked| checked.as_deref().map(read).unwrap_or_default())
    }

    /// Says why something failed, with its cause, if any.
    fn fail(self, zh: &'static str, en: &'static str, cause: &str) {
        let words = self.language.get_untracked().say(zh, en);
        let words = if cause.is_empty() {
            words.to_owned()
        } else {
            format!("{words}: {cause}")
        };
        self.failure.set(Some(words));
    }

    /// Changes the language.
    pub(crate) fn speak(self, language: Language) {
        browser::store(LANGUAGE_KEY, language.say("zh", "en"));
        self.language.set(language);
        self.name_document();
        self.check();
    }

    fn name_document(self) {
        let language = self.language.get_untracked();
        let title = language.say("驿站 · 发布", "Yizhan · publish");
        browser::name_document(language.say("zh-CN", "en"), title);
    }

    /// Adds files; one with the name of an earlier one replaces it, a marked workbook the file that
    /// it was made of. A `stations.toml` among them replaces the settings.
    pub(crate) fn add(self, dropped: Vec<Dropped>) {
        if self.is_demo.get_untracked() {
            self.leave_demo();
        }
        self.notice.set(None);
        self.confirmed.set(None);
        // Districts send files of the same name: two in one go are two lists.
        let mut names: BTreeSet<String> = BTreeSet::new();
        for mut file in dropped {
            if is_settings(&file.name) {
                self.read_settings(&file);
            } else {
                file.name = free_name(&file.name, |name| names.contains(name));
                names.insert(file.name.clone());
                self.put(file);
            }
        }
        self.check();
    }

    /// A name for pasted rows: each paste is a list of its own.
    pub(crate) fn paste_name(self) -> String {
        let names = |name: &str| {
            self.files
                .with_untracked(|files| files.iter().any(|file| file.name == name))
        };
        free_name("粘贴.tsv", names)
    }

    fn put(self, file: Dropped) {
        let is_same = |name: &String| is_same_list(name, &file.name);
        let known = self.settings.with_untracked(Settings::files);
        let mut others = known.into_iter().filter(|name| *name != file.name);
        if let Some(from) = others.find(is_same) {
            self.settings
                .update(|settings| settings.rename(&from, &file.name));
        }
        let before = self.files.with_untracked(Vec::len);
        self.files
            .update(|files| files.retain(|known| !is_same(&known.name)));
        if self.files.with_untracked(Vec::len) < before {
            let words = self.language.get_untracked().say("已替换", "replaced");
            self.notice.set(Some(format!("{words} {}", file.name)));
        }
        self.files.update(|files| files.push(file));
    }

    /// Says something that is no failure.
    pub(crate) fn notify(self, zh: &str, en: &str) {
        let words = self.language.get_untracked().say(zh, en);
        self.notice.set(Some(words.to_owned()));
    }

    /// Takes a file away, and forgets what was said of it.
    pub(crate) fn remove(self, name: &str) {
        self.confirmed.set(None);
        self.notice.set(None);
        self.files
            .update(|files| files.retain(|file| file.name != name));
        self.settings.update(|settings| settings.forget(name));
        self.store_settings();
        self.check();
    }

    /// Changes settings that decide how the sheets are read, and checks again.
    pub(crate) fn set(self, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
        self.store_settings();
        self.check();
    }

    /// Changes settings of the dataset: a check does not depend on them, unless they cannot be
    /// used.
    pub(crate) fn set_dataset(self, key: &str, text: &str) {
        self.settings
            .update(|settings| settings.set_dataset(key, text));
        self.store_settings();
        if key == "report_url" || self.failure.with_untracked(Option::is_some) {
            self.check();
        }
    }

    /// Stores the settings as soon as the clerk has changed them: the page may be left before a
    /// check ends.
    pub(crate) fn store_settings(self) {
        if !self.is_demo.get_untracked() && !self.is_unproved.get_value() {
            browser::store(
                SETTINGS_KEY,
                &self.settings.with_untracked(Settings::to_text),
            );
        }
    }

    /// Checks all files again.
    pub(crate) fn check(self) {
        self.failure.set(None);
        self.done.set(None);
        // What is tried are the files of before.
        self.trials.set(0);
        self.drop_checks();
        let files = self.files.get_untracked();
        if files.is_empty() {
            self.checked.set(None);
            return;
        }
        let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
        self.settings.update(|settings| settings.adopt(&names));
        let message = Array::of4(
            &"check".into(),
            &browser::of_dropped(&files),
            &self.settings.with_untracked(Settings::to_text).into(),
            &self.language_tag().into(),
        );
        message.push(&browser::minutes_in_china().into());
        message.push(&self.published.with_value(|files| match files {
            Some(files) => browser::of_dropped(files).into(),
            None => JsValue::UNDEFINED,
        }));
        self.last_check.set(self.post(&message, Task::Check));
    }

    /// Whether what is shown is what the last check found: nothing else may be published.
    pub(crate) fn is_shown_current(self) -> bool {
        self.last_check.get() == self.shown_check.get()
    }

    /// Ends checks whose answers are not wanted any more.
    fn drop_checks(self) {
        let is_checking_only = self.pending.with_value(|pending| {
            !pending.is_empty() && pending.values().all(|task| *task == Task::Check)
        });
        if is_checking_only {
            self.restart_worker();
        }
    }

    fn restart_worker(self) {
        self.worker.with_value(|worker| {
            if let Some(worker) = worker {
                worker.terminate();
            }
        });
        self.pending.update_value(BTreeMap::clear);
        self.work.set(Work::Idle);
        self.start_worker();
    }

    /// Builds the dataset.
    pub(crate) fn build(self, purpose: Purpose) {
        let settings = self.settings.with_untracked(Settings::to_text);
        let site = browser::site();
        let message = Array::of3(&"build".into(), &settings.into(), &site.into());
        self.post(&message, Task::Files(purpose));
    }

    /// Asks for a folder, and lets the worker make what is to be written into it.
    pub(crate) fn choose_folder(self) {
        self.failure.set(None);
        self.done.set(None);
        spawn_local(async move {
            if let Err(words) = self.prepare_folder().await {
                self.failure.set(Some(words));
            }
        });
    }

    async fn prepare_folder(self) -> Result<(), String> {
        let Some(names) = browser::choose_folder().await? else {
            return Ok(());
        };
        // What systems put into every folder is left alone, and what the receiver of reports wrote.
        let others = [".DS_Store", "desktop.ini", "Thumbs.db", NOTICES_NAME];
        let names: Vec<(String, bool)> = names
            .into_iter()
            .filter(|(name, _)| !others.contains(&name.as_str()))
            .collect();
        let foreign = names
            .iter()
            .filter(|(name, is_file)| !is_file || !is_name_of_ours(name));
        let foreign: BTreeSet<String> = foreign.map(|(name, _)| name.clone()).collect();
        if !foreign.is_empty() {
            let foreign = shown_names(&foreign);
            let language = self.language.get_untracked();
            return Err(WorkbenchError::ForeignFiles(foreign).words(language));
        }
        let files = browser::read_folder(&names).await?;
        let settings = self.settings.with_untracked(Settings::to_text);
        let message = Array::of3(&"into".into(), &settings.into(), &files);
        self.post(&message, Task::Files(Purpose::Take));
        Ok(())
    }

    fn write_folder(self, by_content: JsValue, fixed: JsValue, old: JsValue) {
        self.work.set(Work::Running(WorkStep::Writing, 0, 0));
        spawn_local(async move {
            let written = browser::write_folder(by_content, fixed, old).await;
            self.work.set(Work::Idle);
            match written {
                Ok(None) => {
                    let words = self.language.get_untracked().say(
                        "已写进文件夹。",
                        "Written into the folder.",
                    );
                    self.done.set(Some(words.to_owned()));
                }
                Ok(Some(name)) => self.fail(
                    "新数据已经换上，但有一个文件没有写完，请再写一次",
                    "The new dataset is in place, but a file is not complete: please write it again",
                    &name,
                ),
                Err(cause) => self.fail(
                    "写不进这个文件夹，里面原来的数据没有动",
                    "The folder cannot be written; its old dataset is as it was",
                    &cause,
                ),
            }
        });
    }

    /// Makes the workbook with what is wrong in a file.
    pub(crate) fn mark(self, file: &str) {
        let language = self.language_tag();
        let message = Array::of3(&"marked".into(), &file.into(), &language.into());
        self.post(&message, Task::Files(Purpose::Take));
    }

    /// Makes the empty workbook.
    pub(crate) fn template(self) {
        self.post(&Array::of1(&"template".into()), Task::Files(Purpose::Take));
    }

    /// Loads the sheets of the demo in the place of all files.
    pub(crate) fn load_demo(self) {
        spawn_local(async move {
            let Some(mut files) = site::demo().await else {
                return self.fail(
                    "示例数据要联网才能加载",
                    "The demo's sheets need a network",
                    "",
                );
            };
            if !self.is_demo.get_untracked() {
                self.own_files.set_value(self.files.get_untracked());
            }
            self.notice.set(None);
            self.confirmed.set(None);
            self.is_demo.set(true);
            let settings = files.remove(0);
            self.files.set(files);
            self.read_settings(&settings);
            self.check();
        });
    }

    /// Goes back to the clerk's own files and settings.
    pub(crate) fn leave_demo(self) {
        self.is_demo.set(false);
        self.confirmed.set(None);
        let own = self.own_files.try_update_value(std::mem::take);
        self.files.set(own.unwrap_or_default());
        self.settings.set(stored_settings());
        self.is_unproved.set_value(false);
        self.check();
    }

    fn language_tag(self) -> &'static str {
        self.language.get_untracked().say("zh", "en")
    }

    /// Sends a message to the worker, and returns its number.
    fn post(self, message: &Array, task: Task) -> u32 {
        self.work.set(Work::Running(WorkStep::Starting, 0, 0));
        self.last.update_value(|last| *last += 1);
        let number = self.last.get_value();
        self.pending.update_value(|pending| {
            pending.insert(number, task);
        });
        message.unshift(&number.into());
        self.worker.with_value(|worker| {
            if let Some(worker) = worker {
                // Cannot fail: what is sent can be copied.
                let _ = worker.post_message(message);
            }
        });
        number
    }

    fn on_message(self, message: &Array) {
        let text = |place: u32| message.get(place).as_string().unwrap_or_default();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "counts of rows and messages"
        )]
        let count = |place: u32| message.get(place).as_f64().unwrap_or_default() as usize;
        let is_last = count(0) == self.last.get_value() as usize;
        let kind = text(1);
        if kind == "progress" {
            if is_last {
                let step = WorkStep::of(&text(2), text(5));
                self.work.set(Work::Running(step, count(3), count(4)));
            }
            return;
        }
        let number = u32::try_from(count(0)).unwrap_or_default();
        let task = self.pending.try_update_value(|all| all.remove(&number));
        if is_last {
            self.work.set(Work::Idle);
        }
        let is_last_check = number == self.last_check.get_untracked();
        match kind.as_str() {
            "checked" if is_last_check => {
                let checked = serde_json::from_str(&text(2)).ok().map(Arc::new);
                // The choices are rendered anew.
                let focused = browser::focused_choice();
                self.checked.set(checked);
                self.shown_check.set(number);
                if let Some(choice) = focused {
                    set_timeout(move || browser::focus(&choice), Duration::ZERO);
                }
                self.is_unproved.set_value(false);
                self.store_settings();
            }
            // Something was changed meanwhile, and is being checked.
            "checked" => {}
            "files" => {
                let purpose = match task.flatten() {
                    Some(Task::Files(purpose)) => purpose,
                    Some(Task::Check) | None => Purpose::Take,
                };
                self.take(browser::dropped_of(&message.get(2)), purpose);
            }
            "into" => self.write_folder(message.get(2), message.get(3), message.get(4)),
            "crashed" => {
                self.fail(
                    "这个文件处理不了，请分成几个小一点的文件",
                    "This file cannot be processed: please split it",
                    &text(2),
                );
                self.restart_worker();
            }
            _ => self.failure.set(Some(text(2))),
        }
    }

    fn take(self, mut files: Vec<Dropped>, purpose: Purpose) {
        if purpose == Purpose::Take {
            if let Some(file) = files.first() {
                browser::download(&file.name, &file.bytes);
            }
            return;
        }
        // The archive.
        files.remove(0);
        spawn_local(async move {
            let is_served = browser::register_service_worker().await;
            if is_served && browser::offer_to_try(&files).await.is_some() {
                self.trials.update(|trials| *trials += 1);
            } else {
                self.fail(
                    "这个浏览器不能试用（需要 https 或 localhost）",
                    "This browser cannot try it: https or localhost is needed",
                    "",
                );
            }
        });
    }
}
