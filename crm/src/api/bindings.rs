//! Writes the TypeScript types of the calls.

use std::{collections::BTreeSet, path::Path};

use ts_rs::{Config, ExportError, TS, TypeVisitor};

/// Collects the types of the calls, one after the other.
pub(super) struct Exporter {
    config: Config,
    map: String,
    names: BTreeSet<String>,
    failure: Option<ExportError>,
}

impl Exporter {
    pub(super) fn new(dir: &Path) -> Self {
        Self {
            config: Config::new().with_out_dir(dir),
            map: String::new(),
            names: BTreeSet::new(),
            failure: None,
        }
    }

    pub(super) fn call<A: TS + 'static, R: TS + 'static>(&mut self, name: &str) {
        self.visit::<A>();
        self.visit::<R>();
        let (args, result) = (A::name(&self.config), R::name(&self.config));
        for text in [&args, &result] {
            self.names.insert(text.trim_start_matches("Array<").trim_end_matches('>').to_owned());
        }
        self.map += &format!("  \"{name}\": {{ args: {args}; result: {result} }};\n");
    }

    pub(super) fn event<E: TS + 'static>(&mut self) {
        self.visit::<E>();
    }

    /// The text of the map from call name to types.
    pub(super) fn finish(self) -> Result<String, ExportError> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let mut text = String::from("// Generated from crm::api. Do not edit.\n");
        for name in &self.names {
            text += &format!("import type {{ {name} }} from \"./{name}\";\n");
        }
        text += "\n/** Every call: what it takes and what it gives. */\nexport type Calls = {\n";
        text += &self.map;
        text += "};\n";
        Ok(text)
    }
}

impl TypeVisitor for Exporter {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_none() {
            // An array or another wrapper: what it holds is what has a file.
            T::visit_generics(self);
            return;
        }

        if let Err(error) = T::export_all(&self.config) {
            self.failure.get_or_insert(error);
        }
    }
}
