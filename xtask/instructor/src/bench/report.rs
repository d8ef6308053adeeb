//! The results of a benchmark: as a table for people, and as JSON.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result};
use serde::Serialize;
use xtask::workspace::Workspace;

use super::measure::Measured;

/// The results of one call.
#[derive(Serialize)]
pub struct Results {
    version: u32,
    /// The date, in UTC.
    date: String,
    machine: Machine,
    rounds: usize,
    items: Vec<Compared>,
}

/// The machine on which the times were measured.
#[derive(Serialize)]
struct Machine {
    system: String,
    processor: String,
    processors: usize,
    memory_gib: Option<u64>,
    rustc: String,
}

/// Measurements that belong together.
#[derive(Serialize)]
pub struct Compared {
    pub title: String,
    /// The unit of `measured`.
    pub unit: &'static str,
    pub measured: Vec<Measured>,
    pub ratios: Vec<Ratio>,
}

/// A ratio: how many times as long one thing takes as another.
#[derive(Serialize)]
pub struct Ratio {
    pub of: String,
    pub to: String,
    pub ratio: f64,
    pub goal: Option<Goal>,
}

/// A bound of a ratio.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

impl Goal {
    fn is_met(self, value: f64) -> bool {
        match self {
            Self::AtMost(most) => value <= most,
            Self::AtLeast(least) => value >= least,
        }
    }
}

impl Compared {
    pub fn new(title: &str, unit: &'static str, measured: Vec<Measured>) -> Self {
        Self { title: title.into(), unit, measured, ratios: Vec::new() }
    }

    /// Adds the ratio of `of` to `to`, if both were measured.
    pub fn ratio(mut self, of: &str, to: &str, goal: Option<Goal>) -> Self {
        let median = |name: &str| {
            self.measured.iter().find(|measured| measured.name == name).map(|found| found.median)
        };
        if let (Some(a), Some(b)) = (median(of), median(to)) {
            self.ratios.push(Ratio { of: of.into(), to: to.into(), ratio: a / b, goal });
        }
        self
    }
}

impl Results {
    pub fn new(rounds: usize) -> Result<Self> {
        let date = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
        Ok(Self { version: 1, date, machine: Machine::this(), rounds, items: Vec::new() })
    }

    pub fn add(&mut self, compared: Compared) {
        self.items.push(compared);
    }

    pub fn extend(&mut self, compared: Vec<Compared>) {
        self.items.extend(compared);
    }

    pub fn table(&self) -> String {
        let machine = &self.machine;
        let memory = machine.memory_gib.map(|gib| format!(", {gib} GiB")).unwrap_or_default();
        let mut text = format!(
            "{}, {} x {}{memory}, {}\nmedians of {} rounds, side by side\n",
            machine.system, machine.processors, machine.processor, machine.rustc, self.rounds
        );
        for item in &self.items {
            text.push_str(&format!("\n{}\n", item.title));
            for measured in &item.measured {
                text.push_str(&format!(
                    "  {:<52} {:>9} {}   ({} to {})\n",
                    measured.name,
                    figure(measured.median),
                    item.unit,
                    figure(measured.least),
                    figure(measured.most)
                ));
            }
            for Ratio { of, to, ratio, goal } in &item.ratios {
                let goal = match goal {
                    None => String::new(),
                    Some(goal) => {
                        let (words, bound) = match goal {
                            Goal::AtMost(bound) => ("at most", bound),
                            Goal::AtLeast(bound) => ("at least", bound),
                        };
                        let mark = if goal.is_met(*ratio) { '✓' } else { '✗' };
                        format!("   {mark} goal: {words} {bound}")
                    }
                };
                text.push_str(&format!("  {of} : {to} = {}{goal}\n", figure(*ratio)));
            }
        }
        text
    }

    /// Writes the results to `docs/bench/`.
    pub fn keep(&self, workspace: &Workspace) -> Result<PathBuf> {
        let folder = workspace.root.join("docs/bench");
        let name = format!("{}.json", self.date.replace(':', ""));
        let path = folder.join(name);
        let json = serde_json::to_string_pretty(self)? + "\n";
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&path, json))
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    }
}

/// A number with three significant digits.
fn figure(value: f64) -> String {
    let digits = match value.abs() {
        v if v >= 100.0 => 0,
        v if v >= 10.0 => 1,
        v if v >= 1.0 => 2,
        _ => 3,
    };
    format!("{value:.digits$}")
}

impl Machine {
    fn this() -> Self {
        let line = |file: &str, key: &str| {
            let text = std::fs::read_to_string(Path::new("/proc").join(file)).ok()?;
            let line = text.lines().find(|line| line.starts_with(key))?;
            Some(line.split_once(':')?.1.trim().to_string())
        };
        let kib = line("meminfo", "MemTotal").and_then(|text| text.split(' ').next()?.parse().ok());
        let rustc = Command::new("rustc").arg("--version").output().ok();
        Self {
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            processor: line("cpuinfo", "model name").unwrap_or_else(|| "unknown".into()),
            processors: std::thread::available_parallelism().map_or(1, usize::from),
            memory_gib: kib.map(|kib: u64| kib >> 20),
            rustc: rustc
                .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_string())
                .unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_held_to_its_goal() {
        let measured = vec![Measured::of("kit", vec![25.0]), Measured::of("cargo", vec![100.0])];
        let goal = |bound| Some(Goal::AtMost(bound));
        let compared = Compared::new("Edit", "ms", measured)
            .ratio("kit", "cargo", goal(0.28))
            .ratio("kit", "cargo", goal(0.2))
            .ratio("cargo", "kit", Some(Goal::AtLeast(4.0)))
            .ratio("kit", "not measured", None);
        let mut results = Results::new(1).unwrap();
        results.add(compared);
        let table = results.table();
        assert!(table.contains("kit : cargo = 0.250   ✓ goal: at most 0.28"), "{table}");
        assert!(table.contains("kit : cargo = 0.250   ✗ goal: at most 0.2\n"), "{table}");
        assert!(table.contains("cargo : kit = 4.00   ✓ goal: at least 4"), "{table}");
        assert!(!table.contains("not measured"), "{table}");
    }
}
