"""Where a customer is, told in passing."""

import pytest

from dialogues.executor import Heard
from dialogues.executor.home import home_of


def heard(text: str, city: str) -> Heard:
    start = text.index(city)
    place = {"entity": "city", "value": city, "start": start, "end": start + len(city)}
    return Heard(text, "search_product", 0.9, [place], None, "it", {})


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Ciao, scrivo da Lugano. Avete sciarpe gialle?", "Lugano"),
        ("buongiorno, sono di Matera e cerco una borsa", "Matera"),
        ("abito a Trento, passo quando volete", "Trento"),
        ("hi, I'm in Cork and after a wallet", "Cork"),
        ("we live in Ghent", "Ghent"),
        ("writing from Oslo, do you have gloves", "Oslo"),
    ],
)
def test_whoever_says_where_they_are_is_at_home_there(text: str, city: str) -> None:
    assert home_of(heard(text, city)) == city


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("spedite a Lugano?", "Lugano"),
        ("we're going to Tokyo in May", "Tokyo"),
        ("quanto costa per Milano", "Milano"),
        ("mia sorella è a Berlino?", "Berlino"),
    ],
)
def test_a_place_that_is_only_named_is_no_home(text: str, city: str) -> None:
    assert home_of(heard(text, city)) is None
