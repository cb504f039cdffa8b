//! The modules that are fetched after the first answer. Each is fetched when it is first needed,
//! and then called like any other function; the service worker caches all of them.
//!
//! They are few, because code shared by several modules becomes a separate file for each set of
//! modules that share it.

use leptos::prelude::AnyView;
use wasm_split_helpers::SplitLoaderError;
#[cfg(not(debug_assertions))]
use wasm_split_helpers::wasm_split;

use super::model::Model;
use super::opening::Rendered;
use crate::browser::initials::initials;
use crate::components::screens::{ScreenView, list_view, screen_view};
use crate::components::sheets::sheet_view;
use crate::view_model::action::Action;
use crate::view_model::address::View;
use crate::view_model::language::{CHINESE, ENGLISH, KOREAN, Language, Words};
use crate::view_model::notice::part_failed;
use crate::view_model::places::{Place, find_places};
use crate::view_model::screen::{Screen, is_list, list_screen, screen};
use crate::view_model::screen_input::{Loaded, ScreenInput};
use crate::view_model::sheet::{Sheet, sheet};

/// A lazy module, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// All screens but the list.
    Screens,
    /// The sheets over the list.
    Sheets,
    English,
    Korean,
}

impl Name {
    /// The modules that every rider needs sooner or later, in the order in which they are
    /// fetched while nothing else is pending.
    pub(super) const ALWAYS: [Self; 2] = [Self::Screens, Self::Sheets];

    /// The module of a language; none for Chinese, which the first module holds.
    pub(super) fn of_language(language: Language) -> Option<Self> {
        match language {
            Language::ZhCn => None,
            Language::En => Some(Self::English),
            Language::Ko => Some(Self::Korean),
        }
    }

    /// Its place in [`LoadedModules`].
    fn place(self) -> usize {
        match self {
            Self::Screens => 0,
            Self::Sheets => 1,
            Self::English => 2,
            Self::Korean => 3,
        }
    }

    /// Fetches the module, if it is not loaded yet.
    pub(super) async fn fetch(self) -> Result<LoadedModule, SplitLoaderError> {
        match self {
            Self::Screens => screens().await,
            Self::Sheets => sheets().await,
            Self::English => english().await,
            Self::Korean => korean().await,
        }
    }
}

/// The content of a loaded module.
#[derive(Clone, Copy)]
pub(super) enum LoadedModule {
    Screens(Screens),
    Sheets(Sheets),
    Words(&'static Words),
    Live(Live),
}

/// Decides and renders all screens but the list.
#[derive(Clone, Copy)]
pub(super) struct Screens {
    screen: fn(&ScreenInput<'_>) -> Screen,
    view: ScreenView,
    /// Finds places by their names.
    find: fn(&ScreenInput<'_>, &str) -> Vec<Place>,
}

/// Decides and renders the sheets.
#[derive(Clone, Copy)]
pub(super) struct Sheets {
    sheet: fn(&ScreenInput<'_>) -> Option<Sheet>,
    view: fn(Sheet) -> AnyView,
}

/// Starts the application with the model, the rendered nodes and the queued taps.
pub(super) type Live = fn(Model, Option<Rendered>, Vec<Action>);

/// Fetches the application that takes over from `opening`.
pub(super) async fn fetch_live() -> Option<Live> {
    match live().await {
        Ok(LoadedModule::Live(live)) => Some(live),
        Ok(LoadedModule::Screens(_) | LoadedModule::Sheets(_) | LoadedModule::Words(_))
        | Err(_) => None,
    }
}

/// Fetches the words of a language. (Adds less code to the first module than [`Name::fetch`].)
pub(super) async fn fetch_words(language: Language) -> Result<LoadedModule, SplitLoaderError> {
    match language {
        Language::Ko => korean().await,
        Language::En | Language::ZhCn => english().await,
    }
}

/// Fetches the module of the screens. (Separate for the same reason.)
pub(super) async fn fetch_screens_module() -> Result<LoadedModule, SplitLoaderError> {
    screens().await
}

/// Declares a lazy module: a function that is compiled into a file of its own, and the static
/// value that it returns. Debug builds are in one piece.
macro_rules! lazy_module {
    ($module:ident, $content:expr) => {
        #[cfg(not(debug_assertions))]
        #[wasm_split($module, fallible)]
        fn $module() -> Result<LoadedModule, SplitLoaderError> {
            Ok($content)
        }

        #[cfg(debug_assertions)]
        async fn $module() -> Result<LoadedModule, SplitLoaderError> {
            Ok($content)
        }
    };
}

lazy_module!(
    screens,
    LoadedModule::Screens(Screens {
        screen,
        view: screen_view,
        find,
    })
);
lazy_module!(
    sheets,
    LoadedModule::Sheets(Sheets {
        sheet,
        view: sheet_view,
    })
);
lazy_module!(english, LoadedModule::Words(&ENGLISH));
lazy_module!(korean, LoadedModule::Words(&KOREAN));
lazy_module!(live, LoadedModule::Live(super::live::begin));

fn find(input: &ScreenInput<'_>, typed: &str) -> Vec<Place> {
    match input.data {
        Loaded::Ready(dataset) => find_places(dataset, input.address, typed, &initials),
        Loaded::Waiting | Loaded::Failed => Vec::new(),
    }
}

#[derive(Clone, Copy, Default)]
enum Slot {
    #[default]
    NotAsked,
    Pending,
    Failed,
    Loaded(LoadedModule),
}

/// The modules that are loaded.
#[derive(Default)]
pub(super) struct LoadedModules([Slot; 4]);

impl LoadedModules {
    fn slot(&self, name: Name) -> Slot {
        self.0[name.place()]
    }

    /// Stores a module, or that it could not be fetched.
    pub(super) fn put(&mut self, name: Name, content: Result<LoadedModule, SplitLoaderError>) {
        self.0[name.place()] = content.map_or(Slot::Failed, Slot::Loaded);
    }

    /// Allows modules that could not be fetched to be fetched again.
    pub(super) fn forgive(&mut self) {
        for slot in &mut self.0 {
            if matches!(slot, Slot::Failed) {
                *slot = Slot::NotAsked;
            }
        }
    }

    /// Allows pending modules to be fetched again, by the application.
    pub(super) fn release_pending(&mut self) {
        for slot in &mut self.0 {
            if matches!(slot, Slot::Pending) {
                *slot = Slot::NotAsked;
            }
        }
    }

    /// Whether the module may be fetched.
    pub(super) fn may_fetch(&self, name: Name) -> bool {
        matches!(self.slot(name), Slot::NotAsked)
    }

    /// Whether the module is being fetched, or should be.
    pub(super) fn is_awaited(&self, name: Name) -> bool {
        matches!(self.slot(name), Slot::NotAsked | Slot::Pending)
    }

    /// Marks the module as pending.
    pub(super) fn set_pending(&mut self, name: Name) {
        self.0[name.place()] = Slot::Pending;
    }

    /// The words of a language; Chinese ones until its module is loaded.
    pub(super) fn words(&self, language: Language) -> (Language, &'static Words) {
        let slot = Name::of_language(language).map(|name| self.slot(name));
        if let Some(Slot::Loaded(LoadedModule::Words(words))) = slot {
            (language, words)
        } else {
            (Language::ZhCn, &CHINESE)
        }
    }

    /// The screen, and what renders it.
    pub(super) fn screen(&self, input: &ScreenInput<'_>) -> (Screen, ScreenView) {
        if is_list(input) {
            return (list_screen(input), list_view);
        }
        match self.slot(Name::Screens) {
            Slot::Loaded(LoadedModule::Screens(screens)) => ((screens.screen)(input), screens.view),
            Slot::Failed => (Screen::DataFailed(part_failed(input)), list_view),
            Slot::NotAsked | Slot::Pending | Slot::Loaded(_) => (Screen::Loading, list_view),
        }
    }

    /// The sheet over the screen and what renders it.
    pub(super) fn sheet(&self, input: &ScreenInput<'_>) -> SheetSlot {
        match self.slot(Name::Sheets) {
            Slot::Loaded(LoadedModule::Sheets(sheets)) => match (sheets.sheet)(input) {
                Some(sheet) => SheetSlot::Loaded(sheet, sheets.view),
                None => SheetSlot::None,
            },
            Slot::Failed => SheetSlot::Failed,
            Slot::NotAsked | Slot::Pending | Slot::Loaded(_) => SheetSlot::Pending,
        }
    }

    /// The places that a search finds.
    pub(super) fn find(&self, input: &ScreenInput<'_>, typed: &str) -> Vec<Place> {
        match self.slot(Name::Screens) {
            Slot::Loaded(LoadedModule::Screens(screens)) => (screens.find)(input, typed),
            Slot::NotAsked | Slot::Pending | Slot::Failed | Slot::Loaded(_) => Vec::new(),
        }
    }
}

/// The sheet over the screen.
#[derive(Clone)]
pub(super) enum SheetSlot {
    None,
    /// Its module is loading.
    Pending,
    /// Its module could not be fetched.
    Failed,
    Loaded(Sheet, fn(Sheet) -> AnyView),
}

/// The modules that are needed for what the address and the language ask for.
pub(super) fn needed(input: &ScreenInput<'_>, language: Language) -> Vec<Name> {
    let has_sheet = input.address.view.is_some_and(View::is_sheet);
    let screens = (!is_list(input)).then_some(Name::Screens);
    let sheets = has_sheet.then_some(Name::Sheets);
    screens
        .into_iter()
        .chain(sheets)
        .chain(Name::of_language(language))
        .collect()
}
