// The demo page: which clinic, in its language; the form works without this script's help once it has its address.

const TEXTS = {
  "pt-BR": {
    lead: "Cuidamos de você perto de casa.",
    about: "Uma clínica inventada, para experimentar a conversa e o formulário. Na tela ao lado está a recepção.",
    ask: "Peça uma consulta",
    name: "Nome",
    phone: "Telefone",
    email: "E-mail",
    time: "Melhor horário",
    message: "Mensagem",
    consent: "Podem me responder sobre este pedido.",
    send: "Enviar",
    told: "Obrigado! Recebemos seu pedido e responderemos em breve.",
  },
  es: {
    lead: "Le cuidamos cerca de casa.",
    about: "Una clínica inventada, para probar la conversación y el formulario. La recepción está en la consola.",
    ask: "Pida una cita",
    name: "Nombre",
    phone: "Teléfono",
    email: "Correo electrónico",
    time: "Mejor horario",
    message: "Mensaje",
    consent: "Pueden responderme sobre esta solicitud.",
    send: "Enviar",
    told: "¡Gracias! Hemos recibido su solicitud y le responderemos pronto.",
  },
  it: {
    lead: "Ci prendiamo cura di Lei, vicino a casa.",
    about: "Una clinica inventata, per provare la conversazione e il modulo. La reception è nella console.",
    ask: "Chieda un appuntamento",
    name: "Nome",
    phone: "Telefono",
    email: "E-mail",
    time: "Orario preferito",
    message: "Messaggio",
    consent: "Potete rispondermi su questa richiesta.",
    send: "Invia",
    told: "Grazie! Abbiamo ricevuto la Sua richiesta e risponderemo presto.",
  },
  ca: {
    lead: "Us cuidem a prop de casa.",
    about: "Una clínica inventada, per provar la conversa i el formulari. La recepció és a la consola.",
    ask: "Demaneu hora",
    name: "Nom",
    phone: "Telèfon",
    email: "Correu electrònic",
    time: "Millor horari",
    message: "Missatge",
    consent: "Em podeu respondre sobre aquesta sol·licitud.",
    send: "Envia",
    told: "Gràcies! Hem rebut la sol·licitud i us respondrem aviat.",
  },
  en: {
    lead: "We look after you, close to home.",
    about: "A made-up clinic, to try the chat and the form. Its front desk is in the console.",
    ask: "Ask for an appointment",
    name: "Name",
    phone: "Phone",
    email: "E-mail",
    time: "Best time",
    message: "Message",
    consent: "You may answer me about this request.",
    send: "Send",
    told: "Thank you! We have your request and will answer soon.",
  },
};

const query = new URLSearchParams(location.search);
const { clinics } = await (await fetch("/demo")).json();
const clinic = clinics.find((one) => one.id === query.get("clinic")) ?? clinics[0];
const account = (channel) => clinic.accounts?.find((one) => one.channel === channel)?.account;
const say = TEXTS[clinic.language] ?? TEXTS.en;
const at = (id) => document.getElementById(id);

document.documentElement.lang = clinic.language;
document.title = clinic.name;
at("clinic").textContent = clinic.name;
at("phone").textContent = clinic.phone ?? "";
for (const element of document.querySelectorAll("[data-text]")) element.textContent = say[element.dataset.text];
for (const one of clinics) {
  const link = document.createElement("a");
  link.href = `?clinic=${encodeURIComponent(one.id)}`;
  link.textContent = one.name;
  if (one.id === clinic.id) link.setAttribute("aria-current", "page");
  at("clinics").append(link);
}

const form = at("form");
form.action = `/webhooks/webform/${account("webform")}`;
form.elements.language.value = clinic.language;
form.elements.page.value = location.origin + location.pathname;
form.elements.submission_id.value = crypto.randomUUID();
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const body = await answer.json().catch(() => null);
  at("told").hidden = false;
  at("told").textContent = answer.ok ? say.told : (body?.error?.message ?? "…");
  if (!answer.ok) return form.elements[body?.error?.field]?.focus();
  form.reset();
  form.elements.submission_id.value = crypto.randomUUID();
});

const chat = document.createElement("script");
Object.assign(chat, { src: "recado-chat.js", async: false });
chat.dataset.key = account("webchat") ?? "";
document.head.append(chat);
