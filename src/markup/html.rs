//! Text that is safe to be read as HTML.

use super::signs::drawing;
use crate::view_model::action::Action;

/// Well-formed HTML: every text in it has been escaped.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Html(String);

/// An attribute: a name, and a value that will be escaped; none leaves it out.
pub(super) type Attribute<'a> = (&'static str, Option<&'a str>);

impl Html {
    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        let mut html = Self::default();
        html.push_escaped(text);
        html
    }

    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One after the other.
    pub(super) fn join(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for part in parts {
            all.0.push_str(&part.0);
        }
        all
    }

    /// What follows.
    #[must_use]
    pub(super) fn and(mut self, next: Self) -> Self {
        self.0.push_str(&next.0);
        self
    }

    fn push_escaped(&mut self, text: &str) {
        // Whole stretches at once: most texts have nothing to escape. (`get` and no
        // index: the words of its panic would be a part of the page.)
        let mut done = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escaped = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                b'\'' => "&#39;",
                _ => continue,
            };
            self.0.push_str(text.get(done..at).unwrap_or_default());
            self.0.push_str(escaped);
            done = at + 1;
        }
        self.0.push_str(text.get(done..).unwrap_or_default());
    }
}

/// An element with attributes.
pub(super) fn element(name: &'static str, attributes: &[Attribute<'_>], inner: Html) -> Html {
    let mut html = Html::default();
    html.0.push('<');
    html.0.push_str(name);
    for (name, value) in attributes {
        if let Some(value) = value {
            html.0.push(' ');
            html.0.push_str(name);
            html.0.push_str("=\"");
            html.push_escaped(value);
            html.0.push('"');
        }
    }
    html.0.push('>');
    // The only empty element here; all others are closed.
    if name != "br" && name != "input" {
        html.0.push_str(&inner.0);
        html.0.push_str("</");
        html.0.push_str(name);
        html.0.push('>');
    }
    html
}

/// An element with a class.
pub(super) fn tag(name: &'static str, class: &str, inner: Html) -> Html {
    element(
        name,
        &[("class", Some(class).filter(|class| !class.is_empty()))],
        inner,
    )
}

/// An element with a class and a text.
pub(super) fn tag_text(name: &'static str, class: &str, text: &str) -> Html {
    tag(name, class, Html::text(text))
}

/// A link.
pub(super) fn link(class: &str, href: &str, inner: Html) -> Html {
    element("a", &[("class", Some(class)), ("href", Some(href))], inner)
}

/// A button that does something.
pub(super) fn button(class: &str, action: &Action, state: Attribute<'_>, inner: Html) -> Html {
    let (name, value) = action.to_markup();
    let attributes = [
        ("type", Some("button")),
        ("class", Some(class)),
        ("data-do", Some(name)),
        (
            "data-value",
            Some(value.as_str()).filter(|value| !value.is_empty()),
        ),
        state,
    ];
    element("button", &attributes, inner)
}

/// No further attribute.
pub(super) const PLAIN: Attribute<'static> = ("", None);

/// A sign.
pub(super) fn icon(name: &str) -> Html {
    sized_icon("icon", name)
}

/// A sign of another size.
pub(super) fn sized_icon(class: &str, name: &str) -> Html {
    element(
        "svg",
        &[
            ("class", Some(class)),
            ("viewBox", Some("0 0 24 24")),
            ("aria-hidden", Some("true")),
        ],
        sign(name),
    )
}

/// What stands inside a sign.
pub(super) fn sign(name: &str) -> Html {
    Html(drawing(name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_sheet_says_becomes_markup() {
        let evil = "<script>alert(\"1\")</script>'&";
        let html = element("p", &[("title", Some(evil))], Html::text(evil));
        assert_eq!(
            html.as_str(),
            "<p title=\"&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;\">\
             &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;</p>"
        );
    }
}
