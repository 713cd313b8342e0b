//! How much memory there is for us.

use std::fs::read_to_string;

/// The machine's memory, or what its control group allows; `None` where neither can be told.
pub fn machine_bytes() -> Option<u64> {
    let all = read_to_string("/proc/meminfo").ok().as_deref().and_then(total);
    let allowed = read_to_string("/sys/fs/cgroup/memory.max").ok().and_then(|text| text.trim().parse().ok());
    match (all, allowed) {
        (Some(all), Some(allowed)) => Some(all.min(allowed)),
        (all, allowed) => all.or(allowed),
    }
}

/// `MemTotal` of `/proc/meminfo`, which is in kB.
fn total(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kib| kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::total;

    #[test]
    fn reads_the_total() {
        assert_eq!(total("MemTotal:       16384 kB\nMemFree: 1 kB\n"), Some(16 << 20));
        assert_eq!(total("MemFree: 1 kB"), None);
    }
}
