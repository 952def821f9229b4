"""A small shop of flows, and Giulia who talks with it."""

from collections.abc import Callable

import pytest

GIFT = """
    flow: regalo
    start: {intents: [recommend_gift], links: [natale]}
    steps:
      - say: {it: Che bello, un regalo!, en: A gift, lovely!}
      - ask: recipient
        from: recipient
        say: {it: Per chi?, en: Who for?}
        choices:
          - {value: lei, it: Per lei, en: For her}
          - {value: lui, it: Per lui, en: For him}
        unclear: {it: Per lei o per lui?, en: For her or for him?}
      - ask: budget
        as: number
        from: max_price
        say: {it: "Quanto per {recipient}?", en: "How much for {recipient}?"}
        choices:
          - {value: 50, it: Fino a 50 €, en: Up to €50}
          - {value: any, it: Non importa, en: No limit}
        unclear: {it: Mi basta una cifra, en: A number will do}
        otherwise: {go_to: aiuto}
      - products: {recipient: "{recipient}", max_price: "{budget}", limit: 3}
      - if: {products: none}
        then: [{say: {it: Niente, en: Nothing}}]
        else:
          - if: {budget: {more_than: 100}}
            then: [{handoff: {reason: high_value, queue: vendite}}]
"""


REST = """
    flow: spedizione
    start: {intents: [ask_delivery]}
    steps: [{answer: delivery}]
    ---
    flow: resi
    start: {intents: [ask_returns]}
    steps: [{answer: returns}]
    ---
    flow: aiuto
    start: {intents: [help]}
    steps: [{say: {it: Aiuto!, en: Help!}, offer: recommend_gift}]
    ---
    flow: saluto
    start: {intents: [greet]}
    steps:
      - if: {together: yes}
        then: [{say: {it: Ciao, en: Hi}}]
        else: [{say: {it: "Ciao {name}, come posso aiutarti?", en: "Hi {name}, how can I help?"}}]
    ---
    flow: grazie
    start: {intents: [thanks]}
    steps: [{say: {it: Prego, en: Welcome}}]
    ---
    flow: acquisto
    start: {intents: [buy]}
    steps:
      - if: {product: known}
        then: [{handoff: {reason: purchase, queue: vendite}}]
      - ask: product
        as: product
        from: product
        say: {it: Quale?, en: Which one?}
        unclear: {it: Dimmi il nome, en: Tell me its name}
        otherwise: handoff
      - handoff: purchase
    ---
    flow: contatto
    start: {intents: [leave_contact]}
    steps:
      - ask: contact
        as: [email, phone]
        say: {it: Un recapito?, en: A contact?}
        unclear: {it: Una e-mail o un numero, en: An e-mail or a number}
      - say: {it: "Segnato: {contact}", en: "Noted: {contact}"}
    ---
    flow: biglietto
    start: {intents: [ask_gift_wrap]}
    steps:
      - ask: words
        say: {it: Che cosa scriviamo?, en: What shall we write?}
      - say: {it: "«{words}»", en: "“{words}”"}
    ---
    flow: lascia
    start: {intents: [leave_question]}
    steps: [{say: {it: Va bene, en: All right}}]
    ---
    flow: ricomincia
    start: {intents: [restart]}
    steps: [{say: {it: Da capo, en: Again}}]
"""


@pytest.fixture
def giulia(customer: Callable[..., object]):
    return customer(regalo=GIFT, altri=REST)
