//! `cargo xtask duration-eval FILE.csv --procedure COL --approach COL --specialty COL [--surgeon COL]
//! --start COL --end COL [--feature COL]… [--folds 5]`: how good predicted durations are on a file of one's own.

use super::Words;
use theatre::durations::{self, Columns, Counted, Scores, evaluate};

const USAGE: &str = "usage: cargo xtask duration-eval FILE.csv --procedure COL --approach COL --specialty COL \
                     [--surgeon COL] --start COL --end COL [--feature COL]… [--folds 5]";
/// Fewer cases say nothing.
const CASES_MIN: usize = 20;

/// Prints how the rows were read and the scores of a cross-validation, beside those of the act's quantiles.
pub fn run(args: &[String]) -> Result<(), String> {
    let known = ["procedure", "approach", "specialty", "surgeon", "start", "end", "feature", "folds"];
    let words = Words::parse(args, &known)?;
    let [path] = words.plain.as_slice() else { return Err(USAGE.into()) };
    let needed =
        |name: &str| words.text(name).cloned().ok_or_else(|| format!("--{name} is missing\n{USAGE}"));
    let columns = Columns {
        procedure: needed("procedure")?,
        approach: needed("approach")?,
        specialty: needed("specialty")?,
        surgeon: words.text("surgeon").cloned(),
        start: needed("start")?,
        end: needed("end")?,
        features: words.all("feature").cloned().collect(),
    };
    let text =
        String::from_utf8_lossy(&std::fs::read(path).map_err(|e| format!("{path}: {e}"))?).into_owned();
    let table = durations::read(&text, &columns).map_err(|fault| format!("{path}: {fault}"))?;
    print_counts(&table.counted);
    if table.cases.len() < CASES_MIN {
        return Err(format!(
            "{path}: {} cases can be used; at least {CASES_MIN} are needed",
            table.cases.len()
        ));
    }
    let found = evaluate(&table.cases, words.number("folds", 5)?);
    println!("\n{} cases, {} folds                model   act's quantiles", found.cases, found.folds);
    let row = |name: &str, of: &dyn Fn(&Scores) -> f64, unit: &str| {
        println!("{name:<30} {:>9.2} {:>9.2} {unit}", of(&found.model), of(&found.baseline));
    };
    row("mean absolute error", &|s| s.mae, "min");
    row("within 20 %", &|s| 100.0 * s.within_20, "%");
    row("pinball loss P50", &|s| s.pinball[0], "min");
    row("pinball loss P80", &|s| s.pinball[1], "min");
    row("pinball loss P90", &|s| s.pinball[2], "min");
    row("coverage of P80", &|s| 100.0 * s.coverage[0], "%");
    row("coverage of P90", &|s| 100.0 * s.coverage[1], "%");
    Ok(())
}

fn print_counts(counted: &Counted) {
    println!("{} rows, {} used", counted.rows, counted.used);
    for (count, why) in [
        (counted.short, "too few fields"),
        (counted.missing, "no act, start or end"),
        (counted.unreadable, "a time that cannot be read"),
        (counted.negative, "ends before it begins, or at once"),
        (counted.too_long, "longer than 24 hours"),
        (counted.clock_change, "used with an hour added: the clock went back"),
    ] {
        if count > 0 {
            println!("{count:>8}  {why}");
        }
    }
}
