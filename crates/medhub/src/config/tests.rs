use super::*;

fn load(
    toml: &str,
    environment: &[(&str, &str)],
    flags: &[(&str, Option<String>)],
) -> Result<Config, ConfigError> {
    let file = std::env::temp_dir().join(format!("medhub-config-{}.toml", uuid::Uuid::new_v4()));
    std::fs::write(&file, toml).unwrap();
    let environment = environment.iter().map(|(k, v)| (k.to_string(), v.to_string()));
    let result = Config::load(Some(&file), environment, flags);
    std::fs::remove_file(&file).unwrap();
    result
}

#[test]
fn defaults_are_valid_and_weights_rise() {
    let plain = Config::load(None, std::iter::empty(), &[]).unwrap();
    assert_eq!(plain.listen.port(), 8080);
    assert_eq!(plain.roles, Roles { http: true, reactions: true });
    let config = load(
        "cache_mib = 1_024\nroles = [\"http\"]\nnode = \"a\"",
        &[("MEDHUB_NODE", "b"), ("MEDHUB_DATABASE", ""), ("HOME", "/")],
        &[("listen", Some("0.0.0.0:1".into())), ("data", None)],
    )
    .unwrap();
    assert_eq!((config.cache_mib, config.node.as_str()), (1024, "b"));
    assert_eq!(config.roles, Roles { http: true, reactions: false });
    assert_eq!(config.listen.to_string(), "0.0.0.0:1");
}

#[test]
fn unknown_keys_and_wrong_kinds_are_refused_where_they_stand() {
    assert!(matches!(load("listne = 1", &[], &[]), Err(ConfigError::Unknown { key, .. }) if key == "listne"));
    let unknown = load("", &[("MEDHUB_LISTENING", "x")], &[]).unwrap_err();
    assert!(unknown.to_string().contains("did you mean \"listen\""), "{unknown}");
    let bad = load("listen = \"here\"", &[], &[]).unwrap_err();
    assert!(matches!(&bad, ConfigError::BadValue { key, .. } if key == "listen"), "{bad}");
    assert!(!bad.to_string().contains("here"), "values are not repeated");
    assert!(load("[listen]", &[], &[]).is_err());
    assert!(matches!(load("=", &[], &[]), Err(ConfigError::NotToml(..))));
    assert!(load("roles = \"cooking\"", &[], &[]).is_err());
}

#[test]
fn what_is_printed_can_be_read_back() {
    let text = print();
    for setting in SETTINGS {
        assert!(text.contains(&format!("# {} = ", setting.key)));
        assert!(!setting.doc.is_empty(), "{} says nothing", setting.key);
    }
    let uncommented: String = text
        .lines()
        .filter_map(|l| l.strip_prefix("# "))
        .filter(|l| SETTINGS.iter().any(|s| l.starts_with(&format!("{} = ", s.key))))
        .map(|l| format!("{l}\n"))
        .collect();
    assert_eq!(load(&uncommented, &[], &[]).unwrap(), Config::load(None, std::iter::empty(), &[]).unwrap());
}
