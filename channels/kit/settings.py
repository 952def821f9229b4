"""What every channel's settings have in common."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr


class ChannelSettings(BaseModel):
    """What the operator fills in for one channel: `DIALOGO_CHANNELS__<NAME>__<FIELD>`.

    Unknown fields are refused, so that a typing mistake is noticed, and values never show up in
    an error message, because most of them are secrets.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, coerce_numbers_to_str=True
    )


def _not_blank(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().strip():
        raise ValueError("must not be empty")
    return value


# An empty secret would let everybody sign.
Secret = Annotated[SecretStr, AfterValidator(_not_blank)]

# A platform's base address, written without a final slash.
Address = Annotated[
    str, Field(pattern=r"^https?://[^\s]+$"), AfterValidator(lambda value: value.rstrip("/"))
]
