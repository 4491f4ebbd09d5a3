//! Nothing here speaks to a network: no crate that could is among the dependencies.

use std::process::Command;

/// Crates that open connections, or are only of use to those that do.
const NETWORK: [&str; 60] = [
    "actix-rt", "actix-web", "async-io", "async-net", "async-std", "attohttpc", "awc", "axum", "bytes-utils", "c-ares",
    "curl", "curl-sys", "dns-lookup", "ftp", "futures-rustls", "grpcio", "h2", "h3", "hickory-proto",
    "hickory-resolver", "http", "http-body", "httparse", "hyper", "hyper-util", "isahc", "lettre", "libssh2-sys",
    "mio", "mqttc", "minreq", "native-tls", "openssl", "openssl-sys", "opentelemetry", "posthog-rs", "quinn",
    "reqwest", "rumqttc", "rustls", "schannel", "sentry", "smol", "socket2", "ssh2", "suppaftp", "surf", "tiny_http",
    "tokio", "tonic", "trust-dns-proto", "tungstenite", "ureq", "url-fetch", "warp", "webpki", "webpki-roots",
    "websocket", "wreq", "zmq",
];

/// Pieces of names that give such a crate away.
const GIVE_AWAY: [&str; 12] =
    ["http", "socket", "tls", "openssl", "telemetry", "grpc", "websock", "dns", "mqtt", "tokio", "hyper", "curl"];

/// Names that hold such a piece and are about something else, with what they are.
const ELSE: [(&str, &str); 0] = [];

/// The packages that `cargo metadata` resolves, tests' own among them, on every platform.
fn packages() -> Vec<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let args = ["metadata", "--format-version", "1", "--offline", "--locked", "--all-features"];
    let run = |args: &[&str]| Command::new(&cargo).args(args).current_dir(crate::common::top()).output().unwrap();
    let mut output = run(&args);
    if !output.status.success() {
        // A fresh clone has nothing offline of the platforms that it is not built for.
        output = run(&["metadata", "--format-version", "1", "--locked", "--all-features"]);
    }
    assert!(output.status.success(), "{}", crate::common::said(&output));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let names = metadata["packages"].as_array().unwrap().iter();
    names.map(|package| package["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn no_dependency_speaks_to_a_network() {
    let packages = packages();
    assert!(packages.len() > 20 && packages.iter().any(|name| name == "clap"), "the packages are found");
    let speaks = |name: &&String| {
        let excepted = ELSE.iter().any(|(known, why)| *known == name.as_str() && !why.is_empty());
        NETWORK.contains(&name.as_str()) || GIVE_AWAY.iter().any(|piece| name.contains(piece)) && !excepted
    };
    let network: Vec<&String> = packages.iter().filter(speaks).collect();
    assert!(network.is_empty(), "these could speak to a network: {network:?}");
}

/// Nor does the source itself.
#[test]
fn no_source_opens_a_connection() {
    let mut folders = vec![crate::common::top().join("src")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            files += 1;
            for way in ["std::net", "TcpStream", "UdpSocket", "ToSocketAddrs"] {
                assert!(!text.contains(way), "{} has `{way}`", path.display());
            }
        }
    }
    assert!(files > 100, "the sources are found");
}
