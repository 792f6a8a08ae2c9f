// Begins: looks at once only for who has written before.

import { Conversation } from "./conversation.js";
import { Line } from "./line.js";
import { remembered } from "./memory.js";
import { closest, texts } from "./texts.js";
import { View } from "./view.js";

export function start({ key, language, url, privacy }) {
  const spoken = closest(language);
  const memory = remembered(key);
  const conversation = new Conversation(new Line(url, memory), memory, spoken);
  new View(conversation, texts(spoken), { language: spoken, privacy });
  conversation.lookNow();
}
