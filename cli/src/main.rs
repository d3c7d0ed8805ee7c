//! `quen`: a device without a window.

mod args;
mod commands;
mod output;
mod serve;

use clap::Parser;

fn main() -> std::process::ExitCode {
    let args = args::Args::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    match commands::run(&args) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            output::print_error(&error, args.json);
            std::process::ExitCode::FAILURE
        }
    }
}
