//! One concrete type for elements: Leptos renders it without generated code for each nested
//! view, and without signals. The components of the first answer use it, which keeps the first
//! module small (docs/performance.md).

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev::Event;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::{CastFrom, RemoveEventHandler, Rndr, types};
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use leptos::wasm_bindgen::JsCast;

use super::{Act, PageContext};
use crate::view_model::action::Action;

const SVG: &str = "http://www.w3.org/2000/svg";

/// Elements without content and without an end tag.
const VOID: [&str; 2] = ["br", "input"];

/// A text; those of the languages are static.
pub type Text = Cow<'static, str>;

/// An element with its attributes and children.
#[derive(Clone)]
pub struct Node {
    name: &'static str,
    is_svg: bool,
    attributes: Vec<(&'static str, Text)>,
    tap: Option<(Act, Action)>,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Children(Vec<Child>),
    /// Constant markup of this crate: the paths of an icon.
    Markup(&'static str),
}

#[derive(Clone)]
enum Child {
    Text(Text),
    Node(Node),
}

/// An HTML element.
#[must_use]
pub fn element(name: &'static str) -> Node {
    Node {
        name,
        is_svg: false,
        attributes: Vec::new(),
        tap: None,
        content: Content::Children(Vec::new()),
    }
}

/// An HTML element with a class.
pub fn tag(name: &'static str, class: impl Into<Text>) -> Node {
    element(name).class(class)
}

/// An SVG element.
#[must_use]
pub fn svg(name: &'static str) -> Node {
    Node {
        is_svg: true,
        ..element(name)
    }
}

impl Node {
    /// Sets an attribute.
    #[must_use]
    pub fn attr(mut self, name: &'static str, value: impl Into<Text>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// Sets an attribute that may be missing.
    #[must_use]
    pub fn maybe(self, name: &'static str, value: Option<impl Into<Text>>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Sets the class.
    #[must_use]
    pub fn class(self, class: impl Into<Text>) -> Self {
        self.attr("class", class)
    }

    /// Appends a text.
    #[must_use]
    pub fn text(mut self, text: impl Into<Text>) -> Self {
        self.append(Child::Text(text.into()));
        self
    }

    /// Appends a child.
    #[must_use]
    pub fn child(mut self, child: Self) -> Self {
        self.append(Child::Node(child));
        self
    }

    /// Appends children.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        for child in children {
            self.append(Child::Node(child));
        }
        self
    }

    fn append(&mut self, child: Child) {
        if let Content::Children(children) = &mut self.content {
            children.push(child);
        }
    }

    /// Sets constant markup in place of children.
    #[must_use]
    pub(super) fn markup(mut self, markup: &'static str) -> Self {
        self.content = Content::Markup(markup);
        self
    }

    /// Carries out an action when it is tapped.
    #[must_use]
    pub fn on_tap(mut self, page: &PageContext, action: Action) -> Self {
        self.tap = Some((page.act, action));
        self
    }

    fn push_html(&self, html: &mut String) {
        html.push('<');
        html.push_str(self.name);
        for (name, value) in &self.attributes {
            html.push(' ');
            html.push_str(name);
            html.push_str("=\"");
            push_escaped(html, value);
            html.push('"');
        }
        html.push('>');
        if VOID.contains(&self.name) {
            return;
        }
        match &self.content {
            Content::Markup(markup) => html.push_str(markup),
            Content::Children(children) => {
                for child in children {
                    match child {
                        Child::Text(text) => push_escaped(html, text),
                        Child::Node(node) => node.push_html(html),
                    }
                }
            }
        }
        html.push_str("</");
        html.push_str(self.name);
        html.push('>');
    }
}

fn push_escaped(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
}

/// An element in the document.
pub struct NodeState {
    name: &'static str,
    element: types::Element,
    attributes: Vec<(&'static str, Text)>,
    /// What a tap does, read by the listener, which stays when the action changes.
    tap: Rc<RefCell<Option<(Act, Action)>>>,
    listener: Option<RemoveEventHandler<types::Element>>,
    content: ContentState,
}

enum ContentState {
    Children(Vec<ChildState>),
    Markup(&'static str),
}

enum ChildState {
    Text(types::Text, Text),
    Node(NodeState),
}

impl Child {
    fn build(self) -> ChildState {
        match self {
            Self::Text(text) => ChildState::Text(Rndr::create_text_node(&text), text),
            Self::Node(node) => ChildState::Node(node.build()),
        }
    }
}

impl ChildState {
    fn node(&self) -> &types::Node {
        match self {
            Self::Text(text, _) => text,
            Self::Node(state) => &state.element,
        }
    }

    /// Changes the node in place if possible, else replaces it.
    fn rebuild(&mut self, parent: &types::Element, child: Child) {
        match (self, child) {
            (Self::Text(node, old), Child::Text(new)) => {
                if *old != new {
                    Rndr::set_text(node, &new);
                    *old = new;
                }
            }
            (Self::Node(state), Child::Node(node)) if state.is_like(&node) => {
                node.rebuild(state);
            }
            (old, child) => {
                let new = child.build();
                Rndr::insert_node(parent, new.node(), Some(old.node()));
                Rndr::remove(old.node());
                *old = new;
            }
        }
    }
}

impl NodeState {
    fn is_like(&self, node: &Node) -> bool {
        self.name == node.name
            && matches!(
                (&self.content, &node.content),
                (ContentState::Children(_), Content::Children(_))
                    | (ContentState::Markup(_), Content::Markup(_))
            )
    }

    fn set_attributes(&mut self, attributes: Vec<(&'static str, Text)>) {
        let value_of = |all: &[(&'static str, Text)], wanted: &str| {
            let found = all.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, value)| value.clone())
        };
        for (name, _) in &self.attributes {
            if value_of(&attributes, name).is_none() {
                Rndr::remove_attribute(&self.element, name);
            }
        }
        for (name, value) in &attributes {
            if value_of(&self.attributes, name).as_ref() != Some(value) {
                Rndr::set_attribute(&self.element, name, value);
            }
        }
        self.attributes = attributes;
    }

    fn set_tap(&mut self, tap: Option<(Act, Action)>) {
        if tap.is_some() && self.listener.is_none() {
            let tap = Rc::clone(&self.tap);
            let listener = move |event: types::Event| {
                let tap = tap.borrow().clone();
                if let Some((act, action)) = tap
                    && act(action)
                {
                    event.unchecked_into::<Event>().prevent_default();
                }
            };
            self.listener = Some(Rndr::add_event_listener(
                &self.element,
                "click",
                Box::new(listener),
            ));
        }
        *self.tap.borrow_mut() = tap;
    }

    fn set_markup(&mut self, markup: &'static str) {
        if let ContentState::Markup(old) = &mut self.content
            && *old != markup
        {
            Rndr::set_inner_html(&self.element, markup);
            *old = markup;
        }
    }

    fn set_children(&mut self, children: Vec<Child>) {
        let ContentState::Children(states) = &mut self.content else {
            return;
        };
        for removed in states.drain(children.len().min(states.len())..) {
            Rndr::remove(removed.node());
        }
        for (place, child) in children.into_iter().enumerate() {
            if let Some(state) = states.get_mut(place) {
                state.rebuild(&self.element, child);
            } else {
                let state = child.build();
                Rndr::insert_node(&self.element, state.node(), None);
                states.push(state);
            }
        }
    }
}

impl Render for Node {
    type State = NodeState;

    fn build(self) -> NodeState {
        let content = match &self.content {
            Content::Children(_) => ContentState::Children(Vec::new()),
            Content::Markup(_) => ContentState::Markup(""),
        };
        let mut state = NodeState {
            name: self.name,
            element: Rndr::create_element(self.name, self.is_svg.then_some(SVG)),
            attributes: Vec::new(),
            tap: Rc::default(),
            listener: None,
            content,
        };
        self.rebuild(&mut state);
        state
    }

    fn rebuild(self, state: &mut NodeState) {
        if !state.is_like(&self) {
            let mut new = self.build();
            state.insert_before_this(&mut new);
            state.unmount();
            *state = new;
            return;
        }
        state.set_attributes(self.attributes);
        state.set_tap(self.tap);
        match self.content {
            Content::Markup(markup) => state.set_markup(markup),
            Content::Children(children) => state.set_children(children),
        }
    }
}

impl Mountable for NodeState {
    fn unmount(&mut self) {
        Rndr::remove(&self.element);
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        Rndr::insert_node(parent, &self.element, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = Rndr::get_parent(&self.element).and_then(types::Element::cast_from);
        if let Some(parent) = parent {
            child.mount(&parent, Some(&self.element));
            return true;
        }
        false
    }

    fn elements(&self) -> Vec<types::Element> {
        vec![self.element.clone()]
    }
}

impl AddAnyAttr for Node {
    type Output<NewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

impl RenderHtml for Node {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        html: &mut String,
        position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
        self.push_html(html);
        *position = Position::NextChild;
    }

    // The page is never hydrated: it is built anew in place of the prerendered screen.
    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> NodeState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_markup() {
        let evil = "<script>alert(\"1\")</script>'&";
        let html = element("p").attr("title", evil).text(evil).to_html();
        assert_eq!(
            html,
            "<p title=\"&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;\">\
             &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;</p>"
        );
    }
}
