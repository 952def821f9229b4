// How deep-chat looks here. Its parts live in a shadow root, so the colours are handed in as
// CSS variables, which pass through, and the rest as one style text.
export const SHADOW_STYLE = `
  * { box-sizing: border-box; }
  #container { background: transparent; }
  #messages { padding: 14px 0 6px; scrollbar-width: thin; }
  .outer-message-container { padding: 0 14px; }
  .inner-message-container { width: 100%; max-width: 100%; margin: 0; padding: 3px 0; }
  .deep-chat-outer-container-role-user .inner-message-container { justify-content: flex-end; }
  .message-bubble:has(.said) { width: 100%; }
  .message-bubble { font: inherit; }
  .prose { overflow-wrap: anywhere; }
  .prose a, .place a { color: inherit; text-underline-offset: 2px; }
  .said { max-width: 100%; }
  .said > .bubble {
    width: fit-content; max-width: min(560px, 92%); padding: 10px 14px; border-radius: 18px; border-top-left-radius: 6px;
    background: var(--card); color: var(--ink); box-shadow: 0 1px 1px rgb(28 34 38 / 8%);
  }
  .said.wide > .bubble { width: auto; max-width: 100%; padding: 0; background: none; box-shadow: none; }
  .who { margin: 6px 0 3px 6px; font-size: 12.5px; font-weight: 640; color: var(--accent); }
  .chips { display: flex; flex-wrap: wrap; gap: 7px; margin-top: 8px; }
  button { font: inherit; cursor: pointer; }
  .chip {
    padding: 7px 14px; border: 1.5px solid var(--brand); border-radius: 18px; background: var(--card); color: var(--brand);
    font-weight: 600; font-size: 14.5px; text-align: left;
  }
  .chip:hover, .card-act:hover { background: var(--brand-tint); }
  .chip.taken, .card-act.taken { background: var(--brand); border-color: var(--brand); color: var(--on-brand); }
  button:focus-visible, a:focus-visible, .cards:focus-visible {
    outline: 3px solid color-mix(in srgb, var(--accent) 65%, white); outline-offset: 2px;
  }
  .carousel { position: relative; }
  .cards {
    display: flex; gap: 12px; margin: 2px -14px; padding: 4px 14px 8px; overflow-x: auto; list-style: none;
    scroll-snap-type: x proximity; scroll-padding: 14px; scrollbar-width: none;
  }
  .cards::-webkit-scrollbar { display: none; }
  .card {
    display: flex; flex-direction: column; flex: 0 0 216px; overflow: hidden; border-radius: 16px; background: var(--card);
    box-shadow: 0 1px 2px rgb(28 34 38 / 10%); scroll-snap-align: start;
  }
  .card img, .no-picture { display: block; width: 100%; height: 162px; object-fit: cover; background: #ece7de; border-radius: 0; }
  .card-text { flex: 1; padding: 11px 13px 10px; }
  .card-text b { display: block; font-size: 15.5px; line-height: 1.3; font-weight: 650; }
  .card-text a { color: inherit; text-decoration: none; }
  .card-text a:hover { text-decoration: underline; }
  .card-facts { display: flex; flex-wrap: wrap; gap: 1px 10px; margin-top: 4px; font-size: 13.5px; color: var(--ink-soft); }
  .card-facts .price { flex-basis: 100%; font-size: 15px; font-weight: 620; color: var(--ink); }
  .card-facts .rating { color: var(--accent); font-weight: 600; }
  .card-acts { display: flex; flex-direction: column; border-top: 1px solid #f1eee8; }
  .card-act { padding: 10px 12px; border: 0; background: none; color: var(--brand); font-weight: 620; font-size: 14.5px; }
  .card-act + .card-act { border-top: 1px solid #f1eee8; }
  .arrow {
    position: absolute; top: 68px; display: grid; place-items: center; width: 36px; height: 36px; border: 0; border-radius: 50%;
    background: var(--card); color: var(--ink); font-size: 22px; line-height: 1; padding: 0 0 3px; box-shadow: 0 2px 10px rgb(0 0 0 / 22%);
  }
  .carousel.first .back, .carousel.last .on { display: none; }
  .arrow.back { left: -6px; } .arrow.on { right: -6px; }
  @media (hover: none) { .arrow { display: none; } }
  .picture { display: block; max-width: 100%; max-height: 300px; border-radius: 12px; }
  .caption { margin-top: 7px; }
  audio { max-width: 100%; }
  .trouble { display: flex; align-items: center; gap: 10px; color: var(--warn); font-size: 14px; font-weight: 600; }
`;

const text = { fontFamily: "inherit", fontSize: "15.5px", lineHeight: "1.45" };

// deep-chat reads its settings as properties; all of them are set before it first draws.
export function setUp(chat, words) {
  chat.chatStyle = {
    width: "100%",
    height: "100%",
    border: "0",
    borderRadius: "0",
    backgroundColor: "transparent",
    fontFamily: "inherit",
    fontSize: "15.5px",
  };
  chat.displayLoadingBubble = { toggle: () => {} };
  chat.textInput = {
    placeholder: { text: words.placeholder, style: { color: "#737c83" } },
    characterLimit: 2000,
    styles: {
      container: {
        width: "100%",
        margin: "0",
        border: "1px solid #cfc9be",
        borderRadius: "24px",
        backgroundColor: "#fff",
        boxShadow: "none",
      },
      focus: { border: "1px solid var(--brand)", boxShadow: "0 0 0 3px color-mix(in srgb, var(--brand) 18%, transparent)" },
      text: { ...text, padding: "12px 52px 12px 18px", color: "var(--ink)" },
    },
  };
  chat.inputAreaStyle = { padding: "8px 12px max(12px, env(safe-area-inset-bottom))" };
  const round = { width: "38px", height: "38px", borderRadius: "50%", bottom: "2px", right: "6px", backgroundColor: "var(--brand)" };
  chat.submitButtonStyles = {
    alwaysEnabled: true,
    position: "inside-end",
    submit: {
      container: { default: round, hover: { backgroundColor: "var(--brand-strong)" } },
      svg: {
        content: '<svg viewBox="0 0 24 24" xmlns="http://www.w3.org/2000/svg"><path d="M4 12 20 4l-5 16-3.5-6.5z" fill="#fff"/></svg>',
        styles: { default: { width: "19px", height: "19px", margin: "9px auto" } },
      },
    },
  };
  const bare = { backgroundColor: "transparent", padding: "0", maxWidth: "100%", margin: "0", ...text };
  const mine = {
    backgroundColor: "var(--brand)",
    color: "var(--on-brand)",
    padding: "10px 14px",
    borderRadius: "18px",
    borderTopRightRadius: "6px",
    maxWidth: "84%",
    margin: "0",
    ...text,
  };
  chat.messageStyles = {
    default: { shared: { bubble: { ...text, margin: "0" } }, user: { bubble: mine }, ai: { bubble: bare } },
    html: { shared: { bubble: bare }, user: { bubble: mine } },
    loading: {
      message: {
        styles: {
          bubble: { backgroundColor: "#fff", padding: "12px 20px", borderRadius: "18px", margin: "0", color: "#737c83" },
        },
      },
    },
  };
}
