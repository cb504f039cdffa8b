//! The Leptos application: the model in a signal, the page as a memo of it, components below.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::tick;

use super::controller::Controller;
use crate::browser;
use crate::browser::task::spawn;
use crate::components::PageContext;
use crate::components::bottom_bar::bottom_bar;
use crate::components::page_layout::page_layout;
use crate::components::screens::ScreenView;
use crate::components::sheets::waiting_nodes;
use crate::ui::lazy::SheetSlot;
use crate::ui::model::Model;
use crate::ui::root::{RootAttributes, announce, first_answer};
use crate::view_model::address::View;
use crate::view_model::announcement::{Announcement, announcement};
use crate::view_model::places::SearchResults;
use crate::view_model::screen::Screen;

/// Everything that is shown, decided once per change of the model.
struct Page {
    context: Arc<PageContext>,
    screen: Screen,
    view: ScreenView,
    /// What a search in the place picker found.
    found: SearchResults,
    sheet: SheetSlot,
    root: RootAttributes,
    announcement: Announcement,
}

impl Page {
    fn new(model: &Model) -> Self {
        model.with_input(|input| {
            let (screen, view) = model.modules.screen(input);
            let found = if input.address.view == Some(View::Pick) {
                SearchResults {
                    places: model.modules.find(input, &model.typed),
                    typed: model.typed.clone(),
                }
            } else {
                SearchResults::default()
            };
            let sheet = if input.address.view.is_some_and(View::is_sheet) {
                model.modules.sheet(input)
            } else {
                SheetSlot::None
            };
            Self {
                context: Arc::new(PageContext::new(input, super::act)),
                root: RootAttributes::new(input, &screen),
                announcement: announcement(input.words, &screen),
                screen,
                view,
                found,
                sheet,
            }
        })
    }

    fn screen_view(&self) -> AnyView {
        provide_context(Arc::clone(&self.context));
        (self.view)(self.screen.clone(), self.found.clone())
    }

    fn sheet_view(&self) -> Option<AnyView> {
        provide_context(Arc::clone(&self.context));
        match &self.sheet {
            SheetSlot::None => None,
            SheetSlot::Pending => Some(waiting_nodes(&self.context, false).into_any()),
            SheetSlot::Failed => Some(waiting_nodes(&self.context, true).into_any()),
            SheetSlot::Loaded(sheet, view) => Some(view(sheet.clone())),
        }
    }
}

/// The application.
#[component]
pub(super) fn App(
    /// What changes the model.
    controller: Controller,
) -> impl IntoView {
    // Always counts as changed: only rendering depends on it, so a comparison is not needed.
    let page = Memo::new_with_compare(move |_| controller.model.with(Page::new), |_, _| true);
    Effect::new(move |before: Option<RootAttributes>| {
        let root = page.with(|page| {
            announce(&page.announcement);
            controller.note_shown(first_answer(&page.screen).cloned());
            page.root.clone()
        });
        if before.as_ref() != Some(&root) {
            root.apply_root_attributes();
        }
        let now = root.clone();
        spawn(async move {
            // By then the components have changed the document.
            tick().await;
            after_render(controller, before.as_ref(), &now);
        });
        root
    });
    let is_covered = Signal::derive(move || page.with(|page| page.root.has_sheet()));
    page_layout(
        is_covered,
        move || page.with(Page::screen_view),
        move || page.with(|page| bottom_bar(&page.context)),
        move || page.with(Page::sheet_view),
    )
}

/// Moves focus and scroll position if another screen or sheet is shown, and fetches what it
/// needs.
fn after_render(controller: Controller, before: Option<&RootAttributes>, now: &RootAttributes) {
    controller.keep_focus();
    if now.has_sheet() && browser::page::has_no_focus() {
        // The module of the sheet was loaded, and its render replaced the focused element.
        focus_view(now.view);
    }
    controller.fetch_modules();
    let Some(before) = before else { return };
    let is_other_screen = before.screen != now.screen;
    let spot = controller.with_runtime(|runtime| runtime.trail.take_return());
    if is_other_screen || before.view != now.view {
        match spot {
            // Back to the scroll position where the rider left the screen. Rows are laid out only
            // near the viewport (`content-visibility`), so it is right only a frame later.
            Some(spot) => {
                let scroll = move || {
                    if is_other_screen {
                        browser::page::scroll_to(spot.scrolled);
                    }
                };
                scroll();
                browser::page::after_frame(move || {
                    scroll();
                    browser::page::focus_link(&spot.focused);
                    // On a busy phone the rows get their true heights a frame or two later, and
                    // the browser moves the page with them.
                    browser::page::after_frame(move || {
                        scroll();
                        browser::page::after_frame(scroll);
                    });
                });
            }
            // A new screen starts at its top.
            None if is_other_screen => {
                browser::page::scroll_to(0.0);
                browser::host::to_top();
            }
            None => focus_opener(before.view, now.view),
        }
        if before.view != now.view {
            focus_view(now.view);
            controller.locate_in_an_emergency(now.view);
        }
    }
    controller.fill();
}

/// After a sheet was closed, focuses the link that opened it.
fn focus_opener(before: Option<View>, now: Option<View>) {
    if let (Some(view), None) = (before, now) {
        let name = view.name();
        browser::page::focus(&format!("main a[href$='view={name}']"));
    }
}

/// Moves the focus into a sheet or page that opens.
pub(super) fn focus_view(view: Option<View>) {
    if view.is_some_and(|view| view != View::Pick) {
        browser::page::focus("[data-focus]");
        browser::host::to_top();
    }
}
