//! The whole page: loads, locates, and shows what `screen` decides.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::choosing::{DataFailed, FirstVisit, Loading, Locating as LocatingView, NoPosition, Pick};
use super::list::{AnswerView, DistrictView};
use super::sheets::Sheets;
use super::station::{StationGone, StationView};
use crate::browser;
use crate::dataset::Dataset;
use crate::domain::civil::CivilTime;
use crate::domain::fix::Locating;
use crate::domain::station::Comfort;
use crate::view_model::address::{Address, MAX_SCALE, View};
use crate::view_model::language::{Language, Words};
use crate::view_model::screen::{Knowledge, Loaded, Screen, screen, season};
use crate::view_model::settings::Settings;

/// Where the settings are kept.
const SETTINGS_KEY: &str = "yizhan-settings";

/// Minutes tick; a quarter of one is soon enough to notice.
const TICK: std::time::Duration = std::time::Duration::from_secs(15);

/// China's offset, until the dataset says otherwise.
const DEFAULT_OFFSET_MINUTES: i32 = 480;

/// Where the dataset is.
#[derive(Clone, Debug)]
pub enum Data {
    /// On its way.
    Waiting,
    /// Not to be had.
    Failed,
    /// Here.
    Ready(Arc<Dataset>),
}

/// What the whole page shares.
#[derive(Clone, Copy)]
pub struct Page {
    /// What the address says.
    pub address: RwSignal<Address>,
    /// What is kept on the phone.
    pub settings: RwSignal<Settings>,
    /// The stations.
    pub data: RwSignal<Data>,
    /// Where asking for the position stands.
    pub locating: RwSignal<Locating>,
    /// The time, to the minute.
    pub now: Memo<CivilTime>,
    /// The season shown.
    pub season: Memo<Comfort>,
    /// The language shown.
    pub language: Memo<Language>,
}

impl Page {
    /// The words of the language shown.
    pub fn words(self) -> &'static Words {
        self.language.get().words()
    }

    /// Everything that decides what is shown, handed to `decide`.
    pub fn know<T>(self, decide: impl FnOnce(&Knowledge<'_>) -> T) -> T {
        let address = self.address.read();
        let data = self.data.read();
        decide(&Knowledge {
            data: match &*data {
                Data::Waiting => Loaded::Waiting,
                Data::Failed => Loaded::Failed,
                Data::Ready(dataset) => Loaded::Ready(dataset),
            },
            locating: self.locating.get(),
            address: &address,
            now: self.now.get(),
            language: self.language.get(),
        })
    }

    /// Changes the address without a step in the history.
    pub fn replace(self, change: impl FnOnce(&Address) -> Address) {
        let changed = change(&self.address.read_untracked());
        browser::location::replace_fragment(&changed.to_fragment());
        self.address.set(changed);
    }

    /// The same, with an address that is already written out.
    pub fn replace_with(self, fragment: &str) {
        self.replace(|_| Address::parse(fragment));
    }

    /// Asks the device where the person is, and shows the list around there.
    pub fn locate(self) {
        let address = self.address.read_untracked().of_list();
        let list = Address { at: None, place: String::new(), ..address };
        browser::location::go(&list.to_fragment());
        self.address.set(list);
        self.locating.set(Locating::Asking);
        spawn_local(async move {
            let answer = browser::position::current_position().await;
            self.locating.set(match answer {
                Ok(fix) => Locating::Found(fix),
                Err(reason) => Locating::Failed(reason),
            });
        });
    }

    /// Loads the dataset.
    pub fn load(self) {
        self.data.set(Data::Waiting);
        spawn_local(async move {
            self.data.set(match browser::stations::load().await {
                Ok(dataset) => Data::Ready(Arc::new(dataset)),
                Err(_) => Data::Failed,
            });
        });
    }

    /// Changes the settings and keeps them.
    pub fn set(self, change: impl FnOnce(Settings) -> Settings) {
        let changed = change(self.settings.get_untracked());
        self.settings.set(changed);
        browser::storage::write(SETTINGS_KEY, &changed.to_text());
    }

    /// The largest text, and back.
    pub fn toggle_elder(self) {
        self.set(|settings| Settings {
            scale: if settings.is_elder() { 100 } else { MAX_SCALE },
            ..settings
        });
    }
}

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let address = RwSignal::new(Address::parse(&browser::location::fragment()));
    let kept = browser::storage::read(SETTINGS_KEY);
    let settings =
        RwSignal::new(kept.map(|text| Settings::from_text(&text)).unwrap_or_default());
    let data = RwSignal::new(Data::Waiting);
    let clock_ms = RwSignal::new(browser::clock::now_ms());
    let now = Memo::new(move |_| {
        let offset = match &*data.read() {
            Data::Ready(dataset) => dataset.manifest.utc_offset_minutes,
            Data::Waiting | Data::Failed => DEFAULT_OFFSET_MINUTES,
        };
        CivilTime::from_unix_ms(clock_ms.get(), offset)
    });
    let browsers = browser::location::languages();
    let language = Memo::new(move |_| {
        let wished = address.read().lang.or(settings.get().language);
        wished
            .or_else(|| browsers.iter().find_map(|tag| Language::from_tag(tag)))
            .unwrap_or_default()
    });
    let page = Page {
        address,
        settings,
        data,
        locating: RwSignal::new(Locating::NotAsked),
        now,
        season: Memo::new(move |_| season(&address.read(), now.get())),
        language,
    };
    provide_context(page);
    page.load();

    let _ = window_event_listener(ev::hashchange, move |_| {
        address.set(Address::parse(&browser::location::fragment()));
    });
    let _ = window_event_listener(ev::keydown, move |event| {
        let is_open = address.read_untracked().view.is_some();
        if event.key() == "Escape" && is_open {
            let closed = address.read_untracked().with_view(None);
            browser::location::go(&closed.to_fragment());
        }
    });
    let tick = move || clock_ms.set(browser::clock::now_ms());
    // Cannot fail in a window; without it minutes would tick on return only.
    let _ = set_interval_with_handle(tick, TICK);
    let _ = window_event_listener(ev::visibilitychange, move |_| tick());

    let shown = Memo::new(move |_| page.know(screen));
    reflect(page, shown);
    #[cfg(not(debug_assertions))]
    browser::service_worker::register();

    let kind = Memo::new(move |_| std::mem::discriminant(&*shown.read()));
    Effect::new(move |before: Option<()>| {
        kind.track();
        if before.is_some() {
            browser::page::scroll_to_top();
        }
    });
    let answer = Memo::new(move |_| match shown.get() {
        Screen::Answer(answer) => Some(*answer),
        _ => None,
    });
    let is_answer = Memo::new(move |_| answer.read().is_some());
    let body = move || {
        if is_answer.get() {
            return view! { <AnswerView answer=answer /> }.into_any();
        }
        match shown.get() {
            // Drawn above; this moment passes before anybody sees it.
            Screen::Answer(_) => ().into_any(),
            Screen::FirstVisit(places) => view! { <FirstVisit places=places /> }.into_any(),
            Screen::Locating(places) => view! { <LocatingView places=places /> }.into_any(),
            Screen::NoPosition(reason, places) => {
                view! { <NoPosition reason=reason places=places /> }.into_any()
            }
            Screen::Loading => view! { <Loading /> }.into_any(),
            Screen::DataFailed => view! { <DataFailed /> }.into_any(),
            Screen::Pick(places) => view! { <Pick places=places /> }.into_any(),
            Screen::District(district) => view! { <DistrictView district=district /> }.into_any(),
            Screen::Station(station) => view! { <StationView station=*station /> }.into_any(),
            Screen::StationGone => view! { <StationGone /> }.into_any(),
        }
    };
    view! {
        <div class="page">
            <main class="page-body">{body}</main>
        </div>
        <Sheets />
    }
}

/// Tells the root element what is shown: for the style sheet, for screen
/// readers, for tests.
fn reflect(page: Page, shown: Memo<Screen>) {
    use browser::page::{set_attribute, set_property, set_title};
    Effect::new(move |_| set_attribute("data-screen", Some(shown.read().name())));
    Effect::new(move |_| set_attribute("data-season", Some(page.season.get().key())));
    Effect::new(move |_| {
        let edition = match &*page.data.read() {
            Data::Ready(dataset) => Some(dataset.manifest.edition.clone()),
            Data::Waiting | Data::Failed => None,
        };
        set_attribute("data-edition", edition.as_deref());
    });
    Effect::new(move |_| {
        let words = page.words();
        set_attribute("lang", Some(words.tag));
        set_title(words.brand);
    });
    Effect::new(move |_| {
        let hour = page.now.get().minute() / 60;
        set_attribute("data-theme", page.settings.get().theme_name(hour));
    });
    Effect::new(move |_| {
        let address = page.address.read();
        let scale = address.scale.unwrap_or(page.settings.get().scale);
        set_property("--user-scale", &format!("{}.{:02}", scale / 100, scale % 100));
        set_attribute("data-elder", (scale >= 150).then_some(""));
        set_attribute("data-large", (scale > 115).then_some(""));
        set_attribute("data-embed", address.embed.then_some(""));
    });
}

/// The link to something that lies over the list.
pub fn link_to(page: Page, view: Option<View>) -> impl Fn() -> String + Copy + Send + Sync {
    move || page.address.read().with_view(view).to_fragment()
}
