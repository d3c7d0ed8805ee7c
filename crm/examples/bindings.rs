//! Writes the TypeScript types of the API: `cargo run -p crm --example bindings -- DIR`.

use std::{error::Error, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let dir = PathBuf::from(std::env::args_os().nth(1).ok_or("name the folder to write into")?);
    std::fs::create_dir_all(&dir)?;
    let calls = crm::api::export_bindings(&dir)?;
    std::fs::write(dir.join("calls.ts"), calls)?;
    Ok(())
}
