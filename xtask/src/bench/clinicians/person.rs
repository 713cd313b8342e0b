//! Who works: sample accounts, the patients in their care, and one person with a session and a connection.

use super::tally::Tally;
use crate::bench::client::{Answer, Connection, Request};
use crate::bench::clinic::{Clinic, header};
use fhir::{Json, json};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Physicians write notes; the secretary books.
const PHYSICIANS: [&str; 5] =
    ["benoit.ferrand", "annie.pasquier", "sandrine.meyer", "martine.camara", "marie.garnier"];
const SECRETARY: &str = "celine.mokrani";
/// One in so many is a secretary.
const SECRETARIES: usize = 8;
const PATIENTS: &str = "100";

pub struct Account {
    pub user: &'static str,
    pub practitioner: String,
    /// Ids of patients in this person's care; for the secretary some of the clinic's.
    pub patients: Vec<String>,
    /// Family names to search for.
    pub names: Vec<String>,
}

/// The accounts; the secretary is the last.
pub struct People {
    pub accounts: Vec<Account>,
}

impl People {
    /// # Errors
    /// An account has nobody in its care.
    pub async fn read(clinic: &Clinic) -> Result<People, String> {
        let mut accounts = Vec::new();
        for user in PHYSICIANS.into_iter().chain([SECRETARY]) {
            let session = clinic.session(user).await?;
            let me = clinic.read("/api/v1/me", &session).await?;
            let practitioner = me.get_str("practitioner").unwrap_or_default().to_string();
            let everyone = clinic.read(&format!("/t/demo/fhir/Patient?_count={PATIENTS}"), &session).await?;
            let each = || everyone.each("entry").filter_map(|e| e.get("resource"));
            let names: Vec<String> = each()
                .filter_map(|p| Some(p.each("name").next()?.get_str("family")?.chars().take(4).collect()))
                .filter(|name: &String| name.bytes().all(|b| b.is_ascii_alphabetic()))
                .collect();
            let patients: Vec<String> = if user == SECRETARY {
                each().filter_map(|p| p.get_str("id").map(String::from)).collect()
            } else {
                let path = format!("/t/demo/fhir/CareTeam?participant={practitioner}&_count={PATIENTS}");
                let teams = clinic.read(&path, &session).await?;
                let subject = |e: &Json<'_>| {
                    Some(
                        e.get("resource")?
                            .get("subject")?
                            .get_str("reference")?
                            .strip_prefix("Patient/")?
                            .to_string(),
                    )
                };
                teams.each("entry").filter_map(subject).collect()
            };
            if patients.is_empty() || names.is_empty() {
                eprintln!("{user} has nobody in their care and stays at home");
                continue;
            }
            accounts.push(Account { user, practitioner, patients, names });
        }
        if accounts.len() < 2 || accounts.last().is_none_or(|last| last.user != SECRETARY) {
            return Err("the sample clinic has no physicians, or no secretary".into());
        }
        Ok(People { accounts })
    }

    pub fn secretary(&self) -> usize {
        self.accounts.len() - 1
    }
}

pub struct Person {
    pub n: usize,
    /// Place in `People::accounts`.
    pub account: usize,
    pub people: Rc<People>,
    pub tally: Rc<RefCell<Tally>>,
    pub rounds: usize,
    port: u16,
    session: Vec<(String, String)>,
    connection: Connection,
    think: f64,
    state: u64,
}

impl Person {
    /// # Errors
    /// The sign-in is refused.
    pub async fn enter(
        clinic: &Clinic,
        people: &Rc<People>,
        n: usize,
        think: f64,
        tally: Rc<RefCell<Tally>>,
    ) -> Result<Person, String> {
        let secretary = people.secretary();
        let account = if n % SECRETARIES == SECRETARIES - 1 { secretary } else { n % secretary };
        let session = clinic.session(people.accounts[account].user).await?;
        let connection = Connection::open(clinic.port).await.map_err(|e| e.to_string())?;
        let state = (n as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let people = people.clone();
        Ok(Person {
            n,
            account,
            people,
            tally,
            rounds: 0,
            port: clinic.port,
            session,
            connection,
            think,
            state,
        })
    }

    pub fn is_secretary(&self) -> bool {
        self.account == self.people.secretary()
    }

    /// A number below `below`, the same in each run.
    pub fn draw(&mut self, below: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) as usize % below.max(1)
    }

    /// Between a third of the mean and twice less a third.
    pub async fn think(&mut self) {
        let part = self.draw(1000) as f64 / 1000.0;
        tokio::time::sleep(Duration::from_secs_f64(self.think * (1.0 / 3.0 + part * 4.0 / 3.0))).await;
    }

    /// Sends one request and counts it.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn ask(
        &mut self,
        kind: &'static str,
        method: &str,
        path: &str,
        body: &str,
    ) -> Result<Answer, String> {
        let kind_of_body = if path.contains("/fhir") { "application/fhir+json" } else { "application/json" };
        let more = [header("Accept", "application/json"), header("Content-Type", kind_of_body)].concat();
        let headers =
            [self.session.clone(), if body.is_empty() { more[..1].to_vec() } else { more }].concat();
        let request = Request::new(method, path, &headers, body.as_bytes());
        let began = Instant::now();
        let answer = self.connection.send(&request, true).await.map_err(|e| format!("{kind}: {e}"))?;
        let ms = began.elapsed().as_secs_f64() * 1e3;
        // What one may do, and when somebody is free, is of no record.
        let record = !path.contains("/access/mine") && !path.contains("/providers/");
        self.tally.borrow_mut().answer(kind, record.then_some(self.account), answer.status, ms);
        Ok(answer)
    }

    /// A round that could not go on; the connection is opened anew.
    pub async fn failed(&mut self, reason: String) {
        self.tally.borrow_mut().broken.push(reason);
        tokio::time::sleep(Duration::from_millis(500)).await;
        if let Ok(connection) = Connection::open(self.port).await {
            self.connection = connection;
        }
    }
}

/// An answer's body, parsed; `null` if it is none.
pub fn body(answer: &Answer) -> Json<'static> {
    json::parse(&answer.body).map(Json::into_owned).unwrap_or(Json::Null)
}
