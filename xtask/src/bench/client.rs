//! A minimal HTTP/1.1 client: one kept connection, bodies with a length or in chunks. The load must cost
//! little beside the servers, which share the machine's two cores.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One request, ready to be written.
pub struct Request {
    pub bytes: Vec<u8>,
    /// What it counts for, such as the entries of a bundle.
    pub units: usize,
}

impl Request {
    pub fn new(method: &str, target: &str, headers: &[(String, String)], body: &[u8]) -> Request {
        let mut bytes = format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n").into_bytes();
        for (name, value) in headers {
            bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        if !body.is_empty() {
            let named = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
            let kind = if named { "" } else { "Content-Type: application/fhir+json\r\n" };
            let head = format!("{kind}Content-Length: {}\r\n", body.len());
            bytes.extend_from_slice(head.as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(body);
        Request { bytes, units: 1 }
    }
}

pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// Status and body of an answer.
pub struct Answer {
    pub status: u16,
    /// The cookie that a sign-in sets: name and value.
    pub cookie: Option<String>,
    pub body: Vec<u8>,
}

impl Connection {
    pub async fn open(port: u16) -> std::io::Result<Connection> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Connection { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Sends a request and reads the whole answer. The body is kept only if `keep`.
    pub async fn send(&mut self, request: &Request, keep: bool) -> std::io::Result<Answer> {
        self.stream.write_all(&request.bytes).await?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.more().await?;
        };
        let text = String::from_utf8_lossy(&self.buffer[..head]).to_ascii_lowercase();
        let status = text.get(9..12).and_then(|s| s.parse().ok()).unwrap_or(0);
        let header = |name: &str| {
            text.split("\r\n").find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_string())
        };
        let cookie = cookie(&self.buffer[..head]);
        if status == 204 || status == 304 {
            return Ok(Answer { status, cookie, body: Vec::new() });
        }
        if let Some(length) = header("content-length:") {
            let length: usize = length.parse().map_err(std::io::Error::other)?;
            while self.buffer.len() < head + length {
                self.more().await?;
            }
            let body = if keep { self.buffer[head..head + length].to_vec() } else { Vec::new() };
            return Ok(Answer { status, cookie, body });
        }
        let body = self.chunks(head).await?;
        Ok(Answer { status, cookie, body: if keep { body } else { Vec::new() } })
    }

    async fn chunks(&mut self, mut at: usize) -> std::io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = loop {
                if let Some(end) = find(&self.buffer[at..], b"\r\n") {
                    break at + end;
                }
                self.more().await?;
            };
            let size = String::from_utf8_lossy(&self.buffer[at..line]).to_string();
            let size = usize::from_str_radix(size.trim(), 16).map_err(std::io::Error::other)?;
            while self.buffer.len() < line + 2 + size + 2 {
                self.more().await?;
            }
            body.extend_from_slice(&self.buffer[line + 2..line + 2 + size]);
            at = line + 2 + size + 2;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    async fn more(&mut self) -> std::io::Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }
}

fn cookie(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let value = head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("set-cookie").then_some(value)
    })?;
    Some(value.split(';').next()?.trim().to_string())
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|w| w == what)
}
