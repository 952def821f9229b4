// A canonical message as HTML. Everything that comes from outside is escaped here, once.
const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const h = (text) => String(text ?? "").replace(/[&<>"']/g, (sign) => escapes[sign]);

export function safe(url) {
  try {
    const parsed = new URL(url, location.origin);
    return ["http:", "https:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

const LINK = /\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

// Words with their line breaks, *bold* as the messaging apps write it, and links that open.
export function prose(text) {
  let out = "";
  let at = 0;
  const plain = (part) => h(part).replace(/(^|\s)\*(\S[^*\n]*?)\*(?=$|[\s.,;:!?])/g, "$1<b>$2</b>");
  for (const match of String(text ?? "").matchAll(LINK)) {
    out += plain(text.slice(at, match.index));
    out += `<a href="${h(match[0])}" target="_blank" rel="noopener noreferrer">${h(match[0])}</a>`;
    at = match.index + match[0].length;
  }
  return (out + plain(String(text ?? "").slice(at))).replace(/\n/g, "<br>");
}

const button = (choice, kind) =>
  `<button type="button" class="${kind}" data-choice="${h(choice.id)}" data-title="${h(choice.title)}"` +
  `${choice.description ? ` title="${h(choice.description)}"` : ""}>${h(choice.title)}</button>`;

export function chips(choices) {
  if (!choices?.length) return "";
  return `<div class="chips">${choices.map((choice) => button(choice, "chip")).join("")}</div>`;
}

// "129 € · ★ 4,8 (32)\nUltimi 3" -> a price, a rating, the rest.
function card(item, words) {
  const image = item.image_url && safe(item.image_url);
  const url = item.url && safe(item.url);
  const lines = String(item.subtitle ?? "").split(/\n| · /).map((line) => line.trim()).filter(Boolean);
  const facts = lines
    .map((line, number) => {
      const kind = line.startsWith("★") ? "rating" : number === 0 && /\d/.test(line) ? "price" : "fact";
      return `<span class="${kind}">${h(line)}</span>`;
    })
    .join("");
  const picture = image
    ? `<img src="${h(image)}" alt="" width="220" height="165" loading="lazy">`
    : '<span class="no-picture" aria-hidden="true"></span>';
  const title = url
    ? `<a href="${h(url)}" target="_blank" rel="noopener noreferrer">${h(item.title)}</a>`
    : h(item.title);
  const acts = (item.choices ?? []).map((choice) => button(choice, "card-act")).join("");
  return (
    `<li class="card">${picture}<div class="card-text"><b>${title}</b>` +
    `<div class="card-facts">${facts}</div></div>` +
    `${acts ? `<div class="card-acts">${acts}</div>` : ""}</li>`
  );
}

function cards(items, words) {
  const arrows =
    items.length > 1
      ? `<button type="button" class="arrow back" data-scroll="-1" aria-label="${h(words.earlier)}">‹</button>` +
        `<button type="button" class="arrow on" data-scroll="1" aria-label="${h(words.later)}">›</button>`
      : "";
  const list = items.map((item) => card(item, words)).join("");
  return `<div class="carousel"><ul class="cards" tabindex="0" aria-label="${h(words.products)}">${list}</ul>${arrows}</div>`;
}

function media(message, words) {
  const url = safe(message.url);
  const caption = message.caption ? `<div class="caption">${prose(message.caption)}</div>` : "";
  if (!url) return caption;
  const shown = {
    image: `<a href="${h(url)}" target="_blank" rel="noopener noreferrer"><img class="picture" src="${h(url)}" alt="${h(message.caption)}"></a>`,
    video: `<video class="picture" src="${h(url)}" controls preload="metadata"></video>`,
    audio: `<audio src="${h(url)}" controls preload="metadata"></audio>`,
    document: `<a class="file" href="${h(url)}" target="_blank" rel="noopener noreferrer">📄 ${h(message.filename || words.file)}</a>`,
  };
  return (shown[message.media] ?? "") + caption;
}

function place(message, words) {
  const { latitude, longitude } = message;
  const url = `https://www.openstreetmap.org/?mlat=${Number(latitude)}&mlon=${Number(longitude)}#map=17/${Number(latitude)}/${Number(longitude)}`;
  const name = message.name ? `<b>${h(message.name)}</b><br>` : "";
  return `<div class="place">📍 ${name}${h(message.address)}<br><a href="${h(url)}" target="_blank" rel="noopener noreferrer">${h(words.map)}</a></div>`;
}

export function body(message, words) {
  switch (message.kind) {
    case "text":
      return `<div class="prose">${prose(message.text)}</div>`;
    case "cards":
      return (message.text ? `<div class="prose">${prose(message.text)}</div>` : "") + cards(message.cards ?? [], words);
    case "media":
      return media(message, words);
    case "location":
      return place(message, words);
    default:
      return `<div class="prose">${prose(message.text ?? "")}</div>`;
  }
}

// One entry of the log as deep-chat wants it.
export function toMessage(entry, words) {
  if (entry.role === "user") return { role: "user", html: `<div class="prose">${prose(entry.text)}</div>` };
  const who = entry.agent ? `<div class="who">${h(entry.agent)}</div>` : "";
  const wide = entry.message.kind === "cards" ? " wide" : "";
  const inside = body(entry.message, words);
  return {
    role: entry.agent ? "agent" : "ai",
    html: `<div class="said${wide}">${who}<div class="bubble">${inside}</div>${chips(entry.message.choices)}</div>`,
  };
}
