"""A whole amount in Vietnamese words, as receipts print it beside the figure (Law on Accounting 88/2015/QH13, Article 11)."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
_BILLION = 1_000_000_000
_THOUSAND = 1_000


def words_of(amount: int) -> str:
    """The number in words: 1_205_000 is "một triệu hai trăm linh năm nghìn". Raises ValueError below nothing."""
    if amount < 0:
        message = f"an amount in words is not negative: {amount}"
        raise ValueError(message)
    return _spoken(amount) or _DIGITS[0]


def dong_in_words(amount: int) -> str:
    """The amount as a receipt ends it: "Một triệu đồng chẵn", "chẵn" where no loose đồng follow the thousands."""
    words = words_of(amount)
    whole = " chẵn" if amount and amount % _THOUSAND == 0 else ""
    return f"{words[0].upper()}{words[1:]} đồng{whole}"


def _spoken(amount: int) -> str:
    """Billions are counted by themselves, so that "một nghìn tỷ" is a thousand of them; nothing for nothing."""
    above, below = divmod(amount, _BILLION)
    parts = [f"{_spoken(above)} tỷ"] if above else []
    for power in (2, 1, 0):
        group = below // _THOUSAND**power % _THOUSAND
        if group:
            parts.append(f"{_hundreds(group, full=bool(parts))} {_GROUPS[power]}".strip())
    return " ".join(parts)


def _hundreds(group: int, *, full: bool) -> str:
    """Three digits; `full` speaks a missing hundred ("không trăm linh năm") where something stands before it."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    parts = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens:
        parts.append("mười" if tens == 1 else f"{_DIGITS[tens]} mươi")
    elif ones and parts:
        parts.append("linh")
    if ones:
        parts.append(_ones(tens, ones))
    return " ".join(parts)


def _ones(tens: int, ones: int) -> str:
    """The last digit: after tens, five is "lăm"; after twenty and above, one is "mốt"."""
    if tens and ones == 5:
        return "lăm"
    if tens > 1 and ones == 1:
        return "mốt"
    return _DIGITS[ones]
