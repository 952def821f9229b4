"""What importers and sources say is wrong, in Italian: each English sentence and its own."""

import re
from typing import Final

ITALIAN: Final = tuple(
    (re.compile(f"^{pattern}$", re.DOTALL), told)
    for pattern, told in (
        (
            r'"(.*)" is not a price; write it like .*',
            "«{0}» non è un prezzo: scrivi 129,00 o 129.00 EUR",
        ),
        (r'"(.*)" is not a number of pieces', "«{0}» non è un numero di pezzi"),
        (
            r'"(.*)" is not an availability; .*',
            "«{0}» non è una disponibilità: scrivi in_stock o out_of_stock",
        ),
        (r'"(.*)" is not a date; .*', "«{0}» non è una data: scrivi 2026-11-27T13:00+0100"),
        (
            r'"(.*)" is not a span of time; .*',
            "«{0}» non è un periodo: scrivi inizio e fine con una barra in mezzo",
        ),
        (r"is missing", "manca"),
        (r"is empty", "è vuoto"),
        (r"nobody knows this field", "campo sconosciuto"),
        (r"has more than two decimals", "ha più di due decimali"),
        (r"must not be below zero", "non può essere sotto zero"),
        (
            r"'(.*)' is there twice in one product, first on line (\d+)",
            "«{0}» c'è due volte nello stesso prodotto, la prima alla riga {1}",
        ),
        (r"'(.*)' is there twice in one product", "«{0}» c'è due volte nello stesso prodotto"),
        (
            r"give the product or each of its variants a price",
            "manca il prezzo, del prodotto o di ogni variante",
        ),
        (
            r"(\d+) cells but (\d+) columns; .*",
            "{0} celle ma {1} colonne: metti tra virgolette il testo che contiene il separatore",
        ),
        (r"the first line must name a column '(.*)'", "la prima riga deve avere una colonna «{0}»"),
        (r"this line is not valid JSON: (.*)", "questa riga non è JSON valido ({0})"),
        (r"broken XML: (.*)", "XML interrotto o errato ({0})"),
        (r"this XML is refused: (.*)", "questo XML è rifiutato ({0})"),
        (
            r"a product is written as an object in braces",
            "un prodotto si scrive come oggetto tra graffe",
        ),
        (
            r"this is a ZIP archive or an Excel workbook: .*",
            "è un archivio ZIP o un file Excel: estrailo, o salva il foglio come CSV",
        ),
        (
            r"The file could not be read to its end: nothing was hidden\.",
            "Il file non è leggibile fino in fondo: non è stato nascosto nulla.",
        ),
        (r"Nothing has changed since the last time\.", "Non è cambiato nulla dall'ultima volta."),
        (
            r"The process that ran this import was stopped\.",
            "L'importazione è stata interrotta: il programma è stato fermato.",
        ),
        (r"it answered (\d+)", "ha risposto {0}"),
        (r"(\S+) does not answer", "{0} non risponde"),
        (r"address: begin it with https://", "l'indirizzo comincia con https://"),
        (
            r"address: keep user and password out of it, .*",
            "togli utente e password dall'indirizzo: vanno nella configurazione",
        ),
        (
            r"address: give the whole path of the folder, .*",
            "scrivi il percorso intero della cartella, a partire da /",
        ),
        (r"nobody knows the host (\S+): .*", "nessuno conosce l'indirizzo {0}"),
        (r"(\S+) is not reachable: .*", "{0} non si raggiunge"),
        (
            r"it answered (\d+): set its .*",
            "ha risposto {0}: metti utente e password nella configurazione",
        ),
        (
            r"it answered with a web page, .*",
            "ha risposto con una pagina web, non con un file di prodotti",
        ),
        (r"it answered with an empty file", "ha risposto con un file vuoto"),
        (r"it took longer than (\d+) seconds", "ci ha messo più di {0} secondi"),
        (r"there are no files in (.*) \(.*\)", "nella cartella {0} non ci sono file"),
        (r"set (\S+): the shop wants a key", "manca {0}: il negozio vuole una chiave"),
        (r"there is no folder (.*)", "la cartella {0} non esiste"),
        (r"'(.*)' was already on line (\d+)", "«{0}» c'era già alla riga {1}"),
        (r"there is no product '(.*)'", "il prodotto «{0}» non c'è nel catalogo"),
        (
            r'"(.*)" is not a number of stars from 1 to 5',
            "«{0}» non è un numero di stelle da 1 a 5",
        ),
        (r'"(.*)" is neither yes nor no', "«{0}» non è né sì né no"),
        (r'"(.*)" is not a format: (.*)', "«{0}» non è un formato: {1}"),
        (
            r"(.*); a text in quotes is perhaps not closed",
            "forse un testo tra virgolette non è chiuso ({0})",
        ),
        (
            r"a review is written as an object in braces",
            "una recensione si scrive come oggetto tra graffe",
        ),
        (
            r"a JSON array this large: .*",
            "un elenco JSON così grande non va: scrivi un prodotto per riga",
        ),
        (r"this is not UTF-8: (.*)", "il testo non è in UTF-8 ({0})"),
        (r"broken JSON: (.*)", "JSON interrotto o errato ({0})"),
        (r"the compressed file is damaged: (.*)", "il file compresso è rovinato ({0})"),
        (
            r"unpacked, the file is larger than (\d+) GiB",
            "decompresso, il file supera {0} GiB",
        ),
        (r"it is larger than (\d+) MB", "supera {0} MB"),
        (r"it sends us on more than (\d+) times", "ci rimanda altrove più di {0} volte"),
        (
            r"keys are only sent over https: .*",
            "le chiavi si mandano solo con https: l'indirizzo comincia con https://",
        ),
        (
            r"the shop sends us to another host for the next page: (.*)",
            "per la pagina seguente il negozio ci manda a un altro indirizzo: {0}",
        ),
        (
            r"the shop was tried (\d+) times: it answered (\d+)",
            "dopo {0} tentativi il negozio risponde ancora {1}",
        ),
        (
            r"the shop was tried (\d+) times: not reachable \((.*)\)",
            "dopo {0} tentativi il negozio non si raggiunge ({1})",
        ),
        (
            r"the shop does not know this key: .*",
            "il negozio non conosce questa chiave: controlla che sia giusta e non scaduta",
        ),
        (
            r"the key may not read products: .*",
            "la chiave non può leggere i prodotti: dalle il permesso di leggerli",
        ),
        (
            r"there is no such API at this address: .*",
            "a questo indirizzo non c'è l'API: controlla l'indirizzo del negozio",
        ),
        (r"the shop answered (\d+)", "il negozio ha risposto {0}"),
        (
            r"the shop's answer has no products: is this the address of a Shopify shop\?",
            "nella risposta non ci sono prodotti: è l'indirizzo di un negozio Shopify?",
        ),
        (
            r"the shop's answer has no products: is WooCommerce's REST API on\?",
            "nella risposta non ci sono prodotti: l'API REST di WooCommerce è attiva?",
        ),
        (
            r"(.*) is no web address: .*",
            "{0} non è un indirizzo web: comincia con https://",
        ),
        (
            r"(\S+) is in a private network \((.*)\)\. .*",
            "{0} è in una rete privata ({1}): se è voluto, va permesso per questa fonte "
            "(--allow-private)",
        ),
    )
)
