// The patient beside the conversation: who, how to reach them, what is booked.

import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { announce } from "./announce.js";
import { ApiError, get, post } from "./api.js";
import { Consents } from "./consents.js";
import { t, word } from "./i18n.js";
import { Icon } from "./icons.js";
import { Name, Problem, usePart } from "./parts.js";
import { usePolling } from "./polling.js";
import { dateAndTime, secondsSince } from "./time.js";

const SLOW_MS = 15_000;

export function PatientPanel({ me, patient, name, stamp, shown, onPerson, onClose }) {
  const [person, setPerson] = useState(null);
  const [appointments, setAppointments] = useState(null);
  const [error, setError] = useState(null);
  // The form, once it is wanted and has been fetched.
  const [Booking, setBooking] = useState(null);
  const book = () =>
    import("./booking.js")
      .then((part) => setBooking(() => part.Booking))
      .catch(() => setError(new ApiError(0)));

  const who = usePart(true, () => import("./person.js").then((part) => part.ready.then(() => part)));

  const refresh = usePolling(async (isCurrent) => {
    try {
      const id = encodeURIComponent(patient);
      const [found, booked] = await Promise.all([get(`/patients/${id}`), get(`/appointments?patient=${id}`)]);
      if (!isCurrent()) return;
      setPerson(found);
      onPerson(found);
      setAppointments(booked.items);
      setError(null);
    } catch (failure) {
      // That nothing is reached, the list says already.
      if (isCurrent()) setError(failure.status === 0 ? null : failure);
      throw failure;
    }
  }, [patient], SLOW_MS);
  useEffect(() => {
    refresh();
  }, [stamp]);

  const booked = (appointment) => {
    setBooking(null);
    refresh();
    announce(t("booking.done", { when: dateAndTime(appointment.start) }));
  };
  return html`
    <section class=${`patient ${shown ? "shown" : ""}`} id="patient" aria-label=${t("patient.label")}
      onKeyDown=${(event) => shown && event.key === "Escape" && onClose()}>
      <header>
        <h2><${Name} of=${person?.name ?? name} /></h2>
        <button type="button" class="quiet round panel-close" aria-label=${t("patient.hide")} onClick=${onClose}><${Icon} name="close" /></button>
      </header>
      ${person && who && html`<${Person} person=${person} /><${who.Known} person=${person} onChanged=${refresh} /><${Consents} me=${me} person=${person} onChanged=${refresh} />`}
      <${Problem} error=${error} />
      ${person?.kind !== "household" &&
      html`
        <h3>${t("patient.appointments")}</h3>
        ${appointments && html`<${Appointments} appointments=${appointments} onChanged=${refresh} />`}
        ${Booking
          ? html`<${Booking} me=${me} patient=${patient} name=${person?.name ?? name} known=${appointments ?? []} onBooked=${booked} onCancel=${() => setBooking(null)} />`
          : html`<button type="button" class="wide-button" onClick=${book}><${Icon} name="plus" size=${16} /> ${t("booking.open")}</button>`}
      `}
      ${person && who && html`<${who.Folds} me=${me} person=${person} onChanged=${refresh} />`}
    </section>
  `;
}

const phonesOf = (person) => {
  const points = (person.contact_points ?? []).filter((point) => point.system === "phone").map((point) => point.value);
  return points.length ? points : [person.phone].filter(Boolean);
};

const othersOf = (person) => (person.contact_points ?? []).filter((point) => point.system !== "phone");

const Person = ({ person }) => html`
  <dl class="facts">
    ${phonesOf(person).map((phone) => html`<div key=${phone}><dt>${t("patient.phone")}</dt><dd><a href=${`tel:${phone}`}><bdi>${phone}</bdi></a></dd></div>`)}
    ${othersOf(person).map(({ system, value }) => html`<div key=${`${system}/${value}`}><dt>${word("system", system)}</dt><dd><bdi>${value}</bdi></dd></div>`)}
    ${person.language && html`<div><dt>${t("patient.language")}</dt><dd>${word("language", person.language)}</dd></div>`}
  </dl>
`;

function Appointments({ appointments, onChanged }) {
  const next = appointments
    .filter((appointment) => appointment.status !== "cancelled" && secondsSince(appointment.start) === 0)
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
  if (next.length === 0) return html`<p class="faint">${t("patient.no_appointments")}</p>`;
  return html`<ul class="appointments">${next.map((one) => html`<${Visit} key=${one.id} appointment=${one} onChanged=${onChanged} />`)}</ul>`;
}

function Visit({ appointment, onChanged }) {
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState(null);
  const cancel = async () => {
    setError(null);
    try {
      await post(`/appointments/${encodeURIComponent(appointment.id)}/cancel`, { version: appointment.version });
      announce(t("appointment.cancelled"));
    } catch (failure) {
      setError(failure);
    }
    setAsking(false);
    onChanged();
  };
  return html`
    <li class=${`visit ${appointment.confirmation}`}>
      <p class="visit-when"><time datetime=${appointment.start}>${dateAndTime(appointment.start)}</time></p>
      <p><bdi>${appointment.practitioner}</bdi> · <bdi>${appointment.type}</bdi> · ${t("appointment.minutes", { n: appointment.minutes })}</p>
      <p class=${`confirmation ${appointment.confirmation}`}>${word("confirmation", appointment.confirmation)}</p>
      ${appointment.reminders?.length > 0 && html`<${Reminders} reminders=${appointment.reminders} />`}
      <${Problem} error=${error} />
      ${asking
        ? html`<p class="sure">${t("appointment.sure")}${" "}
            <button type="button" class="danger" onClick=${cancel}>${t("appointment.yes_cancel")}</button>${" "}
            <button type="button" onClick=${() => setAsking(false)}>${t("appointment.keep")}</button></p>`
        : html`<button type="button" class="quiet small" onClick=${() => setAsking(true)}>${t("appointment.cancel")}</button>`}
    </li>
  `;
}

const Reminders = ({ reminders }) => html`
  <ul class="reminders" aria-label=${t("appointment.reminders")}>
    ${reminders.map(
      (reminder) => html`
        <li key=${reminder.step} class=${reminder.state}>
          <${Icon} name="bell" size=${13} /> ${reminder.step}: ${word("reminder_state", reminder.state)}
          ${reminder.state === "skipped" && reminder.reason && ` · ${word("reminder_reason", reminder.reason)}`}
          ${reminder.state === "planned" && html` · <time datetime=${reminder.due_at}>${dateAndTime(reminder.due_at)}</time>`}
        </li>
      `,
    )}
  </ul>
`;
