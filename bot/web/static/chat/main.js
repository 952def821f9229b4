// The web chat: a header of ours, deep-chat for the conversation, our own transport.
import "../vendor/deep-chat/deepChat.bundle.js";
import { Memory } from "./memory.js";
import { chips, h, toMessage } from "./render.js";
import { SHADOW_STYLE, setUp } from "./look.js";
import { Transport } from "./transport.js";
import { fill, languageOf, wordsOf } from "./words.js";

const query = new URLSearchParams(location.search);
const framed = location.pathname.endsWith("/frame");
const root = document.getElementById("chat");
const language = languageOf(query.get("language"));
const words = wordsOf(language);
const shop = query.get("title") || root.dataset.shop || "";
const memory = new Memory(localStorage, "dialogo.chat");
const shown = new Set();
const TYPING_AT_MOST = 12000;

document.documentElement.lang = language;
const colour = query.get("colour") || "";
if (/^#[0-9a-f]{3,8}$/i.test(colour)) document.documentElement.style.setProperty("--brand", colour);

root.innerHTML = `
  <header class="chat-head">
    <img src="/static/logo.svg" alt="" width="36" height="36">
    <div class="chat-who"><b>${h(shop || words.title)}</b><span class="chat-state" role="status"></span></div>
    <button type="button" class="icon" data-do="fresh" title="${h(words.fresh)}" aria-label="${h(words.fresh)}">
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 5v14M5 12h14"/></svg></button>
    ${
      framed
        ? `<button type="button" class="icon" data-do="close" aria-label="${h(words.close)}"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="m6 9 6 6 6-6"/></svg></button>`
        : ""
    }
  </header>
  <p class="banner" role="alert" hidden></p>
  <deep-chat style="font-family: inherit"></deep-chat>`;

const chat = root.querySelector("deep-chat");
const status = root.querySelector(".chat-state");
const banner = root.querySelector(".banner");

let state = "connecting";
let typing = false;
let typingTimer;
let person = memory.read("person", "");
let waiting = memory.read("waiting", false);

function showState(next) {
  state = next ?? state;
  const bot = waiting ? words.waiting : words.online;
  const who = person ? fill(words.withPerson, { name: person }) : bot;
  status.textContent = { online: who, connecting: words.connecting, offline: words.connecting }[state];
  root.dataset.state = state;
  banner.hidden = state !== "offline";
  banner.textContent = state === "offline" ? words.offline : "";
}

function setTyping(on) {
  clearTimeout(typingTimer);
  if (on) typingTimer = setTimeout(() => setTyping(false), TYPING_AT_MOST);
  const toggle = chat.displayLoadingBubble?.toggle;
  if (on === typing || !toggle) return;
  typing = on;
  toggle();
}

function tellHost(what, more = {}) {
  if (framed && parent !== window) parent.postMessage({ dialogo: what, ...more }, "*");
}

function show(entry) {
  if (shown.has(entry.id)) return;
  shown.add(entry.id);
  const wasTyping = typing;
  if (wasTyping) setTyping(false);
  chat.addMessage(toMessage(entry, words));
  if (wasTyping && entry.role === "user") setTyping(true);
}

// What the visitor says is on the page and in the queue before anything is sent.
function say(post, text, display = true) {
  const entry = { id: newId(), role: "user", text, post, at: Date.now(), state: "waiting" };
  memory.add(entry);
  if (display) show(entry);
  else shown.add(entry.id);
  // Nobody types while a person has the conversation or is still to come.
  if (!person && !waiting) setTyping(true);
  transport.flush();
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function about() {
  const told = { language: navigator.language };
  for (const name of ["product", "ref", "page"]) {
    const value = query.get(name);
    if (value) told[name] = value.slice(0, { product: 100, ref: 200, page: 500 }[name]);
  }
  return told;
}

const transport = new Transport(memory, {
  about,
  onState: showState,
  onSent: (entry, outcome) => {
    if (outcome === "failed") {
      setTyping(false);
      const again = { id: entry.id, title: words.retry };
      const retry = `<button type="button" class="chip" data-retry="${h(again.id)}">${h(again.title)}</button>`;
      chat.addMessage({ role: "ai", html: `<div class="trouble">${h(words.failed)} ${retry}</div>` });
    }
  },
  onMessage: (payload, number) => {
    const entry = {
      id: payload.key || `n${number}`,
      role: "bot",
      message: payload.message,
      agent: payload.agent,
      at: Date.now(),
    };
    const isNew = memory.add(entry);
    person = payload.agent || "";
    waiting = Boolean(payload.waiting);
    memory.write("person", person);
    memory.write("waiting", waiting);
    showState();
    setTyping(false);
    show(entry);
    if (isNew) tellHost("message", { hidden: document.hidden });
  },
});

const greeting = () => {
  const text = shop ? fill(words.hello, { shop }) : words.helloPlain;
  const choices = words.starters.map(([title, id]) => ({ id, title }));
  return {
    role: "ai",
    html: `<div class="said"><div class="bubble"><div class="prose">${h(text)}</div></div>${chips(choices)}</div>`,
  };
};

setUp(chat, words);
chat.auxiliaryStyle = SHADOW_STYLE;
chat.history = [
  greeting(),
  ...memory.log.map((entry) => {
    shown.add(entry.id);
    return toMessage(entry, words);
  }),
];
chat.connect = {
  websocket: true,
  handler: (_, signals) => {
    signals.onOpen();
    signals.newUserMessage.listener = (body) => {
      const text = body?.messages?.at(-1)?.text ?? body?.text ?? "";
      if (!text.trim()) return;
      // deep-chat has shown it as Markdown; people do not write Markdown to a shop.
      const mine = chat.shadowRoot.querySelectorAll(".user-message");
      if (mine.length) mine[mine.length - 1].innerHTML = toMessage({ role: "user", text }, words).html;
      say({ text: text.trim() }, text.trim(), false);
    };
  },
};
// deep-chat draws itself anew when a setting changes; what it leaves out is put back each time.
function dress() {
  const shadow = chat.shadowRoot;
  const messages = shadow.getElementById("messages");
  if (!messages) return;
  if (messages.getAttribute("role") !== "log") {
    messages.setAttribute("role", "log");
    messages.setAttribute("aria-live", "polite");
    messages.setAttribute("aria-label", words.messages);
    messages.tabIndex = 0;
    shadow.getElementById("text-input")?.setAttribute("aria-label", words.placeholder);
    shadow.querySelector(".submit-button")?.setAttribute("aria-label", words.send);
  }
  messages.querySelectorAll(".carousel").forEach(setArrows);
}

function begin() {
  const shadow = chat.shadowRoot;
  if (!shadow?.getElementById("text-input")) return void setTimeout(begin, 20);
  shadow.addEventListener("click", onClick);
  shadow.addEventListener("error", onBrokenPicture, true);
  shadow.addEventListener("scroll", onScroll, true);
  new MutationObserver(dress).observe(shadow, { childList: true, subtree: true });
  new ResizeObserver(dress).observe(chat);
  dress();
  chat.dataset.ready = "yes";
  transport.start();
}

// An arrow only where there is something to scroll to.
function setArrows(carousel) {
  const list = carousel.querySelector(".cards");
  carousel.classList.toggle("first", list.scrollLeft <= 2);
  carousel.classList.toggle("last", list.scrollLeft + list.clientWidth >= list.scrollWidth - 2);
}

function onScroll(event) {
  const carousel = event.target.closest?.(".carousel");
  if (carousel) setArrows(carousel);
}

function onBrokenPicture(event) {
  if (event.target.tagName !== "IMG") return;
  const blank = document.createElement("span");
  blank.className = "no-picture";
  event.target.replaceWith(blank);
}

function onClick(event) {
  const choice = event.target.closest("[data-choice]");
  if (choice) {
    const { choice: id, title } = choice.dataset;
    choice.classList.add("taken");
    say({ choice: { id, title } }, title);
    return;
  }
  const retry = event.target.closest("[data-retry]");
  if (retry) {
    retry.disabled = true;
    memory.mark(retry.dataset.retry, "waiting");
    transport.flush();
    return;
  }
  const arrow = event.target.closest("[data-scroll]");
  if (arrow) {
    const list = arrow.closest(".carousel").querySelector(".cards");
    list.scrollBy({ left: Number(arrow.dataset.scroll) * 240, behavior: "smooth" });
  }
}

root.addEventListener("click", (event) => {
  const what = event.target.closest("[data-do]")?.dataset.do;
  if (what === "close") tellHost("close");
  if (what === "fresh" && confirm(words.freshAsk)) {
    transport.stop();
    memory.forget();
    memory.write("person", "");
    memory.write("waiting", false);
    location.reload();
  }
});

addEventListener("keydown", (event) => {
  if (event.key === "Escape") tellHost("close");
});

// Another tab of this browser has said or heard something.
addEventListener("storage", (event) => {
  if (event.key === "dialogo.chat.log") memory.log.forEach(show);
});

addEventListener("message", (event) => {
  if (event.source === parent && event.data?.dialogo === "opened") chat.focusInput?.();
});

showState();
begin();
