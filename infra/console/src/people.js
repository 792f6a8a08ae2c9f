// People whom the phone can be. Invented; the numbers follow each country's shape and are meant for nobody.

export const PEOPLE = [
  {
    name: "Júlia Andrade",
    number: "5511987650001",
    email: "julia.andrade@example.com",
    language: "pt-BR",
    says: ["Bom dia! Gostaria de marcar uma consulta.", "Preciso remarcar meu horário de amanhã.", "Vocês atendem no sábado?"],
  },
  {
    name: "Lucía Romero",
    number: "34600000102",
    email: "lucia.romero@example.com",
    language: "es",
    says: ["Hola, quería pedir cita para esta semana.", "¿Puedo cambiar la hora de mi cita?", "Me duele una muela, ¿me podéis atender hoy?"],
  },
  {
    name: "Giulia Conti",
    number: "393330000103",
    email: "giulia.conti@example.com",
    language: "it",
    says: ["Buongiorno, vorrei prenotare una visita.", "Devo spostare l'appuntamento di domani.", "A che ora aprite?"],
  },
  {
    name: "Núria Puig",
    number: "34600000104",
    email: "nuria.puig@example.com",
    language: "ca",
    says: ["Bon dia, voldria demanar hora.", "Puc canviar la visita de demà?", "A quina hora obriu?"],
  },
  {
    name: "Sam O’Neill",
    number: "447700900105",
    email: "sam.oneill@example.com",
    language: "en",
    says: ["Hello, can I book a check-up?", "I need to move my appointment.", "Do you have parking?"],
  },
];
