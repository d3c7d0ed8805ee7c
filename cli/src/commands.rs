//! The commands, each through the one door.

mod data;
mod device;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use crm::{
    api,
    app::{ApiError, App},
    io::sync_loop,
};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::{
    args::{Args, Command},
    output, serve,
};

/// Carries out a command.
pub fn run(args: &Args) -> Result<()> {
    let app = open(args)?;
    let value = match &args.command {
        Command::Create { centre, owner, branches, relay, device_name } => call(
            &app,
            "workspace.create",
            json!({ "centre": centre, "owner": owner, "branches": branches, "relayUrl": relay, "deviceName": device_name }),
        )?,
        Command::Invite { role, branches, approve } => {
            device::invite(&app, role, branches, approve.as_deref(), args.json)?
        }
        Command::Join { invite, device_name } => device::join(&app, invite, device_name, args.json)?,
        Command::Import { file, maps, branch, dry_run } => {
            data::import(&app, file, maps, branch.as_deref(), *dry_run, args.json)?
        }
        Command::Export { file, search } => data::export(&app, file, search)?,
        Command::List { search, limit } => return data::list(&app, search, *limit, args.json),
        Command::Show { who } => {
            let id = data::find(&app, who)?;
            call(&app, "contact.get", json!({ "id": id }))?
        }
        Command::Edit { who, fields } => data::edit(&app, who, fields)?,
        Command::Sync { relay, timeout_s } => device::sync(&app, relay.as_deref(), *timeout_s)?,
        Command::Serve { listen, i_know_others_can_reach_it, ui, sample } => {
            if !listen.ip().is_loopback() && !i_know_others_can_reach_it {
                bail!(
                    "{} is not this machine alone; add --i-know-others-can-reach-it if that is meant",
                    listen.ip()
                );
            }
            sync_loop::start(&app);
            if *sample {
                device::sample(&app)?;
            }
            return serve::serve(&app, *listen, ui.clone(), args.json);
        }
        Command::Rebuild => device::rebuild(&app, args.json)?,
        Command::Doctor => device::doctor(&app)?,
        Command::Call { name, args } => {
            let parsed: Value = serde_json::from_str(args).map_err(|error| {
                ApiError::new("bad_argument", format!("the arguments are not JSON: {error}"))
            })?;
            call(&app, name, parsed)?
        }
    };
    output::print(&value, args.json);
    Ok(())
}

/// Makes one call.
pub fn call(app: &App, name: &str, args: Value) -> Result<Value> {
    Ok(api::call(app, api::Transport::CommandLine, name, args)?)
}

fn open(args: &Args) -> Result<App> {
    let folder = match &args.data {
        Some(folder) => folder.clone(),
        None => default_folder()?,
    };
    let passphrase = match &args.passphrase_file {
        Some(file) => {
            let text = std::fs::read_to_string(file).context("the passphrase file cannot be read")?;
            Some(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
        }
        None => std::env::var("QUEN_PASSPHRASE").ok().map(Zeroizing::new),
    };
    Ok(App::open(&folder, passphrase).map_err(ApiError::from)?)
}

fn default_folder() -> Result<PathBuf> {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("APPDATA"));
    let home = home.context("there is no home folder; name one with --data")?;
    Ok(PathBuf::from(home).join(".quen"))
}
