// Between the browser and the gateway: a signed session, posts that are repeated until they are
// taken (the id makes them count once), and a stream that goes on where it was cut.
const BASE = "/webhooks/webchat";
const LONGEST_WAIT = 15000;

export class Transport {
  constructor(memory, { about, onMessage, onSent, onState }) {
    this.memory = memory;
    this.about = about;
    this.onMessage = onMessage;
    this.onSent = onSent;
    this.onState = onState;
    this.tries = 0;
    this.stream = null;
    this.sending = false;
    this.stopped = false;
  }

  async start() {
    addEventListener("online", () => this.wake());
    addEventListener("offline", () => this.onState("offline"));
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.stream?.readyState !== EventSource.OPEN) this.wake();
    });
    if (!navigator.onLine) this.onState("offline");
    await this.connect();
  }

  wake() {
    this.tries = 0;
    this.nudge?.();
    if (this.stream?.readyState === EventSource.OPEN) {
      this.onState("online");
      this.flush();
    } else {
      this.connect();
    }
  }

  // Waits, but not when the network has just come back.
  pause(ms) {
    return new Promise((resolve) => {
      this.nudge = resolve;
      setTimeout(resolve, ms);
    });
  }

  stop() {
    this.stopped = true;
    this.stream?.close();
  }

  async session() {
    const headers = this.memory.token ? { Authorization: `Bearer ${this.memory.token}` } : {};
    const answer = await fetch(`${BASE}/session`, { method: "POST", headers });
    if (!answer.ok) throw new Error(`session ${answer.status}`);
    const { session, token } = await answer.json();
    // Another session's messages have other numbers: begin at the start of this one.
    if (this.memory.read("session", session) !== session) this.memory.write("last", 0);
    this.memory.write("session", session);
    this.memory.write("token", token);
  }

  async connect() {
    if (this.connecting || this.stopped) return;
    this.connecting = true;
    try {
      await this.session();
      this.listen();
      this.flush();
    } catch {
      this.onState(navigator.onLine ? "connecting" : "offline");
      this.later();
    } finally {
      this.connecting = false;
    }
  }

  later() {
    clearTimeout(this.timer);
    const wait = Math.min(LONGEST_WAIT, 500 * 2 ** this.tries++) * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => this.connect(), wait);
  }

  listen() {
    this.stream?.close();
    const query = new URLSearchParams({ token: this.memory.token, after: this.memory.last });
    const stream = new EventSource(`${BASE}/stream?${query}`);
    this.stream = stream;
    stream.onopen = () => {
      this.tries = 0;
      this.onState("online");
      this.flush();
    };
    stream.onmessage = (event) => {
      const number = Number(event.lastEventId);
      if (number) this.memory.write("last", Math.max(this.memory.last, number));
      this.onMessage(JSON.parse(event.data), number);
    };
    stream.onerror = () => {
      if (this.stream !== stream || this.stopped) return;
      this.onState(navigator.onLine ? "connecting" : "offline");
      // The browser reconnects by itself unless the answer was an error, such as an old token.
      if (stream.readyState === EventSource.CLOSED) this.later();
    };
  }

  // Sends what waits, in order, one after the other.
  async flush() {
    if (this.sending || this.stopped) return;
    this.sending = true;
    try {
      for (let entry = this.memory.waiting[0]; entry; entry = this.memory.waiting[0]) {
        const outcome = await this.post(entry);
        if (outcome === "later") break;
        this.memory.mark(entry.id, outcome);
        this.onSent(entry, outcome);
      }
    } finally {
      this.sending = false;
    }
  }

  async post(entry) {
    const body = { id: entry.id, ...entry.post, ...this.about() };
    try {
      const answer = await fetch(BASE, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          Authorization: `Bearer ${this.memory.token}`,
        },
        body: JSON.stringify(body),
      });
      if (answer.ok) {
        this.tries = 0;
        return "sent";
      }
      if (answer.status === 401) await this.session();
      else if (answer.status < 500 && answer.status !== 429) return "failed";
    } catch {
      this.onState(navigator.onLine ? "connecting" : "offline");
    }
    await this.pause(Math.min(LONGEST_WAIT, 400 * 2 ** this.tries++));
    if (navigator.onLine && this.tries < 8) return this.post(entry);
    this.later();
    return "later";
  }
}
