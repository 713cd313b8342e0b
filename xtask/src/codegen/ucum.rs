//! `definitions/ucum.tsv`: the prefixes and units of UCUM as facts, from `ucum-essence.xml`, whose path
//! stands in `$MEDHUB_UCUM`. Without it the table stays as it is.

use super::source::write;
use std::fmt::Write;

const HEAD: &str = "\
# Units of UCUM (https://ucum.org). One line each:
# prefix, code, factor | base, code | unit, code, metric or plain, factor, unit it is a multiple of
# arbitrary, code, metric or plain | special, code, metric or plain, factor, unit, function
";

pub fn write_all() -> Result<(), String> {
    let Some(path) = std::env::var_os("MEDHUB_UCUM") else {
        println!("kept definitions/ucum.tsv: MEDHUB_UCUM does not name an ucum-essence.xml");
        return Ok(());
    };
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut table = String::from(HEAD);
    for chunk in text.split("<prefix ").skip(1) {
        let _ = writeln!(
            table,
            "prefix\t{}\t{}",
            attribute(chunk, "Code"),
            attribute(after(chunk, "<value"), "value")
        );
    }
    for chunk in text.split("<base-unit ").skip(1) {
        let _ = writeln!(table, "base\t{}", attribute(chunk, "Code"));
    }
    for chunk in text.split("<unit ").skip(1) {
        let tag = chunk.split('>').next().unwrap_or_default();
        let code = attribute(tag, "Code");
        let metric = if attribute(tag, "isMetric") == "yes" { "metric" } else { "plain" };
        let value = after(chunk, "<value");
        let function = after(chunk, "<function");
        let _ = if attribute(tag, "isSpecial") == "yes" {
            let (factor, unit) = (attribute(function, "value"), attribute(function, "Unit"));
            writeln!(table, "special\t{code}\t{metric}\t{factor}\t{unit}\t{}", attribute(function, "name"))
        } else if attribute(tag, "isArbitrary") == "yes" && attribute(value, "Unit") == "1" {
            writeln!(table, "arbitrary\t{code}\t{metric}")
        } else {
            writeln!(
                table,
                "unit\t{code}\t{metric}\t{}\t{}",
                attribute(value, "value"),
                attribute(value, "Unit")
            )
        };
    }
    write("definitions/ucum.tsv", &table)
}

/// The tag that follows a mark.
fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    text.split_once(mark).map_or("", |(_, rest)| rest.split('>').next().unwrap_or_default())
}

fn attribute(tag: &str, name: &str) -> String {
    let tag = tag.split('>').next().unwrap_or_default();
    let found = tag.split_ascii_whitespace().find_map(|part| part.strip_prefix(name)?.strip_prefix("=\""));
    let value = found.and_then(|rest| rest.split('"').next()).unwrap_or_default();
    value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&apos;", "'")
}
