//! From the opened page to the first answer, without signals: loads the dataset, renders the
//! first answer as [`Node`]s, and hands over to the application (`live`) after it.
//!
//! Until then `public/early.js` shows prerendered screens, takes taps, and asks the device for
//! the position.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::tachys::view::{Mountable, Render};

use super::lazy::{Live, Name, fetch_live, fetch_screens_module, fetch_words};
use super::model::Model;
use super::root::{RootAttributes, announce, first_answer};
use crate::browser;
use crate::browser::early::EarlyEvent;
use crate::browser::stations;
use crate::browser::task::spawn;
use crate::components::PageContext;
use crate::components::bottom_bar::bottom_bar;
use crate::components::node::{Node, NodeState, element, tag};
use crate::components::screens::{answer_nodes, data_failed_nodes, loading_nodes};
use crate::components::sheets::waiting_nodes;
use crate::dataset::ShellStatus;
use crate::domain::fix::Locating;
use crate::view_model::action::Action;
use crate::view_model::address::{Address, View};
use crate::view_model::announcement::{Announcement, announcement};
use crate::view_model::language::Language;
use crate::view_model::nearby::cells_needed_first;
use crate::view_model::notice::part_failed;
use crate::view_model::screen::{Screen, first_screen, is_list};
use crate::view_model::screen_input::ScreenInput;

/// A hidden page gets no frames: the application is fetched after this time all the same.
const FRAMELESS_MS: i32 = 1000;

/// The rendered nodes in the document.
pub(super) struct Rendered(Vec<NodeState>);

impl Rendered {
    /// Removes it from the document.
    pub(super) fn unmount(&mut self) {
        for node in &mut self.0 {
            node.unmount();
        }
    }
}

struct Opening {
    model: Model,
    /// The first answer, or why there is none. `None` while a prerendered screen shows the same.
    rendered: Option<Rendered>,
    live: ApplicationModule,
    /// Whether there is no answer yet, and no reason why.
    is_loading: bool,
    is_fetching_cells: bool,
    /// Taps on the first answer, queued for the application.
    taps: Vec<Action>,
}

enum ApplicationModule {
    NotAsked,
    Pending,
    Loaded(Live),
}

thread_local! {
    /// `None` once the application has taken over.
    static OPENING: RefCell<Option<Opening>> = const { RefCell::new(None) };
}

fn with<T: Default>(look: impl FnOnce(&mut Opening) -> T) -> T {
    OPENING.with_borrow_mut(|opening| opening.as_mut().map(look).unwrap_or_default())
}

/// Opens the page in the language that the rider wants.
pub(super) fn open() {
    let model = Model::on_opening();
    match model.language() {
        Language::ZhCn => begin(model),
        language => spawn(begin_in(model, language)),
    }
}

async fn begin_in(mut model: Model, language: Language) {
    let words = fetch_words(language).await;
    if words.is_err() {
        model.dataset_state.sync.page = ShellStatus::Incomplete;
    }
    if let Some(name) = Name::of_language(language) {
        model.modules.put(name, words);
    }
    begin(model);
}

fn begin(model: Model) {
    OPENING.set(Some(Opening {
        model,
        rendered: None,
        live: ApplicationModule::NotAsked,
        is_loading: true,
        is_fetching_cells: false,
        taps: Vec::new(),
    }));
    render();
    browser::early::listen(on_early_event);
    spawn(load());
}

async fn load() {
    if with(|opening| opening.model.shown().is_none()) {
        let first = stations::first().await;
        let is_sound = first.is_ok();
        update(|model| model.take_first(first));
        // Not left to the application, which stores everything else, since it may fail to load.
        if is_sound {
            spawn(async {
                browser::early::keep().await;
            });
        }
    } else {
        fetch_cells();
    }
    // If the answer is all that is needed, it is painted first.
    if with(|opening| opening.is_answer_enough()) {
        browser::page::after_frame(fetch_application);
        browser::page::after(FRAMELESS_MS, fetch_application);
    } else {
        fetch_application();
    }
}

impl Opening {
    fn is_answer_enough(&self) -> bool {
        let address = &self.model.address;
        let is_answered = self.model.first_answer.is_some();
        is_answered && address.view.is_none() && !address.embed
    }

    /// Whether the application can show as much as is shown now, or more.
    fn may_hand_over(&self) -> bool {
        // A sheet does not wait for the screen below it.
        if self.model.address.view.is_some_and(View::is_sheet) {
            return true;
        }
        if !self.model.with_input(is_list) {
            return !self.model.modules.is_awaited(Name::Screens);
        }
        !self.is_loading
    }
}

/// Carries out a tap on the first answer: at once if that needs only the model, else once the
/// application is loaded.
fn act(action: Action) -> bool {
    match action {
        // These are links, which the browser follows.
        Action::Back(_) | Action::Navigate(_) | Action::ChooseMap(_) => return false,
        Action::Replace(fragment) => {
            browser::location::replace_fragment(&fragment);
            read_address(true);
        }
        action => with(|opening| opening.taps.push(action)),
    }
    fetch_application();
    true
}

/// Handles what a rider did on a prerendered screen.
fn on_early_event(event: EarlyEvent) {
    match event {
        EarlyEvent::Followed => {
            // It would read the answer that the rider has left.
            with(|opening| {
                let is_still_wanted = |tap: &Action| !matches!(tap, Action::ReadAloud(_));
                opening.taps.retain(is_still_wanted);
            });
            read_address(false);
        }
        EarlyEvent::Replaced => read_address(true),
        EarlyEvent::Locating => {
            update(|model| model.locating = Locating::Asking);
            spawn(async {
                let answer = browser::early::position().await;
                if with(|opening| opening.model.awaits_position()) {
                    update(|model| model.take_position(answer));
                }
            });
        }
        EarlyEvent::Tapped => {}
    }
    fetch_application();
}

/// Reads the address again; `is_replaced` if the change added no history entry.
fn read_address(is_replaced: bool) {
    update(|model| {
        let fragment = browser::location::fragment();
        model.address = Address::parse(&fragment);
        if is_replaced {
            model.steps.pop();
        }
        model.steps.push(fragment);
    });
}

/// Changes the model, and renders it.
fn update(change: impl FnOnce(&mut Model)) {
    with(|opening| change(&mut opening.model));
    render();
    fetch_cells();
    fetch_screens();
    hand_over();
}

/// The page to render, decided once per change of the model.
struct Page {
    body: Vec<Node>,
    bar: Option<Node>,
    sheet: Vec<Node>,
    root: RootAttributes,
    announcement: Announcement,
    first_answer: Option<String>,
    is_loading: bool,
}

impl Page {
    fn new(input: &ScreenInput<'_>) -> Self {
        let page = PageContext::of_first_answer(input, act);
        let is_incomplete = input.sync.page == ShellStatus::Incomplete;
        let screen = if is_list(input) {
            first_screen(input)
        } else if is_incomplete {
            Screen::DataFailed(part_failed(input))
        } else {
            // Its module is loading.
            Screen::Loading
        };
        Self {
            body: if let Some(nearby) = screen.nearby() {
                answer_nodes(&page, nearby)
            } else if let Screen::DataFailed(failure) = &screen {
                data_failed_nodes(&page, failure)
            } else {
                loading_nodes(&page)
            },
            bar: bottom_bar(&page),
            sheet: waiting_nodes(&page, is_incomplete),
            root: RootAttributes::new(input, &screen),
            announcement: announcement(input.words, &screen),
            first_answer: first_answer(&screen).cloned(),
            is_loading: matches!(screen, Screen::Loading),
        }
    }

    /// The page as the application lays it out (`components/page_layout.rs`).
    fn into_nodes(self) -> [Node; 3] {
        [
            tag("div", "page").child(tag("main", "page-body").children(self.body)),
            element("div").attr("data-part", "bar").children(self.bar),
            element("div")
                .attr("data-part", "sheet")
                .children(self.sheet),
        ]
    }
}

fn render() {
    // Replaces nothing while a finger is down: its click must reach the element below it.
    if browser::page::has_shell() && browser::early::is_pressed() {
        return browser::early::after_press(|| {
            render();
            hand_over();
        });
    }
    with(|opening| {
        let view = opening.model.with_input(Page::new);
        opening.is_loading = view.is_loading;
        opening.model.note_first_answer(view.first_answer.clone());
        view.root.apply_root_attributes();
        // The prerendered screen shows the same.
        if view.is_loading && view.sheet.is_empty() && browser::page::has_shell() {
            return;
        }
        announce(&view.announcement);
        let nodes = view.into_nodes();
        if let Some(Rendered(states)) = &mut opening.rendered {
            for (node, state) in nodes.into_iter().zip(states) {
                node.rebuild(state);
            }
            return;
        }
        let mut states = nodes.map(Node::build);
        browser::early::replace_shell(&mut |page| {
            for state in &mut states {
                state.mount(page, None);
            }
        });
        opening.rendered = Some(Rendered(states.into()));
    });
}

/// Fetches the cells that the first answer waits for.
fn fetch_cells() {
    let wanted = with(|opening| {
        let model = &opening.model;
        if opening.is_fetching_cells || model.dataset_state.sync.cells_error.is_some() {
            return None;
        }
        let needed = model.decide_for(None, cells_needed_first);
        let dataset = model.shown().filter(|_| !needed.is_empty())?;
        opening.is_fetching_cells = true;
        Some((dataset.clone(), needed))
    });
    let Some((dataset, needed)) = wanted else {
        return;
    };
    spawn(async move {
        let cells = stations::first_cells(&dataset.manifest, &needed).await;
        let edition = dataset.manifest.edition.clone();
        // `edition` below changes the dataset only if there is no other reference to it.
        drop(dataset);
        with(|opening| opening.is_fetching_cells = false);
        update(|model| match cells {
            Ok(cells) => {
                let dataset = model.dataset_state.edition(&edition);
                if let Some(dataset) = dataset.and_then(Arc::get_mut) {
                    dataset.add(cells);
                }
            }
            Err(error) => model.dataset_state.sync.cells_error = Some(error),
        });
    });
}

/// Fetches the module of the other screens, if one of them is to be shown.
fn fetch_screens() {
    let is_wanted = with(|opening| {
        let model = &mut opening.model;
        let name = Name::Screens;
        let is_wanted = model.modules.may_fetch(name) && !model.with_input(is_list);
        if is_wanted {
            model.modules.set_pending(name);
        }
        is_wanted
    });
    if is_wanted {
        spawn(async {
            let content = fetch_screens_module().await;
            with(|opening| opening.model.modules.put(Name::Screens, content));
            hand_over();
        });
    }
}

/// Fetches the application, unless it is pending, and hands over to it.
fn fetch_application() {
    let is_asked = with(|opening| {
        let is_asked = !matches!(opening.live, ApplicationModule::NotAsked);
        if !is_asked {
            opening.live = ApplicationModule::Pending;
        }
        is_asked
    });
    fetch_screens();
    if is_asked {
        return hand_over();
    }
    if with(|opening| opening.model.dataset_state.sync.page == ShellStatus::Incomplete) {
        update(|model| model.dataset_state.sync.page = ShellStatus::NotStored);
    }
    spawn(async {
        if let Some(live) = fetch_live().await {
            with(|opening| opening.live = ApplicationModule::Loaded(live));
            hand_over();
        } else {
            // The next tap fetches it again.
            with(|opening| opening.live = ApplicationModule::NotAsked);
            update(|model| model.dataset_state.sync.page = ShellStatus::Incomplete);
        }
    });
}

/// Hands over to the application, once it can show as much as is shown now.
fn hand_over() {
    // Replaces nothing while a finger is down: its click must reach the element below it.
    if browser::early::is_pressed() {
        return browser::early::after_press(hand_over);
    }
    let ready = OPENING.with_borrow_mut(|opening| {
        let (ApplicationModule::Loaded(live), true) = opening
            .as_ref()
            .map(|opening| (&opening.live, opening.may_hand_over()))?
        else {
            return None;
        };
        Some((*live, opening.take()?))
    });
    if let Some((live, opening)) = ready {
        live(opening.model, opening.rendered, opening.taps);
    }
}
