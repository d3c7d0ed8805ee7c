//! The commands, each through the one door.

mod data;
mod device;
pub mod edit;
mod import;
mod person;
mod recovery;
mod report;

use std::path::PathBuf;

use anyhow::Result;
use crm::{
    api,
    app::{ApiError, App},
    io::sync_loop,
};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::{
    args::{Args, Command},
    host, output,
    refusal::{bad, refused},
    serve,
};

/// Carries out a command.
pub fn run(args: &Args) -> Result<()> {
    let app = open(args)?;
    let value = match &args.command {
        Command::Create { centre, owner, branches, relay, device } => call(
            &app,
            "workspace.create",
            json!({
                "centre": centre, "owner": owner, "branches": branches, "relayUrl": relay,
                "deviceName": device_name(device.as_deref())
            }),
        )?,
        Command::Invite { role, branches, approve } => {
            device::invite(&app, role, branches, approve.as_deref(), args.json)?
        }
        Command::Join { invite, device } => {
            device::join(&app, invite, &device_name(device.as_deref()), args.json)?
        }
        Command::Kit => return recovery::kit(&app, args.json),
        Command::Recover { kit, device, relay } => {
            recovery::recover(&app, kit, &device_name(device.as_deref()), relay.as_deref(), args.json)?
        }
        Command::SignIn { name } => device::sign_in(&app, name)?,
        Command::Import(wish) => return import::import(&app, wish, args.json),
        Command::Export { file, view } => data::export(&app, file, view)?,
        Command::List { view, limit, offset } => return data::list(&app, view, *limit, *offset, args.json),
        Command::Show { who } => return person::show(&app, who, args.json),
        Command::Edit { who, fields } => edit::edit(&app, who, fields)?,
        Command::History { who, field } => {
            return person::history(&app, who, field.as_deref(), args.json);
        }
        Command::Note { who, text, kind, outcome } => {
            person::note(&app, who, text, kind, outcome.as_deref())?
        }
        Command::Task { who, title, kind, in_days, repeat } => {
            person::task(&app, who, title, kind, *in_days, repeat.as_deref())?
        }
        Command::Undo { id } => person::undo(&app, id, args.json)?,
        Command::Sync { relay, timeout_s } => device::sync(&app, relay.as_deref(), *timeout_s)?,
        Command::Serve { listen, i_know_others_can_reach_it, hosts, ui, sample } => {
            if !listen.ip().is_loopback() && !i_know_others_can_reach_it {
                let (at, meant) = (listen.ip(), "--i-know-others-can-reach-it");
                return Err(refused(
                    "not_loopback",
                    format!("{at} is not this machine alone; add {meant} if that is meant"),
                    format!("{at} cho máy khác với tới; thêm {meant} nếu đúng là muốn thế."),
                ));
            }
            sync_loop::start(&app);
            if *sample {
                device::sample(&app)?;
            }
            return serve::serve(&app, *listen, hosts, ui.clone(), args.json);
        }
        Command::Rebuild => device::rebuild(&app, args.json)?,
        Command::Doctor => device::doctor(&app)?,
        Command::Call { name, args: text } => {
            let parsed: Value = serde_json::from_str(text).map_err(|error| {
                bad(
                    format!("the arguments are not JSON ({error}); see `quen call --help` for how they are written"),
                    format!("Tham số không phải JSON ({error}); xem cách viết trong `quen call --help`."),
                )
            })?;
            let value = call(&app, name, parsed).map_err(|error| misfit(name, error))?;
            match value.get("job").filter(|job| job.is_string()) {
                // The job lives in this process: it must not end before.
                Some(job) => import::wait(&app, job, args.json)?,
                None => value,
            }
        }
    };
    output::print(&value, args.json);
    Ok(())
}

/// Makes one call.
pub fn call(app: &App, name: &str, args: Value) -> Result<Value> {
    Ok(api::call(app, api::Transport::CommandLine, name, args)?)
}

/// Says which call does not take its arguments, and why.
fn misfit(name: &str, error: anyhow::Error) -> anyhow::Error {
    match error.downcast_ref::<ApiError>() {
        Some(api) if api.code == "bad_argument" => {
            let why = &api.message;
            bad(
                format!("{name} does not take these arguments: {why}; see `quen call --help` and mend them"),
                format!("Tham số không hợp lệ cho {name}: {why}; xem `quen call --help` rồi sửa lại."),
            )
        }
        _ => error,
    }
}

fn device_name(named: Option<&str>) -> String {
    named.map_or_else(host::device_name, str::to_owned)
}

fn open(args: &Args) -> Result<App> {
    let folder = match &args.data {
        Some(folder) => folder.clone(),
        None => default_folder()?,
    };
    let passphrase = match &args.passphrase_file {
        Some(file) => {
            let text = std::fs::read_to_string(file).map_err(|_| {
                let file = file.display();
                refused(
                    "passphrase_file",
                    format!("the passphrase file {file} cannot be read; check its path and rights"),
                    format!("Không đọc được tệp mật khẩu {file}; xem lại đường dẫn và quyền."),
                )
            })?;
            Some(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
        }
        None => std::env::var("QUEN_PASSPHRASE").ok().map(Zeroizing::new),
    };
    Ok(App::open(&folder, passphrase).map_err(ApiError::from)?)
}

fn default_folder() -> Result<PathBuf> {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("APPDATA"));
    let home = home.ok_or_else(|| {
        refused(
            "no_home",
            "there is no home folder; name a data folder with --data",
            "Không thấy thư mục nhà; chỉ ra thư mục dữ liệu bằng --data.",
        )
    })?;
    Ok(PathBuf::from(home).join(".quen"))
}
