//! JSON as far as the page writes it: one flat object. A library would cost more
//! kilobytes than all that it could write here.

/// A value.
pub(super) enum Value<'a> {
    /// A text.
    Text(&'a str),
    /// What is JSON already: a number, an object.
    Raw(&'a str),
}

/// An object with these keys, which need no escape.
pub(super) fn object(pairs: &[(&str, Value<'_>)]) -> String {
    let mut json = "{".to_owned();
    for (key, value) in pairs {
        if json.len() > 1 {
            json.push(',');
        }
        json.push('"');
        json.push_str(key);
        json.push_str("\":");
        match value {
            Value::Raw(raw) => json.push_str(raw),
            Value::Text(text) => {
                json.push('"');
                for c in text.chars() {
                    match c {
                        '"' => json.push_str("\\\""),
                        '\\' => json.push_str("\\\\"),
                        // Control characters are no part of a name.
                        c if c < ' ' => json.push(' '),
                        c => json.push(c),
                    }
                }
                json.push('"');
            }
        }
    }
    json.push('}');
    json
}
