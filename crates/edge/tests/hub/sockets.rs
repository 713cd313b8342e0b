//! The server over real loopback sockets: limits, slow clients, TLS, metrics, shutdown.

use crate::kit::{Page, World, world};
use edge::{Config, Server, Tls};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::version::TLS13;
use tokio_rustls::rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};

struct Running {
    address: SocketAddr,
    metrics: Option<SocketAddr>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

async fn start(w: &World, config: Config) -> Running {
    let server = Server::bind(config, w.hub.clone(), &w.catalog, w.runner.clone(), Arc::new(Page), None);
    let server = server.await.unwrap();
    let (address, metrics) = (server.address(), server.metrics_address());
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(async move {
        server.run(async { drop(stopped.await) }).await.unwrap();
    });
    Running { address, metrics, stop, task }
}

async fn talk<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S, request: &str) -> String {
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut out = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut out)).await;
    String::from_utf8_lossy(&out).into_owned()
}

async fn once(address: SocketAddr, request: &str) -> String {
    talk(&mut TcpStream::connect(address).await.unwrap(), request).await
}

#[tokio::test]
async fn a_read_over_a_socket_and_the_metrics_of_it() {
    let w = world().await;
    w.patient("a", "").await;
    let config = Config { metrics: Some(([127, 0, 0, 1], 0).into()), ..Config::default() };
    let running = start(&w, config).await;
    let read = format!(
        "GET /fhir/Patient/a HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\nconnection: close\r\n\r\n",
        w.claire
    );
    let answer = once(running.address, &read).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("\"id\":\"a\""), "{answer}");
    let page = once(running.metrics.unwrap(), "GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(
        page.contains(
            "medhub_http_requests_total{method=\"GET\",route=\"/fhir/{type}/{id}\",status=\"200\"} 1"
        )
    );
    assert!(page.contains("medhub_cache_reads_total"), "{page}");
    assert!(!page.contains("alpha") && !page.contains("claire"));
    let other = once(running.address, "GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(!other.contains("medhub_http"), "{other}");
}

#[tokio::test]
async fn heads_are_bounded_and_slow_clients_let_go() {
    let w = world().await;
    let mut config = Config::default();
    config.limits.head_time = Duration::from_millis(300);
    config.limits.body_time = Duration::from_millis(300);
    config.limits.head_bytes = 16 * 1024;
    let running = start(&w, config).await;
    let long = format!("GET /livez HTTP/1.1\r\nhost: x\r\nx-long: {}\r\n\r\n", "a".repeat(40_000));
    // The rest of a head that is too long is not read, so the answer may be lost with the connection.
    let answer = once(running.address, &long).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    let many: String = (0..200).map(|n| format!("x-{n}: y\r\n")).collect();
    let answer = once(running.address, &format!("GET /livez HTTP/1.1\r\nhost: x\r\n{many}\r\n")).await;
    assert!(answer.contains(" 431 "), "{answer}");
    let mut slow = TcpStream::connect(running.address).await.unwrap();
    let answer =
        tokio::time::timeout(Duration::from_secs(5), talk(&mut slow, "GET /livez HTT")).await.unwrap();
    assert!(answer.is_empty() || answer.contains(" 408 "), "{answer}");
    let body = format!(
        "POST /fhir/Patient HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{{",
        w.claire
    );
    let answer = once(running.address, &body).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    let huge = format!(
        "POST /fhir/Patient HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-length: 99999999999\r\n\r\n",
        w.claire
    );
    assert!(once(running.address, &huge).await.starts_with("HTTP/1.1 413"));
    for garbage in [
        "\0\0\0\0\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "POST / HTTP/1.1\r\ncontent-length: x\r\n\r\n",
    ] {
        let answer = once(running.address, garbage).await;
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 5"),
            "{answer}"
        );
    }
    assert!(
        once(running.address, "GET /livez HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await
            .contains(" 200 ")
    );
}

#[tokio::test]
async fn a_client_who_does_not_read_is_let_go() {
    let w = world().await;
    let mut config = Config::default();
    config.limits.write_time = Duration::from_millis(300);
    let running = start(&w, config).await;
    let length = w.ask("GET", "/fhir/metadata").send().await.body.len();
    let mut client = TcpStream::connect(running.address).await.unwrap();
    let asked = 40;
    client
        .write_all("GET /fhir/metadata HTTP/1.1\r\nhost: x\r\n\r\n".repeat(asked).as_bytes())
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let mut got = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(5), client.read_to_end(&mut got)).await.unwrap();
    assert!(got.len() < asked * length, "{} of {}", got.len(), asked * length);
}

#[tokio::test]
async fn shutdown_lets_an_open_request_finish() {
    let w = world().await;
    let running = start(&w, Config::default()).await;
    let mut client = TcpStream::connect(running.address).await.unwrap();
    let body = r#"{"resourceType":"Patient"}"#;
    let head = format!(
        "POST /fhir/Patient HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        w.claire,
        body.len()
    );
    client.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    running.stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(TcpStream::connect(running.address).await.is_err());
    let answer = talk(&mut client, body).await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    tokio::time::timeout(Duration::from_secs(5), running.task).await.unwrap().unwrap();
}

#[derive(Debug)]
struct Anyone;

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        default_provider().signature_verification_algorithms.supported_schemes()
    }
}

/// A ClientHello (RFC 5246) without `supported_versions`, so that it offers nothing newer than 1.2.
fn client_hello_of_tls_1_2() -> Vec<u8> {
    let mut hello = vec![3, 3];
    hello.extend([7; 32]);
    hello.extend([0, 0, 2, 0xC0, 0x2F, 1, 0]);
    // supported_groups: secp256r1; signature_algorithms: ecdsa_secp256r1_sha256.
    let extensions = [0, 10, 0, 4, 0, 2, 0, 23, 0, 13, 0, 4, 0, 2, 4, 3];
    hello.extend([0, extensions.len() as u8]);
    hello.extend(extensions);
    let length = hello.len() as u8;
    let mut record = vec![22, 3, 1, 0, length + 4, 1, 0, 0, length];
    record.extend(hello);
    record
}

#[tokio::test]
async fn tls_is_1_3_only() {
    let w = world().await;
    let config =
        Config { tls: Some(Tls::SelfSigned { names: vec!["hub.test".into()] }), ..Config::default() };
    let running = start(&w, config).await;
    let connect = |version| async move {
        let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_protocol_versions(&[version])
            .unwrap()
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Anyone))
            .with_no_client_auth();
        let stream = TcpStream::connect(running.address).await.unwrap();
        let name = ServerName::try_from("hub.test").unwrap();
        TlsConnector::from(Arc::new(config)).connect(name, stream).await
    };
    let mut old = TcpStream::connect(running.address).await.unwrap();
    old.write_all(&client_hello_of_tls_1_2()).await.unwrap();
    let mut alert = [0; 7];
    old.read_exact(&mut alert).await.unwrap();
    assert_eq!((alert[0], alert[5], alert[6]), (21, 2, 70), "a fatal protocol_version alert");
    let mut stream = connect(&TLS13).await.unwrap();
    let answer =
        talk(&mut stream, "GET /livez HTTP/1.1\r\nhost: hub.test\r\nconnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("strict-transport-security"), "{answer}");
}
