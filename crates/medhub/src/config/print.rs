//! The documentation of the settings, from their list: a `medhub.toml` with every default.

use super::SETTINGS;
use std::fmt::Write;

/// A configuration file that says all settings, commented out at their defaults.
pub fn print() -> String {
    let mut out = String::from(
        "# medhub.toml. Each setting can also be given as MEDHUB_<NAME> in the environment,\n\
         # which weighs more than this file, or on the command line, which weighs most.\n",
    );
    for setting in SETTINGS {
        out.push('\n');
        for line in setting.doc {
            let _ = writeln!(out, "#{line}");
        }
        let quoted = !matches!(setting.kind, "number" | "true or false");
        let value = if quoted { format!("\"{}\"", setting.default) } else { setting.default.to_string() };
        let _ = writeln!(out, "# ({})\n# {} = {value}", setting.kind, setting.key);
    }
    out
}
