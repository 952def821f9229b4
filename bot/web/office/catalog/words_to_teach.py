"""What the page says about synonyms, in both languages."""

from typing import Any, Final

_IT: Final = {
    "synonyms_title": "Le parole dei clienti",
    "synonyms_text": "Quando i clienti chiamano una cosa in un altro modo, scrivilo qui: vale "
    "entro un secondo.",
    "words_of": "Lingua delle parole",
    "group_new": "Nuovo gruppo",
    "group_edit": "Cambia il gruppo",
    "group_kind": "Tipo",
    "group_kinds": {
        "same": "Stessa cosa",
        "near": "Non lo vendiamo",
        "skip": "Non conta",
        "accessory": "Accessorio",
    },
    "group_hints": {
        "same": "Parole che vogliono dire lo stesso, separate da virgole: tracolla, borsa a spalla",
        "near": "Ciò che chiedono e non vendete: cover, custodia telefono",
        "skip": "Parole che non dicono nulla del prodotto: vorrei, cerco",
        "accessory": "Ciò che appartiene ad altro e viene dopo la cosa stessa: caricatore",
    },
    "group_ours": "Mostra invece",
    "group_ours_hint": "Ciò che vendete e gli somiglia: porta telefono",
    "group_add": "Aggiungi",
    "group_change": "Salva",
    "cancel": "Annulla",
    "edit": "Cambia",
    "remove": "Togli",
    "confirm_remove": "Togliere davvero?",
    "try_it": "Prova",
    "filter_groups": "Filtra i gruppi",
    "instead": "mostra",
    "groups_empty": "Ancora nessun gruppo.",
    "as_text": "Tutto come testo",
    "save_text": "Salva il testo",
    "group_empty": "Scrivi almeno una parola.",
    "group_alone": "«{phrase}» è da sola: a un gruppo servono almeno due parole o espressioni, "
    "separate da virgole.",
    "group_no_ours": "Scrivi anche che cosa mostrare a chi chiede «{phrase}».",
    "group_sign": "Il segno «{sign}» in «{phrase}» non si può usare: separa le parole con virgole.",
    "group_moved": "Qualcuno ha cambiato le parole nel frattempo: ricarica la pagina e riprova.",
    "words_wrong": "Riga {line}: «{text}» non ha né «=» né «~». Scrivi «tracolla = borsa a spalla» "
    "o «telefono ~ porta telefono».",
    "done_group": "Salvato. Il bot lo sa già.",
    "done_remove": "Tolto.",
    "done_words": "Salvato. Il bot lo sa già.",
}
_EN: Final = {
    "synonyms_title": "Customers' words",
    "synonyms_text": "When customers call a thing by another name, write it here: it counts "
    "within a second.",
    "words_of": "Language of the words",
    "group_new": "New group",
    "group_edit": "Change the group",
    "group_kind": "Kind",
    "group_kinds": {
        "same": "Same thing",
        "near": "Not sold here",
        "skip": "Says nothing",
        "accessory": "Accessory",
    },
    "group_hints": {
        "same": "Words that mean the same, with commas between: crossbody, shoulder bag",
        "near": "What they ask for and you do not sell: phone cover",
        "skip": "Words that say nothing about the product: looking for, please",
        "accessory": "What belongs to something else and comes after the thing itself: charger",
    },
    "group_ours": "Show instead",
    "group_ours_hint": "What you sell that is like it: phone case",
    "group_add": "Add",
    "group_change": "Save",
    "cancel": "Cancel",
    "edit": "Change",
    "remove": "Remove",
    "confirm_remove": "Really remove it?",
    "try_it": "Try",
    "filter_groups": "Filter the groups",
    "instead": "show",
    "groups_empty": "No groups yet.",
    "as_text": "All of it as text",
    "save_text": "Save the text",
    "group_empty": "Write at least one word.",
    "group_alone": "“{phrase}” is alone: a group needs at least two words or phrases, with commas "
    "between.",
    "group_no_ours": "Write what to show to those who ask for “{phrase}”, too.",
    "group_sign": "The sign “{sign}” in “{phrase}” cannot be used: put commas between the words.",
    "group_moved": "Somebody has changed the words meanwhile: load the page again and retry.",
    "words_wrong": "Line {line}: “{text}” has neither “=” nor “~”. Write “handbag = purse” or "
    "“phone ~ phone case”.",
    "done_group": "Saved. The bot knows it already.",
    "done_remove": "Removed.",
    "done_words": "Saved. The bot knows it already.",
}

TO_TEACH: Final[dict[str, dict[str, Any]]] = {"it": _IT, "en": _EN}
