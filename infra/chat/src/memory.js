// What this device remembers of a conversation. Where nothing may be kept, it lasts until the page is left.

const KEPT = 100; // of the visitor's own messages
const FRESH = { token: "", seen: 0, name: "", own: [] };

export function remembered(key) {
  const slot = `recado-chat:${key}`;
  let held = { ...FRESH };
  return {
    slot,
    load() {
      try {
        held = { ...FRESH, ...JSON.parse(localStorage.getItem(slot) ?? "{}") };
      } catch {
        // Nothing is kept here, or something else is.
      }
      return held;
    },
    save(changes) {
      held = { ...held, ...changes };
      held.own = held.own.slice(-KEPT);
      try {
        localStorage.setItem(slot, JSON.stringify(held));
      } catch {
        // As above.
      }
    },
    forget() {
      held = { ...FRESH };
      try {
        localStorage.removeItem(slot);
      } catch {
        // As above.
      }
    },
  };
}
