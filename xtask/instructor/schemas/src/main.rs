//! Validates a document. Reads a JSON array of a schema and the document, and writes a JSON array of the errors, each with its
//! place and its text.

use std::error::Error;
use std::io::{Read, Write};

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let (schema, document): (Value, Value) = serde_json::from_str(&text)?;
    let validator = jsonschema::validator_for(&schema)?;
    let errors = validator.iter_errors(&document);
    let errors: Vec<String> =
        errors.map(|error| format!("{}: {error}", error.instance_path())).collect();
    serde_json::to_writer(std::io::stdout(), &errors)?;
    Ok(std::io::stdout().flush()?)
}
