//! A folder of policies that the operator keeps: loaded at the start, and again when a file changes. While it
//! does not load, for a file that is missing or wrong, every access is denied and the log says why.

use policy::Policies;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use store::Hub;
use tokio::task::JoinHandle;

const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Makes the hub's policies those of the folder, then keeps them so until the task is aborted.
pub fn keep(hub: Arc<Hub>, folder: PathBuf) -> JoinHandle<()> {
    let mut known = None;
    let mut renew = move || {
        if let Some((now, policies)) = changed(known, &folder) {
            known = Some(now);
            hub.policies_set(Arc::new(policies));
        }
    };
    renew();
    tokio::spawn(async move {
        let mut look = tokio::time::interval(LOOK_EVERY);
        loop {
            look.tick().await;
            renew();
        }
    })
}

/// The folder's policies, if it is not as it was.
fn changed(known: Option<u64>, folder: &Path) -> Option<(u64, Policies)> {
    let now = policy::fingerprint(folder);
    if known == Some(now) {
        return None;
    }
    let policies = Policies::load(folder).unwrap_or_else(|error| {
        tracing::error!(%error, "the policies do not load: every access is denied");
        Policies::closed(error.to_string())
    });
    Some((now, policies))
}

#[cfg(test)]
mod tests {
    use super::changed;
    use std::fs;
    use std::path::{Path, PathBuf};

    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Folder {
            let path = std::env::temp_dir().join(format!("medhub-policies-{}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Folder(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_file_that_is_gone_closes_everything_until_it_is_back() {
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
        let folder = Folder::new();
        for file in fs::read_dir(ours).unwrap().flatten().filter(|f| f.path().is_file()) {
            fs::copy(file.path(), folder.0.join(file.file_name())).unwrap();
        }
        let (first, policies) = changed(None, folder.0.as_path()).unwrap();
        assert_eq!(policies.closed_reason(), None);
        assert!(changed(Some(first), folder.0.as_path()).is_none());
        let (nurse, aside) = (folder.0.join("nurse.cedar"), folder.0.join("aside"));
        fs::rename(&nurse, &aside).unwrap();
        let (second, policies) = changed(Some(first), folder.0.as_path()).unwrap();
        assert!(policies.closed_reason().is_some_and(|why| why.contains("nurse.cedar")));
        fs::rename(&aside, &nurse).unwrap();
        let (_, policies) = changed(Some(second), folder.0.as_path()).unwrap();
        assert_eq!(policies.closed_reason(), None);
    }
}
