"""Words that tell where sentences end: abbreviations, what begins a sentence, what has letters."""

import re

# A name or a number follows these, so that a capital after them begins nothing.
_LEADING_WORDS = """
adm adr adv adv.fm alfr ang anm approx arb art.nr ass avd avd.dir avkj avs avsn bd bl.a bla bm bnr
ca cand capt cf chap chr d.e d.s.s d.v.s dept div dok dr dvs e.g edv eks ekskl el etg ev evt f.eks
f.nr f.o.m feks fhv fig figs fnr fom fr.a frk fung fv førsteam gen.sekr gj gj.snitt gjs gnr gov
grl gt h.h.v hhv hr i.e i.f.m i.f.t i.h.t i.l.a i.o.m i.s.f i.s.t ifb iflg ifm ift ihht iht ill
inkl innst innst.o innst.s insp int iom isf istf jamf jf jfr jmf jnr joh jr.nr kap kapt kfr kgl
kgl.res kl komm.dir kons konst koord kst kto.nr lensm lok lt m.a m.a.o m.b.t m.h.p m.h.t m.o.t
m.t.p maks mao meld meld.st mhp mht mr mrs mtp mvh nic nr omkr omtr org.nr orgnr ot.prp overl
p.b.a p.g.a p.p p.t pb pba pga pkt postnr ppa pr prof prop prp pst.nr ref rskr rt rundskr rv rådg
s.d s.k sect sek.gen sekr sgt siv.ing siv.øk sk sml spes spm sr.nr st st.dok st.meld st.prp str
t.d t.eks t.h t.o.m t.v tab tbl temp th ths tidl tilsv tlf tlf.nr tlfnr v.a v.h.a vedk vedl vedr
vha viz vol vs vsa wilh
"""
LEADING = frozenset(_LEADING_WORDS.split())
# These can stand last: a capital after them begins the next sentence.
_TRAILING_WORDS = """
a.m a/s al apr art aug avg bto ch co corp d.d d.m d.s d.å des dir dl ds e.kr e.l e.lign eds egtl
el.l el.lign etc f.kr feb ff fl flg forf forkl forts fr fre iallf ibid inc innb jan jr jul juli
jun kbt km komm kr kv kvm l lign ltd lør m.fl m.m m.u.a m.v mag man mar max mfl mia mill min mm
mnd mrd ms mv mva nov nto o.a o.d o.fl o.l o.lign o.m o.m.a o.m.fl o.s.fr o.s.v obs okt ol olign
oms ons opph osb osfr osv overs p p.m pct pers pp ppm prov pst red s s.a s.u s.å sec sek sen sep
sept sign skr sst stk såk søn t t.r tim tir tirs tom tors u u.a u.å ukj univ utd utg v ver vg vgs
årg årh årl årsv ø
"""
TRAILING = frozenset(_TRAILING_WORDS.split())
# Some that lead are nouns too: they stand last where a word that begins a sentence follows.
_NOUN_WORDS = """
adr adv anm art.nr avd avs avsn bnr dept dr etg fig figs gnr ill innst jnr kap kl koord kst kto.nr
nr org.nr ot.prp pkt postnr prof prop pst.nr rådg sect sekr siv.ing siv.øk spm sr.nr st.meld
st.prp str tab temp tlf tlf.nr vedl vol
"""
NOUNS = frozenset(_NOUN_WORDS.split())
ABBREVIATIONS = frozenset(one.replace(".", "") for one in LEADING | TRAILING)
"""What is written with a full stop, without it, in lower case."""
TITLE_ENDS = ("koord", "nedir", "rdir", "rådg", "sbeh", "sdir", "sedir", "sekr")
"""What titles that are shortened end in: saksbeh., fylkesdir."""
UNIT = re.compile(r"(?:AS|ASA|A/S|BA|SA|NOK|USD|EUR|SEK|DKK|GBP)\b")
"""What has capitals behind an abbreviation and begins nothing: Co. AS, mill. NOK."""
LAW = re.compile(
    r"[a-zæøå]*[bcdfghjkmnpqrstvwxz]l|[abu]l|(?:barne|folketrygd|helse|kommune|skatte)l"
    r"|sotjl|hol|nal|f?vl|tvl|forskr|rundskr"
)
"""What laws are shortened to: ftrl. § 11."""
TITLE = re.compile(r"Ms|(?i:cand|dr|lic|mag|siv|stud)\.[a-zæøå.]+")
"""What stands before a name and is no noun alone: cand.polit. Moe, Ms. Hill and not 5 ms."""

_BEGINNING_WORDS = """
alle and as at av bare because begge but både dei deira den denne der dere deres derfor derimot
dermed desse dessuten det dette disse du då eg ei ein eit eller en enten er et etter etterpå every
fleire flere for fordi fra frå før han hans he hennes her his ho how however hun hva hvem hver
hvilke hvilken hvis hvor hvordan hvorfor i if ikke ikkje in ingen ingenting it ja jeg jo kanskje
korleis kva kvar kven kvifor kvis likevel man mange me med men mens mine mitt my nei no nobody noe
noen nokon nokre none not nå når og også om on our på resten selv she sidan siden slik so som så
that the their then there these they this those til to under ved vi viss vår våre we what when
where which who why yes you å
"""
BEGINNINGS = frozenset(_BEGINNING_WORDS.split())
"""Words that begin a sentence and are no family names, in lower case."""

LETTERED = re.compile(
    r"\w*(?:alternativ|avdeling|bokstav|blokk|bygg|del|fase|felt|grad|gruppe|hepatitt|kapittel"
    r"|karakter|kategori|klasse|kolonne|kommune|linje|løsning|løysing|modell|modul|nivå|oppgang|plan"
    r"|punkt|region|rekke|rute|scenario|seksjon|skjema|sone|spor|tabell|tariff|team|trinn|type|variant"
    r"|vedlegg|versjon|vitamin|appendix|category|class|exhibit|grade|group|level|model|option|phase"
    r"|section|table|version|ward)(?:e[nt]|[nat])?",
    re.IGNORECASE,
)
"""What is told apart by letters: vitamin C, gruppe B."""
