"""No call to AWS is left out of the enumeration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from tests.faults.enumerate import World, traced
from tests.faults.seam import Site
from tests.faults.sites import Place, places
from tests.faults.stage import Stage
from tests.faults.worlds import ALL

ADMINS = "an administrator's: one conditional write, and asked again it is refused as stale or does the same"
READ_ONLY = "answers a question of the console and changes nothing: a fault is an error answer, asked again"
SETTINGS = "the clinic's settings, remembered: whoever handles a message has read them a moment ago"
BEFORE = "read before the one transaction of what an agent asks for; asked again, it is the same"
TURN = "read before the one transaction that ends a turn of self-service; routed again, it is the same"
DUE = "one conditional write of a row that stays due until it is made: the next minute makes it"
REVIEWED = {
    "functions/api/": READ_ONLY,
    "actions/add_account.py": "an account without secrets is there, shut, and says so: they are given then",
    "actions/add_templates.py": "the last of adding an account; what is not noted counts as pending",
    "actions/ask_provider.py": READ_ONLY,
    "actions/claim_account.py": "claimed once its provider has confirmed it; asked again, it is the clinic's",
    "actions/change_account.py": "an administrator's: the row, then the copy beside the secrets; saved again",
    "actions/load_account.py": READ_ONLY,
    "actions/pause_account.py": ADMINS,
    "actions/resume_account.py": ADMINS,
    "actions/try_account.py": ADMINS,
    "actions/remove_account.py": "what is left behind are secrets of no account: nobody reads them",
    "actions/rotate_secrets.py": "half of a rotation is one that is on: both secrets verify, either may stay",
    "actions/preflight.py": "a trial in the clinic's sandbox; another one may be made at any time",
    "actions/follow_preflight.py": READ_ONLY,
    "actions/deliver.py: tenants.get": "the clinic's name, for a calendar; before the provider is called",
    "actions/export_appointments.py": READ_ONLY,
    "actions/open_feed.py": ADMINS,
    "actions/serve_feed.py": READ_ONLY,
    "actions/find_resources.py": READ_ONLY,
    "actions/find_known.py": READ_ONLY,
    "actions/take_in_resource.py": "reads; and the name of a visit of ours, which asked again is its name",
    "actions/take_in_visit.py: patients.get": READ_ONLY,
    "actions/take_in_visit.py: appointments.find": "one of the two reads what came late, to show it",
    "actions/take_in_visit.py: visit_names.find": "one of the two reads what came late, to show it",
    "actions/subscribe.py": "the secret first, then the flag, then the row: what is left behind is nobody's",
    "actions/change_subscription.py": ADMINS,
    "actions/load_subscription.py": READ_ONLY,
    "actions/unsubscribe.py": "what is left behind is the secret of no subscription",
    "actions/rotate_signing.py": "the row is one write, the secret another: asked again, it is rotated again",
    "actions/pause_subscription.py": ADMINS,
    "actions/replay_notices.py": "each is one conditional write; asked again, receivers know a repeat",
    "actions/try_subscription.py": ADMINS,
    "actions/set_practitioner.py": ADMINS,
    "actions/set_type.py": ADMINS,
    "actions/set_schedule.py": "a visit is entered in one transaction; stored again, the rest is entered",
    "actions/find_policy.py": SETTINGS,
    "actions/set_risk.py": ADMINS,
    "actions/learn_risk.py": "reads, then one conditional write; learned again in an hour, it is the same",
    "actions/foresee.py": "the visit, then a note beside it; what has no note of today is judged again",
    "actions/list_risks.py": READ_ONLY,
    "actions/walk_visits.py": READ_ONLY,
    "actions/draft_experiment.py": "reads, then one new row; what is left behind of a lost answer is a draft",
    "actions/start_experiment.py": "the flag first, then one transaction with the only place there is",
    "actions/weigh_experiment.py": READ_ONLY,
    "actions/set_policy.py": "the policy, then the list that says that it holds: asked again, it is the same",
    "actions/drop_policy.py": ADMINS,
    "actions/list_policies.py": READ_ONLY,
    "actions/preview_policy.py": READ_ONLY,
    "actions/preview_call.py": READ_ONLY,
    "actions/preview_campaign.py": READ_ONLY,
    "actions/list_missed.py": READ_ONLY,
    "actions/see_missed.py": "one conditional write; asked again, it says who has seen it first",
    "actions/find_slots.py": READ_ONLY,
    "actions/refuse_overlap.py: schedules.recent": SETTINGS,
    "actions/find_own_visits.py: appointments.some": BEFORE,
    "actions/suggest_times.py": "reads other times for whoever is refused; asked again, it reads again",
    "actions/find_neglected.py": "looked at again within the hour; changes nothing",
    "actions/find_breaches.py": READ_ONLY,
    "actions/find_patients.py": READ_ONLY,
    "actions/look_through.py": "looked through again the next night; changes nothing",
    "actions/count_attempts.py": "a fold of all that is known, put over the last one each night",
    "actions/list_appointments.py": READ_ONLY,
    "actions/list_closed.py": READ_ONLY,
    "actions/look_in.py": "a page looks and changes nothing; it looks again",
    "actions/acknowledge.py: patients.get": "a read, for an e-mail only",
    "actions/receive.py: directory.clinic": "of its places, two are for pages: the row was read just before",
    "actions/receive.py: directory.business": "for notices of a business only: its provider calls again",
    "actions/receive.py: limits.count": "a fault lets the request through",
    "actions/complete_phone.py": "reads the clinic's settings, as every message does that opens a contact",
    "actions/look_back.py: contacts.find_communication": "a read before the claim; delivered again",
    "actions/list_options.py": READ_ONLY,
    "actions/record_consent.py: patients.consents": "a read, of who has left the number; delivered again",
    "actions/erase.py: appointments.some": "a read, of what was booked in that very moment; asked again",
    "actions/erase.py: tenants.get": "the clinic's settings, for its language; asked again",
    "actions/acknowledge.py: tenants.get": SETTINGS,
    "actions/agree_callback.py: tenants.get": SETTINGS,
    "actions/answer_question.py: tenants.get": SETTINGS,
    "actions/change_consent.py: tenants.get": SETTINGS,
    "actions/redirect.py: tenants.get": SETTINGS,
    "actions/list_reviews.py": READ_ONLY,
    "actions/load_contact.py": READ_ONLY,
    "actions/read_timeline.py": READ_ONLY,
    "actions/decide_review.py: patients.get": BEFORE,
    "actions/join_records.py: patients.get": BEFORE,
    "actions/part_contacts.py: contacts.timeline": BEFORE,
    "actions/part_records.py: patients.get": BEFORE,
    "actions/share_consent.py: patients.get": BEFORE,
    "actions/gather_contacts.py": "one transaction, of what was opened in that moment; joined again, it is",
    "actions/recall_stops.py: tenants.get": "read a moment ago, by whoever opened the contact",
    "actions/redirect.py: tenants.recent_accounts": "read a moment ago, to know that it is closed",
    "actions/note_rating.py": "one conditional write; noted again, it is the same",
    "actions/find_churn_risks.py": READ_ONLY,
    "actions/load_last.py": READ_ONLY,
    "actions/report.py": READ_ONLY,
    "actions/report_access.py": READ_ONLY,
    "actions/report_authorisations.py": READ_ONLY,
    "actions/report_outcomes.py": READ_ONLY,
    "actions/report_retention.py": READ_ONLY,
    "actions/report_reviews.py": READ_ONLY,
    "actions/report_visits.py": READ_ONLY,
    "actions/show_file.py": READ_ONLY,
    "actions/keep_file.py: media.read": READ_ONLY,
    "actions/walk_open.py": READ_ONLY,
    "actions/recount_visits.py": "an operator's repair: puts facts, of which the newest stays",
    "actions/measure_again.py": "an operator's repair, hundreds of calls: puts facts, folds again",
    "actions/import_patients.py: imports.get": "read where an answer was lost (enumerated): it is stored",
    "actions/import_rows.py: imports.get": "the same; and where another worker was faster, who goes on",
    "actions/import_rows.py: imports.put": "over what the API stored meanwhile; refused, it is queued again",
    "actions/load_flow.py": TURN,
    "actions/find_visits.py": TURN,
    "actions/find_answer.py: articles.recent": TURN,
    "actions/find_answer.py: articles.note_unanswered": "put under the message's own mark: again, it is one",
    "actions/ask_result.py: patients.get": TURN,
    "actions/offer_slots.py": TURN,
    "actions/read_wish.py: schedules.recent": TURN,
    "actions/take_slot.py: appointments.get": TURN,
    "actions/walk_flow.py: tenants.get": SETTINGS,
    "actions/serve.py: patients.get": TURN,
    "actions/serve.py: tenants.get": SETTINGS,
    "actions/set_self_service.py": ADMINS,
    "actions/set_offering.py": ADMINS,
    "actions/use_flow.py": ADMINS,
    "actions/place_visit.py: schedules.recent": SETTINGS,
    "actions/note_freed.py: schedules.recent": SETTINGS,
    "actions/note_authorisation.py: schedules.recent": SETTINGS,
    "actions/note_authorisation.py: outreach.get_outreach": BEFORE,
    "actions/reach_out.py: tenants.get": SETTINGS,
    "actions/reach_out.py: store.save_outreach": DUE,
    "actions/begin_outreach.py: tenants.get": SETTINGS,
    "actions/pick_people.py: tenants.get": SETTINGS,
    "actions/run_campaign.py: tenants.get": SETTINGS,
    "actions/run_campaign.py: campaigns.save_campaign": DUE,
    "actions/add_segment.py": ADMINS,
    "actions/draft_campaign.py": "reads, then one row; what is left behind of a lost answer is a draft",
    "actions/launch_campaign.py": ADMINS,
    "actions/weigh_campaign.py": READ_ONLY,
    "actions/weigh_surveys.py": READ_ONLY,
    "actions/note_comment.py: surveys.save_survey": "one conditional write; routed again, it is told already",
    "actions/forget_outreach.py": "each row one conditional write; the erasure stays due until none is left",
    "actions/forget_surveys.py": "the same",
    "actions/forget_waiting.py": "the same",
    "actions/fill_opening.py: openings.save_opening": DUE,
    "actions/make_offer.py: tenants.get": SETTINGS,
    "actions/answer_offer.py: tenants.get": SETTINGS,
    "actions/leave_waiting.py": "one transaction; asked again they are off it already; or due until then",
    "actions/invite.py: appointments.find": BEFORE,
    "actions/join_waiting.py: appointments.find": BEFORE,
    "actions/offer_time.py: openings.find_offer": BEFORE,
    "actions/answer_offer.py: contacts.find_communication": TURN,
    "actions/reach_out.py: appointments.find": "read before the row's one write; it stays due until that",
    "actions/note_outreach_booked.py": "read before the one transaction that books; asked again, the same",
    "actions/close_task.py: contacts.get_contact": "one of two is of merged contacts; the visit stays due",
    "actions/warn.py: contacts.save_contact": "one conditional write where nothing can be said; routed again",
    "actions/warn.py: tenants.get": SETTINGS,
    "actions/forget.py: appointments.find": "a read; the erasure stays due until nothing is left",
    "actions/raise_priority.py": "reads, then one conditional write; asked again it is stale, or the same",
    "actions/tell.py: tenants.get": SETTINGS,
    "actions/note_booked.py: tenants.get": SETTINGS,
    "actions/take_in_hl7.py: tenants.get": SETTINGS,
    "actions/note_authorisation.py: tenants.get": SETTINGS,
    "actions/know_name.py": TURN,
    "actions/load_chosen.py": TURN,
    "actions/report_surveys.py": READ_ONLY,
    "actions/take_in_patient.py: patients.find": "of what was stored just before; told again, it is the same",
    "actions/set_medication.py": "reads, then one conditional write; asked again it is stale, or the same",
    "actions/stop_medication.py": "the same",
    "actions/answer_medication.py: contacts.save_contact": "one conditional write; routed again, it is made",
    "actions/withhold_review.py": "reads before the one write of what is due, which stays due until that",
    "actions/answer_outreach.py: tenants.get": SETTINGS,
    "actions/close.py: tenants.get": SETTINGS,
    "actions/place_visit.py: tenants.get": SETTINGS,
    "actions/serve.py: tenants.is_open": SETTINGS,
    "actions/survey_contact.py: tenants.get": SETTINGS,
    "actions/note_result.py: tenants.get": SETTINGS,
    "actions/set_preferences.py: tenants.get": SETTINGS,
    "actions/record.py: tenants.get": SETTINGS,
    "actions/wait_in_line.py: patients.get": TURN,
    "actions/set_reminder_calls.py": ADMINS,
    "actions/read_intent.py": "reads, of a hosted model, too: any failure leaves what our own model said",
    "actions/mark_stopped.py: contacts.find_communication": "read before the transaction that stops it",
    "actions/send_notice.py: appointments.find": "a read before it is posted; sent again",
    "actions/receive.py: secrets.webhook": "one of the two is the handshake's, which stores nothing",
}
"""Places that no world leads to, by the beginning of `file: call`, and why that is right."""


def reason(place: Place) -> str | None:
    name = f"{place.file.removeprefix('layers/core/recado/')}: {place.text}"
    return next((why for start, why in REVIEWED.items() if name.startswith(start)), None)


def left_out(of: Iterable[Place], hit: set[Site]) -> list[Place]:
    """The places at none of these lines."""
    return [place for place in of if not place.hit_by(hit)]


def likely_first(seen: Mapping[str, set[Site]], missed: Iterable[Place]) -> list[World]:
    """The worlds, those first that come through the files of what was missed."""
    files = {place.file for place in missed}
    return sorted(ALL, key=lambda world: -len(files & {site.file for site in seen[world.name]}))


@pytest.mark.xdist_group("faults")  # where most worlds were enumerated a moment ago
@pytest.mark.filterwarnings("ignore:No application metrics to publish")
def test_every_place_that_calls_aws_is_faulted_or_reviewed(stage: Stage, met: dict[str, set[Site]]) -> None:
    seen = {world.name: met.get(world.name) or traced(stage, world, faulted=False) for world in ALL}
    unreviewed = [place for place in places() if reason(place) is None]
    missed = left_out(unreviewed, set[Site]().union(*seen.values()))
    for world in likely_first(seen, missed):
        if not missed:
            break
        missed = left_out(missed, traced(stage, world, faulted=True))
    assert [f"{one.file}:{one.line} {one.text}" for one in missed] == []
