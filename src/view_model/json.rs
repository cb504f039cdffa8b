//! A writer for flat JSON objects. A library would add more kilobytes to the page than all
//! the JSON that it writes.

/// A value.
pub(super) enum Value<'a> {
    /// A text.
    Text(&'a str),
    /// Finished JSON: a number, an object.
    Raw(&'a str),
}

/// An object. Its keys are written without escapes.
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
                        // Control characters have no place in a name.
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
