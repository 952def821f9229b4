"""What the small pages say, in both languages."""

LOGIN = {
    "it": {
        "title": "Accedi",
        "lead": "Per chi risponde ai clienti e per chi cura il catalogo.",
        "name": "Il tuo nome",
        "name_hint": "I clienti lo vedono accanto alle tue risposte.",
        "password": "Password",
        "enter": "Accedi",
        "back": "Pagina iniziale",
        "wrong": "La password non è corretta.",
        "name_missing": "Scrivi il tuo nome, al massimo 60 caratteri.",
        "too_many": "Troppi tentativi sbagliati. Riprova tra qualche minuto.",
    },
    "en": {
        "title": "Log in",
        "lead": "For those who answer customers and those who keep the catalog.",
        "name": "Your name",
        "name_hint": "Customers see it next to your replies.",
        "password": "Password",
        "enter": "Log in",
        "back": "Home",
        "wrong": "This is not the right password.",
        "name_missing": "Enter your name, 60 characters at most.",
        "too_many": "Too many wrong passwords. Try again in a few minutes.",
    },
}

LANDING = {
    "it": {
        "title": "Dialogo",
        "claim": "Il tuo negozio risponde. Sempre.",
        "lead": "Dialogo risponde ai clienti su WhatsApp, Messenger e sul sito con i dati del tuo "
        "catalogo, e passa la conversazione a una persona quando qualcuno vuole comprare.",
        "chat_title": "Chat",
        "chat_text": "Parla con il bot come farebbe un cliente.",
        "desk_title": "Desk",
        "desk_text": "Prendi in carico i clienti che aspettano una persona.",
        "catalog_title": "Catalogo",
        "catalog_text": "Cerca come cerca il bot, importa prodotti, insegna sinonimi.",
        "widget_title": "Widget",
        "widget_text": "La chat dentro la pagina di un negozio.",
        "docs_title": "API",
        "docs_text": "Conversazioni, passaggi, catalogo e flussi in JSON.",
        "open": "Apri",
    },
    "en": {
        "title": "Dialogo",
        "claim": "Your shop answers. Always.",
        "lead": "Dialogo answers customers on WhatsApp, Messenger and your site from your own "
        "catalog, and hands the conversation to a person when somebody wants to buy.",
        "chat_title": "Chat",
        "chat_text": "Talk to the bot as a customer would.",
        "desk_title": "Desk",
        "desk_text": "Take care of the customers who wait for a person.",
        "catalog_title": "Catalog",
        "catalog_text": "Search as the bot does, import products, teach it synonyms.",
        "widget_title": "Widget",
        "widget_text": "The chat inside a shop's own page.",
        "docs_title": "API",
        "docs_text": "Conversations, handoffs, catalog and flows as JSON.",
        "open": "Open",
    },
}

CHAT = {
    "it": {
        "title": "Chat",
        "noscript": "Per la chat serve JavaScript. Attivalo e ricarica la pagina.",
    },
    "en": {
        "title": "Chat",
        "noscript": "The chat needs JavaScript. Switch it on and reload the page.",
    },
}

HOST_PAGE = {
    "it": {
        "nav_new": "Novità",
        "nav_bags": "Borse",
        "nav_gifts": "Regali",
        "claim": "Pelle italiana, fatta per durare",
        "lead": "Questa è una pagina di prova: un negozio qualsiasi, con il widget in basso a "
        "destra. Basta una riga di codice.",
        "code_title": "Il codice da incollare",
    },
    "en": {
        "nav_new": "New in",
        "nav_bags": "Bags",
        "nav_gifts": "Gifts",
        "claim": "Italian leather, made to last",
        "lead": "This is a test page: any shop, with the widget at the bottom right. "
        "One line of code is enough.",
        "code_title": "The code to paste",
    },
}
