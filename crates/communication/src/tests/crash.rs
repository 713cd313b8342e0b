//! Programs that end while they speak, and several at once.

use super::*;
use service::{Catalog, Pace, Runner};

#[tokio::test]
async fn what_was_being_said_when_the_program_ended_is_a_persons_to_decide() {
    let house = house().await;
    house.put(&booking("booked", MONDAY)).await;
    *house.server.mood.lock() = Mood::Ends;
    house.hub.clock.advance(Duration::from_secs(8 * DAY + HOUR));
    assert!(house.hub.runner.rounds_once().await.is_err());
    assert_eq!(house.mails(), 1, "it had left already");
    *house.server.mood.lock() = Mood::Takes;
    // The next program does not say it again …
    house.later(60).await;
    assert_eq!((house.mails(), house.reminder("j-7").await.0.as_str()), (1, "active"));
    // … and after the longest time that a server may take, a person is told.
    house.later(600).await;
    assert_eq!((house.mails(), house.reminder("j-7").await), (1, ("on-hold".into(), "doubt".into())));
    let ctx = house.ctx(&[Role::Secretary]);
    let (_, list) = house.call(ctx.clone(), "GET", "appointment-reminders?state=held", "").await;
    let held = list.each("items").next().expect("one").clone();
    let (id, version) = (held.get_str("id").unwrap(), held.get("version").unwrap().as_number().unwrap());
    let path = format!("appointment-reminders/{id}/send");
    let (status, _) = house.call(ctx, "POST", &path, &format!(r#"{{"version":{version}}}"#)).await;
    assert_eq!(status, 200);
    house.hub.rounds().await;
    assert_eq!((house.mails(), house.reminder("j-7").await.0.as_str()), (2, "completed"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_programs_say_each_thing_once() {
    let house = house().await;
    for n in 0..40 {
        let one = booking("booked", MONDAY).replace("\"b1\"", &format!("\"b{n}\""));
        house.put(&one).await;
    }
    house.hub.clock.advance(Duration::from_secs(8 * DAY + HOUR));
    let pace = Pace { attempts: 3, first: Duration::ZERO, longest: Duration::ZERO };
    let programs: Vec<_> = (0..4)
        .map(|_| {
            let catalog = Catalog::new(vec![house.another()]).unwrap();
            let runner = Runner::new(house.hub.hub.clone(), &catalog, pace);
            tokio::spawn(async move { runner.rounds_once().await })
        })
        .collect();
    for program in programs {
        program.await.unwrap().unwrap();
    }
    house.hub.rounds().await;
    let all = house.reminders().await;
    let sent = all.iter().filter(|json| json.get_str("status") == Some("completed")).count();
    assert_eq!((house.mails(), sent), (40, 40));
}
