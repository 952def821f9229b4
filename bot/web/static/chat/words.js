// What the chat itself says; everything else comes from the bot.
const WORDS = {
  it: {
    title: "Assistente",
    online: "Risponde subito",
    connecting: "Connessione…",
    offline: "Sei offline: i messaggi partiranno appena torni in rete.",
    waiting: "Ti risponde una persona",
    withPerson: "Stai parlando con {name}",
    placeholder: "Scrivi un messaggio…",
    hello: "Ciao! 👋 Sono l'assistente di {shop}. Dimmi cosa cerchi: conosco tutto il catalogo.",
    helloPlain: "Ciao! 👋 Dimmi cosa cerchi: conosco tutto il catalogo.",
    starters: [
      ["Cerco un regalo", "ask:recommend_gift"],
      ["Cosa avete?", "ask:browse_catalog"],
      ["Spedizione", "ask:ask_delivery"],
      ["Parla con una persona", "ask:talk_to_human"],
    ],
    fresh: "Nuova conversazione",
    freshAsk: "Iniziare una nuova conversazione? Quella attuale verrà tolta da questo dispositivo.",
    close: "Chiudi la chat",
    home: "Pagina iniziale",
    open: "Apri la chat",
    messages: "Conversazione",
    failed: "Non inviato.",
    retry: "Riprova",
    products: "Prodotti",
    earlier: "Scorri indietro",
    later: "Scorri avanti",
    map: "Apri la mappa",
    file: "Apri il file",
    seeProduct: "Vedi il prodotto",
    typing: "Sta scrivendo",
    send: "Invia",
    wrong: "La chat non è disponibile in questo momento. Riprova tra poco.",
  },
  en: {
    title: "Assistant",
    online: "Replies at once",
    connecting: "Connecting…",
    offline: "You are offline: your messages will leave as soon as you are back.",
    waiting: "A person will answer you",
    withPerson: "You are talking to {name}",
    placeholder: "Write a message…",
    hello: "Hi! 👋 I'm the assistant of {shop}. Tell me what you're looking for: I know the whole catalog.",
    helloPlain: "Hi! 👋 Tell me what you're looking for: I know the whole catalog.",
    starters: [
      ["I'm looking for a gift", "ask:recommend_gift"],
      ["What do you have?", "ask:browse_catalog"],
      ["Delivery", "ask:ask_delivery"],
      ["Talk to a person", "ask:talk_to_human"],
    ],
    fresh: "New conversation",
    freshAsk: "Start a new conversation? This one will be removed from this device.",
    close: "Close the chat",
    home: "Home",
    open: "Open the chat",
    messages: "Conversation",
    failed: "Not sent.",
    retry: "Try again",
    products: "Products",
    earlier: "Scroll back",
    later: "Scroll on",
    map: "Open the map",
    file: "Open the file",
    seeProduct: "See the product",
    typing: "Is typing",
    send: "Send",
    wrong: "The chat is not available right now. Please try again shortly.",
  },
};

export function languageOf(wanted) {
  const tags = wanted ? [wanted] : navigator.languages || [navigator.language || "en"];
  for (const tag of tags) {
    const code = tag.slice(0, 2).toLowerCase();
    if (WORDS[code]) return code;
  }
  return "en";
}

export function wordsOf(language) {
  return WORDS[language];
}

export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
