"""A standalone launch by fhirclient of PyPI, end to end. The person is played over the verbs of the web app."""

import os
from urllib.parse import parse_qs, urlsplit

import requests
from fhirclient import client
from fhirclient.models.patient import Patient

URL = os.environ["MEDHUB_URL"]
ADMIN = {"authorization": "Bearer " + os.environ["MEDHUB_TOKEN"]}
BACK = "http://127.0.0.1:8000/fhir-app/"


def register():
    told = {
        "name": "fhirclient (PyPI)",
        "auth": "none",
        "redirect_uris": [BACK],
        "grant_types": ["authorization_code", "refresh_token"],
        "scopes": ["openid", "fhirUser", "launch/patient", "offline_access", "patient/*.rs"],
    }
    made = requests.post(URL + "/api/v1/oauth/clients", json=told, headers=ADMIN, timeout=30)
    assert made.status_code == 201, made.text
    return made.json()["id"]


def person():
    """A surgeon of the sample clinic who is signed in, and a patient of theirs."""
    page = requests.Session()
    page.headers["x-medhub"] = "1"
    accounts = page.get(URL + "/api/v1/demo/accounts", timeout=30).json()["accounts"]
    ready = [a for a in accounts if {"surgeon", "clinician"} & set(a.get("roles", []))]
    login = page.post(URL + "/api/v1/demo/login", json={"user": ready[0]["user"]}, timeout=30)
    assert login.status_code == 200, login.text
    found = page.get(URL + "/fhir/Encounter?_count=20&_sort=-date", timeout=30).json()
    for entry in found.get("entry", []):
        patient = entry["resource"].get("subject", {}).get("reference", "").split("/")[-1]
        if patient and page.get(URL + "/fhir/Patient/" + patient, timeout=30).status_code == 200:
            return page, patient
    raise AssertionError("nobody to launch with")


def allow(page, address, patient):
    """Follows the app's address to our page, and grants what it asks."""
    sent = page.get(address, allow_redirects=False, timeout=30)
    assert sent.status_code == 303, sent.text
    ticket = parse_qs(urlsplit(sent.headers["location"]).query)["request"][0]
    asked = page.get(URL + "/api/v1/oauth/requests/" + ticket, timeout=30).json()
    assert asked["needs"] == "patient", asked
    decision = {"allow": True, "patient": patient}
    done = page.post(URL + "/api/v1/oauth/requests/" + ticket, json=decision, timeout=30)
    assert done.status_code == 200, done.text
    return done.json()["redirect"]


def main():
    page, patient = person()
    settings = {
        "app_id": register(),
        "api_base": URL + "/fhir",
        "redirect_uri": BACK,
        "scope": "openid fhirUser launch/patient offline_access patient/*.read",
    }
    smart = client.FHIRClient(settings=settings)
    assert smart.prepare() is False and smart.authorize_url
    smart.handle_callback(allow(page, smart.authorize_url, patient))
    assert smart.ready
    assert smart.patient_id == patient, smart.patient_id
    read = Patient.read(patient, smart.server)
    assert read.id == patient
    assert smart.reauthorize()
    assert smart.patient.id == patient
    print("smart: fhirclient (PyPI): launched, read a patient, renewed its token")


main()
