//! Ways that are closed, slow or asleep.

use super::*;

async fn due(telecom: &str, more: &str) -> House {
    let house = house().await;
    house.put(&patient(telecom, more)).await;
    house.put(&booking("booked", MONDAY)).await;
    house
}

const WEEK_BEFORE: u64 = 8 * DAY + HOUR;

#[tokio::test]
async fn the_other_way_when_there_is_no_address_or_it_is_refused() {
    let house = due(r#"[{"system":"phone","value":"0612345678"}]"#, "").await;
    house.later(WEEK_BEFORE).await;
    assert_eq!((house.mails(), house.texts()), (0, 1));

    let house = due(MAIL_AND_MOBILE, "").await;
    *house.server.mood.lock() = Mood::Refuses;
    house.later(WEEK_BEFORE).await;
    assert_eq!(house.reminder("j-7").await.0, "on-hold");
    assert_eq!((house.mails(), house.texts()), (0, 0));
    // The next one is due when the server takes mails again.
    *house.server.mood.lock() = Mood::Takes;
    house.later(6 * DAY).await;
    assert_eq!((house.mails(), house.texts()), (1, 0));
}

#[tokio::test]
async fn nobody_to_reach_is_told_with_its_reason() {
    let landline = r#"[{"system":"phone","value":"02 99 12 34 56"}]"#;
    let refuses = r#","extension":[{"url":"urn:medhub:communication:refuses-reminder","valueCode":"mail"},{"url":"urn:medhub:communication:refuses-reminder","valueCode":"sms"}]"#;
    for (telecom, more, reason) in
        [("[]", "", "no-contact"), (landline, "", "landline"), (MAIL_AND_MOBILE, refuses, "refused")]
    {
        let telecom = if telecom == "[]" { r#"[{"system":"fax","value":"1"}]"# } else { telecom };
        let house = due(telecom, more).await;
        house.later(WEEK_BEFORE).await;
        let (status, why) = house.reminder("j-7").await;
        assert_eq!((status.as_str(), why.as_str(), house.mails() + house.texts()), ("on-hold", reason, 0));
    }
}

#[tokio::test]
async fn a_server_that_is_away_is_asked_again_later_and_later() {
    let house = due(MAIL_AND_MOBILE, "").await;
    *house.server.mood.lock() = Mood::Away;
    house.later(WEEK_BEFORE).await;
    for minutes in [1, 5, 30] {
        assert_eq!(house.reminder("j-7").await.0, "active");
        house.later(minutes * 60).await;
    }
    *house.server.mood.lock() = Mood::Takes;
    house.later(60).await;
    assert_eq!(house.mails(), 0, "not before its time");
    house.later(2 * HOUR).await;
    assert_eq!((house.mails(), house.open().await), (1, 2));
    let said = house.hub.get(&format!("Communication/said-{}", sent_id(&house).await)).await;
    let attempts =
        said.each("extension").find(|e| e.get_str("url") == Some("urn:medhub:communication:attempts"));
    assert_eq!(attempts.and_then(|e| e.get("valueUnsignedInt")?.as_number()), Some("5"));
    // Away until the visit: a person is told.
    *house.server.mood.lock() = Mood::Away;
    for _ in 0..44 {
        house.later(4 * HOUR).await;
    }
    assert_eq!(house.reminder("j-2").await, ("revoked".into(), "overtaken".into()));
    assert_eq!(house.reminder("j-1").await, ("on-hold".into(), "not-taken".into()));
    assert_eq!(house.mails(), 1);
}

async fn sent_id(house: &House) -> String {
    let all = house.reminders().await;
    let sent = all.iter().find(|json| json.get_str("status") == Some("completed"));
    sent.and_then(|json| json.get_str("id")).expect("one that was sent").to_string()
}

#[tokio::test]
async fn no_telephone_rings_at_night() {
    let house = due(r#"[{"system":"phone","value":"0612345678"}]"#, "").await;
    // The program was away all day: it is 22:00 when it looks.
    house.later(8 * DAY + 13 * HOUR).await;
    assert_eq!((house.texts(), house.reminder("j-7").await.0.as_str()), (0, "active"));
    house.later(9 * HOUR).await;
    assert_eq!(house.texts(), 0);
    house.later(HOUR).await;
    assert_eq!(house.texts(), 1);
}
