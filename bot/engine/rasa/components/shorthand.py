"""What people type with one thumb, and the words they mean by it.

Only short forms that mean one thing in every language of the shop: "x" is "per" to an Italian, but
also a size and a sign. A further language adds its own line.
"""

from typing import Dict, List, Sequence, Text

_WRITTEN = """
xke=perche xche=perche xk=perche perke=perche pk=perche pke=perche
nn=non cmq=comunque qnt=quanto qnto=quanto qnti=quanti qnd=quando qst=questo qsta=questa
qlcs=qualcosa qlcosa=qualcosa qlcn=qualcuno dv=dove tt=tutto tnt=tanto ke=che ki=chi anke=anche
sn=sono vrr=vorrei vlv=volevo qll=quello grz=grazie grx=grazie pfv=per_favore xfavore=per_favore
pls=please plz=please plss=please thx=thanks tnx=thanks thnx=thanks thks=thanks ty=thank_you
u=you ur=your r=are y=why wat=what wht=what wats=what_s hw=how wen=when whn=when hv=have hav=have
dnt=don_t dont=don_t cn=can cant=can_t cud=could shud=should wud=would abt=about bcz=because
bcoz=because coz=because cuz=because tmrw=tomorrow tmw=tomorrow gud=good gd=good frm=from wid=with
wnt=want wanna=want_to gimme=give_me delivry=delivery qty=quantity amt=amount acct=account b4=before
ppl=people lemme=let_me gonna=going_to gotta=got_to thru=through
im=i_m ive=i_ve didnt=didn_t doesnt=doesn_t isnt=isn_t hasnt=hasn_t whats=what_s
hes=he_s shes=she_s theyre=they_re thats=that_s
"""
_MEANT: Dict[Text, List[Text]] = {
    short: long.split("_") for short, long in (pair.split("=") for pair in _WRITTEN.split())
}


def spelled_out(words: Sequence[Text]) -> List[Text]:
    """Return the words with the short forms written out."""
    spelled: List[Text] = []
    for word in words:
        meant = _MEANT.get(word)
        if meant is None:
            spelled.append(word)
        else:
            spelled += meant
    return spelled
