//! The limit: an axum route that returns the same bytes for any id, over hyper, and does nothing else.

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;

/// `bare PORT FILE`.
pub fn serve(args: &[String]) -> Result<(), String> {
    let [port, file] = args else { return Err("usage: bare PORT FILE".into()) };
    let port: u16 = port.parse().map_err(|_| "the port is a number")?;
    let body = Bytes::from(std::fs::read(file).map_err(|e| e.to_string())?);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|e| e.to_string())?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.map_err(|e| e.to_string())?;
        let route = get(move |Path(_id): Path<String>| {
            let body = body.clone();
            async move { ([(CONTENT_TYPE, "application/fhir+json")], body) }
        });
        let router: Router = Router::new().route("/Patient/{id}", route);
        loop {
            let (stream, _) = listener.accept().await.map_err(|e| e.to_string())?;
            let _ = stream.set_nodelay(true);
            let service = TowerToHyperService::new(router.clone());
            tokio::spawn(async move {
                let _ = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
            });
        }
    })
}
