//! The desk's verbs: what it sees, what it may do, and bad input.

use super::*;

#[tokio::test]
async fn the_desk_sees_what_is_planned_and_takes_it_back() {
    let house = house().await;
    house.put(&booking("booked", MONDAY)).await;
    let desk = || house.ctx(&[Role::Secretary]);
    let (status, list) = house.call(desk(), "GET", "appointment-reminders?appointment=b1", "").await;
    assert_eq!((status, list.each("items").count()), (200, 3));
    let first = list.each("items").next().unwrap();
    assert_eq!((first.get_str("state"), first.get_str("step")), (Some("planned"), Some("j-7")));
    assert_eq!(first.get("patient").unwrap().get_str("name"), Some("SECRET Ada"));
    let path = format!("appointment-reminders/{}/cancel", first.get_str("id").unwrap());
    assert_eq!(house.call(desk(), "POST", &path, r#"{"version":99}"#).await.0, 412);
    assert_eq!(house.call(desk(), "POST", &path, "{}").await.1.as_str(), Some("communication.version"));
    assert_eq!(house.call(desk(), "POST", &path, r#"{"version":1}"#).await.0, 200);
    assert_eq!(
        house.call(desk(), "POST", &path, r#"{"version":2}"#).await.1.as_str(),
        Some("communication.not-open")
    );
    let (_, all) = house.call(desk(), "POST", "appointment-reminders/schedule", "{}").await;
    assert_eq!(all.get("planned").unwrap().as_number(), Some("0"), "all were planned already");
    // A person's decision stays when the appointment is planned again.
    let (_, again) =
        house.call(desk(), "POST", "appointment-reminders/schedule", r#"{"appointment":"b1"}"#).await;
    assert_eq!((again.each("items").count(), house.open().await), (3, 2));
    house.later(8 * DAY + HOUR).await;
    assert_eq!(house.mails(), 0);
    let (_, list) = house.call(desk(), "GET", "appointment-reminders?state=planned", "").await;
    assert_eq!(list.each("items").count(), 0, "the next is more than three days away");
    house.later(5 * DAY).await;
    let (_, sent) = house.call(desk(), "GET", "appointment-reminders?state=sent", "").await;
    let text = sent.each("items").next().unwrap().get_str("text").unwrap();
    assert!(text.contains("rendez-vous lun 07/12 à 9 h 00"), "{text}");
}

#[tokio::test]
async fn bad_input_is_told() {
    let house = house().await;
    house.put(&booking("cancelled", MONDAY)).await;
    let desk = || house.ctx(&[Role::Secretary]);
    for path in [
        "appointment-reminders",
        "appointment-reminders?state=x",
        "appointment-reminders?patient=p1&state=held",
    ] {
        assert_eq!(
            house.call(desk(), "GET", path, "").await.1.as_str(),
            Some("communication.which"),
            "{path}"
        );
    }
    for body in [r#"{"appointment":"b1"}"#, r#"{"appointment":"nobody"}"#] {
        let (_, why) = house.call(desk(), "POST", "appointment-reminders/schedule", body).await;
        assert_eq!(why.as_str(), Some("communication.no-appointment"));
    }
    assert_eq!(house.call(desk(), "POST", "appointment-reminders/x/send", r#"{"version":1}"#).await.0, 404);
    let billing = house.ctx(&[Role::Auditor]);
    assert_eq!(house.call(billing, "GET", "appointment-reminders?patient=p1", "").await.0, 403);
}

#[tokio::test]
async fn what_a_patient_refuses() {
    let house = house().await;
    house.put(&booking("booked", MONDAY)).await;
    let desk = || house.ctx(&[Role::Secretary]);
    let path = "communication/patient/p1/preferences";
    let (_, before) = house.call(desk(), "GET", path, "").await;
    assert_eq!(before.get("sms").unwrap().get_str("address"), Some("+33612345678"));
    assert_eq!(
        house.call(desk(), "PUT", path, r#"{"version":1,"mail":false}"#).await.1.as_str(),
        Some("communication.allowed")
    );
    let (status, after) = house.call(desk(), "PUT", path, r#"{"version":1,"mail":false,"sms":true}"#).await;
    assert_eq!((status, after.get("mail").unwrap().get("allowed").unwrap().as_bool()), (200, Some(false)));
    assert_eq!(house.call(desk(), "PUT", path, r#"{"version":1,"mail":true,"sms":true}"#).await.0, 412);
    house.later(8 * DAY + HOUR).await;
    assert_eq!((house.mails(), house.texts()), (0, 1));
}

#[tokio::test]
async fn nobody_writes_them_by_plain_fhir() {
    let house = house().await;
    house.put(&booking("booked", MONDAY)).await;
    let one = house.reminders().await.remove(0);
    let body = String::from_utf8(one.to_vec()).unwrap();
    assert!(house.hub.refusal(&body.replace("active", "completed")).await.contains("Rappels"));
    let id = one.get_str("id").unwrap();
    let said = format!(r#"{{"resourceType":"Communication","id":"said-{id}","status":"completed"}}"#);
    assert!(house.hub.refusal(&said).await.contains("Rappels"));
    house.hub.create(r#"{"resourceType":"Communication","id":"other","status":"completed"}"#).await;
}
