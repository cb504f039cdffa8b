//! Makes the children of an element what some HTML says, and touches only what
//! differs: focus stays, an arrow turns instead of being drawn anew, and a slow
//! phone lays out less.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node};

/// Children with this attribute are the same child wherever they stand.
const KEY: &str = "data-key";

/// Patches the children of `element`.
pub fn patch(element: &impl AsRef<Element>, html: &str) {
    let element = element.as_ref();
    // A copy that is nowhere: nothing in it is loaded or run.
    let Ok(wanted) = element.clone_node() else {
        return;
    };
    let wanted: Element = wanted.unchecked_into();
    wanted.set_inner_html(html);
    // Refused for no node that both trees hold.
    let _ = patch_children(element, &wanted);
}

fn key(node: &Node) -> Option<String> {
    node.dyn_ref::<Element>()?.get_attribute(KEY)
}

/// The first node from `node` on that has a key.
fn find(node: Option<Node>, wanted: &str) -> Option<Node> {
    let mut at = node;
    while let Some(node) = at {
        if key(&node).as_deref() == Some(wanted) {
            return Some(node);
        }
        at = node.next_sibling();
    }
    None
}

fn patch_children(old: &Node, new: &Node) -> Result<(), wasm_bindgen::JsValue> {
    let mut at = old.first_child();
    let mut next = new.first_child();
    while let Some(wanted) = next {
        next = wanted.next_sibling();
        if let Some(wanted_key) = key(&wanted) {
            match find(at.clone(), &wanted_key) {
                Some(same) if Some(&same) != at.as_ref() => {
                    old.insert_before(&same, at.as_ref())?;
                    at = Some(same);
                }
                Some(_) => {}
                None => {
                    old.insert_before(&wanted, at.as_ref())?;
                    continue;
                }
            }
        }
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

fn patch_attributes(old: &Element, new: &Element) -> Result<(), wasm_bindgen::JsValue> {
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
