//! The desktop app: a window on the engine's door, nothing more.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod device;
mod due;
mod front;
mod leaving;
mod news;
mod painting;
mod start;

fn main() -> std::process::ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let start = start::Start::find(std::env::args_os().skip(1), |name| std::env::var_os(name));
    match start {
        Ok(start) => run(start),
        Err(error) => {
            eprintln!("error: {error}");
            std::process::ExitCode::from(2)
        }
    }
}

fn run(start: start::Start) -> std::process::ExitCode {
    if front::ask(&start.data) {
        return std::process::ExitCode::SUCCESS;
    }
    let mut builder = tauri::Builder::default();
    if start.knows_other_windows() {
        // The first of the plugins: a second window ends before it touches anything.
        builder = builder.plugin(news::single_instance(&start));
    }
    let outcome = builder
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_notification::init())
        // Only keeps which files a person chose; the window has no permission to use it.
        .plugin(tauri_plugin_fs::init())
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![commands::call, commands::file_open, commands::file_save])
        .setup(move |desk| news::open(desk.handle(), start))
        .build(tauri::generate_context!());
    match outcome {
        Ok(desk) => {
            // Ends the program itself, with the code that was asked for.
            desk.run(|desk, event| {
                if matches!(event, tauri::RunEvent::Exit) {
                    news::close(desk);
                }
            });
            std::process::ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: the window cannot be opened: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}
