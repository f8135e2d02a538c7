"""The usual recipes: what a study is written up with until somebody writes another."""

DEFAULT_NB = """\
# Filene i en utskrift av studien. Endre, legg til og ta bort; «qda report» skriver dem på nytt.
language = "nb"
transcripts = true   # sporingen viser de kodede kildene i sin helhet

# Sitatene trykkes slik prosjektet har dem. Ta bort # for å gjøre det på en annen måte her:
# attribution = "({rolle}, {arbeidsgiver})"   # det som mangler, faller bort med kommaet sitt
# cut = "(…)"      # merket der noe er kuttet
# marks = "«»"     # anførselstegn
# threshold = 3    # si fra om det som færre enn så mange informanter deler
# office = true    # først da kan kontoret stå ved siden av personen

# Figurer som filene under kan vise. picture er heat, bars, joint, scatter, network, portraits
# eller timeline; rows, columns, where og resten er som for matriser.
[[figure]]
name = "varmekart"
picture = "heat"
# caption = "Det som står under figuren"
# theme = "rutiner"   # i delen om dette temaet, ikke i oversikten

[[figure]]
name = "sammenstilling"
picture = "joint"      # koder ved siden av det som er kjent om kontorene
# values = ["ansatte"]   # uten values og courses: alt som er tall
# courses = ["planer"]   # forløp, måned for måned
# sort_by = "ansatte"

[[file]]
name = "resultatkapittel.docx"
kind = "chapter"
figures = ["varmekart", "sammenstilling"]

[[file]]
name = "resultatkapittel.html"
kind = "chapter"
figures = ["varmekart", "sammenstilling"]

[[file]]
name = "matrise.xlsx"
kind = "matrix"

[[file]]
name = "rammematrise.docx"
kind = "framework"

[[file]]
name = "samforekomst.xlsx"
kind = "cooccurrence"

[[file]]
name = "sitater.docx"
kind = "quotes"

[[file]]
name = "sitater i teksten.docx"
kind = "picked"

[[file]]
name = "funn.docx"
kind = "claims"

[[file]]
name = "kodebok.docx"
kind = "codebook"

[[file]]
name = "metodevedlegg.docx"
kind = "method"

[[file]]
name = "profil {case}.docx"
kind = "profile"

[[file]]
name = "sporing.html"
kind = "trace"
"""
DEFAULT_EN = """\
# The files of a write-up. Change, add and remove; «qda report» writes them anew.
language = "en"
transcripts = true   # the trail shows the coded sources whole

# Quotes are printed as the project has them. Take away the # to do otherwise here:
# attribution = "({role}, {employer})"   # what is missing goes with its comma
# cut = "(…)"      # the mark where something is cut
# marks = "“”"     # quotation marks
# threshold = 3    # tell of what fewer informants than this share
# office = true    # only then may the office stand beside the person

# Figures that the files below may show. picture is heat, bars, joint, scatter, network, portraits
# or timeline; rows, columns, where and the rest are as for matrices.
[[figure]]
name = "heat map"
picture = "heat"
# caption = "What stands below the figure"
# theme = "routines"   # in the section on this theme, not in the overview

[[figure]]
name = "joint display"
picture = "joint"      # codes beside what is known of the offices
# values = ["staff"]     # without values and courses: all that is a number
# courses = ["plans"]    # course, month by month
# sort_by = "staff"

[[file]]
name = "results chapter.docx"
kind = "chapter"
figures = ["heat map", "joint display"]

[[file]]
name = "results chapter.html"
kind = "chapter"
figures = ["heat map", "joint display"]

[[file]]
name = "matrix.xlsx"
kind = "matrix"

[[file]]
name = "framework.docx"
kind = "framework"

[[file]]
name = "co-occurrence.xlsx"
kind = "cooccurrence"

[[file]]
name = "quotes.docx"
kind = "quotes"

[[file]]
name = "quotes in the text.docx"
kind = "picked"

[[file]]
name = "claims.docx"
kind = "claims"

[[file]]
name = "codebook.docx"
kind = "codebook"

[[file]]
name = "method appendix.docx"
kind = "method"

[[file]]
name = "profile {case}.docx"
kind = "profile"

[[file]]
name = "trail.html"
kind = "trace"
"""
