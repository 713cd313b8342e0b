//! The life of an appointment, and what is said in it.

use super::*;

#[tokio::test]
async fn a_week_two_days_and_one_day_before_each_once() {
    let house = house().await;
    house.put(&booking("booked", MONDAY)).await;
    assert_eq!(house.open().await, 3);
    // The clock begins on Sunday 22 November at 9:00 in Paris; the first one is due on Monday 30 at 10:00.
    house.later(8 * DAY).await;
    assert_eq!((house.mails(), house.texts()), (0, 0));
    house.later(HOUR).await;
    assert_eq!((house.mails(), house.texts()), (1, 0));
    house.later(HOUR).await;
    house.later(5 * DAY).await;
    house.later(DAY).await;
    assert_eq!((house.mails(), house.texts(), house.open().await), (2, 1, 0));
    let mail = &house.server.mails.mails()[0];
    assert!(mail.text.contains("lundi 7 décembre 2026 à 9 h 00"), "{}", mail.text);
    for said in [&mail.text, &mail.subject, &house.server.texts.messages()[0].text] {
        assert!(!said.contains("Secret") && !said.contains("Ada"), "{said}");
    }
    // Nothing comes back when the feed is told again.
    house.put(&booking("booked", MONDAY)).await;
    house.later(DAY).await;
    assert_eq!((house.mails(), house.texts(), house.open().await), (2, 1, 0));
}

#[tokio::test]
async fn cancelled_moved_and_moved_back() {
    let house = house().await;
    house.put(&booking("booked", MONDAY)).await;
    house.put(&booking("cancelled", MONDAY)).await;
    assert_eq!((house.open().await, house.reminder("j-7").await.1), (0, "moved".to_string()));
    house.put(&booking("booked", "2026-12-08T09:00:00+01:00")).await;
    assert_eq!((house.open().await, house.reminders().await.len()), (3, 6));
    house.put(&booking("booked", MONDAY)).await;
    assert_eq!((house.open().await, house.reminders().await.len()), (3, 6));
    // Said about Monday; then the appointment goes to the next week and is reminded of anew, with the new day.
    house.later(8 * DAY + HOUR).await;
    assert_eq!(house.mails(), 1);
    house.put(&booking("booked", "2026-12-14T09:00:00+01:00")).await;
    house.later(7 * DAY).await;
    assert_eq!((house.mails(), house.texts()), (2, 0));
    assert!(house.server.mails.mails()[0].text.contains("lundi 14 décembre"));
    // Taken from the record altogether.
    let write = store::Write::Delete { rt: ResourceType::APPOINTMENT, id: "b1".into(), if_match: None };
    house
        .hub
        .tenant
        .commit(&store::Ctx { clock: house.hub.clock.clone(), ..store::Ctx::system("test") }, vec![write])
        .await
        .unwrap();
    house.hub.drain().await;
    assert_eq!(house.open().await, 0);
}

#[tokio::test]
async fn a_record_that_was_merged_is_reminded_by_the_address_of_the_one_that_stays() {
    let house = house().await;
    house.put(&booking("booked", MONDAY)).await;
    house.put(&patient(MAIL_AND_MOBILE, "").replace("\"p1\"", "\"p2\"").replace("ada@", "eve@")).await;
    let merged = r#","active":false,"link":[{"other":{"reference":"Patient/p2"},"type":"replaced-by"}]"#;
    house.put(&patient(MAIL_AND_MOBILE, merged)).await;
    house.later(8 * DAY + HOUR).await;
    assert_eq!((house.mails(), house.server.mails.mails()[0].to.as_str()), (1, "eve@exemple.example"));
}

#[tokio::test]
async fn an_appointment_that_passes_to_another_patient() {
    let house = house().await;
    house.put(&booking("booked", MONDAY)).await;
    house.put(&patient(MAIL_AND_MOBILE, "").replace("\"p1\"", "\"p2\"").replace("ada@", "eve@")).await;
    house.put(&booking("booked", MONDAY).replace("Patient/p1", "Patient/p2")).await;
    assert_eq!((house.open().await, house.reminders().await.len()), (3, 6));
    house.later(8 * DAY + HOUR).await;
    assert_eq!((house.mails(), house.server.mails.mails()[0].to.as_str()), (1, "eve@exemple.example"));
}

#[tokio::test]
async fn what_the_feed_has_not_told_yet_is_seen_when_it_is_said() {
    let house = house().await;
    house.put(&booking("booked", MONDAY)).await;
    house.hub.create(&booking("cancelled", MONDAY)).await;
    house.hub.clock.advance(Duration::from_secs(8 * DAY + HOUR));
    house.hub.runner.rounds_once().await.unwrap();
    assert_eq!((house.mails(), house.reminder("j-7").await), (0, ("revoked".into(), "moved".into())));
}

#[tokio::test]
async fn booked_for_today_wants_no_reminder_and_a_late_program_makes_up_for_none() {
    let house = house().await;
    house.put(&booking("booked", "2026-11-22T15:00:00+01:00")).await;
    assert_eq!(house.open().await, 0);
    house.put(&booking("booked", MONDAY)).await;
    // The program stood still until after the appointment.
    house.later(20 * DAY).await;
    assert_eq!((house.mails(), house.texts()), (0, 0));
    assert_eq!(house.reminder("j-1").await, ("revoked".into(), "late".into()));
}

#[tokio::test]
async fn the_dead_and_closed_records_are_left_in_peace() {
    for more in [r#","deceasedBoolean":true"#, r#","deceasedDateTime":"2026-11-20""#, r#","active":false"#] {
        let house = house().await;
        house.put(&booking("booked", MONDAY)).await;
        house.put(&patient(MAIL_AND_MOBILE, more)).await;
        house.later(8 * DAY + HOUR).await;
        assert_eq!((house.mails(), house.reminder("j-7").await.1), (0, "silent".to_string()), "{more}");
    }
}
