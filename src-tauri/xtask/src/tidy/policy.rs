//! The window's policy: what the web view may load and ask for.

use serde_json::Value;

use super::Finding;
use super::sources::Sources;

const CONFIG: &str = "src-tauri/tauri.conf.json";

/// The configuration of the web view, its capabilities and its features.
pub fn strict(sources: &Sources) -> Vec<Finding> {
    let mut found = Vec::new();
    let config = parsed(sources.text(CONFIG));
    found.extend(window(&config).into_iter().map(|what| format!("{CONFIG}: {what}")));
    for (path, text) in sources.below("src-tauri/capabilities/", ".json") {
        found.extend(
            capability(&parsed(Some(text))).into_iter().map(|what| format!("{path}: {what}")),
        );
    }
    for (path, text) in sources.below("", "Cargo.toml") {
        found.extend(features(text).into_iter().map(|what| format!("{path}: {what}")));
    }
    found
}

fn parsed(text: Option<&str>) -> Value {
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null)
}

fn window(config: &Value) -> Vec<Finding> {
    let mut found = Vec::new();
    let at = |pointer: &str| config.pointer(pointer);
    if at("/app/security/freezePrototype") != Some(&Value::Bool(true)) {
        found.push("freezePrototype is not set".into());
    }
    if at("/app/withGlobalTauri") != Some(&Value::Bool(false)) {
        found.push("withGlobalTauri is not false".into());
    }
    if at("/app/security/assetProtocol").is_some() {
        found.push("the asset protocol has a scope".into());
    }
    if at("/app/security/dangerousDisableAssetCspModification")
        .is_some_and(|v| *v != Value::Bool(false))
    {
        found.push("the content policy is not completed".into());
    }
    let windows = at("/app/windows").and_then(Value::as_array).map_or(0, Vec::len);
    if windows > 0 {
        found.push("a window is opened without its guards".into());
    }
    if at("/build/devUrl").is_some_and(|url| !url.is_null()) {
        found.push("the page comes from an address".into());
    }
    match at("/app/security/csp").and_then(Value::as_object) {
        None => found.push("no content policy".into()),
        Some(policy) => {
            let said = |name: &str| policy.get(name).and_then(Value::as_str).unwrap_or_default();
            for (name, wanted) in [
                ("default-src", "'none'"),
                ("script-src", "'self'"),
                ("base-uri", "'none'"),
                ("form-action", "'none'"),
                ("frame-ancestors", "'none'"),
            ] {
                if said(name) != wanted {
                    found.push(format!("{name} is not {wanted}"));
                }
            }
            let sources = policy.values().filter_map(Value::as_str).flat_map(str::split_whitespace);
            found.extend(
                sources
                    .filter(|source| !is_harmless(source))
                    .map(|s| format!("the content policy allows {s}")),
            );
        }
    }
    found
}

fn is_harmless(source: &str) -> bool {
    let own = [
        "'none'",
        "'self'",
        "blob:",
        "ipc:",
        "fristed-attachment:",
        "http://ipc.localhost",
        "http://fristed-attachment.localhost",
    ];
    own.contains(&source)
}

fn capability(capability: &Value) -> Vec<Finding> {
    let mut found = Vec::new();
    if capability.get("remote").is_some_and(|remote| !remote.is_null()) {
        found.push("a remote address may call commands".into());
    }
    if capability.get("windows") != Some(&serde_json::json!(["main"])) {
        found.push("it holds for other windows than main".into());
    }
    let permissions = capability.get("permissions").and_then(Value::as_array);
    for permission in permissions.into_iter().flatten() {
        let name = permission.as_str().unwrap_or_default();
        let plugin = name.split_once(':').map(|(plugin, _)| plugin);
        let known = matches!(name, "core:event:allow-listen" | "core:event:allow-unlisten");
        if permission.is_object() || (plugin.is_some() && !known) {
            found.push(format!("{permission} is not needed"));
        }
    }
    found
}

fn features(manifest: &str) -> Vec<Finding> {
    let tauri = manifest.lines().filter(|line| line.trim_start().starts_with("tauri"));
    let bad = tauri.filter(|line| line.contains("devtools") || line.contains("protocol-asset"));
    bad.map(|line| format!("{} is in the program", line.trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{
        "build": {"frontendDist": "../ui/dist"},
        "app": {"withGlobalTauri": false, "windows": [], "security": {"freezePrototype": true, "csp": {
            "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "base-uri": "'none'",
            "form-action": "'none'", "frame-ancestors": "'none'", "connect-src": "ipc: http://ipc.localhost"}}}}"#;

    fn with(config: &str) -> Vec<Finding> {
        strict(&Sources::of(&[(CONFIG, config)]))
    }

    #[test]
    fn a_strict_configuration_passes() {
        assert!(with(GOOD).is_empty(), "{:?}", with(GOOD));
    }

    #[test]
    fn each_loosened_screw_is_found() {
        for (tight, loose) in [
            ("\"freezePrototype\": true", "\"freezePrototype\": false"),
            ("\"withGlobalTauri\": false", "\"withGlobalTauri\": true"),
            ("\"script-src\": \"'self'\"", "\"script-src\": \"'self' 'unsafe-inline'\""),
            ("\"script-src\": \"'self'\"", "\"script-src\": \"'self' 'unsafe-eval'\""),
            ("\"style-src\": \"'self'\"", "\"style-src\": \"https://fonts.example\""),
            ("\"default-src\": \"'none'\"", "\"default-src\": \"*\""),
            ("\"windows\": []", "\"windows\": [{}]"),
            ("\"csp\"", "\"nocsp\""),
            (
                "\"freezePrototype\": true",
                "\"freezePrototype\": true, \"assetProtocol\": {\"scope\": [\"**\"]}",
            ),
            ("\"frontendDist\": \"../ui/dist\"", "\"devUrl\": \"http://localhost:5173\""),
        ] {
            let changed = GOOD.replace(tight, loose);
            assert_ne!(changed, GOOD, "{tight}");
            assert_eq!(with(&changed).len().min(1), 1, "{loose}");
        }
        assert!(!with("").is_empty(), "no configuration at all");
    }

    #[test]
    fn a_capability_for_others_is_found() {
        let of = |text: &str| capability(&parsed(Some(text)));
        assert!(
            of(r#"{"windows": ["main"], "permissions": ["vault", "core:event:allow-listen"]}"#)
                .is_empty()
        );
        assert_eq!(of(r#"{"windows": ["*"], "permissions": []}"#).len(), 1);
        assert_eq!(
            of(r#"{"windows": ["main"], "remote": {"urls": ["https://x"]}, "permissions": []}"#)
                .len(),
            1
        );
        assert_eq!(of(r#"{"windows": ["main"], "permissions": ["opener:default"]}"#).len(), 1);
    }

    #[test]
    fn developers_tools_in_the_program_are_found() {
        assert_eq!(features("tauri = { version = \"2\", features = [\"devtools\"] }").len(), 1);
        assert!(features("tauri = { version = \"2\", features = [] }").is_empty());
    }
}
