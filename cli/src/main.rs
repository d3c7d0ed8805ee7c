//! `quen`: a device without a window.

mod args;
mod commands;
mod host;
mod output;
mod refusal;
mod serve;
mod words;

use clap::Parser;

fn main() -> std::process::ExitCode {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => return not_understood(&error),
    };
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    match commands::run(&args) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            output::print_error(&refusal::Told::of(&error), args.json);
            std::process::ExitCode::FAILURE
        }
    }
}

/// Prints help where it was asked for, and else what is wrong with the words of the command.
fn not_understood(error: &clap::Error) -> std::process::ExitCode {
    if !error.use_stderr() {
        error.exit();
    }
    // An argument that is no text cannot be this one.
    let is_json = std::env::args_os().any(|arg| arg == "--json");
    if is_json || error.kind() == clap::error::ErrorKind::InvalidUtf8 {
        output::print_error(&args::told::told(error), is_json);
    } else {
        // Nothing is left to do when even this cannot be printed.
        let _printed = error.print();
        if error.kind() != clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
            eprintln!("\n{}", args::told::vietnamese(error));
        }
    }
    std::process::ExitCode::from(2)
}
