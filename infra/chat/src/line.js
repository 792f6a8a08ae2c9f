// What is said to the server, and what it answers. The visitor's token is fetched when it is first needed.

const PATIENCE = 15_000; // milliseconds

export class Unreachable extends Error {}

export class Line {
  #greeting = null;

  constructor(url, memory) {
    this.url = url;
    this.memory = memory;
  }

  post(body) {
    return this.#asVisitor({ method: "POST", body: JSON.stringify(body) });
  }

  look(after, language) {
    return this.#asVisitor({ method: "GET" }, `?${new URLSearchParams({ after, language })}`);
  }

  // A token that is no longer good is replaced once: whoever had it is a new visitor.
  async #asVisitor(request, query = "") {
    if (!this.memory.load().token) await this.#greet();
    const answer = await this.#ask(request, query);
    if (answer.status !== 403) return answer;
    await this.#greet();
    return this.#ask(request, query);
  }

  // Two greetings at once would make two visitors of one, and one of them would never see the answer.
  #greet() {
    this.#greeting ??= this.#introduce().finally(() => (this.#greeting = null));
    return this.#greeting;
  }

  async #introduce() {
    const hello = { method: "POST", body: JSON.stringify({ type: "hello" }) };
    let answer = await this.#ask(hello);
    if (answer.status === 403 && this.memory.load().token) {
      this.memory.save({ token: "" });
      answer = await this.#ask(hello);
    }
    if (answer.status === 429 || answer.status >= 500) throw new Unreachable(answer.status === 429 ? "slow" : "");
    if (answer.data?.token) this.memory.save({ token: answer.data.token });
  }

  async #ask(request, query = "") {
    const { token } = this.memory.load();
    const headers = { "content-type": "application/json" };
    if (token) headers.authorization = `Bearer ${token}`;
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const options = { ...request, headers, signal, credentials: "omit", cache: "no-store" };
      const answer = await fetch(this.url + query, options);
      return { status: answer.status, data: await answer.json().catch(() => null) };
    } catch {
      throw new Unreachable();
    }
  }
}
