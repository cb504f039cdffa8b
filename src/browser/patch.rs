//! Makes the children of an element what some HTML says, and touches only what
//! differs: focus stays, an arrow turns instead of being drawn anew, and a slow
//! phone lays out less.

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, Node};

/// A child with this attribute becomes no other one: where another is wanted, a
/// new one is put. (Moving it would be seen as a jump, and would lose the focus.)
const KEY: &str = "data-key";

/// Patches the children of the part of the page that has this name (`data-part`).
pub fn patch(part: &str, html: &str) {
    let Some(element) = super::page::find(&format!("[data-part={part}]")) else {
        return;
    };
    let element: &Element = &element;
    if element.first_element_child().is_none() {
        // Nothing to keep.
        element.set_inner_html(html);
        return;
    }
    // A copy that is nowhere: nothing in it is loaded or run.
    let Ok(wanted) = element.clone_node() else {
        return;
    };
    let wanted: Element = wanted.unchecked_into();
    wanted.set_inner_html(html);
    let focused = focused_key(element);
    // Refused for no node that both trees hold.
    let _ = patch_children(element, &wanted);
    if let Some(key) = focused {
        focus_again(element, &key);
    }
}

/// The key of the child that holds the focus.
fn focused_key(element: &Element) -> Option<String> {
    let active = element.owner_document()?.active_element()?;
    let holder = active.closest("[data-key]").ok()??;
    element
        .contains(Some(&holder))
        .then(|| holder.get_attribute(KEY))?
}

/// Gives the focus back to the child of a key, if it was lost with the old one.
fn focus_again(element: &Element, wanted: &str) {
    let active = element
        .owner_document()
        .and_then(|document| document.active_element());
    if active.is_some_and(|active| element.contains(Some(&active))) {
        return;
    }
    let Ok(children) = element.query_selector_all("[data-key]") else {
        return;
    };
    for number in 0..children.length() {
        let child = children.item(number);
        if let Some(child) = child.filter(|child| key(child).as_deref() == Some(wanted)) {
            let inner = child
                .dyn_ref::<Element>()
                .and_then(|child| child.query_selector("a, button").ok()?);
            let target: JsValue = inner.map_or_else(|| child.into(), Into::into);
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let target: web_sys::HtmlElement = target.unchecked_into();
            let _ = target.focus_with_options(&options);
            return;
        }
    }
}

fn key(node: &Node) -> Option<String> {
    node.dyn_ref::<Element>()?.get_attribute(KEY)
}

fn patch_children(old: &Node, new: &Node) -> Result<(), JsValue> {
    let mut at = old.first_child();
    let mut next = new.first_child();
    while let Some(wanted) = next {
        next = wanted.next_sibling();
        let Some(here) = at else {
            old.append_child(&wanted)?;
            continue;
        };
        at = here.next_sibling();
        if here.is_equal_node(Some(&wanted)) {
            continue;
        }
        let is_alike = here.node_type() == wanted.node_type()
            && here.node_name() == wanted.node_name()
            && key(&here) == key(&wanted);
        if !is_alike {
            old.replace_child(&wanted, &here)?;
        } else if here.node_type() == Node::ELEMENT_NODE {
            let (element, wanted_element) = (here.unchecked_ref(), wanted.unchecked_ref());
            patch_attributes(element, wanted_element)?;
            patch_children(&here, &wanted)?;
        } else {
            here.set_node_value(wanted.node_value().as_deref());
        }
    }
    while let Some(surplus) = at {
        at = surplus.next_sibling();
        old.remove_child(&surplus)?;
    }
    Ok(())
}

fn patch_attributes(old: &Element, new: &Element) -> Result<(), JsValue> {
    for name in old
        .get_attribute_names()
        .iter()
        .filter_map(|name| name.as_string())
    {
        if !new.has_attribute(&name) {
            old.remove_attribute(&name)?;
        }
    }
    for name in new
        .get_attribute_names()
        .iter()
        .filter_map(|name| name.as_string())
    {
        let value = new.get_attribute(&name).unwrap_or_default();
        if old.get_attribute(&name).as_ref() != Some(&value) {
            old.set_attribute(&name, &value)?;
        }
    }
    Ok(())
}
