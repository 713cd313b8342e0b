//! The planner of the theatre from the command line: the same engine as in the product.

mod bench;
mod durations;
mod solve;

pub use bench::run as bench;
pub use durations::run as durations;
pub use solve::run as solve;

use std::str::FromStr;
use theatre::Fault;

/// Words that belong to no option, and `--name value` pairs.
struct Words {
    plain: Vec<String>,
    named: Vec<(String, String)>,
}

impl Words {
    fn parse(args: &[String], known: &[&str]) -> Result<Self, String> {
        let (mut plain, mut named) = (Vec::new(), Vec::new());
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match arg.strip_prefix("--") {
                None => plain.push(arg.clone()),
                Some(name) if known.contains(&name) => {
                    let value = args.next().ok_or_else(|| format!("--{name} needs a value"))?;
                    named.push((name.to_string(), value.clone()));
                }
                Some(name) => return Err(format!("--{name} is not known; known: --{}", known.join(" --"))),
            }
        }
        Ok(Self { plain, named })
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &String> {
        self.named.iter().filter(move |(n, _)| n == name).map(|(_, value)| value)
    }

    fn text(&self, name: &str) -> Option<&String> {
        self.all(name).last()
    }

    fn number<T: FromStr>(&self, name: &str, default: T) -> Result<T, String> {
        match self.text(name) {
            None => Ok(default),
            Some(text) => text.parse().map_err(|_| format!("--{name} {text}: not a number that fits")),
        }
    }
}

fn read(path: &str) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))
}

fn told(path: &str, faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(|fault| format!("{path}: {fault}")).collect();
    lines.join("\n")
}
