"""Whether a word is spelled like a Vietnamese syllable: by this misread text is told from text. Pure."""

from __future__ import annotations

import re
import unicodedata

_ACUTE, _DOT_BELOW = "\u0301", "\u0323"
_TONES = frozenset(("\u0300", _ACUTE, "\u0303", "\u0309", _DOT_BELOW))
_ONSET = re.compile(r"ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx]|")
_STOPPED = re.compile(r"(?:ch|c|p|t)$")
# What follows the first consonants, without its tone; after `gi` and `qu` the same list serves.
_WRITTEN = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
uy uya uych uyên uyêt uynh uyp uyt uyu
ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu ynh ych yt
"""
RHYMES = frozenset(_WRITTEN.split())


def is_syllable(word: str) -> bool:
    """Whether *word*, in any case, could be one syllable of Vietnamese with its diacritics."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in letters if sign in _TONES]
    bare = unicodedata.normalize("NFC", "".join(sign for sign in letters if sign not in _TONES))
    if len(tones) > 1:
        return False
    onset = _ONSET.match(bare)
    rest = bare[onset.end() :] if onset else bare
    # `gi` may be g and i: gì, gìn.
    if rest not in RHYMES and not (bare.startswith("gi") and bare[1:] in RHYMES):
        return False
    return not _STOPPED.search(bare) or tones in ([_ACUTE], [_DOT_BELOW])
