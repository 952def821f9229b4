// What this browser remembers: the session, what was said, what is still to be sent.
const KEPT = 200;

export class Memory {
  constructor(storage, name) {
    this.storage = storage;
    this.name = name;
    this.fallback = {};
  }

  // Private windows and full disks refuse to store; the chat then works until it is closed.
  read(part, otherwise) {
    try {
      const text = this.storage.getItem(`${this.name}.${part}`);
      return text === null ? (this.fallback[part] ?? otherwise) : JSON.parse(text);
    } catch {
      return this.fallback[part] ?? otherwise;
    }
  }

  write(part, value) {
    this.fallback[part] = value;
    try {
      this.storage.setItem(`${this.name}.${part}`, JSON.stringify(value));
    } catch {
      // remembered in this page only
    }
  }

  get token() {
    return this.read("token", null);
  }

  get log() {
    return this.read("log", []);
  }

  get last() {
    return this.read("last", 0);
  }

  // Keeps an entry once; other tabs write to the same log.
  add(entry) {
    const log = this.log;
    if (log.some((known) => known.id === entry.id)) return false;
    this.write("log", [...log, entry].slice(-KEPT));
    return true;
  }

  mark(id, state) {
    this.write(
      "log",
      this.log.map((entry) => (entry.id === id ? { ...entry, state } : entry)),
    );
  }

  get waiting() {
    return this.log.filter((entry) => entry.state === "waiting");
  }

  forget() {
    this.fallback = {};
    for (const part of ["token", "session", "log", "last", "greeted"]) {
      try {
        this.storage.removeItem(`${this.name}.${part}`);
      } catch {
        // nothing was stored
      }
    }
  }
}
